"""Files of a position: who brings them, who opens them, and that nobody else comes near them."""

import uuid
from datetime import timedelta
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import audit, clock, filestore
from core.files import PDF, sha256_of
from core.workflow import NotAllowed, SomethingMissing
from iksz_portal import tasks
from positions import attaching
from positions.choices import Action, State
from positions.models import Attachment
from tests import samples
from tests.positions.web import at, errors_of, step
from tests.samples import SOUND

pytestmark = pytest.mark.usefixtures("english", "folder")


def attach(position, by, name="CANARY-F1.pdf", content=samples.PDF, **rest):
    return attaching.attach(
        position=position, by=by, upload=SimpleUploadedFile(name, content), kind=PDF, **rest
    )


def send(client, position, name="study.pdf", content=samples.PDF, **sent):
    upload = SimpleUploadedFile(name, content, sent.pop("content_type", "text/html"))
    return client.post(at(position, "attachments"), {"file": upload, **sent})


def opened(client, position, attachment):
    """The answer and what was in it; a file that is read to its end is closed."""
    answer = client.get(at(position, "attachment", attachment.pk))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, content


def kept_in(folder):
    return sorted(place for place in folder.rglob("*") if place.is_file())


def links_in(response):
    return [str(attachment) for attachment in response.context["attachments"]]


# Bringing and opening -------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOUND)
def test_a_file_comes_back_as_it_was_brought(name, way, client_of, drafter):
    position, client = way.start(), client_of(drafter)

    response = send(client, position, name, SOUND[name], title="The study")

    attachment = Attachment.objects.get()
    assert response.url == at(position, "attachments")
    assert links_in(client.get(response.url)) == ["The study"]
    assert opened(client, position, attachment)[1] == SOUND[name]
    assert (attachment.name, attachment.size, attachment.uploaded_by) == (
        name,
        len(SOUND[name]),
        drafter,
    )


def test_the_portal_says_what_a_file_is_and_never_shows_it_as_a_page(way, client_of, drafter):
    position = way.start()
    attachment = attach(position, drafter)

    answer, _content = opened(client_of(drafter), position, attachment)

    asked = (
        "Content-Type",
        "Content-Disposition",
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Cache-Control",
    )
    assert [answer[name] for name in asked] == [
        "application/pdf",
        'attachment; filename="CANARY-F1.pdf"',
        "sandbox; default-src 'none'",
        "nosniff",
        "private, no-store",
    ]


def test_the_page_of_the_position_counts_its_files(way, client_of, drafter):
    position = way.start()
    attach(position, drafter)
    attaching.take_away(attachment=attach(position, drafter), by=drafter)

    tabs = client_of(drafter).get(at(position)).context["page"].tabs

    assert ("Attachments (1)", at(position, "attachments"), False) in tabs


def test_the_public_hears_nothing_of_files(way, client, drafter, coordinator):
    position = way.start()
    attach(position, drafter)
    position = way.to(State.SUBMITTED, position)

    page = client.get(at(position)).content.decode()

    assert [word for word in ("CANARY", "attachment", "Attachment") if word in page] == []


def test_acts_with_files_are_in_the_history(way, client_of, drafter):
    position = way.start()
    attachment = attach(position, drafter, title="The <study>")
    attaching.take_away(attachment=attachment, by=drafter)
    attaching.put_back(attachment=attachment, by=drafter)

    told = client_of(drafter).get(at(position)).context["page"].timeline[:3]

    assert [(entry["what"], entry["who"], entry["note"]) for entry in told] == [
        ("A file was put back", "Drafter", "The <study>"),
        ("A file was taken away", "Drafter", "The <study>"),
        ("A file was attached", "Drafter", "The <study>"),
    ]
    assert audit.faults() == []


@pytest.mark.parametrize("action", [Action.OPEN_CONSULTATION, Action.FORWARD])
def test_a_move_tells_that_the_files_go_along(action, way, client_of, drafter, coordinator):
    state = {Action.OPEN_CONSULTATION: State.DRAFT, Action.FORWARD: State.ADOPTED}[action]
    position = way.start()
    attach(position, drafter)
    position = way.to(state, position) if state != State.DRAFT else position

    page = client_of(coordinator).get(step(position, action))

    sentence = "1 attached file goes along: whoever reads the text can open it."
    assert sentence in [told for _icon, told in page.context["consequences"]]


def test_the_same_form_sent_twice_attaches_one_file(way, client_of, drafter):
    position, client, key = way.start(), client_of(drafter), str(uuid.uuid4())

    for _time in range(2):
        send(client, position, once=key)

    assert Attachment.objects.count() == 1


# Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "who", "status"),
    [
        (State.DRAFT, "drafter", 302),
        (State.DRAFT, "coordinator", 302),
        (State.DRAFT, "representative", 404),
        (State.DRAFT, "staff", 403),
        (State.CONSULTATION, "drafter", 409),
        (State.CONSULTATION, "coordinator", 302),
        (State.CONSULTATION, "representative", 403),
        (State.BOARD_REVIEW, "coordinator", 302),
        (State.BOARD_REVIEW, "board_secretary", 403),
        (State.SUBMITTED, "coordinator", 409),
        (State.SUBMITTED, "drafter", 409),
        (State.SUBMITTED, "stranger", 404),
    ],
)
def test_files_are_brought_by_those_who_write(state, who, status, way, client_of, request):
    position = way.to(state)

    response = send(client_of(request.getfixturevalue(who)), position)

    assert (response.status_code, Attachment.objects.count()) == (status, int(status == 302))


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        (State.DRAFT, {"drafter", "coordinator", "staff"}),
        (State.CONSULTATION, {"drafter", "coordinator", "staff", "representative"}),
        (
            State.FORWARDED,
            {"drafter", "coordinator", "staff", "representative", "board_member"},
        ),
        (
            State.SUBMITTED,
            {"drafter", "coordinator", "staff", "representative", "board_member"},
        ),
    ],
)
def test_O_008_a_file_is_opened_by_those_inside_and_not_found_by_others(
    state, readers, way, client_of, request, drafter
):
    position = way.start()
    attachment = attach(position, drafter)
    position = position if state == State.DRAFT else way.to(state, position)
    everybody = {
        *("drafter", "coordinator", "staff", "representative", "board_member"),
        *("stranger", "foreign_representative", "other_coordinator", "former_representative"),
    }

    found = {
        who: opened(client_of(request.getfixturevalue(who)), position, attachment)[0]
        for who in everybody
    }

    assert {who for who, answer in found.items() if answer.status_code == 200} == readers
    assert {answer.status_code for answer in found.values()} == {200, 404}


def test_O_008_no_address_leads_to_where_files_are_kept(way, client_of, drafter, coordinator):
    attachment = attach(way.start(), drafter)
    stored = attachment.file.name
    addresses = [f"{root}{stored}" for root in ("/media/", "/static/", "/", "/var/media/")]
    addresses.append(attachment.file.url)

    for client in (Client(), client_of(coordinator)):
        assert {client.get(address).status_code for address in addresses} == {404}


def test_O_003_a_file_is_found_under_its_own_position_only(way, client_of, drafter):
    attachment, other = attach(way.start(), drafter), way.start()
    client = client_of(drafter)

    nested = [
        client.get(at(other, "attachment", attachment.pk)),
        client.post(at(other, "take_away", attachment.pk)),
        client.post(at(other, "put_back", attachment.pk)),
    ]

    assert [answer.status_code for answer in nested] == [404, 404, 404]
    attachment.refresh_from_db()
    assert attachment.removed_at is None


def test_O_009_the_address_of_a_file_opens_nothing_by_itself(way, client_of, coordinator, drafter):
    position, client = way.start(), client_of(coordinator)
    attachment = attach(position, drafter)
    copied = Client()
    copied.cookies.load(client.cookies.output(header="").strip())
    assert [opened(one, position, attachment)[0].status_code for one in (client, copied)] == [
        200,
        200,
    ]

    client.post(reverse("account_logout"))

    again = [opened(one, position, attachment)[0] for one in (Client(), client, copied)]
    sign_in = reverse("account_login")
    assert [answer.url.startswith(sign_in) for answer in again] == [True, True, True]


@pytest.mark.parametrize("number", ["99999999999999999999", "9223372036854775808", "0"])
def test_O_018_a_file_that_cannot_exist_is_not_found(number, way, client_of, drafter):
    position = way.start()

    answer = client_of(drafter).get(f"{at(position, 'attachments')}{number}/")

    assert answer.status_code == 404


# What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.svg", b"<svg onload='x()'/>"),
        ("page.html", b"<script>x()</script>"),
        ("page.xhtml", b"<html/>"),
        ("run.js", b"x()"),
        ("run.pdf", samples.EXE),
        ("empty.pdf", b""),
    ],
)
def test_O_011_what_is_not_taken_is_told_beside_the_field(
    name, content, way, client_of, drafter, folder
):
    position = way.start()

    response = send(client_of(drafter), position, name, content, title="What I typed")

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["file"])
    assert response.context["form"]["title"].value() == "What I typed"
    assert (Attachment.objects.count(), kept_in(folder)) == (0, [])


def test_O_011_what_the_browser_calls_a_file_counts_for_nothing(way, client_of, drafter):
    send(client_of(drafter), way.start(), content_type="text/html")

    assert Attachment.objects.get().media_type == "application/pdf"


BOUNDARY = "x-boundary"


def send_as_named(client, position, disposition):
    """A form whose file carries its name in just these bytes."""
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; {disposition}\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode() + samples.PDF
    body += f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return client.post(at(position, "attachments"), body, content_type=kind)


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ('filename="../../../../app/settings.py"', None),
        ('filename="..\\..\\x.pdf"', "x.pdf"),
        ('filename="/etc/cron.d/x"', None),
        ('filename="a\0.pdf"', "a.pdf"),
        (f'filename="{"x" * 300}.pdf"', f"{'x' * 251}.pdf"),
        ('filename="CON.pdf"', "CON.pdf"),
        ('filename=""', None),
        ('filename=".pdf"', None),
        ("filename*=UTF-8''%C5%91%E2%80%AEfdp.pdf", "őfdp.pdf"),
        ("filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x%3D1.pdf", 'a"Set-Cookie: x=1.pdf'),
    ],
)
def test_O_010_a_name_reaches_no_place_on_the_disk(named, kept, way, client_of, drafter, folder):
    position, outside = way.start(), set(folder.parent.iterdir())

    response = send_as_named(client_of(drafter), position, named)

    assert response.status_code == (302 if kept else 200)
    assert [attachment.name for attachment in Attachment.objects.all()] == [kept] * bool(kept)
    assert set(folder.parent.iterdir()) == outside
    stored = [place.relative_to(folder).as_posix() for place in kept_in(folder)]
    assert stored == [attachment.file.name for attachment in Attachment.objects.all()]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('a"b.pdf', 'attachment; filename="a\\"b.pdf"'),
        ("<img src=x onerror=alert(1)>.pdf", None),
        ("őrség.pdf", "attachment; filename*=utf-8''%C5%91rs%C3%A9g.pdf"),
    ],
)
def test_O_012_a_name_is_text_wherever_it_is_shown(name, header, way, client_of, drafter):
    position, client = way.start(), client_of(drafter)
    attachment = attach(position, drafter, name)

    answer, _content = opened(client, position, attachment)
    pages = [
        client.get(at(position, page)).content.decode() for page in ("attachments", "position")
    ]

    assert answer["Content-Disposition"] == header or f'attachment; filename="{name}"'
    assert [escape(name) in page for page in pages] == [True, True]
    assert any("<img src" in page for page in pages) is False
    assert "Set-Cookie" not in answer.headers


def test_O_013_a_file_over_the_limit_is_told_beside_its_field(
    way, client_of, drafter, folder, monkeypatch
):
    monkeypatch.setattr("positions.views.attachments.attachments.largest_file", 1000, raising=True)
    position, content = way.start(), samples.PDF + bytes(1000)

    response = send(client_of(drafter), position, content=content)

    assert response.status_code == 413
    assert errors_of(response, "file") == ["This file is larger than 25.0\xa0MB."]
    assert (Attachment.objects.count(), kept_in(folder)) == (0, [])


def test_a_position_has_room_for_so_many_files(way, client_of, drafter, monkeypatch):
    position = way.start()
    monkeypatch.setattr(attaching, "MOST_FILES", 1)
    attach(position, drafter)

    response = send(client_of(drafter), position)

    assert errors_of(response, "file") == ["A position has at most 1 files."]


def test_a_position_has_room_for_so_much(way, client_of, drafter, monkeypatch):
    position = way.start()
    monkeypatch.setattr(attaching, "MOST_TOGETHER", 2 * len(samples.PDF) - 1)
    first = attach(position, drafter)

    response = send(client_of(drafter), position)

    assert len(errors_of(response, "file")) == 1
    attaching.take_away(attachment=first, by=drafter)
    attach(position, drafter)
    with pytest.raises(SomethingMissing):
        attaching.put_back(attachment=first, by=drafter)


def test_files_are_not_sent_without_end(way, client_of, drafter, monkeypatch):
    monkeypatch.setattr("positions.views.attachments.UPLOADS", "2/h")
    position, client = way.start(), client_of(drafter)

    answers = [send(client, position).status_code for _time in range(3)]

    assert answers == [302, 302, 429]


# Taking away ----------------------------------------------------------------------------------


def test_what_was_taken_away_is_not_found_until_it_is_put_back(way, client_of, drafter):
    position, client = way.start(), client_of(drafter)
    attachment = attach(position, drafter)

    def seen():
        page = client.get(at(position, "attachments"))
        return links_in(page), opened(client, position, attachment)[0].status_code

    client.post(at(position, "take_away", attachment.pk))
    gone = seen()
    client.post(at(position, "put_back", attachment.pk))

    assert (gone, seen()) == (([], 404), (["CANARY-F1.pdf"], 200))


def test_only_those_who_write_take_away_and_only_while_they_write(
    way, drafter, coordinator, representative
):
    position = way.start()
    attachment = attach(position, drafter)
    position = way.to(State.CONSULTATION, position)

    for person in (drafter, coordinator, representative):
        with pytest.raises(NotAllowed):
            attaching.take_away(attachment=attachment, by=person)


def test_the_file_is_deleted_a_month_later_and_its_row_stays(way, drafter, folder, time_machine):
    attachment = attach(way.start(), drafter)
    attaching.take_away(attachment=attachment, by=drafter)
    for days, files in ((29, 1), (31, 0)):
        time_machine.move_to(attachment.uploaded_at + timedelta(days=days))
        tasks.sweep()
        assert len(kept_in(folder)) == files

    attachment.refresh_from_db()
    assert (attachment.file.name, attachment.name) == ("", "CANARY-F1.pdf")
    assert list(filestore.damaged()) == []
    with pytest.raises(NotAllowed):
        attaching.put_back(attachment=attachment, by=drafter)


def test_a_file_in_use_is_never_swept(way, drafter, folder, time_machine):
    attach(way.start(), drafter)
    time_machine.move_to(clock.now() + timedelta(days=400))

    tasks.sweep()

    assert len(kept_in(folder)) == 1


# Is it still whole? ---------------------------------------------------------------------------


def test_verify_finds_files_that_changed_or_went(way, drafter):
    position = way.start()
    whole, changed, gone = (attach(position, drafter) for _time in range(3))
    Path(changed.file.path).write_bytes(b"%PDF-other")
    Path(gone.file.path).unlink()

    assert list(filestore.damaged()) == [
        f"The file of positions.Attachment {changed.pk} has been changed.",
        f"The file of positions.Attachment {gone.pk} is not there.",
    ]
    assert sha256_of(BytesIO(samples.PDF)) == whole.sha256


def test_a_file_that_went_missing_is_not_found(way, client_of, drafter, caplog):
    position = way.start()
    attachment = attach(position, drafter)
    Path(attachment.file.path).unlink()

    assert opened(client_of(drafter), position, attachment)[0].status_code == 404
