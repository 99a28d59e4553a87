"""One style sheet out of many, and pages of strangers in fewer bytes."""

import gzip

import pytest
from django.urls import reverse

from core.bundle import bundled
from tests.people import a_person, sign_in

FILES = {
    "css/portal.css": '@import url("../vendor/own.css");\n@import url("paper.css") print;',
    "vendor/own.css": '@charset "UTF-8";a{background:url("img/a.svg")}',
    "css/paper.css": "p{margin:0}",
}


def test_imported_files_stand_in_their_places_with_their_addresses_kept_right():
    assert bundled("css/portal.css", FILES.__getitem__) == (
        'a{background:url("../vendor/img/a.svg")}\n@media print {\np{margin:0}\n}'
    )


@pytest.mark.django_db
def test_a_strangers_page_comes_compressed(client):
    response = client.get(reverse("members:directory"), headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert b"</html>" in gzip.decompress(response.content)


@pytest.mark.django_db
def test_what_somebody_signed_in_sees_is_not_compressed(client):
    a_person()
    sign_in(client)

    response = client.get(reverse("members:directory"), headers={"Accept-Encoding": "gzip"})

    assert not response.has_header("Content-Encoding")
