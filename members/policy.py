"""May they? The same answer for views, templates and the admin."""

from typing import Any

from members.models import Erasure, Library, ProfileChange
from members.standing import mandates_of


def may_edit_profile(person: Any, library: Library) -> bool:
    """A library's profile is edited by those who act for it today."""
    return library.pk in mandates_of(person).libraries


def may_withdraw_change(person: Any, change: ProfileChange) -> bool:
    return may_edit_profile(person, change.library)


def is_staff(person: Any, thing: Any = None) -> bool:
    return person.is_authenticated and person.is_active and person.is_staff


def needs_second_factor(person: Any) -> bool:
    """Staff and the board sign in with a code besides the password."""
    return is_staff(person) or mandates_of(person).on_board


def may_confirm_erasure(person: Any, erasure: Erasure) -> bool:
    """Nobody is erased by one alone: whoever asked for it does not confirm it."""
    return is_staff(person) and person.pk not in {erasure.asked_by_id, erasure.person_id}
