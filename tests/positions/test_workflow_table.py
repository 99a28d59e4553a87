"""The expectation table: who is offered which move in which state. Written by hand from the plan,
apart from the code; what is not in the table is offered to nobody.

    yes   may make the move now        ...   may, but something is still missing
    -     may not

`author` drafts for a member library, `library` represents another one, `coord` and `chair` hold the
section's offices, `member`, `bchair` and `secr` sit on the board.
"""

import pytest

from core.workflow import CLOCK
from positions import actions
from positions.choices import Action, Choice, PointResult, State
from positions.models import Position, Submission
from positions.workflow import WORKFLOW

TABLE = """
                            author library coord chair member bchair secr staff admin
draft
    open_consultation         -      -     yes   yes     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    withdraw                 yes     -     yes   yes     -     -     -     -     -

draft, without a text
    open_consultation         -      -     ...   ...     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    withdraw                 yes     -     yes   yes     -     -     -     -     -

draft, without an addressee
    open_consultation         -      -     ...   ...     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    withdraw                 yes     -     yes   yes     -     -     -     -     -

consultation
    close_consultation        -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

consolidation
    open_vote                 -      -     yes   yes     -     -     -     -     -
    consult_again             -      -     ...   ...     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

consolidation, with a new version
    open_vote                 -      -     yes   yes     -     -     -     -     -
    consult_again             -      -     yes   yes     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

section_vote
    close_vote                -      -     ...   ...     -     -     -     -     -
    annul_vote                -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

section_vote, all have voted
    close_vote                -      -     yes   yes     -     -     -     -     -
    annul_vote                -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

adopted
    forward                   -      -     yes   yes     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

not_adopted
    repeat_vote               -      -     ...   ...     -     -     -     -     -
    rework                    -      -     yes   yes     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

not_adopted, the quorum was missed
    repeat_vote               -      -     yes   yes     -     -     -     -     -
    rework                    -      -     yes   yes     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

not_adopted, the quorum was missed twice
    repeat_vote               -      -     ...   ...     -     -     -     -     -
    rework                    -      -     yes   yes     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

forwarded
    take_up                   -      -      -     -      -     -    yes    -     -
    return                    -      -      -     -      -     -    yes    -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

board_review
    accept                    -      -      -     -      -     -    ...    -     -
    accept_with_changes       -      -      -     -      -     -    ...    -     -
    reject                    -      -      -     -      -     -    ...    -     -
    defer                     -      -      -     -      -     -    yes    -     -
    close_ballot              -      -      -     -      -     -    ...    -     -
    return                    -      -      -     -      -     -    yes    -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

board_review, there is a quorum
    accept                    -      -      -     -      -     -    ...    -     -
    accept_with_changes       -      -      -     -      -     -    ...    -     -
    reject                    -      -      -     -      -     -    ...    -     -
    defer                     -      -      -     -      -     -    yes    -     -
    close_ballot              -      -      -     -      -     -    yes    -     -
    return                    -      -      -     -      -     -    yes    -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

board_review, the ballot carries
    accept                    -      -      -     -      -     -    yes    -     -
    accept_with_changes       -      -      -     -      -     -    yes    -     -
    reject                    -      -      -     -      -     -    ...    -     -
    defer                     -      -      -     -      -     -    ...    -     -
    close_ballot              -      -      -     -      -     -    ...    -     -
    return                    -      -      -     -      -     -    yes    -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

board_review, the ballot does not carry
    accept                    -      -      -     -      -     -    ...    -     -
    accept_with_changes       -      -      -     -      -     -    ...    -     -
    reject                    -      -      -     -      -     -    yes    -     -
    defer                     -      -      -     -      -     -    ...    -     -
    close_ballot              -      -      -     -      -     -    ...    -     -
    return                    -      -      -     -      -     -    yes    -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

returned
    rework                    -      -     yes   yes     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

changes_proposed
    agree_to_changes          -      -     yes   yes     -     -     -     -     -
    refuse_changes            -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

rejected

accepted
    prepare_submission        -      -     yes   yes     -     -     -     -     -
    confirm_submission        -      -     ...   ...     -    ...   ...    -     -
    submit                    -      -     ...   ...     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

accepted, prepared by the coordinator
    prepare_submission        -      -     yes   yes     -     -     -     -     -
    confirm_submission        -      -      -    yes     -    yes   yes    -     -
    submit                    -      -     ...   ...     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

accepted, confirmed by the chair
    prepare_submission        -      -     yes   yes     -     -     -     -     -
    confirm_submission        -      -      -    ...     -    ...   ...    -     -
    submit                    -      -     yes   yes     -     -     -     -     -
    park                      -      -     yes   yes     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

submitted
    record_answer             -      -     yes   yes     -     -     -     -     -
    record_interim_answer     -      -     yes   yes     -     -     -     -     -
    record_silence            -      -     ...   ...     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -

submitted, the answer is overdue
    record_answer             -      -     yes   yes     -     -     -     -     -
    record_interim_answer     -      -     yes   yes     -     -     -     -     -
    record_silence            -      -     yes   yes     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -

answered, but nothing came
    record_answer             -      -     yes   yes     -     -     -     -     -
    evaluate                  -      -     ...   ...     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -

answered
    evaluate                  -      -     ...   ...     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -

answered, every outcome told
    evaluate                  -      -     yes   yes     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -

evaluated
    close                     -      -     yes   yes     -     -     -     -     -
    supersede                 -      -     yes   yes     -     -     -     -     -

closed
    supersede                 -      -     yes   yes     -     -     -     -     -

parked
    resume                    -      -     yes   yes     -     -     -     -     -
    withdraw                  -      -     yes   yes     -     -     -     -     -

withdrawn

superseded
"""

ROLES = {
    "author": "drafter",
    "library": "representative",
    "coord": "coordinator",
    "chair": "chair",
    "member": "board_member",
    "bchair": "board_chair",
    "secr": "board_secretary",
    "staff": "staff",
    "admin": "admin",
}
OUTSIDERS = (
    "visitor",
    "stranger",
    "deputy",
    "foreign_representative",
    "other_coordinator",
    "former_representative",
    "left_representative",
    "former_board_member",
    "future_board_member",
)


def read(table):
    """{situation: {action: {role: cell}}}, cells that say no left out."""
    heading, *lines = [line for line in table.splitlines() if line.strip()]
    roles = heading.split()
    read_so_far: dict = {}
    for line in lines:
        if not line.startswith(" "):
            situation = read_so_far[line.strip()] = {}
            continue
        action, *cells = line.split()
        answers = zip(roles, cells, strict=True)
        situation[action] = {role: cell for role, cell in answers if cell != "-"}
    return read_so_far


EXPECTED = read(TABLE)


# The situations that are more than a state -----------------------------------------------------


def draft_without_a_text(way):
    return way.start(body="<p> </p>")


def draft_without_an_addressee(way):
    return way.start(addressee=None)


def consolidation_with_a_new_version(way):
    position = way.to(State.CONSOLIDATION)
    return actions.save_draft(
        position=position,
        by=way.cast("coordinator"),
        base=1,
        title=position.title,
        body="<p>Clearer.</p>",
        points=["The first thing."],
        addressee=position.addressee,
    )


def section_vote_all_have_voted(way):
    return way.vote(way.to(State.SECTION_VOTE), Choice.YES, Choice.NO, Choice.ABSTAIN)


def missed_quorum(way, position):
    """One of three has voted, and the time is over."""
    position = way.vote(position, Choice.YES, None, None)
    with way.after(position.section_ballot.closes_at):
        return WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)


def not_adopted_the_quorum_was_missed(way):
    return missed_quorum(way, way.to(State.SECTION_VOTE))


def not_adopted_the_quorum_was_missed_twice(way):
    way.cast("section").__class__.objects.update(repeated_quorum="two_thirds")
    position = not_adopted_the_quorum_was_missed(way)
    again = way.move(position, Action.REPEAT_VOTE, closes_on=way.in_days(7))
    return missed_quorum(way, again)


def board_review_there_is_a_quorum(way):
    """It would carry; what is offered is what would be if it did not."""
    position = way.to(State.BOARD_REVIEW)
    return way.vote(position, Choice.YES, Choice.YES, None, ballot="board_ballot")


def board_review_the_ballot_carries(way):
    position = way.to(State.BOARD_REVIEW)
    yes = Choice.YES
    return way.vote(position, yes, Choice.NO_OBJECTION, Choice.ABSTAIN, ballot="board_ballot")


def board_review_the_ballot_does_not_carry(way):
    position, concern = way.to(State.BOARD_REVIEW), Choice.CONCERN
    way.vote(position, concern, concern, None, ballot="board_ballot", reason="No.")
    return way.move(position, Action.CLOSE_BALLOT, "board_secretary")


def accepted_prepared_by_the_coordinator(way):
    return way.prepare(way.to(State.ACCEPTED))


def accepted_confirmed_by_the_chair(way):
    return way.move(accepted_prepared_by_the_coordinator(way), Action.CONFIRM_SUBMISSION, "chair")


def submitted_the_answer_is_overdue(way):
    position = way.to(State.SUBMITTED)
    Submission.objects.update(due_on=way.in_days(-1))
    return position


def answered_but_nothing_came(way):
    return way.move(submitted_the_answer_is_overdue(way), Action.RECORD_SILENCE)


def answered_every_outcome_told(way):
    position = way.to(State.ANSWERED)
    for point in position.current.points.all():
        actions.record_outcome(
            point=point, by=way.cast("coordinator"), result=PointResult.NO_ANSWER
        )
    return position


SITUATIONS = {
    made.__name__: made
    for made in (
        draft_without_a_text,
        draft_without_an_addressee,
        consolidation_with_a_new_version,
        section_vote_all_have_voted,
        not_adopted_the_quorum_was_missed,
        not_adopted_the_quorum_was_missed_twice,
        board_review_there_is_a_quorum,
        board_review_the_ballot_carries,
        board_review_the_ballot_does_not_carry,
        accepted_prepared_by_the_coordinator,
        accepted_confirmed_by_the_chair,
        submitted_the_answer_is_overdue,
        answered_but_nothing_came,
        answered_every_outcome_told,
    )
}


def come_to(situation, way):
    if situation in State.values:
        return way.to(State(situation))
    return SITUATIONS[situation.replace(",", "").replace(" ", "_")](way)


def offers(person, position):
    position = Position.objects.get(pk=position.pk)
    offered = WORKFLOW.offered_to(person, position)
    return {offer.move.action: "..." if offer.missing else "yes" for offer in offered}


# The tests -------------------------------------------------------------------------------------


def test_the_table_knows_every_state_and_every_move():
    moves = {action for rows in EXPECTED.values() for action in rows}

    assert {name for name in EXPECTED if "," not in name} == set(State.values)
    assert moves == set(WORKFLOW.moves) == set(Action.values)


@pytest.mark.parametrize("situation", EXPECTED)
def test_each_role_is_offered_what_the_table_says(way, request, situation):
    people = {role: request.getfixturevalue(name) for role, name in ROLES.items()}
    position = come_to(situation, way)

    found: dict = {}
    for role, person in people.items():
        for action, cell in offers(person, position).items():
            found.setdefault(action, {})[role] = cell

    assert found == EXPECTED[situation]


@pytest.mark.parametrize("state", State.values)
def test_those_without_a_mandate_here_are_offered_nothing(way, request, state):
    people = {name: request.getfixturevalue(name) for name in OUTSIDERS}
    position = way.to(State(state))

    assert {name: offers(person, position) for name, person in people.items()} == {
        name: {} for name in OUTSIDERS
    }
