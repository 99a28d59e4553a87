"""One's own data to take away: asked for on a page, packed by the worker, kept for some days.

The archive holds every row that the rooms declare as the person's (`personal.DECLARED`): all of
them as JSON, each table as CSV besides, and a text that says what is what in the person's language.
"""

import csv
import json
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File
from django.db import transaction
from django.template.loader import render_to_string
from django_tasks import TaskContext, task

from core import audit, clock, jobs, outbox, personal, throttle
from core.csvfile import BYTE_ORDER_MARK, cell
from core.files import sha256_of
from core.jobs import Tell
from core.personal import Table
from iksz_portal.personal import DECLARED
from members.models import DataExport, Person

PER_DAY = "5/d"
READY = "own_data_ready"
ASK, FETCH = "ask_for_own_data", "fetch_own_data"
README, DATA = "README.txt", "data.json"


# Asking ------------------------------------------------------------------------------------


def ask(*, by: Person) -> DataExport:
    """One's own: the one under way, or a new one in place of an earlier one. Raises Throttled."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=by.pk)
        mine = DataExport.objects.filter(requested_by=person)
        if under_way := next((each for each in mine if each.is_under_way), None):
            return under_way
        throttle.take(scope="own data by person", who=str(by.pk), rate=PER_DAY)
        let_go(mine)
        export = DataExport.objects.create(requested_by=person)
        audit.record(thing=person, action=ASK, by=by, payload={"export": export.pk})
        make_export.enqueue(export.pk)
    return export


def note_fetched(export: DataExport, *, by: Person) -> None:
    audit.record(thing=export.requested_by, action=FETCH, by=by, payload={"export": export.pk})


# Making ------------------------------------------------------------------------------------


@task(takes_context=True)
def make_export(context: TaskContext, pk: int) -> None:
    """The letter is queued after the archive is there; safe to run twice."""
    exports = DataExport.objects.select_related("requested_by").filter(requested_by__is_active=True)
    jobs.carry_out(context, exports, pk, make)
    export = exports.filter(pk=pk).first()
    if export and export.is_open:
        outbox.queue(kind=READY, to=export.requested_by, key=f"{READY}:{pk}", export=pk)


def make(export: DataExport, tell: Tell) -> None:
    person = export.requested_by
    tell(10)
    tables = list(personal.read(DECLARED, person))
    tell(60)
    with TemporaryDirectory() as folder:
        path = Path(folder) / export.name
        _pack(path, person, tables)
        with path.open("rb") as packed:
            export.sha256 = sha256_of(packed)
            export.file.save("", File(packed), save=False)


def _pack(path: Path, person: Person, tables: list[Table]) -> None:
    now = clock.now()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        facts = {"person": person, "tables": tables, "made_at": now}
        archive.writestr(README, render_to_string("account/own_data_readme.txt", facts))
        archive.writestr(DATA, _as_json(tables, made_at=now.isoformat()))
        for table in tables:
            archive.writestr(f"csv/{table.held.name}.csv", _as_csv(table))


def _as_json(tables: list[Table], **facts: Any) -> str:
    listed = {
        table.held.name: [dict(zip(table.held.columns, row, strict=True)) for row in table.rows]
        for table in tables
    }
    return json.dumps({**facts, "tables": listed}, ensure_ascii=False, indent=1)


def _as_csv(table: Table) -> str:
    sheet = StringIO(newline="")
    sheet.write(BYTE_ORDER_MARK)
    writer = csv.writer(sheet)
    writer.writerow(table.held.columns)
    writer.writerows([cell(_flat(value)) for value in row] for row in table.rows)
    return sheet.getvalue()


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


# Letting go --------------------------------------------------------------------------------


def let_go(exports: Any) -> int:
    """Rows and files: an archive that nobody may fetch any more lies nowhere."""
    gone = list(exports)
    for export in gone:
        export.delete()
        if export.file:
            transaction.on_commit(partial(export.file.storage.delete, export.file.name))
    return len(gone)


def sweep() -> int:
    """Those that have run out, and what failed as long ago."""
    return let_go(DataExport.objects.run_out())
