"""Letters to authorities: their templates, the cover letter, and the package that is confirmed."""

import hashlib
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from core import audit, clock, filestore
from core.files import PDF
from core.models import Stage
from core.workflow import SomethingMissing
from iksz_portal import tasks
from positions import attaching, lettering, packing
from positions.choices import Action, LetterKind, Placeholder, State
from positions.models import LetterTemplate, Package, Position, RecordFile
from tests import samples
from tests.jobs import run_jobs
from tests.office import docx_paragraphs
from tests.pdfs import Pdf
from tests.positions.test_attachments import attach
from tests.positions.web import at, errors_of, make, step

pytestmark = pytest.mark.usefixtures("english", "folder")

LETTER = {"letter_language": "en", "letter_subject": "Our opinion", "letter_body": "Dear all."}


def template(body="{{reference}} to {{addressee}}", **facts):
    facts = {"kind": LetterKind.COVER, "language": "hu", "subject": "{{title}}", **facts}
    return LetterTemplate.objects.create(body=body, **facts)


def fresh(position):
    return Position.objects.for_page().get(pk=position.pk)


def prepare(client, position, **sent):
    facts = {"addressee": position.addressee_id, "signatory": "The chair", "channel": "email"}
    return make(client, position, Action.PREPARE_SUBMISSION, **{**facts, **LETTER, **sent})


# Templates -------------------------------------------------------------------------------------


def test_a_letter_begins_with_what_its_template_says(way):
    template()

    letter = lettering.begin(fresh(way.to(State.ACCEPTED)), LetterKind.COVER, language="hu")

    year = clock.today().year
    assert (letter.subject, letter.body) == (
        "On the opening hours",
        f"MT-{year}/001 to Mintaügyi Minisztérium",
    )


def test_every_placeholder_is_filled_in(way):
    position = fresh(way.submit(way.to(State.ACCEPTED)))

    assert set(lettering.facts(position)) == set(Placeholder)


def test_what_is_not_known_yet_is_left_to_the_writer(way):
    template("Due on {{due_on}}.")

    letter = lettering.begin(fresh(way.to(State.ACCEPTED)), LetterKind.COVER, language="hu")

    assert letter.body == "Due on …."


def test_a_template_is_no_program():
    told = "{% load i18n %}{{ title|upper }} {{title.__class__}} {{settings.SECRET_KEY}} {{title}}"

    filled = lettering.fill(told, {"title": "{{reference}}", "reference": "MT-2026/001"})

    assert filled == told.replace("{{title}}", "{{reference}}")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("{{reference}} {{ title }}", None),
        ("{{settings.SECRET_KEY}} {{title|safe}}", "{{settings.SECRET_KEY}}, {{title|safe}}"),
        ("{{adressee}}", "{{adressee}}"),
    ],
)
def test_a_template_with_an_unknown_placeholder_is_not_saved(db, office_form, body, named):
    response = office_form(body)

    if named is None:
        assert (response.status_code, LetterTemplate.objects.count()) == (302, 1)
    else:
        errors = response.context["adminform"].form.errors["body"]
        assert errors == [f"There is no such placeholder: {named}."]
        assert LetterTemplate.objects.count() == 0


@pytest.fixture
def office_form(client_of, staff):
    def send(body):
        facts = {"kind": "cover", "language": "hu", "subject": "{{title}}", "body": body}
        return client_of(staff).post("/admin/positions/lettertemplate/add/", facts)

    return send


def test_a_changed_template_keeps_what_it_said(db):
    letter = template("Old.")
    letter.body = "New."
    letter.save()

    assert [each.body for each in letter.history.order_by("history_id")] == ["Old.", "New."]


def test_the_seeded_templates_ask_only_for_what_is_known(db):
    from iksz_portal import seeding

    seeding._letter_templates()

    assert LetterTemplate.objects.count() == len(LetterKind) * 3
    for each in LetterTemplate.objects.all():
        each.full_clean()


def test_a_letter_is_one_of_its_kind_and_language(db):
    template()

    with pytest.raises(ValidationError):
        LetterTemplate(kind="cover", language="hu", subject="x", body="y").full_clean()


# Preparing -------------------------------------------------------------------------------------


def test_the_form_offers_the_letter_in_the_language_asked_for(way, client_of, coordinator):
    template("Tisztelt Címzett!")
    template("Dear Sir or Madam,", language="en")
    position, client = way.to(State.ACCEPTED), client_of(coordinator)

    pages = [
        client.get(step(position, Action.PREPARE_SUBMISSION), query)
        for query in ({}, {"letter": "en"}, {"letter": "xx"})
    ]

    assert [page.context["form"]["letter_body"].value() for page in pages] == [
        "Tisztelt Címzett!",
        "Dear Sir or Madam,",
        "Tisztelt Címzett!",
    ]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Dear {{addressee}}", "There is still a placeholder in the letter: write what should "),
        ("Dear {{nobody}}", "There is no such placeholder: {{nobody}}."),
        ("  ", "This field is required."),
    ],
)
def test_a_letter_goes_without_placeholders(way, client_of, coordinator, body, sentence):
    position = way.to(State.ACCEPTED)

    response = prepare(client_of(coordinator), position, letter_body=body)

    [error] = errors_of(response, "letter_body")
    assert error.startswith(sentence)
    assert fresh(position).sent is None


def test_only_the_chosen_files_of_this_position_go_along(way, client_of, coordinator, drafter):
    position, other = way.start(), way.start()
    files = [attach(position, drafter, name=f"{n}.pdf") for n in (1, 2)]
    stranger = attach(other, drafter)
    attaching.take_away(attachment=files[1], by=drafter)
    position, client = way.to(State.ACCEPTED, position), client_of(coordinator)

    refused = [prepare(client, position, enclosures=[each.pk]) for each in (stranger, files[1])]
    prepare(client, position, enclosures=[files[0].pk])

    assert [len(errors_of(each, "enclosures")) for each in refused] == [1, 1]
    assert list(fresh(position).sent.enclosures.all()) == [files[0]]


def test_what_does_not_go_along_is_not_offered_as_an_effect_either(way, coordinator, drafter):
    other = attach(way.start(), drafter)
    position = way.to(State.ACCEPTED)

    with pytest.raises(SomethingMissing) as refusal:
        way.prepare(position, enclosures=[other])

    assert refusal.value.field == "enclosures"


def test_O_038_the_form_of_the_letter_sets_nothing_else(way, client_of, coordinator, chair):
    position = way.to(State.ACCEPTED)

    extra = {"confirmed_by": chair.pk, "sha256": "0", "package": 1, "status": "submitted"}
    prepare(client_of(coordinator), position, **extra)

    sent = fresh(position).sent
    assert (sent.confirmed_by, sent.package.sha256, sent.sent_on) == (None, "", None)


# The package -----------------------------------------------------------------------------------


@pytest.fixture
def packed(way, client_of, coordinator, drafter):
    """Prepared by its form with one file, and made by the worker."""
    position = way.start()
    file = attach(position, drafter, name="study.pdf")
    position = way.to(State.ACCEPTED, position)
    assert prepare(client_of(coordinator), position, enclosures=[file.pk]).status_code == 302
    run_jobs()
    return fresh(position)


def test_the_package_holds_letter_position_and_files_with_a_manifest(packed):
    package, reference = packed.sent.package, packed.reference.replace("/", "-")

    with package.file.open() as file, ZipFile(BytesIO(file.read())) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}

    sums = held.pop("SHA256SUMS.txt").decode()
    assert list(held) == [
        "cover-letter.pdf",
        "cover-letter.docx",
        f"{reference}.pdf",
        f"{reference}.docx",
        "attachments/01-study.pdf",
    ]
    assert sums == "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in held.items()
    )
    assert held["attachments/01-study.pdf"] == samples.PDF
    assert {each["name"]: each["size"] for each in package.manifest} == {
        name: len(content) for name, content in held.items()
    }


def test_the_letter_says_what_was_written_to_whom_and_what_is_enclosed(packed):
    package = packed.sent.package
    files = [packing.opened(package, place)[0].read() for place in (0, 1)]

    words = " ".join(text for _style, text in docx_paragraphs(files[1]))

    for said in ("Our opinion", "Dear all.", "Mintaügyi Minisztérium", "study.pdf"):
        assert said in words
    assert "Our opinion" in Pdf(files[0]).said_of_itself


def test_the_package_is_not_the_position_as_those_inside_read_it(packed, way):
    position = packing.opened(packed.sent.package, 3)[0].read()

    words = " ".join(text for _style, text in docx_paragraphs(position))

    assert "First paragraph." in words
    assert "The board's reasons." not in words


def test_the_same_files_make_the_same_package(packed):
    package, first = packed.sent.package, packed.sent.package.sha256
    package.stage = Stage.WAITING

    packing.make(package, lambda done: done)

    assert package.sha256 == first


def test_nothing_is_confirmed_before_its_files_are_there(way, client_of, coordinator, chair):
    position, second = way.to(State.ACCEPTED), client_of(chair)
    prepare(client_of(coordinator), position)

    early = make(second, position, Action.CONFIRM_SUBMISSION)
    run_jobs()
    late = make(second, position, Action.CONFIRM_SUBMISSION)

    assert early.context["missing"] == [
        "The package to be sent is still being made; it takes a minute at most."
    ]
    assert late.status_code == 302


def test_the_second_person_reads_the_letter_and_opens_the_files(packed, client_of, chair):
    client = client_of(chair)

    page = client.get(step(packed, Action.CONFIRM_SUBMISSION)).content.decode()

    for shown in ("Our opinion", "Dear all.", packed.sent.package.sha256, "cover-letter.pdf"):
        assert shown in page
    for each in packed.sent.package.manifest:
        assert each["sha256"] in page
    answer = client.get(at(packed, "package_file", packed.sent.package.pk, 4))
    assert b"".join(answer.streaming_content) == samples.PDF
    assert answer["Content-Disposition"] == 'attachment; filename="01-study.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_fingerprints_of_what_was_confirmed_are_in_the_chain(packed, client_of, chair):
    make(client_of(chair), packed, Action.CONFIRM_SUBMISSION)

    seal = audit.of(packed).get(action="seal_package")

    package = packed.sent.package
    assert seal.payload["sha256"] == package.sha256
    assert seal.payload["files"] == {each["name"]: each["sha256"] for each in package.manifest}
    assert audit.faults() == []


def test_what_is_prepared_anew_is_confirmed_anew(packed, client_of, coordinator, chair):
    make(client_of(chair), packed, Action.CONFIRM_SUBMISSION)
    client, before = client_of(coordinator), packed.sent.package

    prepare(client, packed, letter_body="Other words.")
    sent = make(client, packed, Action.SUBMIT, sent_on=clock.today(), file_number="M/1")

    after = fresh(packed).sent
    assert (after.confirmed_by, after.package == before) == (None, False)
    assert sent.context["missing"] == ["A second person has not confirmed the submission yet."]


def test_who_confirms_an_older_letter_is_told(packed, client_of, coordinator, chair):
    seen = packed.step
    prepare(client_of(coordinator), packed, letter_body="Other words.")
    run_jobs()

    answer = client_of(chair).post(step(packed, Action.CONFIRM_SUBMISSION), {"seen": seen})

    assert (answer.status_code, fresh(packed).sent.confirmed_by) == (409, None)


def test_what_says_the_same_keeps_its_package(packed, client_of, coordinator):
    enclosed = [each.pk for each in packed.sent.enclosures.all()]

    prepare(client_of(coordinator), packed, enclosures=enclosed)

    assert fresh(packed).sent.package == packed.sent.package


def test_a_package_whose_enclosure_is_gone_says_so(way, client_of, coordinator, drafter):
    position = way.start()
    file = attach(position, drafter, name="study.pdf")
    position, client = way.to(State.ACCEPTED, position), client_of(coordinator)
    file.file.storage.delete(file.file.name)

    prepare(client, position, enclosures=[file.pk])
    run_jobs()

    package = fresh(position).sent.package
    assert (package.stage, "study.pdf" in package.fault) == (Stage.FAILED, True)
    assert package.fault in client.get(at(position, "correspondence")).content.decode()


def test_a_package_that_failed_is_made_again_when_it_is_prepared_anew(way, client_of, coordinator):
    position, client = way.to(State.ACCEPTED), client_of(coordinator)
    prepare(client, position)
    Package.objects.update(stage=Stage.FAILED, fault="Something.")

    prepare(client, position)
    run_jobs()

    assert fresh(position).sent.package.stage == Stage.READY


def test_replaced_packages_are_swept_and_the_one_that_goes_is_kept(
    packed, client_of, coordinator, time_machine
):
    replaced = packed.sent.package
    prepare(client_of(coordinator), packed, letter_body="Other words.")
    run_jobs()
    time_machine.move_to(clock.now() + timedelta(days=400))

    tasks.sweep()

    assert list(Package.objects.all()) == [fresh(packed).sent.package]
    assert not Package.objects.filter(pk=replaced.pk).exists()
    assert list(filestore.damaged()) == []


def test_O_003_a_package_is_found_under_its_own_position_only(packed, way, client_of, chair):
    other, client = way.prepare(way.to(State.ACCEPTED)), client_of(chair)
    pk = packed.sent.package.pk

    found = [
        client.get(at(other, "package", pk)).status_code,
        client.get(at(other, "package_file", pk, 0)).status_code,
        client.get(at(packed, "package_file", pk, 99)).status_code,
        client.get(at(packed, "package", 99_999_999)).status_code,
    ]

    assert found == [404, 404, 404, 404]


def test_the_package_stays_inside_once_it_is_public(packed, way, client, client_of, chair):
    make(client_of(chair), packed, Action.CONFIRM_SUBMISSION)
    way.move(packed, Action.SUBMIT, sent_on=clock.today(), file_number="M/1")

    page = client.get(at(packed)).content.decode()

    assert [each for each in ("Dear all.", "cover-letter", "study.pdf") if each in page] == []
    assert packed.sent.package.sha256 not in page


# Proof of sending ------------------------------------------------------------------------------


@pytest.fixture
def confirmed(way):
    return way.move(way.prepare(way.to(State.ACCEPTED)), Action.CONFIRM_SUBMISSION, "chair")


def test_a_submission_is_proved_by_a_number_or_a_file(confirmed, client_of, coordinator):
    client = client_of(coordinator)

    bare = make(client, confirmed, Action.SUBMIT, sent_on=clock.today())
    proof = BytesIO(samples.PDF)
    proof.name = "receipt.pdf"
    proved = make(client, confirmed, Action.SUBMIT, sent_on=clock.today(), proof=proof)

    assert errors_of(bare, "file_number") == [
        "Give the number of the receipt, or a file that proves the sending."
    ]
    assert proved.status_code == 302
    kept = RecordFile.objects.get()
    assert (kept.name, kept.media_type, kept.message) == ("receipt.pdf", PDF.media_type, None)


def test_O_011_the_proof_is_judged_by_what_it_is(confirmed, client_of, coordinator):
    proof = BytesIO(samples.EXE)
    proof.name = "receipt.pdf"

    response = make(
        client_of(coordinator), confirmed, Action.SUBMIT, sent_on=clock.today(), proof=proof
    )

    assert len(errors_of(response, "proof")) == 1
    assert (RecordFile.objects.count(), fresh(confirmed).status) == (0, State.ACCEPTED)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("representative", 200),
        ("board_member", 200),
        ("foreign_representative", 404),
        ("stranger", 404),
    ],
)
def test_O_008_the_proof_is_opened_by_those_inside(
    confirmed, client_of, coordinator, request, who, status
):
    proof = BytesIO(samples.PDF)
    proof.name = "receipt.pdf"
    make(client_of(coordinator), confirmed, Action.SUBMIT, sent_on=clock.today(), proof=proof)

    client = client_of(request.getfixturevalue(who))
    answer = client.get(at(confirmed, "record_file", RecordFile.objects.get().pk))
    content = b"".join(answer.streaming_content) if answer.streaming else b""

    assert (answer.status_code, content) == (status, samples.PDF if status == 200 else b"")


def test_a_package_that_was_damaged_on_the_disk_is_not_found(way, client_of, coordinator):
    position = way.to(State.SUBMITTED)
    package = position.submission.package
    package.stage, package.manifest = Stage.READY, [{"name": "a.pdf", "media_type": "text/plain"}]
    package.file.save("", ContentFile(b"no archive"))

    response = client_of(coordinator).get(at(position, "package_file", package.pk, 0))

    assert response.status_code == 404
