"""What a page of results shows: each hit in the reader's language, and how to narrow them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.components import STATUS_ICONS
from core.localized import LANGUAGES
from core.models import SearchDocument
from core.paging import KnownPaginator
from core.prepared import Prepared
from core.search.asking import Question
from core.search.excerpts import Excerpts
from core.search.finding import Found, documents
from core.search.sources import Source
from iksz_portal.searching import SEARCH
from members.models import County
from sections.models import Section

PAGE_SIZE = 10
MOST_VALUES = 6
"""So many values of a facet are offered: those that most hits have."""


@dataclass(frozen=True)
class Hit:
    title: SafeString
    url: str
    meta: SafeString
    below: SafeString
    tone: str = ""
    icon: str = ""
    state: str = ""


@dataclass(frozen=True)
class Choice:
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Facet:
    """One way to narrow the results; or, once it is taken, to leave it out again."""

    name: str
    label: str
    choices: list[Choice] = field(default_factory=list)
    value: str = ""
    chosen: str = ""
    without: str = ""


@dataclass(frozen=True)
class Results:
    found: Found
    page: Page
    hits: list[Hit]
    facets: list[Facet]
    instead: str = ""

    @property
    def chosen(self) -> list[Facet]:
        return [facet for facet in self.facets if facet.chosen]

    @property
    def offered(self) -> list[Facet]:
        return [facet for facet in self.facets if facet.choices]


def read(question: Question, person: Any, number: str | None = None) -> Results:
    """Five queries at most, whatever is asked."""
    found = SEARCH.find(question, person)
    page = KnownPaginator(found.rows, PAGE_SIZE, count=found.count).get_page(number)
    names = _names() if found.rows or question.narrowed else {}
    return Results(
        found=found,
        page=page,
        hits=hits(documents(page), Question(found.suggestion or question.q), names),
        facets=_facets(found, names),
        instead=address(Question(found.suggestion)) if found.suggestion else "",
    )


def address(question: Question) -> str:
    asked = question.asked
    return f"{reverse('search:page')}?{urlencode(asked)}" if asked else reverse("search:page")


# Hits --------------------------------------------------------------------------------------


def hits(found: Iterable[SearchDocument], question: Question, names: dict) -> list[Hit]:
    marker = Excerpts(question)
    return [_hit(document, marker, names) for document in found]


def _hit(document: SearchDocument, marker: Excerpts, names: dict) -> Hit:
    source = SEARCH.sources[document.kind]
    language, title, text = in_words(document, marker)
    state = _state(source, document.state)
    tone = source.tones.get(document.state, "neutral") if state else ""
    return Hit(
        title=_in(language, marker.marked(title)),
        url=source.address(document.address),
        meta=_meta(document, source, marker, names),
        below=_below(_in(language, marker.excerpt(text))),
        tone=tone,
        icon=STATUS_ICONS.get(tone, ""),
        state=state,
    )


def in_words(document: SearchDocument, marker: Excerpts) -> tuple[str, str, str]:
    """Language, title and text: the reader's, unless only another has what was asked for."""
    mine = get_language() or "hu"
    if len(document.words) == 1:
        ((only, said),) = document.words.items()
        return only, *said
    order = [code for code in (mine, "", "hu", *document.words) if code in document.words]
    said = [(code, *document.words[code]) for code in dict.fromkeys(order)]
    fits = (each for each in said if marker.places(" ".join(each[1:])))
    return next(fits, said[0])


def _state(source: Source, value: str) -> str:
    known = source.states and value in source.states
    return capfirst(source.states(value).label) if known else ""


def _in(language: str, words: SafeString) -> SafeString:
    if language in {"", get_language()} or not words:
        return words
    return format_html('<span lang="{}">{}</span>', language, words)


def _below(words: SafeString) -> SafeString:
    return format_html('<p class="excerpt">{}</p>', words) if words else words


def _meta(document, source, marker, names) -> SafeString:
    parts = [source.label, marker.marked(document.reference)]
    section = names.get(("section", str(document.section)))
    parts.append(section if document.kind not in {"section"} else "")
    parts.append(names.get(("county", document.county), ""))
    parts.append(date_format(document.day) if document.day else "")
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


# Facets ------------------------------------------------------------------------------------


def _facets(found: Found, names: dict) -> list[Facet]:
    counted, question = found.facets(), found.question
    labels = {
        "kind": _("Kind of hit"),
        "section": _("Section"),
        "state": _("State"),
        "year": _("Year"),
        "county": _("County"),
    }
    return [
        _facet(name, label, question, counted[name], names)
        for name, label in labels.items()
        if name != "state" or question.kind
    ]


def _facet(name, label, question, counted, names) -> Facet:
    taken = getattr(question, name)
    if taken:
        without = question.without(name)
        if name == "kind":
            without = without.without("state")
        said = _label(name, taken, question, names)
        return Facet(name, label, value=taken, chosen=said, without=address(without))
    choices = [
        Choice(
            _label(name, str(value), question, names),
            number,
            address(Question(**{**question.asked, name: str(value)})),
        )
        for value, number in counted[:MOST_VALUES]
    ]
    return Facet(name, label, choices=choices if len(choices) > 1 else [])


def _label(name: str, value: str, question: Question, names: dict) -> str:
    match name:
        case "kind":
            return str(SEARCH.sources[value].many)
        case "state":
            return _state(SEARCH.sources[question.kind], value) or value
    return names.get((name, value), value)


def _names() -> dict[tuple[str, str], str]:
    """What sections and counties are called in the reader's language, in one query."""
    mine = get_language() or "hu"
    at = LANGUAGES.index(mine) if mine in LANGUAGES else 0
    return {(name, key): texts[at] or texts[0] for name, key, *texts in _all_names()}


@Prepared
def _all_names():
    fields = [f"name_{code}" for code in LANGUAGES]
    sections = Section.objects.order_by().values_list(
        Value("section", CharField()), Cast("pk", CharField()), *fields
    )
    counties = County.objects.order_by().values_list(
        Value("county", CharField()), "iso_code", *fields
    )
    return sections.union(counties, all=True)
