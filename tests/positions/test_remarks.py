"""Who reads which comment, and where each stands when the text has gone on."""

import pytest

from members.models import Person
from positions import actions, commenting, page, remarks
from positions.choices import Audience, State
from positions.models import Comment
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")

# Who reads ---------------------------------------------------------------------------------------
#
#    d, s, m   what is meant for the drafting group, the section, all members;   o   one's own

AUDIENCES = {"d": Audience.DRAFTERS, "s": Audience.SECTION, "m": Audience.MEMBERS}
TABLE = """
               visitor stranger foreign author  library own     coord   chair   board   secr    exrep   left    staff
consultation   -       -        m       dsm     sm      osm     dsm     dsm     -       -       -       -       dsm
board_review   -       -        m       dsm     sm      osm     dsm     dsm     sm      sm      -       -       dsm
submitted      -       -        m       dsm     sm      osm     dsm     dsm     sm      sm      -       -       dsm
"""  # noqa: E501 - a table
ROLES = {
    "visitor": "visitor",
    "stranger": "stranger",
    "foreign": "foreign_representative",
    "author": "drafter",
    "library": "third_representative",
    "own": "representative",
    "coord": "coordinator",
    "chair": "chair",
    "board": "board_member",
    "secr": "board_secretary",
    "exrep": "former_representative",
    "left": "left_representative",
    "staff": "staff",
}
HEADING, *LINES = [line.split() for line in TABLE.splitlines() if line]
EXPECTED = {state: dict(zip(HEADING, cells, strict=True)) for state, *cells in LINES}


def write(position, by, text, **facts):
    return Comment.objects.create(version=position.current, author=by, text=text, **facts)


@pytest.mark.parametrize("state", EXPECTED)
def test_each_role_reads_what_the_table_says(way, request, state, other_representative, library):
    people = {role: request.getfixturevalue(name) for role, name in ROLES.items()}
    position = way.to(State(state))
    for letter, audience in AUDIENCES.items():
        write(position, other_representative, letter, audience=audience)
    write(position, people["own"], "o", audience=Audience.DRAFTERS)
    reads_all = {"author", "coord", "chair", "staff"}

    found = {}
    for role, person in people.items():
        texts = Comment.objects.visible_to(person, position).values_list("text", flat=True)
        found[role] = "".join(t for t in sorted(texts) if role not in reads_all or t != "o") or "-"

    assert found == {r: "".join(sorted(cell)) for r, cell in EXPECTED[state].items()}


def test_what_a_library_told_the_drafters_is_read_by_whoever_acts_for_it(
    way, representative, deputy, third_representative, library
):
    position = way.to(State.CONSULTATION)
    facts = {"library": library, "audience": Audience.DRAFTERS}
    first = write(position, representative, "Between us.", **facts)
    write(position, way.cast("coordinator"), "Yes.", parent=first, audience=Audience.DRAFTERS)

    def reads(person):
        return Comment.objects.visible_to(person, position).count()

    assert [reads(deputy), reads(third_representative)] == [2, 0]


def test_an_author_who_left_the_group_reads_what_the_section_reads(way, drafter, coordinator):
    position = way.to(State.CONSOLIDATION)
    write(position, coordinator, "Between us.", audience=Audience.DRAFTERS)
    assert Comment.objects.visible_to(drafter, position).count() == 1

    actions.remove_author(position=position, by=coordinator, author=drafter)

    assert Comment.objects.visible_to(drafter, position).count() == 0


def test_the_day_a_mandate_ends_ones_own_words_to_the_drafters_are_gone_too(way, representative):
    position = way.to(State.SUBMITTED)
    write(position, representative, "Between us.", audience=Audience.DRAFTERS)
    representative.mandates.update(ended_on=way.in_days(-1))

    person = Person.objects.get(pk=representative.pk)

    assert Comment.objects.visible_to(person, position).count() == 0


def test_comments_of_another_position_are_not_among_them(way, coordinator):
    write(way.start(), coordinator, "Elsewhere.")

    assert Comment.objects.visible_to(coordinator, way.start()).count() == 0


# Where it stands ---------------------------------------------------------------------------------

LONG = [f"<p>Here the {word} paragraph says its own words.</p>" for word in ("first", "second")]


@pytest.fixture
def rewritten(way, coordinator):
    """A text in consolidation with one comment on each paragraph and one on the whole; saved
    as other blocks it tells where they stand."""
    position = way.consolidate(way.consult(way.start(body="".join(LONG))))
    for paragraph in (1, 2, None):
        write(position, coordinator, f"On {paragraph}.", paragraph=paragraph)

    return lambda *blocks: remarks_of(save(position, coordinator, *blocks), coordinator)


def save(position, by, *blocks):
    return actions.save_draft(
        position=position,
        by=by,
        base=position.current.number,
        title=position.title,
        body="".join(blocks),
        points=[],
        addressee=position.addressee,
    )


def remarks_of(position, person):
    shown = read(position, person)
    beside = {place: texts(threads) for place, threads in shown.beside.items()}
    return beside, texts(shown.whole), texts(shown.older)


def read(position, person):
    return remarks.read(position, person, versions=page.versions(position))


def texts(threads):
    return [thread.first.text for thread in threads]


def test_a_comment_follows_its_paragraph_wherever_it_moves(rewritten):
    new = "<p>Something entirely different was put before everything else.</p>"

    assert rewritten(new, LONG[1], LONG[0]) == ({2: ["On 2."], 3: ["On 1."]}, ["On None."], [])


def test_a_comment_follows_its_paragraph_when_it_is_reworded(rewritten):
    reworded = LONG[1].replace("its own words", "its very own words")

    assert rewritten(LONG[0], reworded) == ({1: ["On 1."], 2: ["On 2."]}, ["On None."], [])


def test_a_comment_whose_paragraph_is_gone_belongs_to_an_older_text(rewritten):
    assert rewritten(LONG[0]) == ({1: ["On 1."]}, ["On None."], ["On 2."])


def test_a_comment_on_an_emptied_text_is_kept(rewritten):
    assert rewritten("") == ({}, ["On None."], ["On 1.", "On 2."])


def test_a_comment_says_whether_its_paragraph_was_reworded(way, coordinator):
    position = way.consolidate(way.consult(way.start(body="".join(LONG))))
    for paragraph in (1, 2):
        commenting.comment(
            version=position.current, by=coordinator, text="Yes.", paragraph=paragraph
        )
    in_bold = LONG[0].replace("own", "<strong>own</strong>")
    reworded = LONG[1].replace("own", "very own")

    saved = save(position, coordinator, in_bold, reworded)

    shown = read(saved, coordinator).beside
    facts = {n: (one.is_older, one.is_reworded) for n, [one] in shown.items()}
    assert facts == {1: (True, False), 2: (True, True)}


def test_a_comment_whose_paragraph_is_gone_still_quotes_it(way, coordinator, client_of):
    position = way.consolidate(way.consult(way.start(body="".join(LONG))))
    commenting.comment(version=position.current, by=coordinator, text="Yes.", paragraph=2)
    saved = save(position, coordinator, LONG[0])

    html = client_of(coordinator).get(saved.get_absolute_url()).content.decode()

    assert '“<span lang="hu">Here the second paragraph says its own words.</span>”' in html
    assert f"{at(saved, 'version', 1)}#p2" in html


def test_a_version_shows_the_comments_on_it_beside_their_paragraphs(way, coordinator, client_of):
    position = way.consolidate(way.consult(way.start(body="".join(LONG))))
    for paragraph in (2, None):
        write(position, coordinator, f"On {paragraph}.", paragraph=paragraph)
    saved = save(position, coordinator, LONG[0])
    client = client_of(coordinator)

    first, second = (client.get(at(saved, "version", n)) for n in (1, 2))

    shown = first.context["remarks"]
    assert (texts(shown.beside[2]), texts(shown.whole)) == (["On 2."], ["On None."])
    assert second.context["remarks"].count == 0
    assert first.content.decode().count("On 2.") == 1


def test_each_comment_is_on_the_page_once(way, coordinator, client_of):
    position = way.to(State.CONSULTATION)
    for number in range(12):
        write(position, coordinator, f"Remark {number:02}.", paragraph=number % 3 or None)

    html = client_of(coordinator).get(position.get_absolute_url()).content.decode()

    assert [html.count(f"Remark {number:02}.") for number in range(12)] == [1] * 12


def test_of_many_comments_on_a_paragraph_the_first_are_unfolded(way, coordinator, client_of):
    position = way.to(State.CONSULTATION)
    for number in range(5):
        write(position, coordinator, f"Remark {number}.", paragraph=1)

    html = client_of(coordinator).get(position.get_absolute_url()).content.decode()

    folded = html.split('<details class="threads-more">')[1].split("</details>")[0]
    found = [f"Remark {number}." in folded for number in range(5)]
    assert ("2 more comments" in folded, found) == (True, [False, False, False, True, True])
