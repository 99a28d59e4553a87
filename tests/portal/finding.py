"""The published data and a few fictional positions, for what the search is asked in tests."""

from datetime import date

from core import clock
from core.search.finding import documents
from iksz_portal import searching, seeding
from iksz_portal.searching import SEARCH
from members.choices import AuthorityKind
from members.models import Authority
from positions.choices import Confidentiality, ConsultationKind, Kind, State, Verdict
from positions.models import BoardDecision, Consultation, Position, Version
from sections.models import Section
from tests.cast import make_person

YEAR = 2026
POSITIONS = {
    12: (
        "Minta: a nyitvatartási idő rugalmasságáról",
        "A könyvtárak nyitvatartásáról szóló rendelet. Az olvasótermek esti ügyelete költséges.",
    ),
    13: (
        "Minta: a könyvtárközi kölcsönzés postaköltségéről",
        "A postaköltség térítése minden félévben késik.",
    ),
    14: (
        "Minta: a digitalizálás támogatásáról",
        "Helyismereti dokumentumok, kéziratok, térképek megőrzése.",
    ),
    15: (
        "Minta: a könyvtárosok béréről",
        "Bérfelzárkóztatás és illetménypótlék a munkatársak megtartásához.",
    ),
    16: (
        "Minta: akadálymentes honlapok",
        "Vak és gyengénlátó olvasóknak felolvasó szoftverek.",
    ),
}
SECRET = 17
"""The number of a draft."""


def position(section, number, title, text, by, **facts):
    made = Position.objects.create(
        section=section,
        year=YEAR,
        number=number,
        kind=Kind.OPINION,
        title=title,
        created_by=by,
        created_at=clock.now(),
        **facts,
    )
    made.current = Version.objects.create(
        position=made, number=1, title=title, body=f"<p>{text}</p>", author=by, fingerprint="0" * 64
    )
    made.save()
    return made


def load():
    """The data, in the index."""
    list(seeding.load())
    section, by = Section.objects.get(), make_person("writer")
    public = {"status": State.SUBMITTED, "published_at": clock.now(), "forwarded_at": clock.now()}
    made = {
        number: position(section, number, *words, by, **public)
        for number, words in POSITIONS.items()
    }
    position(section, SECRET, "Minta: titkos tervezet", "Rejtett szavak.", by)
    authority = Authority.objects.create(name_hu="Mintahivatal", kind=AuthorityKind.STATE)
    for number, of, day in ((3, 13, "2026-03-02"), (12, 14, "2026-11-21")):
        BoardDecision.objects.create(
            position=made[of],
            version=made[of].current,
            verdict=Verdict.ACCEPTED,
            year=YEAR,
            number=number,
            decided_on=date.fromisoformat(day),
            recorded_by=by,
        )
    Consultation.objects.create(
        kind=ConsultationKind.values[0],
        title="Minta: törvénytervezet a muzeális dokumentumokról",
        authority=authority,
        confidentiality=Confidentiality.PUBLIC,
        received_on=clock.today(),
        file_number="MM/123/2026",
        recorded_by=by,
    )
    searching.reindex()


def hits(question, person):
    """(kind, address) of each, in their order."""
    found = SEARCH.find(question, person)
    return [(each.kind, each.address) for each in documents(found.rows)]
