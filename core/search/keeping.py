"""Keeps the index current: follows the chain of acts and the histories, and can be made anew.

Only one process writes at a time: each first locks the row of `CHAIN`. What the index says decides
nothing about who may see a thing: that is asked of the rooms when somebody looks.
"""

import hashlib
import json
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import Count, Max

from core import clock
from core.models import AuditEntry, SearchDocument, SearchProgress
from core.search import asking, index, words
from core.search.sources import DAY_AT, GROUP_AT, NAMED, NUMBER_AT, Entry, Source, Sources

log = logging.getLogger("portal")

CHAIN = "acts"
CHUNK = 200
MOST_ACTS = 2000
LONGEST_SHOWN = 20_000
"""So many characters of a text are kept to show where a word stands."""
MOST_TOKENS = 20_000
LONGEST_REFERENCE = SearchDocument._meta.get_field("reference").max_length
COMPARED = [
    field.attname
    for field in SearchDocument._meta.concrete_fields
    if field.name not in {"digest", "indexed_at"}
]


def order_of(source: Source, entry: Entry) -> int:
    """The key of its document: the greater, the earlier among equals. Named things in the order
    they were added, the others by day, the newest first; never the same for two things."""
    day = 0 if source.group == NAMED else (entry.day or date.min).toordinal()
    last = entry.key if source.group != NAMED else 2**32 - 1 - entry.key
    return source.group << GROUP_AT | day << DAY_AT | source.number << NUMBER_AT | last


def document_of(source: Source, entry: Entry) -> SearchDocument:
    made = SearchDocument(
        id=order_of(source, entry),
        kind=source.kind,
        object_id=entry.key,
        section=entry.section,
        year=entry.year,
        state=entry.state,
        county=entry.county,
        day=entry.day,
        reference=entry.reference[:LONGEST_REFERENCE],
        address=entry.address,
        names=_names(entry) if source.is_named else "",
        words={
            language: [_line(each.title), _line(each.text)[:LONGEST_SHOWN]]
            for language, each in entry.words.items()
        },
    )
    made.tokens = " ".join(sorted(_tokens(made, entry))[:MOST_TOKENS])
    facts = [str(getattr(made, name)) for name in COMPARED if name != "words"]
    facts.append(json.dumps(made.words, sort_keys=True))
    made.digest = hashlib.sha256("\0".join(facts).encode()).hexdigest()
    return made


def _tokens(made: SearchDocument, entry: Entry) -> set[str]:
    found = {asking.scope_token(scope) for scope in entry.scopes}
    found |= {
        asking.facet_token(name, getattr(made, name))
        for name in asking.FACETS
        if getattr(made, name)
    }
    titles = [each.title for each in entry.words.values()]
    found |= {words.whole(name) for name in (*titles, *entry.names, entry.reference) if name}
    for language, each in entry.words.items():
        title = f"{each.title} {entry.reference} {' '.join(entry.names)} {entry.also}"
        in_title = words.tokens(words.IN_TITLE, title, language)
        found |= in_title | {words.IN_TEXT + token[1:] for token in in_title}
        found |= words.tokens(words.IN_TEXT, each.text, language)
    return found


def _names(entry: Entry) -> str:
    titles = [each.title for each in entry.words.values()]
    return _line(" ".join([*titles, *entry.names, entry.reference, entry.also]))


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# Writing -----------------------------------------------------------------------------------


def refresh(source: Source, keys: Iterable[int]) -> int:
    """Make the documents of these things as the things are now; how many changed. The caller holds
    the lock."""
    keys, changed = sorted(set(keys)), 0
    for start in range(0, len(keys), CHUNK):
        changed += _taken_in(source, keys[start : start + CHUNK])
    return changed


def _taken_in(source: Source, keys: list[int]) -> int:
    """A thing that cannot be indexed does not keep the others from it."""
    try:
        with transaction.atomic():
            made = [document_of(source, entry) for entry in source.entries(keys)]
            return _replace(source, keys, made)
    except Exception:
        if len(keys) == 1:
            log.exception("Not in the search index: %s %s.", source.kind, keys[0])
            return 0
        return sum(_taken_in(source, [key]) for key in keys)


def _replace(source: Source, keys: list[int], made: list[SearchDocument]) -> int:
    there = SearchDocument.objects.filter(kind=source.kind, object_id__in=keys)
    known = dict(there.values_list("object_id", "digest"))
    new = [each for each in made if known.pop(each.object_id, "") != each.digest]
    gone = {*known} - {each.object_id for each in made} | {each.object_id for each in new}
    there.filter(object_id__in=gone).delete()
    SearchDocument.objects.bulk_create(new)
    return len(gone | {each.object_id for each in new})


def reindex(sources: Sources) -> Iterator[tuple[Source, int]]:
    """Look at everything there is; each kind with how many of its documents were changed. What
    happens meanwhile is followed afterwards."""
    with transaction.atomic():
        lock = _locked()
        lock.seen = str(AuditEntry.objects.aggregate(last=Max("seq"))["last"] or 0)
        lock.save(update_fields=["seen"])
        _remember(_marks(sources))
    for source in sources.values():
        with transaction.atomic():
            lock = _locked()
            changed = _whole(source)
            if changed:
                _note_change(lock)
        yield source, changed
    with transaction.atomic():
        _locked()
        SearchDocument.objects.exclude(kind__in=sources).delete()
    index.tidy(connection)


def _whole(source: Source) -> int:
    there = SearchDocument.objects.filter(kind=source.kind)
    changed, seen, chunk = 0, set(), []
    for entry in source.entries(None):
        chunk.append(document_of(source, entry))
        seen.add(entry.key)
        if len(chunk) == CHUNK:
            changed += _replace(source, [each.object_id for each in chunk], chunk)
            chunk = []
    changed += _replace(source, [each.object_id for each in chunk], chunk)
    gone = set(there.values_list("object_id", flat=True)) - seen
    return changed + there.filter(object_id__in=gone).delete()[0]


# Following ---------------------------------------------------------------------------------


def follow(sources: Sources) -> int:
    """Take in what has changed since last time; how many documents did. Does nothing while
    another process is at it."""
    with transaction.atomic():
        lock = _locked(wait=False)
        if lock is None:
            return 0
        changed = _follow_acts(sources, lock) + _follow_histories(sources)
        if changed:
            _note_change(lock)
    return changed


def _locked(*, wait: bool = True) -> SearchProgress | None:
    SearchProgress.objects.get_or_create(stream=CHAIN, defaults={"seen": "0"})
    rows = SearchProgress.objects.select_for_update(skip_locked=not wait)
    return rows.filter(stream=CHAIN).first()


def _note_change(lock: SearchProgress) -> None:
    lock.changed_at = clock.now()
    lock.save(update_fields=["changed_at"])


def _follow_acts(sources: Sources, lock: SearchProgress) -> int:
    """By the numbers of the chain, which are given one at a time: none is overtaken."""
    new = AuditEntry.objects.filter(seq__gt=int(lock.seen)).order_by("seq")
    acts = list(new.values_list("seq", "content_type", "object_id")[:MOST_ACTS])
    if not acts:
        return 0
    done_to: dict[type[models.Model] | None, set[int]] = {}
    for _seq, content_type, key in acts:
        model = ContentType.objects.get_for_id(content_type).model_class()
        done_to.setdefault(model, set()).add(key)
    changed = 0
    for source in sources.values():
        keys: set[int] = set()
        for model, of_these in source.follows.items():
            if model in done_to:
                keys |= set(of_these(done_to[model]).values_list("pk", flat=True))
        gone = done_to.get(source.model, set())
        changed += refresh(source, keys | gone) if keys | gone else 0
    lock.seen = str(acts[-1][0])
    lock.save(update_fields=["seen"])
    return changed


def _follow_histories(sources: Sources) -> int:
    """Kinds without acts of their own have a history: when it has grown, all of them are looked
    at. A row committed late by another process makes it longer, too."""
    marks = _marks(sources)
    known = dict(SearchProgress.objects.values_list("stream", "seen"))
    moved = {model for model, mark in marks.items() if known.get(model._meta.label) != mark}
    changed = sum(_whole(each) for each in sources.values() if moved & set(each.watches))
    _remember({model: marks[model] for model in moved})
    return changed


def _marks(sources: Sources) -> dict[type[models.Model], str]:
    return {model: _mark(model) for each in sources.values() for model in each.watches}


def _remember(marks: dict[type[models.Model], str]) -> None:
    for model, mark in marks.items():
        SearchProgress.objects.update_or_create(stream=model._meta.label, defaults={"seen": mark})


def _mark(model: type[models.Model]) -> str:
    facts = model.objects.aggregate(count=Count("pk"), last=Max("pk"))
    return f"{facts['count']}:{facts['last']}"
