"""OAI-PMH 2.0: what may be asked, and how a long list is handed out piece by piece.

A resumption token is signed and says everything: nothing is kept for a harvester, and a page asks
the same few questions wherever it stands. Records are listed by when they last changed, and what
changes meanwhile goes to the end: nothing is missed and nothing shifts.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import Q
from django.http import QueryDict

from core.models import PublicRecord
from core.shelves import Shelf

PAGE = 100
PREFIX = "oai_dc"
SALT = "core.oai"
LONGEST = 2000
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
LIST_ARGUMENTS = frozenset({"from", "until", "set", "metadataPrefix", "resumptionToken"})
ALLOWED = {
    "Identify": frozenset(),
    "ListMetadataFormats": frozenset({"identifier"}),
    "ListSets": frozenset({"resumptionToken"}),
    "GetRecord": frozenset({"identifier", "metadataPrefix"}),
    "ListIdentifiers": LIST_ARGUMENTS,
    "ListRecords": LIST_ARGUMENTS,
}


class Fault(Exception):
    """One of the error conditions of the protocol; `echo`: the arguments are told back."""

    def __init__(self, code: str, detail: str):
        super().__init__(detail)
        self.code, self.detail = code, detail

    @property
    def echo(self) -> bool:
        return self.code not in {"badVerb", "badArgument"}


def read_arguments(sent: QueryDict) -> dict[str, str]:
    """The arguments of a lawful request, each given once; else the fault."""
    verbs = sent.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in ALLOWED:
        raise Fault("badVerb", "The verb is missing, repeated, or none of OAI-PMH 2.0.")
    verb = verbs[0]
    for name, values in sent.lists():
        if name != "verb" and name not in ALLOWED[verb]:
            raise Fault("badArgument", f"{verb} has no argument of this name.")
        if len(values) > 1:
            raise Fault("badArgument", f"The argument {name} is repeated.")
        if len(values[0]) > LONGEST:
            raise Fault("badArgument", f"The argument {name} is too long.")
    arguments = {name: values[0] for name, values in sent.lists()}
    if "resumptionToken" in arguments and len(arguments) > 2:
        raise Fault("badArgument", "A resumptionToken is the only argument beside the verb.")
    _refuse_missing(arguments)
    return arguments


def _refuse_missing(arguments: dict[str, str]) -> None:
    verb = arguments["verb"]
    needed = {
        "GetRecord": ("identifier", "metadataPrefix"),
        "ListIdentifiers": ("metadataPrefix",),
        "ListRecords": ("metadataPrefix",),
    }.get(verb, ())
    if "resumptionToken" in arguments:
        return
    for name in needed:
        if name not in arguments:
            raise Fault("badArgument", f"{verb} needs the argument {name}.")


@dataclass(frozen=True)
class Asked:
    """A list as it was asked for, and how far it has been handed out."""

    verb: str
    since: int | None = None
    until: int | None = None
    spec: str = ""
    after: tuple[int, int] | None = None
    cursor: int = 0
    total: int = 0

    @property
    def token(self) -> str:
        facts = [self.verb, self.since, self.until, self.spec, self.after, self.cursor, self.total]
        return signing.dumps(facts, salt=SALT, compress=True)

    @classmethod
    def resumed(cls, token: str, verb: str) -> "Asked":
        try:
            facts = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            facts = None
        if facts is None or facts[0] != verb:
            raise Fault("badResumptionToken", "The resumptionToken is none of this list.")
        return cls(*facts)

    def found(self) -> Any:
        """The records of the list, whatever part of it has been handed out."""
        found = PublicRecord.objects.all()
        if self.since is not None:
            found = found.filter(changed_at__gte=_moment(self.since))
        if self.until is not None:
            found = found.filter(changed_at__lte=_moment(self.until))
        return found.in_set(self.spec) if self.spec else found


@dataclass(frozen=True)
class Part:
    """A page of a list; `token` is None where the list is whole, and empty at its end."""

    records: list[PublicRecord]
    token: str | None
    cursor: int
    total: int


def ask(arguments: dict[str, str], known_sets: Callable[[], set[str]]) -> Asked:
    verb = arguments["verb"]
    if token := arguments.get("resumptionToken"):
        return Asked.resumed(token, verb)
    if "resumptionToken" in arguments:
        raise Fault("badResumptionToken", "The resumptionToken is empty.")
    refuse_other_formats(arguments["metadataPrefix"])
    since, until = _window(arguments.get("from"), arguments.get("until"))
    spec = arguments.get("set", "")
    if "set" in arguments and spec not in known_sets():
        raise Fault("noRecordsMatch", "There is no such set.")
    asked = Asked(verb, since, until, spec)
    return replace(asked, total=asked.found().count())


def part(asked: Asked) -> Part:
    rest = asked.found().order_by("changed_at", "pk")
    if asked.after:
        moment, pk = _moment(asked.after[0]), asked.after[1]
        rest = rest.filter(Q(changed_at__gt=moment) | Q(changed_at=moment, pk__gt=pk))
    records = list(rest[: PAGE + 1])
    if not records:
        if asked.after:
            raise Fault("badResumptionToken", "Nothing is left of this list: begin it anew.")
        raise Fault("noRecordsMatch", "No record was changed in this time and belongs to this set.")
    shown, more = records[:PAGE], len(records) > PAGE
    last = shown[-1]
    reached = replace(
        asked,
        after=(int(last.changed_at.timestamp()), last.pk),
        cursor=asked.cursor + len(shown),
    )
    total = max(asked.total, reached.cursor)
    whole = not more and asked.after is None
    token = None if whole else reached.token if more else ""
    return Part(shown, token, asked.cursor, total)


def refuse_other_formats(prefix: str) -> None:
    if prefix != PREFIX:
        raise Fault("cannotDisseminateFormat", f"Records are handed out as {PREFIX} only.")


def read_things(shelves: dict[str, Shelf], records: list[PublicRecord]) -> dict[int, Any]:
    """{key of the record: its thing}, for those that a visitor may see at this moment."""
    found = {}
    for kind, shelf in shelves.items():
        mine = {record.of: record.pk for record in records if record.kind == kind}
        if mine:
            things = shelf.told(shelf.public().filter(pk__in=mine))
            found |= {mine[thing.pk]: thing for thing in things}
    return found


def _window(since: str | None, until: str | None) -> tuple[int | None, int | None]:
    """Both ends in seconds, both included; a day as the end is the whole day."""
    if since is not None and until is not None and len(since) != len(until):
        raise Fault("badArgument", "from and until have different granularities.")
    first = _read_moment("from", since) if since is not None else None
    last = _read_moment("until", until) if until is not None else None
    if last is not None and until is not None and DAY.fullmatch(until):
        last += int(timedelta(days=1).total_seconds()) - 1
    if first is not None and last is not None and first > last:
        raise Fault("badArgument", "from is later than until.")
    return first, last


def _read_moment(name: str, text: str) -> int:
    if not (DAY.fullmatch(text) or SECOND.fullmatch(text)):
        raise Fault("badArgument", f"{name} is not a day or a second of UTC.")
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        raise Fault("badArgument", f"{name} is no day there is.") from None
    return int((moment.replace(tzinfo=UTC) - EPOCH).total_seconds())


def _moment(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
