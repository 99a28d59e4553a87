from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from members.models import County
from positions import actions, recounting
from positions.choices import Choice, Confidentiality, PointResult, State
from positions.figures import Figures, public_figures
from sections.models import Section
from tests.cast import make_library, mandate, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def home(client):
    return client.get(reverse("home"))


def text_of(client):
    return home(client).content.decode()


def figures_now():
    recounting.recount()
    return public_figures()


# A visitor's front page ------------------------------------------------------------------------


def test_the_sentence_counts_the_members_of_today(client, section, left_library):
    assert "3 member libraries, one common voice." in text_of(client)


def test_without_members_the_sentence_counts_nobody(client, db):
    assert "One common voice of the libraries." in text_of(client)


def test_the_search_looks_in_everything(client, db):
    text = text_of(client)

    assert f'action="{reverse("search:page")}"' in text
    assert "What are you looking for?" in text


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


# Next dates ------------------------------------------------------------------------------------


def coming_to(client):
    return [each.title for each in home(client).context["coming"]]


def test_a_visitor_reads_the_last_days_of_public_consultations_the_nearest_first(
    client, coming, sitting
):
    public = {"confidentiality": Confidentiality.PUBLIC}
    coming.record(title="Later", due_on=coming.in_days(9), **public)
    coming.record(title="Sooner", due_on=coming.in_days(2), **public)
    coming.record(title="Without a day", due_on=None, **public)
    coming.record(title="CANARY-members")
    coming.record(title="CANARY-sections", confidentiality=Confidentiality.SECTIONS)
    sitting.plan(starts_at=clock.now() + timedelta(days=1), place="CANARY-place")

    text = text_of(client)

    assert coming_to(client) == ["Sooner", "Later"]
    assert "Next dates" in text
    assert "CANARY" not in text


def test_the_last_day_still_counts_and_the_next_does_not(client, coming):
    coming.record(due_on=clock.today(), confidentiality=Confidentiality.PUBLIC)

    today = coming_to(client)
    with clock.at(clock.now() + timedelta(days=1)):
        tomorrow = coming_to(client)

    assert (len(today), tomorrow) == (1, [])


def test_without_a_date_the_part_is_left_out(client, db):
    assert "Next dates" not in text_of(client)


# What we asked, and what became of it ----------------------------------------------------------


def test_without_positions_every_figure_is_nothing(db):
    assert figures_now() == Figures(submitted=0, answered=0, overdue=0, judged=0, accepted=0)
    assert figures_now().share_accepted is None


def test_nothing_counts_before_it_is_public(way):
    way.start()
    way.to(State.ACCEPTED)

    assert figures_now().submitted == 0


def test_submissions_and_answers_are_counted(way):
    way.to(State.SUBMITTED)
    way.to(State.ANSWERED)
    way.to(State.CLOSED)

    figures = figures_now()

    assert (figures.submitted, figures.answered) == (3, 2)


def test_an_interim_answer_is_no_answer(way):
    position = way.to(State.SUBMITTED)
    way.move(
        position, "record_interim_answer", received_on=clock.today(), text="We need more time."
    )

    assert figures_now().answered == 0


def test_the_share_of_accepted_points_is_of_concluded_evaluations(way):
    way.to(State.CLOSED)
    answered = way.to(State.ANSWERED)
    judge(way, answered, PointResult.REJECTED, PointResult.REJECTED)
    evaluated = way.to(State.ANSWERED)
    judge(way, evaluated, PointResult.PARTLY, PointResult.ACCEPTED)
    way.move(evaluated, "evaluate")

    figures = figures_now()

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

    assert figures_now().overdue == count


def test_an_answer_that_came_late_is_not_waited_for_any_more(way):
    position = way.to(State.ANSWERED)
    position.submission.due_on = clock.days_after(clock.today(), -1)
    position.submission.save()

    assert figures_now().overdue == 0


def test_the_figures_stand_on_the_front_page(client, way):
    way.to(State.CLOSED)
    recounting.recount()

    figures = home(client).context["figures"]

    assert [(value, tone) for value, _label, tone in figures] == [
        (1, "plain"),
        (1, "done"),
        ("100%", "done"),
        (0, "plain"),
    ]


# Costs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_front_page_costs_a_visitor_six_queries(
    client, way, county, coming, django_assert_num_queries, count
):
    for number in range(20, 20 + count):
        way.to(State.CLOSED)
        make_library(county, number)
        Section.objects.create(code=f"S{number}", slug=f"s{number}", name_hu=f"S {number}")
        coming.record(confidentiality=Confidentiality.PUBLIC)

    with django_assert_num_queries(6):  # figures, counties, members, newest, dates, sections
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

    # session, person, second factor, mandates, places in sections; consultations, what is owed,
    # votes, steps; figures, newest, sections
    with django_assert_num_queries(12):
        home(client)
