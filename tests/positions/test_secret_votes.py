"""Secret votes: counted under a seal, so that nothing stored joins a library to its choice."""

from base64 import urlsafe_b64decode

import pytest
from django.db import IntegrityError, transaction

from core import audit, clock
from core.workflow import CLOCK, SomethingMissing
from positions import actions, effects, seals
from positions.choices import SEALED_CHOICES, Action, Choice, State
from positions.clockwork import make_due_moves
from positions.models import Ballot, Elector, Position, Seal, Vote
from positions.workflow import WORKFLOW
from tests.cast import mandate

YES, NO, ABSTAIN, RECUSE = Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.RECUSE


@pytest.fixture
def secret_section(section):
    section.votes_secretly = True
    section.save()
    return section


@pytest.fixture
def voting(secret_section, way):
    return way.to(State.SECTION_VOTE)


def elector_of(position, library):
    return position.section_ballot.electors.get(library=library)


def closed(way, position):
    with way.after(position.section_ballot.closes_at):
        return WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)


def counts(ballot):
    return [getattr(ballot, f"tally_{choice}") for choice in (*SEALED_CHOICES, RECUSE)]


# What is counted -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "state", "counted", "turnout"),
    [
        ((YES, YES, NO), State.ADOPTED, [2, 1, 0, 0], 3),
        ((YES, NO, ABSTAIN), State.NOT_ADOPTED, [1, 1, 1, 0], 3),
        ((YES, ABSTAIN, None), State.ADOPTED, [1, 0, 1, 0], 2),
        ((YES, None, None), State.NOT_ADOPTED, [1, 0, 0, 0], 1),
        ((None, None, None), State.NOT_ADOPTED, [0, 0, 0, 0], 0),
        # Of two that are left, both must vote for a quorum; of one, one.
        ((YES, YES, RECUSE), State.ADOPTED, [2, 0, 0, 1], 3),
        ((YES, None, RECUSE), State.NOT_ADOPTED, [1, 0, 0, 1], 2),
        ((YES, RECUSE, RECUSE), State.ADOPTED, [1, 0, 0, 2], 3),
        ((RECUSE, RECUSE, RECUSE), State.NOT_ADOPTED, [0, 0, 0, 3], 3),
    ],
)
def test_the_result_follows_from_the_numbers(way, voting, votes, state, counted, turnout):
    position = closed(way, way.vote(voting, *votes))

    read_again = Ballot.objects.get()
    for ballot in (position.section_ballot, read_again):
        assert (counts(ballot), ballot.turnout) == (counted, turnout)
    assert position.status == state
    assert read_again.carries is (state == State.ADOPTED)


def test_no_row_says_how_a_library_voted(way, voting):
    way.vote(voting, YES, NO, RECUSE)

    assert list(Vote.objects.values_list("choice", flat=True)) == [RECUSE]
    assert list(Elector.objects.order_by("pk").values_list("took_part", flat=True)) == [
        True,
        True,
        False,
    ]


def test_until_the_end_not_even_the_numbers_are_there(way, voting):
    position = way.vote(voting, YES, NO, None)

    assert counts(position.section_ballot) == [0, 0, 0, 0]
    assert (position.section_ballot.turnout, position.section_ballot.cast) == (2, 2)
    assert set(Ballot.objects.values_list("secret_yes", "secret_no", "secret_abstain")) == {
        (None, None, None)
    }


def test_the_seal_is_gone_with_the_end(way, voting):
    closed(way, way.vote(voting, YES, NO, None))

    assert not Seal.objects.exists()


def test_of_a_secret_vote_no_reason_is_taken(voting, libraries, representative):
    elector = elector_of(voting, libraries[0])

    with pytest.raises(SomethingMissing) as refusal:
        actions.cast_vote(elector=elector, by=representative, choice=YES, reason="Because.")

    assert refusal.value.field == "reason"
    assert (Elector.objects.filter(took_part=True).count(), audit.last_of(voting).action) == (
        0,
        "open_vote",
    )


def test_a_conflict_of_interest_is_said_openly_with_its_reason(voting, libraries, representative):
    elector = elector_of(voting, libraries[0])

    actions.cast_vote(elector=elector, by=representative, choice=RECUSE, reason="We are paid.")

    vote = Vote.objects.get()
    assert (vote.elector, vote.choice, vote.reason) == (elector, RECUSE, "We are paid.")


# Once, whoever casts it ------------------------------------------------------------------------


@pytest.mark.parametrize("first", [YES, RECUSE])
@pytest.mark.parametrize("second", [NO, RECUSE])
def test_a_library_votes_once_by_its_representative_or_by_the_deputy(
    voting, libraries, representative, deputy, first, second
):
    elector = elector_of(voting, libraries[0])
    actions.cast_vote(elector=elector, by=deputy, choice=first)

    for person in (representative, deputy):
        with pytest.raises(actions.AlreadyVoted):
            actions.cast_vote(elector=elector, by=person, choice=second)

    held = seals.look_into(voting.section_ballot)
    assert sum(held.values()) + Vote.objects.count() == 1
    assert audit.of(voting).filter(action="vote").count() == 1


def test_the_deputy_votes_instead_of_the_representative(way, voting, libraries, deputy):
    actions.cast_vote(elector=elector_of(voting, libraries[0]), by=deputy, choice=NO)

    assert counts(closed(way, voting).section_ballot) == [0, 1, 0, 0]


def test_two_hats_cast_two_secret_votes(way, voting, libraries, representative):
    mandate(representative, "deputy", libraries[1])
    person = type(representative).objects.get(pk=representative.pk)

    for library in libraries[:2]:
        actions.cast_vote(elector=elector_of(voting, library), by=person, choice=YES)

    assert counts(closed(way, voting).section_ballot) == [2, 0, 0, 0]


# The rules of the section ----------------------------------------------------------------------


def test_whether_it_is_secret_is_frozen_when_the_vote_opens(way, voting, section):
    section.votes_secretly = False
    section.save()
    way.vote(voting, YES, YES, NO)

    assert Ballot.objects.get().is_secret is True
    assert Vote.objects.count() == 0


def test_a_vote_by_name_that_runs_stays_by_name(way, section):
    position = way.to(State.SECTION_VOTE)
    section.votes_secretly = True
    section.save()
    way.vote(position, YES, YES, NO)

    assert (Ballot.objects.get().is_secret, Vote.objects.count()) == (False, 3)


def test_the_repeated_vote_is_secret_too(way, voting):
    position = closed(way, way.vote(voting, YES, None, None))

    again = way.move(position, Action.REPEAT_VOTE, closes_on=way.in_days(7))
    done = closed(way, way.vote(again, None, NO, None))

    assert (done.status, counts(done.section_ballot)) == (State.NOT_ADOPTED, [0, 1, 0, 0])


def test_the_board_votes_by_name_whatever_the_section_does(way, secret_section):
    position = way.to(State.BOARD_REVIEW)

    assert position.board_ballot.is_secret is False


def test_amendments_are_voted_on_secretly_with_the_text(way, amending, secret_section):
    position = way.to(State.CONSULTATION)
    first = amending.propose(position, body="<p>Better.</p>")
    second = amending.propose(position, paragraph=2, body="<p>Worse.</p>")
    position = way.consolidate(position)
    for amendment in (first, second):
        amending.to_vote(amendment)
    position = way.open_vote(position)
    way.vote_on(first, YES, YES, NO)
    way.vote_on(second, NO, RECUSE, NO)
    way.vote(position, YES, YES, YES)

    done = closed(way, position)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (done.status, first.status, second.status) == (State.ADOPTED, "carried", "lost")
    assert [counts(each.ballots.get()) for each in (first, second)] == [[2, 1, 0, 0], [0, 2, 0, 1]]
    assert Vote.objects.count() == 1


@pytest.mark.usefixtures("english")
def test_silence_and_secrecy_are_refused_together(way, section):
    section.decides_by_silence = True
    section.save()
    position = way.to(State.CONSOLIDATION)
    type(section).objects.update(decides_by_silence=False, votes_secretly=True)
    position = Position.objects.get(pk=position.pk)
    position.section.decides_by_silence = True  # as one who has read the rules a moment before

    with pytest.raises(SomethingMissing) as refusal:
        effects.open_vote(
            position, by=way.cast("coordinator"), note="", closes_on=way.in_days(5), by_silence=True
        )

    assert refusal.value.sentences == [
        "A secret vote cannot be held by silence: objections have to be known."
    ]


@pytest.mark.parametrize("rule", [{"decides_by_silence": True}, {"majority": "unopposed"}])
def test_no_section_has_rules_of_both(section, rule):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(section).objects.update(votes_secretly=True, **rule)


@pytest.mark.parametrize(
    "change",
    [
        {"majority": "unopposed"},
        {"kind": "board"},
        {"secret_yes": 1, "secret_no": 0, "secret_abstain": 0},
    ],
)
def test_the_database_keeps_a_running_secret_ballot_so(voting, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.update(**change)


def test_a_closed_secret_ballot_has_all_its_numbers(way, voting):
    closed(way, way.vote(voting, YES, NO, None))

    for change in ({"secret_no": None}, {"is_secret": False}, {"annulled_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.update(**change)


# The seal --------------------------------------------------------------------------------------


def test_the_seal_is_always_as_long_and_never_the_same(way, voting):
    tokens = [Seal.objects.get().token]
    for choices in ((YES, None, None), (None, ABSTAIN, None), (None, None, NO)):
        way.vote(voting, *choices)
        tokens.append(Seal.objects.get().token)

    assert len({len(token) for token in tokens}) == 1
    assert len(set(tokens)) == 4


def test_the_seal_tells_no_time(voting):
    """The second to ninth byte of such a token are the second in which it was made."""
    token = urlsafe_b64decode(Seal.objects.get().token)

    assert token[1:9] == bytes(8)


def test_a_key_that_was_changed_meanwhile_still_opens_it(way, voting, settings):
    way.vote(voting, YES, None, None)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another " * 8, [settings.SECRET_KEY]
    way.vote(voting, None, YES, None)
    settings.SECRET_KEY_FALLBACKS = []  # the last vote has sealed it with the new key

    position = closed(way, way.vote(voting, None, None, NO))

    assert counts(position.section_ballot) == [2, 1, 0, 0]


def put_another_seal(ballot):
    Seal.objects.update(token=seals._sealed(Ballot(pk=ballot.pk + 1), [0, 0, 0]))


def put_fewer_votes(ballot):
    Seal.objects.update(token=seals._sealed(ballot, [0, 1, 0]))


def put_nonsense(ballot):
    Seal.objects.update(token="nonsense")


def take_it_away(ballot):
    Seal.objects.all().delete()


@pytest.mark.parametrize(
    "spoil",
    [put_another_seal, put_fewer_votes, put_nonsense, take_it_away],
    ids=lambda f: f.__name__,
)
def test_a_seal_that_was_tampered_with_ends_in_no_result(way, voting, spoil, caplog):
    position = way.vote(voting, YES, YES, None)
    spoil(position.section_ballot)

    with way.after(position.section_ballot.closes_at):
        with pytest.raises(seals.Unreadable):
            WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)
        made = make_due_moves()

    position = Position.objects.get(pk=position.pk)
    assert (made, position.status) == (0, State.SECTION_VOTE)
    assert f"cannot make close_vote on {position.reference}" in caplog.text
    again = way.move(position, Action.ANNUL_VOTE, note="The seal is broken.")
    assert (again.status, Seal.objects.count()) == (State.CONSOLIDATION, 0)


def test_one_seal_that_cannot_be_opened_keeps_no_other_vote_from_closing(way, voting):
    put_nonsense(voting.section_ballot)
    other = way.to(State.SECTION_VOTE)

    with way.after(other.section_ballot.closes_at):
        assert make_due_moves() == 1

    assert Position.objects.get(pk=other.pk).status == State.NOT_ADOPTED


def test_a_vote_on_a_broken_seal_is_not_taken(voting, libraries, representative):
    put_nonsense(voting.section_ballot)

    with pytest.raises(seals.Unreadable):
        actions.cast_vote(elector=elector_of(voting, libraries[0]), by=representative, choice=YES)

    assert not Elector.objects.filter(took_part=True).exists()


@pytest.mark.parametrize("action", [Action.ANNUL_VOTE, Action.WITHDRAW])
def test_what_was_sealed_when_a_vote_is_annulled_is_never_counted(way, voting, action):
    position = way.vote(voting, YES, NO, RECUSE)

    way.move(position, action, note="The wrong text.")

    ballot = Ballot.objects.get()
    assert (ballot.turnout, counts(ballot)) == (3, [0, 0, 0, 1])
    assert not Seal.objects.exists()
