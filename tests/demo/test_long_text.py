"""Sixty pages with 300 comments and 80 amendments are one page like any other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from iksz_portal.demo.long_text import COMMENTS, PARAGRAPHS, make_long_position
from members.models import Person
from tests.cast import signed_in

pytestmark = pytest.mark.xdist_group("demo")
FEWER_THAN = 15
PEOPLE = ("coordinator", "representative1", "staff")


@pytest.fixture
def long_position(demo):
    return make_long_position(closes_on=clock.days_after(clock.today(), 10))


@pytest.mark.parametrize("name", PEOPLE)
def test_its_page_asks_fewer_than_fifteen_times(long_position, name):
    client = signed_in(Person.objects.get(email=f"{name}@example.org"))
    client.get(reverse("home"))
    url = long_position.get_absolute_url()

    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)

    page = response.context["page"]
    assert len(page.paragraphs) == PARAGRAPHS + 1
    assert COMMENTS == 300
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) < FEWER_THAN
