import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError, connections, transaction

from core import clock, outbox
from core.models import Mail
from core.outbox import Message
from iksz_portal import tasks
from iksz_portal.management.commands import worker
from tests.people import a_person

pytestmark = pytest.mark.django_db


def greeting(letter):
    return Message(subject="Hello", text=f"To {letter.to}")


RENDERERS = {"greeting": greeting, "nothing": lambda letter: None}


@pytest.fixture
def anna():
    return a_person()


class Refusing(EmailBackend):
    """A server that is away: it refuses when it is called, as SMTP does."""

    def open(self):
        raise ConnectionRefusedError("nobody answers")

    def send_messages(self, messages):
        self.open()


@pytest.fixture
def server_is_away(settings):
    settings.OUTBOX_BACKEND = "tests.core.test_outbox.Refusing"
    return settings


# Writing -------------------------------------------------------------------------------------


def test_the_same_key_is_queued_once(anna):
    for _turn in range(2):
        outbox.queue(kind="greeting", to=anna, key="greeting:1")

    assert Mail.objects.count() == 1


def test_a_notice_that_is_rolled_back_is_not_sent(anna):
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.queue(kind="greeting", to=anna)
        raise RuntimeError

    assert outbox.send_due(RENDERERS) == 0


def test_O_024_line_breaks_in_a_subject_cannot_add_a_recipient(settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"

    EmailMessage("Hello\r\nBcc: x@evil.test", "Text", to=["anna@example.org"]).send()
    tasks.send_mail()

    assert [(letter.subject, letter.recipients()) for letter in mail.outbox] == [
        ("Hello Bcc: x@evil.test", ["anna@example.org"])
    ]


def test_O_024_line_breaks_in_what_a_room_writes_cannot_add_a_recipient(anna):
    renderers = {"greeting": lambda letter: Message("Hello\r\nBcc: x@evil.test", "Text")}
    outbox.queue(kind="greeting", to=anna)

    outbox.send_due(renderers)

    assert mail.outbox[0].subject == "Hello Bcc: x@evil.test"
    assert mail.outbox[0].recipients() == ["anna@example.org"]


def test_a_letter_to_several_becomes_one_to_each(settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"

    send_mail("Hello", "Text", None, ["a@example.org", "b@example.org"])
    tasks.send_mail()

    assert sorted(letter.to for letter in mail.outbox) == [["a@example.org"], ["b@example.org"]]


# Sending -------------------------------------------------------------------------------------


def test_O_060_a_letter_says_that_a_machine_wrote_it_and_has_one_reader(anna):
    outbox.queue(kind="greeting", to=anna, key="greeting:1")
    outbox.queue(kind="greeting", to=anna, key="greeting:2")

    outbox.send_due(RENDERERS)
    first, second = (letter.message() for letter in mail.outbox)

    assert first["Auto-Submitted"] == "auto-generated"
    assert first["To"] == "anna@example.org"
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Message-ID"].endswith("@portal.example>")


def test_O_059_the_right_is_looked_at_when_the_letter_is_sent(anna):
    outbox.queue(kind="nothing", to=anna)

    outbox.send_due(RENDERERS)

    assert mail.outbox == []
    assert Mail.objects.get().dropped_at is not None


def test_O_059_a_closed_account_hears_nothing(anna):
    outbox.queue(kind="greeting", to=anna)
    anna.is_active = False
    anna.save()

    outbox.send_due(RENDERERS)

    assert mail.outbox == []


def test_what_was_kept_as_text_is_emptied_when_it_has_gone(settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    send_mail("Hello", "A secret link", None, ["anna@example.org"])

    tasks.send_mail()

    kept = Mail.objects.get()
    assert (kept.body, kept.sent_at is not None, mail.outbox[0].body) == ("", True, "A secret link")


def test_a_demo_writes_a_file_for_a_letter_and_none_for_silence(anna, settings, tmp_path):
    settings.OUTBOX_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    outbox.send_due(RENDERERS)
    before = len(list(tmp_path.iterdir()))

    outbox.queue(kind="greeting", to=anna)
    outbox.send_due(RENDERERS)

    written = [path.read_text() for path in tmp_path.iterdir()]
    assert (before, len(written)) == (0, 1)
    assert "Subject: Hello" in written[0]


def test_the_oldest_goes_first(anna):
    for number in (2, 1, 3):
        outbox.queue(kind="greeting", to=anna, key=str(number))
        Mail.objects.filter(key=str(number)).update(
            created_at=clock.now() - timedelta(minutes=10 * number)
        )

    order = []
    renderers = {"greeting": lambda letter: order.append(letter.key) or greeting(letter)}
    outbox.send_due(renderers)

    assert order == ["3", "2", "1"]


def test_O_069_a_server_that_is_away_for_a_day_loses_and_doubles_nothing(anna, server_is_away):
    for number in range(20):
        outbox.queue(kind="greeting", to=anna, key=str(number))
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _quarter in range(96):
            tasks_sent = outbox.send_due(RENDERERS)
            traveller.shift(timedelta(minutes=15))
        server_is_away.OUTBOX_BACKEND = settings.EMAIL_BACKEND
        traveller.shift(timedelta(hours=2))
        sent = outbox.send_due(RENDERERS), outbox.send_due(RENDERERS)

    assert (tasks_sent, sent) == (0, (20, 0))
    assert len({letter.message()["Message-ID"] for letter in mail.outbox}) == 20


def test_each_failure_is_told_and_the_pause_grows(anna, server_is_away):
    outbox.queue(kind="greeting", to=anna)
    pauses = []
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _turn in range(9):
            outbox.send_due(RENDERERS)
            letter = Mail.objects.get()
            pause = letter.not_before - clock.now()
            pauses.append(round(pause.total_seconds() / 60))
            traveller.shift(pause)

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 120, 120]
    assert letter.last_error == "ConnectionRefusedError: nobody answers"


def test_a_letter_is_given_up_after_five_days(anna, server_is_away):
    outbox.queue(kind="greeting", to=anna)
    Mail.objects.update(created_at=clock.now() - timedelta(days=6))

    outbox.send_due(RENDERERS)

    assert Mail.objects.get().dropped_at is not None


def test_one_letter_that_cannot_be_written_does_not_stop_the_others(anna):
    outbox.queue(kind="unheard of", to=anna)
    outbox.queue(kind="greeting", to=anna)

    assert outbox.send_due(RENDERERS) == 1


def test_a_letter_taken_by_a_worker_that_died_falls_due_again(anna):
    outbox.queue(kind="greeting", to=anna)
    outbox._claim()

    at_once = outbox.send_due(RENDERERS)
    Mail.objects.update(not_before=clock.now())
    later = outbox.send_due(RENDERERS)

    assert (at_once, later) == (0, 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_O_085_four_workers_send_every_letter_once():
    anna = a_person()
    for number in range(100):
        outbox.queue(kind="greeting", to=anna, key=str(number))

    sent = []

    def work():
        try:
            sent.append(outbox.send_due(RENDERERS))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()

    assert sum(sent) == 100
    assert len({letter.message()["Message-ID"] for letter in mail.outbox}) == 100


# The worker ----------------------------------------------------------------------------------


def test_a_fault_of_one_task_does_not_end_the_worker(monkeypatch, caplog):
    def broken():
        raise RuntimeError("broken")

    worker.run(broken)

    assert "broken failed." in caplog.text


def test_a_database_that_is_away_is_waited_for(caplog):
    def without_database():
        raise OperationalError("gone")

    worker.run(without_database)

    assert "without_database waits for the database: gone" in caplog.text


def test_moves_of_other_rooms_are_made_when_one_room_fails(monkeypatch):
    def broken():
        raise RuntimeError

    monkeypatch.setattr(tasks, "BY_TIME", (broken, lambda: 2))

    assert tasks.make_due_moves() == 2


def test_the_worker_stops_when_it_is_told_to(tmp_path):
    environment = {**os.environ, "DATA_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    environment["DJANGO_SETTINGS_MODULE"] = "iksz_portal.settings"
    command = [sys.executable, "manage.py", "worker"]

    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        ended = process.wait(20)

    assert "waits for the database" in line
    assert ended == 0
