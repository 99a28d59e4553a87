from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from core import clock
from iksz_portal.sitemaps import SITEMAPS, Libraries
from members.models import Library
from positions import recounting
from positions.choices import State
from positions.models import Position
from tests.members.profile import many_libraries

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
SITE = "https://portal.example"


def read(client, path, **query):
    response = client.get(path, query)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(response.content)


def entries(client, name, **query):
    """{address: (last change, {language: address})} of a part of the map."""
    found = {}
    for url in read(client, reverse("sitemap_part", args=[name]), **query):
        links = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
        found[url.findtext(f"{MAP}loc")] = (url.findtext(f"{MAP}lastmod"), links)
    return found


def everything(client):
    return {where: facts for name in SITEMAPS for where, facts in entries(client, name).items()}


def test_robots_are_told_where_the_map_is_and_to_leave_the_back_office(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {SITE}/sitemap.xml",
    ]


def test_the_index_names_every_part(client, library):
    index = read(client, reverse("sitemap"))

    paths = [urlsplit(each.findtext(f"{MAP}loc")).path for each in index]
    assert paths == [reverse("sitemap_part", args=[name]) for name in SITEMAPS]


def test_every_address_of_the_map_opens_for_a_visitor_in_each_language(
    client, position_in, section, library, coming
):
    position_in(State.CLOSED)
    coming.record(confidentiality="public")
    recounting.recount()

    found = everything(client)

    answers = {client.get(where.removeprefix(SITE)).status_code for where in found}
    assert answers == {200}
    assert len(found) == 3 * (19 + 3 + 1 + 1 + 1 + 1 + 1)
    for where, (_changed, links) in found.items():
        assert where in links.values()
        assert set(links) == {"hu", "en", "sl", "x-default"}
        assert links["x-default"] == links["hu"]


def test_what_is_not_public_is_not_on_the_map(client, position_in, left_library, library, coming):
    position_in(State.ACCEPTED)
    coming.record(confidentiality="members")
    Library.objects.filter(pk=library.pk).update(is_fictional=True)

    found = {name: len(entries(client, name)) for name in SITEMAPS}

    assert found == {
        "pages": 57,
        "libraries": 6,
        "sections": 3,
        "positions": 0,
        "resolutions": 0,
        "consultations": 0,
        "authorities": 0,
    }


def test_what_ceases_to_be_public_is_gone_at_once(client, position_in):
    position_in(State.SUBMITTED)
    before = len(entries(client, "positions")), len(entries(client, "resolutions"))
    Position.objects.update(published_at=None)

    after = len(entries(client, "positions")), len(entries(client, "resolutions"))

    assert (before, after) == ((3, 3), (0, 0))


def test_the_map_says_when_a_page_changed(client, position_in, library):
    position_in(State.SUBMITTED)
    library.save()  # leaves a row in its history

    today = clock.today().isoformat()
    assert {changed for changed, _links in entries(client, "positions").values()} == {today}
    assert {changed for changed, _links in entries(client, "libraries").values()} == {today}


def test_a_long_list_goes_on_in_another_file(client, county, monkeypatch):
    monkeypatch.setattr(Libraries, "limit", 2)
    many_libraries(county, 3)

    assert [len(entries(client, "libraries", p=page)) for page in (1, 2)] == [6, 3]
    locations = [each.findtext(f"{MAP}loc") for each in read(client, reverse("sitemap"))]
    assert [where.endswith("/sitemap-libraries.xml?p=2") for where in locations].count(True) == 1


@pytest.mark.parametrize("page", ["0", "99", "x", "9" * 5000])
def test_a_page_there_is_not_is_not_found(client, page):
    assert client.get(reverse("sitemap_part", args=["libraries"]), {"p": page}).status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_map_costs_the_same_whatever_its_length(
    client, county, django_assert_num_queries, count
):
    many_libraries(county, count)

    with django_assert_num_queries(2):  # how many, and the libraries
        client.get(reverse("sitemap_part", args=["libraries"]))
    with django_assert_num_queries(6):  # how many of each kind
        client.get(reverse("sitemap"))
