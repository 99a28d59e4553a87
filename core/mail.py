"""What a notice says, before it becomes a letter."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """A subject and the text template it is written with, in the reader's language."""

    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
