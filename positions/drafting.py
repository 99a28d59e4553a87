"""Making a version of a text: numbered, cleaned, fingerprinted; and making it the current one."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from core.richtext import blocks
from core.tidy import tidy
from positions import notices, subjects
from positions.lineage import identities, named
from positions.models import Point, Position, Version


def says_the_same(version: Version, *, title: str, body: str, points: Sequence[str]) -> bool:
    return version.fingerprint == _fingerprint(*cleaned(title, body, points))


def make_version(
    position: Position,
    *,
    by: Any,
    title: str,
    body: str,
    points: Sequence[str],
    note: str = "",
    like: Version | None = None,
    known: Sequence[str | None] | None = None,
) -> Version:
    """The next version of the position's text; the caller holds the position's lock.

    Its paragraphs are known again in the current version, or in the older one it is made `like`;
    who knows already which they are says so: `known` has the identity of each, None for a new one.
    """
    title, body, points = cleaned(title, body, points)
    last = position.versions.order_by("-number").values_list("number", flat=True).first()
    number = (last or 0) + 1
    if known is None:
        before = [version for version in (position.current, like) if version]
        paragraph_ids = identities(number, blocks(body), before=before)
    else:
        paragraph_ids = named(number, known)
    version = Version.objects.create(
        position=position,
        number=number,
        paragraph_ids=paragraph_ids,
        title=title,
        body=body,
        author=by,
        note=note.strip(),
        fingerprint=_fingerprint(title, body, points),
    )
    Point.objects.bulk_create(
        Point(version=version, number=number, text=text)
        for number, text in enumerate(points, start=1)
    )
    return version


def make_current(position: Position, version: Version) -> None:
    """From now on the version is the position's text: its title and the laws it cites follow, and
    whoever endorsed the text before hears of it.

    The one place where a text becomes current; the caller holds the lock and saves the position.
    """
    before = position.current
    position.current, position.title = version, version.title
    position.laws.set(subjects.laws_cited(version))
    if before:
        notices.tell_of_new_text(position, before=before, by=version.author)


def cleaned(title: str, body: str, points: Sequence[str]) -> tuple[str, str, list[str]]:
    """The body is kept in the one tidy way, so that how it was typed makes no difference."""
    kept = [text.strip() for text in points if text.strip()]
    return title.strip(), tidy(body), kept


def _fingerprint(title: str, body: str, points: Sequence[str]) -> str:
    """SHA-256, in hex, of what the version says."""
    text = json.dumps([title, body, list(points)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
