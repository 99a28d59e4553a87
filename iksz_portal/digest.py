"""A digest in words: what its reader may still see, by section and by what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core import digests, outbox
from core.models import Mail
from core.notices import Pace
from core.outbox import Groups, Message, Renderer

ABOUT = ("position", "consultation", "meeting", "decision", "library", "section", "change")
"""What letters are written from, as their templates know it; the first that is there counts."""


@dataclass
class Matter:
    """What is told of one thing: lines, each with the address it leads to."""

    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)


def letter(mail: Mail, renderers: Mapping[str, Renderer], groups: Groups) -> Message | None:
    told = list(digests.read(mail, renderers, groups))
    if not told:
        return None
    return outbox.letter(
        "mail/digest.txt",
        sections=_sorted_out(message for _part, message in told),
        count=len(told),
        is_weekly=mail.context["pace"] == Pace.WEEKLY,
    )


def _sorted_out(messages: Any) -> list[tuple[str, list[Matter]]]:
    """Sections by name, what belongs to none last; in each the matters as they came up."""
    found: dict[str, dict[str, Matter]] = {}
    for message in messages:
        section, title = _about(message.facts)
        matter = found.setdefault(section, {}).setdefault(title, Matter(title))
        line = str(message.facts.get("what") or message.subject)
        url = str(message.facts.get("url") or message.facts.get("link") or "")
        if (line, url) not in matter.lines:
            matter.lines.append((line, url))
    in_order = sorted(found.items(), key=lambda each: (not each[0], each[0]))
    return [(section, list(matters.values())) for section, matters in in_order]


def _about(facts: Mapping[str, Any]) -> tuple[str, str]:
    """The names of the section and of the thing."""
    thing = next((facts[name] for name in ABOUT if facts.get(name)), None)
    section = facts.get("section") or getattr(thing, "section", None) or ""
    return str(section), str(thing or "")
