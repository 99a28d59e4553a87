from datetime import date

import pytest
from django.urls import reverse

from core import clock
from members.choices import MandateKind
from members.models import Membership
from sections.models import SectionMembership
from tests.cast import make_person, mandate, tomorrow, yesterday
from tests.members.profile import HOSTILE, a_library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

CONTACTS = {
    "street": "Minta tér 1.",
    "postal_code": "1234",
    "phone": "+36 1 000 0000",
    "email": "konyvtar@example.org",
    "website": "https://konyvtar.example.org/",
    "opening_hours": "hétfő 9–18\nkedd 9–18",
    "description": "Első.\n\nMásodik.",
}


def read(client, library):
    return client.get(library.get_absolute_url()).content.decode()


def test_a_library_tells_what_is_filled_in(client, county):
    library = a_library(county, "Árpád Könyvtár", "arpad", city="Baja", **CONTACTS)

    page = read(client, library)

    assert "1234 Baja, Minta tér 1." in page
    assert '<a href="tel:+3610000000">+36 1 000 0000</a>' in page
    assert '<a href="mailto:konyvtar@example.org">' in page
    assert '<a href="https://konyvtar.example.org/" rel="nofollow">' in page
    assert "hétfő 9–18<br>kedd 9–18" in page
    assert '<p lang="hu">Első.</p>' in page


def test_what_is_not_filled_in_is_not_there(client, library):
    page = read(client, library)

    found = [word for word in ("Telephone", "E-mail", "Website", "Opening hours") if word in page]
    assert found == []


def test_its_county_is_marked_on_the_map(client, library):
    shown = client.get(library.get_absolute_url()).context["counties"]

    assert [(county.code, county.tone) for county in shown] == [("HU-BK", "current")]


def test_memberships_are_dated_newest_first(client, section, library):
    library.memberships.update(started_on=None, ended_on=date(2012, 5, 1), reason="merged")
    Membership.objects.create(library=library, started_on=date(2020, 3, 2))
    SectionMembership.objects.update(started_on=date(2021, 1, 1), ended_on=date(2024, 1, 1))

    page = " ".join(read(client, library).split())

    first = page.index('since <time datetime="2020-03-02">2 March 2020</time>')
    second = page.index('until <time datetime="2012-05-01">1 May 2012</time>')
    assert first < second
    assert "(merged)" in page
    assert 'from <time datetime="2021-01-01">' in page


def test_a_membership_without_a_beginning_says_so(client, library):
    assert "since before the records of the portal begin" in read(client, library)


def test_its_people_are_named_to_those_signed_in_only(
    client, client_of, stranger, representative, library
):
    assert str(representative) not in read(client, library)
    assert str(representative) in read(client_of(stranger), library)


def test_only_mandates_in_force_are_named(client_of, stranger, former_representative, library):
    assert str(former_representative) not in read(client_of(stranger), library)


# Who has left --------------------------------------------------------------------------------


def test_a_library_that_has_left_is_marked_and_its_contacts_are_gone(client, left_library):
    left_library.phone = CONTACTS["phone"]
    left_library.save()

    page = read(client, left_library)

    assert "Former member" in page
    assert CONTACTS["phone"] not in page
    assert f'until <time datetime="{yesterday().isoformat()}">' in page


@pytest.mark.parametrize("slug", ["nobody", "a" * 5000])
def test_a_library_that_never_was_is_not_found(client, county, slug):
    assert client.get(reverse("members:library", args=[slug])).status_code == 404


def test_a_library_without_a_membership_has_no_page(client, library):
    library.memberships.all().delete()

    assert client.get(library.get_absolute_url()).status_code == 404


def test_a_library_that_joins_tomorrow_has_no_page_yet(client, library):
    library.memberships.update(started_on=tomorrow())

    assert client.get(library.get_absolute_url()).status_code == 404


# The way to its profile ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("representative", True),
        ("deputy", True),
        ("other_representative", False),
        ("former_representative", False),
        ("coordinator", False),
        ("board_secretary", False),
        ("stranger", False),
    ],
)
def test_the_change_is_offered_to_those_who_act_for_it(
    client_of, request, section, library, who, offered
):
    page = read(client_of(request.getfixturevalue(who)), library)

    assert ("Propose a change" in page) is offered


def test_O_020_hostile_values_are_shown_as_text(client, county):
    hostile = dict.fromkeys(("street", "phone", "opening_hours", "description"), HOSTILE)
    library = a_library(county, HOSTILE, "hostile", website="javascript:alert(1)", **hostile)

    page = read(client, library)

    assert "<svg onload" not in page
    assert 'href="javascript:' not in page


# What it costs -------------------------------------------------------------------------------

QUERIES = 4  # library, memberships, sections, what it has endorsed


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_library_costs_the_same_however_much_is_known(
    client, section, library, django_assert_num_queries, count
):
    SectionMembership.objects.filter(library=library).update(ended_on=date(1950, 1, 1))
    library.memberships.update(ended_on=date(1950, 1, 1))
    for year in range(count):
        term = {"started_on": date(1951 + year, 1, 1), "ended_on": date(1951 + year, 2, 1)}
        Membership.objects.create(library=library, **term)
        SectionMembership.objects.create(section=section, library=library, **term)

    with django_assert_num_queries(QUERIES):
        read(client, library)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_its_people_cost_one_query(
    client_of, representative, library, django_assert_num_queries, count
):
    for number in range(count):
        mandate(make_person(f"deputy{number}"), MandateKind.DEPUTY, library)
    client = client_of(representative)
    read(client, library)

    with django_assert_num_queries(QUERIES + 4):  # session, person, mandates, people
        read(client, library)


def test_today_is_the_day_in_budapest(client, library):
    library.memberships.update(ended_on=clock.today())

    assert "Former member" not in read(client, library)
