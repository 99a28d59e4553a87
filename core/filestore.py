"""Files on the disk: safely there before a row speaks of them, gone when none does any more."""

import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from core import clock
from core.files import sha256_of
from core.models import StoredFile

log = logging.getLogger("portal")

STRAY_FILES_ARE_KEPT = timedelta(hours=24)
NEVER_A_PAGE = "sandbox; default-src 'none'"


class DurableStorage(FileSystemStorage):
    """What was saved survives a power cut: the file and its place in its folder are on the disk.
    Of what could not be saved whole nothing stays: a full disk is not filled by trying again."""

    def _save(self, name, content):
        try:
            name = super()._save(name, content)
        except OSError:
            Path(self.path(name)).unlink(missing_ok=True)
            raise
        path = Path(self.path(name))
        for place in (path, path.parent, path.parent.parent):
            _to_the_disk(place)
        return name


def as_download(stored: StoredFile) -> FileResponse:
    """The file under its own name, as what the portal found it to be; never shown as a page."""
    try:
        file = stored.file.open()
    except (OSError, ValueError):  # gone from the disk, or never written
        log.exception("The file of %s %s is not there.", stored._meta.label, stored.pk)
        raise Http404 from None
    return sent_as(file, name=stored.name, media_type=stored.media_type)


def as_open_data(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """The file for everybody, told by its fingerprint: who has it already gets it no second time,
    but always asks."""
    tag = f'"{stored.sha256}"'
    if known := get_conditional_response(request, etag=tag):
        return known
    response = as_download(stored)
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def sent_as(file: BinaryIO, *, name: str, media_type: str) -> FileResponse:
    return FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type=media_type,
        headers={
            "Content-Security-Policy": NEVER_A_PAGE,
            "Cache-Control": "private, no-store",
        },
    )


def remove_strays() -> int:
    """Remove files that no row names, a day after they came: uploads that were broken off, files of
    rows that have gone. The day is for those whose row is just being written."""
    removed = 0
    for path in list(_strays()):
        path.unlink(missing_ok=True)
        removed += 1
    return removed


def damaged() -> Iterator[str]:
    """A sentence for each file that is not, byte for byte, what was put there."""
    for model in _models_with_files("file", "sha256"):
        rows = model._base_manager.exclude(file="").exclude(sha256="")
        for row in rows.order_by("pk").only("file", "sha256").iterator():
            try:
                with row.file.open() as file:
                    found = sha256_of(file)
            except OSError:
                yield f"The file of {model._meta.label} {row.pk} is not there."
                continue
            if found != row.sha256:
                yield f"The file of {model._meta.label} {row.pk} has been changed."


def _strays() -> Iterator[Path]:
    root, known = Path(settings.MEDIA_ROOT), _known()
    oldest = clock.now() - STRAY_FILES_ARE_KEPT
    for path in root.rglob("*"):
        if not path.is_file() or path.relative_to(root).as_posix() in known:
            continue
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < oldest:
            yield path


def _known() -> set[str]:
    """The names of all files that rows speak of."""
    names: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.FileField):
                names.update(model._base_manager.values_list(field.name, flat=True))
    return names


def _models_with_files(*fields: str) -> list[type[models.Model]]:
    def names(model):
        return {field.name for field in model._meta.get_fields()}

    return [model for model in apps.get_models() if set(fields) <= names(model)]


def _to_the_disk(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
