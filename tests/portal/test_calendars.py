"""Deadlines in a calendar program: opened by a token, read by two parsers."""

import hashlib
import json
import logging
import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from django.urls import reverse
from django.utils import translation
from gunicorn.config import Config
from icalendar import Calendar

from core import audit, clock
from core.logs import JsonFormatter, RequestIdFilter
from core.throttle import Throttled
from iksz_portal import gunicorn
from iksz_portal.deadlines import dates_of
from members import calendars
from members.models import CalendarAddress, Mandate, Person
from positions.choices import Choice, State
from positions.models import Position, Promise
from tests.cast import yesterday

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

BUDAPEST = ZoneInfo("Europe/Budapest")


def address_of(person):
    address = calendars.make(by=person)
    return reverse("calendar", args=[calendars.token_of(address)])


def read(response):
    """The events, by their ids, as `icalendar` and as `vobject` read them."""
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    parsed = Calendar.from_ical(response.content)
    again = vobject.readOne(response.content.decode())
    events = {str(event["uid"]): event for event in parsed.walk("VEVENT")}
    assert [each.uid.value for each in again.contents.get("vevent", [])] == list(events)
    return events


def summaries(client, path):
    return [str(event["summary"]) for event in read(client.get(path)).values()]


@pytest.fixture
def english_person(representative):
    representative.language = "en"
    representative.save()
    return representative


def test_an_address_is_read_sixty_times_an_hour_and_others_are_not_kept_waiting(
    client, representative, coordinator
):
    paths = [address_of(representative), address_of(coordinator)]

    with time_machine.travel(clock.now(), tick=False) as traveller:
        answers = [client.get(paths[0]) for _time in range(61)]
        of_another = client.get(paths[1])
        traveller.shift(timedelta(minutes=1))
        later = client.get(paths[0])

    assert [each.status_code for each in answers] == [200] * 60 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert (of_another.status_code, later.status_code) == (200, 200)


# Who gets in -----------------------------------------------------------------------------------


def test_O_058_only_the_valid_token_opens_the_calendar(client, representative, position_in):
    position_in(State.SECTION_VOTE)
    path = address_of(representative)

    assert len(read(client.get(path))) == 1
    wrong = [path.replace(path.split("/")[2], "x" * 43), path[:-20] + "deadlines.ics"]
    assert [client.get(each).status_code for each in wrong] == [404, 404]


def test_O_058_a_revoked_or_renewed_address_opens_nothing(client, representative):
    first = address_of(representative)
    second = address_of(representative)
    assert [client.get(path).status_code for path in (first, second)] == [404, 200]

    calendars.revoke(address=representative.calendars.get(revoked_at=None), by=representative)

    assert client.get(second).status_code == 404


def test_O_058_the_calendar_of_a_closed_account_is_gone(client, representative):
    path = address_of(representative)
    Person.objects.filter(pk=representative.pk).update(is_active=False)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["representative", "coordinator", "board_member"])
def test_O_058_with_the_mandate_ends_what_it_shows(request, client, position_in, coming, name):
    position_in(State.CONSULTATION)
    position_in(State.BOARD_REVIEW)
    person = request.getfixturevalue(name)
    path = address_of(person)
    assert len(read(client.get(path))) > 0

    Mandate.objects.filter(person=person).update(ended_on=yesterday())
    person.offices.update(ended_on=yesterday())

    assert read(client.get(path)) == {}


def test_O_058_the_token_is_kept_nowhere(client_of, representative):
    client = client_of(representative)
    client.post(reverse("make_calendar"))
    page = client.get(reverse("calendars"))

    token = page.context["url"].split("/")[-2]
    kept = CalendarAddress.objects.get()
    assert kept.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in json.dumps(list(client.session.items()), default=str)
    assert len(token) == 43


def test_O_058_no_log_holds_the_token(client, representative):
    path = address_of(representative)
    token = path.split("/")[2]
    calendars.revoke(address=representative.calendars.get(), by=representative)
    lines = Lines()
    logger = logging.getLogger("django.request")
    logger.addHandler(lines)
    try:
        client.get(path)
    finally:
        logger.removeHandler(lines)

    (line,) = lines.written
    assert json.loads(line)["message"] == "Not Found: /calendar/…/deadlines.ics"
    assert token not in line


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.written = []
        self.addFilter(RequestIdFilter())
        self.setFormatter(JsonFormatter())

    def emit(self, record):
        self.written.append(self.format(record))


def test_O_058_the_servers_own_access_log_holds_no_token_either(tmp_path):
    path = f"/calendar/{'T' * 43}/deadlines.ics"
    config = Config()
    config.set("accesslog", str(tmp_path / "access.log"))
    config.set("errorlog", str(tmp_path / "error.log"))
    log = gunicorn.Logger(config)
    request = SimpleNamespace(headers=[], uri=path)
    environ = {"REQUEST_METHOD": "GET", "RAW_URI": path, "SERVER_PROTOCOL": "HTTP/1.1"}
    environ |= {"PATH_INFO": path, "REMOTE_ADDR": "127.0.0.1", "HTTP_REFERER": path}
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])

    log.access(answer, request, environ, timedelta(milliseconds=1))
    log.error("Error handling request %s", path)
    for handler in [*log.access_log.handlers, *log.error_log.handlers]:
        handler.close()

    written = (tmp_path / "access.log").read_text() + (tmp_path / "error.log").read_text()
    assert written.count("/calendar/…/deadlines.ics") == 3
    assert "T" * 43 not in written
    assert gunicorn.logger_class is gunicorn.Logger


def test_a_program_gets_no_cookie_and_nobody_keeps_the_calendar_on_the_way(client, representative):
    response = client.get(address_of(representative))

    assert dict(response.cookies) == {}
    assert response["Cache-Control"] == "private, no-cache"


def test_whoever_has_the_newest_is_told_so_until_something_changes(client, way, representative):
    position = way.to(State.SECTION_VOTE)
    path = address_of(representative)
    kept = client.get(path)["ETag"]
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        assert client.get(path, headers={"if-none-match": kept}).status_code == 304

    way.vote(position, Choice.YES, None, None)

    assert client.get(path, headers={"if-none-match": kept}).status_code == 200


# What is in it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "name", "titles"),
    [
        (State.DRAFT, "representative", []),
        (State.CONSULTATION, "representative", ["Comments close"]),
        (State.CONSULTATION, "coordinator", ["Comments close"]),
        (State.CONSULTATION, "foreign_representative", []),
        (State.CONSULTATION, "board_member", []),
        (State.SECTION_VOTE, "representative", ["Vote for Library 1"]),
        (State.SECTION_VOTE, "coordinator", ["The vote of the section closes"]),
        (State.SECTION_VOTE, "other_coordinator", []),
        (State.FORWARDED, "board_member", []),  # no deadline was set
        (State.BOARD_REVIEW, "board_member", ["Vote on the board", "The board decides"]),
        (State.BOARD_REVIEW, "board_secretary", ["The board decides"]),
        (State.BOARD_REVIEW, "coordinator", ["The board decides"]),
        (State.BOARD_REVIEW, "representative", []),
        (State.PARKED, "coordinator", ["To be resumed"]),
        (State.PARKED, "representative", []),
        (State.CLOSED, "coordinator", []),
        (State.BOARD_REVIEW, "staff", []),
        (State.BOARD_REVIEW, "stranger", []),
    ],
)
def test_the_dates_of_a_position_for_whom(request, position_in, state, name, titles):
    position_in(state)

    found = sorted(each.title for each in dates_of(request.getfixturevalue(name)))

    assert found == sorted(f"{title}: On the opening hours" for title in titles)


def test_a_vote_that_is_cast_is_gone(way, representatives):
    way.vote(way.to(State.SECTION_VOTE), Choice.YES, None, None)

    assert [len(dates_of(person)) for person in representatives] == [0, 1, 1]


def test_an_answer_that_is_due_and_a_promise_are_days_of_the_coordinator(
    way, coordinator, representative
):
    position = way.to(State.SUBMITTED)
    due = clock.days_after(clock.today(), 30)
    position.submission.due_on = due
    position.submission.save()
    facts = {"due_on": clock.days_after(due, 1), "recorded_by": coordinator}
    Promise.objects.create(position=position, text="Longer hours", **facts)

    found = {each.title: each.when for each in dates_of(coordinator)}

    assert found == {
        "The answer of the authority is due: On the opening hours": due,
        "Look whether a promise was kept: Longer hours": clock.days_after(due, 1),
    }
    assert dates_of(representative) == []


def test_a_consultation_given_to_the_section_is_a_day_of_its_members(
    coming, representative, coordinator, foreign_representative, board_member
):
    coming.assign(coming.record())
    coming.record(title="Not given to anybody")

    people = (representative, coordinator, foreign_representative, board_member)
    found = [[each.title for each in dates_of(person)] for person in people]

    mine = ["Opinions are taken until today: A decree on reading rooms"]
    assert found == [mine, mine, [], []]


def test_a_meeting_of_the_board_is_told_to_the_board_with_its_place(
    sitting, board_member, representative, client
):
    meeting = sitting.plan(starts_at=clock.now() + timedelta(days=2))
    Person.objects.update(language="en")

    (event,) = read(client.get(address_of(Person.objects.get(pk=board_member.pk)))).values()

    assert str(event["summary"]) == f"Meeting of the board {meeting.reference}"
    assert str(event["location"]) == "Reading room"
    assert event.decoded("dtstart") == meeting.starts_at.replace(microsecond=0)
    assert str(event["transp"]) == "OPAQUE"
    assert dates_of(representative) == []


def test_a_moment_is_told_to_the_second_and_a_day_lasts_the_whole_of_it(
    client, way, english_person, coordinator, coming
):
    with clock.at(datetime(2026, 7, 1, 9, tzinfo=UTC)):
        way.to(State.CONSULTATION)  # for eight days: until 23:59:59, which is summer time
        coming.assign(coming.record(due_on=date(2026, 8, 20)))
    with time_machine.travel(datetime(2026, 7, 2, 9, tzinfo=UTC), tick=False):
        window, consultation = read(client.get(address_of(english_person))).values()

    assert window.decoded("dtstart") == datetime(2026, 7, 9, 21, 59, 59, tzinfo=UTC)
    assert window.decoded("dtstart").astimezone(BUDAPEST).time().isoformat() == "23:59:59"
    assert consultation.decoded("dtstart") == date(2026, 8, 20)
    assert consultation.decoded("dtend") == date(2026, 8, 21)
    assert "until 23:59:59 Budapest time" in str(consultation["description"])


def test_an_event_keeps_its_id_and_counts_its_steps(client, way, coming, english_person):
    consultation = coming.assign(coming.record())
    path = address_of(english_person)
    (before,) = read(client.get(path)).values()

    coming.change_due(consultation, coming.in_days(50))

    (after,) = read(client.get(path)).values()
    assert before["uid"] == after["uid"] == f"consultation-{consultation.pk}@portal.example"
    assert int(after["sequence"]) > int(before["sequence"])
    assert after.decoded("dtstart") == coming.in_days(50)
    assert str(after["url"]).endswith(f".example/en/positions/consultations/{consultation.pk}/")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("hu", "Lezárul az észrevételezés: On the opening hours"),
        ("en", "Comments close: On the opening hours"),
        ("sl", "Konec zbiranja pripomb: On the opening hours"),
    ],
)
def test_it_is_written_in_the_language_of_its_owner(
    client, position_in, representative, language, title
):
    position = position_in(State.CONSULTATION)
    Person.objects.filter(pk=representative.pk).update(language=language)

    (event,) = read(client.get(address_of(representative))).values()

    with translation.override(language):
        there = position.get_absolute_url()
    assert str(event["summary"]) == title
    assert str(event["url"]) == f"https://portal.example{there}"


def test_hard_words_are_escaped_and_folded(client, way, english_person):
    title = 'A "hosszú", nagyon; hosszú\\cím ' + "ő" * 100
    way.consult(way.start(title=title))

    response = client.get(address_of(english_person))

    (event,) = read(response).values()
    assert str(event["summary"]) == f"Comments close: {title}"
    assert max(map(len, response.content.split(b"\r\n"))) <= 75
    assert b"\n" not in response.content.replace(b"\r\n", b"")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x85", "\u2028", "\u2029"])
def test_O_024_no_sign_begins_a_line_of_its_own(client, way, english_person, end):
    position = way.to(State.CONSULTATION)
    Position.objects.filter(pk=position.pk).update(title=f"A{end}X-EVIL:1")

    response = client.get(address_of(english_person))

    lines = response.content.decode().splitlines()
    assert [line for line in lines if line.startswith("X-EVIL")] == []
    assert len(read(response)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_costs_the_same_however_much_is_in_it(
    client, way, coming, sitting, coordinator, django_assert_num_queries, count
):
    for _number in range(count):
        way.to(State.CONSULTATION)
        way.to(State.SECTION_VOTE)
        way.to(State.BOARD_REVIEW)
        coming.assign(coming.record())
        sitting.plan(starts_at=clock.now() + timedelta(days=2))
        way.to(State.ANSWERED)
    Mandate.objects.create(person=coordinator, kind="board_member")
    path = address_of(coordinator)
    client.get(path)

    with django_assert_num_queries(10):  # token, tries, mandates, offices, what is in it
        response = client.get(path)

    assert len(read(response)) >= 4 * count


# The page --------------------------------------------------------------------------------------


def test_the_address_is_shown_once(client_of, representative):
    client = client_of(representative)
    page = reverse("calendars")
    assert client.get(page).context["address"] is None

    made = client.post(reverse("make_calendar"))
    shown, later = client.get(page), client.get(page)

    url = shown.context["url"]
    assert made["Location"] == page
    assert re.fullmatch(r"https://portal\.example/calendar/[\w-]{43}/deadlines\.ics", url)
    assert f'href="webcal://{url.removeprefix("https://")}"' in shown.content.decode()
    assert url not in later.content.decode()
    assert client.get(url.removeprefix("https://portal.example")).status_code == 200


def test_a_form_sent_twice_makes_one_address(client_of, representative):
    client = client_of(representative)
    sent = {"once": client.get(reverse("calendars")).context["once"]}

    answers = [client.post(reverse("make_calendar"), sent) for _turn in range(2)]

    assert [each["Location"] for each in answers] == [reverse("calendars")] * 2
    assert CalendarAddress.objects.count() == 1


def test_one_revokes_ones_own_only(client_of, representative, deputy):
    mine, other = address_of(representative), address_of(deputy)
    client = client_of(representative)

    client.post(reverse("revoke_calendar"))

    assert [client.get(path).status_code for path in (mine, other)] == [404, 200]


def test_each_act_is_in_the_chain_without_the_token(representative):
    calendars.make(by=representative)
    address = calendars.make(by=representative)
    calendars.revoke(address=address, by=representative)

    assert [entry.action for entry in audit.of(address)] == ["revoke_calendar", "make_calendar"]


def test_nobody_makes_addresses_without_end(representative):
    for _number in range(20):
        calendars.make(by=representative)

    with pytest.raises(Throttled):
        calendars.make(by=representative)


def test_staff_revoke_an_address_in_the_back_office(client_of, staff, representative, client):
    path = address_of(representative)
    pk = representative.calendars.get().pk

    client_of(staff).post(
        reverse("admin:members_calendaraddress_changelist"),
        {"action": "revoke", "_selected_action": [pk]},
    )

    assert client.get(path).status_code == 404


# For everybody ---------------------------------------------------------------------------------


def test_public_consultations_are_a_calendar_for_everybody(client, coming):
    open_one = coming.record(confidentiality="public", title="Open")
    coming.record(confidentiality="members", title="For members")
    coming.record(confidentiality="public", title="Without a day", due_on=None)
    coming.record(
        confidentiality="public", title="Over", received_on=yesterday(), due_on=yesterday()
    )

    events = read(client.get(reverse("positions:consultations_calendar")))

    assert list(events) == [f"consultation-{open_one.pk}@portal.example"]
    (event,) = events.values()
    assert str(event["summary"]) == "Opinions are taken until today: Open"


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_calendar_costs_one_query(client, coming, django_assert_num_queries, count):
    for number in range(count):
        coming.record(confidentiality="public", title=f"Open {number}")

    with django_assert_num_queries(1):
        client.get(reverse("positions:consultations_calendar"))
