import uuid
from datetime import timedelta

import pytest

from members.choices import MandateKind
from positions import actions
from positions.choices import Action, Choice, State
from positions.models import Vote
from tests.cast import mandate
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def voting(position_in):
    return position_in(State.SECTION_VOTE)


@pytest.fixture
def reviewing(position_in):
    return position_in(State.BOARD_REVIEW)


def address(position):
    ballot = position.ballots.get(closed_at=None, annulled_at=None)
    return at(position, "vote", ballot.pk)


def elector_of(position, **whose):
    return position.ballots.get(closed_at=None, annulled_at=None).electors.get(**whose)


def answer(elector, choice, **sent):
    prefix = f"elector{elector.pk}"
    return {f"{prefix}-choice": choice} | {f"{prefix}-{k}": v for k, v in sent.items()}


def errors_in(response):
    return [dict(form.errors) for form in response.context["forms"]]


def test_a_library_votes_once(voting, client_of, representative, library):
    elector = elector_of(voting, library=library)
    client = client_of(representative)

    first = client.post(address(voting), answer(elector, Choice.YES, reason="We need it."))
    second = client.post(address(voting), answer(elector, Choice.NO))

    assert (first.status_code, second.status_code) == (302, 409)
    assert "This vote has been cast already" in second.content.decode()
    vote = Vote.objects.get()
    assert (vote.choice, vote.reason, vote.cast_by) == (Choice.YES, "We need it.", representative)
    page = client.get(address(voting)).content.decode()
    assert "Library 1 has voted: yes. Cast by" in page
    assert "We need it." in page


def test_a_deputy_votes_instead_and_then_the_vote_is_cast(
    voting, client_of, representative, deputy, library
):
    elector = elector_of(voting, library=library)
    client_of(deputy).post(address(voting), answer(elector, Choice.ABSTAIN))

    page = client_of(representative).get(address(voting))
    late = client_of(representative).post(address(voting), answer(elector, Choice.YES))

    assert "Library 1 has voted: abstention. Cast by Deputy." in page.content.decode()
    assert late.status_code == 409
    assert Vote.objects.get().cast_by == deputy


def test_the_form_has_a_part_for_each_library(voting, client_of, representative, libraries):
    mandate(representative, MandateKind.DEPUTY, libraries[2])
    client = client_of(representative)
    first, third = (elector_of(voting, library=libraries[n]) for n in (0, 2))

    page = client.get(address(voting))
    client.post(address(voting), answer(third, Choice.NO))
    client.post(address(voting), answer(first, Choice.YES))

    assert [form.elector for form in page.context["forms"]] == [first, third]
    assert [vote.elector for vote in Vote.objects.order_by("pk")] == [third, first]


def test_nobody_votes_for_a_library_of_others(voting, client_of, representative, libraries):
    other = elector_of(voting, library=libraries[1])

    response = client_of(representative).post(address(voting), answer(other, Choice.NO))

    assert response.status_code == 200
    assert Vote.objects.count() == 0


@pytest.mark.parametrize(
    ("choice", "sent", "errors"),
    [
        ("", {}, {"choice": ["Choose one of the answers."]}),
        ("", {"reason": "Because."}, {"choice": ["Choose one of the answers."]}),
        (
            "concern",
            {},
            {"choice": ["Select a valid choice. concern is not one of the available choices."]},
        ),
    ],
)
def test_an_error_stands_beside_its_field(
    choice, sent, errors, voting, client_of, representative, library
):
    elector = elector_of(voting, library=library)

    response = client_of(representative).post(address(voting), answer(elector, choice, **sent))

    assert errors_in(response) == [errors]
    assert Vote.objects.count() == 0


@pytest.mark.parametrize("who", ["coordinator", "left_representative", "board_chair"])
def test_who_has_no_vote_is_refused(who, voting, client_of, request):
    client = client_of(request.getfixturevalue(who))

    assert client.get(address(voting)).status_code in {403, 404}
    assert client.post(address(voting), {}).status_code in {403, 404}


def test_a_closed_ballot_takes_no_vote(way, voting, client_of, representative, library):
    elector, closed = elector_of(voting, library=library), address(voting)
    way.move(voting, Action.WITHDRAW, note="It is pointless now.")

    response = client_of(representative).post(closed, answer(elector, Choice.YES))

    assert response.status_code == 409
    assert "The ballot is closed" in response.content.decode()
    assert Vote.objects.count() == 0


def test_the_last_second_is_the_last(voting, client_of, representative, library, time_machine):
    elector = elector_of(voting, library=library)
    end = voting.ballots.get().closes_at
    time_machine.move_to(end + timedelta(seconds=1), tick=False)
    client = client_of(representative)
    assert client.post(address(voting), answer(elector, Choice.YES)).status_code == 409

    time_machine.move_to(end, tick=False)

    assert (
        client_of(representative).post(address(voting), answer(elector, Choice.YES)).status_code
        == 302
    )


def test_the_same_form_sent_twice_is_one_vote(voting, client_of, representative, library):
    elector = elector_of(voting, library=library)
    sent = {**answer(elector, Choice.YES), "once": str(uuid.uuid4())}
    client = client_of(representative)

    answers = [client.post(address(voting), sent).url for _time in range(3)]

    assert answers == [at(voting)] * 3
    assert Vote.objects.count() == 1


def test_a_ballot_belongs_to_its_position(way, voting, client_of, representative):
    other = way.to(State.CONSULTATION)
    ballot = voting.ballots.get()

    response = client_of(representative).get(at(other, "vote", ballot.pk))

    assert response.status_code == 404


def test_more_than_was_asked_for_is_ignored(voting, client_of, representative, library, chair):
    elector = elector_of(voting, library=library)

    client_of(representative).post(
        address(voting),
        {**answer(elector, Choice.NO, cast_by=chair.pk, weight=9), "cast_by": chair.pk},
    )

    assert Vote.objects.get().cast_by == representative


# The board ---------------------------------------------------------------------------------------


def test_a_member_of_the_board_votes(reviewing, client_of, board_member):
    elector = elector_of(reviewing, person=board_member)

    response = client_of(board_member).post(
        address(reviewing), answer(elector, Choice.NO_OBJECTION)
    )

    assert response.status_code == 302
    assert Vote.objects.get(elector=elector).choice == Choice.NO_OBJECTION


def test_a_blocking_concern_needs_words(reviewing, client_of, board_member):
    elector = elector_of(reviewing, person=board_member)
    client = client_of(board_member)

    silent = client.post(address(reviewing), answer(elector, Choice.CONCERN, reason=" "))
    spoken = client.post(address(reviewing), answer(elector, Choice.CONCERN, reason="Cost."))

    assert errors_in(silent) == [{"reason": ["Say in words what the concern is."]}]
    assert spoken.status_code == 302


@pytest.mark.parametrize("who", ["board_secretary", "future_board_member", "coordinator"])
def test_who_does_not_vote_on_the_board_is_refused(who, reviewing, client_of, request):
    client = client_of(request.getfixturevalue(who))

    assert client.get(address(reviewing)).status_code in {403, 404}


def test_a_vote_between_seeing_and_sending_is_a_conflict(
    voting, client_of, representative, deputy, library, monkeypatch
):
    """The deputy votes after the page has looked and before the vote is written."""
    elector = elector_of(voting, library=library)
    cast = actions.cast_vote

    def later(**vote):
        cast(elector=elector, by=deputy, choice=Choice.NO)
        return cast(**vote)

    monkeypatch.setattr(actions, "cast_vote", later)

    response = client_of(representative).post(address(voting), answer(elector, Choice.YES))

    assert response.status_code == 409


@pytest.mark.parametrize(("by_silence", "told"), [(True, 1), (False, 0)])
def test_the_page_says_that_silence_is_consent_while_it_matters(
    by_silence, told, way, section, client_of, representative
):
    section.decides_by_silence = True
    section.save()
    position = way.move(
        way.to(State.CONSOLIDATION),
        Action.OPEN_VOTE,
        closes_on=way.in_days(5),
        by_silence=by_silence,
    )

    page = client_of(representative).get(position.get_absolute_url()).content.decode()

    assert page.count("Silence is consent") == told
