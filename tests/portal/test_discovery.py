"""What each public page tells those who pass it on: its address, its languages, its picture."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import translation

from core.structured import in_a_script
from members.invitations import invite, token_of
from positions.choices import State
from tests.cast import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SITE = "https://portal.example"
HOSTILE = '</script><script>alert("1")</script><!-- & \u2028'


class Head(HTMLParser):
    """The links, metas and blocks of data of a page."""

    def __init__(self, response):
        super().__init__()
        self.links, self.metas, self.data, self.title = [], [], [], ""
        self.within = ""
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.within = attrs.get("type") if tag == "script" else tag
        if tag == "link":
            self.links.append(attrs)
        elif tag == "meta":
            self.metas.append((attrs.get("name") or attrs.get("property"), attrs.get("content")))

    def handle_endtag(self, tag):
        self.within = ""

    def handle_data(self, data):
        if self.within == "application/ld+json":
            self.data.append(json.loads(data))
        elif self.within == "title" and not self.title:
            self.title = data

    def all(self, name):
        return [content for named, content in self.metas if named == name]

    def one(self, name):
        (content,) = self.all(name)
        return content

    @property
    def canonical(self):
        (link,) = [link for link in self.links if link["rel"] == "canonical"]
        return link["href"]

    @property
    def languages(self):
        return {link["hreflang"]: link["href"] for link in self.links if "hreflang" in link}


@pytest.fixture
def pages(position_in, section, library, coming):
    """The public pages a search engine comes to, by the name of their address."""
    position = position_in(State.CLOSED)
    decision = position.decisions.get()
    names = ("home", "members:directory", "members:apply", "sections:list", "positions:register")
    names += ("positions:resolutions", "positions:accountability")
    names += ("positions:consultations",)
    return {
        **{name: (name, []) for name in names},
        "library": ("members:library", [library.slug]),
        "section": ("sections:section", [section.slug]),
        "position": ("positions:position", [position.reference]),
        "endorsements": ("positions:endorsements", [position.reference]),
        "documents": ("positions:documents", [position.reference]),
        "resolution": ("positions:resolution", [decision.year, decision.number]),
        "consultation": ("positions:consultation", [coming.record(confidentiality="public").pk]),
    }


def address(page, language):
    with translation.override(language):
        return reverse(page[0], args=page[1])


def test_each_page_names_its_one_address_and_those_of_the_other_languages(client, pages):
    for page in pages.values():
        paths = {code: SITE + address(page, code) for code in ("hu", "en", "sl")}
        for code, path in paths.items():
            head = Head(client.get(address(page, code), {"q": "x", "sessionid": "1"}))
            assert head.canonical == path
            assert head.languages | paths == {**paths, "x-default": paths["hu"]}
            assert head.all("robots") == []


def test_titles_and_descriptions_are_not_said_twice(client, pages):
    heads = [Head(client.get(address(page, "en"))) for page in pages.values()]

    titles = [head.title for head in heads]
    descriptions = [head.one("description") for head in heads]

    assert sorted(set(titles)) == sorted(titles)
    assert sorted(set(descriptions)) == sorted(descriptions)
    assert [words for words in descriptions if not 25 <= len(words) <= 250] == []


def test_whoever_passes_a_page_on_has_its_words_and_a_picture(client, pages):
    for page in pages.values():
        head = Head(client.get(address(page, "sl")))
        assert head.title == f"{head.one('og:title')} · {head.one('og:site_name')}"
        assert head.one("og:description") == head.one("description")
        assert head.one("og:url") == head.canonical
        assert head.one("og:locale") == "sl_SI"
        assert head.all("og:locale:alternate") == ["hu_HU", "en_GB"]
        assert head.one("og:image") == f"{SITE}/static/img/share.png"


def test_the_picture_has_the_size_that_is_told():
    header = Path(finders.find("img/share.png")).read_bytes()[16:24]

    assert (int.from_bytes(header[:4]), int.from_bytes(header[4:])) == (1200, 630)


def test_the_colour_of_the_browser_is_the_paper_of_the_page(client):
    tokens = Path(finders.find("css/tokens.css")).read_text()

    light, dark = Head(client.get("/")).all("theme-color")

    assert f"--paper: {light};" in tokens.split("prefers-color-scheme: dark")[0]
    assert f"--paper: {dark};" in tokens.split("prefers-color-scheme: dark")[1]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("page=2", "?page=2"),
        ("q=könyv&page=3&kind=opinion", "?page=3"),
        ("page=1", ""),
        ("page=0", ""),
        ("page=abc", ""),
        ("page=" + "9" * 5000, ""),
        ("page=٣", ""),
    ],
)
def test_of_all_one_may_ask_only_the_page_is_part_of_the_address(client, query, kept):
    head = Head(client.get(f"/en/positions/?{query}"))

    assert head.canonical == f"{SITE}/en/positions/{kept}"
    assert head.languages["x-default"].endswith(kept)


@pytest.mark.parametrize("path", ["/en/nothing/", "/en/positions/XX-2026/001/"])
def test_a_refusal_is_no_page(client, path):
    head = Head(client.get(path))

    assert (head.all("robots"), head.languages, head.all("og:url")) == (["noindex"], {}, [])
    assert [link for link in head.links if link["rel"] == "canonical"] == []


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "design"])
def test_doors_have_an_address_but_are_not_for_search_engines(client, name):
    head = Head(client.get(reverse(name)))

    assert (head.canonical, head.all("robots")) == (SITE + reverse(name), ["noindex"])


def test_a_page_of_work_is_not_for_search_engines(client_of, representative, section):
    head = Head(client_of(representative).get(reverse("positions:start")))

    assert (head.all("robots"), head.languages) == (["noindex"], {})


# Facts for machines ----------------------------------------------------------------------------


def facts(client, page):
    return {each["@type"]: each for each in Head(client.get(address(page, "en"))).data}


def test_each_page_says_in_the_words_of_schema_org_what_it_is_about(client, pages):
    found = {name: sorted(facts(client, page)) for name, page in pages.items()}

    assert {name: types for name, types in found.items() if types} == {
        "home": ["Organization"],
        "library": ["BreadcrumbList", "Library"],
        "section": ["BreadcrumbList", "Organization"],
        "position": ["BreadcrumbList", "Report"],
        "endorsements": ["BreadcrumbList"],
        "documents": ["BreadcrumbList"],
        "resolution": ["BreadcrumbList", "CreativeWork"],
        "positions:resolutions": ["BreadcrumbList"],
        "consultation": ["BreadcrumbList"],
    }


def test_the_association_is_the_same_on_every_page(client, pages):
    home = facts(client, pages["home"])["Organization"]
    section = facts(client, pages["section"])["Organization"]

    assert (home["name"], home["@id"]) == ("Association of Libraries", f"{SITE}/#association")
    assert home["department"] == [{key: section[key] for key in ("@type", "name", "url")}]
    assert section["parentOrganization"]["@id"] == home["@id"]


def test_a_library_says_of_itself_what_its_page_shows(client, pages, library):
    library.phone, library.website = "+36 1 000", "https://example.org/"
    library.save()

    said = facts(client, pages["library"])["Library"]

    assert said == {
        "@context": "https://schema.org",
        "@type": "Library",
        "@id": f"{SITE}/en/libraries/library-1/",
        "url": f"{SITE}/en/libraries/library-1/",
        "name": "Library 1",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "City 1",
            "addressRegion": "Bács-Kiskun",
            "addressCountry": "HU",
        },
        "telephone": "+36 1 000",
        "sameAs": "https://example.org/",
        "memberOf": {
            "@type": "Organization",
            "name": "Association of Libraries",
            "url": f"{SITE}/en/",
            "@id": f"{SITE}/#association",
        },
    }


def test_who_has_left_says_nothing_of_its_contacts_and_the_invented_say_nothing(
    client, left_library, library
):
    left_library.phone = "+36 1 000"
    left_library.save()
    library.is_fictional = True
    library.save()

    left = facts(client, ("members:library", [left_library.slug]))["Library"]

    assert "telephone" not in left and "memberOf" not in left
    assert list(facts(client, ("members:library", [library.slug]))) == ["BreadcrumbList"]


def test_a_position_says_who_published_it_and_where_it_stands(client, pages):
    found = facts(client, pages["position"])
    said = found["Report"]
    reference = pages["position"][1][0]

    assert (said["reportNumber"], said["inLanguage"]) == (reference, "hu")
    assert said["author"]["name"] == "County Libraries Section"
    assert said["publisher"]["@id"] == f"{SITE}/#association"
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert {step["item"].startswith(f"{SITE}/en/") for step in steps} == {True}


def test_a_draft_says_nothing_to_machines(client_of, coordinator, position_in):
    position = position_in(State.DRAFT)

    data = Head(client_of(coordinator).get(position.get_absolute_url())).data

    assert [each["@type"] for each in data] == ["BreadcrumbList"]


def test_O_no_word_of_a_library_can_end_the_block_it_stands_in(client, library):
    library.name = library.city = HOSTILE
    library.save()

    response = client.get(library.get_absolute_url())

    said = {each["@type"]: each for each in Head(response).data}["Library"]
    assert said["name"] == HOSTILE
    assert b"<script>alert" not in response.content
    assert response.content.count(b"<script>") == 0


def test_the_block_is_json_whatever_it_says():
    said = in_a_script({"name": HOSTILE})

    assert "<" not in said and ">" not in said and "&" not in said
    assert json.loads(said) == {"@context": "https://schema.org", "name": HOSTILE}


def test_the_languages_are_those_of_the_portal():
    assert [code for code, _name in settings.LANGUAGES] == ["hu", "en", "sl"]


def test_an_address_that_holds_a_token_is_repeated_nowhere(client, staff):
    person = make_person("newcomer")
    path = reverse("invitation", args=[token_of(invite(person=person, by=staff))])

    response = client.get(path)

    head = Head(response)
    assert (response.status_code, head.all("robots"), head.all("og:url")) == (200, ["noindex"], [])
    assert head.languages == {}
