"""The difference of two texts as redline: `<del>` went, `<ins>` came, whole words only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from html import escape
from itertools import groupby, zip_longest

import nh3
from django.utils.safestring import SafeString, mark_safe

from core.richtext import ATTRIBUTES, SCHEMES, TAGS, blocks, clean, words

TOKEN = re.compile(r'<(?:"[^"]*"|[^"<>])*>|&[#\w]+;|\w+(?:[-\u2010\u2011’\'.,]\w+)*|\s+|[^\w\s]')
ITEM = re.compile(r"<li>(.*?)</li>", re.S)
LISTS = ("<ul>", "<ol>")
COMPOUND = re.compile(r"<(ul|ol|table|blockquote)\b")
LIKE_ENOUGH = 0.4
LOOK_AHEAD = 20
LARGEST = 4_000_000
"""Pairs of pieces beyond which a comparison would keep the reader waiting: none is made then."""
GONE = re.compile(r"<del>[^<]*</del>")
COME = re.compile(r"<ins>[^<]*</ins>")
BETWEEN_WORDS = re.compile(r"\w</del><ins>\w")
"""Where a space keeps what went and what came from being read as one word."""
NEARLY = 0.8
FEWEST_WORDS = 4
"""Words a block must have for being known again at another place though it changed."""
FEW = 2_500
"""Pairs of blocks gone and come up to which those that changed are looked for elsewhere."""
EXACT = 40_000
"""Pairs of pieces up to which frequent pieces are compared like all others."""


@dataclass(frozen=True)
class Change:
    """One block of the comparison; `number` is its paragraph in the new text, None if it went,
    `old_number` that in the old one, None if it came.

    A block that only changed its place is there twice: where it went `moved_to` is its new number,
    where it came `moved_from` is its old one. `before` and `after` are the two sides apart.
    """

    html: SafeString
    number: int | None
    changed: bool
    old_number: int | None = None
    before: str = ""
    after: str = ""
    moved_from: int | None = None
    moved_to: int | None = None


@dataclass
class _Row:
    before: str | None
    after: str | None
    old_number: int | None
    number: int | None
    moved: "_Row | None" = None


def redline(old: str, new: str) -> list[Change]:
    """Compare two rich texts block by block, and word by word inside a block that changed.

    Both are cleaned first and every piece is cleaned again, so the result is safe to show. Blocks
    that have hardly a word in common are shown as one gone and one come; one that went here and
    came there with nearly the same words has moved.
    """
    changes, pairs = [], 0
    for row in _rows(blocks(clean(old)), blocks(clean(new))):
        if row.moved and row.after is None:
            changes.append(_gone_elsewhere(row))
            continue
        before = row.moved.before if row.moved else row.before
        if before != row.after:
            pairs += len(TOKEN.findall(before or "")) * len(TOKEN.findall(row.after or ""))
        changes.append(_change(row, before, _marked if pairs <= LARGEST else _replaced))
    return changes


def _change(row: _Row, before: str | None, compare) -> Change:
    after = row.after
    html = after if before == after else compare(before or "", after or "")
    apart = before != after and html == _replaced(before or "", after or "")
    return Change(
        html=_safe(html),
        number=row.number,
        changed=before != after or row.moved is not None,
        old_number=row.old_number,
        before=_safe(_words_marked(before or "", "") if apart else COME.sub("", html)),
        after=_safe(_words_marked("", after or "") if apart else GONE.sub("", html)),
        moved_from=row.moved.old_number if row.moved else None,
    )


def _gone_elsewhere(row: _Row) -> Change:
    html = _safe(row.before)
    return Change(html, None, True, row.old_number, before=html, moved_to=row.moved.number)


def _rows(old: list[str], new: list[str]) -> list[_Row]:
    rows, old_number, number = [], 0, 0
    for before, after in aligned(old, new):
        old_number += before is not None
        number += after is not None
        places = (old_number if before is not None else None, number if after is not None else None)
        rows.append(_Row(before, after, *places))
    _find_moves(rows)
    return rows


def _find_moves(rows: list[_Row]) -> None:
    """Ties what went to what came: the very same block first, then nearly the same one."""
    gone = [row for row in rows if row.after is None and words(row.before)]
    come = [row for row in rows if row.before is None and words(row.after)]
    few = len(gone) * len(come) <= FEW
    for same in (str.__eq__, _Nearly()) if few else (str.__eq__,):
        for row in come:
            if row.moved:
                continue
            free = (g for g in gone if not g.moved and same(g.before, row.after))
            origin = next(free, None)
            if origin:
                row.moved, origin.moved = origin, row


def origins(old: list[str], new: list[str]) -> list[int | None]:
    """For each new block the place (from 0) of the old one that it was, moved ones included; None
    where it is new."""
    came = [row.moved if row.moved else row for row in _rows(old, new) if row.after is not None]
    return [row.old_number - 1 if row.old_number else None for row in came]


class _Nearly:
    """Whether two blocks have nearly the same words in nearly the same order.

    The order is looked at where the words agree, and until it has cost too much: what is left then
    went and came.
    """

    def __init__(self):
        self.pairs, self.of = 0, lru_cache(maxsize=None)(lambda block: words(block).split())

    def __call__(self, old: str, new: str) -> bool:
        before, after = self.of(old), self.of(new)
        if min(len(before), len(after)) < FEWEST_WORDS:
            return False
        matcher = SequenceMatcher(None, before, after, len(before) * len(after) > EXACT)
        if matcher.real_quick_ratio() < NEARLY or matcher.quick_ratio() < NEARLY:
            return False
        self.pairs += len(before) * len(after)
        return self.pairs <= LARGEST and matcher.ratio() >= NEARLY


def redline_line(old: str, new: str) -> SafeString:
    """The same for one line of plain text: a title, a point."""
    return _safe(_words_marked(escape(old), escape(new)))


def redline_lines(old: list[str], new: list[str]) -> list[SafeString]:
    """The same for a list of plain lines, aligned as blocks are."""
    old, new = [escape(line) for line in old], [escape(line) for line in new]
    return [_safe(_words_marked(a or "", b or "")) for a, b in aligned(old, new)]


def aligned(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Each old block beside the new one it became; None beside what went or came.

    Both sides keep their order, and no block is left out.
    """
    if len(old) * len(new) > LARGEST:
        yield from zip_longest(old, new)
        return
    for kind, a1, a2, b1, b2 in _opcodes(old, new):
        if kind == "equal":
            yield from zip(old[a1:a2], new[b1:b2], strict=True)
            continue
        left, come = old[a1:a2], []
        for block in new[b1:b2]:
            match = next(
                (i for i, gone in enumerate(left[:LOOK_AHEAD]) if _alike(gone, block)), None
            )
            if match is None:
                come.append((None, block))
                continue
            yield from [*((gone, None) for gone in left[:match]), *come, (left[match], block)]
            left, come = left[match + 1 :], []
        yield from [*((gone, None) for gone in left), *come]


def _opcodes(old: list[str], new: list[str]):
    rough = len(old) * len(new) > EXACT
    return SequenceMatcher(None, old, new, autojunk=rough).get_opcodes()


def _alike(old: str, new: str) -> bool:
    pair = words(old).split(), words(new).split()
    return SequenceMatcher(None, *pair, autojunk=False).quick_ratio() >= LIKE_ENOUGH


def _marked(old: str, new: str) -> str:
    if not old or not new:
        return _words_marked(old, new)
    if _tags(old) == _tags(new):
        return _by_segment(old, new)
    if old[:4] == new[:4] and _is_flat_list(old) and _is_flat_list(new):
        return _by_item(old, new)
    if COMPOUND.match(old) or COMPOUND.match(new):
        return _replaced(old, new)
    return _words_marked(old, new)


def _replaced(old: str, new: str) -> str:
    return _words_marked(old, "") + _words_marked("", new)


def _by_segment(old: str, new: str) -> str:
    """Two texts of the same structure: what stands between the tags is compared in its place."""
    parts = []
    for before, after in zip(_segments(old), _segments(new), strict=True):
        parts.append(after if after.startswith("<") else _words_marked(before, after))
    return "".join(parts)


def _by_item(old: str, new: str) -> str:
    pairs = aligned(ITEM.findall(old), ITEM.findall(new))
    items = "".join(f"<li>{_words_marked(a or '', b or '')}</li>" for a, b in pairs)
    return f"{new[:4]}{items}</{new[1:4]}"


def _is_flat_list(text: str) -> bool:
    return text.startswith(LISTS) and not any(tag in text[4:] for tag in LISTS)


def _words_marked(old: str, new: str) -> str:
    """Words marked as gone or come; the tags are those of the new text, or the old where it is all
    gone."""
    if not new:
        return _wrapped("del", TOKEN.findall(old), keep_tags=True)
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    parts = []
    for kind, a1, a2, b1, b2 in _opcodes(before, after):
        if kind == "equal":
            parts += after[b1:b2]
            continue
        gone = _wrapped("del", before[a1:a2], keep_tags=False)
        come = _wrapped("ins", after[b1:b2], keep_tags=True)
        parts += [gone, " ", come] if BETWEEN_WORDS.search(gone + come) else [gone, come]
    return "".join(parts)


def _wrapped(mark: str, tokens: list[str], *, keep_tags: bool) -> str:
    parts = []
    for is_tag, run in groupby(tokens, key=lambda token: token.startswith("<")):
        text = "".join(run)
        if not is_tag:
            parts.append(f"<{mark}>{text}</{mark}>" if text.strip() else text)
        elif keep_tags:
            parts.append(text)
    return "".join(parts)


def _tags(text: str) -> list[str]:
    return [token for token in TOKEN.findall(text) if token.startswith("<")]


def _segments(text: str) -> list[str]:
    """Tags one by one, with the text between them; an empty text stands between two tags."""
    parts = [""]
    for token in TOKEN.findall(text):
        if token.startswith("<"):
            parts += [token, ""]
        else:
            parts[-1] += token
    return parts


def _safe(html: str) -> SafeString:
    tags = TAGS | {"ins", "del"}
    cleaned = nh3.clean(html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return mark_safe(cleaned)  # noqa: S308 - cleaned on the line above
