"""What an authority has said, cut to its reader: its own words for those inside, for everybody what
was published without personal data."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from positions import policy
from positions.models import Message, Position, Promise


@dataclass(frozen=True)
class Answer:
    """`text` is empty where there is nothing that this reader may read."""

    message: Message
    text: str
    is_public: bool

    @property
    def label(self) -> str:
        return self.message.get_kind_display()

    @property
    def day(self) -> date:
        return self.message.received_on


def answers(sent: Any, *, inside: bool) -> list[Answer]:
    """Interim answers and the answer, in their order."""
    if sent is None or sent.sent_on is None:
        return []
    return [_answer(message, inside) for message in sent.messages.answers()]


def _answer(message: Message, inside: bool) -> Answer:
    is_public = message.published_at is not None
    published = message.published_text if is_public else ""
    return Answer(message, message.text if inside else published, is_public)


def promises(position: Position) -> list[Promise]:
    """Told to everybody with the outcomes, without how it is known that they were kept; until then
    those inside read them with the correspondence."""
    return promised(position) if policy.outcomes_are_told(position, inside=False) else []


def promised(position: Position) -> list[Promise]:
    """What was promised on a position that has been sent, whoever may read it."""
    sent = position.sent
    return list(position.promises.all()) if sent and sent.sent_on else []
