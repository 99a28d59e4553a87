"""Mandates and offices as the staff give and end them."""

from datetime import date, timedelta

import pytest
from django.forms import DateField
from django.urls import reverse
from django.utils import translation

from core import clock
from members import erasing
from members.choices import ErasureGround, MandateKind
from members.models import Mandate, Person
from positions.forms.fields import DayField
from sections.choices import OfficeKind
from sections.models import Office
from tests.admin.test_office import change_url, save
from tests.cast import make_person, mandate

pytestmark = pytest.mark.usefixtures("english")

CLOSED = "The account of this person is closed: choose somebody else."


@pytest.fixture
def closed(db):
    person = make_person("closed")
    return close(person)


def close(person):
    Person.objects.filter(pk=person.pk).update(is_active=False)
    person.refresh_from_db()
    return person


def give(client, person, kind, **facts):
    data = {"person": person.pk, "kind": kind, **facts}
    page = client.post(reverse("admin:members_mandate_add"), data)
    return page.context["adminform"].form.errors if page.context else {}


# Closed accounts ------------------------------------------------------------------------------


def test_a_closed_account_is_given_no_mandate_and_no_office(office, closed, section):
    data = {"person": closed.pk, "kind": OfficeKind.CHAIR, "section": section.pk}
    page = office.post(reverse("admin:sections_office_add"), data)

    assert page.context["adminform"].form.errors == {"person": [CLOSED]}
    assert give(office, closed, MandateKind.BOARD_MEMBER) == {"person": [CLOSED]}
    assert (Mandate.objects.count(), Office.objects.count()) == (0, 0)


def test_closed_accounts_are_not_offered_for_something_new(office, closed, section, stranger):
    for name in ("members_mandate", "sections_office"):
        page = office.get(reverse(f"admin:{name}_add")).content.decode()

        assert [f">{each}</option>" in page for each in (stranger, closed)] == [True, False]


def test_a_field_to_search_does_not_find_closed_accounts(office, closed, stranger):
    asked = {"app_label": "members", "model_name": "mandate", "field_name": "person", "term": ""}

    found = office.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert {str(stranger.pk)} <= {row["id"] for row in found}
    assert str(closed.pk) not in {row["id"] for row in found}


def test_the_mandate_of_a_closed_account_is_ended(office, board_member):
    close(board_member)

    save(office, board_member.mandates.get(), ended_on=clock.today())

    assert board_member.mandates.get().ended_on == clock.today()


def test_a_mandate_is_not_handed_on_to_a_closed_account(office, board_member, closed):
    page = save(office, board_member.mandates.get(), person=closed.pk)

    assert page.context["adminform"].form.errors == {"person": [CLOSED]}


def test_the_page_of_a_closed_account_offers_nothing_new(office, closed, stranger):
    labels = {
        person: [link["label"] for link in office.get(change_url(person)).context["add_links"]]
        for person in (stranger, closed)
    }

    assert labels == {stranger: ["mandate", "office"], closed: []}


# One at a time --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [MandateKind.BOARD_CHAIR, MandateKind.BOARD_SECRETARY])
def test_the_board_has_one_chair_and_one_secretary_at_a_time(kind, office, stranger):
    holder = mandate(make_person("holder"), kind, ended_on=date(2030, 5, 31))
    what = kind.label

    told = f"Holder is {what} until 31 May 2030: one person at a time."
    assert give(office, stranger, kind) == {"kind": [told]}

    holder.mandates.update(ended_on=None)
    told = f"Holder is {what}, with no last day: end that term first."
    assert give(office, stranger, kind, started_on=date(2030, 6, 1)) == {"kind": [told]}


def test_the_next_chair_begins_when_the_last_has_ended(office, board_chair, stranger):
    board_chair.mandates.update(ended_on=clock.today())

    given = {"started_on": clock.today() + timedelta(days=1)}
    assert give(office, stranger, MandateKind.BOARD_CHAIR, **given) == {}


def test_the_board_has_several_members(office, board_member, stranger):
    assert give(office, stranger, MandateKind.BOARD_MEMBER) == {}


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("hu", "2026. 11. 24."),
        ("hu", "2026. 11. 24"),
        ("hu", "2026.11.24."),
        ("hu", "2026.11.24"),
        ("sl", "24. 11. 2026"),
        ("sl", "24.11.2026"),
        ("en", "2026-11-24"),
    ],
)
def test_a_day_is_typed_as_people_write_it(language, typed):
    with translation.override(language):
        assert [field().clean(typed) for field in (DateField, DayField)] == [date(2026, 11, 24)] * 2


@pytest.mark.parametrize(
    ("field", "day", "told"),
    [
        ("started_on", "0202-01-01", "This is before 1900: please look at the year."),
        ("started_on", "2206-01-01", "This is more than 20 years ahead: please look at the year."),
        ("ended_on", "9999-12-31", "This is more than 20 years ahead: please look at the year."),
    ],
)
def test_a_term_of_another_age_is_refused(field, day, told, office, stranger):
    assert give(office, stranger, MandateKind.BOARD_MEMBER, **{field: day}) == {field: [told]}


# Erasures, and forms that are refused ---------------------------------------------------------


def test_the_page_of_a_person_tells_of_an_erasure_under_way(office, staff, stranger):
    ask = reverse("admin:members_person_erase", args=[stranger.pk])
    before = office.get(change_url(stranger)).content.decode()

    erasure = erasing.ask(person=stranger, by=staff, ground=ErasureGround.WISHED)

    page = office.get(change_url(stranger)).content.decode()
    assert (ask in before, ask in page) == (True, False)
    link = f'<a href="{change_url(erasure)}">An erasure is under way: waiting for a second person'
    assert link in page


def test_a_refused_form_shows_what_belongs_to_the_thing_as_before(office, library, representative):
    def rows(page):
        return [
            [field.contents() for fieldset in row for line in fieldset for field in line]
            for inline in page.context["inline_admin_formsets"]
            for row in inline
        ]

    before = rows(office.get(change_url(library)))

    page = save(office, library, name="")

    assert page.status_code == 200
    assert rows(page) == before
    assert representative.name in str(before)
