from datetime import timedelta

import feedparser
import pytest
from django.urls import reverse
from django.utils import translation

from positions import translating
from positions.choices import State
from positions.models import Position, Version
from sections.models import Section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

FEEDS = ("positions_feed", "outcomes_feed", "resolutions_feed", "section_feed")


def address(name, section, language="en"):
    with translation.override(language):
        return reverse(f"positions:{name}", args=[section.slug] if name == "section_feed" else [])


def read(client, path):
    response = client.get(path)
    feed = feedparser.parse(response.content)
    assert (response.status_code, feed.bozo, feed.version) == (200, 0, "atom10")
    return feed


def titles(client, path):
    return [entry.title for entry in read(client, path).entries]


@pytest.fixture
def closed(position_in):
    return position_in(State.CLOSED)


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize(
    ("language", "association"),
    [
        ("hu", "Könyvtári Szövetség"),
        ("en", "Association of Libraries"),
        ("sl", "Združenje knjižnic"),
    ],
)
def test_each_feed_is_read_without_a_complaint_in_each_language(
    client, closed, section, name, language, association
):
    path = address(name, section, language)

    feed = read(client, path)

    assert len(feed.entries) == 1
    assert feed.feed.id.startswith("tag:portal.example,2026:feed/")
    assert feed.feed.id.endswith(f"/{language}")
    assert (feed.feed.language, feed.feed.author) == (language, association)
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == f"https://portal.example{path}"


def test_an_entry_says_what_is_asked_of_whom_and_has_an_id_for_ever(client, closed, section):
    (entry,) = read(client, address("positions_feed", section)).entries

    assert entry.id == f"tag:portal.example,2026:position/{closed.reference}"
    assert entry.link == f"https://portal.example{closed.get_absolute_url()}"
    assert entry.title == f"{closed.reference} On the opening hours"
    assert "Opinion, County Libraries Section, to: Mintaügyi Minisztérium" in entry.summary
    assert "<li>The first thing.</li>" in entry.summary
    assert entry.published_parsed[:6] == closed.published_at.timetuple()[:6]


def test_the_id_is_the_same_in_every_language(client, closed, section):
    paths = [address("positions_feed", section, code) for code in ("hu", "en", "sl")]

    ids = [read(client, path).entries[0].id for path in paths]

    assert ids == [f"tag:portal.example,2026:position/{closed.reference}"] * 3


@pytest.mark.parametrize(
    ("state", "held"),
    [
        (State.ACCEPTED, (0, 0, 0, 0)),
        (State.REJECTED, (0, 0, 0, 0)),
        (State.SUBMITTED, (1, 0, 1, 1)),
        (State.ANSWERED, (1, 0, 1, 1)),
        (State.EVALUATED, (1, 1, 1, 1)),
    ],
)
def test_a_feed_holds_what_is_public_and_nothing_else(client, position_in, section, state, held):
    position_in(state)

    assert tuple(len(titles(client, address(name, section))) for name in FEEDS) == held


def test_what_ceases_to_be_public_is_gone_at_once_also_for_who_holds_an_older_copy(
    client, closed, section
):
    path = address("positions_feed", section)
    kept = client.get(path)["ETag"]
    Position.objects.update(published_at=None)

    response = client.get(path, headers={"if-none-match": kept})

    assert response.status_code == 200
    assert feedparser.parse(response.content).entries == []


@pytest.mark.parametrize("name", FEEDS)
def test_whoever_has_the_newest_is_told_so_and_no_more(client, closed, section, name):
    path = address(name, section)
    first = client.get(path)

    by_tag = client.get(path, headers={"if-none-match": first["ETag"]})
    by_day = client.get(path, headers={"if-modified-since": first["Last-Modified"]})

    assert [(each.status_code, each.content) for each in (by_tag, by_day)] == [(304, b"")] * 2
    assert by_tag["Cache-Control"] == first["Cache-Control"] == "public, max-age=60"


def test_an_empty_feed_says_the_same_each_time(client, section):
    path = address("positions_feed", section)
    first = client.get(path)

    assert read(client, path).entries == []
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_the_feed_of_a_section_holds_its_own_only(client, closed, section):
    other = Section.objects.create(code="VT", slug="varosi", name_hu="Városi Tagozat")

    assert titles(client, address("section_feed", section)) == [
        f"{closed.reference} On the opening hours"
    ]
    assert titles(client, address("section_feed", other)) == []
    assert client.get(reverse("positions:section_feed", args=["no-such"])).status_code == 404


def test_words_that_xml_cannot_hold_break_nothing(client, closed, section):
    Position.objects.update(title="<b>&amp; \x0b\x1f]]> könyv</b>")

    (title,) = titles(client, address("positions_feed", section))

    assert client.get(address("positions_feed", section)).content.count(b"\x0b") == 0
    assert title.startswith(closed.reference)


def test_what_became_of_each_point_stands_in_its_feed(client, closed, section):
    (entry,) = read(client, address("outcomes_feed", section)).entries

    assert "<li>The first thing. — accepted</li>" in entry.summary
    assert "Everything was accepted." in entry.summary


def another(position, number):
    """One more like it, made public a little later."""
    twin = Position.objects.get(pk=position.pk)
    twin.pk, twin.number, twin.current = None, 1000 + number, None
    twin.published_at += timedelta(minutes=number)
    twin.save(force_insert=True)
    text = position.current
    twin.current = Version.objects.create(
        position=twin, number=1, title=text.title, body=text.body, author=text.author
    )
    twin.save()


@pytest.mark.parametrize("count", [1, 3, 60])
@pytest.mark.parametrize(("name", "queries"), [("positions_feed", 2), ("outcomes_feed", 2)])
def test_a_feed_costs_the_same_whatever_it_holds_and_stops_at_fifty(
    client, closed, section, django_assert_num_queries, count, name, queries
):
    for number in range(1, count):
        another(closed, number)

    with django_assert_num_queries(queries):
        found = client.get(address(name, section))

    assert len(feedparser.parse(found.content).entries) == min(count, 50)


def test_a_feed_speaks_its_language_as_far_as_somebody_has_translated(
    client, closed, section, coordinator
):
    translating.save_translation(
        position=closed,
        language="sl",
        by=coordinator,
        seen=0,
        version=closed.current,
        title="O odpiralnem času",
        points=["Prva stvar.", ""],
    )

    (slovenian,) = read(client, address("positions_feed", section, "sl")).entries
    (english,) = read(client, address("positions_feed", section)).entries

    assert slovenian.title == f"{closed.reference} O odpiralnem času"
    assert english.title == f"{closed.reference} On the opening hours"
    assert "<li>Prva stvar.</li><li>The second thing.</li>" in slovenian.summary
    assert "<li>The first thing.</li>" in english.summary


def test_pages_lead_readers_to_their_feeds(client, closed, section):
    pages = {
        "home": "positions_feed",
        "positions:register": "positions_feed",
        "positions:resolutions": "resolutions_feed",
        "positions:accountability": "outcomes_feed",
    }
    pages = {reverse(page): reverse(f"positions:{feed}") for page, feed in pages.items()}
    pages[section.get_absolute_url()] = address("section_feed", section)

    for page, feed in pages.items():
        text = client.get(page).content.decode()
        link = '<link rel="alternate" type="application/atom+xml" title="'
        assert text.count(link) == 1
        assert text.split(link)[1].split('href="')[1].split('"')[0] == feed
