"""At most 12 queries on any page and 6 on a public one, over the whole demo."""

from io import StringIO

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iksz_portal.demo import loading
from members.models import Library, Person
from positions.choices import COMMENTABLE, State
from positions.models import Position
from positions.workflow import WORKFLOW
from sections.models import Section
from tests.cast import signed_in

ANY_PAGE, PUBLIC_PAGE = 12, 6
PEOPLE = ("coordinator", "representative1", "secretary")
PUBLIC = (
    "home",
    "members:directory",
    "members:directory_csv",
    "members:apply",
    "members:applied",
    "sections:list",
    "positions:register",
    "positions:register_csv",
    "positions:resolutions",
    "account_login",
    "account_reset_password",
    "design",
)
LIBRARY_PAGES = ("members:library", "members:report", "members:edit")
WRITING_PAGES = ("edit", "authors", "comment")


@pytest.fixture(scope="module")
def shared_demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed", stdout=StringIO())
        loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(shared_demo, db):
    pass


def too_many(client, addresses, most):
    """{address: number of queries} of the pages that ask more often."""
    client.get(reverse("home"))  # the session's sign of life is written once a minute
    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        queries = [query for query in asked if "SAVEPOINT" not in query["sql"]]
        if response.status_code == 200 and len(queries) > most:
            found[address] = len(queries)
    return found


def public_addresses():
    directory = reverse("members:directory")
    library = Library.objects.get(slug="1-mintakonyvtar")
    return [
        *(reverse(name) for name in PUBLIC),
        f"{directory}?q=konyvtar&kind=county",
        f"{directory}?county=HU-BK",
        *(reverse(name, args=[library.slug]) for name in LIBRARY_PAGES),
        *(section.get_absolute_url() for section in Section.objects.all()),
        *(position.get_absolute_url() for position in Position.objects.public()),
    ]


def inner_addresses():
    """Every position's page, and each page of work where it is open."""
    addresses = [reverse("positions:start"), reverse("positions:board_queue"), reverse("mfa_index")]
    for position in Position.objects.select_related("section"):
        reference, pages = position.reference, ["position"]
        if position.status in COMMENTABLE:
            pages += WRITING_PAGES
        if position.status == State.ANSWERED:
            pages.append("outcomes")
        addresses += [reverse(f"positions:{name}", args=[reference]) for name in pages]
        addresses.append(reverse("positions:version", args=[reference, 1]))
        addresses.append(reverse("positions:compare", args=[reference]))
        addresses += [
            reverse("positions:vote", args=[reference, ballot.pk])
            for ballot in position.ballots.filter(closed_at=None)
        ]
    return addresses + [move_address(move) for move in WORKFLOW]


def move_address(move):
    position = Position.objects.filter(status__in=move.sources).select_related("section").first()
    return reverse("positions:move", args=[position.reference, move.action])


def office_addresses():
    addresses = [reverse("admin:index")]
    for model in admin.site._registry:
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        addresses.append(reverse(f"{prefix}changelist"))
        addresses += [
            reverse(f"{prefix}change", args=[pk])
            for pk in model._base_manager.order_by("pk").values_list("pk", flat=True)[:1]
        ]
    return addresses


def test_public_pages_ask_little(demo):
    assert too_many(Client(), public_addresses(), PUBLIC_PAGE) == {}


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_asks_much_whoever_is_signed_in(demo, name):
    client = signed_in(Person.objects.get(email=f"{name}@example.org"))

    assert too_many(client, public_addresses() + inner_addresses(), ANY_PAGE) == {}


def test_no_page_of_the_back_office_asks_much(demo):
    client = signed_in(Person.objects.get(email="staff@example.org"))

    assert too_many(client, office_addresses(), ANY_PAGE) == {}
