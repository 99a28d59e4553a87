"""What pages say of their things to machines, in the words of schema.org, as JSON-LD."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from core.addresses import absolute

NOT_IN_A_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
Facts = dict[str, Any]


def in_a_script(facts: Facts) -> SafeString:
    """JSON in which no word of a library can end the element it stands in."""
    said = {"@context": "https://schema.org", **facts}
    return SafeString(json.dumps(said, ensure_ascii=False).translate(NOT_IN_A_SCRIPT))


def known(facts: Facts) -> Facts:
    """Without what is not known."""
    return {name: value for name, value in facts.items() if value not in ("", None, [], {})}


def organization(*, name: Any, path: str, **more: Any) -> Facts:
    """The id is the same in every language, the address leads to the reader's."""
    return known({"@type": "Organization", "name": str(name), "url": absolute(path), **more})


def association(**more: Any) -> Facts:
    """The same organization on every page that names it."""
    return organization(
        name=settings.SITE_NAME, path=reverse("home"), **{"@id": absolute("/#association"), **more}
    )


def trail(items: Iterable[tuple[Any, str]]) -> Facts:
    """The way from the top to the parent of a page."""
    steps = [
        {"@type": "ListItem", "position": place, "name": str(label), "item": absolute(path)}
        for place, (label, path) in enumerate(items, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
