"""Log lines as JSON on standard output, each with the id of its request.

Three streams: requests (`portal`, `django`), security (`security`), and the audit chain, which is
not a log.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

from core import clients

request_id: ContextVar[str] = ContextVar("request_id", default="-")
logging.raiseExceptions = False
TOKEN_IN_PATH = re.compile(r"/(?:[\w.-]+:)*[A-Za-z0-9_-]{30,}(?=[/?\s]|$)")


def security(event: str, request=None, **facts) -> None:
    """A line of the security log: who did what, from where."""
    if request is not None:
        user = getattr(request, "user", None)
        facts.setdefault("actor", getattr(user, "pk", None))
        facts.update(ip=clients.address_of(request), path=request.path)
    logging.getLogger("security").info(event, extra={"facts": facts})


class RequestIdFilter(logging.Filter):
    def filter(self, record):
        record.request_id = request_id.get()
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        line = {key: masked(value) for key, value in line.items()}
        return json.dumps(line, ensure_ascii=False, default=str)


def masked(value):
    """Tokens in addresses open doors; they are not written down."""
    return TOKEN_IN_PATH.sub("/…", value) if isinstance(value, str) else value
