"""What a position says in other languages: written, shown, and older than the text."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core import audit
from core.localized import Said
from core.translated import Freshness
from core.workflow import NotAllowed, Overtaken
from positions import actions, policy, translating
from positions.choices import State
from positions.models import Position, PositionTranslation
from positions.models.translations import lacking
from positions.page import read
from positions.translated import title_of, translation_of

pytestmark = pytest.mark.django_db


def translate(position, by, **said):
    facts = {"title": "Opening hours", "points": ["One.", ""], "summary": "In short.", **said}
    return translating.save_translation(
        position=position,
        language="en",
        by=by,
        **{"seen": 0, "version": position.current, **facts},
    )


def move_on(position, by, *points):
    return actions.save_draft(
        position=position,
        by=by,
        base=position.current.number,
        title=position.title,
        body=position.current.body,
        points=points or ["The first thing.", "Something else."],
        addressee=position.addressee,
    )


def as_read(position, language="en"):
    with translation.override(language):
        return Position.objects.for_page().get(pk=position.pk)


def address(name, position, *args):
    return reverse(f"positions:{name}", args=[position.reference, *args])


def typed(position, **said):
    facts = {"title": "Opening hours", "summary": "", "body": "", "point1": "One.", "point2": ""}
    return {**facts, "seen": 0, "version": position.current.number, **said}


# Reading ---------------------------------------------------------------------------------------


def test_a_reader_of_the_language_gets_the_translation(way, coordinator):
    position = way.start()
    translate(position, coordinator)

    found = as_read(position)

    assert title_of(found) == Said("Opening hours", "en")
    assert translation_of(found).freshness == Freshness.CURRENT
    assert title_of(as_read(position, "sl")) == Said(position.title)
    assert title_of(as_read(position, "hu")) == Said(position.title)


def test_lists_read_the_title_with_their_rows(way, coordinator, django_assert_num_queries):
    position = way.start()
    translate(position, coordinator)

    with django_assert_num_queries(1), translation.override("en"):
        titles = [title_of(each) for each in Position.objects.for_lists()]

    assert titles == [Said("Opening hours", "en")]


def test_points_that_have_no_translation_stay_in_hungarian(way, coordinator, english):
    position = way.start()
    translate(position, coordinator)

    points = read(as_read(position), coordinator).points

    assert [point.said for point in points] == [Said("One.", "en"), Said("The second thing.")]


def test_when_the_text_moves_on_its_translation_is_older(way, coordinator, english):
    position = way.start()
    translate(position, coordinator, points=["One.", "Two."])
    moved = move_on(position, coordinator)

    found = as_read(moved)

    assert translation_of(found).is_outdated
    points = read(found, coordinator).points
    assert [point.said for point in points] == [Said("One.", "en"), Said("Something else.")]


def test_a_text_that_is_brought_back_makes_its_translation_current_again(way, coordinator):
    position = way.start()
    translate(position, coordinator)
    moved = move_on(position, coordinator)
    back = move_on(moved, coordinator, "The first thing.", "The second thing.")

    assert not translation_of(as_read(back)).is_outdated


def test_positions_that_lack_a_translation_are_found(way, coordinator):
    old, new, bare = way.start(), way.start(), way.start()
    for position in (old, new):
        translate(position, coordinator)
    move_on(old, coordinator)
    found = {
        freshness: set(lacking(Position.objects.all(), "en", freshness))
        for freshness in (Freshness.MISSING, Freshness.OUTDATED)
    }

    assert found == {Freshness.MISSING: {bare}, Freshness.OUTDATED: {old}}


# Writing ---------------------------------------------------------------------------------------


def test_the_chain_knows_who_translated_what(way, coordinator):
    position = way.start()
    translate(position, coordinator)

    entry = audit.last_of(position)
    assert (entry.action, entry.actor, entry.payload) == (
        "translate",
        coordinator,
        {"language": "en", "version": 1},
    )


def test_only_the_coordinator_and_the_staff_translate(way, coordinator, staff, drafter):
    position = way.start()

    able = [
        person for person in (coordinator, staff, drafter) if policy.may_translate(person, position)
    ]
    with pytest.raises(NotAllowed):
        translate(position, drafter)

    assert able == [coordinator, staff]


def test_a_translation_is_not_saved_over_one_that_was_not_seen(way, coordinator, staff):
    position = way.start()
    translate(position, coordinator)

    with pytest.raises(translating.TranslationMoved) as moved:
        translate(position, staff, title="Mine")

    assert moved.value.row.title == "Opening hours"
    assert PositionTranslation.objects.get().title == "Opening hours"


def test_what_was_typed_while_the_text_moved_on_is_a_translation_of_the_older_text(
    way, coordinator
):
    position = way.start()
    old = position.current
    move_on(position, coordinator)

    row = translate(position, coordinator, version=old)

    assert row.version == old
    assert list(PositionTranslation.objects.outdated()) == [row]


def test_still_right_changes_no_word_and_is_on_record(way, coordinator):
    position = way.start()
    row = translate(position, coordinator, points=["One.", "Two."])
    moved = move_on(position, coordinator)

    translating.confirm_translation(
        position=moved, language="en", by=coordinator, seen=row.step, version=2
    )

    row.refresh_from_db()
    assert (row.title, row.version.number) == ("Opening hours", 2)
    assert row.words_of_points() == {"The first thing.": "One.", "Something else.": "Two."}
    assert audit.last_of(position).action == "confirm_translation"


def test_it_is_not_said_of_a_text_that_was_not_looked_at(way, coordinator):
    position = way.start()
    row = translate(position, coordinator)
    move_on(position, coordinator)

    with pytest.raises(Overtaken):
        translating.confirm_translation(
            position=position, language="en", by=coordinator, seen=row.step, version=1
        )


# Pages -----------------------------------------------------------------------------------------


def test_the_coordinator_writes_it_beside_the_original(way, coordinator, client_of, english):
    position = way.start()

    response = client_of(coordinator).post(address("translation", position, "en"), typed(position))

    assert response["Location"] == address("translations", position)
    assert PositionTranslation.objects.get().words_of_points() == {"The first thing.": "One."}


def test_whoever_is_second_sees_both(way, coordinator, staff, client_of, english):
    position = way.start()
    translate(position, staff, title="Theirs")

    page = client_of(coordinator).post(
        address("translation", position, "en"), typed(position, title="Mine")
    )

    assert page.status_code == 409
    assert page.context["moved"].title == "Theirs"
    assert page.context["form"]["title"].value() == "Mine"
    again = client_of(coordinator).post(
        address("translation", position, "en"), typed(position, title="Mine", seen=1)
    )
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"point1": "x" * 1001}, "point1"),
        ({"summary": "x" * 2001}, "summary"),
        ({"seen": "x"}, "seen"),
        ({"version": "99"}, "version"),
        ({"version": "9" * 40}, "version"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(
    way, coordinator, client_of, english, bad, field
):
    position = way.start()

    page = client_of(coordinator).post(
        address("translation", position, "en"), typed(position, **bad)
    )

    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


@pytest.mark.parametrize("language", ["hu", "de", "xx"])
def test_there_are_translations_into_two_languages(way, coordinator, client_of, language):
    page = client_of(coordinator).get(address("translation", way.start(), language))

    assert page.status_code == 404


def test_still_right_is_a_button(way, coordinator, client_of, english):
    position = way.start()
    row = translate(position, coordinator)
    moved = move_on(position, coordinator)
    client = client_of(coordinator)
    old = {"seen": row.step, "version": 1}

    late = client.post(address("confirm_translation", moved, "en"), old)
    done = client.post(address("confirm_translation", moved, "en"), {**old, "version": 2})

    assert (late.status_code, done.status_code) == (409, 302)


def test_the_public_page_says_that_it_is_a_translation(way, coordinator):
    position = way.to(State.SUBMITTED)
    translate(position, coordinator, body="<p>The whole text.</p>")

    with translation.override("en"):
        page = Client().get(position.get_absolute_url()).content.decode()

    assert "This is a translation; the Hungarian text is authoritative." in page
    assert page.index("The whole text.") < page.index('id="original"')
    assert '<div class="reading" lang="hu"><p>First paragraph.</p></div>' in page


def test_a_position_without_translation_says_so_once(way):
    position = way.to(State.SUBMITTED)

    with translation.override("sl"):
        page = Client().get(position.get_absolute_url()).content.decode()

    assert page.count("še ni prevedeno") == 1
    assert f'<h1><span lang="hu">{position.title}</span></h1>' in page
