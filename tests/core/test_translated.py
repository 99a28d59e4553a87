import pytest
from django.template import Context, Template
from django.utils import translation

from core.localized import Said, localized, said
from core.translated import Freshness, translated_models
from sections.models import Goal, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return Section.objects.create(
        code="TT", slug="tt", name_hu="Tagozat", name_en="Section", mission_hu="Küldetés"
    )


def standing(section, field="name"):
    section.refresh_from_db()
    return [section.freshness_of(field, language) for language in ("en", "sl")]


def drawn(source, **context):
    return Template("{% load languages %}" + source).render(Context(context))


def test_a_new_translation_is_one_of_its_original(section):
    assert standing(section) == [Freshness.CURRENT, Freshness.MISSING]


def test_a_translation_is_outdated_once_its_original_says_something_else(section):
    section.name_hu = "Új tagozat"
    section.save()

    assert standing(section) == [Freshness.OUTDATED, Freshness.MISSING]


def test_it_stays_outdated_while_other_fields_are_saved(section):
    section.name_hu = "Új tagozat"
    section.save()
    section.mission_en = "Mission"
    section.save()

    assert standing(section) == [Freshness.OUTDATED, Freshness.MISSING]
    assert standing(section, "mission") == [Freshness.CURRENT, Freshness.MISSING]


def test_a_translation_written_anew_is_current(section):
    section.name_hu = "Új tagozat"
    section.save()
    section.name_en = "New section"
    section.save()

    assert standing(section)[0] == Freshness.CURRENT


def test_an_original_that_comes_back_makes_its_translation_current_again(section):
    for name in ("Új tagozat", "Tagozat"):
        section.name_hu = name
        section.save()

    assert standing(section)[0] == Freshness.CURRENT


def test_an_original_changed_past_the_model_is_noticed_too(section):
    Section.objects.filter(pk=section.pk).update(name_hu="Más tagozat")

    assert standing(section)[0] == Freshness.OUTDATED


def test_line_ends_make_no_difference(section):
    section.mission_hu, section.mission_en = "Egy\nkettő", "One\ntwo"
    section.save()
    section.mission_hu = "Egy\r\nkettő\r\n"
    section.save()

    assert standing(section, "mission")[0] == Freshness.CURRENT


def test_where_nothing_is_said_nothing_is_missing(section):
    section.mission_hu = ""
    section.save()

    assert standing(section, "mission") == [None, None]


def test_rows_made_in_bulk_know_their_originals_too(section):
    made = Goal.objects.bulk_create(
        [Goal(section=section, number=1, title_hu="Cél", title_sl="Cilj")]
    )

    assert Goal.objects.get(pk=made[0].pk).freshness_of("title", "sl") == Freshness.CURRENT


@pytest.mark.parametrize(
    ("language", "words"),
    [("hu", Said("Tagozat")), ("en", Said("Section", "en")), ("sl", Said("Tagozat", "hu"))],
)
def test_the_reader_gets_the_translation_or_the_original(section, language, words):
    with translation.override(language):
        assert (said(section, "name"), localized(section, "name")) == (words, words.words)


def test_somebody_elses_language_can_be_asked_for(section):
    with translation.override("sl"):
        assert said(section, "name", language="en") == Said("Section", "en")


@pytest.mark.parametrize(
    ("language", "html"),
    [("hu", "Tagozat|Küldetés"), ("en", 'Section|<span lang="hu">Küldetés</span>')],
)
def test_words_in_another_language_than_the_page_say_so(section, language, html):
    with translation.override(language):
        assert drawn('{{ s|worded }}|{{ s|worded:"mission" }}', s=section) == html


def test_words_in_the_original_are_escaped_where_they_are_marked():
    with translation.override("en"):
        drawn_words = drawn("{{ words|in_hungarian }}", words="<b>ő</b>")
        attribute = drawn("<p{% in_the_original %}>", words="x")

    assert drawn_words == '<span lang="hu">&lt;b&gt;ő&lt;/b&gt;</span>'
    assert attribute == '<p lang="hu">'


def test_the_fields_that_are_translated_all_have_their_columns():
    gaps = [
        f"{model.__name__}.{field}_{language}"
        for model in translated_models()
        for field in model.TRANSLATED
        for language in ("en", "sl")
        if not hasattr(model, f"{field}_{language}")
    ]

    assert gaps == []
