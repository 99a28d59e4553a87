"""All open data in one archive, made by the worker once a night, with its dictionary.

What staff takes back must not stay in it: after a correction in the directory, and when something
is public no more, it is made anew at once, and until then not handed out.
"""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core import clock
from core.files import sha256_of
from core.localized import LANGUAGES
from core.models import PublicRecord
from core.opentables import FORMATS, Column, DataTable, write
from members.models import Library, Membership
from members.opendata import TABLES as OF_MEMBERS
from positions import publishing
from positions.models import OpenDataFile
from positions.opendata import TABLES as OF_POSITIONS
from sections.models import SectionMembership
from sections.opendata import TABLES as OF_SECTIONS

NAME = "open-data.zip"
MEDIA_TYPE = "application/zip"
HOUR = time(1)
TITLE = _("Open data of the association")
TABLES: tuple[DataTable, ...] = (*OF_MEMBERS, *OF_SECTIONS, *OF_POSITIONS.values())


def make_if_due() -> int:
    """Once a night, however late, and after something was taken back; returns how many were made.

    Safe to run twice and in several workers at once: see `publishing.keep`.
    """
    made = OpenDataFile.objects.filter(name=NAME).first()
    if made and made.made_at >= last_night() and not is_outdated(made):
        return 0
    make()
    return 1


def last_night() -> datetime:
    """The last moment by which a new one had to be made."""
    now = clock.now()
    tonight = clock.at_clock(clock.day_of(now), HOUR)
    return tonight if tonight <= now else clock.at_clock(clock.days_after(clock.today(), -1), HOUR)


def is_outdated(made: OpenDataFile) -> bool:
    """Whether something was corrected or taken back since: then nobody gets it any more."""
    corrected = (
        model.history.filter(history_date__gte=made.counted_at).order_by()
        for model in (Library, Membership, SectionMembership)
    )
    gone = PublicRecord.objects.filter(is_gone=True).since(made.counted_at - timedelta(seconds=1))
    return any(rows.exists() for rows in (gone, *corrected))


def make() -> None:
    now = clock.now()
    with TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        rows = _pack(path, Path(folder), now)
        publishing.keep(path, media_type=MEDIA_TYPE, rows=rows, counted_at=now)


def _pack(path: Path, folder: Path, now: datetime) -> int:
    rows, resources = 0, []
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for table in TABLES:
            paths = {kind: folder / f"{table.name}.{kind}" for kind in FORMATS}
            rows += write(table, paths, as_of=now)
            for kind, file in paths.items():
                archive.write(file, file.name)
                resources.append(_resource(table, kind, file))
                file.unlink()
        archive.writestr("datapackage.json", _dictionary(resources, now))
    return rows


def _dictionary(resources: list[dict], now: datetime) -> str:
    """What is in the archive, as a data package of Frictionless Data."""
    package = {
        "profile": "data-package",
        "name": "open-data",
        **_in_each_language("title", TITLE),
        "homepage": settings.SITE_URL,
        "created": now.isoformat(),
        "licenses": [settings.OPEN_DATA_LICENCE],
        "sources": [_source()],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1)


def _source() -> dict[str, str]:
    with override(settings.LANGUAGE_CODE):
        return {"title": str(settings.SITE_NAME), "path": settings.SITE_URL}


def _resource(table: DataTable, kind: str, file: Path) -> dict:
    with file.open("rb") as content:
        digest = sha256_of(content)
    facts = {
        "name": f"{table.name}-{kind}",
        "path": file.name,
        "format": kind,
        "mediatype": FORMATS[kind].partition(";")[0],
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        **_in_each_language("title", table.title),
        "licenses": [settings.OPEN_DATA_LICENCE],
        "sources": [_source()],
    }
    fields = [_field(column) for column in table.columns]
    if kind == "csv":
        return facts | {
            "profile": "tabular-data-resource",
            "schema": {"fields": fields, "missingValues": [""]},
        }
    return facts | {"fields": fields}


def _field(column: Column) -> dict:
    constraints = {"constraints": {"enum": list(column.codes)}} if column.codes else {}
    return {
        "name": column.name,
        "type": column.kind,
        **_in_each_language("description", column.what),
        **constraints,
    }


def _in_each_language(name: str, text: object) -> dict[str, str]:
    """In English under its own name, and in every language with the language's code."""
    said = {}
    for code in LANGUAGES:
        with override(code):
            said[f"{name}_{code}"] = str(text)
    return {name: said[f"{name}_en"], **said}


def files() -> Iterator[OpenDataFile]:
    """What there is to take away now, the whole first."""
    found = OpenDataFile.objects.all()
    for each in sorted(found, key=lambda file: (file.name != NAME, file.name)):
        if each.name != NAME or not is_outdated(each):
            yield each
