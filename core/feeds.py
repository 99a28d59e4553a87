"""Atom feeds (RFC 4287) that a reader may ask for again at no cost: 304 while nothing is new."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpResponseNotAllowed
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.http import parse_http_date_safe, quote_etag
from django.utils.translation import get_language

from core.addresses import absolute, tag_of
from core.text import printable

NEWEST = 50
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """`id` is a tag for ever, `summary` is HTML, `updated` moves when readers should look again."""

    id: str
    title: str
    path: str
    summary: str
    published: datetime
    updated: datetime
    topics: tuple[str, ...] = ()


class Atom(Atom1Feed):
    def latest_post_date(self):
        """An empty feed says the same each time, so that it has not changed either."""
        return super().latest_post_date() if self.items else NOTHING_YET


class PortalFeed(ABC, Feed):
    """Public for whoever asks. A feed says its `key`, its words and its `entries`."""

    feed_type = Atom
    login_required = False  # read by the middleware, as from a function's decorator
    key = ""

    def __call__(self, request, *args, **kwargs):
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = super().__call__(request, *args, **kwargs)
        response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        return get_conditional_response(
            request,
            etag=response["ETag"],
            last_modified=parse_http_date_safe(response["Last-Modified"]),
            response=response,
        )

    def get_object(self, request, *args, **kwargs):
        self_address = absolute(request.path)
        return self_address, self.found(*args, **kwargs)

    def found(self) -> Any:
        """What the feed is of, where its address names one; raises Http404."""
        return None

    @abstractmethod
    def entries(self, thing: Any) -> Iterable[Entry]:
        """The newest, at most `NEWEST` of them."""

    @abstractmethod
    def page(self, thing: Any) -> str:
        """The path of the page with the same things."""

    @abstractmethod
    def words(self, thing: Any) -> tuple[str, str]:
        """Title and subtitle."""

    # What Django asks for --------------------------------------------------------------------

    def title(self, asked):
        return writable(self.words(asked[1])[0])

    def subtitle(self, asked):
        return writable(self.words(asked[1])[1])

    def link(self, asked):
        return absolute(self.page(asked[1]))

    def feed_url(self, asked):
        return asked[0]

    def feed_guid(self, asked):
        thing = asked[1]
        return tag_of("feed", self.key, *([thing.pk] if thing else []), get_language())

    def author_name(self, asked):
        return str(settings.SITE_NAME)

    def items(self, asked):
        return list(self.entries(asked[1]))

    def item_title(self, item):
        return writable(item.title)

    def item_description(self, item):
        return writable(item.summary)

    def item_link(self, item):
        return absolute(item.path)

    def item_guid(self, item):
        return item.id

    def item_pubdate(self, item):
        return item.published

    def item_updateddate(self, item):
        return item.updated

    def item_categories(self, item):
        return [writable(topic) for topic in item.topics]


def writable(text: Any) -> str:
    return printable(str(text))


def paragraphs(*lines: str) -> str:
    """HTML of the lines there are, each escaped."""
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines if line))
