"""How far the libraries of a section take part in what it decides, by library and by county.

Votes by name that have ended count, as the page of each position shows them; those inside read as
well on how many positions a library has joined the discussion. Secret ballots tell nothing here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.county_map import OUTLINES, MapCounty
from members.models import Library
from positions.choices import Audience, BallotKind
from positions.models import Comment, Elector, Position
from sections.models import Section
from sections.standing import standing_of

TONES = ("yes", "reserved", "waiting", "silent")
HEARD = (Audience.SECTION, Audience.MEMBERS)


@dataclass(frozen=True)
class Took:
    """The part of one library: in how many of the votes it was called to, and on how many
    positions it spoke, which is None for whoever is outside."""

    library: Library
    voted: int
    called: int
    spoke: int | None = None

    @property
    def tone(self) -> str:
        return tone_of(self.voted, self.called)


@dataclass(frozen=True)
class Participation:
    rows: Sequence[Took]

    @property
    def counties(self) -> list[MapCounty]:
        """One for each county; of several libraries in one the votes are added up."""
        found = defaultdict(list)
        for took in self.rows:
            found[took.library.county].append(took)
        return [_county(county, each) for county, each in found.items()]

    @property
    def legend(self) -> list[tuple[str, str]]:
        words = (_("in every vote"), _("in at least half"), _("in fewer"), _("in none"))
        there = {county.tone for county in self.counties}
        legend = [pair for pair in zip(TONES, words, strict=True) if pair[0] in there]
        if len(self.counties) < len(OUTLINES):
            legend.append(("none", _("no member library")))
        return legend

    @property
    def is_inside(self) -> bool:
        return any(took.spoke is not None for took in self.rows)


def read(section: Section, person: Any) -> Participation:
    """In two queries, in three for those inside."""
    visible = Position.objects.visible_to(person).of_section(section)
    electors = Elector.objects.filter(
        ballot__position__in=visible,
        ballot__kind=BallotKind.SECTION,
        ballot__closed_at__isnull=False,  # an annulled one is never closed
        ballot__is_secret=False,
        excluded=False,
    )
    counts = electors.order_by().values_list("library").annotate(Count("pk"), Count("vote"))
    counted = {pk: (called, voted) for pk, called, voted in counts}
    spoke = _spoke(visible) if section.pk in standing_of(person).sections else None
    libraries = Library.objects.filter(pk__in=counted).select_related("county").in_order()
    return Participation([_took(library, *counted[library.pk], spoke) for library in libraries])


def _took(library: Library, called: int, voted: int, spoke: dict[int, int] | None) -> Took:
    return Took(library, voted, called, None if spoke is None else spoke.get(library.pk, 0))


def _spoke(positions: Iterable[Position]) -> dict[int, int]:
    """Of what every member of the section may read; by library."""
    comments = Comment.objects.filter(
        version__position__in=positions, audience__in=HEARD, library__isnull=False
    )
    counted = Count("version__position", distinct=True)
    return dict(comments.order_by().values_list("library").annotate(counted))


def _county(county: Any, rows: Sequence[Took]) -> MapCounty:
    voted, called = sum(took.voted for took in rows), sum(took.called for took in rows)
    names = ", ".join(str(took.library) for took in rows)
    return MapCounty(
        code=county.pk,
        name=county.name,
        tone=tone_of(voted, called),
        text=f"{county.name}, {names}: {words(voted, called)}",
        url=rows[0].library.get_absolute_url() if len(rows) == 1 else "",
    )


def tone_of(voted: int, called: int) -> str:
    if voted == called:
        return "yes"
    if voted == 0:
        return "silent"
    return "reserved" if 2 * voted >= called else "waiting"


def words(voted: int, called: int) -> str:
    """For example *took part in 3 of 4 votes*."""
    return ngettext(
        "took part in %(voted)d of %(called)d vote",
        "took part in %(voted)d of %(called)d votes",
        called,
    ) % {"voted": voted, "called": called}
