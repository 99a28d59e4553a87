import json
from uuid import NAMESPACE_URL, uuid5

import pytest
import vobject
from django.urls import reverse

from core.models import Bucket
from tests.members.profile import a_county, a_library, many_libraries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HARD = 'A "nagy", régi; könyvtár\\ára\nés\r\nfiókja \x01' + "ő" * 80


def cards(response):
    return list(vobject.readComponents(response.content.decode()))


def download(client, name, **query):
    return client.get(reverse(f"members:directory_{name}"), query)


def features(client, **query):
    return json.loads(download(client, "geojson", **query).content)["features"]


@pytest.fixture
def arpad(county):
    return a_library(
        county,
        "Árpád",
        "arpad",
        city="Kecskemét",
        street="Fő utca 1.",
        postal_code="6000",
        phone="+36 76 000 000",
        email="arpad@example.org",
        website="https://example.org/arpad",
        opening_hours="hétfő\nkedd",
    )


def test_a_library_becomes_a_card_of_an_address_book(client, arpad):
    response = client.get(reverse("members:library_vcf", args=["arpad"]))

    (card,) = cards(response)
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="arpad.vcf"'
    assert response.content.startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\n")
    assert (card.fn.value, card.org.value) == ("Árpád", ["Árpád"])
    address = card.adr.value
    assert (address.street, address.city, address.code) == ("Fő utca 1.", "Kecskemét", "6000")
    assert (address.region, address.country) == ("Bács-Kiskun", "Magyarország")
    assert (card.tel.value, card.email.value) == ("+36 76 000 000", "arpad@example.org")
    assert card.url.value == "https://example.org/arpad"
    assert card.note.value == "hétfő\nkedd"
    tag = "tag:portal.example,2026:library/arpad"
    assert card.uid.value == uuid5(NAMESPACE_URL, tag).urn


def test_what_is_not_known_is_left_out(client, county):
    a_library(county, "Árpád", "arpad")

    (card,) = cards(download(client, "vcf"))

    assert {"tel", "email", "url", "note"} & card.contents.keys() == set()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_O_024_no_sign_begins_a_line_of_its_own(client, county, end):
    words = f"A{end}X-EVIL:1"
    facts = {"street": words, "phone": words, "opening_hours": words}
    a_library(county, words, "evil", website=f"https://a.example/{end}X-EVIL:1", **facts)

    response = download(client, "vcf")

    lines = response.content.decode().splitlines()
    assert [line for line in lines if line.startswith("X-EVIL")] == []
    assert len(cards(response)) == 1


def test_hard_words_are_escaped_and_folded(client, county):
    a_library(county, HARD, "hard", street=HARD, opening_hours=HARD)

    response = download(client, "vcf")

    (card,) = cards(response)
    meant = HARD.replace("\r\n", "\n").replace("\x01", "")
    assert (card.fn.value, card.note.value) == (meant, meant)
    assert card.org.value == [meant]
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


@pytest.mark.parametrize("name", ["vcf", "geojson"])
def test_who_has_left_or_is_invented_is_in_no_file(client, left_library, arpad, name):
    a_library(arpad.county, "Kitalált", "invented", is_fictional=True)

    held = download(client, name).content.decode()

    assert "Árpád" in held
    assert left_library.name not in held
    assert "Kitalált" not in held
    for slug in (left_library.slug, "invented", "no-such"):
        assert client.get(reverse("members:library_vcf", args=[slug])).status_code == 404


def test_the_filters_of_the_directory_apply(client, county):
    zala = a_county("HU-ZA", "Zala")
    a_library(zala, "Göcseji", "gocseji")
    a_library(county, "Árpád", "arpad")

    assert [card.fn.value for card in cards(download(client, "vcf", county="HU-ZA"))] == ["Göcseji"]
    assert [each["properties"]["name"] for each in features(client, q="arpad")] == ["Árpád"]
    wrong = [download(client, name, county="XX") for name in ("vcf", "geojson")]
    assert {each["Location"] for each in wrong} == {
        f"{reverse('members:directory')}?q=&county=XX&kind="
    }


def test_a_library_stands_at_its_town_only_where_the_town_is_known(client, arpad):
    a_library(arpad.county, "Baja", "baja", city="Baja")

    response = download(client, "geojson")

    assert response["Content-Type"] == "application/geo+json"
    collection = json.loads(response.content)
    assert (collection["type"], len(collection["features"])) == ("FeatureCollection", 2)
    at_home, elsewhere = collection["features"]
    assert at_home["geometry"] == {"type": "Point", "coordinates": [19.6913, 46.9062]}
    assert at_home["properties"]["precision"] == "town"
    assert at_home["id"] == "tag:portal.example,2026:library/arpad"
    assert (elsewhere["geometry"], elsewhere["properties"]["precision"]) == (None, "unknown")
    assert elsewhere["properties"]["telephone"] is None


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize("name", ["vcf", "geojson"])
def test_a_file_costs_the_same_whatever_its_length(
    client, county, django_assert_num_queries, count, name
):
    many_libraries(county, count)
    download(client, name)

    with django_assert_num_queries(3):  # counties, the limit of downloads, libraries
        download(client, name)


def test_downloads_of_all_kinds_are_limited_together(client, arpad):
    download(client, "csv")
    Bucket.objects.update(tokens=0)

    assert [download(client, name).status_code for name in ("vcf", "geojson")] == [429, 429]


def test_the_directory_and_the_page_of_a_library_name_the_files(client, arpad):
    directory = client.get(reverse("members:directory"), {"q": "arpad"}).content.decode()
    page = client.get(arpad.get_absolute_url()).content.decode()

    for name in ("csv", "vcf", "geojson"):
        assert f'href="{reverse(f"members:directory_{name}")}?q=arpad" download' in directory
    assert f'href="{reverse("members:library_vcf", args=["arpad"])}" download' in page
