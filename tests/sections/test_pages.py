from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from members.models import County, Membership
from positions.choices import State
from sections.models import Goal, GoalPoint, Section, SectionMembership
from tests.cast import make_library, signed_in, tomorrow, yesterday
from tests.members.profile import a_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def page(client, section):
    return client.get(reverse("sections:section", args=[section.slug]))


def text_of(client, section):
    return page(client, section).content.decode()


def a_goal(section, number, title, *points):
    goal = Goal.objects.create(section=section, number=number, title_hu=title)
    for place, point in enumerate(points, start=1):
        GoalPoint.objects.create(goal=goal, number=place, text_hu=point, text_en=f"{point} (en)")


# The list --------------------------------------------------------------------------------------


def test_the_list_names_each_section_with_its_members(client, section, other_section):
    text = client.get(reverse("sections:list")).content.decode()

    for words in ("County Libraries Section", "3 member libraries", "Városi Tagozat", "1 member"):
        assert words in text


def test_a_library_that_has_left_is_not_counted(client, section, left_library):
    (listed,) = client.get(reverse("sections:list")).context["sections"]

    assert listed.member_count == 3


def test_an_empty_list_says_how_a_section_comes_about(client, db):
    assert "No section has been set up yet" in client.get(reverse("sections:list")).content.decode()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_costs_one_query(client, db, django_assert_num_queries, count):
    for number in range(count):
        Section.objects.create(code=f"S{number}", slug=f"s{number}", name_hu=f"S {number}")

    with django_assert_num_queries(1):
        client.get(reverse("sections:list"))


def test_the_map_hatches_the_counties_without_a_member(client, section, county):
    a_county("HU-ZA", "Zala")

    text = text_of(client, section)
    zala = text.split('data-county="HU-ZA"')[1].split("</g>")[0]
    bacs = text.split('data-county="HU-BK"')[1].split("</a>")[0]

    assert '<pattern id="county-map-none"' in text
    assert 'fill="url(#county-map-none)"' in zala
    assert 'fill="url(#county-map-none)"' not in bacs


# What the page says ----------------------------------------------------------------------------


def test_an_unknown_section_is_not_found(client, db):
    assert client.get(reverse("sections:section", args=["nowhere"])).status_code == 404


def test_the_mission_is_told_in_the_readers_language(client, section):
    section.mission_hu, section.mission_en = "Magyarul.", "In English."
    section.save()

    assert "In English." in text_of(client, section)
    with translation.override("sl"):
        assert "Magyarul." in text_of(client, section)


def test_the_goals_stand_in_order_with_their_points(client, section, other_section):
    a_goal(section, 2, "Second")
    a_goal(section, 1, "First", "One", "Two")
    a_goal(other_section, 1, "Somebody else's", "Three")

    goals = [
        (number, title.words, [point.words for point in points])
        for number, title, points in page(client, section).context["goals"]
    ]

    assert goals == [(1, "First", ["One (en)", "Two (en)"]), (2, "Second", [])]


def test_the_members_stand_in_hungarian_order(client, section, county):
    names = ["Zala", "Csorba", "Cukor", "Ódon", "Olasz", "Árpád"]
    for number, name in enumerate(names, start=20):
        library = make_library(county, number)
        library.name = name
        library.save()
        SectionMembership.objects.create(section=section, library=library)

    members = [library.name for library in page(client, section).context["libraries"]]

    assert [name for name in members if name in names] == [
        *("Árpád", "Cukor", "Csorba", "Ódon", "Olasz", "Zala"),
    ]


@pytest.mark.parametrize(
    "term", [{"ended_on": yesterday}, {"started_on": tomorrow}], ids=["over", "to come"]
)
def test_only_members_of_today_are_listed(client, section, county, term):
    library = make_library(county, 20)
    dates = {name: day() for name, day in term.items()}
    SectionMembership.objects.create(section=section, library=library, **dates)

    assert library not in page(client, section).context["libraries"]


def test_a_library_that_has_left_the_association_is_not_listed(client, section, left_library):
    assert left_library not in page(client, section).context["libraries"]


def test_a_library_that_came_back_is_listed_once(client, section, library):
    library.memberships.update(ended_on=date(2016, 6, 13))
    Membership.objects.create(library=library, started_on=date(2020, 1, 1))

    assert page(client, section).context["libraries"].count(library) == 1


def test_counties_without_a_member_are_named_honestly(client, section):
    County.objects.create(
        iso_code="HU-HB",
        name_hu="Hajdú-Bihar",
        name_en="Hajdú-Bihar",
        seat="Debrecen",
        seat_lat="47.5",
        seat_lon="21.6",
        without_member_since=date(2016, 6, 13),
    )

    response = page(client, section)

    assert response.context["without_member"] == ["Hajdú-Bihar (since 13 June 2016)"]
    assert "Hajdú-Bihar: no member library since 13 June 2016" in response.content.decode()


def test_a_county_whose_members_are_in_other_sections_says_just_that(client, section, county):
    section.memberships.all().delete()

    assert page(client, section).context["without_member"] == ["Bács-Kiskun"]


def test_the_offices_of_today_are_named_to_everybody(client, section, coordinator, chair):
    section.offices.filter(person=chair).update(ended_on=yesterday())

    text = text_of(client, section)

    assert coordinator.name in text
    assert chair.name not in text


def test_the_mandates_of_the_libraries_are_not_shown(client, section, representative):
    assert representative.name not in text_of(client, section)


def test_the_rules_are_told_in_words(client, section):
    assert "at present 2 of 3." in text_of(client, section)


# Its positions ---------------------------------------------------------------------------------


def test_visitors_see_the_public_positions_only(client, section, way):
    drafted = way.start(title="CANARY-D1")
    submitted = way.to(State.SUBMITTED)
    closed = way.to(State.CLOSED)

    response = page(client, section)

    text = response.content.decode()
    assert [text.count(p.get_absolute_url()) for p in (drafted, submitted, closed)] == [0, 1, 1]
    assert "CANARY-D1" not in text


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("drafter", True),
        ("coordinator", True),
        ("staff", True),
        ("representative", False),
        ("other_coordinator", False),
        ("board_member", False),
        ("stranger", False),
    ],
)
def test_O_001_a_draft_is_listed_for_those_who_write_it(request, section, way, name, sees):
    way.start(title="CANARY-D1")

    text = text_of(signed_in(request.getfixturevalue(name)), section)

    assert ("CANARY-D1" in text) is sees


def test_positions_of_other_sections_are_not_listed(client, other_section, position_in):
    position = position_in(State.SUBMITTED)

    assert position.get_absolute_url() not in text_of(client, other_section)


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("representative", True),
        ("deputy", True),
        ("coordinator", True),
        ("former_representative", False),
        ("left_representative", False),
        ("other_coordinator", False),
        ("board_member", False),
        ("staff", False),
        ("stranger", False),
    ],
)
def test_only_those_who_act_in_the_section_may_start_a_position(request, section, name, offered):
    person = request.getfixturevalue(name)

    assert ("Start a position" in text_of(signed_in(person), section)) is offered


def test_visitors_are_not_offered_to_start_a_position(client, section):
    assert "Start a position" not in text_of(client, section)


def test_an_ended_position_never_pushes_out_one_in_progress(section, way, coordinator):
    in_hand = way.start(title="The oldest of all")
    for _ in range(10):
        way.withdraw(way.to(State.CONSOLIDATION))

    assert in_hand.title in text_of(signed_in(coordinator), section)


# Costs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_costs_a_visitor_six_queries(
    client, section, county, position_in, django_assert_num_queries, count
):
    position_in(State.SUBMITTED)
    fill(section, county, count)

    # section, libraries, counties, goals, offices, positions
    with django_assert_num_queries(6):
        page(client, section)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_costs_a_representative_eleven_queries(
    representative, section, county, position_in, django_assert_num_queries, count
):
    position_in(State.SECTION_VOTE)
    fill(section, county, count)
    client = signed_in(representative)
    page(client, section)

    # the six; session, person, mandates, offices, places in sections; ballots
    with django_assert_num_queries(11):
        page(client, section)


def fill(section, county, count):
    for number in range(20, 20 + count):
        SectionMembership.objects.create(section=section, library=make_library(county, number))
        a_goal(section, number, f"Goal {number}", "One", "Two")
