"""A file is brought, read by the worker, looked at, and saved as anything else is saved."""

import uuid
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.models import Stage
from core.workflow import NotAllowed
from iksz_portal import tasks
from positions import actions, importing
from positions.choices import State
from positions.models import Position, TextImport
from tests import samples
from tests.jobs import run_jobs
from tests.positions.web import at, errors_of
from tests.positions.word_sample import par, run
from tests.samples import docx, xlsx

pytestmark = pytest.mark.usefixtures("english", "folder")

JOINT = (Path(__file__).parent / "files" / "joint.odt").read_bytes()
NEW = ("positions:bring_new",)


def send(client, address, name="letter.docx", content=None, **sent):
    upload = SimpleUploadedFile(name, content or docx("First paragraph.", "A new paragraph."))
    return client.post(address, {"file": upload, **sent})


def brought(client, address, **sent):
    """The file read by the worker, as its page shows it."""
    response = send(client, address, **sent)
    run_jobs()
    return client.get(response.url)


def files_in(folder):
    return [place for place in folder.rglob("*") if place.is_file()]


# A new position -------------------------------------------------------------------------------


def test_a_file_becomes_a_draft_once_it_is_looked_at_and_sent(client_of, representative, section):
    client = client_of(representative)

    page = brought(client, reverse(*NEW), name="közös.odt", content=JOINT)

    assert Position.objects.count() == 0
    form = client.get(page.context["use_url"]).context["form"]
    sent = {name: form[name].value() for name in ("title", "body", "points")}
    response = client.post(
        page.context["use_url"], {**sent, "section": section.pk, "kind": "opinion"}
    )
    position = Position.objects.get()
    assert response.url == at(position)
    assert position.title == "Minta: vélemény a kölcsönzés rendjéről"
    assert position.current.body == TextImport.objects.get().body
    assert [point.text for point in position.current.points.all()] == [
        "Készüljön közös ajánlás.",
        "Az eltéréseket tegyük közzé.",
    ]


def test_the_page_says_how_far_it_is_then_what_is_not_in_the_text(client_of, representative):
    client = client_of(representative)
    address = send(client, reverse(*NEW), content=JOINT, name="joint.odt").url
    waiting = client.get(address)
    run_jobs()
    ready = client.get(address)

    assert "data-hx-get" in waiting.content.decode()
    assert "data-hx-get" not in ready.content.decode()
    assert ready.context["left_out"][0].sentence == (
        "1 picture is not in the text; attach it as a file if it is needed."
    )
    assert len(ready.context["passages"]) == 15


def test_the_report_is_in_the_readers_language(client_of, representative):
    client = client_of(representative)
    pk = brought(client, reverse(*NEW), content=JOINT, name="joint.odt").context["job"].pk

    page = client.get(f"/sl/stalisca/iz-datoteke/{pk}/").content.decode()

    assert "1 slika ni v besedilu" in page


def test_what_cannot_be_read_is_told(client_of, representative):
    representative.language = "en"
    representative.save()

    page = brought(client_of(representative), reverse(*NEW), content=docx(body=par("")))

    job = page.context["job"]
    assert (job.stage, job.fault) == (
        Stage.FAILED,
        "There are no words in this file that could be read.",
    )
    assert job.fault in page.content.decode()


def test_a_text_that_is_too_long_is_told(client_of, representative, monkeypatch):
    monkeypatch.setattr(importing, "MOST_PARAGRAPHS", 1)

    page = brought(client_of(representative), reverse(*NEW))

    assert page.context["job"].stage == Stage.FAILED


def test_the_same_form_sent_twice_reads_one_file(client_of, representative):
    client, key = client_of(representative), str(uuid.uuid4())

    answers = [send(client, reverse(*NEW), once=key).url for _time in range(2)]

    assert len(set(answers)) == 1
    assert TextImport.objects.count() == 1


# The text of a position -----------------------------------------------------------------------


def test_a_file_is_joined_with_what_was_saved_since_its_version(way, client_of, drafter):
    """Version 1 was taken away to be worked on; meanwhile its second paragraph was changed."""
    position, client = way.start(), client_of(drafter)
    actions.save_draft(
        position=position,
        by=drafter,
        base=1,
        title=position.title,
        body="<p>First paragraph.</p><p>Second paragraph, changed here.</p>",
        points=["The first thing.", "The second thing."],
        addressee=position.addressee,
    )
    file = docx("First paragraph, changed in Word.", "Second paragraph.", "And a third.")

    page = brought(client, at(position, "bring_to"), content=file, base=1)
    form = client.get(page.context["use_url"]).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    response = client.post(at(position, "edit"), sent)

    assert response.url == at(position)
    position.refresh_from_db()
    assert position.current.number == 3
    assert position.current.body == (
        "<p>First paragraph, changed in Word.</p><p>Second paragraph, changed here.</p>"
        "<p>And a third.</p>"
    )
    assert [point.text for point in position.current.points.all()] == [
        "The first thing.",
        "The second thing.",
    ]
    assert position.current.note == "From the file letter.docx"


def test_the_newest_version_is_offered_first(way, client_of, drafter):
    position = way.start()
    actions.save_draft(
        position=position,
        by=drafter,
        base=1,
        title="On hours",
        body="<p>Other.</p>",
        points=[],
        addressee=position.addressee,
    )

    form = client_of(drafter).get(at(position, "bring_to")).context["form"]

    assert form.fields["base"].choices == [
        (2, "version 2 by Drafter"),
        (1, "version 1 by Drafter"),
    ]


@pytest.mark.parametrize("base", ["", "0", "7", "x", "9" * 30])
def test_a_version_that_is_not_there_is_told_beside_its_field(base, way, client_of, drafter):
    response = send(client_of(drafter), at(way.start(), "bring_to"), base=base)

    assert len(errors_of(response, "base")) == 1
    assert TextImport.objects.count() == 0


# Whose it is ----------------------------------------------------------------------------------


def test_what_somebody_brought_is_theirs_alone(way, client_of, drafter, coordinator, staff):
    position = way.start()
    client = client_of(drafter)
    page = brought(client, at(position, "bring_to"), base=1)
    address, use = page.request["PATH_INFO"], page.context["use_url"]

    others = [client_of(person) for person in (coordinator, staff)]

    assert [other.get(address).status_code for other in others] == [404, 404]
    assert others[0].get(use).context["brought"] is None


def test_what_was_brought_for_one_position_goes_into_no_other(way, client_of, drafter):
    position, other, client = way.start(), way.start(), client_of(drafter)
    pk = brought(client, at(position, "bring_to"), base=1).context["job"].pk

    addresses = [at(other, "edit"), reverse("positions:start")]
    pages = [client.get(address, {"from": pk}) for address in addresses]

    assert [page.context["brought"] for page in pages] == [None, None]


@pytest.mark.parametrize("asked", ["", "x", "0", "9" * 30, "1 OR 1=1", "-1"])
def test_O_018_a_text_that_cannot_exist_is_not_there(asked, client_of, representative):
    page = client_of(representative).get(reverse("positions:start"), {"from": asked})

    assert page.context["brought"] is None


def test_it_is_gone_with_the_right_to_see_its_position(way, client_of, drafter):
    position, client = way.start(), client_of(drafter)
    address = brought(client, at(position, "bring_to"), base=1).request["PATH_INFO"]
    before = client.get(address).status_code

    drafter.mandates.update(ended_on=clock.days_after(clock.today(), -1))

    assert (before, client.get(address).status_code) == (200, 404)


@pytest.mark.parametrize(
    ("state", "who", "status"),
    [
        (State.DRAFT, "drafter", 302),
        (State.DRAFT, "representative", 404),
        (State.CONSULTATION, "drafter", 409),
        (State.CONSULTATION, "representative", 403),
        (State.CONSOLIDATION, "coordinator", 302),
        (State.SUBMITTED, "stranger", 403),
    ],
)
def test_a_text_is_brought_by_those_who_write(state, who, status, way, client_of, request):
    position = way.to(state)

    response = send(client_of(request.getfixturevalue(who)), at(position, "bring_to"), base=1)

    assert response.status_code == status
    assert TextImport.objects.count() == int(status == 302)


def test_nobody_else_begins_with_a_file(client_of, stranger):
    assert send(client_of(stranger), reverse(*NEW)).status_code == 403
    with pytest.raises(NotAllowed):
        importing.bring(by=stranger, upload=SimpleUploadedFile("a.docx", b"x"))


# What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", samples.PDF),
        ("letter.doc", samples.OLE),
        ("letter.docx", samples.OLE),
        ("letter.docx", samples.EXE),
        ("table.docx", xlsx()),
        ("letter.docx", docx()[:-30]),
        ("letter.docx", docx(more={"../x": "x"})),
        ("letter.docx", docx(more={"word/vbaProject.bin": "x"})),
        ("letter.docx", docx(more={"word/document.xml": "<!DOCTYPE x SYSTEM 'http://x'><x/>"})),
        ("letter.docx", docx(body=par(run("x")) * 1_000_000)),
    ],
)
def test_what_is_no_honest_file_is_refused_beside_its_field(
    name, content, client_of, representative, folder
):
    response = send(client_of(representative), reverse(*NEW), name=name, content=content)

    assert list(response.context["form"].errors) == ["file"]
    assert (TextImport.objects.count(), files_in(folder)) == (0, [])


def test_a_file_of_more_words_than_can_be_read_is_refused_before_unpacking(
    client_of, representative
):
    """Its parts are allowed in an attachment; its words are too many for a text."""
    words = "".join(par(run(f"{uuid.uuid4()} {uuid.uuid4()}")) for _line in range(70_000))

    response = send(client_of(representative), reverse(*NEW), content=docx(body=words))

    assert errors_of(response, "file") == [
        "The text of this file is longer than a position can be."
    ]


def test_O_013_a_file_over_the_limit_is_told_beside_its_field(
    client_of, representative, monkeypatch
):
    monkeypatch.setattr("positions.views.imports.bring_new.largest_file", 100)

    response = send(client_of(representative), reverse(*NEW))

    assert response.status_code == 413
    assert errors_of(response, "file") == ["This file is larger than 10.0\xa0MB."]


def test_files_are_not_read_without_end(client_of, representative, monkeypatch):
    monkeypatch.setattr("positions.views.imports.UPLOADS", "2/h")
    client = client_of(representative)

    assert [send(client, reverse(*NEW)).status_code for _time in range(3)] == [302, 302, 429]


def test_O_020_a_name_is_text_wherever_it_is_shown(client_of, representative):
    client, name = client_of(representative), '"><svg onload=__xss=1>.docx'

    page = brought(client, reverse(*NEW), name=name)

    used = client.get(page.context["use_url"])
    assert [escape(page.context["job"].name) in p.content.decode() for p in (page, used)] == [
        True,
        True,
    ]
    assert "<svg onload" not in page.content.decode() + used.content.decode()


# What stays -----------------------------------------------------------------------------------


def test_the_file_is_let_go_once_it_is_read(client_of, representative, folder, time_machine):
    brought(client_of(representative), reverse(*NEW))
    before = len(files_in(folder))
    time_machine.move_to(clock.now() + timedelta(hours=25))

    tasks.sweep()

    assert (before, files_in(folder), TextImport.objects.count()) == (1, [], 1)


def test_the_text_is_let_go_after_a_week(client_of, representative, time_machine):
    brought(client_of(representative), reverse(*NEW))
    kept = []
    for days in (6, 8):
        time_machine.move_to(TextImport.objects.first().requested_at + timedelta(days=days))
        tasks.sweep()
        kept.append(TextImport.objects.count())

    assert kept == [1, 0]
