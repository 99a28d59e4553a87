"""Answers for machines about what went wrong, as problem JSON (RFC 9457): never a page."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import JsonResponse

MEDIA_TYPE = "application/problem+json"


class Refused(Exception):
    """What was asked for cannot be meant: the status, a sentence, and what is wrong in what."""

    def __init__(self, detail: str, *, status: int = 400, **more: Any):
        super().__init__(detail)
        self.detail, self.code, self.more = str(detail), status, more


def is_for_machines(request: Any) -> bool:
    """Whether this address is read by programs, which can do nothing with a page."""
    return request.path.startswith(settings.MACHINE_PATHS)


def problem(status: int, detail: str = "", **more: Any) -> JsonResponse:
    """`more` are members of its own, such as the `errors` of each parameter."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        told["detail"] = str(detail)
    answer = JsonResponse(told | more, status=status, content_type=MEDIA_TYPE)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
