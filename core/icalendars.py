"""Calendars as other programs read them: iCalendar (RFC 5545, names by RFC 7986)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from icalendar import Calendar, Event

from core.addresses import absolute
from core.text import printable

HOST = urlsplit(settings.SITE_URL).hostname
LOOK_AGAIN = timedelta(hours=1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Date:
    """Something with a day, or with a moment: a deadline of a day lasts the whole of it, a moment
    is told to the second, in UTC, so that it is the same moment wherever it is read.

    `id` never changes; `step` grows whenever the thing moves on, `changed` says when it last did.
    """

    id: str
    title: str
    path: str
    when: date | datetime
    changed: datetime
    step: int = 0
    text: str = ""
    place: str = ""
    takes_time: bool = False

    @property
    def is_moment(self) -> bool:
        return isinstance(self.when, datetime)


def calendar(*, name: str, path: str, dates: Iterable[Date]) -> bytes:
    """The file, the same to the byte while nothing changes. Lines end with CRLF, folded at 75."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//{HOST}//portal//HU")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("url", absolute(path))
    made.add("refresh-interval", LOOK_AGAIN, {"VALUE": "DURATION"})
    for each in dates:
        made.add_component(_event(each))
    return made.to_ical()


def answer(request, content: bytes) -> HttpResponse:
    """The calendar, or 304 while it is as the reader has it. It is kept nowhere on the way."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _event(each):
    event = Event()
    event.add("uid", f"{each.id}@{HOST}")
    event.add("sequence", each.step)
    event.add("dtstamp", each.changed.astimezone(UTC))
    event.add("last-modified", each.changed.astimezone(UTC))
    event.add("summary", printable(each.title))
    event.add("description", printable("\n".join(filter(None, [each.text, absolute(each.path)]))))
    event.add("url", absolute(each.path))
    if each.is_moment:
        event.add("dtstart", each.when.astimezone(UTC))
    else:
        event.add("dtstart", each.when)
        event.add("dtend", each.when + A_DAY)
    if each.place:
        event.add("location", printable(each.place))
    event.add("transp", "OPAQUE" if each.takes_time else "TRANSPARENT")
    return event
