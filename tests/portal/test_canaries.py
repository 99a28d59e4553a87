"""Words that must not be read by everybody, and a walk of each role over all it can reach."""

import re
from datetime import timedelta
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from core import clock
from positions import actions, publishing, recounting
from positions.choices import (
    Action,
    Audience,
    Choice,
    Confidentiality,
    ConsultationAction,
    State,
)
from positions.models import Amendment, Attachment, Comment, Endorsement
from positions.urls import of_one
from tests.cast import make_person, mandate, signed_in

DEEPEST = 6
OFFICE = "/admin/"  # for staff only, who read everything
LINK = re.compile(r'(?:href|action|data-hx-get)="([^"]+)"')
CANARY = re.compile(r"CANARY-[a-z-]+")

DRAFT = {"CANARY-draft-title", "CANARY-draft-text", "CANARY-draft-point", "CANARY-draft-comment"}
DRAFT |= {"CANARY-draft-note", "CANARY-draft-file"}
SHARED = {"CANARY-shared-title", "CANARY-shared-text", "CANARY-shared-comment"}
SHARED |= {"CANARY-shared-amendment", "CANARY-shared-reservation"}
TO_DRAFTERS = {"CANARY-to-drafters"}
FORWARDED = {"CANARY-cover-note"}
BOARD = {"CANARY-board-reason"}
PUBLIC = {"CANARY-public-title", "CANARY-public-text"}
INSIDE_PUBLIC = {"CANARY-public-comment", "CANARY-public-cover"}
MEMBERS = {"CANARY-to-members"}
ASKED = {"CANARY-asked-title", "CANARY-file-of-title"}
ASKED_MEMBERS = ASKED | {"CANARY-asked-members", "CANARY-file-of-members", "CANARY-asked-reason"}
ASKED_SECTION = ASKED_MEMBERS | {"CANARY-asked-section", "CANARY-file-of-section"}
SECTION = SHARED | FORWARDED | BOARD | PUBLIC | INSIDE_PUBLIC | MEMBERS | ASKED_SECTION
EVERYTHING = SECTION | DRAFT | TO_DRAFTERS

READS = {
    "visitor": PUBLIC | ASKED,
    "stranger": PUBLIC | ASKED,
    "former_representative": PUBLIC | ASKED,
    "former_board_member": PUBLIC | ASKED,
    "future_board_member": PUBLIC | ASKED,
    "foreign_representative": PUBLIC | MEMBERS | ASKED_MEMBERS,
    "other_coordinator": PUBLIC | ASKED_MEMBERS,
    "representative": SECTION,
    "drafter": EVERYTHING,
    "coordinator": EVERYTHING,
    "board_member": FORWARDED | BOARD | PUBLIC | INSIDE_PUBLIC | MEMBERS | ASKED_SECTION,
    "board_secretary": FORWARDED | BOARD | PUBLIC | INSIDE_PUBLIC | MEMBERS | ASKED_SECTION,
    "staff": EVERYTHING,
}


@pytest.fixture
def world(way, coming, library, libraries, drafter, coordinator, representative):
    """A draft, one the section comments on, one before the board, one that is public."""
    draft = way.start(
        title="CANARY-draft-title",
        body="<p>CANARY-draft-text here.</p><p>More.</p>",
        points=["CANARY-draft-point"],
    )
    say(draft, drafter, "CANARY-draft-comment", Audience.DRAFTERS)
    draft = save(draft, drafter, note="CANARY-draft-note")
    attach(draft, drafter, "CANARY-draft-file")
    shared = way.consult(
        way.start(title="CANARY-shared-title", body="<p>CANARY-shared-text here.</p>")
    )
    say(shared, representative, "CANARY-shared-comment", Audience.SECTION, library)
    say(shared, drafter, "CANARY-to-drafters", Audience.DRAFTERS, libraries[1])
    common = {"version": shared.current, "library": library, "author": representative}
    Amendment.objects.create(
        position=shared,
        number=1,
        kind="wording",
        paragraph=1,
        body="<p>CANARY-shared-amendment</p>",
        reason="It is shorter.",
        **common,
    )
    Endorsement.objects.create(reservation="CANARY-shared-reservation", **common)
    before = way.to(State.ADOPTED)
    before = way.take_up(forward(way, before, "CANARY-cover-note"))
    way.vote(
        before, Choice.CONCERN, None, None, ballot="board_ballot", reason="CANARY-board-reason"
    )
    way.move(reload(before), Action.RETURN, "board_secretary", note="CANARY-board-reason")
    public = way.consult(
        way.start(title="CANARY-public-title", body="<p>CANARY-public-text here.</p>")
    )
    say(public, representative, "CANARY-public-comment", Audience.SECTION, library)
    say(public, representative, "CANARY-to-members", Audience.MEMBERS, library)
    adopted = way.adopt(way.open_vote(way.consolidate(public)))
    taken_up = way.take_up(forward(way, adopted, "CANARY-public-cover"))
    way.submit(way.accept(taken_up))
    recounting.recount()
    publishing.make_if_changed()
    asked(coming)
    return {"draft": draft, "shared": shared}


def asked(coming):
    """One that everybody may know of, one for members that was let go, one for its section."""
    public, members, sections = (
        coming.assign(coming.record(title=title, confidentiality=who))
        for title, who in (
            ("CANARY-asked-title", Confidentiality.PUBLIC),
            ("CANARY-asked-members", Confidentiality.MEMBERS),
            ("CANARY-asked-section", Confidentiality.SECTIONS),
        )
    )
    coming.move(
        members,
        ConsultationAction.PASS,
        "coordinator",
        note="CANARY-asked-reason",
        section=coming.cast("section"),
    )
    for thing in (public, members, sections):
        name = thing.title.replace("asked", "file-of")
        attach_to(thing, coming.cast("staff"), name)
    coming.change_due(public, coming.in_days(50))
    coming.answer(sections, title="CANARY-draft-title")


def say(position, by, text, audience, library=None):
    Comment.objects.create(
        version=position.current,
        paragraph=1,
        author=by,
        library=library,
        text=text,
        audience=audience,
    )


def save(position, by, note):
    points = [point.text for point in position.current.points.all()]
    text = {"title": position.title, "body": position.current.body + "<p>Last.</p>"}
    addressed = {"addressee": position.addressee, "addressed": position.addressee}
    return actions.save_draft(
        position=position, by=by, base=1, points=points, note=note, **text, **addressed
    )


def attach(position, by, name):
    Attachment.objects.create(
        position=position,
        file=ContentFile(b"%PDF-1.4 CANARY-draft-file", name="x"),
        name=f"{name}.pdf",
        title=name,
        media_type="application/pdf",
        size=26,
        sha256="0" * 64,
        uploaded_by=by,
    )


def attach_to(thing, by, name):
    thing.attachments.create(
        file=ContentFile(f"%PDF-1.4 {name}".encode(), name="x"),
        name=f"{name}.pdf",
        title=name,
        media_type="application/pdf",
        size=30,
        sha256="0" * 64,
        uploaded_by=by,
    )


def forward(way, position, cover_note):
    return way.move(
        position,
        Action.FORWARD,
        cover_note=cover_note,
        signatory="The chair of the board",
        addressee=position.addressee,
    )


def reload(position):
    return type(position).objects.get(pk=position.pk)


def walk(client, starts):
    """{address: body} of every page that links lead to in one language, six clicks deep."""
    pages, front = {}, list(starts)
    for _click in range(DEEPEST):
        next_front = []
        for address in front:
            if address in pages:
                continue
            response = client.get(address)
            content = b"".join(response) if response.streaming else response.content
            pages[address] = f"{response.headers}{content.decode(errors='replace')}"
            if response.headers.get("Content-Type", "").startswith("text/html"):
                next_front += links(address, pages[address])
        front = next_front
    return pages


def links(address, body):
    for link in LINK.findall(body):
        target = urldefrag(urljoin(address, link.replace("&amp;", "&")))[0]
        parts = urlsplit(target)
        query_free = parts.path if "page=" in parts.query else target
        if not parts.netloc and parts.path.startswith("/en/") and OFFICE not in parts.path:
            yield query_free


@pytest.mark.parametrize("role", READS)
@pytest.mark.usefixtures("english")
def test_O_007_no_page_says_what_its_reader_may_not_know(role, world, request):
    person = request.getfixturevalue(role)
    client = signed_in(person) if person.pk else Client()
    starts = ["/en/", reverse("positions:register")]
    starts += [position.get_absolute_url() for position in world.values()]

    pages = walk(client, starts)

    found = {canary for body in pages.values() for canary in CANARY.findall(body)}
    assert found == READS[role]
    assert len(pages) > 20


# What one may not see answers like what is not there -------------------------------------------

NOT_THERE = "MT-2026/999"
ARGUMENTS = {"number": 1, "pk": 1, "action": "withdraw", "ballot": 1, "comment": 1}


def addresses_of(reference):
    """Every page below a position."""
    for pattern in of_one:
        names = pattern.pattern.converters
        arguments = {name: ARGUMENTS.get(name, 1) for name in names}
        kwargs = {"reference": reference, **arguments}
        yield pattern.name, reverse(f"positions:{pattern.name}", kwargs=kwargs)


def answer(client, method, address):
    response = getattr(client, method)(address)
    body = b"".join(response) if response.streaming else response.content
    body = re.sub(rb"MT-20\d\d/\d+|csrf\S+ value=\S+|[0-9a-f]{12,}|nonce-\S+", b"", body)
    headers = {k: v for k, v in response.headers.items() if k not in {"X-Request-Id", "ETag"}}
    headers.pop("Content-Security-Policy", None)
    headers.pop("Content-Length", None)
    return response.status_code, headers, body


OUTSIDE = ("foreign_representative", "representative", "board_member")


@pytest.mark.parametrize("role", OUTSIDE)
def test_O_001_O_006_a_draft_answers_those_outside_like_one_that_is_not_there(role, world, request):
    client = signed_in(request.getfixturevalue(role))
    client.get("/en/")
    there = dict(addresses_of(world["draft"].reference))
    not_there = dict(addresses_of(NOT_THERE))

    differing = {
        (name, method)
        for name in there
        for method in ("get", "head", "post", "options")
        if answer(client, method, there[name]) != answer(client, method, not_there[name])
    }

    assert differing == set()
    assert len(there) >= 10


def test_O_001_a_closed_account_is_a_visitor(world, representative):
    client = signed_in(representative)
    representative.is_active = False
    representative.save()

    response = client.get(world["shared"].get_absolute_url())

    assert response.status_code == 404
    assert "CANARY" not in response.content.decode()


def test_O_037_a_mandate_that_ends_takes_the_page_away_from_the_same_session(world, library):
    person = mandate(make_person("leaving"), "representative", library, ended_on=clock.today())
    client = signed_in(person)
    url = world["shared"].get_absolute_url()
    before = client.get(url).status_code
    end = clock.end_of_day(clock.today())

    with clock.at(end + timedelta(seconds=1)):
        after = client.get(url).status_code

    assert (before, after) == (200, 404)
