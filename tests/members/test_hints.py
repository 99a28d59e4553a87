import pytest
from django.test import Client
from django.urls import reverse

from members import hints
from members.models import Person
from positions.choices import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HINT = 'class="hint"'
PLACES = {
    "waiting": lambda: reverse("home"),
    "register": lambda: reverse("positions:register"),
    "directory": lambda: reverse("members:directory"),
}


def put_away(client, name, there="/"):
    return client.post(reverse("put_away_hint", args=[name]), {"next": there})


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_hint_is_shown_until_it_is_put_away(client_of, representative, name):
    client, here = client_of(representative), PLACES[name]()

    before = client.get(here).content.decode()
    response = put_away(client, name, here)
    after = client.get(here).content.decode()

    assert (before.count(HINT), after.count(HINT)) == (1, 0)
    assert response["Location"] == here


@pytest.mark.parametrize("name", ["register", "directory"])
def test_visitors_see_none(client, county, name):
    assert HINT not in client.get(PLACES[name]()).content.decode()


def test_the_board_the_writers_and_the_staff_have_their_hints(
    client_of, way, coordinator, board_secretary, representative, staff
):
    draft, voted = way.to(State.DRAFT), way.to(State.SECTION_VOTE)
    vote = reverse("positions:vote", args=[voted.reference, voted.section_ballot.pk])
    seen = {
        "edit": (coordinator, reverse("positions:edit", args=[draft.reference])),
        "position": (coordinator, draft.get_absolute_url()),
        "vote": (representative, vote),
        "board_queue": (board_secretary, reverse("positions:board_queue")),
        "office": (staff, reverse("admin:index")),
    }

    pages = {
        name: client_of(person).get(url).content.decode() for name, (person, url) in seen.items()
    }
    found = {
        name: reverse("put_away_hint", args=[name]) in page and page.count(HINT) == 1
        for name, page in pages.items()
    }
    assert found == dict.fromkeys(seen, True)


def test_all_hints_come_back_by_the_settings(client_of, representative):
    client = client_of(representative)
    for name in ("register", "waiting"):
        put_away(client, name)
    kept = Person.objects.get(pk=representative.pk).hints_put_away

    settings = client.get(reverse("mfa_index")).content.decode()
    client.post(reverse("show_hints"))

    assert kept == ["register", "waiting"]
    assert f'action="{reverse("show_hints")}"' in settings
    assert HINT in client.get(reverse("positions:register")).content.decode()


def test_a_hint_costs_no_query(client_of, representative, django_assert_num_queries):
    client, here = client_of(representative), reverse("positions:register")
    put_away(client, "register")
    client.get(here)
    with django_assert_num_queries(0):
        assert hints.is_shown(name="waiting", person=representative)


def test_what_one_put_away_another_still_sees(client_of, representative, coordinator):
    put_away(client_of(representative), "register")

    page = client_of(coordinator).get(reverse("positions:register"))
    assert HINT in page.content.decode()


def test_it_is_put_away_without_a_trace_in_the_persons_history(client_of, representative):
    client = client_of(representative)
    before = representative.history.count()

    put_away(client, "register")

    assert representative.history.count() == before


@pytest.mark.parametrize("there", ["https://example.org/", "//example.org/", "javascript:1", ""])
def test_one_is_never_led_elsewhere(client_of, representative, there):
    assert put_away(client_of(representative), "register", there)["Location"] == reverse("home")


def test_there_is_no_such_hint(client_of, representative):
    assert put_away(client_of(representative), "nonsense").status_code == 404


def test_visitors_put_nothing_away():
    response = put_away(Client(), "register")

    assert response["Location"].startswith(reverse("account_login"))
