"""The guides and the glossary: whole in three languages, and true to the tables and the pages."""

import re
from fnmatch import fnmatchcase
from html import unescape

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.text import hungarian_key
from core.workflow import nobody
from iksz_portal.help import glossary, guides
from members import policy as members
from positions import policy
from tests.portal.permissions import patterns

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
WHO = {  # whose guide names the moves that these functions allow, written down by hand
    policy.coordinates: ["section"],
    policy.may_second: ["section", "board"],
    policy.may_record_answer: ["section"],
    policy.may_withdraw: ["section", "library"],
    policy.is_secretary: ["board"],
    policy.may_decide_on_amendment: ["section"],
    policy.may_withdraw_amendment: ["library"],
    policy.may_pass: ["section"],
    policy.may_take_up: ["section"],
    policy.runs_meetings: ["board"],
    policy.may_present_minutes: ["board"],
    policy.may_authenticate: ["board"],
    members.is_staff: ["staff"],
    members.may_withdraw_change: ["library"],
}
TASKS = [(role, task) for role in guides.ROLES for task in guides.guides()[role].tasks]


def named_by(role):
    return {move for task in guides.guides()[role].tasks for move in task.moves}


def sentences():
    for role, task in TASKS:
        yield f"{role}#{task.id}", task.titles
        yield from ((f"{role}#{task.id} {at}", step) for at, step in enumerate(task.steps))
    for word in glossary.words():
        yield f"word {word.id}", word.words
        yield f"meaning of {word.id}", word.meanings


def pieces(sentence):
    return sorted(found["name"] or found["move"] for found in guides.PIECE.finditer(sentence))


# Whole and true ------------------------------------------------------------------------------


def test_everything_is_said_in_every_language():
    gaps = [where for where, said in sentences() if set(said) != set(LANGUAGES)]
    empty = [where for where, said in sentences() if not all(map(str.strip, said.values()))]

    assert (gaps, empty) == ([], [])


def test_every_language_leads_to_the_same_pages_and_names_the_same_moves():
    torn = [
        where
        for where, said in sentences()
        if len({tuple(pieces(said[code])) for code in LANGUAGES}) != 1
    ]

    assert torn == []


def test_nothing_is_left_over_of_the_notation():
    left = [
        where
        for where, said in sentences()
        for code in LANGUAGES
        if re.search(r"[\[\]{}]|\]\(", guides.PIECE.sub("", said[code]))
    ]

    assert left == []


@pytest.mark.parametrize("workflow", sorted(guides.TABLES))
def test_each_guide_names_every_move_its_role_can_make(workflow):
    missing = [
        (role, move.action)
        for move in guides.TABLES[workflow]
        if move.who is not nobody
        for role in WHO[move.who]
        if f"{workflow}.{move.action}" not in named_by(role)
    ]

    assert missing == []


def test_a_move_that_nobody_makes_by_hand_is_named_nowhere():
    named = {move for role in guides.ROLES for move in named_by(role)}
    by_itself = {
        f"{table}.{move.action}"
        for table, workflow in guides.TABLES.items()
        for move in workflow
        if move.who is nobody
    }

    assert named & by_itself == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_guides_leads_somewhere(language):
    ids = {word.id for word in glossary.words()}
    with translation.override(language):
        names = {name for _where, said in sentences() for name in pieces(said[language])}
        links = {name for name in names if ":" in name or "." not in name}
        addresses = {name: guides.address_of(name) for name in links}  # or NoReverseMatch

    words = {name.removeprefix("word:") for name in addresses if name.startswith("word:")}
    assert words <= ids
    assert len(addresses) > 30


def test_every_page_that_a_task_explains_exists():
    known = set(patterns())
    unknown = [
        (role, task.id, page)
        for role, task in TASKS
        for page in task.pages
        if not any(fnmatchcase(name, page) for name in known)
    ]

    assert unknown == []


def test_tasks_and_words_have_addresses_of_their_own():
    for role in guides.ROLES:
        ids = [task.id for task in guides.guides()[role].tasks]
        assert len(ids) == len(set(ids))
    ids = [word.id for word in glossary.words()]
    assert len(ids) == len(set(ids)) >= 50


def test_what_is_written_is_shown_as_text():
    with translation.override("en"):
        shown = guides.as_html("a < b & {positions.accept} [c<d](home)")

    assert shown == 'a &lt; b &amp; <b>Accept</b> <a href="/en/">c&lt;d</a>'


# The pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", guides.ROLES)
def test_a_guide_is_read_by_anybody_in_any_language(client, db, language, role):
    with translation.override(language):
        guide = guides.guides()[role]
        page = client.get(guide.url).content.decode()
        titles = [task.title for task in guide.tasks]

    assert [title for title in titles if f">{title}</h2>" not in unescape(page)] == []


@pytest.mark.parametrize(
    ("person", "own"),
    [
        ("stranger", ["visitor"]),
        ("representative", ["library", "visitor"]),
        ("coordinator", ["section", "visitor"]),
        ("board_secretary", ["board", "visitor"]),
        ("staff", ["staff", "visitor"]),
    ],
)
def test_ones_own_guides_come_first(request, client_of, person, own):
    client = client_of(request.getfixturevalue(person))

    page = client.get(reverse("help"))

    assert [guide.role for guide in page.context["own"]] == own
    assert len(page.context["others"]) == len(guides.ROLES) - len(own)


def test_the_glossary_is_in_the_order_of_its_language(client, db):
    def heads(language):
        with translation.override(language):
            page = client.get(reverse("glossary"))
            return [word.word for word in page.context["words"]]

    assert heads("hu") == sorted(heads("hu"), key=hungarian_key)
    assert heads("en") == sorted(heads("en"), key=str.casefold)


def test_slovenian_letters_follow_their_plain_ones():
    said = ["žoga", "zapisnik", "čas", "cena", "članica", "šola", "sekcija"]

    assert sorted(said, key=glossary.slovenian_key) == [
        "cena",
        "čas",
        "članica",
        "sekcija",
        "šola",
        "zapisnik",
        "žoga",
    ]


# The link on every page ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "name", "args", "leads_to"),
    [
        (None, "members:directory", (), "/help/visitor/#libraries"),
        (None, "positions:register", (), "/help/visitor/#positions"),
        ("representative", "home", (), "/help/representative/#start"),
        ("representative", "positions:start", (), "/help/representative/#write"),
        ("coordinator", "positions:start", (), "/help/coordinator/#draft"),
        ("coordinator", "members:apply", (), "/help/visitor/#join"),
        ("board_member", "positions:board_queue", (), "/help/board/#queue"),
        ("board_secretary", "positions:meetings", (), "/help/board/#meetings"),
        ("staff", "admin:index", (), "/help/staff/#queues"),
        ("staff", "admin:members_mandate_changelist", (), "/help/staff/#people"),
        ("staff", "admin:core_auditentry_changelist", (), "/help/staff/#mail"),
    ],
)
def test_O_088_the_help_leads_from_the_page_to_its_task(
    request, client, client_of, county, person, name, args, leads_to
):
    if person:
        client = client_of(request.getfixturevalue(person))
    with translation.override("en"):
        page = client.get(reverse(name, args=args))
        there = str(page.context["help_url"])
        if "about=" in there:
            there = client.get(there)["Location"]

    assert there == f"/en{leads_to}"


def test_the_help_knows_the_step_that_a_form_is_about(client_of, coordinator, position_in):
    client = client_of(coordinator)
    with translation.override("en"):
        draft = position_in("draft")
        page = client.get(reverse("positions:move", args=[draft.reference, "open_consultation"]))
        there = client.get(str(page.context["help_url"]))

    assert there["Location"] == "/en/help/coordinator/#comments"


@pytest.mark.parametrize("about", ["nonsense", "positions.nonsense", "<b>", "a" * 5000])
def test_help_about_what_there_is_not_leads_to_its_front_page(client, db, about):
    assert client.get(reverse("help"), {"about": about})["Location"] == reverse("help")


def test_O_088_the_help_stands_in_the_same_place_on_every_page(client, county):
    """In the bar at the top before the languages, and last at the foot."""
    with translation.override("en"):
        found = [client.get(reverse(name)).content.decode() for name in ("home", "accessibility")]
        found.append(client.get("/en/nothing-is-here/").content.decode())

    for page in found:
        signs = [match.start() for match in re.finditer('class="help-sign"', page)]
        languages = page.index('class="language-links"')
        assert len(signs) == 2
        assert signs[0] < languages
        assert page.rindex(">Help</a>") > page.rindex(">Accessibility</a>")
