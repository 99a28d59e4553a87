"""What is still missing before a move: each yields the sentences that block it."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from members.models import Erasure, MembershipApplication, Person, ProfileChange
from members.namesakes import has_member_of, namesake
from members.profiles import changed_since, label_of


def not_a_member_yet(application: MembershipApplication) -> Iterator[Any]:
    if has_member_of(name=application.library_name, county=application.county):
        yield _("A library of this name in this county is a member already.")


def profile_as_seen(change: ProfileChange) -> Iterator[Any]:
    library = change.library
    if fields := changed_since(change, library):
        names = get_text_list([str(label_of(field)) for field in fields], _("and"))
        yield _(
            "Changed in the profile since this was proposed: %(fields)s. "
            "Refuse the proposal and ask for a new one."
        ) % {"fields": names}
    new_name = change.after.get("name")
    other = namesake(name=new_name, county=library.county) if new_name else None
    if other and other.pk != library.pk:
        yield _("Another library of this county has this name already.")


def no_staff(person: Person) -> Iterator[Any]:
    if person.is_staff or person.is_superuser:
        yield _("This person is of the staff: somebody takes that away first.")


def may_be_erased(erasure: Erasure) -> Iterator[Any]:
    yield from no_staff(erasure.person)
