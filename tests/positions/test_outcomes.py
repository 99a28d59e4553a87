import pytest

from core import audit
from positions.choices import Action, PointResult, State
from positions.models import PointOutcome
from tests.positions.web import at, make

pytestmark = pytest.mark.usefixtures("english")


def told():
    rows = PointOutcome.objects.order_by("point__number")
    return list(rows.values_list("point__number", "result", "reason", "source"))


def send(client, position, told):
    """As it would be sent from a page read just now."""
    page = client.get(at(position, "outcomes"))
    seen = page.context["whole"]["seen"].value() if page.status_code == 200 else ""
    return client.post(at(position, "outcomes"), {"seen": seen, **told})


def errors_in(response):
    return [dict(form.errors) for form in response.context["forms"]]


@pytest.fixture
def answered(position_in):
    return position_in(State.ANSWERED)


def test_all_outcomes_are_saved_at_once(answered, client_of, coordinator):
    response = send(
        client_of(coordinator),
        answered,
        {
            "point1-result": "rejected",
            "point1-reason": "Too dear.",
            "point1-source": "Letter M/2",
            "point2-result": "enacted",
        },
    )

    assert response.url == at(answered)
    assert told() == [(1, "rejected", "Too dear.", "Letter M/2"), (2, "enacted", "", "")]


def test_some_may_be_left_for_later_and_recorded_anew(answered, client_of, coordinator):
    client = client_of(coordinator)
    send(client, answered, {"point2-result": "no_answer"})
    before = audit.of(answered).count()

    send(client, answered, {"point2-result": "partly", "point2-reason": "Half."})

    assert told() == [(2, "partly", "Half.", "")]
    assert audit.of(answered).count() == before + 1


def test_what_has_not_changed_is_not_recorded_again(answered, client_of, coordinator):
    client = client_of(coordinator)
    send(client, answered, {"point1-result": "accepted"})
    before = audit.of(answered).count()

    send(client, answered, {"point1-result": "accepted"})

    assert audit.of(answered).count() == before


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        (
            {"point1-result": "rejected"},
            {"reason": ["Give the reason of the refusal, or say that none was given."]},
        ),
        ({"point1-reason": "Because."}, {"result": ["Choose the outcome of this point."]}),
        (
            {"point1-result": "lost"},
            {"result": ["Select a valid choice. lost is not one of the available choices."]},
        ),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_saved(
    sent, errors, answered, client_of, coordinator
):
    response = send(client_of(coordinator), answered, {**sent, "point2-result": "accepted"})

    assert errors_in(response) == [errors, {}]
    assert told() == []


@pytest.mark.parametrize(
    ("state", "who", "status"),
    [
        (State.ANSWERED, "representative", 403),
        (State.ANSWERED, "stranger", 403),
        (State.ANSWERED, "board_secretary", 403),
        (State.SUBMITTED, "coordinator", 409),
        (State.EVALUATED, "coordinator", 409),
    ],
)
def test_outcomes_are_recorded_by_the_coordinator_while_the_answer_is_evaluated(
    state, who, status, position_in, client_of, request
):
    position = position_in(state)
    before = told()

    response = send(
        client_of(request.getfixturevalue(who)), position, {"point1-result": "no_answer"}
    )

    assert response.status_code == status
    assert told() == before


def test_the_evaluation_waits_for_every_point(answered, client_of, coordinator):
    client = client_of(coordinator)
    send(client, answered, {"point1-result": "accepted"})

    early = make(client, answered, Action.EVALUATE)
    send(client, answered, {"point1-result": "accepted", "point2-result": "partly"})
    late = make(client, answered, Action.EVALUATE)

    assert early.context["missing"] == ["1 point has no outcome recorded."]
    assert late.status_code == 302
    assert PointOutcome.objects.filter(result=PointResult.PARTLY).count() == 1
