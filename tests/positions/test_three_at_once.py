"""Three people at one text, in any order of opening, saving and deciding: no sentence is lost.

Each sentence carries a sign of its own. A sign that was ever confirmed as saved, and that nobody
took out or decided against, stands in the text at the end.
"""

import re
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.richtext import blocks
from positions import actions
from positions.choices import Keep
from positions.models import Position

SIGN = re.compile(r"\bs[0-9]+\b")
PEOPLE = ("drafter", "coordinator", "chair")
CHANGES = st.tuples(
    st.sampled_from(["edit", "add", "edit", "move", "drop"]),
    st.booleans(),  # of the points rather than of the text
    st.integers(min_value=0, max_value=11),
)
TURNS = st.tuples(
    st.sampled_from(PEOPLE),
    st.lists(CHANGES, min_size=1, max_size=3),
    st.sampled_from(["save", "save", "save", "wait", "open"]),
    st.lists(st.sampled_from(list(Keep)), min_size=1, max_size=4),
)


def signs(units):
    return set(SIGN.findall(" ".join(filter(None, units))))


@dataclass
class Desk:
    """What one person has before them: the text as opened and as changed since, and perhaps the
    conflicts they were shown when they sent it."""

    base: int = 0
    text: list = field(default_factory=list)
    points: list = field(default_factory=list)
    dropped: set = field(default_factory=set)
    shown: object = None


class Room:
    def __init__(self, way):
        self.position = way.start(
            body="<p>Start s1.</p><p>Middle s2.</p><p>End s3.</p>", points=["Wish s4.", "Wish s5."]
        )
        self.people = {name: way.cast(name) for name in PEOPLE}
        self.count = 5
        self.saved = signs(self.said())
        self.given_up = set()
        self.desks = {}
        for name in PEOPLE:
            self.open(name)

    def said(self):
        """Blocks and points of the text as it is now."""
        text = Position.objects.get(pk=self.position.pk).current
        return [*blocks(text.body), *(point.text for point in text.points.all())]

    def open(self, name):
        text = Position.objects.get(pk=self.position.pk).current
        points = [point.text for point in text.points.all()]
        self.desks[name] = Desk(text.number, blocks(text.body), points)

    def change(self, name, act, in_points, place):
        desk = self.desks[name]
        units = desk.points if in_points else desk.text
        at = place % (len(units) + 1)
        if act == "add" or at == len(units):
            sentence = f"{self.sign()} is new."
            units.insert(at, sentence if in_points else f"<p>{sentence}</p>")
        elif act == "edit":
            unit = units[at]
            end = len(unit) if in_points else unit.rindex("</p>")
            units[at] = f"{unit[:end]} And {self.sign()}.{unit[end:]}"
        elif act == "move":
            units.insert((place * 7) % len(units), units.pop(at))
        else:
            desk.dropped |= signs([units.pop(at)])

    def sign(self):
        self.count += 1
        return f"s{self.count}"

    def save(self, name, keeps):
        """What the form sends; where a conflict is shown, it waits on the desk, to be decided by
        the next save, with whatever the others save in between."""
        desk = self.desks[name]
        shown, decided = desk.shown, {}
        if shown is not None:
            decided = {at: keeps[at % len(keeps)] for at in range(len(shown.conflicts))}
        up_to_date = shown is not None and shown.against == self.against()
        try:
            actions.save_draft(
                position=self.position,
                by=self.people[name],
                base=desk.base,
                title=self.position.title,
                body="".join(desk.text),
                points=desk.points,
                addressee=self.position.addressee,
                addressed=self.position.addressee,
                against=shown.against if decided else "",
                keeps=decided,
            )
        except actions.TextMoved as moved:
            desk.shown = moved.joined
            return
        if up_to_date:
            self.count_out(shown.conflicts, decided)
        self.saved |= signs([*desk.text, *desk.points])
        self.given_up |= desk.dropped
        self.open(name)

    def against(self):
        position = Position.objects.get(pk=self.position.pk)
        return f"{position.current.number}.{position.addressee_id}"

    def count_out(self, conflicts, decided):
        """What was decided against is no longer asked for."""
        for at, keep in decided.items():
            _part, conflict = conflicts[at]
            if keep == Keep.THEIRS:
                self.given_up |= signs([conflict.mine]) - signs([conflict.theirs])
            if keep == Keep.MINE:
                self.given_up |= signs([conflict.theirs]) - signs([conflict.mine])


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(TURNS, min_size=3, max_size=12))
def test_no_sentence_that_was_saved_is_lost(way, turns):
    room = Room(way)
    for name, changes, then, keeps in turns:
        if room.desks[name].shown is None:
            for change in changes:
                room.change(name, *change)
        if then == "save":
            room.save(name, keeps)
        elif then == "open":
            room.open(name)
    for name in PEOPLE:
        room.save(name, [Keep.BOTH])
        room.save(name, [Keep.BOTH])

    assert room.saved - room.given_up - signs(room.said()) == set()
