from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import translation

from core import audit, clock
from core.models import Bucket, Mail
from core.workflow import SomethingMissing
from iksz_portal import tasks
from members.choices import ApplicationStatus, LibraryKind
from members.models import Library, Membership, MembershipApplication
from members.workflow import APPLICATIONS
from tests.cast import tomorrow, yesterday
from tests.members.profile import ENDLESS, HOSTILE, a_county, a_library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

KEY = "6f6f9e6c-8a1c-4d0e-9d3e-0d8b0b6f3a11"


@pytest.fixture
def filled(county):
    """A form that is in order."""
    return {
        "library_name": "Új Könyvtár",
        "kind": "city",
        "county": "HU-BK",
        "city": "Baja",
        "website": "https://uj.example.org/",
        "statement": "Szeretnénk.",
        "applicant_name": "Kitalált Kérelmező",
        "applicant_email": "kerelmezo@example.org",
    }


def send(client, form):
    return client.post(reverse("members:apply"), form)


def errors(response):
    return response.context["form"].errors


def applied(client, form):
    send(client, form)
    return MembershipApplication.objects.latest("pk")


def decide(application, action, by, note=""):
    return APPLICATIONS.perform(action, application, by=by, note=note)


# Sending -------------------------------------------------------------------------------------


def test_anybody_applies_and_is_thanked(client, filled):
    response = send(client, filled)

    application = MembershipApplication.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("members:applied"))
    assert client.get(response["Location"]).status_code == 200
    assert (application.library_name, application.county_id, application.status) == (
        "Új Könyvtár",
        "HU-BK",
        ApplicationStatus.SUBMITTED,
    )
    assert audit.last_of(application).actor is None
    assert Library.objects.count() == 0


def test_an_application_of_somebody_signed_in_names_them(client_of, stranger, filled):
    application = applied(client_of(stranger), filled)

    assert audit.last_of(application).actor == stranger


def test_the_page_says_what_will_happen(client, county):
    page = client.get(reverse("members:apply")).content.decode()

    assert "Nothing becomes public unless the library is admitted." in page


def test_a_form_sent_twice_makes_one_application(client, filled):
    answers = [send(client, {**filled, "once": KEY}) for _time in range(2)]

    assert {answer["Location"] for answer in answers} == {reverse("members:applied")}
    assert MembershipApplication.objects.count() == 1
    assert Mail.objects.count() == 1


def test_a_corrected_form_may_use_its_key_again(client, filled):
    wrong = send(client, {**filled, "once": KEY, "city": ""})

    send(client, {**filled, "once": wrong.context["once"]})

    assert MembershipApplication.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("library_name", ""),
        ("library_name", "a" * 201),
        ("kind", "castle"),
        ("county", "XX"),
        ("county", HOSTILE),
        ("city", " "),
        ("website", "javascript:alert(1)"),
        ("statement", ""),
        ("statement", "a" * 4001),
        ("applicant_name", ""),
        ("applicant_email", "nobody"),
        ("applicant_email", "a@example.org\nBcc: x@evil.test"),
    ],
)
def test_a_wrong_value_is_an_error_beside_its_field(client, filled, field, value):
    response = send(client, {**filled, field: value})

    assert list(errors(response)) == [field]
    assert f'id="id_{field}_error"' in response.content.decode()
    assert MembershipApplication.objects.count() == 0


def test_an_empty_form_names_every_field_that_is_necessary(client, county):
    response = send(client, {})

    assert len(errors(response)) == 7
    assert response.status_code == 200


@pytest.mark.parametrize("name", ["Árpád Könyvtár", "ARPAD  konyvtar", "Árpád‑Könyvtár"])
def test_the_name_of_a_member_is_refused(client, county, filled, name):
    a_library(county, "Árpád Könyvtár", "arpad")

    response = send(client, {**filled, "library_name": name})

    assert errors(response) == {
        "library_name": ["A library of this name in this county is a member already."]
    }


def test_the_same_name_in_another_county_is_welcome(client, county, filled):
    a_library(a_county("HU-ZA", "Zala"), "Új Könyvtár", "uj")

    assert applied(client, filled).library_name == "Új Könyvtár"


def test_a_machine_that_fills_everything_is_thanked_and_forgotten(client, filled):
    response = send(client, {**filled, "nickname": "x"})

    assert response["Location"] == reverse("members:applied")
    assert MembershipApplication.objects.count() == 0
    assert Mail.objects.count() == 0


def test_too_many_applications_are_put_off_and_the_text_is_kept(client, filled):
    send(client, filled)
    Bucket.objects.update(tokens=0)

    response = send(client, {**filled, "statement": "Nem felejtendő."})

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Nem felejtendő." in response.content.decode()
    assert MembershipApplication.objects.count() == 1


def test_one_address_gets_few_letters(client, filled):
    answers = [
        send(client, {**filled, "applicant_email": email}).status_code
        for email in ("a@example.org", "A@example.org", "a@example.org", "a@EXAMPLE.org")
    ]

    assert answers == [302, 302, 302, 429]


# Hostile -------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ENDLESS)
def test_O_017_endless_input_is_answered(client, filled, unit):
    response = send(client, dict.fromkeys(filled, unit * 50_000))

    assert response.status_code == 200
    assert MembershipApplication.objects.count() == 0


def test_O_020_hostile_text_is_shown_as_text(client, filled):
    page = send(client, {**dict.fromkeys(filled, HOSTILE), "once": HOSTILE}).content.decode()

    assert "<svg onload" not in page


def test_O_024_a_line_break_in_a_name_makes_no_header(client, filled):
    name = "Új\r\nBcc: x@evil.test"

    application = applied(client, {**filled, "library_name": name})
    tasks.send_mail()

    letter = mail.outbox[-1]
    assert application.library_name == "Új Bcc: x@evil.test"
    assert letter.recipients() == ["kerelmezo@example.org"]
    assert "\n" not in letter.subject


def test_O_025_markup_in_a_name_is_not_a_link(client, filled):
    applied(client, {**filled, "library_name": "[Log in](x) <b>x</b>"})
    tasks.send_mail()

    letter = mail.outbox[-1]
    assert "[Log in](x) <b>x</b>" in letter.body
    assert letter.alternatives == []


@pytest.mark.parametrize("field", ["library_name", "statement", "once", "extra"])
def test_O_027_nul_is_refused(client, filled, field):
    assert send(client, {**filled, field: "a\0b"}).status_code == 400


def test_O_038_what_the_form_does_not_ask_is_ignored(client, filled, library):
    extra = {"status": "approved", "library": str(library.pk), "step": "9", "language": "xx"}

    application = applied(client, {**filled, **extra})

    assert (application.status, application.library, application.step, application.language) == (
        ApplicationStatus.SUBMITTED,
        None,
        0,
        "en",
    )


# Deciding ------------------------------------------------------------------------------------


def test_an_approved_library_is_a_member_from_today(client, filled, staff):
    application = decide(applied(client, filled), "approve", staff)

    library = Library.objects.get()
    assert application.library == library
    assert (library.name, library.slug, library.city, library.kind, library.website) == (
        "Új Könyvtár",
        "uj-konyvtar",
        "Baja",
        LibraryKind.CITY,
        "https://uj.example.org/",
    )
    assert [(term.started_on, term.ended_on) for term in library.memberships.all()] == [
        (clock.today(), None)
    ]
    assert library.history.get().history_user == staff
    assert client.get(library.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        ([], "uj-konyvtar"),
        (["uj-konyvtar"], "uj-konyvtar-baja"),
        (["uj-konyvtar", "uj-konyvtar-baja"], "uj-konyvtar-baja-2"),
        (["uj-konyvtar", "uj-konyvtar-baja", "uj-konyvtar-baja-2"], "uj-konyvtar-baja-3"),
    ],
)
def test_its_address_is_nobody_elses(client, filled, staff, taken, slug):
    zala = a_county("HU-ZA", "Zala")
    for number, other in enumerate(taken):
        a_library(zala, f"Másik {number}", other)

    assert decide(applied(client, filled), "approve", staff).library.slug == slug


def test_a_name_without_letters_still_gets_an_address(client, filled, staff):
    application = applied(client, {**filled, "library_name": "图书馆"})

    assert decide(application, "approve", staff).library.slug == "library"


def test_who_was_a_member_before_comes_back_as_the_same_library(client, filled, county, staff):
    library = a_library(county, "Új  könyvtár", "regi")
    library.memberships.update(ended_on=yesterday())

    application = decide(applied(client, filled), "approve", staff)

    terms = library.memberships.order_by("ended_on").values_list("started_on", "ended_on")
    assert application.library == library
    assert set(terms) == {(None, yesterday()), (clock.today(), None)}


@pytest.mark.parametrize("started_on", [None, tomorrow()])
def test_who_has_become_a_member_meanwhile_is_not_admitted_twice(
    client, filled, county, staff, started_on
):
    application = applied(client, filled)
    a_library(county, "ÚJ KÖNYVTÁR", "uj")
    Membership.objects.update(started_on=started_on)

    with pytest.raises(SomethingMissing) as missing:
        decide(application, "approve", staff)

    assert missing.value.sentences == ["A library of this name in this county is a member already."]
    assert decide(application, "refuse", staff, note="Twice.").status == ApplicationStatus.REFUSED


# Letters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "note"), [("approve", ""), ("refuse", "No statute."), ("withdraw", "They asked.")]
)
def test_the_applicant_hears_at_once_and_when_it_is_decided(client, filled, staff, action, note):
    application = applied(client, filled)
    with translation.override("hu"):
        application = decide(application, action, staff, note=note)
    tasks.send_mail()

    received, decided = mail.outbox
    assert received.to == decided.to == ["kerelmezo@example.org"]
    assert received.subject == "The application of Új Könyvtár has arrived"
    assert decided.subject == f"Membership of Új Könyvtár: {application.status}"
    assert note in decided.body
    assert ("/libraries/uj-konyvtar/" in decided.body) is (action == "approve")


def test_a_letter_about_what_was_deleted_is_dropped(client, filled):
    applied(client, filled).delete()

    tasks.send_mail()

    assert (mail.outbox, Mail.objects.get().dropped_at is not None) == ([], True)


@time_machine.travel(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), tick=False)
def test_a_membership_begins_on_the_day_in_budapest(client, filled, staff):
    decide(applied(client, filled), "approve", staff)

    assert Membership.objects.get().started_on == date(2026, 3, 2)


@pytest.mark.parametrize("typed", ["nonsense", "ftp://example.org/", "http://[broken"])
def test_a_website_that_is_none_is_refused_in_one_sentence(client, filled, typed):
    response = send(client, {**filled, "website": typed})

    assert errors(response) == {"website": ["Give a whole address, like https://www.example.org."]}
