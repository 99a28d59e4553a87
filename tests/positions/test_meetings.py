from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from core import clock
from core.models import Mail
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from positions import actions, agendas, meetings
from positions.choices import Action, Choice, MeetingAction, MeetingState, Presence, State
from positions.meeting_words import words_of
from positions.meetings import Came
from positions.models import Meeting
from sections.choices import Quorum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def agenda_of(meeting):
    return [item.name for item in Meeting.objects.get(pk=meeting.pk).items]


# Planning ----------------------------------------------------------------------------------


def test_meetings_are_numbered_in_the_year_in_which_they_are_held(sitting):
    with clock.at(datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("UTC"))):
        numbers = [
            sitting.plan(starts_at=clock.now() + timedelta(days=days)).reference
            for days in (1, 2, 40)
        ]

    assert numbers == ["1/2026", "2/2026", "1/2027"]


def test_a_meeting_before_all_calendars_is_refused_beside_the_day(client_of, board_secretary):
    sent = {"day": "0001-01-01", "hour": "00:30", "place": "Reading room"}

    response = client_of(board_secretary).post(reverse("positions:plan_meeting"), sent)

    assert response.context["form"].errors["day"] == ["This day has passed: choose a later one."]


@pytest.mark.parametrize("day", ["9999-12-31", "2100-01-01"])
def test_a_meeting_is_not_planned_in_a_far_year(client_of, board_secretary, day):
    sent = {"day": day, "hour": "10:00", "place": "Reading room"}

    form = client_of(board_secretary).post(reverse("positions:plan_meeting"), sent).context["form"]

    told = "A meeting is planned two years ahead at most: choose an earlier day."
    assert form.errors["day"] == [told]
    assert form["place"].value() == "Reading room"
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("name", ["board_member", "staff", "coordinator", "stranger"])
def test_only_the_secretary_and_the_chair_plan_meetings(request, sitting, name):
    request.getfixturevalue(name)

    with pytest.raises(NotAllowed):
        sitting.plan(by=name)


def test_a_meeting_lies_ahead(sitting):
    with pytest.raises(SomethingMissing) as refused:
        sitting.plan(starts_at=clock.now() - timedelta(minutes=1))

    assert refused.value.field == "hour"


def test_items_come_from_the_queue_and_from_elsewhere(sitting):
    meeting = sitting.plan()
    sitting.add_position(meeting, State.FORWARDED)
    sitting.add(meeting, "Other business")

    assert agenda_of(meeting) == ["On the opening hours", "Other business"]


def test_what_does_not_wait_for_the_board_is_not_put_on_the_agenda(sitting):
    with pytest.raises(Overtaken):
        sitting.add_position(sitting.plan(), State.ADOPTED)


def test_a_position_stands_on_an_agenda_once(sitting):
    meeting = sitting.plan()
    item = sitting.add_position(meeting)

    with pytest.raises(SomethingMissing) as refused:
        sitting.add_position(meeting, position=item.position)

    assert refused.value.field == "position"


@pytest.mark.parametrize(
    ("item", "up", "order"),
    [
        (0, True, ["a", "b", "c"]),
        (0, False, ["b", "a", "c"]),
        (2, True, ["a", "c", "b"]),
        (2, False, ["a", "b", "c"]),
    ],
)
def test_an_item_is_moved_up_and_down(sitting, board_secretary, item, up, order):
    meeting = sitting.plan()
    items = [sitting.add(meeting, title) for title in "abc"]

    agendas.move_item(item=items[item], by=board_secretary, seen=3, up=up)

    assert agenda_of(meeting) == order


def test_what_is_added_after_the_invitations_is_marked(sitting):
    meeting = sitting.plan()
    sitting.add(meeting, "early")
    sitting.move(meeting, MeetingAction.CONVENE)
    sitting.add(meeting, "late")

    marked = {item.name: item.is_late for item in Meeting.objects.get(pk=meeting.pk).items}
    assert marked == {"early": False, "late": True}


def test_what_was_announced_stays_on_the_agenda(sitting, board_secretary):
    meeting = sitting.plan()
    first, second = sitting.add(meeting, "a"), sitting.add(meeting, "b")
    agendas.remove_item(item=first, by=board_secretary, seen=2)
    sitting.move(meeting, MeetingAction.CONVENE)

    with pytest.raises(Overtaken):
        agendas.remove_item(item=second, by=board_secretary, seen=4)

    assert agenda_of(meeting) == ["b"]


def test_of_two_who_change_the_agenda_at_once_the_second_is_told(sitting, board_secretary):
    meeting = sitting.plan()
    first, second = sitting.add(meeting, "a"), sitting.add(meeting, "b")
    agendas.move_item(item=first, by=board_secretary, seen=2, up=False)

    with pytest.raises(Overtaken):
        agendas.move_item(item=second, by=board_secretary, seen=2, up=True)

    assert agenda_of(meeting) == ["b", "a"]


def test_a_meeting_stays_in_the_year_of_its_number(sitting):
    with clock.at(datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("UTC"))):
        meeting = sitting.plan(starts_at=clock.now() + timedelta(days=1))
        later = {"starts_at": clock.now() + timedelta(days=60), "place": "Here"}

        with pytest.raises(SomethingMissing) as refused:
            sitting.move(meeting, MeetingAction.CHANGE, **later)

    assert refused.value.field == "day"


# Letters -----------------------------------------------------------------------------------


def letters(kind="positions.meeting"):
    return sorted(Mail.objects.filter(kind=kind).values_list("to__name", flat=True))


def test_convening_invites_the_board_but_whoever_convenes(sitting, stranger):
    sitting.to(MeetingState.CONVENED)

    assert letters() == ["Board.Chair", "Board.Member", "Board.Second"]


def test_what_is_only_planned_is_changed_and_cancelled_quietly(sitting):
    meeting = sitting.plan()
    moved = {"starts_at": clock.now() + timedelta(hours=1), "place": "Here"}
    sitting.move(meeting, MeetingAction.CHANGE, **moved)
    sitting.move(meeting, MeetingAction.CANCEL, note="Nobody can come.")

    assert letters() == []


def test_the_authenticators_are_written_to(sitting):
    sitting.to(MeetingState.DRAFTED)

    assert letters("positions.minutes") == ["Board.Member", "Board.Second"]


# In session --------------------------------------------------------------------------------


def test_the_electorate_is_the_board_of_the_day_on_which_the_session_opens(
    sitting, board, former_board_member, future_board_member
):
    meeting = sitting.to(MeetingState.IN_SESSION)

    found = {each.person: each.presence for each in meeting.members}
    assert found == dict.fromkeys(board, Presence.ABSENT)


def test_a_session_opens_on_its_day(sitting):
    meeting = sitting.plan(starts_at=clock.now() + timedelta(days=2))
    sitting.add(meeting)
    sitting.move(meeting, MeetingAction.CONVENE)

    with pytest.raises(SomethingMissing) as refused:
        sitting.open(meeting)

    assert refused.value.sentences == ["The day of the meeting has not come yet."]


@pytest.mark.parametrize("name", ["first_authenticator", "second_authenticator"])
def test_three_different_people_sign(sitting, board, name):
    meeting = sitting.to(MeetingState.CONVENED)
    signers = sitting.signers() | {name: sitting.signers()["minute_taker"]}

    with pytest.raises(SomethingMissing) as refused:
        sitting.move(meeting, MeetingAction.OPEN, presided_by=board[0], **signers)

    assert refused.value.field == name


def test_who_signs_is_of_the_board_or_of_the_staff(sitting, board, staff, coordinator):
    meeting = sitting.to(MeetingState.CONVENED)
    signers = sitting.signers() | {"first_authenticator": staff}

    with pytest.raises(SomethingMissing) as refused:
        sitting.move(
            meeting,
            MeetingAction.OPEN,
            presided_by=board[0],
            **signers | {"minute_taker": coordinator},
        )
    meeting = sitting.move(meeting, MeetingAction.OPEN, presided_by=board[0], **signers)

    assert (refused.value.field, meeting.first_authenticator) == ("minute_taker", staff)


@pytest.mark.parametrize(("present", "quorate"), [(0, False), (1, False), (2, True), (3, True)])
def test_the_quorum_is_more_than_half_of_the_members(sitting, present, quorate):
    meeting = sitting.came(sitting.to(MeetingState.IN_SESSION), present)

    assert (meeting.quorum_needed, meeting.is_quorate()) == (2, quorate)


def test_the_quorum_of_an_item_knows_who_came_late_and_who_left(sitting):
    meeting = sitting.to(MeetingState.IN_SESSION)
    sitting.add(meeting, "Second")
    first, second = Meeting.objects.get(pk=meeting.pk).items
    late = Came(Presence.PRESENT, arrived_for=second)
    gone = Came(Presence.PRESENT, left_after=first)

    meeting = sitting.came(meeting, 1, _1=late, _2=gone)

    first, second = meeting.items
    there = [[each.person.name for each in meeting.present_at(item)] for item in (first, second)]
    assert there == [["Board.Chair", "Board.Second"], ["Board.Chair", "Board.Member"]]


def test_nobody_leaves_before_they_arrive(sitting):
    meeting = sitting.to(MeetingState.IN_SESSION)
    sitting.add(meeting, "Second")
    first, second = Meeting.objects.get(pk=meeting.pk).items

    with pytest.raises(SomethingMissing):
        sitting.came(meeting, _1=Came(Presence.PRESENT, arrived_for=second, left_after=first))


def test_of_two_lists_of_attendance_the_second_is_refused(sitting, board_secretary):
    meeting = sitting.to(MeetingState.IN_SESSION)
    sitting.came(meeting, 3)

    with pytest.raises(Overtaken):
        meetings.record_attendance(meeting=meeting, by=board_secretary, seen=meeting.step, came={})


# Not quorate, and repeated -----------------------------------------------------------------


def repeated(sitting, meeting):
    place = {"starts_at": clock.now() + timedelta(minutes=1), "place": "Reading room"}
    sitting.move(meeting, MeetingAction.REPEAT, **place)
    return Meeting.objects.get(repeats=meeting)


def test_the_repeated_meeting_has_the_agenda_of_the_first_and_needs_one_member(sitting):
    first = sitting.to(MeetingState.NOT_QUORATE)

    second = repeated(sitting, first)

    assert agenda_of(second) == agenda_of(first)
    assert (second.quorum, second.is_repeat) == (Quorum.ANY, True)
    second = sitting.open(sitting.move(second, MeetingAction.CONVENE))
    assert sitting.came(second, 1).is_quorate() is True
    assert sitting.came(second, 0).is_quorate() is False


def test_nothing_is_added_to_a_repeated_meeting(sitting):
    second = repeated(sitting, sitting.to(MeetingState.NOT_QUORATE))

    with pytest.raises(Overtaken):
        sitting.add(second)


def test_a_meeting_is_repeated_once_and_its_repetition_never(sitting):
    first = sitting.to(MeetingState.NOT_QUORATE)
    second = repeated(sitting, first)
    second = sitting.open(sitting.move(second, MeetingAction.CONVENE))
    second = sitting.move(second, MeetingAction.FIND_NOT_QUORATE)

    said = []
    for meeting in (first, second):
        with pytest.raises(SomethingMissing) as refused:
            repeated(sitting, meeting)
        said += refused.value.sentences

    assert said == [
        "The repeated meeting has been called already.",
        "A repeated meeting is not repeated again: plan a new one.",
    ]


def test_what_was_decided_meanwhile_is_not_on_the_repeated_agenda(sitting, way):
    first = sitting.plan()
    item = sitting.add_position(first)
    sitting.add(first, "The rest")
    first = sitting.open(sitting.move(first, MeetingAction.CONVENE))
    way.accept(item.position)
    first = sitting.move(first, MeetingAction.FIND_NOT_QUORATE)

    assert agenda_of(repeated(sitting, first)) == ["The rest"]


# The clock ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hour", "refused"),
    [
        (date(2026, 10, 25), (2, 30), clock.TwiceThatTime),
        (date(2027, 3, 28), (2, 30), clock.NoSuchTime),
        (date(2026, 10, 25), (1, 59), None),
        (date(2026, 10, 25), (3, 0), None),
        (date(2027, 3, 28), (1, 59), None),
        (date(2027, 3, 28), (3, 0), None),
    ],
)
def test_O_044_times_that_clocks_do_not_show_or_show_twice_are_refused(day, hour, refused):
    asked = datetime(day.year, day.month, day.day, *hour).time()

    try:
        moment, error = clock.at_clock(day, asked), None
    except ValueError as raised:
        moment, error = None, type(raised)

    assert error == refused
    if moment:
        local = moment.astimezone(ZoneInfo("UTC")).astimezone(clock.ZONE)
        assert (local.date(), local.time()) == (day, asked)


def test_what_was_resolved_is_told_as_it_was_when_the_position_has_another_title(sitting, way):
    meeting = sitting.plan()
    item = sitting.add_position(meeting)
    sitting.open(sitting.move(meeting, MeetingAction.CONVENE))
    sitting.came(meeting)
    sitting.vote(item, Choice.NO_OBJECTION, Choice.NO_OBJECTION, Choice.NO_OBJECTION)
    returned = way.move(item.position, Action.RETURN, "board_secretary", note="Too long.")
    reworked = way.move(returned, Action.REWORK)
    before = words_now(meeting)

    saved = actions.save_draft(
        position=reworked,
        by=way.cast("coordinator"),
        base=reworked.current.number,
        title="On something else",
        body="<p>Quite another text.</p>",
        points=[],
        addressee=reworked.addressee,
    )

    assert saved.title == "On something else"
    assert words_now(meeting) == before
    assert "On the opening hours" in before


def words_now(meeting):
    [item] = Meeting.objects.get(pk=meeting.pk).items
    return words_of(item.resolutions.all()[0])
