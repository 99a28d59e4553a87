"""The longest text there may reasonably be, with all that people say to it: for measuring.

Sixty printed pages in 600 paragraphs, 300 comments and 80 amendments, in two versions of which the
later rewords every tenth paragraph, moves three and adds one.
"""

from itertools import cycle

from core.richtext import blocks
from iksz_portal.demo.cast import SECTION_CODE
from members.models import Library, Person
from positions import actions
from positions.choices import Action, AmendmentKind, Kind
from positions.lineage import beginning, wording
from positions.models import Amendment, Comment, Position, Support
from positions.models.comments import QUOTED
from positions.workflow import WORKFLOW
from sections.models import Section, SectionMembership

PARAGRAPHS, COMMENTS, AMENDMENTS, SUPPORTERS = 600, 300, 80, 3
TITLE = "Mérésre szánt, kitalált szöveg hatszáz bekezdésben"
WORDS = (  # noqa: SIM905 - prose
    "a könyvtár állománya olvasóterem kölcsönzés megyei ellátás mintarendelet szerint évente "
    "felülvizsgált kitalált adatok alapján közösségi tér nyitvatartás gyűjtemény és "
    "szolgáltatás helyben digitális hozzáférés kistelepülési fenntartó számára tervezett"
).split()


def make_long_position(*, closes_on) -> Position:
    """In the fictional section, while the text is being finalised after its consultation."""
    section = Section.objects.get(code=SECTION_CODE)
    coordinator = Person.objects.get(email="coordinator@example.org")
    position = actions.start_position(
        section=section,
        by=coordinator,
        kind=Kind.OPINION,
        title=TITLE,
        body=_html(_paragraphs()),
        points=[f"{number}. kitalált kérésünk." for number in range(1, 21)],
        addressee=_addressee(),
    )
    opened = WORKFLOW.perform(
        Action.OPEN_CONSULTATION, position, by=coordinator, closes_on=closes_on
    )
    _remarks(opened, coordinator)
    closed = WORKFLOW.perform(
        Action.CLOSE_CONSULTATION, opened, by=coordinator, note="Mérés céljából."
    )
    return actions.save_draft(
        position=closed,
        by=coordinator,
        base=1,
        title=closed.title,
        body=_html(_reworded(_paragraphs())),
        points=[point.text for point in closed.current.points.all()],
        addressee=closed.addressee,
        addressed=closed.addressee,
    )


def _addressee():
    return Position.objects.exclude(addressee=None).first().addressee


def _html(paragraphs):
    return "".join(f"<h2>{t}</h2>" if n % 20 == 0 else f"<p>{t}</p>" for n, t in paragraphs)


def _paragraphs():
    words = cycle(WORDS)
    return [
        (n, " ".join([f"{n + 1}.", *(next(words) for _ in range(5 if n % 20 == 0 else 47))]))
        for n in range(PARAGRAPHS)
    ]


def _reworded(paragraphs):
    changed = [
        (n, text.replace("kitalált", "elképzelt", 1) + " Így is." if n % 10 == 3 else text)
        for n, text in paragraphs
    ]
    moved = [changed.pop(place) for place in (401, 301, 201)]
    return [*changed[:100], *moved, *changed[100:], (1, "Ez a bekezdés egészen új gondolat.")]


def _remarks(position, author):
    version = position.current
    members = SectionMembership.objects.in_force().filter(section=position.section)
    libraries = list(Library.objects.filter(pk__in=members.values("library")))
    places, paragraphs = range(1, PARAGRAPHS + 1), blocks(version.body)
    Comment.objects.bulk_create(
        Comment(
            version=version,
            paragraph=place if number % 10 else None,
            quoted=beginning(paragraphs[place - 1], most=QUOTED) if number % 10 else "",
            wording=wording(paragraphs[place - 1]) if number % 10 else "",
            author=author,
            library=library,
            text=f"{number}. kitalált észrevétel ehhez a részhez.",
        )
        for number, place, library in zip(
            range(COMMENTS), cycle(places[::2]), cycle(libraries), strict=False
        )
    )
    amendments = Amendment.objects.bulk_create(
        Amendment(
            position=position,
            number=number + 1,
            version=version,
            kind=AmendmentKind.DELETION if number % 8 == 0 else AmendmentKind.WORDING,
            paragraph=place,
            body="" if number % 8 == 0 else f"<p>{place}. új, kitalált szöveg ide.</p>",
            reason="Kitalált indok.",
            author=author,
            library=library,
        )
        for number, place, library in zip(
            range(AMENDMENTS), places[4::7], cycle(libraries), strict=False
        )
    )
    Support.objects.bulk_create(
        Support(amendment=amendment, library=library, author=author)
        for amendment in amendments
        for library in [one for one in libraries if one != amendment.library][:SUPPORTERS]
    )
