import html

import pytest
from django.urls import reverse

from core import clock
from members.choices import LibraryKind
from members.models import Library, Membership
from tests.cast import tomorrow, yesterday
from tests.members.profile import (
    ENDLESS,
    HOSTILE,
    a_county,
    a_county_left_in_2016,
    a_library,
    many_libraries,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def directory(client, **query):
    return client.get(reverse("members:directory"), query)


def names(response):
    return [library.name for library in response.context["page"]]


@pytest.fixture
def zala(db):
    return a_county("HU-ZA", "Zala")


@pytest.fixture
def towns(county, zala):
    """Three members in two counties, named so that the order of bytes would be wrong."""
    return [
        a_library(county, "Zsigmond Könyvtár", "zsigmond", city="Baja"),
        a_library(county, "Árpád Könyvtár", "arpad", city="Jászkeresztúr"),
        a_library(zala, "Csokonai‑Nagy Könyvtár", "csokonai", kind=LibraryKind.COUNTY),
    ]


# Who is listed -------------------------------------------------------------------------------


def test_members_stand_in_hungarian_order(client, towns):
    assert names(directory(client)) == [
        "Árpád Könyvtár",
        "Csokonai‑Nagy Könyvtár",
        "Zsigmond Könyvtár",
    ]


def test_a_demos_fictional_libraries_are_not_listed(client, county):
    a_library(county, "1. Mintakönyvtár (kitalált)", "1-mintakonyvtar", is_fictional=True)

    assert names(directory(client)) == []


def test_only_members_of_today_are_listed(client, towns):
    arpad, csokonai = towns[1:]
    arpad.memberships.update(ended_on=yesterday())
    csokonai.memberships.update(started_on=tomorrow())

    assert names(directory(client)) == ["Zsigmond Könyvtár"]


def test_the_last_day_of_a_membership_still_counts(client, towns):
    Membership.objects.update(ended_on=clock.today())

    assert len(names(directory(client))) == 3


# Finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ARPAD"}, ["Árpád Könyvtár"]),
        ({"q": "csokonai-nagy"}, ["Csokonai‑Nagy Könyvtár"]),
        ({"q": "jaszkeresztur"}, ["Árpád Könyvtár"]),
        ({"q": "könyvtár zala"}, ["Csokonai‑Nagy Könyvtár"]),
        ({"q": " - "}, ["Árpád Könyvtár", "Csokonai‑Nagy Könyvtár", "Zsigmond Könyvtár"]),
        ({"q": "%"}, []),
        ({"county": "HU-ZA"}, ["Csokonai‑Nagy Könyvtár"]),
        ({"kind": "city"}, ["Árpád Könyvtár", "Zsigmond Könyvtár"]),
        ({"kind": "city", "county": "HU-BK", "q": "zs"}, ["Zsigmond Könyvtár"]),
        ({"kind": "national"}, []),
    ],
)
def test_the_list_is_narrowed(client, towns, query, found):
    assert names(directory(client, **query)) == found


@pytest.mark.parametrize("field", ["county", "kind"])
@pytest.mark.parametrize("value", ["XX", HOSTILE, "HU-ZA' OR 1=1", "9" * 30])
def test_an_unknown_choice_is_an_error_beside_its_field(client, towns, field, value):
    response = directory(client, **{field: value})

    page = response.content.decode()
    assert response.status_code == 200
    assert list(response.context["filter"].errors) == [field]
    assert f'id="id_{field}_error"' in page
    assert names(response) == []
    assert HOSTILE not in page


def test_a_county_without_a_member_says_so_and_since_when(client, towns):
    a_county_left_in_2016()

    page = directory(client, county="HU-HB").content.decode()

    assert "Hajdú-Bihar has no member library" in page
    assert "Hajdú-Bihar: no member library since 13 June 2016" in page


def test_a_county_whose_end_no_source_gives_is_named_without_a_day(client, towns):
    a_county("HU-VA", "Vas")

    page = directory(client).content.decode()

    assert "Vas: no member library" in page
    assert "Vas: no member library since" not in page


def test_an_empty_directory_says_how_to_start(client, county):
    page = directory(client).content.decode()

    assert "No member libraries yet" in page
    assert reverse("members:apply") in page


# The map -------------------------------------------------------------------------------------


def test_the_map_tells_members_from_none_and_marks_the_chosen(client, towns):
    a_county_left_in_2016()

    shown = directory(client, county="HU-ZA").context["counties"]

    assert [(county.code, county.tone, bool(county.url)) for county in shown] == [
        ("HU-BK", "member", True),
        ("HU-HB", "none", False),
        ("HU-ZA", "current", True),
    ]


def test_a_county_of_the_map_keeps_what_else_the_list_is_narrowed_to(client, towns):
    asked = {"q": "könyvtár", "county": "HU-ZA", "kind": LibraryKind.COUNTY, "view": "table"}

    shown = {each.code: each for each in directory(client, **asked).context["counties"]}
    followed = client.get(shown["HU-BK"].url)

    assert dict(followed.wsgi_request.GET.items()) == {**asked, "county": "HU-BK"}
    assert shown["HU-BK"].url in html.unescape(directory(client, **asked).text)


def test_the_map_leaves_out_what_cannot_be_asked(client, towns):
    shown = directory(client, kind="nonsense", q="x" * 101).context["counties"]

    address = reverse("members:directory")
    assert {each.url for each in shown} == {f"{address}?county=HU-BK", f"{address}?county=HU-ZA"}


def test_the_map_names_one_library_and_counts_several(client, towns):
    shown = directory(client).context["counties"]

    assert [county.text for county in shown] == [
        "Bács-Kiskun: 2 member libraries",
        "Zala: Csokonai‑Nagy Könyvtár",
    ]


def test_the_count_tells_the_counties(client, towns):
    a_county_left_in_2016()

    page = " ".join(directory(client).content.decode().split())

    assert "<strong>3</strong> member libraries, in 2 of 3 counties" in page


# Pages and parts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("1", 1),
        ("2", 2),
        ("99999999999999999999", 2),
        ("-1", 2),
        ("abc", 1),
        ("1e3", 1),
        ("２", 2),
        ("9" * 5000, 1),
        ("", 1),
    ],
)
def test_O_018_a_page_that_is_not_there_is_clamped(client, county, asked, shown):
    many_libraries(county, 30)

    response = directory(client, page=asked, per_page="1000000")

    assert response.status_code == 200
    assert response.context["page"].number == shown
    assert len(response.context["page"]) in {24, 6}


@pytest.mark.parametrize("unit", ENDLESS)
@pytest.mark.parametrize("field", ["q", "county", "kind", "page", "view"])
def test_O_017_endless_input_is_answered(client, towns, field, unit):
    assert directory(client, **{field: unit * (100_000 // len(unit))}).status_code == 200


def test_O_005_unknown_keys_are_ignored(client, towns):
    asked = {"mandates__person__password__startswith": "p", "order_by": "-name", "owner": "1"}

    assert names(directory(client, **asked)) == names(directory(client))


def test_O_020_hostile_names_are_shown_as_text(client, county):
    a_library(county, HOSTILE, "hostile", city=HOSTILE)

    for view in ("", "table"):
        page = directory(client, view=view).content.decode()
        assert "<svg onload" not in page
        assert "&quot;&gt;&lt;svg onload=__xss=1&gt;" in page


def test_O_022_what_was_typed_is_shown_as_text(client, towns):
    page = directory(client, q=HOSTILE, view=HOSTILE, page=HOSTILE).content.decode()

    assert "<svg onload" not in page


@pytest.mark.parametrize("field", ["q", "county", "kind", "page"])
def test_O_027_nul_is_refused(client, towns, field):
    assert directory(client, **{field: "a\0b"}).status_code == 400


def test_the_table_shows_the_same_libraries(client, towns):
    response = directory(client, view="table", county="HU-BK")

    page = response.content.decode()
    assert names(response) == ["Árpád Könyvtár", "Zsigmond Könyvtár"]
    assert '<input type="hidden" name="view" value="table" form="results-filter">' in page
    assert '<th scope="row"><a href="/en/libraries/arpad/">Árpád Könyvtár</a></th>' in page


def test_htmx_gets_the_results_alone(client, towns):
    response = client.get(
        reverse("members:directory"), {"q": "arpad"}, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert response.templates[0].name == "members/directory/results.html"
    assert "<html" not in page
    assert 'id="results"' in page
    assert 'id="results-line"' in page
    assert "HX-Request" in response["Vary"]


def test_a_page_of_the_list_keeps_the_filters(client, county):
    many_libraries(county, 30)

    page = directory(client, q="konyvtar", view="table").content.decode()

    assert "?q=konyvtar&amp;view=table&amp;page=2" in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_directory_is_only_read(client, county, method):
    assert getattr(client, method)(reverse("members:directory")).status_code == 405


# What it costs -------------------------------------------------------------------------------

QUERIES = 4  # counties, members by county, count, page


@pytest.mark.parametrize("view", ["", "table"])
@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_directory_costs_the_same_whatever_its_length(
    client, county, django_assert_num_queries, count, view
):
    many_libraries(county, count)

    with django_assert_num_queries(QUERIES):
        directory(client, view=view)


def test_nine_thousand_libraries_cost_no_more_queries(client, county, django_assert_num_queries):
    many_libraries(county, 9000)

    with django_assert_num_queries(QUERIES):
        response = directory(client, q="könyvtár 89", page="2")

    assert response.context["page"].number == 2
    assert Library.objects.count() == 9000


def test_somebody_signed_in_pays_for_session_person_and_mandates(
    client_of, stranger, towns, django_assert_num_queries
):
    client = client_of(stranger)
    directory(client)

    with django_assert_num_queries(QUERIES + 3):
        directory(client)
