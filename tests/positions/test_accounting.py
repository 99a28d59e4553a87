"""What authorities did with what was submitted, counted over what is public, by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core import audit, clock
from core.models import AuditHead
from members.models import Authority
from positions import actions, policy, recounting
from positions.choices import Action, AnswerClass, PointResult, State
from positions.models import AuthorityFigures, LawProfile, Position, Recount

pytestmark = pytest.mark.django_db

COLUMNS = ("in_time", "late", "unbound", "overdue", "pending", "set_aside")
RESULTS = ("accepted", "partly", "rejected", "no_answer", "enacted")


@pytest.fixture
def ministry(authority):
    return authority


@pytest.fixture
def submitted(way):
    """`submitted(ago, due_in, answered_after)`: days; None: no deadline, no answer."""

    def submit(ago, due_in=None, answered_after=None, addressee=None):
        position = way.to(State.SUBMITTED)
        sent = position.submission
        sent.sent_on = clock.days_after(clock.today(), -ago)
        sent.due_on = due_in and clock.days_after(sent.sent_on, due_in)
        sent.addressee = addressee or sent.addressee
        sent.save()
        if answered_after is not None:
            day = clock.days_after(sent.sent_on, answered_after)
            facts = {"received_on": day, "text": "We have read it."}
            way.move(position, Action.RECORD_ANSWER, classified=AnswerClass.PARTLY, **facts)
        return Position.objects.get(pk=position.pk)

    return submit


def counted(columns=COLUMNS, *, authority=None, year=0):
    recounting.recount()
    row = AuthorityFigures.objects.get(authority=authority, year=year)
    return tuple(getattr(row, column) for column in columns)


def test_how_each_submission_ended(submitted):
    submitted(40, due_in=30, answered_after=30)  # on the last day: in time
    submitted(40, due_in=30, answered_after=31)
    submitted(40, answered_after=5)  # bound by no deadline
    submitted(40, due_in=30)  # overdue for ten days
    submitted(30, due_in=30)  # its last day is today
    submitted(5)

    assert counted() == (1, 1, 1, 1, 2, 0)


def test_the_median_of_the_days_to_an_answer(submitted):
    submitted(40, due_in=30, answered_after=10)
    submitted(40, due_in=30, answered_after=3)
    submitted(40, due_in=30, answered_after=31)
    assert counted(["median_days"]) == (Decimal(10),)

    submitted(40, answered_after=15)
    assert counted(["median_days"]) == (Decimal("12.5"),)


def test_without_an_answer_there_is_no_median(submitted):
    submitted(40, due_in=30)

    assert counted(["median_days"]) == (None,)


def test_an_interim_answer_does_not_stop_the_clock(way, submitted):
    position = submitted(40, due_in=30)
    facts = {"received_on": clock.today(), "text": "We are looking into it."}
    way.move(position, Action.RECORD_INTERIM_ANSWER, **facts)

    assert counted(["overdue", "median_days"]) == (1, None)


def test_an_extension_counts(way):
    profile = LawProfile.objects.create(
        kind="answer", name_hu="15 + 15", days=15, extension_days=15, source="A statute"
    )
    position = way.prepare(way.to(State.ACCEPTED))
    position.submission.law_profile = profile
    position.submission.save()
    position = way.move(position, Action.CONFIRM_SUBMISSION, "chair")
    position = way.move(position, Action.SUBMIT, sent_on=clock.today(), file_number="M/1")
    later = clock.now() + timedelta(days=25)
    with clock.at(later):
        assert counted(["overdue", "pending"]) == (1, 0)
        facts = {"received_on": clock.today(), "text": "We need longer.", "extends": True}
        way.move(position, Action.RECORD_INTERIM_ANSWER, **facts)
        assert counted(["overdue", "pending"]) == (0, 1)


def test_what_was_superseded_without_an_answer_is_neither_overdue_nor_waiting(way, submitted):
    position = submitted(40, due_in=30)
    way.supersede(position)

    assert counted() == (0, 0, 0, 0, 0, 1)


def test_what_was_superseded_after_its_answer_stays_answered(way, submitted):
    way.supersede(submitted(40, due_in=30, answered_after=3))

    assert counted() == (1, 0, 0, 0, 0, 0)


def test_nothing_counts_that_is_not_public(way):
    way.to(State.ACCEPTED)
    way.prepare(way.to(State.ACCEPTED))

    recounting.recount()
    assert AuthorityFigures.objects.count() == 0


def test_each_authority_and_each_year_is_counted_by_itself(submitted, ministry):
    town = Authority.objects.create(name_hu="Mintaváros", kind="municipal")
    with clock.at(clock.end_of_day(clock.today().replace(month=6, day=15))):
        year = clock.today().year
        submitted(10, due_in=30, answered_after=3)
        submitted(400, due_in=30, addressee=town)
        submitted(5, addressee=town)

        assert counted(authority=ministry) == (1, 0, 0, 0, 0, 0)
        assert counted(authority=town) == (0, 0, 0, 1, 1, 0)
        assert counted(authority=town, year=year) == (0, 0, 0, 0, 1, 0)
        assert counted(year=year) == (1, 0, 0, 0, 1, 0)
        assert counted() == (1, 0, 0, 1, 1, 0)
    assert AuthorityFigures.objects.count() == 2 + 3 + 3


def test_points_count_once_their_evaluation_is_concluded(way):
    position = way.to(State.ANSWERED)
    results = (PointResult.PARTLY, PointResult.ENACTED)
    for point, result in zip(position.current.points.all(), results, strict=True):
        actions.record_outcome(point=point, by=way.cast("coordinator"), result=result)
    assert counted(["points", *RESULTS]) == (2, 0, 0, 0, 0, 0)

    way.move(position, Action.EVALUATE)
    assert counted(["points", *RESULTS]) == (2, 0, 1, 0, 0, 1)


def test_points_of_an_evaluation_that_was_never_concluded_do_not_count(way):
    position = way.to(State.ANSWERED)
    for point in position.current.points.all():
        actions.record_outcome(point=point, by=way.cast("coordinator"), result=PointResult.ACCEPTED)

    superseded = way.supersede(position)

    assert counted(["points", *RESULTS]) == (2, 0, 0, 0, 0, 0)
    assert not policy.outcomes_are_told(superseded, inside=False)


# When it is counted ----------------------------------------------------------------------------


def test_it_is_counted_again_only_when_something_was_recorded(way, submitted):
    assert [recounting.recount_if_changed(), recounting.recount_if_changed()] == [1, 0]

    submitted(3)
    with clock.at(clock.now() + recounting.APART):
        assert [recounting.recount_if_changed(), recounting.recount_if_changed()] == [1, 0]

    assert AuthorityFigures.objects.of_everybody().of_all_years().get().pending == 1


def test_many_acts_are_counted_once_in_five_minutes_and_the_last_of_them_is_not_missed(
    submitted, time_machine
):
    time_machine.move_to(datetime(2026, 11, 20, 10, tzinfo=UTC), tick=False)
    counts = [recounting.recount_if_changed()]
    for _minute in range(11):
        submitted(3)
        time_machine.shift(60)
        counts.append(recounting.recount_if_changed())
    time_machine.shift(300)
    counts += [recounting.recount_if_changed(), recounting.recount_if_changed()]

    assert counts == [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0]
    assert AuthorityFigures.objects.of_everybody().of_all_years().get().pending == 11


def test_a_clock_that_was_set_back_stops_no_count(submitted):
    with clock.at(clock.now() + timedelta(days=2)):
        recounting.recount_if_changed()

    assert recounting.recount_if_changed() == 1


def test_a_new_day_is_counted_though_nothing_happened(submitted):
    submitted(30, due_in=30)
    recounting.recount_if_changed()

    with clock.at(clock.now() + timedelta(days=1)):
        assert recounting.recount_if_changed() == 1
        assert counted() == (0, 0, 0, 1, 0, 0)


def test_an_older_count_never_replaces_a_newer_one(submitted):
    submitted(3)
    recounting.recount()
    ahead = AuditHead.objects.get().seq + 500
    Recount.objects.update(seq=ahead)
    submitted(3)

    recounting.recount()

    assert Recount.objects.get().seq == ahead
    assert AuthorityFigures.objects.of_everybody().of_all_years().get().pending == 1


def test_counting_is_no_act(submitted):
    submitted(3)
    before = AuditHead.objects.get().seq

    recounting.recount()

    assert (AuditHead.objects.get().seq, audit.faults()) == (before, [])
