"""Documents: asked for on a page, made by the worker, and opened by whoever may."""

import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from core import clock, sandbox
from core.models import Stage
from iksz_portal import tasks
from positions import documents, endorsing, paper
from positions.actions import record_outcome, save_draft
from positions.choices import Action, DocumentKind, PointResult, State
from positions.models import Document, Position
from positions.press import pdf
from tests.jobs import run_jobs
from tests.office import changes, docx_paragraphs, odt_paragraphs
from tests.pdfs import Pdf
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english", "folder")

CANARY = "CANARY-D1-7f3a"


@pytest.fixture
def folder(settings, tmp_path):
    """Where files are kept, empty and of this test alone."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def paged(position):
    """As its page reads it."""
    return Position.objects.for_page().get(pk=position.pk)


def ask(client, position, **asked):
    sent = {
        "kind": "pdf",
        "language": "en",
        "reader": "public",
        "version": position.current.number,
        **asked,
    }
    return client.post(at(position, "documents"), sent)


def made(client, position, **asked):
    """The document that was asked for, once the worker has made it."""
    assert ask(client, position, **asked).status_code == 302
    run_jobs()
    return Document.objects.latest("pk")


def opened(client, position, document):
    """The answer and what was in it; read to its end, it closes the file as a server would."""
    answer = client.get(at(position, "document", document.pk))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, content


def content_of(document):
    with document.file.open() as file:
        return file.read()


def changed(position, by, **text):
    text = {"title": position.title, "body": position.current.body, "points": ["One."], **text}
    base = position.current.number
    return save_draft(position=position, by=by, base=base, addressee=position.addressee, **text)


def listed(response):
    return [document.pk for document in response.context["documents"]]


# Asking and opening ----------------------------------------------------------------------------

KINDS = [
    ("pdf", "application/pdf", ".pdf"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".docx",
    ),
    ("odt", "application/vnd.oasis.opendocument.text", ".odt"),
]


@pytest.mark.parametrize(("kind", "media_type", "ending"), KINDS)
def test_a_document_is_asked_for_made_and_opened(
    kind, media_type, ending, way, client_of, coordinator
):
    position, client = way.to(State.CONSULTATION), client_of(coordinator)

    answer = ask(client, position, kind=kind)
    waiting = client.get(answer.url)
    run_jobs()
    ready = client.get(answer.url)

    document = Document.objects.get()
    response, content = opened(client, position, document)
    assert answer.url == f"{at(position, 'documents')}#documents"
    assert "waiting, 0 %" in waiting.content.decode()
    assert at(position, "document", document.pk) in ready.content.decode()
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'attachment; filename="MT-2026-001-v1{ending}"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert (len(content), sha256(content).hexdigest()) == (document.size, document.sha256)


def test_a_paper_holds_the_association_the_text_and_how_it_stands(way, client_of, coordinator):
    position = way.to(State.ANSWERED)

    document = made(client_of(coordinator), position)

    text = Pdf(opened(client_of(coordinator), position, document)[1]).text
    sent = position.submission.sent_on
    assert text.startswith("Association of Libraries County Libraries Section On the opening hours")
    for words in (
        "Number: MT-2026/001",
        "Kind: opinion",
        "Addressee: Mintaügyi Minisztérium",
        "State: answered, since",
        f"Resolution of the board: 1/{sent.year}.",
        "File number: M/1",
        "1 First paragraph. 2 Second paragraph.",
        "What we ask for 1. The first thing. 2. The second thing.",
        "Vote of the section The section adopted it. There was a quorum",
        "Decisions of the board Resolution 1/",
        f"https://portal.example{position.get_absolute_url()}",
        position.current.fingerprint,
    ):
        assert words in text, words


def test_the_words_around_the_text_are_of_the_chosen_language(way, client_of, coordinator):
    position, client = way.start(), client_of(coordinator)

    texts = [
        [text for _style, text in docx_paragraphs(opened(client, position, document)[1])]
        for document in (
            made(client, position, kind="docx", language=language)
            for language in ("hu", "en", "sl")
        )
    ]

    assert [text[1] for text in texts] == [
        "Szám: MT-2026/001",
        "Number: MT-2026/001",
        "Številka: MT-2026/001",
    ]
    assert ["1 First paragraph." in text for text in texts] == [True] * 3


def test_the_same_content_is_made_once(way, client_of, coordinator, representative):
    position = way.to(State.CONSULTATION)

    first = made(client_of(coordinator), position)
    second = made(client_of(representative), position)

    assert (first.pk, Document.objects.count()) == (second.pk, 1)


def test_when_the_content_changed_a_new_one_is_made(way, client_of, coordinator):
    position, client = way.to(State.CONSULTATION), client_of(coordinator)
    first = made(client, position)
    way.to(State.CONSOLIDATION, position)

    page = client.get(at(position, "documents")).content.decode()
    second = made(client, position)

    assert "The position has changed since; make it again." in page
    assert first.pk != second.pk
    assert listed(client.get(at(position, "documents"))) == [second.pk]


def test_an_older_version_is_told_as_such(way, client_of, drafter, coordinator):
    position = changed(way.start(), drafter, title="Another title")

    document = made(client_of(coordinator), position, version=1, kind="odt")

    text = [words for _style, words in odt_paragraphs(content_of(document))]
    assert text[0] == "On the opening hours"
    assert "Note: The text has changed since: this is an earlier version." in text
    assert [words for words in text if words.startswith("State")] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "redline"}, "kind"),
        ({"kind": "exe"}, "kind"),
        ({"language": "de"}, "language"),
        ({"version": "7"}, "version"),
        ({"version": "x" * 5000}, "version"),
        ({"reader": "nobody"}, "reader"),
    ],
)
def test_a_wish_that_makes_no_sense_is_told_beside_its_field(
    wrong, field, way, client_of, coordinator
):
    position = way.start()

    response = ask(client_of(coordinator), position, **wrong)

    assert list(response.context["paper_form"].errors) == [field]
    assert (response.status_code, Document.objects.count()) == (200, 0)


# How far it is ---------------------------------------------------------------------------------


def test_the_page_asks_for_its_list_while_something_is_made(way, client_of, coordinator):
    position, client = way.start(), client_of(coordinator)
    ask(client, position)
    address = at(position, "documents")

    under_way = client.get(address, headers={"HX-Request": "true"}).content.decode()
    run_jobs()
    ended = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert ["every 2s" in part for part in (under_way, ended)] == [True, False]
    assert ["1 document is being made." in under_way, "All documents are ready." in ended] == [
        True,
        True,
    ]
    assert ["<html" in part for part in (under_way, ended)] == [False, False]


def test_progress_is_written_while_it_is_made(way, client_of, coordinator, monkeypatch):
    position, seen, press = way.start(), [], pdf.make

    def watched(sheet):
        seen.append(Document.objects.get().progress)
        return press(sheet)

    monkeypatch.setitem(documents.PRESSES, DocumentKind.PDF, (watched, pdf.passage))
    made(client_of(coordinator), position)

    assert (seen, Document.objects.get().progress) == ([30], 100)


def test_what_fails_is_told_and_can_be_tried_again(way, client_of, coordinator, monkeypatch):
    position, client = way.start(), client_of(coordinator)

    def broken(sheet):
        raise sandbox.TooMuch("no end after 90 seconds")

    with monkeypatch.context() as patch:
        patch.setitem(documents.PRESSES, DocumentKind.PDF, (broken, pdf.passage))
        failed = made(client, position)
        page = client.get(at(position, "documents")).content.decode()
    again = made(client, position)

    assert failed.stage == Stage.FAILED
    assert "This text is too long or too complicated for a document." in page
    assert "no end after" not in page
    assert (again.pk, again.stage, again.fault) == (failed.pk, Stage.READY, "")


def test_one_whose_file_is_gone_is_made_again(way, client_of, coordinator):
    position, client = way.start(), client_of(coordinator)
    document = made(client, position)
    Path(document.file.path).unlink()

    gone = client.get(at(position, "document", document.pk)).status_code
    again = made(client, position)

    assert (gone, again.pk) == (404, document.pk)
    assert opened(client, position, again)[0].status_code == 200


def test_a_position_that_changed_before_the_worker_came_is_told(way, client_of, coordinator):
    position, client = way.to(State.CONSULTATION), client_of(coordinator)
    ask(client, position)
    way.to(State.CONSOLIDATION, position)

    run_jobs()

    page = client.get(at(position, "documents")).content.decode()
    assert Document.objects.get().stage == Stage.FAILED
    assert "The position has changed meanwhile. Please ask for the document anew." in page


def test_documents_are_swept_with_their_files(way, client_of, coordinator, folder):
    document = made(client_of(coordinator), way.start())
    file = Path(document.file.path)

    with clock.at(clock.now() + timedelta(days=29)):
        tasks.sweep()
    early = Document.objects.count()
    with clock.at(clock.now() + timedelta(days=31)):
        tasks.sweep()

    assert (early, Document.objects.count(), file.exists()) == (1, 0, False)


# For everybody, and for those inside -----------------------------------------------------------


@pytest.fixture
def told(way, coordinator, representative, libraries):
    """Answered, with an endorsement of an older text, a reservation, reasons and an outcome."""
    position = way.to(State.CONSULTATION)
    endorsing.endorse(
        version=position.current, library=libraries[0], by=representative, reservation="Not so."
    )
    position = way.to(State.CONSOLIDATION, position)
    position = changed(position, way.cast("drafter"), body="<p>Quite another text.</p>")
    other = way.cast("other_representative")
    endorsing.endorse(
        version=position.current, library=libraries[1], by=other, reservation="Only so."
    )
    for state in (
        *(State.SECTION_VOTE, State.ADOPTED, State.FORWARDED, State.BOARD_REVIEW, State.ACCEPTED),
        *(State.SUBMITTED, State.ANSWERED),
    ):
        position = way.to(state, position)
    record_outcome(point=position.current.points.get(), by=coordinator, result=PointResult.ACCEPTED)
    return paged(position)


def text_of(position, *, inside, **wish):
    wish = {"kind": DocumentKind.DOCX, "language": "en", "inside": inside, **wish}
    position.current.position = position
    document = documents.ask(version=position.current, by=position.created_by, **wish)
    run_jobs()
    document.refresh_from_db()
    return "\n".join(text for _style, text in docx_paragraphs(content_of(document)))


def test_a_paper_for_everybody_holds_what_the_public_page_holds(told, libraries):
    text = text_of(told, inside=False)

    assert f"{libraries[1]}. Reservation: Only so." in text
    for secret in ("Not so.", "The board's reasons.", "Accepted.", "internal"):
        assert secret not in text


def test_a_paper_for_those_inside_holds_it_all(told, libraries):
    text = text_of(told, inside=True)

    for words in (
        f"{libraries[1]}. Reservation: Only so.",
        f"{libraries[0]}, which endorsed version 1 and has not confirmed it since",
        "Reservation: Not so.",
        "The board's reasons.",
        "Accepted.",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("state", "inside", "told"),
    [
        (State.ANSWERED, False, [False] * 5),
        (State.ANSWERED, True, [True] * 5),
        (State.EVALUATED, False, [True] * 5),
    ],
)
def test_promises_and_words_of_the_law_are_printed_when_the_outcomes_are_told(
    state, inside, told, way, coordinator
):
    position = way.to(State.ANSWERED)
    promise = {"text": "A new decree by spring.", "due_on": clock.today() + timedelta(days=30)}
    note = "Mr Kovács told us."
    position.promises.create(**promise, note=note, recorded_by=coordinator)
    for point in position.current.points.all():
        words = {"law_before": "Rooms are <closed>.", "law_after": "Rooms are open."}
        result = PointResult.ACCEPTED
        record_outcome(point=point, by=coordinator, result=result, source="An act", **words)
    if state == State.EVALUATED:
        position = way.move(position, Action.EVALUATE)

    text = text_of(paged(position), inside=inside)

    words = ("A new decree by spring.", "Words of the law before:", "Rooms are <closed>.")
    found = [each in text for each in (*words, "Words of the law after:", "Rooms are open.")]
    assert (found, note in text) == (told, False)


@pytest.mark.parametrize("inside", [True, False])
def test_no_paper_names_people(told, inside, coordinator, representative, drafter):
    text = text_of(told, inside=inside)

    names = [person.name for person in (coordinator, representative, drafter, told.created_by)]
    assert [name for name in names if name in text] == []


def test_papers_are_equal_only_for_the_same_reader(told):
    papers = paper.read(told, told.current)

    assert papers[True].fingerprint != papers[False].fingerprint


def test_a_fingerprint_does_not_depend_on_the_language(told):
    found = set()
    for language in ("hu", "en", "sl"):
        with translation.override(language):
            found.add(paper.read(paged(told), told.current)[True].fingerprint)

    assert len(found) == 1


def test_a_visitor_asks_for_a_public_position(told):
    client = Client()

    document = made(client, told, reader="inside", version=1)

    page = client.get(at(told, "documents"))
    assert (document.inside, document.version, document.requested_by) == (
        False,
        told.current,
        None,
    )
    assert listed(page) == [document.pk]
    assert opened(client, told, document)[0].status_code == 200
    assert list(page.context["paper_form"].fields) == ["kind", "language"]


def test_visitors_do_not_keep_the_worker_busy(told):
    client = Client()
    answers = [ask(client, told, language="sl").status_code for _number in range(21)]

    assert answers == [302] * 20 + [429]


@pytest.mark.parametrize("asked", [{"reader": "inside"}, {"version": 1}])
def test_what_is_made_inside_stays_inside(asked, told, client_of, coordinator, stranger):
    document = made(client_of(coordinator), told, **asked)

    strangers = [
        opened(client, told, document)[0].status_code for client in (Client(), client_of(stranger))
    ]
    inside = opened(client_of(coordinator), told, document)[0]
    assert (strangers, inside.status_code) == ([404, 404], 200)
    assert listed(Client().get(at(told, "documents"))) == []


def test_what_was_made_before_it_was_public_stays_inside(way, client_of, coordinator):
    position = way.to(State.ACCEPTED)
    before = made(client_of(coordinator), position)

    position = way.to(State.SUBMITTED, position)
    after = made(client_of(coordinator), position)

    found = [opened(Client(), position, each)[0].status_code for each in (before, after)]
    assert found == [404, 200]


def test_a_name_says_that_a_document_is_internal(told, client_of, coordinator):
    document = made(client_of(coordinator), told, reader="inside", language="hu")

    response, _content = opened(client_of(coordinator), told, document)

    assert 'filename="MT-2026-001-v2-belso.pdf"' in response["Content-Disposition"]


# Attacks ---------------------------------------------------------------------------------------


@pytest.fixture
def secret(way, drafter, client_of):
    """A draft with a document, both with a canary, and somebody who may not see either."""
    position = way.start(title=CANARY, body=f"<p>{CANARY}</p>")
    return position, made(client_of(drafter), position, reader="inside")


@pytest.mark.parametrize(
    "name", ["visitor", "stranger", "foreign_representative", "other_coordinator", "board_member"]
)
def test_O_001_a_document_of_a_draft_is_not_there_for_others(request, secret, name, client_of):
    position, document = secret
    person = request.getfixturevalue(name)
    client = client_of(person) if person.pk else Client()

    addresses = [at(position, "document", document.pk), at(position, "documents")]
    answers = [client.get(address) for address in addresses]
    nowhere = client.get(at(position, "document", 99_999_999))

    assert [answer.status_code for answer in answers] == [404, 404]
    assert masked(answers[0]) == masked(nowhere)
    for answer in answers:
        assert CANARY not in answer.content.decode() + str(answer.headers)


def masked(answer):
    """The page without its token and the number in its address."""
    page = re.sub(r'value="\w{64}"', "", answer.content.decode())
    return re.sub(r"/\d+/(?=[\"?&%])", "/0/", page)


def test_O_003_a_document_is_looked_for_below_its_own_position(secret, way, client_of, drafter):
    _position, document = secret
    other = way.to(State.SUBMITTED)

    answers = [
        client.get(at(other, "document", document.pk)).status_code
        for client in (client_of(drafter), Client())
    ]

    assert answers == [404, 404]


def test_O_009_an_address_opens_nothing_without_its_reader(secret, client_of, drafter):
    position, document = secret
    client, address = client_of(drafter), at(position, "document", document.pk)

    before = opened(client, position, document)[0].status_code
    client.logout()

    assert (before, client.get(address).status_code) == (200, 404)
    assert Client().get(f"/media/{document.file.name}").status_code == 404


def test_O_012_a_name_is_made_of_the_number_alone(way, client_of, coordinator, section):
    section.code = "ŐŰ"
    section.save()
    position = way.start(title='a"\r\nSet-Cookie: x=1 <img src=x onerror=alert(1)>')

    document = made(client_of(coordinator), position)

    response, _content = opened(client_of(coordinator), position, document)
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C5%90%C5%B0-2026-001-v1.pdf"
    )
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("kind", [kind for kind, _media_type, _ending in KINDS])
def test_O_019_nothing_in_a_text_runs_in_a_document(kind, way, client_of, coordinator):
    vectors = [
        "<script>window.__xss=1</script>",
        "<img src=x onerror=window.__xss=1>",
        '<a href="javascript:window.__xss=1">x</a>',
        '<a href="data:text/html,<script>1</script>">x</a>',
        "<svg onload=window.__xss=1>",
        "<p>&lt;script&gt;window.__xss=1&lt;/script&gt;</p>",
        '<a href="https://example.org/">good</a>',
    ]
    position = way.start(body="".join(f"<p>{vector}</p>" for vector in vectors))

    content = content_of(made(client_of(coordinator), position, kind=kind))

    assert [
        sign for sign in (b"/JavaScript", b"/JS", b"javascript:", b"data:") if sign in content
    ] == []
    if kind == "pdf":
        assert b"(https://example.org/)" in content
    if kind == "docx":
        texts = [text for _style, text in docx_paragraphs(content)]
        assert "<script>window.__xss=1</script>" in "".join(texts)


# Tracked changes -------------------------------------------------------------------------------


def ask_for_redline(client, position, **asked):
    return client.post(at(position, "redline"), {"old": 1, "new": 2, "language": "en", **asked})


@pytest.fixture
def drafted(way, drafter):
    """Two versions, the second by the drafter, who started it, too."""
    position = way.start(body="<p>Nyolc óráig vagyunk nyitva.</p>")
    return changed(position, drafter, body="<p>Kilenc óráig vagyunk nyitva.</p>", title="Other")


def test_a_redline_tracks_who_changed_what(drafted, drafter, client_of, coordinator):
    client = client_of(coordinator)

    asked = ask_for_redline(client, drafted)
    run_jobs()

    document = Document.objects.get()
    response, content = opened(client, drafted, document)
    found = [(kind, author, words) for kind, author, _moment, words in changes(content)]
    assert asked.url == f"{at(drafted, 'documents')}#documents"
    assert 'filename="MT-2026-001-v1-v2-internal.docx"' in response["Content-Disposition"]
    assert ("went", drafter.name, "Nyolc") in found
    assert ("came", drafter.name, "Kilenc") in found
    assert ("went", drafter.name, "The first thing.") in found


def test_a_redline_is_the_same_whichever_way_round_it_is_asked_for(drafted, client_of, coordinator):
    client = client_of(coordinator)

    for asked in ({}, {"old": 2, "new": 1}):
        ask_for_redline(client, drafted, **asked)
        run_jobs()

    assert [(each.older.number, each.version.number) for each in Document.objects.all()] == [(1, 2)]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"new": 1}, "new"),
        ({"old": 9}, "old"),
        ({"old": ""}, "old"),
        ({"language": "x"}, "language"),
    ],
)
def test_a_redline_of_nothing_is_told_beside_its_field(
    asked, field, drafted, client_of, coordinator
):
    response = ask_for_redline(client_of(coordinator), drafted, **asked)

    assert list(response.context["redline_form"].errors) == [field]
    assert Document.objects.count() == 0


def test_a_redline_is_not_for_those_outside(told, client_of, stranger):
    answers = [ask_for_redline(Client(), told), ask_for_redline(client_of(stranger), told)]

    assert [answer.status_code for answer in answers] == [302, 404]
    assert Document.objects.count() == 0


# Large -----------------------------------------------------------------------------------------


def test_sixty_pages_are_printed(way, client_of, coordinator):
    words = "A megyei könyvtárak nyitvatartása és állománya. " * 8
    body = "".join(
        f"<h2>{n}. fejezet</h2>" if n % 20 == 0 else f"<p>{n}: {words}</p>" for n in range(600)
    )
    position = way.start(body=body)
    client = client_of(coordinator)

    found = [made(client, position, kind=kind) for kind, _media_type, _ending in KINDS]

    assert [each.stage for each in found] == [Stage.READY] * 3
    assert Pdf(content_of(found[0])).lines[-1].split(" / ")[0] >= "40"
    assert len(docx_paragraphs(content_of(found[1]))) > 600
    assert len(odt_paragraphs(content_of(found[2]))) > 600
