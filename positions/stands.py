"""Where each library of the section stands on a position: computed from what it has said.

An endorsement belongs to a version. It is given as long as the present text says the same; else it
waits to be confirmed again. Libraries are those of the section: today's while the position is on
its way to its addressee, afterwards those of the day it was submitted or came to its end.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.county_map import OUTLINES, MapCounty
from members.models import Library
from positions.choices import ENDORSABLE, Stand
from positions.models import Position
from positions.said import Said, libraries, said

TONES = {
    Stand.ENDORSES: "done",
    Stand.RESERVES: "active",
    Stand.WAITS: "waiting",
    Stand.DISSENTS: "refused",
    Stand.SPEAKS: "info",
    Stand.SILENT: "neutral",
}
MAP_TONES = {
    Stand.ENDORSES: "yes",
    Stand.RESERVES: "reserved",
    Stand.WAITS: "waiting",
    Stand.DISSENTS: "no",
    Stand.SPEAKS: "spoken",
    Stand.SILENT: "silent",
}


@dataclass(frozen=True)
class LibraryStand:
    library: Library
    is_member: bool
    endorsement: Said | None
    opinion: Said | None
    speaks: bool
    is_open: bool

    @property
    def stand(self) -> Stand:
        if self.endorsement and self.endorsement.is_present:
            return Stand.RESERVES if self.endorsement.text else Stand.ENDORSES
        if self.opinion:
            return Stand.DISSENTS
        if self.endorsement:
            return Stand.WAITS
        return Stand.SPEAKS if self.speaks else Stand.SILENT

    @property
    def label(self) -> str:
        """Once nothing can be endorsed any more, nothing waits either."""
        if not self.is_open and self.stand == Stand.WAITS:
            return _("endorsed an earlier text")
        if not self.is_open and self.stand == Stand.SILENT:
            return _("has not endorsed it")
        return self.stand.label

    @property
    def tone(self) -> str:
        return TONES[self.stand]


@dataclass(frozen=True)
class Stands:
    """Of all libraries of the section, in their order; `former` are those that have left it."""

    position: Position
    inside: bool
    libraries: Sequence[LibraryStand] = ()
    former: Sequence[LibraryStand] = ()

    @property
    def is_open(self) -> bool:
        return self.position.status in ENDORSABLE

    @cached_property
    def counts(self) -> Counter[Stand]:
        return Counter(each.stand for each in self.libraries)

    @property
    def given(self) -> int:
        return self.counts[Stand.ENDORSES] + self.counts[Stand.RESERVES]

    @property
    def are_told(self) -> bool:
        """Whether there is, or may still be, anything to tell."""
        said = any(each.endorsement or each.opinion for each in (*self.libraries, *self.former))
        return said or (self.inside and self.is_open)

    @property
    def opinions(self) -> list[LibraryStand]:
        return [each for each in (*self.libraries, *self.former) if each.opinion]

    def of(self, libraries: frozenset[int]) -> list[LibraryStand]:
        return [each for each in self.libraries if each.library.pk in libraries]

    @property
    def lead(self) -> str:
        return endorsed(self.counts, members=len(self.libraries))

    @property
    def has_map(self) -> bool:
        """A map can say it all where no county has two libraries."""
        counties = {each.library.county_id for each in self.libraries}
        return 0 < len(counties) == len(self.libraries)

    @property
    def counties(self) -> list[MapCounty]:
        return [
            MapCounty(
                code=each.library.county_id,
                name=each.library.county.name,
                tone=MAP_TONES[each.stand],
                text=f"{each.library.county.name}, {each.library}: {each.label}",
                url=each.library.get_absolute_url(),
            )
            for each in self.libraries
        ]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """Tone and counted words of each stand that any library takes."""
        legend = [
            (MAP_TONES[stand], words(stand, count, is_open=self.is_open))
            for stand in Stand
            if (count := self.counts[stand])
        ]
        if self.has_map and len(self.libraries) < len(OUTLINES):
            legend.append(("none", _("no member library")))
        return legend


def read(position: Position, *, inside: bool) -> Stands:
    """In one query; whoever is outside reads what is public, and nothing before it is."""
    if not (inside or position.is_public) or position.shared_at is None:
        return Stands(position, inside)
    stands = [_stand(position, library, inside=inside) for library in libraries(position)]
    return Stands(
        position,
        inside,
        libraries=[each for each in stands if each.is_member],
        former=[
            each for each in stands if not each.is_member and (each.endorsement or each.opinion)
        ],
    )


def _stand(position: Position, library: Any, *, inside: bool) -> LibraryStand:
    """The public reads of endorsements of the present text and of opinions filed to be public."""
    endorsement, opinion = said(library.endorsement), said(library.opinion)
    if not inside:
        endorsement = endorsement if endorsement and endorsement.is_present else None
        opinion = opinion if opinion and opinion.goes_public else None
    return LibraryStand(
        library=library,
        is_member=library.is_member,
        endorsement=endorsement,
        opinion=opinion,
        speaks=inside and library.speaks,
        is_open=position.status in ENDORSABLE,
    )


def endorsed(counts: Counter[Stand], *, members: int) -> str:
    """How many of the libraries endorse the text; those with a reservation are among them."""
    reserved = counts[Stand.RESERVES]
    given = counts[Stand.ENDORSES] + reserved
    if reserved:
        sentence = ngettext(
            "%(count)d of %(all)d member libraries endorses this text, "
            "%(reserved)d with a reservation.",
            "%(count)d of %(all)d member libraries endorse this text, "
            "%(reserved)d of them with a reservation.",
            given,
        )
        return sentence % {"count": given, "all": members, "reserved": reserved}
    sentence = ngettext(
        "%(count)d of %(all)d member libraries endorses this text.",
        "%(count)d of %(all)d member libraries endorse this text.",
        given,
    )
    return sentence % {"count": given, "all": members}


def words(stand: Stand, count: int, *, is_open: bool) -> str:
    """How many libraries take a stand, as legends say it."""
    match stand:
        case Stand.ENDORSES:
            text = ngettext("%(count)d endorses it", "%(count)d endorse it", count)
        case Stand.RESERVES:
            text = ngettext("%(count)d with a reservation", "%(count)d with a reservation", count)
        case Stand.WAITS if is_open:
            text = ngettext(
                "%(count)d is to confirm it again", "%(count)d are to confirm it again", count
            )
        case Stand.WAITS:
            text = ngettext(
                "%(count)d endorsed an earlier text",
                "%(count)d endorsed an earlier text",
                count,
            )
        case Stand.DISSENTS:
            text = ngettext(
                "%(count)d filed a minority opinion",
                "%(count)d filed minority opinions",
                count,
            )
        case Stand.SPEAKS:
            text = ngettext(
                "%(count)d has only joined the discussion",
                "%(count)d have only joined the discussion",
                count,
            )
        case Stand.SILENT if is_open:
            text = ngettext("%(count)d has not spoken yet", "%(count)d have not spoken yet", count)
        case _:
            text = ngettext(
                "%(count)d has not endorsed it", "%(count)d have not endorsed it", count
            )
    return text % {"count": count}
