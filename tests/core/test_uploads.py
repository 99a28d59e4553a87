"""Files on their way in, and on the disk."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from core import clock, filestore, uploads
from core.uploads import takes_files
from iksz_portal.urls import (  # noqa: F401 - the pages for errors, as the portal has them
    handler400,
    handler403,
    handler404,
    handler500,
)
from iksz_portal.urls import urlpatterns as portal
from tests.people import a_person

pytestmark = pytest.mark.django_db


def told(request):
    """What came of the files that were sent: name and size, of each."""
    came = [f"{file.name} {file.size} {len(file.read())}" for file in request.FILES.values()]
    return HttpResponse(", ".join(came) or "nothing")


@takes_files(up_to=100)
def takes(request):
    return told(request)


def takes_none(request):
    return told(request)


urlpatterns = [path("test/takes/", takes), path("test/takes-none/", takes_none), *portal]


@pytest.fixture
def folder(settings, tmp_path):
    settings.ROOT_URLCONF = __name__
    settings.MEDIA_ROOT = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "arriving"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return tmp_path


@pytest.fixture
def reader(folder):
    client = Client()
    client.force_login(a_person())
    return client


def send(client, address, *sizes):
    sent = {f"file{n}": SimpleUploadedFile("a.txt", b"x" * size) for n, size in enumerate(sizes)}
    return client.post(address, sent)


def left_in(folder):
    return [place for place in folder.rglob("*") if place.is_file()]


def test_a_file_comes_in_where_a_view_takes_it(reader):
    assert send(reader, "/test/takes/", 100).content == b"a.txt 100 100"


def test_a_file_comes_in_nowhere_else(reader, folder):
    assert send(reader, "/test/takes-none/", 100).content == b"nothing"
    assert left_in(folder) == []


def test_a_visitor_leaves_no_file_anywhere(client, folder):
    answer = send(client, "/test/takes/", 100)

    assert (answer.status_code, left_in(folder)) == (302, [])


def test_O_013_of_a_file_over_the_limit_only_its_size_is_left(reader, folder):
    answer = send(reader, "/test/takes/", 101, 5)

    assert answer.content == b"a.txt 101 0, a.txt 5 5"
    assert left_in(folder) == []


def test_O_013_much_at_once_is_refused_before_it_is_read(reader, folder, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 1000)

    answer = send(reader, "/test/takes/", 900)

    assert (answer.status_code, left_in(folder)) == (413, [])
    assert "<h1>" in answer.content.decode()


def test_O_013_a_hundred_and_one_files_are_refused(reader, folder):
    answer = send(reader, "/test/takes/", *[5] * 101)

    assert (answer.status_code, left_in(folder)) == (413, [])


def test_O_013_two_thousand_fields_are_refused(reader):
    answer = reader.post("/test/takes/", {f"field{n}": "x" for n in range(2000)})

    assert answer.status_code == 413


# On the disk ----------------------------------------------------------------------------------


def test_a_file_is_on_the_disk_before_its_name_is_known(folder, monkeypatch):
    written = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: written.append(Path(f"/proc/self/fd/{handle}").readlink())
    )

    name = default_storage.save("attachment/x", ContentFile(b"x"))

    assert written == [folder / name, folder / "attachment", folder]


def test_only_old_files_of_no_row_are_removed(folder):
    day = timedelta(hours=24).total_seconds()
    for name, age in {"old": day + 60, "new": day - 60}.items():
        place = folder / "attachment" / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"x")
        then = clock.now().timestamp() - age
        os.utime(place, (then, then))

    removed = filestore.remove_strays()

    assert (removed, [place.name for place in left_in(folder)]) == (1, ["new"])


def test_without_a_folder_there_is_nothing_to_remove(settings, tmp_path):
    settings.MEDIA_ROOT = Path(tmp_path / "nowhere")

    assert filestore.remove_strays() == 0
