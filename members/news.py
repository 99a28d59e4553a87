"""Those who follow a library hear that its profile has changed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import outbox
from core.models import AuditEntry
from core.news import Source
from core.outbox import Message
from members.choices import ChangeAction
from members.models import Library, ProfileChange
from members.notices import CHANGE_DECIDED

EDIT = "edit"
"""By the staff, in the back office."""
PROFILE_CHANGED = _("Its profile has changed")


def change_found(entry: AuditEntry) -> ProfileChange | None:
    if entry.action != ChangeAction.APPROVE:
        return None
    return ProfileChange.objects.select_related("library").filter(pk=entry.object_id).first()


def library_found(entry: AuditEntry) -> Library | None:
    if entry.action != EDIT:
        return None
    return Library.objects.filter(pk=entry.object_id).first()


def of_changed_profile(library: Library) -> Message | None:
    """Nothing of a library whose page nobody can open."""
    if not Library.objects.have_been_members().filter(pk=library.pk).exists():
        return None
    url = outbox.link(library.get_absolute_url())
    facts = {"library": library, "what": PROFILE_CHANGED, "url": url}
    return outbox.letter("members/mail/library_news.txt", **facts)


def _of_change(entry: AuditEntry, change: ProfileChange, reader: Any) -> Message | None:
    return of_changed_profile(change.library)


def _of_library(entry: AuditEntry, library: Library, reader: Any) -> Message | None:
    return of_changed_profile(library)


SOURCES = (
    Source(
        model=ProfileChange,
        find=change_found,
        concerns=lambda entry, change: [change.library],
        tell=_of_change,
        heard=lambda entry, change: [f"{CHANGE_DECIDED}:{change.pk}"],
    ),
    Source(
        model=Library,
        find=library_found,
        concerns=lambda entry, library: [library],
        tell=_of_library,
        bursts=frozenset({EDIT}),
    ),
)
