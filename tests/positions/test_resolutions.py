import pytest
from django.urls import reverse

from core import clock
from positions.choices import State
from positions.models import Position
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def resolutions(client, **query):
    return client.get(reverse("positions:resolutions"), query)


def listed(client):
    return [decision.position for decision in resolutions(client).context["page"]]


def test_visitors_see_the_resolutions_on_public_positions(client, position_in):
    position_in(State.REJECTED)
    public = position_in(State.SUBMITTED)

    response = resolutions(client)

    assert response.status_code == 200
    assert [decision.position for decision in response.context["page"]] == [public]
    assert public.decisions.get().resolution in response.content.decode()


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("board_member", 2),
        ("board_secretary", 2),
        ("staff", 2),
        ("representative", 2),
        ("coordinator", 2),
        ("former_board_member", 1),
        ("foreign_representative", 1),
        ("other_coordinator", 1),
        ("stranger", 1),
    ],
)
def test_the_board_sees_all_and_others_what_they_may_read(request, position_in, name, count):
    position_in(State.REJECTED)
    position_in(State.SUBMITTED)

    assert len(listed(signed_in(request.getfixturevalue(name)))) == count


def test_the_newest_resolution_comes_first(client, way):
    older, newer = way.to(State.ACCEPTED), way.to(State.ACCEPTED)
    Position.objects.update(published_at=clock.now())

    assert listed(client) == [newer, older]


def test_the_reasons_of_the_board_are_not_in_the_list(client, position_in):
    position_in(State.SUBMITTED)

    assert "The board&#x27;s reasons." not in resolutions(client).content.decode()


def test_without_resolutions_the_page_says_what_would_be_here(client, db):
    assert "No resolution can be shown yet" in resolutions(client).content.decode()


@pytest.mark.parametrize("page", ["99999999999999999999", "-1", "abc", "1e3"])
def test_O_018_a_strange_page_number_is_clamped(client, position_in, page):
    position_in(State.SUBMITTED)

    assert len(resolutions(client, page=page).context["page"]) == 1


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_list_costs_the_same_at_any_length(client, way, django_assert_num_queries, count):
    for _ in range(count):
        way.to(State.ACCEPTED)
    Position.objects.update(published_at=clock.now())

    # sections, years, count, resolutions, what they do to earlier ones, later ones to them
    with django_assert_num_queries(6):
        resolutions(client)
