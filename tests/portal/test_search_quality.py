"""What people type, and what they should see first: the list is `search_queries.csv`."""

import csv
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from core.search.asking import Question
from core.search.models import SearchDocument
from positions.models import Consultation
from tests.portal.finding import hits, load

LIST = Path(__file__).with_name("search_queries.csv")


def queries():
    with LIST.open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def corpus(loaded, db):
    """The published data and what `finding` adds."""


def test_the_list_has_sixty_queries():
    asked = [query for query, _kind, _first in queries()]

    assert len(set(asked)) == len(asked)
    assert len(asked) >= 60


@pytest.mark.parametrize(("query", "kind", "first"), queries())
def test_what_is_meant_comes_first(corpus, query, kind, first):
    if kind == "consultation":
        first = str(Consultation.objects.get().pk)

    found = hits(Question(query), AnonymousUser())

    assert found[:1] == ([(kind, first)] if kind else [])


def test_what_is_not_public_is_not_among_them(corpus):
    assert hits(Question("rejtett"), AnonymousUser()) == []
    assert SearchDocument.objects.filter(address="MT-2026/017").count() == 1
