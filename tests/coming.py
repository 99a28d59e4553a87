"""Consultations that have come in, for tests: recorded and moved by the real actors."""

from datetime import timedelta

import pytest

from core import clock
from core.workflow import CLOCK
from positions import actions
from positions.choices import (
    Confidentiality,
    ConsultationAction,
    ConsultationKind,
    ConsultationState,
    Kind,
    ProfileKind,
)
from positions.consulting import CONSULTATIONS, record
from positions.models import Consultation, LawProfile


class Coming:
    """Takes consultations along. `cast` gives the people by the names of their fixtures."""

    def __init__(self, cast):
        self.cast = cast

    @staticmethod
    def in_days(days):
        return clock.days_after(clock.today(), days)

    def law(self, **facts):
        facts = {"days": 8, "ends_on_working_day": False, "source": "An act", **facts}
        return LawProfile.objects.create(
            **{"kind": ProfileKind.CONSULTATION, "name_hu": "Eight days", **facts}
        )

    def record(self, **facts):
        facts = {
            "kind": ConsultationKind.DRAFT_DECREE,
            "title": "A decree on reading rooms",
            "authority": self.cast("authority"),
            "confidentiality": Confidentiality.MEMBERS,
            "received_on": clock.today(),
            "due_on": self.in_days(40),
            **facts,
        }
        return record(consultation=Consultation(**facts), by=self.cast("staff"))

    def move(self, consultation, action, by="staff", *, note="", **details):
        person = self.cast(by) if isinstance(by, str) else by
        return CONSULTATIONS.perform(action, consultation, by=person, note=note, **details)

    def assign(self, consultation, *sections):
        sections = sections or (self.cast("section"),)
        return self.move(consultation, ConsultationAction.ASSIGN, sections=sections)

    def pass_on(self, consultation, by="coordinator"):
        section = self.cast("section")
        return self.move(
            consultation, ConsultationAction.PASS, by, note="It is not ours.", section=section
        )

    def change_due(self, consultation, day):
        action = ConsultationAction.CHANGE_DUE
        return self.move(consultation, action, note="They gave more time.", due_on=day)

    def answer(self, consultation, *, by="coordinator", title="Our opinion"):
        """A position started from it."""
        return actions.start_position(
            section=self.cast("section"),
            by=self.cast(by),
            kind=Kind.OPINION,
            title=title,
            addressee=consultation.authority,
            body="<p>First paragraph.</p>",
            points=["The first thing."],
            answers=consultation,
        )

    def send(self, position):
        """By its real way, to its submission."""
        way = self.cast("way")
        position = way.consult(position)
        for step in (way.consolidate, way.open_vote, way.adopt, way.forward, way.take_up):
            position = step(position)
        return way.submit(way.accept(position))

    def to(self, state, **facts):
        """A consultation in the state."""
        thing = self.record(**facts)
        if state == ConsultationState.RECEIVED:
            return thing
        thing = self.assign(thing)
        match state:
            case ConsultationState.LET_GO:
                return self.pass_on(thing)
            case ConsultationState.CLOSED:
                return self.move(self.pass_on(thing), ConsultationAction.CLOSE)
            case ConsultationState.ANSWERED:
                self.send(self.answer(thing))
                return self.answered(thing)
        return thing

    def answered(self, thing):
        """What the clock does once a position on it was submitted."""
        action = ConsultationAction.ANSWER
        with clock.at(clock.now() + timedelta(minutes=1)):
            return CONSULTATIONS.perform(action, thing, by=CLOCK)


@pytest.fixture
def coming(request, staff, section, coordinator, authority):
    return Coming(request.getfixturevalue)
