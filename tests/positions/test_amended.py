"""What amendments make of a text: nothing here needs a database."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.amended import applied, contested, place_of, rivals, woven
from positions.choices import AmendmentKind
from positions.drafting import cleaned
from positions.lineage import named
from positions.models import Amendment, Version

WORDING, INSERTION, DELETION = AmendmentKind
KEYS = count(1)


def version(*paragraphs, number=1, ids=None):
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    kept = ids or [f"{number}.{place}" for place in range(1, len(paragraphs) + 1)]
    return Version(pk=number, number=number, body=body, paragraph_ids=kept)


def amendment(kind, paragraph, words="", *, of, number=1):
    body = f"<p>{words}</p>" if words else ""
    return Amendment(
        pk=next(KEYS), number=number, kind=kind, paragraph=paragraph, body=body, version=of
    )


def after(current, *changes, earlier=()):
    """The next version, as it would be made."""
    texts, known = applied(current, [(each, each.body) for each in changes], earlier=earlier)
    number = current.number + 1
    return Version(
        pk=number, number=number, body="".join(texts), paragraph_ids=named(number, known)
    )


def says(text):
    return text.body.replace("</p>", "").split("<p>")[1:]


TEXT = version("One.", "Two.", "Three.")


def test_a_new_wording_keeps_the_paragraph_who_it_is():
    made = after(TEXT, amendment(WORDING, 2, "Something with no word in common", of=TEXT))

    assert says(made) == ["One.", "Something with no word in common", "Three."]
    assert made.paragraph_ids == ["1.1", "1.2", "1.3"]


def test_an_insertion_is_new_and_the_others_stay_who_they_are():
    made = after(TEXT, amendment(INSERTION, 2, "New.", of=TEXT))

    assert says(made) == ["One.", "Two.", "New.", "Three."]
    assert made.paragraph_ids == ["1.1", "1.2", "2.3", "1.3"]


def test_an_insertion_at_the_beginning():
    assert says(after(TEXT, amendment(INSERTION, 0, "New.", of=TEXT)))[:2] == ["New.", "One."]


def test_an_insertion_of_several_paragraphs():
    insertion = amendment(INSERTION, 1, "New.", of=TEXT)
    insertion.body = "<p>New.</p><h2>Newer</h2>"

    assert after(TEXT, insertion).body == (
        "<p>One.</p><p>New.</p><h2>Newer</h2><p>Two.</p><p>Three.</p>"
    )


def test_a_deletion():
    made = after(TEXT, amendment(DELETION, 2, of=TEXT))

    assert (says(made), made.paragraph_ids) == (["One.", "Three."], ["1.1", "1.3"])


def test_a_paragraph_that_has_moved_is_amended_where_it_stands_now():
    moved = version("Three.", "One.", "Two.", number=2, ids=["1.3", "1.1", "1.2"])
    wording = amendment(WORDING, 1, "First.", of=TEXT)
    insertion = amendment(INSERTION, 3, "New.", of=TEXT)

    assert says(after(moved, wording, insertion)) == ["Three.", "New.", "First.", "Two."]


def test_where_an_amendment_stands_today():
    now = version("Zero.", "One, reworded.", "Three.", number=2, ids=["2.1", "1.1", "1.3"])
    places = [
        place_of(amendment(kind, paragraph, "New." if kind != DELETION else "", of=TEXT), now)
        for kind, paragraph in [(WORDING, 1), (DELETION, 2), (WORDING, 3), (INSERTION, 2)]
    ]

    assert [place.number for place in places] == [2, None, 3, 2]
    assert [place.is_unchanged for place in places] == [False, False, True, True]
    assert [place.is_gone for place in places] == [False, True, False, False]


def test_only_those_on_the_same_paragraph_collide():
    moved = version("Two.", "One.", number=2, ids=["1.2", "1.1"])
    first = amendment(WORDING, 1, "Uno.", of=TEXT)
    gone = amendment(DELETION, 2, of=moved, number=2)
    other = amendment(WORDING, 2, "Due.", of=TEXT, number=3)
    beside = amendment(INSERTION, 1, "New.", of=TEXT, number=4)
    again = amendment(INSERTION, 1, "Newer.", of=TEXT, number=5)

    found = rivals([first, gone, other, beside, again])

    assert found == {first.pk: [gone], gone.pk: [first], other.pk: [], beside.pk: [], again.pk: []}


@pytest.mark.parametrize(
    ("old", "now", "proposed", "expected"),
    [
        ("One. Two.", "One. Two.", "One. Zwei.", "One. Zwei."),
        ("One. Two.", "Eins. Two.", "One. Zwei.", "Eins. Zwei."),
        (
            "One two three. Four.",
            "One two four. Four.",
            "One two five. Four.",
            "One two four. One two five. Four.",
        ),
        ("One; two.", "One; three.", "Uno; two.", "One; three. Uno; two."),
        ("One. Two.", "One.", "One. Three.", "One. Three."),
        ("One.", "One. Two.", "One. Three.", "One. Two. Three."),
    ],
)
def test_both_changes_are_woven_together_sentence_by_sentence(old, now, proposed, expected):
    assert woven(*(f"<p>{text}</p>" for text in (old, now, proposed))) == f"<p>{expected}</p>"


@pytest.mark.parametrize("proposed", ["", "<ul><li>One.</li></ul>", "<p>One.</p><p>Two.</p>"])
def test_what_is_no_single_paragraph_is_shown_as_proposed(proposed):
    assert woven("<p>One.</p>", "<p>Two.</p>", proposed) == proposed


# Any order -------------------------------------------------------------------------------------


@st.composite
def non_colliding(draw):
    """A text and amendments to it of which at most one rewords or deletes any paragraph, with an
    order in which they are accepted."""
    length = draw(st.integers(1, 6))
    text = version(*(f"Paragraph {number}." for number in range(1, length + 1)))
    found = []
    for paragraph in range(1, length + 1):
        kind = draw(st.sampled_from([None, None, WORDING, DELETION]))
        if kind:
            found.append((kind, paragraph))
    insertions = draw(st.lists(st.integers(0, length), max_size=6))
    found += [(INSERTION, paragraph) for paragraph in insertions]
    numbered = [
        amendment(
            kind, place, "" if kind == DELETION else f"Words of {number}.", of=text, number=number
        )
        for number, (kind, place) in enumerate(draw(st.permutations(found)), start=1)
    ]
    return text, numbered, draw(st.permutations(numbered))


def accepted_one_by_one(text, order):
    for each in order:
        earlier = [other for other in order if other.made_id and other.kind == INSERTION]
        text = after(text, each, earlier=earlier)
        each.made = text
    for each in order:
        each.made = None
    return text


@settings(max_examples=300, deadline=None)
@given(non_colliding())
def test_amendments_that_do_not_collide_give_the_same_text_in_any_order(drawn):
    text, numbered, order = drawn

    one_by_one = accepted_one_by_one(text, order)

    assert says(one_by_one) == says(accepted_one_by_one(text, numbered))
    assert says(one_by_one) == says(after(text, *order))


@settings(max_examples=300, deadline=None)
@given(non_colliding())
def test_no_paragraph_changes_that_no_amendment_touches(drawn):
    text, _numbered, order = drawn
    touched = {contested(each)[0] for each in order if each.kind != INSERTION}

    made = accepted_one_by_one(text, order)

    before = dict(zip(text.paragraph_ids, text.wordings, strict=True))
    now = dict(zip(made.paragraph_ids, made.wordings, strict=True))
    untouched = [identity for identity in text.paragraph_ids if identity not in touched]
    assert [now[identity] for identity in untouched] == [before[each] for each in untouched]
    kept = [identity for identity in made.paragraph_ids if identity in before]
    assert kept == [identity for identity in text.paragraph_ids if identity in set(kept)]
    assert len(made.paragraph_ids) == len(set(made.paragraph_ids)) == len(made.wordings)


@settings(max_examples=100, deadline=None)
@given(st.text("ab<>/phuli123 \n.&\"='", max_size=60))
def test_what_is_kept_once_is_kept_the_same_for_ever(typed):
    """The identities are counted by the blocks: joining them again makes the same blocks."""
    _title, body, _points = cleaned("", typed, [])

    assert cleaned("", body, [])[1] == body
    assert cleaned("", "".join(Version(body=body).wordings), [])[1] == body
