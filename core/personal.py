"""What the portal knows of a person: declared by every room, put together by `iksz_portal`.

A row is tied to a person by a key, or by their e-mail address. Each such field of each model is
`Held`, with the columns that its person may take away and with what becomes of it when the person
is erased, or `LeftOut` with the reason; a test asks for every one of them. Columns never lead to
another person: what others said, and who they are, is theirs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy

from core import clock
from core.models import (
    AuditEntry,
    Follow,
    Mail,
    NoticeChoice,
    OnceKey,
    Recess,
    SavedSearch,
    SpecialDay,
)
from core.terms import Term

CHUNK = 500
OF_HISTORIES = {
    "history_date": gettext_lazy("changed"),
    "history_type": gettext_lazy("how: + new, ~ changed, - removed"),
    "history_change_reason": gettext_lazy("reason"),
}
"""Columns that have no words of their own."""


class Fate(Enum):
    """What becomes of rows when their person is erased."""

    STAYS = "stays"
    """It belongs to the records and points to the pseudonym from then on."""
    GOES = "goes"


@dataclass(frozen=True)
class Held:
    """Rows of `model` that `by` ties to a person: a field, or a path that leads to one.

    `columns` are paths of attributes; `joined` is read along with the rows. `becomes` are the
    values that an erasure writes over columns of rows that stay. `rows` finds the rows where no
    field does; then `by` only names the tie.
    """

    model: type[models.Model]
    by: str
    columns: tuple[str, ...]
    joined: tuple[str, ...] = ()
    fate: Fate = Fate.STAYS
    becomes: Mapping[str, Any] = field(default_factory=dict)
    rows: Callable[[Any], models.QuerySet] | None = None
    title: Any = ""

    @property
    def tie(self) -> tuple[str, str]:
        return (self.model._meta.label, self.by)

    @property
    def name(self) -> str:
        """As files and tables are called, in every language."""
        return f"{self.model._meta.label_lower}.{self.by}"

    def __str__(self) -> str:
        if self.title:
            return str(self.title)
        return f"{self.model._meta.verbose_name_plural}: {label_of(self.model, self.by)}"

    def of(self, person: Any) -> models.QuerySet:
        """The person's rows, and nobody else's."""
        if self.rows:
            found = self.rows(person)
        elif self._is_address:
            found = self.model._base_manager.filter(**{f"{self.by}__iexact": person.email})
        else:
            found = self.model._base_manager.filter(**{self.by: person.pk})
        return found.select_related(*self.joined).order_by("pk")

    @property
    def _is_address(self) -> bool:
        return isinstance(self.model._meta.get_field(self.by), models.EmailField)


@dataclass(frozen=True)
class LeftOut:
    """A field that looks personal and is not, or says what another one says already."""

    model: type[models.Model]
    by: str
    why: str

    @property
    def tie(self) -> tuple[str, str]:
        return (self.model._meta.label, self.by)


Declared = Held | LeftOut


def changed(model: type[models.Model]) -> Held:
    """The changes somebody made to things that keep their history: which, when and how."""
    history = model.history.model
    return Held(
        history,
        "history_user",
        ("id", "history_date", "history_type", "history_change_reason"),
        title=Changes(model, gettext_lazy("Changes you made: %(what)s")),
    )


@dataclass(frozen=True)
class Changes:
    """Worded when it is read, in the language of that moment."""

    model: type[models.Model]
    words: Any

    def __str__(self) -> str:
        return str(self.words) % {"what": self.model._meta.verbose_name_plural}


def earlier(model: type[models.Model], by: str, columns: tuple[str, ...], **rest: Any) -> Held:
    """What rows of the person's were before they were changed."""
    title = Changes(model, gettext_lazy("Earlier states: %(what)s"))
    return Held(model.history.model, by, (*columns, "history_date"), title=title, **rest)


# Which fields there are --------------------------------------------------------------------


def ties() -> Iterator[tuple[str, str]]:
    """Every field of every model that points to a person or is an address of e-mail."""
    person = get_user_model()
    for model in apps.get_models(include_auto_created=True):
        for each in model._meta.concrete_fields if model is not person else ():
            if each.related_model is person or isinstance(each, models.EmailField):
                yield (model._meta.label, each.name)


def steps(model: type[models.Model], path: str) -> Iterator[Any]:
    """The fields on the way, until there is none: the rest are properties."""
    for name in path.split("."):
        try:
            found = model._meta.get_field(name)
        except FieldDoesNotExist:
            return
        yield found
        if found.related_model is None:
            return
        model = found.related_model


def label_of(model: type[models.Model], path: str) -> str:
    """What people call a column: the last field on the way."""
    if path in OF_HISTORIES:
        return str(OF_HISTORIES[path])
    found = list(steps(model, path))
    return str(found[-1].verbose_name) if found else path


# Reading -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    held: Held
    rows: list[list[Any]]

    @property
    def labels(self) -> list[tuple[str, str]]:
        return [(path, label_of(self.held.model, path)) for path in self.held.columns]


def read(declared: Iterable[Declared], person: Any) -> Iterator[Table]:
    """The tables that have something of the person's, with every row of theirs."""
    for held in declared:
        if isinstance(held, Held):
            found = held.of(person).iterator(chunk_size=CHUNK)
            rows = [[_value(row, path) for path in held.columns] for row in found]
            if rows:
                yield Table(held, rows)


def _value(row: Any, path: str) -> Any:
    """As JSON says it; nothing where the way breaks off."""
    for name in path.split("."):
        row = getattr(row, name, None)
    match row:
        case datetime():
            return row.astimezone(clock.ZONE).isoformat(timespec="seconds")
        case date():
            return row.isoformat()
        case Decimal():
            return float(row)
        case None | bool() | int() | float() | str() | list() | dict():
            return row
    return str(row)


# Erasing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mentions:
    """Columns of free text that are no records: a name that stands in them is written over."""

    model: type[models.Model]
    columns: tuple[str, ...]


def erase(
    declared: Iterable[Declared],
    mentions: Iterable[Mentions],
    person: Any,
    *,
    name: str,
    email: str,
) -> None:
    """Remove the person's rows that go, write over those that stay, and over what names them.

    The person's own row is the caller's. A second time there is nothing left to do.
    """
    for held in declared:
        if not isinstance(held, Held):
            continue
        if held.fate is Fate.GOES:
            _remove(held.of(person))
        elif held.becomes:
            held.of(person).update(
                **{key: value.format(name=name, email=email) for key, value in held.becomes.items()}
            )
        elif issubclass(held.model, Term):
            _end(held.of(person))
    for told, instead in ((person.email, email), (person.name, name)):
        if _is_theirs_alone(told, person):
            _write_over(mentions, told, instead)


def _remove(rows: models.QuerySet) -> None:
    """With their files, once the transaction has come to its end."""
    fields = [each for each in rows.model._meta.fields if isinstance(each, models.FileField)]
    for each in fields:
        for name in rows.exclude(**{each.name: ""}).values_list(each.name, flat=True):
            transaction.on_commit(partial(each.storage.delete, name))
    rows.delete()


def _end(terms: models.QuerySet) -> None:
    """What is in force, or will be, is over; a term that began today ends today."""
    yesterday = clock.days_after(clock.today(), -1)
    for term in terms:
        last = max(term.started_on or yesterday, yesterday)
        if term.ended_on is None or term.ended_on > last:
            term.ended_on = last
            term.save()


def _is_theirs_alone(told: str, person: Any) -> bool:
    """A single word stands in other words; a namesake's name is not the person's."""
    if "@" in told:
        return True
    others = get_user_model()._base_manager.exclude(pk=person.pk)
    return " " in told.strip() and not others.filter(name__iexact=told).exists()


def _write_over(mentions: Iterable[Mentions], told: str, instead: str) -> None:
    for each in mentions:
        for column in each.columns:
            rows = each.model._base_manager.filter(**{f"{column}__contains": told})
            rows.update(**{column: Replace(column, models.Value(told), models.Value(instead))})
    AuditEntry.objects.filter(note__contains=told).update(note="", note_salt="")


# What every room has -----------------------------------------------------------------------

HELD: tuple[Declared, ...] = (
    Held(
        AuditEntry,
        "actor",
        ("seq", "at", "action", "content_type.model", "object_id", "source", "target", "note"),
        joined=("content_type",),
        title=gettext_lazy("What you did on the portal"),
    ),
    Held(Mail, "to", ("kind", "created_at", "sent_at", "dropped_at"), fate=Fate.GOES),
    Held(Mail, "address", ("kind", "created_at", "sent_at", "dropped_at"), fate=Fate.GOES),
    Held(NoticeChoice, "person", ("group", "pace", "changed_at"), fate=Fate.GOES),
    Held(Follow, "person", ("content_type.model", "object_id", "since"), fate=Fate.GOES),
    Held(SavedSearch, "person", ("name", "asked", "cadence", "created_at"), fate=Fate.GOES),
    Held(OnceKey, "person", ("location", "created_at"), fate=Fate.GOES),
    Held(LogEntry, "user", ("action_time", "content_type.model", "object_id", "action_flag")),
    changed(SpecialDay),
    changed(Recess),
)
MENTIONS = (Mentions(LogEntry, ("object_repr", "change_message")),)
