"""What is missing or outdated in a language, for the staff: of all rooms, in few queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.paginator import Page
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import translating
from core.admin_base import admin_url
from core.localized import TRANSLATIONS, original_name
from core.paging import BoundedPaginator
from core.translated import Freshness, Translated, fingerprint, freshness, translated_models
from positions.models import Position, PositionTranslation

A_PAGE = 50
LACKING = (Freshness.MISSING, Freshness.OUTDATED)


@dataclass(frozen=True)
class Line:
    """A field that lacks its translation; `of` says of what, where the words themselves do not;
    `seen` is there if it may be right all the same."""

    kind: Any
    label: Any
    original: str
    translation: str
    state: Freshness
    url: str
    of: str = ""
    thing: str = ""
    field: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Asked:
    language: str
    state: str
    lines: list[Line]
    positions: Page

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        names = dict(settings.LANGUAGES)
        rest = f"&state={self.state}" if self.state else ""
        return [
            (names[code], f"?language={code}{rest}", code == self.language) for code in TRANSLATIONS
        ]

    @property
    def states(self) -> list[tuple[Any, str, bool]]:
        own = f"?language={self.language}"
        chosen = [(state.label, f"{own}&state={state}", state == self.state) for state in LACKING]
        return [(_("all"), own, not self.state), *chosen]


def read(asked: Any) -> Asked:
    """For the language `asked` for, English if it names none, and perhaps in one state only;
    unknown ones are not found."""
    language = asked.get("language", TRANSLATIONS[0])
    state = asked.get("state", "")
    if language not in TRANSLATIONS or state not in {"", *LACKING}:
        raise Http404
    pages = BoundedPaginator(_positions(language, state), A_PAGE)
    page = pages.get_page(asked.get("page"))
    lines = [line for line in _lines(language) if state in {"", line.state}]
    return Asked(language, state, lines, page)


def _positions(language: str, state: str) -> QuerySet[Position]:
    """The public ones that have no translation, or one that is older than their text."""
    there = PositionTranslation.objects.filter(position=OuterRef("pk"), language=language)
    found = Position.objects.public().annotate(
        is_translated=Exists(there), is_outdated=Exists(there.outdated())
    )
    lacking = {Freshness.MISSING: Q(is_translated=False), Freshness.OUTDATED: Q(is_outdated=True)}
    either = lacking[Freshness.MISSING] | lacking[Freshness.OUTDATED]
    return found.filter(lacking.get(state, either)).select_related("section").newest_first()


def _lines(language: str) -> Iterator[Line]:
    for name, pk, page, columns, made_from in _rows():
        model = apps.get_model(name)
        for field in model.TRANSLATED:
            line = _line(model, pk, page, field, language, columns, made_from)
            if line:
                yield line


def _line(model, pk, page, field, language, columns, made_from) -> Line | None:
    before, name = columns[original_name(model, field)], f"{field}_{language}"
    state = freshness(before, columns[name], made_from.get(name))
    if state in {None, Freshness.CURRENT}:
        return None
    outdated, of = state == Freshness.OUTDATED, columns.get("name", "")
    return Line(
        kind=model._meta.verbose_name,
        label=model._meta.get_field(name).verbose_name,
        original=before,
        translation=columns[name],
        state=state,
        url=reverse(admin_url(_edited_as(model), "change"), args=[page]),
        of="" if of == before else of,
        thing=f"{model._meta.label_lower}.{pk}",
        field=name,
        seen=fingerprint(before) if outdated else "",
    )


def _rows() -> QuerySet:
    """Model, key, key of the page it is edited on, its words and what they were made from."""
    first, *others = [_rows_of(model) for model in translated_models()]
    return first.union(*others, all=True)


def _rows_of(model: type[Translated]) -> QuerySet:
    names = [each.name for each in model._meta.fields if each.name == "name"]
    names += [
        name
        for field in model.TRANSLATED
        for name in (original_name(model, field), *(f"{field}_{code}" for code in TRANSLATIONS))
    ]
    page = F(f"{model.EDITED_WITH}_id") if model.EDITED_WITH else F("pk")
    words = JSONObject(**{name: F(name) for name in names})
    rows = model._base_manager.order_by()
    return rows.values_list(Value(model._meta.label_lower), "pk", page, words, "made_from")


def _edited_as(model: type[Translated]) -> Any:
    return model._meta.get_field(model.EDITED_WITH).related_model if model.EDITED_WITH else model


def confirm(typed: Any, *, by: Any) -> str:
    """Says of what the form names that it is still right; the address to go on to."""
    label, _dot, pk = typed.get("thing", "").rpartition(".")
    field, _line, language = typed.get("field", "").rpartition("_")
    models = {model._meta.label_lower: model for model in translated_models()}
    model = models.get(label)
    known = model and field in model.TRANSLATED and language in TRANSLATIONS
    if not known or not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise Http404
    thing = model.objects.filter(pk=pk).first()
    if thing is None:
        raise Http404
    translating.confirm(
        thing=thing, field=field, language=language, by=by, seen=typed.get("seen", "")
    )
    return f"{reverse('admin:translations')}?language={language}"
