"""Meetings of the board in any state, taken there by the real acts of the real actors."""

from datetime import timedelta

import pytest

from core import clock
from positions import agendas, meetings, minutes
from positions.choices import Choice, MeetingAction, MeetingState, Presence, State
from positions.meeting_workflow import MEETINGS
from positions.meetings import Came
from positions.models import Meeting

STATES = MeetingState


class Sitting:
    """`cast` gives the people by the names of their fixtures; the board has three members."""

    def __init__(self, cast, way):
        self.cast, self.way = cast, way

    def plan(self, *, by="board_secretary", place="Reading room", starts_at=None):
        starts_at = starts_at or clock.now() + timedelta(minutes=5)
        return agendas.plan_meeting(by=self.cast(by), starts_at=starts_at, place=place)

    def add(self, meeting, title="On the budget", **words):
        return agendas.add_item(
            meeting=meeting, by=self.cast("board_secretary"), title=title, **words
        )

    def add_position(self, meeting, state=State.BOARD_REVIEW, position=None):
        position = position or self.way.to(state)
        by = self.cast("board_secretary")
        return agendas.add_position(meeting=meeting, by=by, position=position)

    def move(self, meeting, action, by="board_secretary", *, note="", **details):
        return MEETINGS.perform(action, meeting, by=self.cast(by), note=note, **details)

    def signers(self):
        return {
            "minute_taker": self.cast("board_secretary"),
            "first_authenticator": self.cast("board")[1],
            "second_authenticator": self.cast("board")[2],
        }

    def open(self, meeting):
        chair = self.cast("board")[0]
        return self.move(meeting, MeetingAction.OPEN, presided_by=chair, **self.signers())

    def came(self, meeting, present=3, *, guests="", **changed):
        """The first so many of the board, in the order of their fixtures."""
        meeting = Meeting.objects.get(pk=meeting.pk)
        said = {
            person.pk: Came(Presence.PRESENT if rank < present else Presence.ABSENT)
            for rank, person in enumerate(self.cast("board"))
        }
        return meetings.record_attendance(
            meeting=meeting,
            by=self.cast("board_secretary"),
            seen=meeting.step,
            came=said | {self.cast("board")[int(rank[1:])].pk: c for rank, c in changed.items()},
            guests=guests,
        )

    def vote(self, item, *choices, reason="No money."):
        """One answer for each of the board, in order; None was not there."""
        meeting = Meeting.objects.get(pk=item.meeting_id)
        votes = {
            person.pk: (choice, reason if choice == Choice.CONCERN else "")
            for person, choice in zip(self.cast("board"), choices, strict=True)
            if choice
        }
        by = self.cast("board_secretary")
        return meetings.take_vote(item=item, by=by, seen=meeting.step, votes=votes)

    def resolve(self, item, *votes, **facts):
        """Votes for, against, abstained, taking no part."""
        meeting = Meeting.objects.get(pk=item.meeting_id)
        names = ("votes_for", "votes_against", "votes_abstained", "votes_apart")
        facts = {"subject": "The budget", "words": "The board adopts the budget.", **facts}
        counted = dict(zip(names, votes, strict=True))
        by = self.cast("board_secretary")
        return meetings.resolve(item=item, by=by, seen=meeting.step, **counted, **facts)

    def authenticate(self, meeting, rank):
        person = self.cast("board")[rank]
        written = minutes.read(Meeting.objects.get(pk=meeting.pk)).fingerprint
        return MEETINGS.perform(MeetingAction.AUTHENTICATE, meeting, by=person, fingerprint=written)

    def to(self, state):
        """A meeting in the state, with one item on its agenda that is no position."""
        meeting = self.plan()
        self.add(meeting)
        for reached, step in self.WAY:
            if meeting.status == state:
                return Meeting.objects.get(pk=meeting.pk)
            if reached in {STATES.NOT_QUORATE, STATES.CANCELLED} and state != reached:
                continue
            meeting = step(self, meeting)
        return Meeting.objects.get(pk=meeting.pk)

    def quorate_end(self, meeting):
        return self.move(self.came(meeting), MeetingAction.END)

    def both(self, meeting):
        self.authenticate(meeting, 1)
        return self.authenticate(meeting, 2)

    WAY = (
        (STATES.CANCELLED, lambda self, it: self.move(it, MeetingAction.CANCEL, note="Ill.")),
        (STATES.CONVENED, lambda self, it: self.move(it, MeetingAction.CONVENE)),
        (STATES.IN_SESSION, open),
        (STATES.NOT_QUORATE, lambda self, it: self.move(it, MeetingAction.FIND_NOT_QUORATE)),
        (STATES.HELD, quorate_end),
        (STATES.DRAFTED, lambda self, it: self.move(it, MeetingAction.PRESENT)),
        (STATES.AUTHENTICATED, both),
        (STATES.CLOSED, lambda self, it: self.move(it, MeetingAction.CLOSE)),
    )


@pytest.fixture
def sitting(request, way, board, board_secretary):
    return Sitting(request.getfixturevalue, way)
