"""What people do about libraries besides the moves of the workflows."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import audit
from core.workflow import NotAllowed, SomethingMissing, lock
from members import notices, policy
from members.models import (
    BarrierReport,
    County,
    Library,
    MembershipApplication,
    MistakeReport,
    Person,
    ProfileChange,
)
from members.profiles import FIELDS, fingerprint, values_of


class ProfileMoved(Exception):
    """The profile is no longer the one the form was filled from."""

    def __init__(self, library: Library):
        super().__init__(str(library))
        self.library = library


@transaction.atomic
def propose_change(
    *, library: Library, by: Person, values: Mapping[str, str], seen: str
) -> ProfileChange:
    """New values for the profile, waiting for the staff; `seen` is its fingerprint in the form.

    Raises NotAllowed, ProfileMoved, or SomethingMissing if nothing changes or one waits already.
    """
    library = lock(library)
    if not policy.may_edit_profile(by, library):
        raise NotAllowed(_("The profile is edited by those who act for the library today."))
    if library.profile_changes.waiting().exists():
        raise SomethingMissing(_("A change of this profile is waiting for approval already."))
    if seen != fingerprint(library):
        raise ProfileMoved(library)
    before = values_of(library)
    after = {field: values[field] for field in FIELDS if values[field] != before[field]}
    if not after:
        raise SomethingMissing(_("Nothing has been changed yet."))
    change = ProfileChange.objects.create(
        library=library,
        before={field: before[field] for field in after},
        after=after,
        base_step=library.step,
        proposed_by=by,
    )
    payload = {"fields": list(after)}
    audit.record(thing=change, action="propose", by=by, target=change.status, payload=payload)
    return change


@transaction.atomic
def apply_for_membership(
    *,
    library_name: str,
    county: County,
    city: str,
    kind: str,
    applicant_name: str,
    applicant_email: str,
    statement: str,
    website: str = "",
    by: Any = None,
) -> MembershipApplication:
    """An application in the staff's queue; the applicant gets a letter that it has arrived."""
    application = MembershipApplication.objects.create(
        library_name=library_name,
        county=county,
        city=city,
        kind=kind,
        website=website,
        applicant_name=applicant_name,
        applicant_email=applicant_email,
        statement=statement,
        language=get_language(),
    )
    audit.record(thing=application, action="apply", by=by, target=application.status)
    notices.application_received(application)
    return application


@transaction.atomic
def report_mistake(
    *, library: Library, text: str, email: str = "", by: Any = None
) -> MistakeReport:
    report = MistakeReport.objects.create(
        library=library, text=text, email=email, language=get_language()
    )
    audit.record(thing=report, action="report", by=by, target=report.status)
    return report


@transaction.atomic
def report_barrier(*, page: str, text: str, email: str = "", by: Any = None) -> BarrierReport:
    """A report in the staff's queue; they get a letter."""
    report = BarrierReport.objects.create(
        page=page, text=text, email=email, language=get_language()
    )
    audit.record(thing=report, action="report", by=by, target=report.status)
    notices.barrier_reported(report)
    return report


@transaction.atomic
def choose_language(*, person: Person, by: Person, language: str) -> Person:
    """The language in which the person gets letters."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
        audit.record(thing=person, action="choose_language", by=by, payload={"language": language})
    return person
