import re

import pytest

from positions.choices import Action, State
from tests.browser.people import VISITOR
from tests.browser.way import COORDINATOR, Way, in_days

pytestmark = pytest.mark.browser

CHAIR = "section.chair"
SECRETARY = "secretary"
BOARD = ["board.chair", "board1", "board2", "board3", "board4", "board5"]
LIBRARIES = [f"{number}. Mintakönyvtár" for number in range(1, 10)]
RESOLUTION = re.compile(r"\d+/\d{4}\. \([IVX]+\. \d+\.\)")

EACH_FOR_ONE = {f"representative{n}": LIBRARIES[n - 1 : n] for n in range(1, 10)}
EACH_FOR_THREE = {f"representative{n}": LIBRARIES[n - 1 : n + 2] for n in (1, 4, 7)}


@pytest.mark.parametrize(
    ("language", "javascript", "voters"),
    [("en", False, EACH_FOR_ONE), ("hu", True, EACH_FOR_THREE)],
    ids=["in English without JavaScript", "in Hungarian with JavaScript"],
)
def test_O_087_a_position_goes_its_whole_way_by_hand(page_of, portal, language, javascript, voters):
    way = Way(portal, lambda: page_of(java_script_enabled=javascript), language)
    from_draft_to_adopted(way, voters)
    from_adopted_to_accepted(way)
    from_accepted_to_closed(way)

    shown = way.open(VISITOR).locator("main").inner_text()

    assert way.state_for(VISITOR) == way.word(State.CLOSED)
    assert "The lamps of the reading room are replaced." in shown
    assert "Lamps were bought." in shown
    assert "representative1" not in shown
    endorsements = way.page(VISITOR)
    endorsements.goto(way.address("positions:endorsements", way.reference))
    assert "Say who pays for it." in endorsements.locator("#libraries").inner_text()


def from_draft_to_adopted(way, voters):
    way.start(
        section="minta",
        title=f"Minta: evening light ({way.language})",
        body="Readers come after work.\n\nThe evening belongs to them.",
        points=["The reading room is open in the evening.", "Its lamps are replaced."],
    )
    assert way.state_for(COORDINATOR) == way.word(State.DRAFT)
    assert not way.is_found_by("representative1")

    way.name_addressee()
    way.step(
        COORDINATOR,
        Action.OPEN_CONSULTATION,
        closes_on=in_days(2),
        expedited_reason="The budget is closed in three days",
    )
    assert way.state_for("representative1") == way.word(State.CONSULTATION)

    way.comment("representative1", "Say how late it is open.", paragraph=1)
    way.comment("representative7", "We agree.", paragraph=2)
    way.endorse("representative1")
    way.endorse("representative7", "Say who pays for it.")
    way.step(COORDINATOR, Action.CLOSE_CONSULTATION, note="Everybody has answered.")
    assert way.state_for(COORDINATOR) == way.word(State.CONSOLIDATION)

    way.answer_the_first_comment(COORDINATOR, "Until ten, says the first point.")
    assert "Until ten" in way.open("representative1").locator("#text").inner_text()

    way.step(COORDINATOR, Action.OPEN_VOTE, closes_on=in_days(3))
    for who, libraries in voters.items():
        way.vote(who, yes=libraries)
    way.step(COORDINATOR, Action.CLOSE_VOTE)
    assert way.state_for("representative1") == way.word(State.ADOPTED)


def from_adopted_to_accepted(way):
    way.step(
        COORDINATOR,
        Action.FORWARD,
        cover_note="Adopted by all nine libraries.",
        signatory="Elnöki Etelka",
    )
    way.step(SECRETARY, Action.TAKE_UP, decide_on=in_days(5))
    assert way.state_for(SECRETARY) == way.word(State.BOARD_REVIEW)

    for who in BOARD:
        way.vote(who, yes=[])
    way.step(SECRETARY, Action.ACCEPT, note="It serves the readers.")
    decisions = way.open(SECRETARY).locator("#decisions").inner_text()
    assert way.state_for(SECRETARY) == way.word(State.ACCEPTED)
    assert RESOLUTION.search(decisions)
    assert "It serves the readers." in decisions


def from_accepted_to_closed(way):
    way.step(COORDINATOR, Action.PREPARE_SUBMISSION, signatory="Elnöki Etelka")
    assert not way.is_found_by(VISITOR)
    way.wait_for_the_package()

    way.step(CHAIR, Action.CONFIRM_SUBMISSION)
    way.step(COORDINATOR, Action.SUBMIT, file_number="MINTA/22/2026")
    assert way.state_for(VISITOR) == way.word(State.SUBMITTED)

    way.step(
        COORDINATOR,
        Action.RECORD_ANSWER,
        text="The lamps of the reading room are replaced.",
        file_number="MINTA/22-1/2026",
        classified="partly",
    )
    assert "The lamps" not in way.open(VISITOR).locator("main").inner_text()
    way.publish_the_answer()
    way.record_outcomes([("rejected", "No money for it."), ("accepted", "")])
    way.step(COORDINATOR, Action.EVALUATE)
    assert way.state_for(VISITOR) == way.word(State.EVALUATED)

    way.step(COORDINATOR, Action.CLOSE, result="Lamps were bought.")
