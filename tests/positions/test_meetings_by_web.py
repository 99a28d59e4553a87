from datetime import datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from core import audit, clock
from core.models import Mail
from positions.choices import Choice, MeetingState, State
from positions.models import BoardDecision, Meeting, Position
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def at(meeting, name="meeting", *args):
    return reverse(f"positions:{name}", args=[meeting.year, meeting.number, *args])


def post(client, meeting, name, *args, **sent):
    meeting.refresh_from_db()
    return client.post(at(meeting, name, *args), {"seen": meeting.step, **sent})


@pytest.mark.parametrize(
    ("day", "hour", "told"),
    [
        ("2026-10-25", "02:30", "This time comes twice"),
        ("2027-03-28", "02:30", "This time does not exist"),
    ],
)
def test_O_044_the_form_says_why_a_time_is_refused(board_secretary, day, hour, told):
    with clock.at(datetime(2026, 10, 1, 9, tzinfo=ZoneInfo("UTC"))):
        response = signed_in(board_secretary).post(
            reverse("positions:plan_meeting"), {"day": day, "hour": hour, "place": "Here"}
        )

    assert response.context["form"].errors["hour"][0].startswith(told)
    assert response.context["form"]["place"].value() == "Here"
    assert not Meeting.objects.exists()


def test_a_meeting_from_its_plan_to_its_end(way, board, board_secretary):
    """All of it by the forms of the pages, as the secretary sends them."""
    position = way.to(State.FORWARDED)
    client = signed_in(board_secretary)
    today = clock.today().isoformat()
    client.post(
        reverse("positions:plan_meeting"), {"day": today, "hour": "23:59", "place": "Reading room"}
    )
    meeting = Meeting.objects.get()
    post(client, meeting, "agenda", position=position.pk)
    post(client, meeting, "agenda", title="On the budget", presenter="The chair")
    item, matter = meeting.agenda.order_by("place")
    post(client, meeting, "meeting_step", "convene")
    people = dict(zip(("first_authenticator", "second_authenticator"), board[1:], strict=True))
    people |= {"presided_by": board[0], "minute_taker": board_secretary}
    keys = {name: person.pk for name, person in people.items()}
    post(client, meeting, "meeting_step", "open", **keys)
    came = {f"presence_{person.pk}": "present" for person in board}
    post(client, meeting, "attendance", guests="A guest", **came)
    choices = {f"choice_{person.pk}": Choice.YES for person in board}
    led_to = post(client, meeting, "table_vote", item.pk, **choices)
    position.refresh_from_db()
    reasons = {"seen": position.step, "note": "Yes.", "decided_on": today}
    client.post(reverse("positions:move", args=[position.reference, "accept"]), reasons)
    votes = {"votes_for": 2, "votes_against": 1, "votes_abstained": 0, "votes_apart": 0}
    words = {"subject": "The budget", "words": "It is adopted."}
    post(client, meeting, "resolve_item", matter.pk, **words, **votes)
    client.post(at(meeting, "note", matter.pk), {"base": 0, "note": "All spoke."})
    post(client, meeting, "meeting_step", "end")
    post(client, meeting, "meeting_step", "present")

    meeting.refresh_from_db()
    assert led_to["Location"] == position.get_absolute_url()
    assert Position.objects.get(pk=position.pk).status == State.ACCEPTED
    assert meeting.status == MeetingState.DRAFTED
    assert [each.title for each in BoardDecision.objects.order_by("number")] == [
        position.title,
        "The budget",
    ]


def test_a_resolution_is_counted_by_whoever_records_it(sitting, board_secretary):
    meeting = sitting.to(MeetingState.IN_SESSION)
    meeting = sitting.came(meeting)
    item, client = meeting.agenda.get(), signed_in(board_secretary)
    form = client.get(at(meeting, "resolve_item", item.pk)).context["form"]

    answer = post(client, meeting, "resolve_item", item.pk, subject="It", words="It is adopted.")

    counted = ["votes_for", "votes_against", "votes_abstained", "votes_apart"]
    assert [form[name].value() for name in [*counted, "goes_public"]] == [None] * 5
    assert list(answer.context["form"].errors) == counted
    assert not BoardDecision.objects.exists()


def test_authenticating_by_the_page(sitting, board):
    meeting = sitting.to(MeetingState.DRAFTED)
    client = signed_in(board[1])
    form = client.get(at(meeting, "meeting_step", "authenticate")).context["form"]
    fingerprint = form["fingerprint"].value()

    unread = post(client, meeting, "meeting_step", "authenticate", fingerprint=fingerprint)
    facts = {"fingerprint": fingerprint, "read": "on"}
    done = post(client, meeting, "meeting_step", "authenticate", **facts)

    assert (list(unread.context["form"].errors), done.status_code) == (["read"], 302)
    assert meeting.authentications.get().person == board[1]


def test_what_two_secretaries_do_at_once_is_done_once(sitting, board_secretary):
    meeting = sitting.to(MeetingState.PLANNED)
    client, seen = signed_in(board_secretary), Meeting.objects.get(pk=meeting.pk).step
    convene = at(meeting, "meeting_step", "convene")

    answers = [client.post(convene, {"seen": seen}).status_code for _ in range(2)]

    assert answers == [302, 409]


@pytest.mark.parametrize(
    ("state", "action"),
    [(MeetingState.CONVENED, "change"), (MeetingState.DRAFTED, "appoint")],
)
def test_a_form_that_changes_nothing_is_refused_and_nobody_hears(
    sitting, board_secretary, state, action
):
    sitting.plan = partial(sitting.plan, starts_at=clock.at_clock(clock.today(), time(23, 59)))
    meeting = sitting.to(state)
    client = signed_in(board_secretary)
    heard, kept = Mail.objects.count(), audit.of(meeting).count()
    form = client.get(at(meeting, "meeting_step", action)).context["form"]

    refused = post(client, meeting, "meeting_step", action, **sent_as_shown(form))

    assert refused.context["form"].non_field_errors() == ["Nothing was changed."]
    assert (Mail.objects.count(), audit.of(meeting).count()) == (heard, kept)


def sent_as_shown(form):
    return {field.html_name: field.value() for field in form if field.html_name != "seen"}


# The register ------------------------------------------------------------------------------


def listed(client, **query):
    page = client.get(reverse("positions:resolutions"), query).context["page"]
    return [decision.title for decision in page]


@pytest.fixture
def resolved(sitting):
    """One that becomes public with the minutes, one that stays inside."""
    meeting = sitting.came(sitting.to(MeetingState.IN_SESSION))
    (item,) = meeting.items
    sitting.resolve(item, 3, 0, 0, 0, subject="The budget")
    sitting.resolve(item, 0, 3, 0, 0, subject="A salary", words="No.", goes_public=False)
    return sitting.move(meeting, "end")


def test_other_matters_are_public_with_the_authenticated_minutes(client, sitting, resolved):
    before = listed(client)
    sitting.both(sitting.move(resolved, "present"))

    assert (before, listed(client)) == ([], ["The budget"])


def test_the_board_and_staff_see_all_of_them(resolved, board_member, staff, coordinator):
    found = [listed(signed_in(person)) for person in (board_member, staff, coordinator)]

    assert found == [["A salary", "The budget"], ["A salary", "The budget"], []]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "budget"}, ["The budget"]),
        ({"q": "2/"}, ["A salary"]),
        ({"verdict": "rejected"}, ["A salary"]),
        ({"section": "megyei"}, []),
        ({"q": "nothing of this name"}, []),
        ({"verdict": "nonsense"}, []),
    ],
)
def test_the_register_is_filtered(resolved, staff, query, found):
    assert listed(signed_in(staff), **query) == found


def test_the_register_as_a_file(resolved, staff):
    response = signed_in(staff).get(reverse("positions:resolutions_csv"), {"q": "budget"})

    lines = b"".join(response.streaming_content) if response.streaming else response.content
    assert [b"The budget" in line for line in lines.splitlines()] == [False, True]


def test_a_resolution_on_what_one_may_not_read_is_not_there(client, position_in):
    decision = position_in(State.REJECTED).decisions.get()

    assert client.get(decision.get_absolute_url()).status_code == 404


def test_what_is_public_of_a_resolution_tells_no_reasons_and_no_votes(client, position_in):
    decision = position_in(State.SUBMITTED).decisions.get()

    text = client.get(decision.get_absolute_url()).content.decode()

    assert decision.resolution in text
    for secret in ("The board&#x27;s reasons.", "abstention", "in writing"):
        assert secret not in text


@pytest.mark.parametrize("count", [1, 3, 9])
def test_a_meeting_costs_the_same_however_much_it_deals_with(
    sitting, board_member, django_assert_num_queries, count
):
    meeting = sitting.plan()
    for number in range(count):
        sitting.add(meeting, f"Item {number}")
    client = signed_in(board_member)
    client.get(at(meeting))

    # session, person, second factor, mandates, meeting, items, resolutions, ballots, members,
    # history
    with django_assert_num_queries(10):
        client.get(at(meeting))
