"""Who is who among the paragraphs: an identity that a paragraph keeps from version to version.

It is the place where the paragraph first stood, as "2.14": version 2, paragraph 14. Comments and
amendments name a version and a paragraph of it, and so are found again in every later version,
however the paragraph was reworded or moved, until somebody removes it.
"""

import hashlib
from collections.abc import Mapping, Sequence

from django.utils.text import Truncator

from core.richtext import blocks, words
from positions.models import Version
from positions.redline import origins


def identities(number: int, paragraphs: Sequence[str], *, before: Sequence[Version]) -> list[str]:
    """The identity of each paragraph of version `number`, known again in the versions `before`:
    what the first does not know is looked for in the next."""
    found: list[str | None] = [None] * len(paragraphs)
    for version in before:
        taken = {identity for identity in found if identity}
        for place, origin in enumerate(origins(blocks(version.body), list(paragraphs))):
            if found[place] or origin is None:
                continue
            identity = version.paragraph_ids[origin]
            if identity not in taken:
                found[place] = identity
                taken.add(identity)
    return named(number, found)


def named(number: int, found: Sequence[str | None]) -> list[str]:
    """The identities that are known; a paragraph of none is named by where it stands first."""
    return [identity or f"{number}.{place}" for place, identity in enumerate(found, start=1)]


def places(version: Version) -> Mapping[str, int]:
    """The paragraph number (from 1) that each identity has in the version."""
    return {identity: place for place, identity in enumerate(version.paragraph_ids, start=1)}


def identity_of(version: Version, paragraph: int) -> str:
    """The identity of the version's paragraph; IndexError if it has none of that number."""
    return version.paragraph_ids[paragraph - 1]


def place_in(current: Version, *, paragraph: int, of: Version) -> int | None:
    """Where the paragraph of an older version stands now, or None if it is gone."""
    return places(current).get(identity_of(of, paragraph))


def wording(block: str) -> str:
    """The fingerprint of a paragraph's words, the same until they change: SHA-256, in hex."""
    return hashlib.sha256(_line(block).encode()).hexdigest()


def beginning(block: str, *, most: int) -> str:
    """The first words of a paragraph, at most so many characters of them."""
    return Truncator(_line(block)).chars(most)


def _line(block: str) -> str:
    return " ".join(words(block).split())
