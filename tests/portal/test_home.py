import pytest
from django.urls import reverse

from core import clock
from members.models import County
from positions import actions
from positions.choices import Choice, PointResult, State
from positions.figures import Figures, public_figures
from sections.models import Section
from tests.cast import make_library, mandate, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def home(client):
    return client.get(reverse("home"))


def text_of(client):
    return home(client).content.decode()


# A visitor's front page ------------------------------------------------------------------------


def test_the_sentence_counts_the_members_of_today(client, section, left_library):
    assert "3 member libraries, one common voice." in text_of(client)


def test_without_members_the_sentence_counts_nobody(client, db):
    assert "One common voice of the libraries." in text_of(client)


def test_the_search_leads_to_the_directory(client, db):
    text = text_of(client)

    assert f'action="{reverse("members:directory")}"' in text
    assert "Find a member library" in text


def test_a_county_on_the_map_leads_to_its_libraries(client, library):
    assert f'href="{reverse("members:directory")}?county=HU-BK"' in text_of(client)


def test_a_county_without_a_member_is_hatched_and_said_so(client, library):
    County.objects.create(
        iso_code="HU-HB",
        name_hu="Hajdú-Bihar",
        name_en="Hajdú-Bihar",
        seat="Debrecen",
        seat_lat="47.5",
        seat_lon="21.6",
    )

    text = text_of(client)

    assert "Hajdú-Bihar: no member library" in text
    assert "The hatched counties have no member library at present." in text


def test_an_empty_portal_says_what_would_be_here(client, db):
    text = text_of(client)

    assert "No position is public yet" in text
    assert "No section has been set up yet." in text


def test_the_newest_public_positions_are_listed_and_no_other(client, way):
    way.start(title="CANARY-D1")
    way.to(State.FORWARDED)
    public = [way.to(State.SUBMITTED) for _ in range(6)]

    response = home(client)

    assert list(response.context["newest"]) == public[:0:-1]
    assert "CANARY-D1" not in response.content.decode()


# What we asked, and what became of it ----------------------------------------------------------


def test_without_positions_every_figure_is_nothing(db):
    assert public_figures() == Figures(submitted=0, answered=0, overdue=0, judged=0, accepted=0)
    assert public_figures().share_accepted is None


def test_nothing_counts_before_it_is_public(way):
    way.start()
    way.to(State.ACCEPTED)

    assert public_figures().submitted == 0


def test_submissions_and_answers_are_counted(way):
    way.to(State.SUBMITTED)
    way.to(State.ANSWERED)
    way.to(State.CLOSED)

    figures = public_figures()

    assert (figures.submitted, figures.answered) == (3, 2)


def test_an_interim_answer_is_no_answer(way):
    position = way.to(State.SUBMITTED)
    way.move(
        position, "record_interim_answer", received_on=clock.today(), text="We need more time."
    )

    assert public_figures().answered == 0


def test_the_share_of_accepted_points_is_of_concluded_evaluations(way):
    way.to(State.CLOSED)
    answered = way.to(State.ANSWERED)
    judge(way, answered, PointResult.REJECTED, PointResult.REJECTED)
    evaluated = way.to(State.ANSWERED)
    judge(way, evaluated, PointResult.PARTLY, PointResult.ACCEPTED)
    way.move(evaluated, "evaluate")

    figures = public_figures()

    assert (figures.judged, figures.accepted) == (4, 3)
    assert figures.share_accepted == 75


def judge(way, position, *results):
    for point, result in zip(position.current.points.all(), results, strict=True):
        actions.record_outcome(
            point=point, by=way.cast("coordinator"), result=result, reason="They said so."
        )


@pytest.mark.parametrize(("days", "count"), [(-1, 1), (0, 0), (1, 0), (None, 0)])
def test_only_what_is_past_its_deadline_counts_as_late(way, days, count):
    sent = way.to(State.SUBMITTED).submission
    sent.due_on = None if days is None else clock.days_after(clock.today(), days)
    sent.save()

    assert public_figures().overdue == count


def test_an_answer_that_came_late_is_not_waited_for_any_more(way):
    position = way.to(State.ANSWERED)
    position.submission.due_on = clock.days_after(clock.today(), -1)
    position.submission.save()

    assert public_figures().overdue == 0


def test_the_figures_stand_on_the_front_page(client, way):
    way.to(State.CLOSED)

    figures = home(client).context["figures"]

    assert [(value, tone) for value, _label, tone in figures] == [
        (1, "plain"),
        (1, "done"),
        ("100%", "done"),
        (0, "plain"),
    ]


# Costs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_front_page_costs_a_visitor_five_queries(
    client, way, county, django_assert_num_queries, count
):
    for number in range(20, 20 + count):
        way.to(State.CLOSED)
        make_library(county, number)
        Section.objects.create(code=f"S{number}", slug=f"s{number}", name_hu=f"S {number}")

    with django_assert_num_queries(5):  # figures, counties, members, newest, sections
        home(client)


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_front_page_costs_the_busiest_person_twelve_queries(
    way, board_member, library, coordinator, django_assert_num_queries, count
):
    """A coordinator who also represents a library and is the secretary of the board."""
    mandate(coordinator, "board_secretary")
    mandate(coordinator, "representative", library)
    states = (State.DRAFT, State.CONSULTATION, State.SECTION_VOTE, State.ACCEPTED, State.FORWARDED)
    for _ in range(count):
        for state in states:
            way.to(state)
        way.vote(way.to(State.BOARD_REVIEW), Choice.YES, None, None, ballot="board_ballot")
    client = signed_in(coordinator)
    home(client)

    # session, person, second factor, mandates, offices, places in sections; votes, steps;
    # figures, newest, sections
    with django_assert_num_queries(11):
        home(client)
