"""As whom one can sign in, read from the data: what each fictional person may do today."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.utils import translation

from core.terms import covers
from members.choices import MandateKind
from members.models import Mandate, Person
from sections.models import Office


@dataclass(frozen=True)
class SignIn:
    email: str
    name: str
    role: str


def table() -> list[SignIn]:
    """The fictional people who have a password, with their roles in English."""
    people = Person.objects.filter(is_fictional=True, is_active=True).order_by("pk")
    with translation.override("en"):
        return [
            SignIn(person.email, person.name, ", ".join(_roles(person)) or "no mandate today")
            for person in people
            if person.has_usable_password()
        ]


def _roles(person: Person) -> Iterator[str]:
    if person.is_superuser:
        yield "superuser"
    elif person.is_staff:
        yield "staff"
    for office in Office.objects.filter(covers(), person=person).select_related("section"):
        yield f"{office.get_kind_display()} ({office.section.code})"
    mandates = Mandate.objects.in_force().filter(person=person).select_related("library")
    for kind, held in groupby(mandates.order_by("kind", "pk"), key=attrgetter("kind")):
        libraries = ", ".join(mandate.library.name for mandate in held if mandate.library)
        label = str(MandateKind(kind).label)
        yield f"{label} ({libraries})" if libraries else label
