"""What a long history costs: the same queries with 20 positions and with 400."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import audit
from iksz_portal import sixty_years
from iksz_portal.demo.cast import SECTION_CODE
from members.models import Person
from positions import recounting
from positions.models import AuthorityFigures, Position, Vote
from sections.models import Section
from tests.cast import signed_in

pytestmark = pytest.mark.xdist_group("demo")
EMAILS = ("coordinator@example.org", "board2@example.org")


@pytest.fixture
def section(demo):
    return Section.objects.get(code=SECTION_CODE)


def pages():
    register, told = reverse("positions:register"), reverse("positions:accountability")
    authority = AuthorityFigures.objects.exclude(authority=None).order_by("authority").first()
    return {
        "register": register,
        "second page": f"{register}?page=2",
        "search": f"{register}?q=allomany",
        "accountability": told,
        "authority": reverse("positions:authority", args=[authority.authority_id]),
        "resolutions": reverse("positions:resolutions"),
        "home": reverse("home"),
        "section": reverse("sections:section", args=["minta"]),
        "queue": reverse("positions:board_queue"),
    }


def asked(person):
    """{page: queries}, or the status where it is refused."""
    client = signed_in(person) if person else Client()
    counted = {}
    for name, address in pages().items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        counted[name] = len(queries) if response.status_code == 200 else response.status_code
    return counted


def test_a_long_history_asks_the_database_no_more_often(section):
    people = [
        None,
        *Person.objects.filter(email__in=EMAILS).order_by("email"),
    ]
    sixty_years.make(section, 20)
    recounting.recount()
    short = [asked(person) for person in people]

    sixty_years.make(section, 380, before=20)
    recounting.recount()

    assert [asked(person) for person in people] == short
    assert [counted["register"] for counted in short] == [6, 12, 11]


def test_the_made_up_history_is_as_sound_as_a_real_one(section):
    votes = Vote.objects.count()
    sixty_years.make(section, 30)
    recounting.recount()

    made = Position.objects.filter(number__gte=sixty_years.FIRST_NUMBER)
    assert audit.faults() == []
    assert (made.count(), made.public().count()) == (30, 27)
    assert Vote.objects.count() - votes == 30 * 15
    assert made.filter(current__number=2).count() == 30
