"""The texts of the sample positions: made up, and each says so."""

from dataclasses import dataclass

from positions.choices import Kind

DISCLAIMER = "Kitalált mintaszöveg a portál kipróbálásához; nem valós intézmény álláspontja."


@dataclass(frozen=True)
class Text:
    kind: Kind
    about: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Minta: {self.about}"

    @property
    def body(self) -> str:
        blocks = [f"<p>{paragraph}</p>" for paragraph in self.paragraphs]
        return "".join([*blocks, f"<p><em>{DISCLAIMER}</em></p>"])


LOAN_PERIODS = Text(
    Kind.PROPOSAL,
    "a kölcsönzési idő összehangolásáról",
    (
        "A mintakönyvtárak kölcsönzési ideje eltér egymástól, ezért az olvasók nehezen igazodnak.",
        "Javasoljuk, hogy a mintatagozat könyvtárai közös alapidőt ajánljanak, amelytől helyben el "
        "lehet térni.",
    ),
    ("Közös ajánlás készüljön a kölcsönzési időről.", "Az eltéréseket tegyük közzé egy helyen."),
)
QUIET_ROOMS = Text(
    Kind.STATEMENT,
    "a csendes olvasótermekről",
    ("A csendes olvasóterem a mintakönyvtár egyik legkeresettebb szolgáltatása.",),
    ("Minden felújítás tartson meg legalább egy csendes termet.",),
)
SAMPLE_DECREE = Text(
    Kind.OPINION,
    "a mintarendelet tervezetéről",
    (
        "A mintarendelet tervezete a könyvtárak adatszolgáltatását havi rendszerességűvé tenné.",
        "A havi adatszolgáltatás a kisebb mintakönyvtáraknak aránytalan terhet jelent, miközben az "
        "éves összesítést nem teszi pontosabbá.",
        "Javasoljuk a negyedéves adatszolgáltatás megtartását és az adatlap rövidítését.",
    ),
    (
        "Az adatszolgáltatás maradjon negyedéves.",
        "Az adatlap kérdéseinek száma csökkenjen.",
        "A tervezet kapjon féléves felkészülési időt.",
    ),
)
URGENT_DEADLINE = Text(
    Kind.OPINION,
    "sürgős észrevételek a mintahatáridőről",
    ("A mintahivatal öt napot adott a véleményezésre, ami rövidebb a tagozat szokásos idejénél.",),
    ("A mintahivatal hosszabbítsa meg a véleményezés idejét.",),
)
COMMON_CARD = Text(
    Kind.PROPOSAL,
    "a közös olvasójegyről",
    (
        "Egy közös olvasójeggyel az olvasó bármelyik mintakönyvtárban kölcsönözhetne.",
        "A bevezetéshez közös nyilvántartás és a költségek arányos megosztása szükséges.",
    ),
    ("Induljon kísérlet három mintakönyvtárban.", "A kísérlet költségét közös keret fedezze."),
)
BOOK_BUSES = Text(
    Kind.STATEMENT,
    "a könyvtárbuszok támogatásáról",
    (
        "A kis mintatelepülések lakói számára a könyvtárbusz sokszor az egyetlen elérhető "
        "könyvtári szolgáltatás.",
        "A működtetés költségei nőttek, a támogatás összege változatlan maradt.",
        "Kérjük a támogatás évenkénti, a költségekhez igazodó megállapítását.",
    ),
    (
        "A támogatást évente, a költségekhez igazodva állapítsák meg.",
        "A járművek cseréjére külön keret szolgáljon.",
        "A buszok munkatársainak képzésére is jusson forrás.",
    ),
)
BUS_TIMETABLE = Text(
    Kind.STATEMENT,
    "a könyvtárbuszok menetrendjéről",
    ("A könyvtárbuszok menetrendjét a települések igényeihez kell igazítani.",),
    ("A menetrendről évente kérdezzék meg a településeket.",),
)
CHILDRENS_CORNERS = Text(
    Kind.PROPOSAL,
    "a gyermekkönyvtári sarkok berendezéséről",
    ("A gyermekkönyvtári sarkok bútorai a mintakönyvtárak felében elavultak.",),
    ("Nyíljon közös beszerzési lehetőség.", "A keretszerződést a mintahivatal kösse meg."),
)
SHELF_COLOURS = Text(
    Kind.OPINION,
    "a raktári polcok jelöléséről",
    ("A raktári polcok egységes jelölése megkönnyítené a mintakönyvtárak közötti kölcsönzést.",),
    ("Készüljön ajánlás a polcok jelölésére.",),
)
LOCAL_PRESS = Text(
    Kind.PROPOSAL,
    "a helyi sajtó digitalizálásáról",
    (
        "A régi mintalapok papírja gyorsan romlik, digitalizálásuk halaszthatatlan.",
        "A munkát közös eszközökkel és egységes minőségben érdemes elvégezni.",
    ),
    ("Jöjjön létre közös digitalizáló műhely.", "A felvételek legyenek szabadon elérhetők."),
)
SMALL_PLACES = Text(
    Kind.STATEMENT,
    "a kistelepülési ellátásról",
    (
        "A kistelepülési könyvtári ellátás akkor működik jól, ha a munkatársak rendszeresen "
        "találkoznak az olvasókkal.",
        "A látogatások számának előírása helyett a szolgáltatás minőségét javasoljuk mérni.",
    ),
    ("A mutatók a minőséget mérjék.", "A kistelepülések kapjanak szavazatot az értékelésben."),
)
OPENING_DATA = Text(
    Kind.OPINION,
    "a nyitvatartási adatszolgáltatásról",
    ("A nyitvatartási adatokat ma három különböző helyre kell bejelenteni.",),
    ("Elég legyen egyszer bejelenteni a nyitvatartást.",),
)
TRAINING_HOURS = Text(
    Kind.PROPOSAL,
    "a továbbképzések elszámolásáról",
    (
        "A belső képzések óráit ma nem lehet beszámítani a kötelező továbbképzésbe.",
        "Javasoljuk, hogy a szakmai műhelyek órái is számítsanak.",
    ),
    ("A szakmai műhely órái számítsanak be.", "Az igazolás legyen egyoldalas."),
)
EVENING_HOURS = Text(
    Kind.STATEMENT,
    "az esti nyitvatartásról",
    ("Az esti nyitvatartás olyan olvasókat is elér, akik napközben nem jutnak el a könyvtárba.",),
    ("Az esti ügyelet kapjon külön támogatást.",),
)
BOOKMARKS = Text(
    Kind.PROPOSAL,
    "a könyvjelzők szabványáról",
    ("A mintakönyvtárak eltérő méretű könyvjelzőket adnak ki.",),
    ("Készüljön szabvány a könyvjelzők méretéről.",),
)
ACQUISITION_BUDGET = Text(
    Kind.PROPOSAL,
    "a beszerzési keret kiszámításáról",
    (
        "A beszerzési keret kiszámításának módja a mintakönyvtárak számára nem követhető.",
        "Kérjük a számítás közzétételét és egy évre előre rögzítését.",
    ),
    ("A számítás módját tegyék közzé.", "A keretet egy évre előre rögzítsék."),
)
SHORTER_FORMS = Text(
    Kind.OPINION,
    "az adatlapok egyszerűsítéséről",
    ("Az éves mintaadatlap negyven kérdéséből tizenkettő más nyilvántartásból is kitölthető.",),
    ("A már ismert adatokat a mintahivatal töltse ki előre.", "Az adatlap elmenthető legyen."),
)
ACCESSIBLE_DOORS = Text(
    Kind.PROPOSAL,
    "az akadálymentes bejáratokról",
    ("A mintakönyvtárak egy részének bejárata kerekesszékkel nem használható.",),
    (
        "Az akadálymentesítésre évente nyíljon pályázat.",
        "A pályázatban az önrész legyen alacsonyabb.",
        "A bejáratok adatai kerüljenek fel a térképre.",
    ),
)
STORY_DAYS = Text(
    Kind.OPINION,
    "a mesemondó napok támogatásáról",
    ("A mesemondó napok a mintakönyvtárak legnépszerűbb közös rendezvényei.",),
    ("A rendezvény kapjon állandó időpontot.", "A támogatást az év elején folyósítsák."),
)
POSTAGE = Text(
    Kind.PROPOSAL,
    "a könyvtárközi kölcsönzés postaköltségéről",
    (
        "A könyvtárközi kölcsönzés postaköltsége a mintakönyvtáraknál az évek során megnőtt.",
        "A költség aránytalanul a kisebb könyvtárakat terheli.",
    ),
    (
        "A postaköltséget központi keret térítse meg.",
        "A keret felosztása a forgalmat kövesse.",
        "A csomagok kapjanak kedvezményes díjat.",
        "A díjszabást évente vizsgálják felül.",
    ),
)
READING_CAMPS = Text(
    Kind.STATEMENT,
    "az olvasótáborokról",
    ("Az olvasótáborok szervezése a nyári időszakban a mintakönyvtárak közös feladata lehet.",),
    ("A táborokat közös naptár hirdesse.",),
)
OLD_DECREE = Text(
    Kind.OPINION,
    "a régi mintarendelet módosításáról",
    ("A régi mintarendelet módosítása tárgytalanná válhat, ha az új rendelet hatályba lép.",),
    ("A módosítás térjen ki az átmeneti időre.",),
)
