"""What the portal knows of a person, from all the rooms together."""

from core import personal as core
from core.personal import Declared, Mentions
from members import personal as members
from positions import personal as positions
from sections import personal as sections

DECLARED: tuple[Declared, ...] = (*members.HELD, *sections.HELD, *positions.HELD, *core.HELD)
MENTIONS: tuple[Mentions, ...] = (*members.MENTIONS, *positions.MENTIONS, *core.MENTIONS)
