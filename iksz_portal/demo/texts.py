"""The texts of the sample positions: made up, and each says so."""

from dataclasses import dataclass

from positions.choices import Kind

CITED = "Az 1997. évi CXL. törvényt ez a mintaszöveg csak megnevezi, tartalmáról semmit sem állít."
DISCLAIMER = "Kitalált mintaszöveg a portál kipróbálásához; nem valós intézmény állásfoglalása."


@dataclass(frozen=True)
class Text:
    kind: Kind
    about: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    topics: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"Minta: {self.about}"

    @property
    def body(self) -> str:
        """Paragraphs, and blocks of another kind, which say so themselves."""
        blocks = [each if each[:1] == "<" else f"<p>{each}</p>" for each in self.paragraphs]
        return "".join([*blocks, f"<p><em>{DISCLAIMER}</em></p>"])


LOAN_PERIODS = Text(
    Kind.PROPOSAL,
    "a kölcsönzési idő összehangolásáról",
    (
        "A mintakönyvtárak kölcsönzési ideje eltérő, ezért az olvasók nehezen igazodnak el.",
        "Javasoljuk, hogy a mintatagozat könyvtárai közös alapidőt ajánljanak, amelytől helyben el "
        "lehet térni.",
        CITED,
    ),
    ("Közös ajánlás készüljön a kölcsönzési időről.", "Az eltéréseket tegyük közzé egy helyen."),
    topics=("Kölcsönzés", "Olvasószolgálat"),
)
QUIET_ROOMS = Text(
    Kind.STATEMENT,
    "a csendes olvasótermekről",
    (
        "<h2>Miért</h2>",
        "A csendes olvasóterem a mintakönyvtár egyik legkeresettebb szolgáltatása."
        "<small>Kitalált felmérés: minden második olvasó kérné.</small>",
        "<h2>Mit jelent</h2>",
        "<ul><li>beszélgetés nélküli tér,<ul><li>ahol a telefon is néma;</li></ul></li>"
        "<li>jó világítás és hely a jegyzeteléshez.</li></ul>",
        "<table><caption>Csendes helyek a kitalált könyvtárakban</caption>"
        "<tr><th>Könyvtár</th><th>Férőhely</th></tr>"
        "<tr><td>1. Mintakönyvtár</td><td>24</td></tr><tr><td>2. Mintakönyvtár</td><td>16</td></tr>"
        "</table>",
    ),
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
        CITED,
    ),
    (
        "Az adatszolgáltatás maradjon negyedéves.",
        "Az adatlap kérdéseinek száma csökkenjen.",
        "A tervezet kapjon féléves felkészülési időt.",
    ),
    topics=("Adatszolgáltatás",),
)
URGENT_DEADLINE = Text(
    Kind.OPINION,
    "sürgős észrevételek a mintahatáridőről",
    ("A mintahivatal két hetet adott a véleményezésre, ami rövidebb a tagozat szokásos idejénél.",),
    ("A mintahivatal hosszabbítsa meg a véleményezés idejét.",),
)
CARD_HOST_WORDS = "A nyilvántartást a mintatagozat egyik könyvtára üzemeltetné a többiek számára."
CARD_HOST = f"<p>{CARD_HOST_WORDS}</p>"
COMMON_CARD = Text(
    Kind.PROPOSAL,
    "a közös olvasójegyről",
    (
        "Egy közös olvasójeggyel az olvasó bármelyik mintakönyvtárban kölcsönözhetne.",
        "A bevezetéshez közös nyilvántartás és a költségek arányos megosztása szükséges.",
        CARD_HOST_WORDS,
    ),
    ("Induljon kísérlet három mintakönyvtárban.", "A kísérlet költségét közös keret fedezze."),
    topics=("Kölcsönzés", "Olvasójegy"),
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
    (
        "Elég legyen egyszer bejelenteni a nyitvatartást.",
        "A bejelentett adatot minden szerv onnan vegye át.",
    ),
    topics=("Adatszolgáltatás", "Nyitvatartás"),
)
ON_OPENING_DATA = {
    1: "Melyik helyre? Enélkül a címzett nem tud mit tenni.",
    2: "Az adatok átvételéhez jogszabály kell: kérjük, jelöljék meg, melyik.",
}
"""What the board says of its points."""
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
    topics=("Nyitvatartás",),
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
        "Kérjük, hogy a számítás módját tegyék közzé, a keretet pedig egy évre előre rögzítsék.",
    ),
    ("A számítás módját tegyék közzé.", "A keretet egy évre előre rögzítsék."),
    topics=("Finanszírozás",),
)
SHORTER_FORMS = Text(
    Kind.OPINION,
    "az adatlapok egyszerűsítéséről",
    ("Az éves mintaadatlap negyven kérdéséből tizenkettő más nyilvántartásból is kitölthető.",),
    ("A már ismert adatokat a mintahivatal töltse ki előre.", "Az adatlap elmenthető legyen."),
    topics=("Adatszolgáltatás",),
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
    topics=("Akadálymentesség", "Finanszírozás"),
)
DOORS_BEFORE = "A pályázat kiírásáról a mintaminiszter szükség szerint dönt."
DOORS_AFTER = "A pályázat kiírásáról a mintaminiszter évente dönt; a kiírást közzéteszi."
RETURN_BOXES = Text(
    Kind.PROPOSAL,
    "a könyvvisszavevő dobozokról",
    ("A mintakönyvtárak bejáratánál lévő dobozokba zárás után is be lehet dobni a könyvet.",),
    (
        "A dobozba tett könyv a bedobás napján számítson visszavettnek.",
        "A dobozok költségéhez legyen támogatás.",
    ),
    topics=("Olvasószolgálat",),
)
BOXES_BEFORE = "A könyv akkor számít visszavettnek, amikor a könyvtáros átvette."
BOXES_AFTER = (
    "A könyv akkor számít visszavettnek, amikor a könyvtáros átvette, vagy az olvasó a könyvtár "
    "dobozába tette."
)
STORY_DAYS = Text(
    Kind.OPINION,
    "a mesemondó napok támogatásáról",
    ("A mesemondó napok a mintakönyvtárak legnépszerűbb közös rendezvényei.",),
    ("A rendezvény kapjon állandó időpontot.", "A támogatást az év elején folyósítsák."),
    topics=("Olvasószolgálat",),
)
POSTAGE = Text(
    Kind.PROPOSAL,
    "a könyvtárközi kölcsönzés postaköltségéről",
    (
        "A könyvtárközi kölcsönzés postaköltsége a mintakönyvtáraknál az évek során megnőtt.",
        "A költség aránytalanul a kisebb könyvtárakat terheli.",
        CITED,
    ),
    (
        "A postaköltséget központi keret térítse meg.",
        "A keret felosztása a forgalmat kövesse.",
        "A csomagok kapjanak kedvezményes díjat.",
        "A díjszabást évente vizsgálják felül.",
    ),
    topics=("Kölcsönzés", "Finanszírozás"),
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
SURVEY = (
    "\ufeffkönyvtár (kitalált);óra havonta\r\n"
    "1. Mintakönyvtár;14\r\n2. Mintakönyvtár;9\r\n3. Mintakönyvtár;11\r\n"
)

AGAINST_BOOK_BUSES = (
    "A járművek cseréjére szánt külön keretet nem tartjuk szükségesnek: a csere az éves "
    "támogatásból is megoldható, a külön keret pedig újabb pályázatot jelentene."
)
AGAINST_LOCAL_PRESS = (
    "A közös műhely helyéről és fenntartójáról a szöveg nem szól.\n\n"
    "Amíg ez nem dőlt el, a digitalizálás egységes minőségéért nem tudunk felelősséget vállalni."
)
AGAINST_POSTAGE = (
    "A központi keret helyett a csomagok számának csökkentését kértük volna: a kötetek egy része "
    "másolatban is elküldhető. Ezért tartózkodtunk, és véleményünket a szöveghez mellékeljük."
)
