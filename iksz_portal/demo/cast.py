"""The fictional section: its libraries, those who act for them, the board, the back office."""

from collections.abc import Iterator
from datetime import date

from django.contrib.auth.hashers import make_password

from core import clock
from members.choices import AuthorityKind, LibraryKind, MandateKind
from members.models import Authority, County, Library, Mandate, Membership, Person
from sections.choices import OfficeKind
from sections.models import Goal, Office, Section, SectionMembership

SECTION_CODE = "DEMO"
PASSWORD = "minta-konyvtar-2026"  # noqa: S105 - printed on purpose; the demo is for loopback only
DAYS_AGO = 420

COUNTIES = ("HU-BK", "HU-BA", "HU-BE", "HU-FE", "HU-HE", "HU-PE", "HU-SO", "HU-TO", "HU-ZA")
REPRESENTATIVES = (
    "Minta Márta",
    "Próba Péter",
    "Példa Piroska",
    "Teszt Tamás",
    "Kitalált Katalin",
    "Képzelt Kálmán",
    "Mese Mátyás",
    "Álnév Ágnes",
    "Koholt Kornél",
)
# One in three is also the deputy of the next two libraries: three people can cast all nine votes.
DEPUTY_OF = {0: (1, 2), 3: (4, 5), 6: (7, 8)}
BOARD_MEMBERS = (
    "Elképzelt Elemér",
    "Fiktív Flóra",
    "Nemlétező Nándor",
    "Színlelt Szilvia",
    "Vélt Vilmos",
)


class Cast:
    """Who is who in the demo; made once, inside the caller's transaction."""

    def __init__(self) -> None:
        self.since = clock.days_after(clock.today(), -DAYS_AGO)
        self._password = make_password(PASSWORD)
        self.section = self._section()
        self.libraries = [self._library(rank, code) for rank, code in enumerate(COUNTIES)]
        self.representatives = [self._representative(rank) for rank in range(len(COUNTIES))]
        self.deputy = self._person("deputy", "Helyettes Hanna")
        self._mandate(self.deputy, MandateKind.DEPUTY, self.libraries[0])
        self.coordinator = self._office("coordinator", "Koordinátor Klára", OfficeKind.COORDINATOR)
        self._mandate(self.coordinator, MandateKind.DEPUTY, self.libraries[8])
        self.chair = self._office("section.chair", "Tagozati Tivadar", OfficeKind.CHAIR)
        self._board()
        self._others()
        self.authority = Authority.objects.create(
            name_hu="Mintaügyi Minisztérium (kitalált)",
            name_en="Ministry of Samples (fictional)",
            name_sl="Ministrstvo za vzorce (izmišljeno)",
            kind=AuthorityKind.STATE,
        )
        self.town = Authority.objects.create(
            name_hu="Mintaváros Önkormányzata (kitalált)",
            name_en="Municipality of Sampleton (fictional)",
            name_sl="Občina Vzorčevo (izmišljeno)",
            kind=AuthorityKind.MUNICIPAL,
        )

    @property
    def voters(self) -> Iterator[tuple[Library, Person]]:
        """Each library with the person who acts for it."""
        return zip(self.libraries, self.representatives, strict=True)

    def _section(self) -> Section:
        section = Section.objects.create(
            code=SECTION_CODE,
            slug="minta",
            name_hu="Mintatagozat (kitalált)",
            name_en="Sample Section (fictional)",
            name_sl="Vzorčna sekcija (izmišljena)",
            publishes_minority_opinions=True,
            mission_hu="Kitalált tagozat a portál kipróbálásához: könyvtárai, tagjai és "
            "állásfoglalásai nem léteznek.",
            mission_en="A fictional section for trying the portal out: its libraries, members and "
            "positions do not exist.",
            mission_sl="Izmišljena sekcija za preizkušanje portala: njene knjižnice, članice in "
            "stališča ne obstajajo.",
        )
        Goal.objects.create(
            section=section,
            number=1,
            title_hu="A portál kipróbálása",
            title_en="Trying the portal out",
            title_sl="Preizkušanje portala",
        )
        return section

    def _library(self, rank: int, county: str) -> Library:
        number = rank + 1
        library = Library.objects.create(
            name=f"{number}. Mintakönyvtár (kitalált)",
            slug=f"{number}-mintakonyvtar",
            county=County.objects.get(pk=county),
            city="Mintaváros",
            kind=LibraryKind.CITY,
            is_fictional=True,
            description="Kitalált könyvtár a portál kipróbálásához.",
        )
        Membership.objects.create(library=library, started_on=self.since)
        SectionMembership.objects.create(
            section=self.section, library=library, started_on=self.since
        )
        return library

    def _representative(self, rank: int) -> Person:
        person = self._person(f"representative{rank + 1}", REPRESENTATIVES[rank])
        self._mandate(person, MandateKind.REPRESENTATIVE, self.libraries[rank])
        for other in DEPUTY_OF.get(rank, ()):
            self._mandate(person, MandateKind.DEPUTY, self.libraries[other])
        return person

    def _office(self, login: str, name: str, kind: OfficeKind) -> Person:
        person = self._person(login, name)
        Office.objects.create(section=self.section, person=person, kind=kind, started_on=self.since)
        return person

    def _board(self) -> None:
        self.board_chair = self._person("board.chair", "Elnöki Etelka")
        self._mandate(self.board_chair, MandateKind.BOARD_CHAIR)
        self.board_members = []
        for number, name in enumerate(BOARD_MEMBERS, start=1):
            member = self._person(f"board{number}", name)
            self._mandate(member, MandateKind.BOARD_MEMBER)
            self.board_members.append(member)
        self.board = [self.board_chair, *self.board_members]
        self.secretary = self._person("secretary", "Titkári Tekla")
        self._mandate(self.secretary, MandateKind.BOARD_SECRETARY)

    def _others(self) -> None:
        self.staff = self._person("staff", "Munkatárs Mihály", is_staff=True)
        self._person("admin", "Rendszergazda Réka", is_staff=True, is_superuser=True)
        former = self._person("former", "Hajdani Hajnal")
        ended_on = clock.days_after(clock.today(), -1)
        self._mandate(former, MandateKind.REPRESENTATIVE, self.libraries[1], ended_on=ended_on)
        self._person("stranger", "Idegen Imre")

    def _person(self, login: str, name: str, **fields) -> Person:
        email = f"{login}@example.org"
        person = Person(email=email, name=name, is_fictional=True, **fields)
        person.password = self._password
        person.save()
        return person

    def _mandate(
        self,
        person: Person,
        kind: MandateKind,
        library: Library | None = None,
        ended_on: date | None = None,
    ) -> None:
        Mandate.objects.create(
            person=person, kind=kind, library=library, started_on=self.since, ended_on=ended_on
        )
