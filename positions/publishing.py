"""Open data as files, made by the worker: a download costs the same however much there is."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.db import transaction

from core import clock
from core.files import sha256_of
from core.opentables import FORMATS, DataTable, write
from positions.models import OpenDataFile, Recount
from positions.opendata import TABLES

APART = timedelta(hours=1)
"""Made anew at most so often: a day full of votes changes little of what is public."""


def make_if_changed() -> int:
    """Make every file anew if the figures were counted since; returns how many were made.

    Safe to run twice, late, and in several workers at once: a file is written under a name of its
    own before the row speaks of it, and an older one never replaces a newer one.
    """
    recount = Recount.objects.first()
    if recount is None or not _is_due(recount):
        return 0
    for table in TABLES.values():
        make(table, recount)
    return len(TABLES) * len(FORMATS)


def _is_due(recount: Recount) -> bool:
    made = list(OpenDataFile.objects.filter(name__in=file_names()))
    if len(made) < len(TABLES) * len(FORMATS):
        return True
    oldest = min(made, key=lambda each: each.made_at)
    changed = any(each.counted_at != recount.counted_at for each in made)
    return changed and clock.now() - oldest.made_at >= APART


def file_names() -> list[str]:
    return [f"{table}.{kind}" for table in TABLES for kind in FORMATS]


def make(table: DataTable, recount: Recount) -> None:
    """The table in each format, in one reading of its rows."""
    with TemporaryDirectory() as folder:
        paths = {kind: Path(folder) / f"{table.name}.{kind}" for kind in FORMATS}
        rows = write(table, paths, as_of=recount.counted_at)
        for kind, path in paths.items():
            keep(path, media_type=FORMATS[kind], rows=rows, counted_at=recount.counted_at)


def keep(path: Path, *, media_type: str, rows: int, counted_at: datetime) -> None:
    """Put the file in the place of the one before; of two, the one counted earlier goes."""
    facts = {
        "media_type": media_type,
        "size": path.stat().st_size,
        "rows": rows,
        "counted_at": counted_at,
        "made_at": clock.now(),
    }
    with path.open("rb") as content:
        made = OpenDataFile(name=path.name, sha256=sha256_of(content))
        made.file.save("", File(content), save=False)
    facts |= {"file": made.file.name, "sha256": made.sha256}
    with transaction.atomic():
        before = OpenDataFile.objects.select_for_update().filter(name=path.name).first()
        gone = before.file.name if before else ""
        if before and before.counted_at > counted_at:
            gone = made.file.name
        else:
            OpenDataFile.objects.update_or_create(name=path.name, defaults=facts)
    if gone:
        made.file.storage.delete(gone)
