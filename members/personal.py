"""What this room knows of a person: who they are, how they sign in, what they act for."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from core.models import AuditEntry
from core.personal import Declared, Fate, Held, LeftOut, Mentions, changed, earlier
from members.models import (
    Authority,
    BarrierReport,
    CalendarAddress,
    DataExport,
    Erasure,
    Invitation,
    Library,
    Mandate,
    Membership,
    MembershipApplication,
    MistakeReport,
    Person,
    ProfileChange,
)

NAMED = ("email", "name", "language", "is_active", "is_staff", "is_superuser", "joined_at")
MANDATE = ("kind", "library", "started_on", "ended_on")
REPORTED = ("text", "email", "status", "created_at")
OF_INSTITUTIONS = "The address of an institution."
NOBODYS = {"email": ""}


def _done_to(person: Any) -> Any:
    kind = ContentType.objects.get_for_model(Person)
    return AuditEntry.objects.filter(content_type=kind, object_id=person.pk)


def _edited_by_staff(person: Any) -> Any:
    kind = ContentType.objects.get_for_model(Person)
    return LogEntry.objects.filter(content_type=kind, object_id=str(person.pk))


HELD: tuple[Declared, ...] = (
    Held(
        Person,
        "id",
        (*NAMED, "is_fictional", "last_login", "here_at", "before_at", "hints_put_away"),
        title=_("Your account"),
    ),
    Held(
        Person.history.model,
        "id",
        (*NAMED, "history_date", "history_type"),
        fate=Fate.GOES,
        title=_("Your account as it was before"),
    ),
    LeftOut(Person.history.model, "email", "Goes along with the other columns of these rows."),
    Held(
        AuditEntry,
        "thing",
        ("seq", "at", "action", "note"),
        rows=_done_to,
        becomes={"note": "", "note_salt": ""},
        title=_("What was done to your account"),
    ),
    Held(
        LogEntry,
        "object_id",
        ("action_time", "action_flag"),
        rows=_edited_by_staff,
        fate=Fate.GOES,
        title=_("Changes to your account in the back office"),
    ),
    Held(EmailAddress, "user", ("email", "verified", "primary"), fate=Fate.GOES),
    LeftOut(EmailAddress, "email", "These rows have their person's key."),
    Held(Authenticator, "user", ("type", "created_at", "last_used_at"), fate=Fate.GOES),
    Held(Person.groups.through, "person", ("group.name",), joined=("group",), fate=Fate.GOES),
    Held(
        Person.user_permissions.through,
        "person",
        ("permission.codename",),
        joined=("permission",),
        fate=Fate.GOES,
    ),
    Held(Mandate, "person", MANDATE, joined=("library",)),
    earlier(Mandate, "person", MANDATE, joined=("library",)),
    Held(
        Invitation,
        "person",
        ("created_at", "expires_at", "accepted_at", "revoked_at"),
        fate=Fate.GOES,
    ),
    Held(Invitation, "invited_by", ("created_at",)),
    Held(CalendarAddress, "person", ("made_at", "revoked_at"), fate=Fate.GOES),
    Held(DataExport, "requested_by", ("requested_at", "stage", "ended_at"), fate=Fate.GOES),
    Held(Erasure, "person", ("ground", "status", "asked_at")),
    Held(Erasure, "asked_by", ("ground", "status", "asked_at")),
    Held(
        ProfileChange,
        "proposed_by",
        ("library", "status", "before", "after", "created_at"),
        joined=("library",),
    ),
    Held(
        MembershipApplication,
        "applicant_email",
        ("library_name", "city", "applicant_name", "applicant_email", "statement", "created_at"),
        becomes={"applicant_name": "{name}", "applicant_email": "{email}"},
    ),
    Held(MistakeReport, "email", REPORTED, becomes=NOBODYS),
    Held(BarrierReport, "email", REPORTED, becomes=NOBODYS),
    *(LeftOut(model, "email", OF_INSTITUTIONS) for model in (Library, Authority)),
    *(LeftOut(model.history.model, "email", OF_INSTITUTIONS) for model in (Library, Authority)),
    changed(Person),
    changed(Mandate),
    changed(Library),
    changed(Membership),
    changed(Authority),
)
MENTIONS = (
    Mentions(MembershipApplication, ("applicant_name", "statement")),
    Mentions(MistakeReport, ("text",)),
    Mentions(BarrierReport, ("text",)),
)
