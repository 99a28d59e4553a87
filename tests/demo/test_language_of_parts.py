"""Words in another language than their page say so (WCAG 3.1.2), over the whole demo."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from core.templatetags.languages import naming
from members.models import County, Library, Person
from positions.models import LawProfile, Message, Submission
from sections.models import Section
from tests.cast import signed_in
from tests.demo.test_query_counts import (
    consultation_pages,
    editing_pages,
    endorsement_pages,
    inner_addresses,
    positions_pages,
    public_addresses,
)

pytestmark = pytest.mark.xdist_group("demo")
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "use",
    "path",
}
UNMARKED = {"script", "style", "title", "template", "textarea", "option"}
HUNGARIAN = re.compile(r"[áéíóöőúüűÁÉÍÓÖŐÚÜŰ]")
FOREIGN = {"en": HUNGARIAN, "sl": HUNGARIAN}


class Unsaid(HTMLParser):
    """Gathers the words that look Hungarian and do not stand in an element that says so."""

    def __init__(self, names):
        super().__init__()
        self.names, self.found, self.open = names, [], [("", "")]

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            said = dict(attrs).get("lang")
            self.open.append((tag, self.open[-1][1] if said is None else said))

    def handle_endtag(self, tag):
        if tag not in VOID and tag in [name for name, _lang in self.open]:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        tags = {tag for tag, _lang in self.open}
        if self.open[-1][1] == "hu" or tags & UNMARKED:
            return
        words = self.names.sub("", data)
        if HUNGARIAN.search(words):
            self.found.append(" ".join(words.split())[:80])


def proper_names():
    """Names of people and places, citations and file numbers have no language of their own."""
    names = [name for _code, name in settings.LANGUAGES]
    names += Person.objects.values_list("name", flat=True)
    names += Section.objects.values_list("name_hu", flat=True)
    names += LawProfile.objects.values_list("source", flat=True)
    names += Submission.objects.values_list("file_number", flat=True)
    names += Message.objects.values_list("file_number", flat=True)
    names += County.objects.values_list("name_hu", flat=True)
    for library in Library.objects.values_list("name", "city"):
        names += library
    parts = sorted({str(name) for name in names if name}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, parts)))


def unsaid(client, addresses):
    """{words: an address where they stand without their language}"""
    names, found = proper_names(), {}
    for address in addresses:
        if address == reverse("design"):
            continue
        response = client.get(address)
        if response.status_code == 200 and "html" in response["Content-Type"]:
            page = Unsaid(names)
            page.feed(response.content.decode())
            found |= dict.fromkeys(page.found, address)
    return found


def test_words_that_do_not_say_their_language_are_recognised():
    page = Unsaid(re.compile("Ödön"))
    page.feed('<html lang="en"><p>őr <br><span lang="hu">őz</span> Ödön</p><b>út</b></html>')

    assert page.found == ["őr", "út"]


@pytest.mark.parametrize("name", ["", "coordinator", "secretary"])
def test_hungarian_words_on_english_pages_say_so(demo, english, name):
    person = Person.objects.get(email=f"{name}@example.org") if name else None
    client = signed_in(person) if person else Client()

    addresses = public_addresses() + positions_pages() + consultation_pages()
    if name:
        addresses += inner_addresses() + endorsement_pages() + editing_pages()

    assert unsaid(client, addresses) == {}


@pytest.mark.parametrize("name", ["p", "amp", "br", "<b>"])
def test_the_name_of_a_thing_is_marked_as_words_and_never_as_markup(name):
    with translation.override("en"):
        told = naming(f"About {name} & more.", name)

    assert told == f'<p>About <span lang="hu">{escape(name)}</span> &amp; more.</p>'
