import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.urls import reverse

from core import audit
from core.models import Bucket, Mail
from iksz_portal import tasks
from members.choices import ReportStatus
from members.models import MistakeReport
from members.workflow import MISTAKES
from tests.members.profile import ENDLESS, HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

KEY = "6f6f9e6c-8a1c-4d0e-9d3e-0d8b0b6f3a11"
TEXT = "Rossz a telefonszám."


def report_url(library):
    return reverse("members:report", args=[library.slug])


def send(client, reported, **form):
    return client.post(report_url(reported), {"text": TEXT, **form})


def test_anybody_reports_a_mistake_and_is_thanked(client, library):
    response = send(client, library, email="olvaso@example.org")

    report = MistakeReport.objects.get()
    assert (response.status_code, response["Location"]) == (302, library.get_absolute_url())
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Thank you. The association's staff will look at it."
    ]
    assert (report.library, report.text, report.email, report.status, report.language) == (
        library,
        TEXT,
        "olvaso@example.org",
        ReportStatus.OPEN,
        "en",
    )
    assert audit.last_of(report).action == "report"


def test_the_report_is_public_nowhere(client, library):
    send(client, library, email="olvaso@example.org")
    client.get(library.get_absolute_url())

    page = client.get(library.get_absolute_url()).content.decode()

    assert TEXT not in page
    assert "olvaso@example.org" not in page


def test_the_page_of_the_library_leads_to_the_form(client, library):
    assert report_url(library) in client.get(library.get_absolute_url()).content.decode()


def test_a_form_sent_twice_makes_one_report(client, library):
    for _time in range(2):
        send(client, library, once=KEY)

    assert MistakeReport.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "a" * 2001}, "text"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_a_wrong_value_is_an_error_beside_its_field(client, library, form, field):
    response = send(client, library, **form)

    assert list(response.context["form"].errors) == [field]
    assert MistakeReport.objects.count() == 0


def test_a_machine_that_fills_everything_is_thanked_and_forgotten(client, library):
    response = send(client, library, nickname="x")

    assert response.status_code == 302
    assert MistakeReport.objects.count() == 0


def test_too_many_reports_are_put_off_and_the_text_is_kept(client, library):
    send(client, library)
    Bucket.objects.update(tokens=0)

    response = send(client, library, text="Nem felejtendő.")

    assert response.status_code == 429
    assert "Nem felejtendő." in response.content.decode()
    assert MistakeReport.objects.count() == 1


def test_a_library_that_has_left_can_be_reported_too(client, left_library):
    send(client, left_library)

    assert MistakeReport.objects.get().library == left_library


def test_a_library_that_is_not_there_is_not_found(client, county):
    assert client.post(reverse("members:report", args=["nobody"])).status_code == 404


@pytest.mark.parametrize("unit", ENDLESS)
def test_O_017_endless_input_is_answered(client, library, unit):
    assert send(client, library, text=unit * 50_000, email=unit * 50_000).status_code == 200


def test_O_020_hostile_text_is_shown_as_text(client, library):
    page = send(client, library, text=HOSTILE, email=HOSTILE).content.decode()

    assert "<svg onload" not in page


def test_O_027_nul_is_refused(client, library):
    assert send(client, library, text="a\0b").status_code == 400


def test_O_038_what_the_form_does_not_ask_is_ignored(client, library, libraries):
    send(client, library, status="settled", library=str(libraries[1].pk), step="9")

    report = MistakeReport.objects.get()
    assert (report.status, report.library, report.step) == (ReportStatus.OPEN, library, 0)


# Answering -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "note"), [("settle", "Corrected."), ("dismiss", "It is right.")]
)
def test_who_left_an_address_is_answered(client, staff, library, action, note):
    send(client, library, email="olvaso@example.org")

    MISTAKES.perform(action, MistakeReport.objects.get(), by=staff, note=note)
    tasks.send_mail()

    letter = mail.outbox[-1]
    assert letter.to == ["olvaso@example.org"]
    assert note in letter.body
    assert library.get_absolute_url() in letter.body


def test_who_left_no_address_is_not_answered(client, staff, library):
    send(client, library)

    MISTAKES.perform("settle", MistakeReport.objects.get(), by=staff)

    assert Mail.objects.count() == 0
