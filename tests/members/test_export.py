import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.models import Bucket
from members.choices import LibraryKind
from members.models import Membership
from tests.cast import yesterday
from tests.members.profile import ENDLESS, a_county, a_library, many_libraries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = [
    "name",
    "kind",
    "county",
    "ISO 3166-2 code",
    "postal code",
    "city",
    "street and number",
    "telephone",
    "e-mail",
    "website",
    "opening hours",
    "member since",
]


def download(client, **query):
    return client.get(reverse("members:directory_csv"), query)


def in_xlsx(client, **query):
    response = client.get(reverse("members:directory_xlsx"), query)
    return list(load_workbook(io.BytesIO(response.content)).active.rows)


def rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_the_file_holds_the_members_in_order(client, county):
    a_library(county, "Zsigmond", "zsigmond", city="Baja", kind=LibraryKind.CITY)
    since_2020 = a_library(county, "Árpád", "arpad", postal_code="1234", phone="06 1 000 0000")
    since_2020.memberships.update(started_on=date(2020, 3, 2))

    response = download(client)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert rows(response) == [
        HEADER,
        [
            *("Árpád", "city library", "Bács-Kiskun", "HU-BK", "1234", "Kitalált"),
            *("", "06 1 000 0000", "", "", "", "2020-03-02"),
        ],
        [
            *("Zsigmond", "city library", "Bács-Kiskun", "HU-BK", "", "Baja"),
            *("", "", "", "", "", ""),
        ],
    ]


def test_lines_end_as_the_rfc_says_and_line_breaks_are_quoted(client, county):
    a_library(county, 'A "nagy", könyvtár', "nagy", opening_hours="hétfő\nkedd")

    response = download(client)

    assert response.content.count(b"\r\n") == 2
    assert '"A ""nagy"", könyvtár"' in response.content.decode()
    assert rows(response)[1][10] == "hétfő\nkedd"


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_O_023_a_formula_stays_text(client, county, opening):
    evil = f"{opening}HYPERLINK(0)"
    a_library(county, evil, "evil", city=evil, street=evil, opening_hours=evil)

    row = rows(download(client))[1]

    assert [row[column] for column in (0, 5, 6, 10)] == [f"'{evil}"] * 4


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_O_023_a_formula_stays_text_in_the_xlsx_too(client, county, opening):
    evil = f"{opening}HYPERLINK(0)"
    a_library(county, evil, "evil", city=evil, street=evil, opening_hours=evil)

    row = in_xlsx(client)[1]

    written = [row[column] for column in (0, 5, 6, 10)]
    assert [cell.value.replace("\r", "\n") for cell in written] == [evil.replace("\r", "\n")] * 4
    assert {(cell.data_type, cell.number_format) for cell in written} == {("s", "@")}


def test_the_xlsx_holds_the_same_table_with_days_as_days(client, county):
    a_library(county, "Zsigmond", "zsigmond")
    library = a_library(county, "Árpád\x0b", "arpad", postal_code="0123")
    library.memberships.update(started_on=date(2020, 3, 2))

    response = client.get(reverse("members:directory_xlsx"), {"q": "arpad"})
    header, row = ([cell.value for cell in line] for line in in_xlsx(client, q="arpad"))

    assert response["Content-Disposition"] == 'attachment; filename="libraries.xlsx"'
    assert header == HEADER
    assert (row[0], row[4], row[11].date()) == ("Árpád", "0123", date(2020, 3, 2))


def test_the_file_honours_the_filters(client, county):
    zala = a_county("HU-ZA", "Zala")
    a_library(zala, "Göcseji", "gocseji")
    a_library(county, "Árpád", "arpad")

    assert [row[0] for row in rows(download(client, county="HU-ZA"))[1:]] == ["Göcseji"]
    assert [row[0] for row in rows(download(client, q="arpad"))[1:]] == ["Árpád"]


def test_who_has_left_is_not_in_the_file(client, left_library, library):
    names = [row[0] for row in rows(download(client))[1:]]

    assert left_library.name not in names
    assert library.name in names


def test_a_library_with_two_terms_stands_there_once_with_the_present_one(client, county):
    library = a_library(county, "Árpád", "arpad")
    library.memberships.update(ended_on=date(2010, 1, 1))
    Membership.objects.create(library=library, started_on=date(2020, 3, 2))

    assert [row[-1] for row in rows(download(client))[1:]] == ["2020-03-02"]


def test_a_wrong_filter_leads_to_the_list_that_explains_it(client, library):
    response = download(client, county="XX")

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('members:directory')}?q=&county=XX&kind="


@pytest.mark.parametrize("unit", ENDLESS)
def test_O_017_endless_input_is_answered(client, library, unit):
    assert download(client, q=unit * 100_000).status_code == 302


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_file_costs_the_same_whatever_its_length(
    client, county, django_assert_num_queries, count
):
    many_libraries(county, count)
    download(client)

    for read in (download, in_xlsx):
        with django_assert_num_queries(3):  # counties, the limit of downloads, libraries
            read(client)


def test_downloads_are_limited(client, library):
    download(client)
    Bucket.objects.update(tokens=0)

    response = download(client)

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_yesterdays_member_is_gone_today(client, library):
    library.memberships.update(ended_on=yesterday())

    assert library.name not in [row[0] for row in rows(download(client))]
