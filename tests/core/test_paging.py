"""Pages of lists that may be endless."""

import pytest

from core import paging
from core.paging import BoundedPaginator, KeyedPaginator
from members.models import Library
from tests.cast import make_library

pytestmark = pytest.mark.django_db


@pytest.fixture
def libraries(county, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 5)
    for number in range(7):
        make_library(county, number)
    return Library.objects.order_by("-pk")


@pytest.mark.parametrize("number", [1, 2, 3, 9])
def test_by_keys_the_same_is_shown_as_by_counting(libraries, number):
    counted, keyed = (kind(libraries, 2) for kind in (BoundedPaginator, KeyedPaginator))

    assert list(keyed.get_page(number)) == list(counted.get_page(number))
    assert (keyed.count, keyed.num_pages, keyed.has_more) == (5, 3, True)


def test_the_rows_are_looked_through_once(libraries, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(KeyedPaginator(libraries, 2).get_page(1)) == 2


def test_nothing_found_is_asked_for_once(libraries, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert list(KeyedPaginator(libraries.filter(name="?"), 2).get_page(1)) == []
