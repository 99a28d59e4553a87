"""Files that come to nothing count as tries too: they cost as much to look at."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.once import new_key
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english", "folder")


def answers(client, address):
    """To three files of no kind that is taken, each from a form opened anew."""
    for _time in range(3):
        upload = SimpleUploadedFile("program.exe", b"MZ")
        yield client.post(address, {"file": upload, "once": new_key()}).status_code


def test_refused_attachments_count(way, client_of, drafter, monkeypatch):
    monkeypatch.setattr("positions.views.attachments.UPLOADS", "2/h")
    position = way.start()

    assert list(answers(client_of(drafter), at(position, "attachments"))) == [200, 200, 429]


def test_refused_texts_count(way, client_of, drafter, monkeypatch):
    monkeypatch.setattr("positions.views.imports.UPLOADS", "2/h")
    position, client = way.start(), client_of(drafter)

    assert list(answers(client, reverse("positions:bring_new"))) == [200, 200, 429]
    assert list(answers(client, at(position, "bring_to"))) == [429, 429, 429]
