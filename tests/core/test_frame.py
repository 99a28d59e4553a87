"""Parts of the frame that are made once: in each language, for each of their words."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from core.templatetags import frame


def shown(**words):
    given = "".join(f' {name}="{value}"' for name, value in words.items())
    part = f'{{% load frame %}}{{% fixed "components/shell/search_box.html"{given} %}}'
    return Template(part).render(Context({"id": "of-the-page"}))


@pytest.fixture(autouse=True)
def afresh():
    frame._made_once.cache_clear()


def test_each_language_and_each_word_has_its_own():
    with override("en"):
        english, other = shown(id="one"), shown(id="two")
    with override("sl"):
        slovenian = shown(id="one")

    assert len({english, other, slovenian}) == 3
    assert 'id="one"' in english and 'id="two"' in other
    assert "Search the portal" in english and 'action="/sl/' in slovenian


def test_it_is_made_once_and_knows_nothing_of_the_page():
    first, again = shown(id="one"), shown(id="one")

    assert first == again
    assert frame._made_once.cache_info().misses == 1
    assert "of-the-page" not in first


def test_whoever_changes_a_template_sees_it_at_once(settings):
    settings.DEBUG = True

    assert shown(id="one") == shown(id="one")
    assert frame._made_once.cache_info().currsize == 0
