"""Pages of a list by cursor: signed, and the same whatever is added meanwhile."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.problems import Refused

MOST, USUAL = 100, 50
Row = TypeVar("Row")


def page(
    request: HttpRequest,
    rows: QuerySet,
    shown: Callable[[Any], Row],
    *,
    cursor: str | None,
    limit: int,
) -> dict[str, Any]:
    """`limit` rows in the order of their keys, and the address of those that follow."""
    salt = f"api:{rows.model._meta.label_lower}"
    if cursor is not None:
        rows = rows.filter(pk__gt=_read(cursor, salt))
    found = list(rows.order_by("pk")[: limit + 1])
    more = len(found) > limit
    following = signing.dumps(found[limit - 1].pk, salt=salt) if more else None
    address = _address(request, following) if following else None
    return {"items": [shown(row) for row in found[:limit]], "next": address}


def _read(cursor: str, salt: str) -> Any:
    try:
        return signing.loads(cursor, salt=salt)
    except signing.BadSignature:
        told = _("This cursor does not come from a page of this list.")
        raise Refused(told, errors=[{"parameter": "cursor", "message": told}]) from None


def _address(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
