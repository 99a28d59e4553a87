"""What a move does besides changing the state. Called by the engine, inside its transaction."""

from itertools import chain, count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import clock, personal
from core.text import fold
from core.workflow import SomethingMissing, lock
from members import conditions, sessions
from members.models import (
    Erasure,
    Library,
    Membership,
    MembershipApplication,
    Person,
    ProfileChange,
)
from members.namesakes import namesake
from members.profiles import FIELDS

SLUG_LENGTH = 110


def admit(application: MembershipApplication, *, by: Any, note: str) -> None:
    """The library is a member from today; one that was a member before gets a new term."""
    county = lock(application.county)
    if missing := list(conditions.not_a_member_yet(application)):
        raise SomethingMissing(*missing)
    library = namesake(name=application.library_name, county=county)
    if library is None:
        library = Library(
            name=application.library_name,
            slug=free_slug(application.library_name, application.city),
            county=county,
            city=application.city,
            kind=application.kind,
            website=application.website,
        )
        _sign(library, by, _("Admitted on its application."))
        library.save()
    term = Membership(library=library, started_on=clock.today())
    _sign(term, by, _("Admitted on its application."))
    term.save()
    application.library = library


def put_into_profile(change: ProfileChange, *, by: Any, note: str) -> None:
    """Write the proposed values, after a last look, under lock, at what they would replace."""
    change.library = library = lock(change.library)
    if missing := list(conditions.profile_as_seen(change)):
        raise SomethingMissing(*missing)
    for field in FIELDS:
        if field in change.after:
            setattr(library, field, change.after[field])
    library.step += 1
    _sign(library, by, _("Proposed change %(number)d.") % {"number": change.pk})
    library.save()


def close_account(erasure: Erasure, *, by: Any, note: str) -> None:
    """At once: nobody signs in with it any more, whatever the worker is doing."""
    if missing := list(conditions.may_be_erased(erasure)):
        raise SomethingMissing(*missing)
    Person.objects.filter(pk=erasure.person_id).update(is_active=False)
    sessions.end_all_of(erasure.person)


def erase(erasure: Erasure, *, by: Any, note: str, declared: Any, mentions: Any) -> None:
    """In all the rooms: what they declare goes, or gets the pseudonym in place of the person."""
    person = lock(erasure.person)
    name, email = pseudonym_of(person)
    personal.erase(declared, mentions, person, name=name, email=email)
    sessions.end_all_of(person)
    blank = {"last_login": None, "here_at": None, "before_at": None, "hints_put_away": []}
    Person.objects.filter(pk=person.pk).update(
        name=name, email=email, password=make_password(None), is_active=False, **blank
    )


def pseudonym_of(person: Person) -> tuple[str, str]:
    """A name that means nobody in any language, and an address that nobody can have (RFC 2606)."""
    return f"N. N. {person.pk}", f"erased-{person.pk}@erased.invalid"


def free_slug(name: str, city: str) -> str:
    """An address no library has: the name, else with the city, else with a number."""
    bare = slugify(fold(name))[:SLUG_LENGTH] or "library"
    with_city = slugify(f"{bare} {fold(city)}")[:SLUG_LENGTH]
    numbered = (f"{with_city}-{number}" for number in count(2))
    taken = set(Library.objects.filter(slug__startswith=bare).values_list("slug", flat=True))
    return next(slug for slug in chain([bare, with_city], numbered) if slug not in taken)


def _sign(row: Any, by: Any, reason: str) -> None:
    """Who and why, for the row's history."""
    row._history_user = by
    row._change_reason = reason[:100]
