"""What is not as it was in the file, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext_lazy

LEFT_OUT = {
    "missing": ngettext_lazy(
        "%(count)d paragraph of the file was not found in the text.",
        "%(count)d paragraphs of the file were not found in the text.",
        "count",
    ),
    "pictures": ngettext_lazy(
        "%(count)d picture is not in the text; attach it as a file if it is needed.",
        "%(count)d pictures are not in the text; attach them as files if they are needed.",
        "count",
    ),
    "objects": ngettext_lazy(
        "%(count)d chart, drawing or embedded table is not in the text.",
        "%(count)d charts, drawings or embedded tables are not in the text.",
        "count",
    ),
    "comments": ngettext_lazy(
        "%(count)d comment was left out.", "%(count)d comments were left out.", "count"
    ),
    "contents": ngettext_lazy(
        "%(count)d table of contents or index was left out.",
        "%(count)d tables of contents or indexes were left out.",
        "count",
    ),
    "headers": ngettext_lazy(
        "%(count)d page header or footer was left out.",
        "%(count)d page headers or footers were left out.",
        "count",
    ),
    "numbered_headings": ngettext_lazy(
        "%(count)d heading has lost its automatic number; look whether the text names it.",
        "%(count)d headings have lost their automatic numbers; look whether the text names any.",
        "count",
    ),
    "coloured": ngettext_lazy(
        "In %(count)d paragraph words were marked by a colour; the colour was left out.",
        "In %(count)d paragraphs words were marked by a colour; the colour was left out.",
        "count",
    ),
    "unknown": ngettext_lazy(
        "%(count)d part of an unknown kind was left out.",
        "%(count)d parts of an unknown kind were left out.",
        "count",
    ),
}
CHANGED = {
    "frame": ngettext_lazy(
        "%(count)d paragraph that the portal writes around a text was left out.",
        "%(count)d paragraphs that the portal writes around a text were left out.",
        "count",
    ),
    "tracked": ngettext_lazy(
        "%(count)d tracked change was accepted.",
        "%(count)d tracked changes were accepted.",
        "count",
    ),
    "points": ngettext_lazy(
        "A numbered list became %(count)d point; its heading was left out.",
        "A numbered list became %(count)d points; its heading was left out.",
        "count",
    ),
    "boxes": ngettext_lazy(
        "The words of %(count)d text box follow the paragraph it hung on.",
        "The words of %(count)d text boxes follow the paragraphs they hung on.",
        "count",
    ),
    "notes": ngettext_lazy(
        "%(count)d footnote or endnote became a note of the text.",
        "%(count)d footnotes or endnotes became notes of the text.",
        "count",
    ),
    "note_blocks": ngettext_lazy(
        "%(count)d note of several paragraphs, or with a list or table, became one line.",
        "%(count)d notes of several paragraphs, or with a list or table, became one line each.",
        "count",
    ),
    "headings": ngettext_lazy(
        "%(count)d heading of a deeper level became a subheading.",
        "%(count)d headings of deeper levels became subheadings.",
        "count",
    ),
    "renumbered": ngettext_lazy(
        "%(count)d list with letters, Roman numerals or another start is numbered 1, 2, 3 now.",
        "%(count)d lists with letters, Roman numerals or another start are numbered 1, 2, 3 now.",
        "count",
    ),
    "nested_tables": ngettext_lazy(
        "%(count)d table in a cell of another became lines of words.",
        "%(count)d tables in cells of others became lines of words.",
        "count",
    ),
    "formulas": ngettext_lazy(
        "%(count)d formula became typed text.", "%(count)d formulas became typed text.", "count"
    ),
    "references": ngettext_lazy(
        "%(count)d reference to another place of the file became plain text.",
        "%(count)d references to other places of the file became plain text.",
        "count",
    ),
    "links": ngettext_lazy(
        "%(count)d link that leads neither to the web nor to a mailbox became plain text.",
        "%(count)d links that lead neither to the web nor to a mailbox became plain text.",
        "count",
    ),
    "hidden": ngettext_lazy(
        "%(count)d hidden passage can be seen now.",
        "%(count)d hidden passages can be seen now.",
        "count",
    ),
}


@dataclass(frozen=True)
class Line:
    sentence: str
    names: list[str]


def told(report: list[dict[str, Any]]) -> tuple[list[Line], list[Line]]:
    """What is not in the text, and what is in it in another way; the weightiest first."""
    return list(_lines(report, LEFT_OUT)), list(_lines(report, CHANGED))


def _lines(report: list[dict[str, Any]], sentences: dict[str, Any]) -> Iterable[Line]:
    found = {entry["what"]: entry for entry in report}
    for what, sentence in sentences.items():
        if entry := found.get(what):
            yield Line(sentence % {"count": entry["count"]}, entry["names"])
