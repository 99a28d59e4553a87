"""The news of all the rooms, for those who follow something of theirs."""

from typing import Any

from core import news
from core.outbox import Message
from members import news as members
from positions import news as positions
from sections import news as sections

SOURCES = news.by_model([*members.SOURCES, *sections.SOURCES, *positions.SOURCES])


def tell_followers() -> int:
    return news.tell_followers(SOURCES)


def letter(mail: Any) -> Message | None:
    return news.letter(mail, SOURCES)


RENDERERS = {news.NEWS: letter}
