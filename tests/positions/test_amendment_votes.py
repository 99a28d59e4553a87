"""The section votes on the text and on what was carried to the vote, at once."""

import pytest

from core import audit
from core.workflow import CLOCK, SomethingMissing
from positions import seen
from positions.choices import Action, AmendmentState, BallotKind, Choice, State
from positions.models import Amendment, Ballot, Position, Vote
from positions.workflow import WORKFLOW
from tests.amend import DELETION, INSERTION, text_of

pytestmark = pytest.mark.usefixtures("english")
YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN
FIRST, SECOND = "<p>First paragraph.</p>", "<p>Second paragraph.</p>"


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture
def voting(way, amending):
    """`voting({...}, {...})`: a vote on the text and on amendments of these facts."""

    def open_vote(*facts):
        position = way.to(State.CONSOLIDATION)
        for n, more in enumerate(facts):
            amending.to_vote(amending.propose(position, by=n % 3, **more))
        return way.open_vote(position)

    return open_vote


def votes(way, position, on_text, *on_amendments):
    """The three libraries' votes on the text, then on each amendment, as strings like "yna"."""
    choices = {"y": YES, "n": NO, "a": ABSTAIN, ".": None}
    way.vote(position, *[choices[letter] for letter in on_text])
    for amendment, pattern in zip(
        position.amendments.order_by("number"), on_amendments, strict=True
    ):
        way.vote_on(amendment, *[choices[letter] for letter in pattern])


def closed(way, position):
    with way.after(Position.objects.get(pk=position.pk).section_ballot.closes_at):
        return WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)


def states(position):
    return [str(each.status) for each in position.amendments.order_by("number")]


def test_each_gets_a_ballot_of_the_same_libraries_and_rules(voting):
    position = voting({"body": "<p>Better.</p>"}, {"kind": DELETION, "paragraph": 2})

    text, *others = Ballot.objects.order_by("pk")
    assert (text.kind, [other.kind for other in others]) == (
        BallotKind.SECTION,
        [BallotKind.AMENDMENT] * 2,
    )
    assert [other.amendment.number for other in others] == [1, 2]
    for other in others:
        assert (other.quorum, other.majority, other.closes_at, other.version, other.electorate) == (
            text.quorum,
            text.majority,
            text.closes_at,
            text.version,
            3,
        )
    assert position.status == State.SECTION_VOTE


def test_what_is_carried_goes_into_the_adopted_text(way, voting, coordinator):
    position = voting(
        {"body": "<p>Better.</p>"},
        {"kind": INSERTION, "body": "<p>New.</p>"},
        {"kind": DELETION, "paragraph": 2},
    )
    votes(way, position, "yyy", "yyn", "yya", "nny")

    adopted = closed(way, position)

    assert adopted.status == State.ADOPTED
    assert text_of(position) == "<p>Better.</p><p>New.</p>" + SECOND
    assert states(position) == [AmendmentState.CARRIED, AmendmentState.CARRIED, AmendmentState.LOST]
    version = fresh(position).current
    assert (version.number, version.author, version.note) == (
        2,
        coordinator,
        "With what the vote carried: amendments 1, 2",
    )
    assert version.paragraph_ids == ["1.1", "2.2", "1.2"]
    assert {each.made_id for each in Amendment.objects.all()} == {version.pk, None}
    assert audit.faults() == []


def test_the_adopted_text_is_what_is_forwarded(way, voting):
    position = voting({"body": "<p>Better.</p>"})
    votes(way, position, "yyy", "yyy")
    forwarded = way.forward(closed(way, position))
    reviewed = way.take_up(forwarded)

    assert reviewed.current.body == "<p>Better.</p>" + SECOND
    assert reviewed.board_ballot.version == reviewed.current


def test_a_text_without_carried_amendments_stays_the_version_that_was_voted_on(way, voting):
    position = voting({"body": "<p>Better.</p>"})
    votes(way, position, "yyy", "nny")

    adopted = closed(way, position)

    assert (adopted.current.number, states(position)) == (1, [AmendmentState.LOST])


def test_an_amendment_that_missed_its_quorum_is_lost(way, voting):
    position = voting({"body": "<p>Better.</p>"})
    votes(way, position, "yyy", "y..")

    closed(way, position)

    assert states(position) == [AmendmentState.LOST]


@pytest.mark.parametrize(
    ("first", "second", "winner", "reason"),
    [
        ("yyn", "yyy", 2, "Amendment 2 on the same paragraph got more yes votes."),
        (
            "yyn",
            "ayy",
            1,
            "Amendment 1 on the same paragraph got as many yes votes and was earlier.",
        ),
    ],
)
def test_of_two_carried_ones_on_a_paragraph_one_goes_in(first, second, winner, reason, way, voting):
    position = voting({"body": "<p>One way.</p>"}, {"body": "<p>Another way.</p>"})
    votes(way, position, "yyy", first, second)

    closed(way, position)

    texts = {1: "<p>One way.</p>", 2: "<p>Another way.</p>"}
    lost = Amendment.objects.get(status=AmendmentState.LOST)
    assert text_of(position) == texts[winner] + SECOND
    assert (lost.number, lost.decision_reason) == (3 - winner, reason)


def test_a_deletion_and_an_insertion_after_the_same_paragraph_both_go_in(way, voting):
    position = voting({"kind": DELETION}, {"kind": INSERTION, "body": "<p>Instead.</p>"})
    votes(way, position, "yyy", "yyy", "yyy")

    closed(way, position)

    assert text_of(position) == "<p>Instead.</p>" + SECOND


def test_nothing_goes_into_a_text_that_is_not_adopted(way, voting):
    position = voting({"body": "<p>Better.</p>"})
    votes(way, position, "nny", "yyy")

    refused = closed(way, position)

    assert (refused.status, refused.current.number) == (State.NOT_ADOPTED, 1)
    assert states(position) == [AmendmentState.TO_VOTE]
    assert not Ballot.objects.filter(closed_at=None).exists()


def test_reworking_the_text_opens_them_anew(way, voting, amending):
    position = voting({"body": "<p>Better.</p>"})
    votes(way, position, "nny", "yyy")
    way.move(closed(way, position), Action.REWORK)

    amendment = Amendment.objects.get()

    assert (amendment.status, amendment.decided_by) == (AmendmentState.PROPOSED, None)
    amending.accept(amendment)
    again = way.open_vote(position)
    assert [ballot.kind for ballot in again.ballots.filter(closed_at=None)] == [BallotKind.SECTION]


def test_a_vote_that_is_repeated_asks_about_them_again(way, voting):
    position = voting({"body": "<p>Better.</p>"})
    votes(way, position, "y..", "y..")
    missed = closed(way, position)

    again = way.move(missed, Action.REPEAT_VOTE, closes_on=way.in_days(5))
    votes(way, again, "y..", "y..")
    closed(way, again)

    rounds = Ballot.objects.filter(kind=BallotKind.AMENDMENT).values_list("round", flat=True)
    assert sorted(rounds) == [1, 2]
    assert (states(position), text_of(position)) == (
        [AmendmentState.CARRIED],
        "<p>Better.</p>" + SECOND,
    )


def test_carried_again_after_a_rework_it_gets_a_new_round(way, voting, amending):
    position = voting({"body": "<p>Better.</p>"})
    votes(way, position, "nny", "yyy")
    way.move(closed(way, position), Action.REWORK)
    amending.to_vote(Amendment.objects.get())

    again = way.open_vote(position)
    votes(way, again, "yyy", "yyy")

    assert closed(way, again).current.body == "<p>Better.</p>" + SECOND


def test_withdrawing_the_position_annuls_all_its_ballots(way, voting):
    position = voting({"body": "<p>Better.</p>"})

    way.withdraw(position)

    assert [ballot.annulled_reason for ballot in Ballot.objects.all()] == [
        "It is pointless now."
    ] * 2
    assert states(position) == [AmendmentState.TO_VOTE]


def test_the_coordinator_closes_early_when_all_questions_are_answered(way, voting):
    position = voting({"body": "<p>Better.</p>"})
    votes(way, position, "yyy", "yy.")

    with pytest.raises(SomethingMissing) as refused:
        way.move(position, Action.CLOSE_VOTE)
    way.vote_on(Amendment.objects.get(), None, None, NO)

    assert refused.value.sentences == [
        "1 library has not voted yet; the vote closes by itself at its deadline."
    ]
    assert way.move(fresh(position), Action.CLOSE_VOTE).status == State.ADOPTED


def test_the_history_tells_of_the_new_version_before_the_adoption(
    way, voting, client_of, coordinator
):
    position = voting({"body": "<p>Better.</p>"})
    votes(way, position, "yyy", "yyn")
    closed(way, position)

    page = client_of(coordinator).get(f"/en/positions/{position.reference}/")

    told = [entry["what"] for entry in page.context["page"].timeline[:4]]
    assert told == [
        "The section adopted it",
        "Version 2 was made with amendment 1",
        "3 votes were cast",
        "The section vote was opened",
    ]


def test_what_the_vote_saw_is_told_of_the_version(way, voting):
    position = voting({"body": "<p>Better.</p>"})

    facts = [label for label, _when in seen.seen_by(position.current, position)]

    assert facts == [
        "Opened for comments",
        "Vote of the section opened",
        "Vote on an amendment opened",
    ]


def test_a_vote_on_an_amendment_is_a_vote_of_a_library(way, voting):
    position = voting({"body": "<p>Better.</p>"})
    elector = Ballot.objects.get(kind=BallotKind.AMENDMENT).electors.first()

    with pytest.raises(SomethingMissing):
        way.vote_on(Amendment.objects.get(), Choice.CONCERN, None, None)

    assert (elector.library is not None, Vote.objects.count()) == (True, 0)
    assert position.section_ballot.kind == BallotKind.SECTION


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (Action.CLOSE_VOTE, "those amendments go into it that the votes carry: 1, 2."),
        (Action.OPEN_VOTE, "Amendments are voted on with the text: 1, 2."),
        (Action.REWORK, "Amendments are to be decided on anew: 1, 2."),
    ],
)
def test_a_step_says_what_becomes_of_the_amendments(
    action, sentence, way, amending, voting, client_of, coordinator
):
    facts = {"body": "<p>Better.</p>"}, {"kind": DELETION, "paragraph": 2}
    if action == Action.OPEN_VOTE:
        position = way.to(State.CONSOLIDATION)
        for more in facts:
            amending.to_vote(amending.propose(position, **more))
    else:
        position = voting(*facts)
    if action == Action.REWORK:
        votes(way, position, "nnn", "yyy", "yyy")
        position = closed(way, position)

    page = client_of(coordinator).get(f"/en/positions/{position.reference}/steps/{action}/")

    assert sentence in page.content.decode()
