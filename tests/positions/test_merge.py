"""No interleaving of saves loses a block."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from positions.merge import Conflict, merge

WORDS = st.sampled_from(["libraries", "open", "late", "buses", "money", "law", "reading", "rooms"])
BLOCKS = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: f"<p>{' '.join(words)}</p>")
TEXTS = st.lists(BLOCKS, max_size=6)
EDITS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=2),
        st.sampled_from(["add", "change", "remove", "reload"]),
        st.integers(min_value=0, max_value=9),
    ),
    max_size=25,
)
UNHURRIED = settings(deadline=None, max_examples=150)

A, B, C = "<p>apples and pears</p>", "<p>buses on wheels</p>", "<p>cheap reading rooms</p>"
A2, A3 = "<p>apples and plums</p>", "<p>apples with pears</p>"
NEW, OTHER = "<p>quite new</p>", "<p>something else</p>"


# Cases -------------------------------------------------------------------------------------------


def test_changes_to_different_blocks_come_together():
    assert merge([A, B, C], [A2, B, C], [A, B, NEW]) == [A2, B, NEW]


def test_changes_to_neighbours_come_together():
    assert merge([A, B], [A2, B], [A, NEW]) == [A2, NEW]


def test_the_same_change_is_made_once():
    assert merge([A, B], [A2, B], [A2, B]) == [A2, B]


def test_a_block_that_both_changed_is_a_conflict():
    assert merge([A, B], [A2, B], [A3, B]) == [Conflict(A, A2, A3), B]


def test_a_block_that_both_wrote_anew_is_a_conflict():
    assert merge([A, B], [NEW, B], [OTHER, B]) == [Conflict(A, NEW, OTHER), B]


def test_a_block_removed_here_and_changed_there_is_a_conflict():
    assert merge([A, B], [B], [A2, B]) == [Conflict(A, None, A2), B]
    assert merge([A, B], [A2, B], [B]) == [Conflict(A, A2, None), B]


def test_additions_at_the_same_place_are_both_kept_theirs_first():
    assert merge([A, B], [A, NEW, B], [A, OTHER, B]) == [A, NEW, OTHER, B]
    assert merge([], [NEW], [OTHER]) == [NEW, OTHER]


def test_what_both_added_is_there_once():
    assert merge([A], [A, NEW], [A, NEW, OTHER]) == [A, NEW, OTHER]


def test_a_block_removed_beside_one_that_was_changed():
    assert merge([A, B, C], [B, C], [A, NEW, C]) == [NEW, C]


# Properties --------------------------------------------------------------------------------------


def blocks_in(merged):
    """Every block of the merged text, those in conflicts too, with how often each is there."""
    found = Counter()
    for unit in merged:
        sides = {unit.theirs, unit.mine} if isinstance(unit, Conflict) else {unit}
        found.update(sides - {None})
    return found


def conflicts_in(merged):
    return [unit for unit in merged if isinstance(unit, Conflict)]


def test_of_doubled_blocks_each_side_may_keep_another_and_the_block_stays():
    three, four = (f"<p>{' '.join(['libraries'] * count)}</p>" for count in (3, 4))

    assert merge([three, four, three], [three], [four, three]) == [three]


@UNHURRIED
@given(TEXTS, TEXTS, TEXTS)
def test_what_somebody_wrote_is_in_the_text_or_in_a_conflict(base, theirs, mine):
    written = (set(theirs) | set(mine)) - set(base)
    kept_by_both = set(base) & set(theirs) & set(mine)

    assert (written | kept_by_both) - set(blocks_in(merge(base, theirs, mine))) == set()


@UNHURRIED
@given(TEXTS, TEXTS, TEXTS)
def test_nothing_is_made_up(base, theirs, mine):
    merged = blocks_in(merge(base, theirs, mine))

    assert merged - (Counter(theirs) + Counter(mine)) == Counter()


@UNHURRIED
@given(TEXTS, TEXTS)
def test_with_an_unchanged_side_it_is_the_other_side(base, other):
    assert merge(base, other, base) == other
    assert merge(base, base, other) == other
    assert merge(base, other, other) == other


@UNHURRIED
@given(TEXTS, TEXTS, TEXTS)
def test_who_is_first_makes_no_difference_but_for_the_order_of_additions(base, theirs, mine):
    one, other = merge(base, theirs, mine), merge(base, mine, theirs)

    assert blocks_in(one) == blocks_in(other)
    assert len(conflicts_in(one)) == len(conflicts_in(other))


@UNHURRIED
@given(st.lists(st.sampled_from(["keep", "change", "remove"]), min_size=1, max_size=8), st.data())
def test_changes_to_different_blocks_are_the_same_in_either_order(fates, data):
    base = [f"<p>unit{number} stands {number}</p>" for number in range(len(fates))]
    owners = [data.draw(st.sampled_from("tm")) for _fate in fates]

    def side(owner):
        kept = []
        for unit, fate, whose in zip(base, fates, owners, strict=True):
            if fate == "keep" or whose != owner:
                kept.append(unit)
            elif fate == "change":
                kept.append(unit.replace("stands", "stands changed"))
        return kept

    theirs, mine = side("t"), side("m")

    assert merge(base, theirs, mine) == merge(base, mine, theirs)
    assert conflicts_in(merge(base, theirs, mine)) == []


class Desk:
    """Three people at one text. Each edits what they last loaded and saves at once; where a
    conflict comes up they keep both."""

    def __init__(self):
        self.current = [A, B, C]
        self.open = [list(self.current) for _person in range(3)]
        self.saved = set(self.current)
        self.given_up = set()
        self.count = 0

    def edit(self, person, act, place):
        if act == "reload":
            self.open[person] = list(self.current)
            return
        base, text = self.open[person], list(self.open[person])
        at = place % (len(text) + 1)
        if act == "add" or at == len(text):
            text.insert(at, self.fresh("added"))
        else:
            self.given_up.add(text[at])
            text[at : at + 1] = [self.fresh(text[at][3:-4])] if act == "change" else []
        self.saved |= set(text)
        self.current = [
            unit
            for part in merge(base, self.current, text)
            for unit in ((part.theirs, part.mine) if isinstance(part, Conflict) else (part,))
            if unit is not None
        ]
        self.open[person] = list(self.current)

    def fresh(self, words):
        self.count += 1
        return f"<p>{words} word{self.count}</p>"


@settings(deadline=None, max_examples=200)
@given(EDITS)
def test_no_interleaving_of_saves_loses_a_block(edits):
    desk = Desk()
    for edit in edits:
        desk.edit(*edit)

    assert desk.saved - desk.given_up - set(desk.current) == set()


@settings(deadline=None, max_examples=200)
@given(EDITS)
def test_nor_where_people_save_without_having_seen_the_others(edits):
    """Everybody saves once, at the end, on the text all began with."""
    desk = Desk()
    first = list(desk.current)
    views = [list(first) for _person in range(3)]
    for number, (person, act, place) in enumerate(edits):
        text = views[person]
        at = place % (len(text) + 1)
        if act == "add" or at == len(text):
            text.insert(at, f"<p>fresh{number} words{number}</p>")
        elif act == "change":
            text[at] = f"{text[at][:-4]} and{number}</p>"
        elif act == "remove":
            del text[at]
    final = first
    for text in views:
        merged = merge(first, final, text)
        final = list(blocks_in(merged).elements())

    assert {unit for text in views for unit in text if unit not in first} - set(final) == set()
