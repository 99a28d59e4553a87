"""A closed ballot never changes, and while it runs no page tells how it stands."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from core.workflow import CLOCK
from positions import actions
from positions.choices import Action, Choice, State
from positions.models import Ballot, Elector, Position, Vote
from positions.workflow import WORKFLOW
from tests.cast import signed_in
from tests.positions.test_any_way import REFUSED
from tests.positions.web import at

YES, NO, ABSTAIN, RECUSE = Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.RECUSE
ROLES = ("representative", "coordinator", "chair", "board_chair", "staff", "admin", "stranger")


@pytest.fixture(params=[False, True], ids=["named", "secret"])
def secret(request, section):
    section.votes_secretly = request.param
    section.save()
    return request.param


def closed(way, position):
    with way.after(position.section_ballot.closes_at):
        return WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)


def rows():
    """The ballot, who could vote in it and what they voted, as the database has it."""
    return [list(model._base_manager.order_by("pk").values()) for model in (Ballot, Elector, Vote)]


# Once it is closed -----------------------------------------------------------------------------


@pytest.mark.parametrize("last", [None, RECUSE], ids=["one is silent", "all are heard"])
def test_no_vote_and_no_move_changes_a_closed_ballot(
    way, secret, representatives, coordinator, last
):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), YES, YES, last))
    before, electors = rows(), list(Elector.objects.order_by("pk"))

    for elector, person in zip(electors, representatives, strict=True):
        for choice in Choice:
            with pytest.raises(REFUSED):
                actions.cast_vote(elector=elector, by=person, choice=choice)
    for move in WORKFLOW:
        if move.action not in {Action.FORWARD, Action.PARK, Action.WITHDRAW, Action.SUPERSEDE}:
            for by in (coordinator, CLOCK):
                with pytest.raises(REFUSED):
                    WORKFLOW.perform(move.action, position, by=by, note="Because.")

    assert rows() == before


@pytest.mark.parametrize("onward", ["withdraw", "park", "forward"])
def test_it_stays_whatever_becomes_of_the_position(way, secret, onward):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), YES, YES, None))
    before = rows()

    getattr(way, onward)(position)

    assert rows() == before


def test_the_repeated_vote_leaves_the_first_as_it_was(way, secret):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), YES, None, None))
    first = rows()

    again = way.move(position, Action.REPEAT_VOTE, closes_on=way.in_days(7))
    closed(way, way.vote(again, None, NO, None))

    assert [now[: len(then)] for now, then in zip(rows(), first, strict=True)] == first


@pytest.mark.parametrize("who", ["staff", "admin"])
def test_the_back_office_changes_no_ballot_either(way, secret, request, who):
    closed(way, way.vote(way.to(State.SECTION_VOTE), YES, NO, RECUSE))
    client = signed_in(request.getfixturevalue(who))
    before = rows()

    answers = []
    for model in (Ballot, Elector, Vote):
        name, pk = f"admin:positions_{model._meta.model_name}", model.objects.first().pk
        sent = {"choice": "yes", "secret_yes": "9", "took_part": "on", "_save": "Save"}
        answers += [
            client.post(reverse(f"{name}_change", args=[pk]), sent).status_code,
            client.post(reverse(f"{name}_delete", args=[pk]), {"post": "yes"}).status_code,
            client.post(reverse(f"{name}_add"), sent).status_code,
            client.post(
                reverse(f"{name}_changelist"),
                {"action": "delete_selected", "_selected_action": pk, "post": "yes"},
            ).status_code,
        ]

    assert answers == [403, 403, 403, 200] * 3  # a list without actions is shown again
    assert rows() == before


# While it runs ---------------------------------------------------------------------------------


def pages_of(position):
    ballot, electors = position.ballots.get(), Elector.objects.order_by("pk")
    yield from (at(position), at(position, "vote", ballot.pk), at(position, "documents"))
    yield from (at(position, "endorsements"), at(position, "schedule"), at(position, "comment"))
    yield at(position, "move", Action.CLOSE_VOTE)
    yield from (reverse("home"), reverse("positions:register"), reverse("positions:register_csv"))
    yield from (reverse("positions:board_queue"), reverse("positions:accountability"))
    yield reverse("sections:section", args=[position.section.slug])
    for model in ("ballot", "elector", "vote", "position"):
        yield reverse(f"admin:positions_{model}_changelist")
    yield reverse("admin:core_auditentry_changelist")
    yield reverse("admin:positions_ballot_change", args=[ballot.pk])
    yield from (
        reverse("admin:positions_elector_change", args=[elector.pk]) for elector in electors
    )
    yield reverse("admin:positions_position_change", args=[position.pk])


RANDOM = re.compile(
    r'(?<=csrfmiddlewaretoken" value=")[^"]+|(?<=name="once" value=")[^"]+'
    r'|(?<=name="typed_by" value=")[^"]+|(?<=nonce=")[^"]+|\d\d:\d\d(:\d\d)?'
    r'|(?<=/core/auditentry/)\d+|(?<=name="_selected_action" value=")\d+'
)


def told(way, request, choices):
    """What every page says to each role: its status, its ETag and its words; nothing stays."""
    found = {}
    with transaction.atomic():
        position = way.vote(Position.objects.get(), *choices)
        for role in ROLES:
            client = signed_in(request.getfixturevalue(role))
            for page in pages_of(position):
                answer = client.get(page)
                words = RANDOM.sub("…", answer.content.decode())
                found[role, page] = (answer.status_code, answer.get("ETag"), words)
        transaction.set_rollback(True)
    return found


def test_O_046_no_page_tells_anybody_how_the_votes_stand(way, secret, request):
    """Every page is the same whether all have voted yes or no; only those who voted differ."""
    for role in ROLES:
        signed_in(request.getfixturevalue(role))
    way.to(State.SECTION_VOTE)

    yes = told(way, request, [None, YES, YES])
    no = told(way, request, [None, NO, NO])

    assert {page for page in yes if yes[page] != no[page]} == set()
    assert sum(status == 200 for status, _etag, _words in yes.values()) > 40
