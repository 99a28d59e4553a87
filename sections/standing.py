"""What a person is in the sections today, by mandate and by office."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, CharField, Value

from core import clock
from core.prepared import Prepared
from members.standing import NONE, Mandates, mandates_of
from sections.choices import OfficeKind
from sections.models import Office, SectionMembership


@dataclass(frozen=True)
class Standing:
    """Everything rights are derived from: mandates, and sections by id."""

    mandates: Mandates = NONE
    leads: frozenset[int] = frozenset()
    chairs: frozenset[int] = frozenset()
    acts_in: frozenset[tuple[int, int]] = frozenset()

    @property
    def sections(self) -> frozenset[int]:
        """The sections in which this person acts for a member library or holds an office."""
        return self.leads | {section for section, library in self.acts_in}

    def libraries_in(self, section_id: int) -> frozenset[int]:
        """The member libraries of the section this person acts for."""
        return frozenset(library for section, library in self.acts_in if section == section_id)


def standing_of(person) -> Standing:
    """The person's standing today, read once for each person object and day."""
    mandates = mandates_of(person)
    if not person.is_authenticated or not person.is_active:
        return Standing()
    day = clock.today()
    kept = person.__dict__.get("_standing")
    if kept is None or kept[0] != day:
        kept = (day, _read(person, mandates, day))
        person.__dict__["_standing"] = kept
    return kept[1]


def _read(person, mandates: Mandates, day: date) -> Standing:
    """Offices and memberships in one query: a row is the one or the other."""
    found = _offices_and_memberships(person.pk, day, *mandates.libraries)
    return Standing(
        mandates=mandates,
        leads=frozenset(section for section, kind, _library in found if kind),
        chairs=frozenset(section for section, kind, _library in found if kind == OfficeKind.CHAIR),
        acts_in=frozenset((section, library) for section, kind, library in found if not kind),
    )


@Prepared
def _offices_and_memberships(person, day, *libraries):
    rows = Office.objects.current(day).filter(person=person).order_by()
    rows = rows.values_list("section", "kind", Value(None, BigIntegerField()))
    if not libraries:
        return rows
    memberships = SectionMembership.objects.in_force(day).filter(library__in=libraries)
    acting = memberships.order_by().values_list("section", Value("", CharField()), "library")
    return rows.union(acting, all=True)
