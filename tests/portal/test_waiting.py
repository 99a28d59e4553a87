import re

import pytest
from django.urls import reverse

from core import clock
from iksz_portal.waiting import waiting_for
from members.models import MistakeReport, Person
from positions import actions, commenting, endorsing
from positions.choices import Choice, State
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def tasks(person):
    return [str(task.what) for task in waiting_for(person)]


@pytest.mark.parametrize(
    ("state", "person", "what"),
    [
        (State.DRAFT, "drafter", ["Write the draft"]),
        (State.DRAFT, "representative", []),
        (State.CONSULTATION, "representative", ["Comment for your library"]),
        (State.CONSULTATION, "foreign_representative", []),
        (State.CONSULTATION, "coordinator", []),
        (State.CONSOLIDATION, "coordinator", ["Work in the comments and open the vote"]),
        (State.CONSOLIDATION, "other_coordinator", []),
        (State.SECTION_VOTE, "representative", ["Vote for Library 1"]),
        (State.SECTION_VOTE, "deputy", ["Vote for Library 1"]),
        (State.SECTION_VOTE, "former_representative", []),
        (State.SECTION_VOTE, "board_member", []),
        (State.ADOPTED, "coordinator", ["Forward it to the board"]),
        (State.NOT_ADOPTED, "coordinator", ["Repeat the vote or rework the text"]),
        (State.FORWARDED, "board_secretary", ["Take it up for review"]),
        (State.FORWARDED, "board_member", []),
        (State.FORWARDED, "coordinator", []),
        (State.BOARD_REVIEW, "board_member", ["Vote on the board"]),
        (State.BOARD_REVIEW, "board_secretary", ["Record the decision of the board"]),
        (State.BOARD_REVIEW, "former_board_member", []),
        (State.RETURNED, "coordinator", ["Rework what the board has returned"]),
        (State.CHANGES_PROPOSED, "coordinator", ["Answer the changes of the board"]),
        (State.ACCEPTED, "coordinator", ["Prepare the submission"]),
        (State.ACCEPTED, "board_secretary", []),
        (State.SUBMITTED, "coordinator", []),
        (State.ANSWERED, "coordinator", ["Record what became of each point"]),
        (State.EVALUATED, "coordinator", ["Close it with its result"]),
        (State.CLOSED, "coordinator", []),
        (State.PARKED, "coordinator", []),
        (State.WITHDRAWN, "coordinator", []),
        (State.CONSULTATION, "stranger", []),
        (State.BOARD_REVIEW, "staff", []),
    ],
)
def test_what_waits_for_whom(request, position_in, state, person, what):
    position_in(state)

    assert tasks(request.getfixturevalue(person)) == what


def test_a_library_that_has_commented_is_not_asked_again(way, representative, library):
    position = way.to(State.CONSULTATION)
    commenting.comment(version=position.current, by=representative, library=library, text="Good.")

    assert tasks(representative) == []


def test_a_vote_that_is_in_waits_for_nobody(way, representatives):
    way.vote(way.to(State.SECTION_VOTE), Choice.YES, None, None)

    assert [tasks(person) for person in representatives] == [
        [],
        ["Vote for Library 2"],
        ["Vote for Library 3"],
    ]


def test_a_prepared_submission_waits_for_a_second_person(
    way, coordinator, chair, board_secretary, board_chair, board_member
):
    way.prepare(way.to(State.ACCEPTED))

    confirm = ["Confirm the submission"]
    people = (coordinator, chair, board_secretary, board_chair, board_member)
    assert [tasks(person) for person in people] == [[], confirm, confirm, confirm, []]


def test_a_confirmed_submission_waits_to_be_sent(way, coordinator, board_secretary):
    way.move(way.prepare(way.to(State.ACCEPTED)), "confirm_submission", "chair")

    assert tasks(coordinator) == ["Send it, and record it as submitted"]
    assert tasks(board_secretary) == []


def test_an_answer_past_its_day_waits_for_the_coordinator(way, coordinator):
    sent = way.to(State.SUBMITTED).submission
    sent.due_on = clock.days_after(clock.today(), -1)
    sent.save()

    (task,) = waiting_for(coordinator)

    assert (str(task.what), task.is_overdue, task.tone) == (
        *("The answer is overdue: ask, or record it", True),
        "refused",
    )


def test_the_most_urgent_comes_first_and_the_undated_last(way, coordinator, representative):
    way.consolidate(way.to(State.CONSULTATION))
    comment, vote = way.to(State.CONSULTATION), way.to(State.SECTION_VOTE)

    first, second = waiting_for(representative)

    assert vote.section_ballot.closes_at < comment.comments_close_at
    assert (first.title, first.until) == (vote.title, vote.section_ballot.closes_at)
    assert second.until == comment.comments_close_at


def test_each_task_leads_to_where_it_is_done(way, representative, board_secretary):
    position = way.to(State.SECTION_VOTE)
    forwarded = way.to(State.FORWARDED)

    (vote,) = waiting_for(representative)
    (step,) = waiting_for(board_secretary)

    ballot = position.section_ballot
    assert vote.url == reverse("positions:vote", args=[position.reference, ballot.pk])
    assert step.url == reverse("positions:move", args=[forwarded.reference, "take_up"])


@pytest.mark.parametrize(
    ("state", "person"),
    [
        (State.DRAFT, "drafter"),
        (State.CONSULTATION, "representative"),
        (State.CONSOLIDATION, "coordinator"),
        (State.SECTION_VOTE, "representative"),
        (State.ADOPTED, "coordinator"),
        (State.FORWARDED, "board_secretary"),
        (State.BOARD_REVIEW, "board_member"),
        (State.CHANGES_PROPOSED, "coordinator"),
        (State.ACCEPTED, "coordinator"),
        (State.ANSWERED, "coordinator"),
        (State.EVALUATED, "coordinator"),
    ],
)
def test_the_button_of_each_task_opens_for_whose_task_it_is(request, way, state, person):
    way.to(state)
    person = request.getfixturevalue(person)
    (task,) = waiting_for(person)

    page = signed_in(person).get(task.url)

    assert (page.status_code, "<form" in page.content.decode().split("<main")[1]) == (200, True)


def test_staff_learn_how_much_waits_in_the_back_office(staff, library):
    MistakeReport.objects.create(library=library, text="The telephone is wrong.")

    (task,) = waiting_for(staff)

    assert (task.title, task.url) == ("1 matter waits in the back office", reverse("admin:index"))


def test_nothing_waits_in_an_empty_back_office(staff):
    assert tasks(staff) == []


def test_the_tasks_are_the_first_thing_after_signing_in(position_in, representative):
    position = position_in(State.CONSULTATION)

    text = signed_in(representative).get(reverse("home")).content.decode()

    assert "Waiting for you" in text
    assert reverse("positions:comment", args=[position.reference]) in text


def test_each_task_has_a_button_that_says_what_to_do_and_with_what(position_in, representative):
    position = position_in(State.CONSULTATION)
    address = reverse("positions:comment", args=[position.reference])

    page = signed_in(representative).get(reverse("home")).content.decode()

    (button,) = re.findall(rf'<a class="btn btn-primary"\s+href="{address}">(.+?)</a>', page)
    assert re.sub(r"<[^>]+>", "", button) == f"Comment for your library: {position.title}"


def test_with_nothing_to_do_the_page_says_what_would_be_here(stranger):
    assert "Nothing is waiting for you" in signed_in(stranger).get(reverse("home")).content.decode()


def test_the_tasks_of_a_stranger_cost_nothing_but_their_standing(
    stranger, django_assert_num_queries
):
    with django_assert_num_queries(2):  # mandates, offices
        assert waiting_for(stranger) == []


def test_a_draft_is_no_task_of_an_author_who_has_left_the_section(way, drafter):
    way.start()
    drafter.mandates.all().delete()

    assert tasks(Person.objects.get(pk=drafter.pk)) == []


def test_a_changed_text_waits_for_the_library_that_endorsed_it(
    way, coordinator, representative, deputy, other_representative, library
):
    position = way.to(State.CONSOLIDATION)
    endorsing.endorse(version=position.current, library=library, by=representative)
    before = [tasks(person) for person in (representative, deputy, other_representative)]

    rewrite(position, coordinator)

    after = [tasks(person) for person in (representative, deputy, other_representative)]
    confirm = ["Confirm the endorsement of your library"]
    assert (before, after) == ([[], [], []], [confirm, confirm, []])


def test_it_waits_no_longer_once_it_is_confirmed(way, coordinator, representative, library):
    position = way.to(State.CONSOLIDATION)
    endorsing.endorse(version=position.current, library=library, by=representative)
    position = rewrite(position, coordinator)

    endorsing.endorse(version=position.current, library=library, by=representative)

    assert tasks(representative) == []


def rewrite(position, by):
    return actions.save_draft(
        position=position,
        by=by,
        base=position.current.number,
        title=position.title,
        body="<p>Quite another text.</p>",
        points=[],
        addressee=position.addressee,
    )
