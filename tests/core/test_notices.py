"""The pace at which letters come, following, and leaving."""

from datetime import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from core import clock, leaving, notices
from core.models import Follow, NoticeChoice
from core.notices import CHOSEN, Group, Pace
from tests.people import a_person

pytestmark = pytest.mark.django_db


def at(*when):
    return datetime(*when, tzinfo=clock.ZONE)


@pytest.fixture
def anna():
    return a_person()


@pytest.mark.parametrize(
    ("pace", "now", "following", "before"),
    [
        (Pace.DAILY, (2026, 11, 20, 6, 59), (2026, 11, 20, 7), (2026, 11, 19, 7)),
        (Pace.DAILY, (2026, 11, 20, 7, 0), (2026, 11, 21, 7), (2026, 11, 20, 7)),
        (Pace.DAILY, (2026, 12, 31, 23, 30), (2027, 1, 1, 7), (2026, 12, 31, 7)),
        (Pace.WEEKLY, (2026, 11, 20, 12, 0), (2026, 11, 23, 7), (2026, 11, 16, 7)),
        (Pace.WEEKLY, (2026, 11, 23, 6, 0), (2026, 11, 23, 7), (2026, 11, 16, 7)),
        (Pace.WEEKLY, (2026, 11, 23, 7, 0), (2026, 11, 30, 7), (2026, 11, 23, 7)),
        # The clocks are put back on 25 October 2026 and forward on 28 March 2027.
        (Pace.DAILY, (2026, 10, 24, 8, 0), (2026, 10, 25, 7), (2026, 10, 24, 7)),
        (Pace.DAILY, (2027, 3, 27, 8, 0), (2027, 3, 28, 7), (2027, 3, 27, 7)),
    ],
)
def test_digests_go_in_the_morning_of_budapest(pace, now, following, before):
    assert notices.next_morning(pace, at(*now)) == at(*following)
    assert notices.last_morning(pace, at(*now)) == at(*before)


def test_without_a_choice_all_comes_at_once_but_what_one_follows(anna):
    assert notices.paces_of(anna) == {
        Group.TASKS: Pace.AT_ONCE,
        Group.DEADLINES: Pace.AT_ONCE,
        Group.COMMENTS: Pace.AT_ONCE,
        Group.FOLLOWED: Pace.DAILY,
        Group.SEARCHES: Pace.AT_ONCE,
        Group.ACCOUNT: Pace.AT_ONCE,
    }


def test_mail_about_the_account_has_no_other_pace(anna):
    NoticeChoice.objects.create(person=anna, group=Group.ACCOUNT, pace=Pace.OFF)

    assert notices.pace_of(anna, Group.ACCOUNT) == Pace.AT_ONCE


def test_a_choice_is_made_once_for_each_group(anna):
    for pace in (Pace.WEEKLY, Pace.OFF):
        notices.choose(person=anna, group=Group.COMMENTS, pace=pace)

    assert [str(choice) for choice in anna.notice_choices.all()] == [
        f"{Group.COMMENTS.label}: {Pace.OFF.label}"
    ]


def test_a_thing_is_followed_once(anna):
    first, second = (notices.follow(person=anna, thing=anna) for _turn in range(2))

    assert (first, Follow.objects.count()) == (second, 1)


def test_the_database_itself_keeps_it_to_once(anna):
    kind = ContentType.objects.get_for_model(anna)
    notices.follow(person=anna, thing=anna)

    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(person=anna, content_type=kind, object_id=anna.pk)


def test_who_followed_what_goes_follows_what_stays(anna):
    gone, kept, other = (
        a_person("gone@example.org"),
        a_person("kept@example.org"),
        a_person("other@example.org"),
    )
    notices.follow(person=anna, thing=gone)
    for person in (anna, other):
        notices.follow(person=person, thing=kept)
    notices.follow(person=kept, thing=gone)

    notices.move_followers(gone=gone, kept=kept)

    follows = Follow.objects.order_by("person").values_list("person", "object_id")
    assert list(follows) == [(pk, kept.pk) for pk in sorted([anna.pk, kept.pk, other.pk])]


def test_followers_are_counted_once_and_without_closed_accounts(anna):
    thing, other, closed = (
        a_person("thing@example.org"),
        a_person("other@example.org"),
        a_person("closed@example.org", is_active=False),
    )
    for person in (anna, closed):
        notices.follow(person=person, thing=thing)
    notices.follow(person=anna, thing=other)
    notices.follow(person=other, thing=other)

    assert notices.followers_of([thing, other]) == 2
    assert notices.followers_of([thing, other], by=closed, besides=[other]) == 1


# Leaving ---------------------------------------------------------------------------------------


def token_for(person, what):
    return leaving.path(person, what).rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize("group", CHOSEN)
def test_an_address_lets_its_reader_leave_one_group(anna, group):
    found = leaving.read(token_for(anna, group))

    assert (found.person, leaving.leave(found)) == (anna, [group])
    paces = notices.paces_of(anna)
    assert [each for each in CHOSEN if paces[each] == Pace.OFF] == [group]


def test_the_address_of_a_digest_leaves_all_that_comes_in_it(anna):
    notices.choose(person=anna, group=Group.COMMENTS, pace=Pace.WEEKLY)
    notices.choose(person=anna, group=Group.TASKS, pace=Pace.WEEKLY)
    found = leaving.read(token_for(anna, Pace.WEEKLY))

    left = leaving.leave(found)
    leaving.come_back(found, left)

    paces = notices.paces_of(anna)
    assert left == [Group.TASKS, Group.COMMENTS]
    assert [paces[group] for group in left] == [Pace.WEEKLY, Pace.WEEKLY]


def test_there_is_a_way_back_to_how_it_was_usual(anna):
    found = leaving.read(token_for(anna, Group.FOLLOWED))
    leaving.come_back(found, leaving.leave(found))

    assert notices.pace_of(anna, Group.FOLLOWED) == Pace.DAILY


def test_an_address_that_nobody_was_sent_opens_nothing(anna):
    token = token_for(anna, Group.FOLLOWED)
    account, another = token_for(anna, Group.ACCOUNT), token.replace("followed", "tasks")
    forged = (token[:-1], f"{anna.pk}.followed", "x" * 500, another, account)

    assert [leaving.read(each) for each in forged] == [None] * 5


def test_the_address_of_a_closed_account_opens_nothing(anna):
    token = token_for(anna, Group.FOLLOWED)
    anna.is_active = False
    anna.save()

    assert leaving.read(token) is None
