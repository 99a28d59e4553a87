"""Making a version of a text: numbered, cleaned, fingerprinted."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from core.richtext import blocks, clean
from positions.models import Point, Position, Version


def says_the_same(version: Version, *, title: str, body: str, points: Sequence[str]) -> bool:
    return version.fingerprint == _fingerprint(*cleaned(title, body, points))


def make_version(
    position: Position, *, by: Any, title: str, body: str, points: Sequence[str], note: str = ""
) -> Version:
    """The next version of the position's text; the caller holds the position's lock."""
    title, body, points = cleaned(title, body, points)
    last = position.versions.order_by("-number").values_list("number", flat=True).first()
    version = Version.objects.create(
        position=position,
        number=(last or 0) + 1,
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


def cleaned(title: str, body: str, points: Sequence[str]) -> tuple[str, str, list[str]]:
    """The body is kept block beside block, so that how it was typed makes no difference."""
    kept = [text.strip() for text in points if text.strip()]
    return title.strip(), "".join(blocks(clean(body))), kept


def _fingerprint(title: str, body: str, points: Sequence[str]) -> str:
    """SHA-256, in hex, of what the version says."""
    text = json.dumps([title, body, list(points)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
