"""A file made a text: opened and read in the sandbox, written in the few tags, compared with what
was in the file."""

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core import pandoc, sandbox
from core.refusals import DAMAGED
from core.richtext import NOTE, words
from core.text import fold
from core.tidy import tidy
from positions.intake.markup import Node, Writer, joined, plain, unframed

ROOT = Path(__file__).resolve().parents[2]
OPENING = "import sys; sys.path.insert(0, sys.argv[1]); from positions.intake import refit; "
OPENING += "refit.main(sys.argv[2])"
FORMATS = {"docx": "docx+styles", "odt": "odt"}
PANDOC = ("--track-changes=accept",)
SECONDS = 60
SECONDS_TO_OPEN = 20
MEMORY = 1536 * sandbox.MEGABYTE
LONGEST_WRITTEN = 1_000_000
"""More than twice what a position can be."""
LONGEST_TITLE, LONGEST_POINT, MOST_POINTS = 200, 1000, 50
LONGEST_NAMED, MOST_NAMED, SHORT = 200, 20, 12
WORDS = re.compile(r"[^\W_]+")
INSIDE = re.compile("</?(?:a|em|s|small|strong|sub|sup|u)\\b[^>]*>")
SIMPLE = {"Str", "Space", "SoftBreak", "Strong", "Emph", "Underline", "Quoted", "Span"}
ASKING = ("ask for", "javaslat", "keres", "kerjuk", "kerunk", "pontok", "points", "proposals")
ASKING += ("predlog", "zahtev")
FRONT = ("subtitle", "author", "date", "abstract")


class Unreadable(Exception):
    """No text can be made of the file; the message is a sentence for the person."""


@dataclass
class Text:
    """`report` holds what was found, as `positions.intake.report` tells it."""

    title: str
    body: str
    points: list[str]
    report: list[dict[str, Any]] = field(default_factory=list)


def convert(content: bytes, kind: str, tell: Callable[[int], Any] = lambda done: None) -> Text:
    """`kind` is "docx" or "odt"; Unreadable if there is no way to a text."""
    told, refitted = _opened(content, kind)
    tell(30)
    document = _read(refitted, kind)
    tell(80)
    try:
        return _text(document, told)
    except RecursionError as error:
        raise Unreadable(_("The parts of this file lie too deep in one another.")) from error


def _opened(content: bytes, kind: str) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-I", "-S", "-c", OPENING, ROOT, kind]
    try:
        made = sandbox.run(command, given=content, seconds=SECONDS_TO_OPEN, memory=MEMORY)
    except sandbox.TooMuch as error:
        raise Unreadable(_too_long()) from error
    except sandbox.Broke as error:
        raise Unreadable(str(DAMAGED)) from error
    told, _newline, refitted = made.partition(b"\n")
    return json.loads(told), refitted


def _read(refitted: bytes, kind: str) -> dict[str, Any]:
    formats = {"source": FORMATS[kind], "target": "json"}
    limits = {"seconds": SECONDS, "memory": MEMORY}
    try:
        return json.loads(pandoc.convert(refitted, **formats, options=PANDOC, **limits))
    except sandbox.TooMuch as error:
        raise Unreadable(_too_long()) from error
    except (sandbox.Broke, RecursionError) as error:
        raise Unreadable(str(DAMAGED)) from error


def _too_long() -> str:
    return _("This file is too long or too intricate to be read here; bring it in parts.")


def _text(document: dict[str, Any], told: dict[str, Any]) -> Text:
    blocks = [*_front(document["meta"]), *unframed(document["blocks"])]
    title, blocks = _title(told["title"] or _of_meta(document["meta"], "title"), blocks)
    points, heading, blocks = _points(blocks)
    writer = Writer()
    written = writer.text(blocks)
    if len(written) > LONGEST_WRITTEN:  # to be told now: all that follows takes its time with it
        raise Unreadable(_too_long())
    body = tidy(written)
    if not words(body) and not points:
        raise Unreadable(_("There are no words in this file that could be read."))
    parts = [NOTE.sub("", body), *NOTE.findall(body)]
    kept = [title, heading, *points, *map(words_of, parts)]
    missing = [line for line in _missing(told["words"], kept) if line]
    report = _report(told, writer, heading=heading, points=points, missing=missing)
    return Text(title[:LONGEST_TITLE], body, points, list(report))


# Title and points ------------------------------------------------------------------------------


def _of_meta(meta: dict[str, Node], name: str) -> str:
    return plain(_inlines(meta.get(name)))


def _front(meta: dict[str, Node]) -> list[Node]:
    """What stood below the title, in styles that pandoc takes for facts about the file."""
    found = [_inlines(meta.get(name)) for name in FRONT]
    return [{"t": "Para", "c": inlines} for inlines in found if inlines]


def _inlines(value: Any) -> list[Node]:
    match value:
        case {"t": "MetaInlines", "c": inlines}:
            return inlines
        case {"t": "MetaString", "c": text}:
            return [{"t": "Str", "c": text}]
        case {"t": "MetaList" | "MetaBlocks", "c": parts}:
            return joined([each] if "Meta" not in each["t"] else _paragraph(each) for each in parts)
    return []


def _paragraph(value: Node) -> list[Node]:
    return [{"t": "Para", "c": _inlines(value)}]


def _title(given: str, blocks: list[Node]) -> tuple[str, list[Node]]:
    """The title, and the text without it: what has its style, else a first heading above all the
    others, or a first line in bold."""
    if given or not blocks:
        return given, blocks
    first, others = blocks[0], blocks[1:]
    if first["t"] == "Header":
        level, _attributes, inlines = first["c"]
        if all(each["c"][0] > level for each in others if each["t"] == "Header"):
            return plain(inlines), others
        return plain(inlines), blocks
    if first["t"] == "Para" and [each["t"] for each in first["c"]] == ["Strong"]:
        return plain(first["c"]), others
    return "", blocks


def _points(blocks: list[Node]) -> tuple[list[str], str, list[Node]]:
    """A plain numbered list right under a heading that asks for something; the heading's words;
    the text without both."""
    for place in range(len(blocks) - 1, 0, -1):
        heading, listed = blocks[place - 1], blocks[place]
        after = blocks[place + 1 : place + 2]
        if heading["t"] != "Header" or listed["t"] != "OrderedList":
            continue
        words_of_heading = plain(heading["c"][2])
        asks = any(word in fold(words_of_heading) for word in ASKING)
        stands_alone = not after or after[0]["t"] == "Header"
        points = [_point(item) for item in listed["c"][1]]
        if asks and stands_alone and all(points) and len(points) <= MOST_POINTS:
            return points, words_of_heading, [*blocks[: place - 1], *blocks[place + 1 :]]
    return [], "", blocks


def _point(item: list[Node]) -> str:
    """The words of an item that is one paragraph and short enough, else nothing."""
    paragraphs = unframed(item)
    if [each["t"] for each in paragraphs] not in (["Para"], ["Plain"]):
        return ""
    if not {each["t"] for each in paragraphs[0]["c"]} <= SIMPLE:
        return ""
    point = plain(paragraphs[0]["c"])
    return point if len(point) <= LONGEST_POINT else ""


# What is not as it was ---------------------------------------------------------------------


def _report(told, writer, *, heading, points, missing) -> Iterator[dict[str, Any]]:
    counts = {**told["found"], **writer.found, "notes": len(writer.notes)}
    named = {
        "missing": missing,
        "pictures": told["pictures"],
        "links": writer.links,
        "points": [heading] * len(points),
    }
    counts |= {what: len(names) for what, names in named.items()}
    for what, count in counts.items():
        if count:
            names = dict.fromkeys(name for name in named.get(what, ()) if name)
            yield {"what": what, "count": count, "names": list(names)[:MOST_NAMED]}


def _missing(source: str, kept: Iterable[str]) -> list[str]:
    """The paragraphs of the file whose words are not in what is kept, however it may be parted;
    of the short ones, those that are nowhere as words of their own."""
    said = f" {' '.join(_spelled(text) for text in kept)} "
    drawn = said.replace(" ", "")
    found = []
    for line in source.split("\n"):
        spelled = _spelled(line)
        bare = spelled.replace(" ", "")
        if f" {spelled} " not in said and (len(bare) < SHORT or bare not in drawn):
            found.append(" ".join(line.split())[:LONGEST_NAMED])
    return found


def words_of(written: str) -> str:
    """The words of HTML; tags inside of a line part no word."""
    return words(INSIDE.sub("", written))


def _spelled(text: str) -> str:
    words = unicodedata.normalize("NFC", text).casefold().replace("\u00ad", "")
    return " ".join(WORDS.findall(words))
