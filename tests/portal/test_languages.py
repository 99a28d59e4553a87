"""The switch of languages keeps the place; letters come in the language that was chosen."""

import re
from contextlib import suppress
from datetime import date

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, URLPattern, get_resolver, resolve, reverse, translate_url
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import ngettext

from core import audit
from core.addresses import in_language
from members import borrowed
from positions.references import Reference
from tests.portal.permissions import patterns
from tests.repository.test_translations import CARELESS

LANGUAGES = [code for code, _name in settings.LANGUAGES]
OF_KIND = {
    "int": 7,
    "slug": "a-b",
    "str": "figures.csv",
    "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
    "path": "1",
    "reference": Reference("MT", 2026, 14),
}


def arguments(resolver=None, namespace="", above=()):
    """{name of a pattern: arguments that fit it}"""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        converters = {**dict(above), **pattern.pattern.converters}
        if isinstance(pattern, URLPattern):
            found[f"{namespace}{pattern.name}"] = {
                name: OF_KIND[kind(converter)] for name, converter in converters.items()
            }
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found |= arguments(pattern, inner, tuple(converters.items()))
    return found


def kind(converter):
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


def place(url):
    found = resolve(url)
    return found.view_name, found.kwargs


def addresses():
    """Of every page that stands under the languages, its address in each."""
    found = {}
    for name, args in sorted(arguments().items()):
        if not name.rpartition(":")[2] or name.startswith("admin:"):
            continue
        by_language = {}
        for code in LANGUAGES:
            with translation.override(code), suppress(NoReverseMatch):  # as the API's own 404
                by_language[code] = reverse(name, kwargs=args)
        if len(set(by_language.values())) > 1:
            found[name] = by_language
    return found


def test_the_walk_meets_the_pages():
    assert len(addresses()) > 90
    assert set(addresses()) <= set(patterns())


def test_every_page_leads_to_itself_in_every_other_language():
    strayed = []
    for name, by_language in addresses().items():
        for here in LANGUAGES:
            with translation.override(here):
                there = {code: translate_url(by_language[here], code) for code in LANGUAGES}
                where = place(by_language[here])
            for code, url in there.items():
                with translation.override(code):
                    same = url == by_language[code] and place(url) == where
                if not same:
                    strayed.append((name, here, code, url))

    assert strayed == []


def switched(url, code, here="hu", **rest):
    with translation.override(here):
        request = RequestFactory().get(url, **rest)
        request.resolver_match = resolve(request.path) if is_known(request.path) else None
        return in_language(request, code)


def is_known(path):
    try:
        return bool(resolve(path))
    except LookupError:
        return True
    except Exception as error:
        assert type(error).__name__ == "Resolver404"
        return False


@pytest.mark.parametrize(
    ("here", "url", "code", "there"),
    [
        ("hu", "/allasfoglalasok/?q=%C3%A1r&page=2", "en", "/en/positions/?q=%C3%A1r&page=2"),
        ("en", "/en/positions/MT-2026/014/", "sl", "/sl/stalisca/MT-2026/014/"),
        ("en", "/en/nothing/at/all/", "sl", "/sl/nothing/at/all/"),
        ("sl", "/sl/nothing/", "hu", "/nothing/"),
        ("hu", "/nothing/?x=1", "en", "/en/nothing/?x=1"),
        (
            "en",
            "/en/account/sign-in/?next=/en/positions/%3Fq%3Da",
            "hu",
            "/fiok/belepes/?next=/allasfoglalasok/%3Fq%3Da",
        ),
        ("en", "/en/account/sign-in/?next=//evil.test", "hu", "/fiok/belepes/?next=//evil.test"),
    ],
)  # fmt: skip
def test_filters_pages_and_what_comes_next_go_along(here, url, code, there):
    assert switched(url, code, here) == there


def test_a_refused_form_leads_back_to_the_page_it_stood_on():
    with translation.override("en"):
        sent = RequestFactory().post(
            "/en/positions/MT-2026/014/steps/forward/",
            headers={"referer": "http://testserver/en/positions/MT-2026/014/?x=1"},
        )
        sent.resolver_match, sent.is_refused = resolve(sent.path), True
        page = in_language(sent, "sl")
        sent.META["HTTP_REFERER"] = "http://evil.test/en/positions/"
        elsewhere = in_language(sent, "sl")

    assert page == "/sl/stalisca/MT-2026/014/?x=1"
    assert elsewhere.startswith("/sl/stalisca/MT-2026/014/")


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/en/nothing/", "/en/positions/MT-2020/001/"])
def test_the_page_that_says_there_is_nothing_is_in_every_language(url):
    page = Client().get(url)

    there = {each["code"]: each["url"] for each in page.context["languages"]}
    with translation.override("en"):
        assert there["en"] == url
    again = Client().get(there["sl"])
    assert (page.status_code, again.status_code) == (404, 404)
    assert '<html lang="sl">' in again.content.decode()


# Letters ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_person_chooses_the_language_of_letters_and_stays_on_the_page(
    representative, client_of, english
):
    client, page = client_of(representative), reverse("sections:list")
    offered = 'name="language" value="en"'
    assert offered in client.get(page).content.decode()

    sent = client.post(reverse("account_language"), {"language": "en", "next": page})

    representative.refresh_from_db()
    assert (sent["Location"], representative.language) == (page, "en")
    assert offered not in client.get(page).content.decode()
    assert audit.last_of(representative).payload == {"language": "en"}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "status"), [("de", 400), ("", 400), ("sl", 302)])
def test_only_the_languages_of_the_portal_can_be_chosen(
    representative, client_of, english, language, status
):
    sent = client_of(representative).post(reverse("account_language"), {"language": language})

    assert sent.status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", ["//evil.test", "https:evil.test", "/\\evil.test", "javascript:a"]
)
def test_O_053_nobody_is_led_away(representative, client_of, english, asked):
    form = {"language": "sl", "next": asked}

    sent = client_of(representative).post(reverse("account_language"), form)

    assert sent["Location"] == reverse("home")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en//evil.test/a", "/sl///evil.test/a", "/en//evil.test/a/"])
def test_O_053_where_nothing_stands_the_switch_stays_on_the_portal(client, path):
    page = client.get(path)

    there = [each["url"] for each in page.context["languages"]]
    away = [url for url in there if url.startswith(("//", "/\\"))]
    assert (page.status_code, len(there), away) == (404, 3, [])


@pytest.mark.django_db
@pytest.mark.parametrize("referer", ["http://[", "//[", "http://\u2100/", "\x85", "javascript:a"])
def test_O_022_a_browser_that_says_nonsense_of_where_it_was_is_answered(client, english, referer):
    refused = client.post(reverse("home"), headers={"referer": referer})

    assert (refused.status_code, 'hreflang="sl"' in refused.content.decode()) == (405, True)


# Dates and numbers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [("hu", "2026. november 1."), ("en", "1 November 2026"), ("sl", "1. novembra 2026")],
)
def test_days_are_written_as_people_write_them(language, words):
    with translation.override(language):
        assert date_format(date(2026, 11, 1)) == words


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("hu", ["1 tagkönyvtár", "2 tagkönyvtár", "3 tagkönyvtár", "5 tagkönyvtár"]),
        ("en", ["1 member library", "2 member libraries", "3 member libraries"]),
        (
            "sl",
            [
                "1 knjižnica članica",
                "2 knjižnici članici",
                "3 knjižnice članice",
                "5 knjižnic članic",
                "101 knjižnica članica",
                "102 knjižnici članici",
            ],
        ),
    ],
)
def test_every_number_has_its_plural(language, said):
    with translation.override(language):
        told = [
            ngettext("%(count)s member library", "%(count)s member libraries", count)
            % {"count": count}
            for count in (int(words.split()[0]) for words in said)
        ]

    assert told == said


@pytest.mark.parametrize("language", ["hu", "sl"])
def test_what_packages_say_is_said_politely(language):
    with translation.override(language):
        said = [str(sentence) for sentence in borrowed.SENTENCES]

    informal = CARELESS[language]["an informal word"]
    assert [words for words in said if re.search(informal, words, re.IGNORECASE)] == []
    with translation.override("en"):
        assert set(said).isdisjoint(map(str, borrowed.SENTENCES))
