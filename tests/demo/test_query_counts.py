"""At most 12 queries on any page, 14 on a position's, 6 on a public one and 7 on a public
position's, over the whole demo."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from iksz_portal.sitemaps import SITEMAPS
from members.models import Library, Person
from positions.choices import COMMENTABLE, EDITABLE, AmendmentAction, State
from positions.consulting import CONSULTATIONS
from positions.meeting_workflow import MEETINGS
from positions.models import (
    AuthorityFigures,
    BoardDecision,
    Comment,
    Consultation,
    Meeting,
    Position,
)
from positions.workflow import WORKFLOW
from sections.models import Section
from tests.cast import signed_in

pytestmark = pytest.mark.xdist_group("demo")
ANY_PAGE, POSITION_PAGE, PUBLIC_PAGE, PUBLIC_POSITION = 12, 14, 6, 7
OFFICE_FRONT = 13  # one for each of its ten queues, however much waits in them
PEOPLE = ("coordinator", "representative1", "secretary")
PUBLIC = (
    "home",
    "activities",
    "search:page",
    "members:directory",
    "members:directory_csv",
    "members:directory_xlsx",
    "members:directory_geojson",
    "members:directory_vcf",
    "members:apply",
    "members:applied",
    "sections:list",
    "positions:consultations",
    "positions:consultations_calendar",
    "positions:register",
    "positions:resolutions",
    "positions:accountability",
    "open_data",
    "interface",
    "positions:positions_feed",
    "positions:outcomes_feed",
    "positions:resolutions_feed",
    "robots",
    "sitemap",
    "accessibility",
    "report_barrier",
    "help",
    "guide_board",
    "glossary",
    "account_login",
    "account_reset_password",
    "design",
)
LIBRARY_PAGES = ("members:library", "members:report", "members:edit")
WRITING_PAGES = ("bring_to", "authors", "comment", "earlier", "schedule")


def too_many(client, addresses, most):
    """{address: number of queries} of the pages that ask more often."""
    found = {}
    with clock.at(clock.now()):  # the session's sign of life is written once a minute
        client.get(reverse("home"))
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
        *(reverse("positions:participation", args=[each.slug]) for each in Section.objects.all()),
        *(reverse("positions:section_feed", args=[each.slug]) for each in Section.objects.all()),
        *(reverse("sitemap_part", args=[name]) for name in SITEMAPS),
        *(reverse("positions:authority", args=[pk]) for pk in authorities()),
    ]


def authorities():
    counted = AuthorityFigures.objects.of_all_years().exclude(authority=None)
    return counted.values_list("authority", flat=True)


def inner_addresses():
    """Each page of work where it is open, and each version."""
    names = (
        "positions:start",
        "positions:bring_new",
        "positions:board_queue",
        "mfa_index",
        "notices",
        "calendars",
        "own_data",
    )
    addresses = [reverse(name) for name in names]
    for position in Position.objects.select_related("section"):
        reference, pages = position.reference, []
        if position.status in COMMENTABLE:
            pages += WRITING_PAGES
        if position.status == State.ANSWERED:
            pages += ["outcomes", "log_message", "add_proof", "promise"]
        if position.is_public:
            pages.append("correspondence")
        addresses += [reverse(f"positions:{name}", args=[reference]) for name in pages]
        addresses.append(reverse("positions:version", args=[reference, 1]))
        addresses += thread_addresses(position)
        addresses.append(reverse("positions:compare", args=[reference]))
        addresses.append(reverse("positions:attachments", args=[reference]))
        addresses += amendment_addresses(position)
        addresses.append(reverse("positions:documents", args=[reference]))
        addresses += [
            reverse("positions:vote", args=[reference, ballot.pk])
            for ballot in position.ballots.filter(closed_at=None)
        ]
    return [*addresses, *meeting_addresses(), *(move_address(move) for move in WORKFLOW)]


def meeting_addresses():
    """Every page of every meeting, and of every resolution."""
    found = [reverse("positions:meetings"), reverse("positions:plan_meeting")]
    for meeting in Meeting.objects.all():
        here = [meeting.year, meeting.number]
        names = ("meeting", "agenda", "attendance", "minutes")
        found += [reverse(f"positions:{name}", args=here) for name in names]
        found += [reverse("positions:meeting_step", args=[*here, move.action]) for move in MEETINGS]
        names = ("change_item", "table_vote", "resolve_item", "note")
        found += [
            reverse(f"positions:{name}", args=[*here, item.pk])
            for item in meeting.agenda.all()
            for name in names
        ]
    for decision in BoardDecision.objects.all():
        found.append(decision.get_absolute_url())
        found.append(reverse("positions:link_resolution", args=[decision.year, decision.number]))
    return found


def thread_addresses(position):
    threads = Comment.objects.filter(version__position=position, parent=None)
    names = ("positions:reply", "positions:resolve", "positions:reopen")
    return [
        reverse(name, args=[position.reference, pk])
        for pk in threads.values_list("pk", flat=True)
        for name in names
    ]


def consultation_pages():
    pks = Consultation.objects.values_list("pk", flat=True)
    return [reverse("positions:consultation", args=[pk]) for pk in pks]


def consultation_files():
    pks = Consultation.objects.values_list("pk", flat=True)
    return [reverse("positions:consultation_attachments", args=[pk]) for pk in pks]


def consultation_steps():
    """Each move's page where it is open; what is not the reader's is refused."""
    return [
        reverse("positions:consultation_step", args=[pk, move.action])
        for pk in Consultation.objects.values_list("pk", flat=True)
        for move in CONSULTATIONS
    ]


def editing_pages():
    written = Position.objects.filter(status__in=EDITABLE).select_related("section")
    return [reverse("positions:edit", args=[each.reference]) for each in written]


def positions_pages():
    return [position.get_absolute_url() for position in Position.objects.select_related("section")]


def endorsement_pages():
    positions = Position.objects.select_related("section")
    return [reverse("positions:endorsements", args=[each.reference]) for each in positions]


def amendment_addresses(position):
    """Their list, each of them with its steps, and proposing one in either way of asking."""
    reference = position.reference
    proposing = reverse("positions:propose_amendment", args=[reference])
    addresses = [reverse("positions:amendments", args=[reference]), proposing]
    addresses.append(f"{proposing}?paragraph=1&kind=wording")
    for amendment in position.amendments.all():
        number = amendment.number
        addresses.append(reverse("positions:amendment", args=[reference, number]))
        addresses += [
            reverse("positions:amendment_step", args=[reference, number, action])
            for action in AmendmentAction
        ]
    return addresses


def move_address(move):
    position = Position.objects.filter(status__in=move.sources).select_related("section").first()
    return reverse("positions:move", args=[position.reference, move.action])


def office_addresses():
    addresses = [reverse("admin:translations")]
    for model in admin.site._registry:
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        addresses.append(reverse(f"{prefix}changelist"))
        addresses += [
            reverse(f"{prefix}change", args=[pk])
            for pk in model._base_manager.order_by("pk").values_list("pk", flat=True)[:1]
        ]
    return addresses


def test_public_pages_ask_little(demo):
    public = public_addresses() + endorsement_pages() + consultation_pages()
    assert too_many(Client(), public, PUBLIC_PAGE) == {}
    lists = ("positions:register_csv", "positions:resolutions_csv")
    register = [reverse(name) for name in lists]  # their first limit costs three
    assert too_many(Client(), positions_pages() + register, PUBLIC_POSITION) == {}


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_asks_much_whoever_is_signed_in(demo, name):
    client = signed_in(Person.objects.get(email=f"{name}@example.org"))

    addresses = public_addresses() + inner_addresses() + endorsement_pages()
    addresses += consultation_pages() + consultation_files() + consultation_steps()
    assert too_many(client, addresses, ANY_PAGE) == {}
    assert too_many(client, positions_pages() + editing_pages(), POSITION_PAGE) == {}


def test_no_page_of_the_back_office_asks_much(demo):
    client = signed_in(Person.objects.get(email="staff@example.org"))
    front = reverse("admin:index")
    client.get(front)  # the session notes that somebody came into the back office

    assert too_many(client, [front], OFFICE_FRONT) == {}
    assert too_many(client, office_addresses(), ANY_PAGE) == {}
