"""Every list and page of the back office, also those that are added later."""

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import outbox
from core.admin_base import PortalModelAdmin, admin_url
from core.models import (
    AuditHead,
    Follow,
    OnceKey,
    PublicRecord,
    SavedSearch,
    SearchDocument,
    SearchProgress,
    ToldUpTo,
)
from positions.models import AuthorityFigures, Editing, OpenDataFile, Recount, Seal
from tests.admin.conftest import listed_models
from tests.repository.test_models import our_models
from tests.repository.test_templates import inline_code

DERIVED = {
    AuthorityFigures,
    OpenDataFile,
    PublicRecord,
    Recount,
    SearchDocument,
    SearchProgress,
}  # pages show them; counted anew at any time
PERSONAL = {SavedSearch, Follow}  # what somebody looks for is nobody else's business
NEVER_LISTED = {AuditHead, OnceKey, ToldUpTo, Editing, Seal, *DERIVED, *PERSONAL}
PART_OF_A_PAGE = {"GoalPoint", "Point", "PointReason"}
MOST_QUERIES = 13

# Session, person, second factor, the count and the rows; then what filters and dates ask.
LIST_QUERIES = {
    "admin.LogEntry": 8,
    "core.AuditEntry": 8,
    "core.Bucket": 6,
    "core.Counter": 6,
    "core.Mail": 8,
    "core.NoticeChoice": 5,
    "core.Recess": 5,
    "core.SpecialDay": 7,
    "members.Authority": 5,
    "members.County": 5,
    "members.Invitation": 7,
    "members.Library": 6,
    "members.Mandate": 5,
    "members.Membership": 5,
    "members.MembershipApplication": 8,
    "members.MistakeReport": 7,
    "members.BarrierReport": 7,
    "members.CalendarAddress": 7,
    "members.DataExport": 7,
    "members.Erasure": 7,
    "members.Person": 5,
    "members.ProfileChange": 7,
    "positions.AgendaItem": 5,
    "positions.Amendment": 7,
    "positions.Assignment": 8,
    "positions.Attachment": 8,
    "positions.Attendance": 5,
    "positions.Authentication": 7,
    "positions.Ballot": 7,
    "positions.BoardDecision": 8,
    "positions.BoardPaper": 7,
    "positions.Comment": 7,
    "positions.Consultation": 7,
    "positions.ConsultationFile": 8,
    "positions.Document": 8,
    "positions.Elector": 5,
    "positions.Endorsement": 7,
    "positions.Exclusion": 7,
    "positions.Law": 5,
    "positions.LawProfile": 5,
    "positions.Meeting": 8,
    "positions.LetterTemplate": 5,
    "positions.Message": 7,
    "positions.MinorityOpinion": 7,
    "positions.Package": 7,
    "positions.PointOutcome": 7,
    "positions.Position": 9,
    "positions.PositionTranslation": 5,
    "positions.Promise": 7,
    "positions.RecordFile": 8,
    "positions.ResolutionLink": 7,
    "positions.Submission": 7,
    "positions.Support": 7,
    "positions.TextImport": 7,
    "positions.Topic": 5,
    "positions.Version": 7,
    "positions.Vote": 7,
    "sections.Goal": 6,
    "sections.Office": 6,
    "sections.Section": 5,
    "sections.SectionMembership": 6,
}


@pytest.fixture
def filled(rows, staff, application):
    """One row more in every list; call it again for another."""

    def fill():
        rows.add()
        LogEntry.objects.log_actions(staff.pk, [application], CHANGE, "Changed.")

    fill()
    return fill


def each(page, *, of=lambda model: ()):
    return {
        model._meta.label: reverse(admin_url(model, page), args=of(model))
        for model in listed_models()
    }


def first_row(model):
    return [model._default_manager.first().pk]


def answers(client, urls, **query):
    return {label: client.get(url, query).status_code for label, url in urls.items()}


def queries(client, urls):
    counted = {}
    for label, url in urls.items():
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            client.get(url)
        counted[label] = len(caught)
    return counted


def all_of(status, urls):
    return dict.fromkeys(urls, status)


def test_every_model_of_the_portal_has_its_list():
    missing = set(our_models()) - set(listed_models()) - NEVER_LISTED

    assert {model.__name__ for model in missing} == PART_OF_A_PAGE


def test_only_lists_that_follow_the_portals_rights_are_let_in():
    assert {isinstance(page, PortalModelAdmin) for page in site._registry.values()} == {True}


def test_lists_load_with_the_same_queries_however_long(filled, office):
    urls = each("changelist")
    with_one = queries(office, urls)

    filled()
    filled()

    assert (with_one, queries(office, urls)) == (LIST_QUERIES, LIST_QUERIES)


def test_no_page_of_a_row_asks_too_much(filled, office):
    counted = queries(office, each("change", of=first_row))

    assert {label: count for label, count in counted.items() if count > MOST_QUERIES} == {}


def test_lists_can_be_searched(filled, office):
    urls = each("changelist")

    assert answers(office, urls, q="Könyvtár 1") == all_of(200, urls)


def test_lists_can_be_sorted_by_their_columns(filled, office):
    columns = {
        f"{reverse(admin_url(model, 'changelist'))}?o={number}": 200
        for model in listed_models()
        for number in range(1, len(site._registry[model].list_display) + 1)
    }

    assert {url: office.get(url).status_code for url in columns} == columns


@pytest.mark.parametrize("year", ["1", "9999", "１", "9" * 20, "2026&created_at__month=13"])
def test_O_018_a_day_in_no_calendar_is_refused_like_any_filter_that_cannot_be(office, year):
    answer = office.get(f"{reverse('admin:core_mail_changelist')}?created_at__year={year}")

    assert (answer.status_code, answer.url[-4:]) == (302, "?e=1")


@pytest.mark.parametrize("key", ["abc", "9" * 20, ""])
def test_O_018_a_row_that_cannot_be_is_a_bad_request(office, key):
    outbox.queue(kind="test", address="a@example.org")
    address = reverse("admin:core_mail_changelist")

    answer = office.post(address, {"action": "send_again", "_selected_action": key})

    assert answer.status_code == 400


def test_pages_hold_no_inline_code(filled, office):
    urls = [*each("changelist").values(), *each("change", of=first_row).values()]
    urls += each("history", of=first_row).values()

    pages = {url: office.get(url) for url in urls}

    assert {page.status_code for page in pages.values()} == {200}
    assert {url: inline_code(page.content.decode()) for url, page in pages.items()} == {
        url: [] for url in urls
    }


def test_new_rows_are_written_by_hand_only_where_nothing_has_happened(filled, office):
    opened = answers(office, each("add"))

    assert {label for label, status in opened.items() if status == 200} == {
        "core.Recess",
        "core.SpecialDay",
        "members.Authority",
        "members.Library",
        "members.Mandate",
        "members.Membership",
        "members.Person",
        "positions.Consultation",
        "positions.LawProfile",
        "positions.LetterTemplate",
        "positions.Topic",
        "sections.Goal",
        "sections.Office",
        "sections.Section",
        "sections.SectionMembership",
    }
    assert set(opened.values()) == {200, 403}


def test_nobody_else_comes_in(filled, representative, client, client_of):
    urls = {**each("changelist"), **each("change", of=first_row)}

    assert answers(client, urls) == all_of(302, urls)
    assert set(answers(client_of(representative), urls).values()) <= {302, 403}
