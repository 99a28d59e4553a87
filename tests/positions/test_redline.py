from time import process_time

import pytest

from positions.redline import redline, redline_line, redline_lines


def html_of(old, new):
    return [str(change.html) for change in redline(old, new)]


def test_an_unchanged_text_has_no_marks():
    text = "<p>One.</p><h2>Two</h2>"

    changes = redline(text, text)

    assert [(str(c.html), c.number, c.changed) for c in changes] == [
        ("<p>One.</p>", 1, False),
        ("<h2>Two</h2>", 2, False),
    ]


def test_whole_words_are_marked():
    old = "<p>Costs have grown considerably in three years.</p>"
    new = "<p>Costs have grown by 41 per cent in three years.</p>"

    assert html_of(old, new) == [
        "<p>Costs have grown <del>considerably</del> <ins>by 41 per cent</ins> in three years.</p>"
    ]


def test_a_word_is_never_cut_in_two():
    assert html_of("<p>a könyvtárbusz áll</p>", "<p>a könyvtárbuszok áll</p>") == [
        "<p>a <del>könyvtárbusz</del> <ins>könyvtárbuszok</ins> áll</p>"
    ]


def test_punctuation_stays_at_its_word():
    old = "<p>The buses are old, their repair is dear.</p>"
    new = "<p>The buses are old; their repair is dear!</p>"

    assert html_of(old, new) == [
        "<p>The buses are old<del>,</del><ins>;</ins> their repair is dear"
        "<del>.</del><ins>!</ins></p>"
    ]


def test_paragraphs_keep_the_numbers_of_the_new_text():
    old = "<p>First one here.</p><p>Something to go.</p><p>Last one here.</p>"
    new = "<p>First one here.</p><p>Last one here.</p><p>Quite another matter.</p>"

    assert [(str(c.html), c.number) for c in redline(old, new)] == [
        ("<p>First one here.</p>", 1),
        ("<p><del>Something to go.</del></p>", None),
        ("<p>Last one here.</p>", 2),
        ("<p><ins>Quite another matter.</ins></p>", 3),
    ]


def test_paragraphs_without_a_word_in_common_are_gone_and_come():
    assert html_of("<p>apples and pears</p>", "<p>quite other words</p>") == [
        "<p><del>apples and pears</del></p>",
        "<p><ins>quite other words</ins></p>",
    ]


def test_changed_emphasis_keeps_the_new_tags_whole():
    old = "<p>one two <strong>three</strong> four</p>"
    new = "<p>one <em>two</em> three four</p>"

    assert html_of(old, new) == ["<p>one <em>two</em> three four</p>"]


def test_the_items_of_a_list_are_aligned():
    old = "<ul><li>the first thing</li><li>the second thing</li></ul>"
    new = "<ul><li>the first thing</li><li>new</li><li>the second matter</li></ul>"

    assert html_of(old, new) == [
        "<ul><li>the first thing</li><li><ins>new</ins></li>"
        "<li>the second <del>thing</del> <ins>matter</ins></li></ul>"
    ]


def test_a_table_of_the_same_shape_is_compared_cell_by_cell():
    old = "<table><tbody><tr><td>cost now</td><td>12</td></tr></tbody></table>"
    marked = old.replace("12", "<del>12</del> <ins>14</ins>")

    assert html_of(old, old.replace("12", "14")) == [marked]


def test_plain_lines_are_escaped_and_compared():
    assert redline_line("a <b> & c", "a <i> & c") == "a &lt;<del>b</del> <ins>i</ins>&gt; &amp; c"
    assert redline_lines(["Pay more."], ["Pay more.", "<script>x</script>"]) == [
        "Pay more.",
        "<ins>&lt;script&gt;x&lt;/script&gt;</ins>",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>window.__xss=1</script>",
        "<img src=x onerror=window.__xss=1>",
        "<svg onload=window.__xss=1>",
        '<a href="javascript:window.__xss=1">x</a>',
        '<p onclick="window.__xss=1">x</p>',
        "<p><ins onmouseover=window.__xss=1>x</ins></p>",
        '<math><mtext><table><mglyph><style><img src=x onerror="window.__xss=1">',
        "<noscript><p title='</noscript><img src=x onerror=window.__xss=1>'>",
        "<template><script>window.__xss=1</script></template>",
        "<p>&lt;script&gt;window.__xss=1&lt;/script&gt;</p>",
    ],
)
def test_nothing_hostile_comes_through(hostile):
    shown = "".join(html_of(hostile, "<p>kind words</p>") + html_of("<p>kind words</p>", hostile))

    for sign in ("<script", "<img", "<svg", "onerror=window", "javascript:", "<style", "onclick"):
        assert sign not in shown


def test_a_text_made_to_be_slow_is_still_compared():
    old = ("<p>" + "a b " * 50 + "</p>") * 400
    new = ("<p>" + "a a b d " * 24 + "</p>") * 400

    changes = redline(old, new)

    assert changes[-1].changed


def test_long_blocks_that_share_a_frequent_word_are_told_apart_in_no_time():
    """Looking at the order of their words would take some ten seconds."""

    def block(name):
        return f"<p>{' '.join('a' if n % 8 < 3 else f'{name}{n}' for n in range(1600))}</p>"

    old, new = ("".join(block(f"{side}{n}x") for n in range(20)) for side in "ab")
    before = process_time()

    changes = redline(old, new)

    assert process_time() - before < 10
    assert [(change.number, change.moved_from) for change in changes if change.number] == [
        (number, None) for number in range(1, 21)
    ]


def test_long_blocks_of_the_same_words_are_compared_until_it_has_cost_too_much():
    """Each has the words of every other, in another order."""
    kept = "<h2>Stays</h2>"
    old, new = (
        [f"<p>{' '.join(f'{n * step % 997}' for n in range(1, 997))}</p>" for step in steps]
        for steps in (range(2, 42), range(50, 90))
    )
    before = process_time()

    changes = redline("".join([*old, kept]), "".join([kept, *new]))

    assert process_time() - before < 10
    assert not any(change.moved_from for change in changes)


def test_a_block_that_changed_its_place_has_moved():
    one, two, three = "<p>apples and pears</p>", "<p>buses on wheels</p>", "<p>cheap rooms</p>"

    changes = redline(one + two + three, two + three + one)

    assert [(str(c.html), c.number, c.moved_from, c.moved_to) for c in changes] == [
        (one, None, None, 3),
        (two, 1, None, None),
        (three, 2, None, None),
        (one, 3, 1, None),
    ]


def test_a_block_that_moved_and_changed_shows_both():
    one = "<p>libraries stay open late on every day of the week</p>"
    two, three = "<p>buses on wheels</p>", "<p>cheap rooms</p>"

    changes = redline(one + two + three, two + three + one.replace("late", "later"))

    assert changes[-1].moved_from == 1
    assert "<del>late</del> <ins>later</ins>" in changes[-1].html


def test_both_sides_can_be_read_apart():
    change = redline("<p>one two</p>", "<p>one three</p>")[0]

    assert (change.before, change.after) == (
        "<p>one <del>two</del> </p>",
        "<p>one  <ins>three</ins></p>",
    )
