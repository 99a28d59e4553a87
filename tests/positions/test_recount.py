"""`./portal manage verify` recounts every ballot against what the chain holds of it."""

import pytest
from django.core.management import call_command
from django.db import connection

from core import append_only
from core.models import AuditEntry
from core.workflow import CLOCK
from positions import recount
from positions.choices import Action, Choice, MeetingAction, State
from positions.models import Ballot, Elector, Seal, Vote
from positions.workflow import WORKFLOW

pytestmark = pytest.mark.usefixtures("db")
YES, NO, ABSTAIN, RECUSE = Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.RECUSE


@pytest.fixture
def whole():
    """The triggers of the chain, as they are where the portal runs."""
    append_only.install(connection)
    yield
    append_only.allow_deletion(connection)


def by_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verified(capsys):
    """How it ended, and the sentences it said."""
    try:
        call_command("verify")
        code = 0
    except SystemExit as ended:
        code = ended.code
    lines = capsys.readouterr().out.splitlines()
    return code, [line.strip() for line in lines if line.startswith("  ")]


def closed(way, position):
    with way.after(position.section_ballot.closes_at):
        return WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)


def counted_secretly(way, section, *choices):
    section.votes_secretly = True
    section.save()
    return closed(way, way.vote(way.to(State.SECTION_VOTE), *choices))


def last_entry(position, action=Action.CLOSE_VOTE):
    return AuditEntry.objects.filter(action=action, object_id=position.pk).last()


# What is kept ----------------------------------------------------------------------------------


def test_the_entry_that_closes_a_vote_holds_its_votes_and_its_tally(way):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), YES, YES, NO))

    ballot = position.section_ballot
    first, second, third = Vote.objects.order_by("pk")
    assert last_entry(position).payload == {
        "counted": [
            {
                "ballot": ballot.pk,
                "rules": ["more_than_half", "simple"],
                "electorate": 3,
                "tally": {"yes": 2, "no": 1},
                "votes": {
                    str(first.elector_id): ["yes", first.cast_by_id],
                    str(second.elector_id): ["yes", second.cast_by_id],
                    str(third.elector_id): ["no", third.cast_by_id],
                },
                "secretly": [],
            }
        ]
    }


def test_of_a_secret_vote_it_holds_the_numbers_and_who_took_part(way, section):
    position = counted_secretly(way, section, YES, NO, RECUSE)

    [told] = last_entry(position).payload["counted"]
    first, second, third = Elector.objects.order_by("pk")
    assert told["tally"] == {"yes": 1, "no": 1, "recuse": 1}
    assert told["secretly"] == [first.pk, second.pk]
    assert told["votes"] == {str(third.pk): ["recuse", third.vote.cast_by_id]}


def test_a_decision_of_the_board_holds_its_ballot(way):
    position = way.to(State.ACCEPTED)

    [told] = last_entry(position, Action.ACCEPT).payload["counted"]
    assert (told["ballot"], told["tally"]) == (
        position.board_ballot.pk,
        {"yes": 2, "abstain": 1},
    )


def test_what_comes_back_before_it_is_taken_up_has_no_ballot(way):
    position = way.move(way.to(State.FORWARDED), Action.RETURN, "board_secretary", note="Shorter.")

    assert last_entry(position, Action.RETURN).payload == {}


# What is found ---------------------------------------------------------------------------------


def test_O_047_what_is_as_it_was_is_whole(way, section, whole, capsys):
    way.to(State.ACCEPTED)
    counted_secretly(way, section, YES, NO, RECUSE)
    way.vote(way.to(State.SECTION_VOTE), YES, None, None)

    assert verified(capsys) == (0, [])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE positions_vote SET choice = 'yes' WHERE id = %s",
        "UPDATE positions_vote SET cast_by_id = %(other)s WHERE id = %s",
    ],
)
def test_O_047_a_changed_vote_is_named(way, whole, capsys, change):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), YES, YES, NO))
    vote = Vote.objects.get(choice=NO)
    other = Vote.objects.first().cast_by_id

    by_sql(change.replace("%(other)s", str(other)), vote.pk)

    code, said = verified(capsys)
    entry = last_entry(position).seq
    of = f"ballot {vote.elector.ballot_id} of {position.reference}"
    assert code == 1
    assert said[0] == f"Vote {vote.pk} ({of}) is not as it was when entry {entry} was written."


def test_O_047_votes_that_change_places_are_named_though_the_count_is_the_same(way, whole, capsys):
    closed(way, way.vote(way.to(State.SECTION_VOTE), YES, YES, NO))
    first, last = Vote.objects.first(), Vote.objects.last()

    by_sql("UPDATE positions_vote SET choice = 'no' WHERE id = %s", first.pk)
    by_sql("UPDATE positions_vote SET choice = 'yes' WHERE id = %s", last.pk)

    code, said = verified(capsys)
    assert (code, len(said)) == (1, 2)
    assert [line.split(" (")[0] for line in said] == [f"Vote {first.pk}", f"Vote {last.pk}"]


def test_O_047_a_vote_that_is_gone_is_named(way, whole, capsys):
    closed(way, way.vote(way.to(State.SECTION_VOTE), YES, YES, NO))
    vote = Vote.objects.first()

    by_sql("DELETE FROM positions_vote WHERE id = %s", vote.pk)

    code, said = verified(capsys)
    assert code == 1
    assert said[0].startswith(f"Elector {vote.elector_id} (ballot ")


def test_O_047_a_vote_that_nobody_cast_is_named_while_the_ballot_runs(way, whole, capsys):
    position = way.vote(way.to(State.SECTION_VOTE), YES, None, None)
    silent = position.section_ballot.electors.filter(vote=None).first()

    vote = Vote.objects.create(elector=silent, choice=YES, cast_by=Vote.objects.get().cast_by)

    code, said = verified(capsys)
    assert code == 1
    assert said == [
        f"Vote {vote.pk} (ballot {silent.ballot_id} of {position.reference}): "
        "no entry tells that this vote was cast."
    ]


def test_O_047_a_changed_count_is_named(way, section, whole, capsys):
    position = counted_secretly(way, section, YES, NO, ABSTAIN)
    ballot = position.section_ballot

    by_sql("UPDATE positions_ballot SET secret_yes = 2, secret_no = 0 WHERE id = %s", ballot.pk)

    code, said = verified(capsys)
    told = last_entry(position).seq
    of = f"ballot {ballot.pk} of {position.reference}"
    assert code == 1
    assert said == [
        f'The tally of {of}: {{"abstain": 1, "yes": 2}}; by entry {told} '
        '{"abstain": 1, "no": 1, "yes": 1}.',
        f"The result of {of} is not what its votes make by its rules (entry {told}).",
    ]


def test_O_047_more_votes_than_voters_are_named(way, section, whole, capsys):
    position = counted_secretly(way, section, YES, NO, None)

    by_sql("UPDATE positions_ballot SET secret_yes = 2")

    _code, said = verified(capsys)
    of = f"ballot {position.section_ballot.pk} of {position.reference}"
    assert said[0] == f"2 voted secretly, but 3 were counted ({of})."


def test_O_047_changed_rules_are_named(way, whole, capsys):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), YES, NO, ABSTAIN))

    by_sql("UPDATE positions_ballot SET majority = 'unopposed'")

    code, said = verified(capsys)
    of = f"ballot {position.section_ballot.pk} of {position.reference}"
    assert code == 1
    assert said[0].startswith(f'The rules of {of}: ["more_than_half", "unopposed"]')


def test_O_047_a_changed_entry_is_named(way, whole, capsys):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), YES, YES, NO))
    entry = last_entry(position)
    append_only.remove(connection)

    AuditEntry.objects.filter(pk=entry.pk).update(target="not_adopted")

    code, said = verified(capsys)
    assert code == 1
    assert f"Entry {entry.seq} has been changed." in said


def test_a_row_that_tells_a_secret_choice_is_named(way, section, whole, capsys):
    section.votes_secretly = True
    section.save()
    position = way.vote(way.to(State.SECTION_VOTE), YES, NO, RECUSE)

    by_sql("UPDATE positions_vote SET choice = 'yes'")

    code, said = verified(capsys)
    assert code == 1
    assert said == [
        f"Vote {Vote.objects.get().pk} (ballot {position.section_ballot.pk} of "
        f"{position.reference}): the vote is secret, but this row tells the choice."
    ]


@pytest.mark.parametrize("token", ["", "gAAAAA", None])
def test_a_seal_that_cannot_be_opened_is_named_before_the_vote_ends(
    way, section, whole, capsys, settings, token
):
    """None: it is whole, but made with a key that is named no more."""
    section.votes_secretly = True
    section.save()
    position = way.vote(way.to(State.SECTION_VOTE), YES, NO, None)
    if token is None:
        settings.SECRET_KEY = "quite another key " * 4
    else:
        Seal.objects.update(token=token)

    code, said = verified(capsys)

    of = f"ballot {position.section_ballot.pk} of {position.reference}"
    assert code == 1
    assert said == [f"The seal cannot be opened with the keys there are ({of})."]


def test_a_seal_put_back_from_before_a_vote_is_named(way, section, whole, capsys):
    section.votes_secretly = True
    section.save()
    position = way.to(State.SECTION_VOTE)
    before = Seal.objects.get().token
    way.vote(position, YES, NO, None)

    Seal.objects.update(token=before)

    code, said = verified(capsys)
    assert code == 1
    assert said[0].startswith("2 voted secretly, but the seal holds 0 (ballot ")


def test_ballots_closed_before_the_tally_was_kept_are_compared_with_their_votes_alone(way):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), YES, YES, NO))
    append_only.remove(connection)
    AuditEntry.objects.filter(pk=last_entry(position).pk).update(payload={})

    assert list(recount.faults()) == []

    Ballot.objects.update(majority="unopposed")
    assert list(recount.faults()) == []


def test_votes_entered_at_a_meeting_are_in_the_chain(sitting, way):
    meeting = sitting.plan()
    item = sitting.add_position(meeting)
    sitting.open(sitting.move(meeting, MeetingAction.CONVENE))
    sitting.came(meeting, present=2)
    sitting.vote(item, Choice.NO_OBJECTION, Choice.NO_OBJECTION, None)
    way.move(item.position, Action.ACCEPT, "board_secretary", note="Good.", decided_on=meeting.day)

    assert list(recount.faults()) == []

    missing = Elector.objects.get(ballot__item=item, vote=None)
    Vote.objects.create(elector=missing, choice=Choice.ABSTAIN, cast_by=missing.person)
    told = "no entry tells that this vote was cast."
    assert next(each.endswith(told) for each in recount.faults())
