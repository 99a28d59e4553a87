"""What happened to what one follows, and since the last visit."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from core import audit, clock, notices
from iksz_portal import happenings
from members import visits
from members.models import Person
from members.news import EDIT
from positions import commenting, policy
from positions.choices import Audience, Choice, State
from positions.models import Position
from sections.models import SectionMembership
from sections.news import RECORD
from tests.cast import mandate, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def long_ago():
    return clock.now() - timedelta(days=1)


def followed_by(person):
    return [(line.what, line.title) for line in happenings.read(person, None).followed]


def since_for(person):
    return [line.what for line in happenings.read(person, long_ago()).since]


def test_whoever_follows_nothing_reads_nothing(way, stranger):
    way.to(State.SUBMITTED)

    assert happenings.read(stranger, long_ago()) == happenings.Happenings([], [])


def test_a_stranger_reads_the_steps_of_a_public_position_newest_first(way, stranger):
    position = way.to(State.ANSWERED)
    notices.follow(person=stranger, thing=position)

    told = [what for what, _title in followed_by(stranger)]

    assert told[:3] == [
        "The answer came",
        "It was submitted to the authority",
        "The board accepted it",
    ]
    assert "Version 1 was saved" not in told


def test_what_one_may_not_see_is_not_told(way, stranger, foreign_representative, section):
    position = way.to(State.CONSULTATION)
    for person in (stranger, foreign_representative):
        notices.follow(person=person, thing=position)
        notices.follow(person=person, thing=section)

    assert followed_by(stranger) == followed_by(foreign_representative) == []


def test_those_inside_read_of_new_versions_and_comments(way, rewrite, representative, library):
    position = way.to(State.CONSULTATION)
    drafter = way.cast("drafter")
    commenting.comment(version=position.current, by=drafter, text="Only us.", audience="drafters")
    comment = {"version": position.current, "by": drafter, "audience": Audience.SECTION}
    commenting.comment(**comment, text="All of us.")
    rewrite(way.consolidate(position))
    notices.follow(person=representative, thing=position)

    assert [what for what, _title in followed_by(representative)] == [
        "Version 2 was saved",
        "The comments were closed",
        "A comment was written",
        "It was opened for comments",
    ]


def test_a_followed_section_and_topic_lead_to_their_positions(way, representative, section):
    of_topic = way.start(title="By its topic", topics=["Opening hours"])
    way.consult(of_topic)
    notices.follow(person=representative, thing=of_topic.topics.get())
    by_topic = followed_by(representative)
    notices.follow(person=representative, thing=section)
    way.to(State.CONSULTATION)

    assert by_topic == [("It was opened for comments", "By its topic")]
    assert len(followed_by(representative)) == 2


def test_libraries_and_memberships_are_told(stranger, staff, section, libraries):
    membership = SectionMembership.objects.get(library=libraries[0])
    membership.ended_on = clock.today()
    membership.save()
    audit.record(thing=membership, action=RECORD, by=staff)
    audit.record(thing=libraries[1], action=EDIT, by=staff)
    notices.follow(person=stranger, thing=section)
    notices.follow(person=stranger, thing=libraries[1])

    (changed, title), (left, of) = followed_by(stranger)

    assert (changed, title, of) == ("Its profile has changed", "Library 2", str(section))
    assert left.startswith("Last day of Library 1 in the section: ")


def test_nothing_is_told_of_a_library_that_has_no_page_any_more(stranger, staff, libraries):
    for library in libraries[:2]:
        notices.follow(person=stranger, thing=library)
        audit.record(thing=library, action=EDIT, by=staff)
    before = len(followed_by(stranger))
    for library in libraries[:2]:
        library.memberships.all().delete()
    libraries[1].delete()

    assert (before, followed_by(stranger)) == (2, [])
    assert signed_in(stranger).get(reverse("home")).status_code == 200


def test_since_the_last_visit_is_told_of_the_readers_own_sections(
    way, representative, foreign_representative, board_member
):
    way.to(State.FORWARDED)

    assert since_for(representative)[0] == "It was forwarded to the board"
    assert since_for(foreign_representative) == []
    assert since_for(board_member)[0] == "It was forwarded to the board"
    assert happenings.read(representative, clock.now()).since == []


def test_what_happened_since_the_last_visit_is_told_once(way, representative, section):
    way.to(State.FORWARDED)
    notices.follow(person=representative, thing=section)

    before = happenings.read(representative, clock.now())
    after = happenings.read(representative, long_ago())
    client = signed_in(representative)
    Person.objects.filter(pk=representative.pk).update(here_at=long_ago(), before_at=None)
    page = client.get(reverse("home")).content.decode()

    assert (len(before.followed), before.since, before.is_all_new) == (len(after.since), [], False)
    assert (after.followed, after.is_all_new) == ([], True)
    assert "The newest on what you follow stands under “Since your last visit”." in page


def test_nobody_reads_of_their_own_acts(way, coordinator):
    way.to(State.CONSULTATION)

    assert "It was opened for comments" not in since_for(coordinator)


def test_the_day_a_mandate_ends_nothing_inside_is_told(way, representative):
    position = way.to(State.CONSULTATION)
    notices.follow(person=representative, thing=position)
    representative.mandates.update(ended_on=clock.today() - timedelta(days=1))
    person = Person.objects.get(pk=representative.pk)

    assert (followed_by(person), since_for(person)) == ([], [])


@pytest.mark.parametrize(
    "name", ["visitor", "stranger", "representative", "drafter", "board_member", "staff"]
)
def test_the_queryset_of_what_is_read_inside_agrees_with_the_policy(request, way, name):
    for state in (State.DRAFT, State.CONSULTATION, State.FORWARDED, State.SUBMITTED):
        way.to(state)
    person = request.getfixturevalue(name)
    visible = Position.objects.visible_to(person)

    inside = {position.pk for position in visible if policy.sees_inside(person, position)}

    assert set(Position.objects.inside_of(person).values_list("pk", flat=True)) == inside


# Visits ----------------------------------------------------------------------------------------


def test_a_visit_is_written_down_at_most_once_an_hour(stranger, django_assert_num_queries):
    with time_machine.travel(clock.now(), tick=False) as time:
        came = clock.now()
        first = visits.since_last(stranger)
        time.shift(timedelta(minutes=59))
        with django_assert_num_queries(0):
            meanwhile = visits.since_last(stranger)
        time.shift(timedelta(days=2))
        with django_assert_num_queries(1):
            later = visits.since_last(stranger)
        again = visits.since_last(Person.objects.get(pk=stranger.pk))

    assert (first, meanwhile, later, again) == (None, None, came, came)


def test_a_visit_leaves_no_copy_in_the_history(stranger):
    before = stranger.history.count()
    visits.since_last(stranger)

    assert stranger.history.count() == before


# The page --------------------------------------------------------------------------------------


def test_the_first_page_says_what_would_be_here(stranger):
    text = signed_in(stranger).get(reverse("home")).content.decode()

    assert "The newest on what you follow appears here." in text
    assert "This is your first visit." in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_asks_the_same_however_much_there_is(
    way, coordinator, section, libraries, staff, django_assert_num_queries, count
):
    """For the busiest: a coordinator who represents a library and is the board's secretary."""
    mandate(coordinator, "board_secretary")
    mandate(coordinator, "representative", libraries[0])
    notices.follow(person=coordinator, thing=section)
    Person.objects.filter(pk=coordinator.pk).update(here_at=long_ago())
    for _each in range(count):
        way.to(State.DRAFT)
        position = way.to(State.BOARD_REVIEW)
        way.vote(position, Choice.YES, None, None, ballot="board_ballot")
        audit.record(thing=libraries[0], action=EDIT, by=staff)
        notices.follow(person=coordinator, thing=position)
    notices.follow(person=coordinator, thing=libraries[0])
    client = signed_in(coordinator)
    client.get(reverse("home"))

    # session, person, second factor, mandates, places in sections; consultations, what is owed,
    # votes, steps; what happened, the newest positions; figures
    with django_assert_num_queries(12):
        client.get(reverse("home"))
