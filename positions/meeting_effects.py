"""What the moves of a meeting do. Called by the engine, inside its transaction."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.numbering import next_number
from core.workflow import Overtaken, SomethingMissing
from members.models import Mandate, Person
from members.policy import is_staff
from positions import meeting_notices, minutes
from positions.choices import (
    BOARD_QUEUE,
    BOARD_REPEATED_QUORUM,
    MeetingAction,
    MeetingState,
)
from positions.details import require
from positions.models import AgendaItem, Attendance, Authentication, Meeting
from positions.models.meetings import SIGNED
from sections.choices import Quorum
from sections.standing import standing_of

MEETINGS = "board-meetings"
FARTHEST_AHEAD = 2 * 366
"""Days."""


def numbered(
    *, starts_at: datetime, place: str, quorum: Quorum, by: Any, repeats: Meeting | None = None
) -> Meeting:
    """A planned meeting; its number belongs to the year in which it is to be held."""
    refuse_odd_moment(starts_at)
    require(place, field="place")
    year = clock.day_of(starts_at).year
    return Meeting.objects.create(
        year=year,
        number=next_number(MEETINGS, year),
        starts_at=starts_at,
        place=place.strip(),
        quorum=quorum,
        repeats=repeats,
        created_by=by,
    )


def refuse_odd_moment(moment: datetime) -> None:
    """Meetings lie ahead, and near enough for their numbers to be those of years that come."""
    if moment <= clock.now():
        raise SomethingMissing(_("This time has passed: choose a later one."), field="hour")
    if clock.day_of(moment) > last_day_to_plan():
        raise SomethingMissing(
            _("A meeting is planned two years ahead at most: choose an earlier day."), field="day"
        )


def last_day_to_plan() -> date:
    return clock.days_after(clock.today(), FARTHEST_AHEAD)


def convene(meeting: Meeting, *, by: Any, note: str) -> None:
    refuse_odd_moment(meeting.starts_at)
    meeting.convened_at = clock.now()


def change(meeting: Meeting, *, by: Any, note: str, starts_at: datetime, place: str) -> None:
    refuse_odd_moment(starts_at)
    require(place, field="place")
    if clock.day_of(starts_at).year != meeting.year:
        raise SomethingMissing(
            _("Its number belongs to its year: cancel it, and plan another one."), field="day"
        )
    refuse_no_change((meeting.starts_at, meeting.place), (starts_at, place.strip()))
    meeting.starts_at, meeting.place = starts_at, place.strip()


def refuse_no_change(before: Any, after: Any) -> None:
    if before == after:
        raise SomethingMissing(_("Nothing was changed."))


def open_session(
    meeting: Meeting, *, by: Any, note: str, presided_by: Person, **signers: Person
) -> None:
    """The electorate is frozen: the members of the board today, each absent until marked."""
    members = set(Mandate.objects.in_force().voting_on_the_board().values_list("person", flat=True))
    if not members:
        raise SomethingMissing(_("The board has no member who could vote."))
    if presided_by.pk not in members:
        raise SomethingMissing(_("A member of the board presides."), field="presided_by")
    _sign(meeting, **signers)
    meeting.presided_by = presided_by
    meeting.opened_at = clock.now()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person_id=pk) for pk in sorted(members)
    )


def appoint(meeting: Meeting, *, by: Any, note: str, **signers: Person) -> None:
    before = [getattr(meeting, f"{name}_id") for name in SIGNED]
    refuse_no_change(before, [signers[name].pk for name in SIGNED])
    _sign(meeting, **signers)


def _sign(meeting: Meeting, **signers: Person) -> None:
    """Three different people, of the board or of the staff."""
    taken: set[int] = set()
    for name in SIGNED:
        person = signers[name]
        if not (is_staff(person) or standing_of(person).mandates.on_board):
            raise SomethingMissing(_("Choose somebody of the board or of the staff."), field=name)
        if person.pk in taken:
            raise SomethingMissing(
                _("The minute-taker and the two authenticators are three different people."),
                field=name,
            )
        taken.add(person.pk)
        setattr(meeting, name, person)


def end(meeting: Meeting, *, by: Any, note: str) -> None:
    meeting.ended_at = clock.now()


def authenticate(meeting: Meeting, *, by: Any, note: str, fingerprint: str) -> str:
    """Of the text that was read; once both have authenticated the same text it is done."""
    if minutes.read(meeting).fingerprint != fingerprint:
        raise Overtaken(meeting, by=by, action=MeetingAction.AUTHENTICATE)
    given = Authentication.objects.filter(meeting=meeting, fingerprint=fingerprint)
    if given.filter(person=by).exists():
        raise SomethingMissing(_("You have authenticated this text already."))
    Authentication.objects.create(meeting=meeting, person=by, fingerprint=fingerprint)
    both = {meeting.first_authenticator_id, meeting.second_authenticator_id}
    if set(given.values_list("person", flat=True)) < both:
        return MeetingState.DRAFTED
    meeting.authenticated_at = clock.now()
    meeting_notices.return_excerpts(meeting)
    return MeetingState.AUTHENTICATED


def repeat(meeting: Meeting, *, by: Any, note: str, starts_at: datetime, place: str) -> None:
    """With the agenda of the first and the relaxed quorum; what was decided since is left out."""
    repeated = numbered(
        starts_at=starts_at, place=place, quorum=BOARD_REPEATED_QUORUM, by=by, repeats=meeting
    )
    for item in meeting.items:
        if item.position is None or item.position.status in BOARD_QUEUE:
            AgendaItem.objects.create(
                meeting=repeated,
                place=item.place,
                position=item.position,
                title=item.title,
                text=item.text,
                presenter=item.presenter,
            )


# What is missing ---------------------------------------------------------------------------


def ready_to_convene(meeting: Meeting):
    if not meeting.items:
        yield _("The agenda is empty.")
    if meeting.starts_at <= clock.now():
        yield _("The time of the meeting has passed: change it first.")


def its_day_has_come(meeting: Meeting):
    if clock.today() < clock.day_of(meeting.starts_at):
        yield _("The day of the meeting has not come yet.")


def there_is_no_quorum(meeting: Meeting):
    if meeting.is_quorate():
        yield _("There is a quorum.")
    elif any(item.ballot or item.resolutions.all() for item in meeting.items):
        yield _("The meeting has voted already: end the session.")


def there_was_a_quorum(meeting: Meeting):
    if not meeting.is_quorate():
        yield _("There is no quorum by the list of attendance.")


def everything_is_decided(meeting: Meeting):
    for item in meeting.items:
        if item.is_undecided:
            yield _("Item %(number)d has been voted on: record the resolution.") % {
                "number": item.place
            }


def may_be_repeated(meeting: Meeting):
    if meeting.is_repeat:
        yield _("A repeated meeting is not repeated again: plan a new one.")
    elif Meeting.objects.filter(repeats=meeting).exists():
        yield _("The repeated meeting has been called already.")
