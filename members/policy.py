"""May they? The same answer for views, templates and the admin."""

from members.standing import mandates_of


def may_edit_profile(person, library) -> bool:
    """A library's profile is edited by those who act for it today."""
    return library.pk in mandates_of(person).libraries


def is_staff(person, thing=None) -> bool:
    return person.is_authenticated and person.is_active and person.is_staff
