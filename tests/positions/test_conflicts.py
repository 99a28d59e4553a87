"""A member of the board with a conflict of interest takes no part: declared or recorded."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core import audit, outbox
from core.models import Mail
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from iksz_portal.mail import RENDERERS
from members.models import Person
from positions import actions
from positions.choices import Action, Choice, State
from positions.conflicts import NoVoteComes, exclude, lift
from positions.models import Exclusion, Position, Vote
from positions.notices import TURN
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")
YES, CONCERN = Choice.YES, Choice.CONCERN
WHY = "She sits on the council that is addressed."


@pytest.fixture
def reviewed(way):
    return way.to(State.BOARD_REVIEW)


@pytest.fixture
def member(board):
    """The first who votes besides the chair."""
    return board[1]


def fresh(position):
    return Position.objects.get(pk=position.pk)


def elector_of(position, person):
    return fresh(position).board_ballot.electors.get(person=person)


# Who says so -------------------------------------------------------------------------------------


def test_a_member_declares_it(reviewed, member):
    exclusion = exclude(position=reviewed, by=member, member=member)

    ballot = fresh(reviewed).board_ballot
    entry = audit.last_of(reviewed)
    assert (exclusion.is_declared, exclusion.reason) == (True, "")
    assert (ballot.electorate, ballot.entitled, ballot.quorum_needed) == (2, 2, 2)
    assert (entry.action, entry.actor, entry.payload) == ("exclude", member, {"person": member.pk})
    assert not Mail.objects.filter(kind="positions.excluded").exists()


@pytest.mark.parametrize("name", ["board_chair", "board_secretary"])
def test_the_chair_or_the_secretary_records_it_and_the_member_is_told(
    reviewed, member, request, name
):
    by = request.getfixturevalue(name)

    exclude(position=reviewed, by=by, member=member, reason=WHY)
    outbox.send_due(RENDERERS)

    assert fresh(reviewed).board_ballot.electorate == 2
    (letter,) = [each for each in mail.outbox if WHY in each.body]
    assert letter.to == [member.email]
    assert by.name in letter.body
    assert reviewed.reference in letter.body


def test_by_somebody_else_only_with_a_reason(reviewed, member, board_secretary):
    with pytest.raises(SomethingMissing) as refusal:
        exclude(position=reviewed, by=board_secretary, member=member, reason="  ")

    assert refusal.value.field == "reason"
    with pytest.raises(IntegrityError), transaction.atomic():
        Exclusion.objects.create(position=reviewed, person=member, recorded_by=board_secretary)


@pytest.mark.parametrize(
    "name", ["board_second", "coordinator", "representative", "staff", "former_board_member"]
)
def test_nobody_else_excludes_a_member(reviewed, member, board, request, name):
    by = board[2] if name == "board_second" else request.getfixturevalue(name)

    with pytest.raises(NotAllowed):
        exclude(position=reviewed, by=by, member=member, reason=WHY)

    assert not Exclusion.objects.exists()


def test_only_who_votes_on_the_board_is_excluded_and_only_once(
    reviewed, member, board_secretary, coordinator
):
    with pytest.raises(SomethingMissing, match="does not vote"):
        exclude(position=reviewed, by=board_secretary, member=coordinator, reason=WHY)
    exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)

    with pytest.raises(SomethingMissing, match="already"):
        exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)


# When --------------------------------------------------------------------------------------------


def test_before_the_ballot_opens(way, member, board_secretary):
    position = way.to(State.FORWARDED)
    exclude(position=position, by=board_secretary, member=member, reason=WHY)
    Mail.objects.all().delete()

    position = way.to(State.BOARD_REVIEW, position)

    told = Mail.objects.filter(kind=TURN).values_list("to", flat=True)
    assert (position.board_ballot.electorate, position.board_ballot.turnout) == (2, 0)
    assert elector_of(position, member).excluded
    assert member.pk not in set(told)


def test_after_a_return_it_still_holds(way, reviewed, member, board_secretary):
    exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)
    position = way.move(way.give_back(reviewed), Action.REWORK)
    position = way.to(State.BOARD_REVIEW, way.to(State.SECTION_VOTE, position))

    assert (position.board_ballot.round, position.board_ballot.electorate) == (2, 2)


def test_not_once_the_votes_are_known(way, reviewed, member, board_secretary):
    position = way.vote(reviewed, YES, YES, CONCERN, ballot="board_ballot", reason="No.")

    with pytest.raises(NoVoteComes):
        exclude(position=position, by=board_secretary, member=member, reason=WHY)
    accepted = way.decide(position, Action.ACCEPT, outvoted=True)
    with pytest.raises(NoVoteComes):
        exclude(position=accepted, by=member, member=member)

    assert not Exclusion.objects.exists()


# What it means -----------------------------------------------------------------------------------


def test_a_vote_cast_before_is_kept_and_does_not_count(way, reviewed, member, board_secretary):
    position = way.vote(reviewed, None, CONCERN, None, ballot="board_ballot", reason="Mine.")

    exclude(position=position, by=board_secretary, member=member, reason=WHY)

    ballot = fresh(position).board_ballot
    assert (ballot.electorate, ballot.turnout, ballot.tally_concern) == (2, 0, 0)
    assert Vote.objects.get(elector__library=None).elector.person == member


def test_who_takes_no_part_cannot_vote(reviewed, member, board_secretary):
    elector = elector_of(reviewed, member)
    exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)

    with pytest.raises(actions.TakesNoPart):
        actions.cast_vote(elector=elector, by=member, choice=YES)

    assert not Vote.objects.filter(elector__library=None).exists()


def test_the_answer_on_the_ballot_says_the_same(way, reviewed, member):
    elector = elector_of(reviewed, member)

    actions.cast_vote(elector=elector, by=member, choice=Choice.RECUSE, reason="My brother.")

    ballot, exclusion = fresh(reviewed).board_ballot, Exclusion.objects.get()
    assert (exclusion.person, exclusion.reason, exclusion.is_declared) == (
        member,
        "My brother.",
        True,
    )
    assert (ballot.electorate, ballot.turnout, ballot.entitled) == (2, 0, 2)


def test_the_rest_decide_without_them(way, reviewed, board, board_secretary):
    exclude(position=reviewed, by=board_secretary, member=board[2], reason=WHY)
    for person in board[:2]:
        actions.cast_vote(elector=elector_of(reviewed, person), by=person, choice=YES)

    accepted = way.decide(fresh(reviewed), Action.ACCEPT)

    assert accepted.status == State.ACCEPTED


def test_they_see_no_vote_and_no_reason_before_the_decision(
    way, reviewed, board, board_secretary, client_of
):
    others, apart = board[:2], board[2]
    exclude(position=reviewed, by=board_secretary, member=apart, reason=WHY)
    for person in others:
        elector = elector_of(reviewed, person)
        actions.cast_vote(elector=elector, by=person, choice=CONCERN, reason="CANARY-WORDS")
    client = client_of(apart)

    before = client.get(at(reviewed)).content.decode()
    seen_by_others = client_of(others[0]).get(at(reviewed)).content.decode()
    way.decide(fresh(reviewed), Action.REJECT)
    after = client.get(at(reviewed)).content.decode()

    assert "CANARY-WORDS" not in before
    assert "does not carry" not in before
    assert "You see the votes once the board has decided." in before
    assert "CANARY-WORDS" in seen_by_others
    assert "CANARY-WORDS" in after


def test_they_are_named_with_the_decision(way, reviewed, board, board_secretary, client_of):
    exclude(position=reviewed, by=board_secretary, member=board[2], reason=WHY)
    for person in board[:2]:
        actions.cast_vote(elector=elector_of(reviewed, person), by=person, choice=YES)
    way.decide(fresh(reviewed), Action.ACCEPT)

    page = client_of(board_secretary).get(at(reviewed))
    text = page.content.decode()

    assert f"Took no part, for conflict of interest: {board[2].name}." in text
    assert WHY in text


# By the web --------------------------------------------------------------------------------------


def test_a_member_declares_it_by_a_form(reviewed, member, board, client_of):
    client = client_of(member)
    address = at(reviewed, "conflict")

    page = client.get(address)
    answer = client.post(address, {"reason": "My brother.", "member": board[0].pk})

    assert list(page.context["form"].fields) == ["reason", "once"]
    assert (answer.status_code, answer.url) == (302, at(reviewed))
    assert [each.person for each in Exclusion.objects.all()] == [member]


def test_the_secretary_chooses_a_member_and_gives_a_reason(
    reviewed, member, board_secretary, client_of
):
    client, address = client_of(board_secretary), at(reviewed, "conflict")

    empty = client.post(address, {"member": member.pk, "reason": " "})
    sent = client.post(address, {"member": member.pk, "reason": WHY})

    assert empty.context["form"].errors == {"reason": ["This field is required."]}
    assert f'value="{member.pk}" selected' in empty.content.decode()
    assert sent.status_code == 302
    assert Exclusion.objects.get().recorded_by == board_secretary


def test_O_050_sent_twice_it_is_recorded_once(reviewed, member, board_secretary, client_of):
    client, address = client_of(board_secretary), at(reviewed, "conflict")
    once = client.get(address).context["form"]["once"].value()
    sent = {"member": member.pk, "reason": WHY, "once": once}

    answers = [client.post(address, sent).status_code for _time in range(3)]

    assert answers == [302, 302, 302]
    assert Exclusion.objects.count() == 1
    assert Mail.objects.filter(kind="positions.excluded").count() == 1


def test_O_038_more_than_was_asked_for_is_ignored(reviewed, member, board, client_of):
    extra = {"position": 0, "recorded_by": board[0].pk, "person": board[0].pk, "excluded": "1"}

    client_of(member).post(at(reviewed, "conflict"), {"reason": "Mine.", **extra})

    exclusion = Exclusion.objects.get()
    assert (exclusion.person, exclusion.recorded_by) == (member, member)


def test_O_040_only_posts_change_anything(reviewed, member, client_of):
    client = client_of(member)
    client.handler.enforce_csrf_checks = True

    looked = [client.get(at(reviewed, "conflict")), client.head(at(reviewed, "conflict"))]
    forged = client.post(at(reviewed, "conflict"), {"reason": "Mine."})

    assert [each.status_code for each in looked] == [200, 200]
    assert forged.status_code == 403
    assert not Exclusion.objects.exists()


def test_whoever_is_excluded_meanwhile_is_told_why_the_vote_is_not_taken(
    reviewed, member, board_secretary, client_of
):
    ballot, elector = reviewed.board_ballot, elector_of(reviewed, member)
    client, address = client_of(member), at(reviewed, "vote", ballot.pk)
    assert client.get(address).status_code == 200
    exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)

    late = client.post(address, {f"elector{elector.pk}-choice": YES})

    assert late.status_code == 409
    assert "the board decides without you" in late.content.decode()
    assert not Vote.objects.filter(elector__library=None).exists()


def test_too_late_is_a_conflict(way, reviewed, member, client_of):
    way.vote(reviewed, YES, YES, YES, ballot="board_ballot")

    answer = client_of(member).post(at(reviewed, "conflict"), {"reason": "My brother."})

    assert answer.status_code == 409
    assert "The votes of the board are known by now" in answer.content.decode()


def test_a_mandate_that_has_ended_excludes_nobody(reviewed, member, board_secretary):
    board_secretary.mandates.update(kind="board_member")
    again = Person.objects.get(pk=board_secretary.pk)

    with pytest.raises(NotAllowed):
        exclude(position=reviewed, by=again, member=member, reason=WHY)


# Recorded by mistake ------------------------------------------------------------------------------


def test_what_was_recorded_by_mistake_is_lifted_and_the_vote_counts(
    way, reviewed, member, board_secretary
):
    way.vote(reviewed, None, YES, None, ballot="board_ballot")
    exclusion = exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)
    before = fresh(reviewed).board_ballot

    lift(exclusion=exclusion, by=board_secretary, reason="Her term on the council ended.")

    after, entry = fresh(reviewed).board_ballot, audit.last_of(reviewed)
    assert (before.electorate, before.turnout) == (2, 0)
    assert (after.electorate, after.turnout) == (3, 1)
    assert (entry.action, entry.note) == ("lift_exclusion", "Her term on the council ended.")
    assert not Exclusion.objects.exists()


def test_the_member_is_told_that_it_is_lifted(reviewed, member, board_secretary):
    exclusion = exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)
    lift(exclusion=exclusion, by=board_secretary, reason="A mistake.")
    Person.objects.filter(pk=member.pk).update(language="en")

    outbox.send_due(RENDERERS)

    (letter,) = [each for each in mail.outbox if "has been lifted" in each.body]
    assert (letter.to, reviewed.reference in letter.body) == ([member.email], True)


def test_whoever_declared_it_lifts_it_and_may_declare_it_again(reviewed, member):
    exclusion = exclude(position=reviewed, by=member, member=member)

    lift(exclusion=exclusion, by=member, reason="I mixed two positions up.")

    assert exclude(position=reviewed, by=member, member=member).is_declared


def test_nobody_lifts_what_others_have_recorded_of_them(reviewed, board, board_secretary):
    for member in board:
        exclusion = exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)
        with pytest.raises(NotAllowed):
            lift(exclusion=exclusion, by=member, reason="I do not think so.")


def test_it_is_lifted_with_a_reason_once_and_before_the_votes_are_known(
    way, reviewed, member, board_secretary
):
    exclusion = exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)
    with pytest.raises(SomethingMissing) as refusal:
        lift(exclusion=exclusion, by=board_secretary, reason=" ")
    way.vote(reviewed, YES, None, YES, ballot="board_ballot")

    with pytest.raises(NoVoteComes):
        lift(exclusion=exclusion, by=board_secretary, reason="A mistake.")

    assert (refusal.value.field, Exclusion.objects.count()) == ("reason", 1)


def test_lifted_meanwhile_by_somebody_else_is_a_conflict(reviewed, member, board_secretary):
    exclusion = exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)
    stale = Exclusion.objects.get(pk=exclusion.pk)
    lift(exclusion=exclusion, by=board_secretary, reason="A mistake.")

    with pytest.raises(Overtaken):
        lift(exclusion=stale, by=board_secretary, reason="A mistake.")


def test_it_is_lifted_by_a_form(reviewed, member, board_secretary, client_of):
    exclusion = exclude(position=reviewed, by=board_secretary, member=member, reason=WHY)
    client, address = client_of(board_secretary), at(reviewed, "lift_exclusion", exclusion.pk)

    offered = client.get(at(reviewed, "conflict")).content.decode()
    refused = client.post(address, {"reason": ""})
    done = client.post(address, {"reason": "A mistake."})
    again = client.post(address, {"reason": "A mistake."})

    assert address in offered
    assert refused.context["form"].errors["reason"] == ["This field is required."]
    assert (done.url, again.status_code) == (at(reviewed), 404)
