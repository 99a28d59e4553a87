"""Where a page stands for whoever comes from outside: one address in each language."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http import QueryDict
from django.urls import is_valid_path, reverse, translate_url
from django.utils.translation import get_language

NEXT = re.compile(r"(^|&)next=")
PREFIX = re.compile(r"^/(en|sl)(/|$)")
LATER_PAGE = re.compile(r"[2-9]|[1-9]\d{1,5}")
LOCALES = {"hu": "hu_HU", "en": "en_GB", "sl": "sl_SI"}
SECRET = frozenset({"token", "key"})
"""What opens a door, by its name in the address: such an address is repeated nowhere."""
ASIDE = frozenset(
    {
        "admin:login",
        "design",
        "members:applied",
        "members:report",
        "report_barrier",
    }
)
"""Public pages nobody should be led to by a search engine, besides those of accounts."""
TAGS_SINCE = "2026"


@dataclass(frozen=True)
class PageAddress:
    """`alternates` are pairs of language and absolute address, this page's own among them."""

    canonical: str
    alternates: list[tuple[str, str]]
    locale: str
    other_locales: list[str]
    is_indexed: bool


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def tag_of(*what: object) -> str:
    """An id for ever (RFC 4151), the same in every language and wherever the page moves."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{TAGS_SINCE}:" + "/".join(str(part) for part in what)


def paths_of(request) -> dict[str, str]:
    """The path of this page in each language; only its own where it has no address elsewhere."""
    if "_paths" not in request.__dict__:
        here = urlsplit(request.get_full_path()).path
        there = {code: translate_url(here, code) for code, _name in settings.LANGUAGES}
        own = get_language()
        request.__dict__["_paths"] = {
            code: path for code, path in there.items() if code == own or path != here
        }
    return request.__dict__["_paths"]


def in_language(request, code: str) -> str:
    """The same page with the same question, or the front page of that language.

    Where a form was sent and refused, the page it stood on; where nothing stands, the same nothing
    in that language. Where one is led to afterwards (`next`) speaks the language, too.
    """
    before = _page_of_the_form(request)
    asked = urlsplit(before or request.get_full_path())
    path = translate_url(asked.path, code) if before else paths_of(request).get(code, asked.path)
    if path == asked.path and request.resolver_match:
        return translate_url(reverse("home"), code)
    if path == asked.path:
        path = _with_prefix(path, code)
    query = _led_on(asked.query, code)
    return f"{path}?{query}" if query else path


def _page_of_the_form(request) -> str:
    """The page a refused form was sent from, if the browser tells and it is one of ours."""
    if request.method != "POST" or not getattr(request, "is_refused", False):
        return ""
    told = page_before(request)
    if told is None or not is_valid_path(told.path):
        return ""
    return f"{told.path}?{told.query}" if told.query else told.path


def page_before(request) -> SplitResult | None:
    """The page of this portal that the browser says it comes from, if it says so in any sense."""
    try:
        told = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return None
    return told if told.netloc == request.get_host() else None


def _with_prefix(path: str, code: str) -> str:
    bare = "/" + PREFIX.sub("/", path).lstrip("/")  # two of them lead to another site
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"


def _led_on(query: str, code: str) -> str:
    if not NEXT.search(query):
        return query
    asked = QueryDict(query, mutable=True)
    if asked["next"].startswith("/") and not asked["next"].startswith("//"):
        asked["next"] = translate_url(asked["next"], code)
    return asked.urlencode(safe="/")


def page_address(request) -> PageAddress | None:
    """None for what has no address of its own: pages behind the sign-in, refusals, tokens.

    Filters, and whatever else stands after the question mark, belong to the reader; only the page
    of a list is part of the address.
    """
    match = request.resolver_match
    if match is None or getattr(request, "is_refused", False) or SECRET & match.kwargs.keys():
        return None
    if getattr(match.func, "login_required", True):
        return None
    page = request.GET.get("page", "")
    query = f"?page={page}" if LATER_PAGE.fullmatch(page) else ""
    paths = {code: absolute(path) + query for code, path in paths_of(request).items()}
    own = get_language()
    return PageAddress(
        canonical=paths[own],
        alternates=[*paths.items(), ("x-default", paths.get(settings.LANGUAGE_CODE, paths[own]))],
        locale=LOCALES[own],
        other_locales=[LOCALES[code] for code in paths if code != own],
        is_indexed=not _is_aside(match.view_name),
    )


def _is_aside(name: str) -> bool:
    return name in ASIDE or name.startswith(("account_", "mfa_"))
