"""Those who follow a section, or a library, hear which libraries join it and leave it."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import outbox
from core.models import AuditEntry
from core.news import Source
from core.outbox import Message
from members.models import Library
from sections.models import SectionMembership

RECORD = "record"
"""Its first day, its last day or another of its facts was recorded."""


def find(entry: AuditEntry) -> SectionMembership | None:
    if entry.action != RECORD:
        return None
    found = SectionMembership.objects.select_related("section", "library")
    return found.filter(pk=entry.object_id).first()


def tell(entry: AuditEntry, membership: SectionMembership, reader: Any) -> Message | None:
    """As it is recorded when the letter goes."""
    if not Library.objects.have_been_members().filter(pk=membership.library_id).exists():
        return None
    section, library = membership.section, membership.library.name
    url = outbox.link(section.get_absolute_url())
    what = in_words(library, started_on=membership.started_on, ended_on=membership.ended_on)
    facts = {"section": section, "what": what, "url": url}
    return outbox.letter("sections/mail/membership.txt", **facts)


def in_words(library: str, *, started_on: date | None, ended_on: date | None) -> str:
    facts = {"library": library}
    if ended_on:
        facts["day"] = date_format(ended_on)
        return _("Last day of %(library)s in the section: %(day)s") % facts
    if started_on:
        facts["day"] = date_format(started_on)
        return _("Member of the section from %(day)s: %(library)s") % facts
    return _("Member of the section: %(library)s") % facts


SOURCES = (
    Source(
        model=SectionMembership,
        find=find,
        concerns=lambda entry, membership: [membership.section, membership.library],
        tell=tell,
        bursts=frozenset({RECORD}),
    ),
)
