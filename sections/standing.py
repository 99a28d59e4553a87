"""What a person is in the sections today, by mandate and by office."""

from dataclasses import dataclass

from core import clock
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
        kept = (day, _read(person, mandates))
        person.__dict__["_standing"] = kept
    return kept[1]


def _read(person, mandates: Mandates) -> Standing:
    offices = list(Office.objects.current().filter(person=person).values("section", "kind"))
    memberships = SectionMembership.objects.in_force().filter(library__in=mandates.libraries)
    acts_in = memberships.values_list("section", "library") if mandates.libraries else ()
    return Standing(
        mandates=mandates,
        leads=frozenset(row["section"] for row in offices),
        chairs=frozenset(row["section"] for row in offices if row["kind"] == OfficeKind.CHAIR),
        acts_in=frozenset(acts_in),
    )
