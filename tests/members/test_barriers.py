"""The accessibility statement and the form for those who meet a barrier."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from core import audit, clock
from core.models import Bucket, Mail
from core.workflow import SomethingMissing
from iksz_portal import queues, tasks
from iksz_portal.waiting import waiting_for
from members import accessibility
from members.choices import BarrierStatus
from members.models import BarrierReport
from members.workflow import BARRIERS
from tests.members.profile import ENDLESS, HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

KEY = "6f6f9e6c-8a1c-4d0e-9d3e-0d8b0b6f3a12"
TEXT = "The map cannot be read at 400 per cent."
PARTS = (  # of the model in Commission Implementing Decision (EU) 2018/1523
    "Compliance status",
    "Non-accessible content",
    "Preparation of this accessibility statement",
    "Feedback and contact information",
    "Enforcement procedure",
)


def send(client, **form):
    return client.post(reverse("report_barrier"), {"page": "/libraries/", "text": TEXT, **form})


def statement(client):
    return client.get(reverse("accessibility")).content.decode()


# The statement -------------------------------------------------------------------------------


def test_O_054_the_statement_is_kept_by_nobody_as_it_tells_where_one_came_from(client):
    answer = client.get(
        reverse("accessibility"), headers={"referer": "http://testserver/x/secret/"}
    )

    assert "no-store" in answer["Cache-Control"]


def test_O_079_the_statement_has_every_part_of_the_model(client):
    page = statement(client)

    assert [part for part in PARTS if f">{part}</h2>" not in page] == []
    assert "is committed to making this portal accessible" in page
    assert "partially compliant" in page
    assert accessibility.REVIEWED.isoformat() in page
    assert "2018/1523" not in page  # the law is named that binds, not the model


def test_O_079_it_is_linked_from_every_page_and_every_error(client, settings):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = False
    link = f'href="{reverse("accessibility")}"'
    pages = [client.get(reverse("home")), client.get("/en/nothing-is-here/")]
    pages.append(client.get(reverse("home"), {"a": "b\0"}))  # 400, without the portal's frame

    assert [page.status_code for page in pages] == [200, 404, 400]
    assert [link in page.content.decode() for page in pages] == [True, True, True]


def test_the_operators_address_is_named_only_where_it_is_set(client, settings):
    before = statement(client)
    settings.OPERATOR = {"name": "Sample", "address": "", "email": "a@example.org", "phone": ""}
    after = statement(client)

    assert "<address>" not in before
    assert 'href="mailto:a@example.org"' in after


def test_staff_are_told_when_the_review_is_due(staff, client_of, client):
    late = accessibility.REVIEWED + timedelta(days=366)

    assert list(accessibility.faults()) == []
    with time_machine.travel(late, tick=False):
        told, public = statement(client_of(staff)), statement(client)
        assert len(list(accessibility.faults())) == 1
    assert "over a year old" in told
    assert "over a year old" not in public


def test_it_was_not_reviewed_in_the_future():
    assert date(2026, 1, 1) < accessibility.PREPARED <= accessibility.REVIEWED
    assert clock.today() >= accessibility.REVIEWED


# Reporting -----------------------------------------------------------------------------------


def test_anybody_reports_a_barrier_and_the_staff_get_a_letter(client, staff):
    response = send(client, email="olvaso@example.org")
    tasks.send_mail()

    report = BarrierReport.objects.get()
    assert response["Location"] == reverse("accessibility")
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Thank you. The association's staff will look at it."
    ]
    assert (report.page, report.text, report.email, report.status, report.language) == (
        "/libraries/",
        TEXT,
        "olvaso@example.org",
        BarrierStatus.OPEN,
        "en",
    )
    assert audit.last_of(report).action == "report"
    assert [letter.to for letter in mail.outbox] == [[staff.email]]
    assert f"/admin/members/barrierreport/{report.pk}/change/" in mail.outbox[0].body


def test_the_page_one_came_from_is_filled_in(client):
    host = "http://testserver"
    asked = reverse("report_barrier")

    def named(query=None, **headers):
        return client.get(asked, query, headers=headers).context["form"]["page"].value()

    assert named(referer=f"{host}/konyvtarak/?q=secret") == "/konyvtarak/"
    assert named(referer="https://elsewhere.example.org/konyvtarak/") == ""
    assert named(referer="http://[") == ""
    assert named({"page": "/a/"}, referer=f"{host}/b/") == "/a/"
    assert len(named({"page": "a" * 600})) == 500


def test_the_statement_hands_the_page_on(client):
    page = client.get(reverse("accessibility"), headers={"referer": "http://testserver/a/"})

    assert page.context["report_url"] == f"{reverse('report_barrier')}?page=%2Fa%2F"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "a" * 4001}, "text"),
        ({"page": "a" * 501}, "page"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_a_wrong_value_is_an_error_beside_its_field(client, form, field):
    response = send(client, **form)

    assert list(response.context["form"].errors) == [field]
    assert BarrierReport.objects.count() == 0


def test_a_form_sent_twice_makes_one_report(client):
    for _time in range(2):
        send(client, once=KEY)

    assert BarrierReport.objects.count() == 1


def test_a_machine_is_thanked_and_forgotten(client, staff):
    assert send(client, nickname="x").status_code == 302
    assert (BarrierReport.objects.count(), Mail.objects.count()) == (0, 0)


def test_too_many_are_put_off_and_the_text_is_kept(client):
    send(client)
    Bucket.objects.update(tokens=0)

    response = send(client, text="Not to be lost.")

    assert response.status_code == 429
    assert "Not to be lost." in response.content.decode()


@pytest.mark.parametrize("unit", ENDLESS)
def test_O_017_endless_input_is_answered(client, unit):
    assert send(client, text=unit * 50_000, page=unit * 50_000).status_code == 200


def test_O_020_hostile_text_is_shown_as_text(client, staff, client_of):
    send(client, text=HOSTILE, page=HOSTILE)
    change = reverse("admin:members_barrierreport_change", args=[BarrierReport.objects.get().pk])

    assert "<svg onload" not in client_of(staff).get(change).content.decode()


def test_O_027_nul_is_refused(client):
    assert send(client, text="a\0b").status_code == 400


def test_a_form_of_another_site_is_refused_and_hands_back_the_text():
    response = Client(enforce_csrf_checks=True).post(reverse("report_barrier"), {"text": TEXT})

    assert response.status_code == 403
    assert TEXT in response.content.decode()


# Answering -----------------------------------------------------------------------------------


def test_it_waits_for_the_staff_until_it_is_answered(client, staff):
    send(client)
    report = BarrierReport.objects.get()
    waiting = [queue.count for queue in queues.all_queues() if queue.title == "Reports of barriers"]
    asked = [task.title for task in waiting_for(staff)]

    BARRIERS.perform("answer", report, by=staff, note="The map has a list beside it.")

    assert (waiting, asked) == ([1], ["1 matter waits in the back office"])
    assert waiting_for(staff) == []


def test_who_left_an_address_gets_the_answer(client, staff):
    send(client, email="olvaso@example.org")

    BARRIERS.perform("answer", BarrierReport.objects.get(), by=staff, note="It is mended.")
    tasks.send_mail()

    assert [letter.to for letter in mail.outbox] == [["olvaso@example.org"]]
    assert "It is mended." in mail.outbox[0].body  # and the staff need not be told any more
    assert reverse("accessibility") in mail.outbox[0].body


def test_who_left_none_is_not_written_to_but_the_answer_is_recorded(client, staff):
    send(client)
    report = BARRIERS.perform("answer", BarrierReport.objects.get(), by=staff, note="Mended.")

    assert (report.status, audit.last_of(report).note) == (BarrierStatus.ANSWERED, "Mended.")
    assert Mail.objects.filter(kind="members.barrier_answered").count() == 0


def test_an_answer_has_words_and_comes_from_the_staff(client, staff, representative):
    send(client)
    report = BarrierReport.objects.get()

    with pytest.raises(SomethingMissing):
        BARRIERS.perform("answer", report, by=staff, note=" ")
    with pytest.raises(PermissionDenied):
        BARRIERS.perform("answer", report, by=representative, note="No.")


def test_the_last_day_for_an_answer_is_the_thirtieth():
    with time_machine.travel("2026-03-01T22:30:00Z", tick=False):
        report = BarrierReport(text=TEXT)

    assert report.due_on == date(2026, 3, 31)
