"""Files that came with a consultation: who brings them, and who may open them."""

import uuid
from datetime import timedelta
from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import audit, clock, filestore
from core.files import PDF
from core.workflow import NotAllowed, SomethingMissing
from positions import attaching
from positions.choices import Confidentiality, ConsultationState
from positions.models import ConsultationFile
from tests import samples
from tests.positions.web import errors_of

pytestmark = pytest.mark.usefixtures("english", "folder")

CANARY = "CANARY-F2.pdf"


@pytest.fixture
def office(staff, client_of):
    return client_of(staff)


@pytest.fixture
def attach(staff):
    def act(thing, name=CANARY, by=staff, **rest):
        upload = SimpleUploadedFile(name, samples.PDF)
        return attaching.attach_to_consultation(
            consultation=thing, by=by, upload=upload, kind=PDF, **rest
        )

    return act


def page(thing):
    return reverse("positions:consultation", args=[thing.pk])


def files(thing):
    return reverse("positions:consultation_attachments", args=[thing.pk])


def send(client, thing, name="draft.pdf", content=samples.PDF, **sent):
    return client.post(files(thing), {"file": SimpleUploadedFile(name, content), **sent})


def opened(client, attachment):
    """The status and what was in it; a file that is read to its end is closed."""
    answer = client.get(attachment.url)
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else b""


def shown(client, thing):
    return [str(each) for each in client.get(page(thing)).context["page"].files]


# Bringing and opening -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["study.pdf", "letter.docx"])
def test_staff_attach_what_came_and_it_is_opened_from_the_page(
    name, coming, office, client_of, coordinator
):
    thing, content = coming.record(), samples.SOUND[name]

    response = send(office, thing, name, content, title="The draft")

    attachment = ConsultationFile.objects.get()
    assert response.url == files(thing)
    assert shown(client_of(coordinator), thing) == ["The draft"]
    assert opened(client_of(coordinator), attachment) == (200, content)


def test_a_file_is_saved_and_never_shown_as_a_page(coming, attach, office):
    answer = office.get(attach(coming.record()).url)

    list(answer.streaming_content)
    asked = ("Content-Type", "Content-Disposition", "Content-Security-Policy", "Cache-Control")
    assert [answer[name] for name in asked] == [
        "application/pdf",
        f'attachment; filename="{CANARY}"',
        "sandbox; default-src 'none'",
        "private, no-store",
    ]


def test_acts_with_files_are_in_the_history_of_those_inside(coming, attach, client_of, staff):
    thing = coming.record(confidentiality=Confidentiality.PUBLIC)
    attachment = attach(thing, title="The <draft>")
    attaching.take_away(attachment=attachment, by=staff)
    attaching.put_back(attachment=attachment, by=staff)

    inside = client_of(staff).get(page(thing)).context["page"].timeline
    outside = Client().get(page(thing)).context["page"].timeline

    assert [(entry["what"], entry["note"]) for entry in inside] == [
        ("A file was put back", "The <draft>"),
        ("A file was taken away", "The <draft>"),
        ("A file was attached", "The <draft>"),
        ("It was recorded", ""),
    ]
    assert [entry["what"] for entry in outside] == ["It was recorded"]
    assert audit.faults() == []


def test_those_outside_read_no_name_of_who_attached_it(coming, attach, staff):
    thing = coming.record(confidentiality=Confidentiality.PUBLIC)
    attach(thing)

    text = Client().get(page(thing)).content.decode()

    assert (CANARY in text, str(staff) in text) == (True, False)


@pytest.mark.parametrize(
    ("confidentiality", "told"),
    [
        (Confidentiality.PUBLIC, "Everybody can open the file at once."),
        (Confidentiality.MEMBERS, "The members of the association can open the file at once."),
        (Confidentiality.SECTIONS, "Its sections and the board can open the file at once."),
    ],
)
def test_the_form_says_who_will_open_it(confidentiality, told, coming, office):
    thing = coming.record(confidentiality=confidentiality)

    foretold = [said for _icon, said in office.get(files(thing)).context["consequences"]]

    assert foretold == [told, "Nobody gets mail."]


def test_O_050_the_same_form_sent_twice_attaches_one_file(coming, office):
    thing, key = coming.record(), str(uuid.uuid4())

    answers = [send(office, thing, once=key) for _time in range(2)]

    assert [answer.url for answer in answers] == [files(thing), files(thing)]
    assert ConsultationFile.objects.count() == 1


def test_the_back_office_lists_them_and_leads_to_the_form(coming, attach, office):
    thing = coming.record()
    attach(thing)

    text = office.get(
        reverse("admin:positions_consultation_change", args=[thing.pk])
    ).content.decode()

    assert (CANARY in text, f'href="{files(thing)}"' in text) == (True, True)


@pytest.mark.parametrize(("who", "view"), [("visitor", page), ("staff", files)])
def test_pages_ask_as_much_for_three_files_as_for_one(
    who, view, coming, attach, client_of, staff, django_assert_max_num_queries
):
    thing = coming.assign(coming.record(confidentiality=Confidentiality.PUBLIC))
    client = Client() if who == "visitor" else client_of(staff)

    for _time in range(3):
        attach(thing)
        attaching.take_away(attachment=attach(thing), by=staff)
        with django_assert_max_num_queries(6 if who == "visitor" else 12):
            client.get(view(thing))


# Who may --------------------------------------------------------------------------------------

EVERYBODY = (
    "visitor",
    "stranger",
    "former_representative",
    "foreign_representative",
    "representative",
    "coordinator",
    "board_member",
    "staff",
)


@pytest.mark.parametrize(
    ("confidentiality", "readers"),
    [
        (Confidentiality.PUBLIC, EVERYBODY),
        (Confidentiality.MEMBERS, EVERYBODY[3:]),
        (Confidentiality.SECTIONS, EVERYBODY[4:]),
    ],
)
def test_O_008_a_file_is_opened_by_those_who_may_know_of_it_and_not_found_by_others(
    confidentiality, readers, coming, attach, client_of, request
):
    thing = coming.assign(coming.record(confidentiality=confidentiality))
    attachment = attach(thing)
    clients = {
        who: Client() if who == "visitor" else client_of(request.getfixturevalue(who))
        for who in EVERYBODY
    }

    found = {who: opened(client, attachment)[0] for who, client in clients.items()}

    assert found == {who: 200 if who in readers else 404 for who in EVERYBODY}


def test_O_003_a_file_is_found_under_its_own_consultation_only(coming, attach, office):
    secret, other = coming.record(confidentiality=Confidentiality.SECTIONS), coming.record()
    attachment = attach(secret)
    views = ("attachment", "take_away", "put_back")
    there, away, back = (
        reverse(f"positions:consultation_{view}", args=[other.pk, attachment.pk]) for view in views
    )

    found = [office.get(there), office.post(away), office.post(back)]

    assert [answer.status_code for answer in found] == [404, 404, 404]


@pytest.mark.parametrize("who", ["coordinator", "representative", "board_secretary"])
def test_nobody_else_attaches(who, coming, attach, client_of, request):
    thing, person = coming.assign(coming.record()), request.getfixturevalue(who)

    answers = [client_of(person).get(files(thing)), send(client_of(person), thing)]

    assert [answer.status_code for answer in answers] == [403, 403]
    with pytest.raises(NotAllowed):
        attach(thing, by=person)
    assert ConsultationFile.objects.count() == 0


def test_what_is_closed_keeps_its_files_as_they_are(coming, attach, office, staff):
    thing = coming.record()
    attachment = attach(thing)
    thing = coming.to(ConsultationState.CLOSED)
    kept = ConsultationFile.objects.filter(pk=attachment.pk)
    kept.update(consultation=thing)

    answers = [
        send(office, thing),
        office.post(kept.get().take_away_url),
        office.post(kept.get().put_back_url),
    ]

    assert [answer.status_code for answer in answers] == [409, 409, 409]
    with pytest.raises(NotAllowed):
        attaching.take_away(attachment=kept.get(), by=staff)
    assert opened(office, kept.get()) == (200, samples.PDF)
    assert office.get(files(thing)).context["form"] is None


# What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>x()</script>"),
        ("run.pdf", samples.EXE),
        ("empty.pdf", b""),
        ("macro.docm", samples.SOUND["letter.docx"]),
    ],
)
def test_O_011_what_is_not_taken_is_told_beside_the_field(name, content, coming, office, folder):
    response = send(office, coming.record(), name, content, title="What I typed")

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["file"])
    assert response.context["form"]["title"].value() == "What I typed"
    assert (ConsultationFile.objects.count(), stored_in(folder)) == (0, [])


def test_without_a_file_nothing_is_attached(coming, office):
    response = office.post(files(coming.record()), {"title": "What I typed"})

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["file"])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\x.pdf", "x.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
        ("ő\u202efdp.pdf", "őfdp.pdf"),
        (f"{'x' * 300}.pdf", f"{'x' * 251}.pdf"),
    ],
)
def test_O_010_O_012_a_hostile_name_is_text_and_reaches_no_place(
    name, kept, coming, office, folder
):
    thing, outside = coming.record(), set(folder.parent.iterdir())

    send(office, thing, name)

    attachment = ConsultationFile.objects.get()
    text = office.get(page(thing)).content.decode()
    assert (attachment.name, escape(kept) in text, "<img src" in text) == (kept, True, False)
    assert stored_in(folder) == [attachment.file.name]
    assert set(folder.parent.iterdir()) == outside


def test_O_013_a_file_over_the_limit_is_told_beside_its_field(coming, office, folder, monkeypatch):
    limit = "positions.views.consultation_files.attachments.largest_file"
    monkeypatch.setattr(limit, 1000, raising=True)

    response = send(office, coming.record(), content=samples.PDF + bytes(1000))

    assert response.status_code == 413
    assert errors_of(response, "file") == ["This file is larger than 25.0\xa0MB."]
    assert (ConsultationFile.objects.count(), stored_in(folder)) == (0, [])


def test_a_consultation_has_room_for_so_many_files(coming, attach, office, monkeypatch, staff):
    monkeypatch.setattr(attaching, "MOST_FILES", 1)
    thing = coming.record()
    attaching.take_away(attachment=attach(thing), by=staff)
    attach(thing)

    response = send(office, thing)

    assert errors_of(response, "file") == ["A consultation has at most 1 files."]
    with pytest.raises(SomethingMissing):
        attaching.put_back(attachment=thing.attachments.taken_away().get(), by=staff)


def test_files_are_not_sent_without_end(coming, office, monkeypatch):
    monkeypatch.setattr("positions.views.consultation_files.UPLOADS", "2/h")
    thing = coming.record()

    answers = [send(office, thing).status_code for _time in range(3)]

    assert answers == [302, 302, 429]


# Taking away ----------------------------------------------------------------------------------


def test_what_was_taken_away_is_not_found_until_it_is_put_back(coming, attach, office):
    thing = coming.record()
    attachment = attach(thing)

    def seen():
        return shown(office, thing), opened(office, attachment)[0]

    before = seen()
    office.post(attachment.take_away_url)
    away = seen()
    office.post(attachment.put_back_url)

    assert (before, away, seen()) == (([CANARY], 200), ([], 404), ([CANARY], 200))


def test_what_was_taken_away_is_deleted_later_and_its_row_stays(coming, attach, staff, folder):
    attachment = attach(coming.record())
    attaching.take_away(attachment=attachment, by=staff)

    with clock.at(clock.now() + attaching.REMOVED_ARE_KEPT + timedelta(minutes=1)):
        let_go = attaching.let_go_of_removed(), filestore.remove_strays()

    row = ConsultationFile.objects.get()
    assert (let_go, row.file.name, row.sha256) == ((1, 1), "", attachment.sha256)
    assert stored_in(folder) == []


def stored_in(folder):
    found = (place for place in folder.rglob("*") if place.is_file())
    return sorted(place.relative_to(folder).as_posix() for place in found)
