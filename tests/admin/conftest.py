import pytest
from django.contrib import admin as django_admin

from core import outbox
from core.models import Bucket
from core.numbering import next_number
from members.choices import AuthorityKind, LibraryKind, MandateKind
from members.invitations import invite
from members.models import (
    Authority,
    MembershipApplication,
    MistakeReport,
    Person,
    ProfileChange,
)
from positions import actions
from positions.choices import ProfileKind, State
from positions.models import LawProfile
from sections.choices import OfficeKind
from sections.models import Goal, GoalPoint
from tests.cast import make_library, make_person, yesterday


def listed_models():
    return sorted(django_admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def office(staff, client_of):
    """A client of the staff, signed in a moment ago."""
    return client_of(staff)


@pytest.fixture
def application(county):
    return MembershipApplication.objects.create(
        library_name="Új Könyvtár",
        county=county,
        city="Újváros",
        kind=LibraryKind.CITY,
        applicant_name="Applicant",
        applicant_email="applicant@example.org",
        statement="We wish to join.",
    )


@pytest.fixture
def change(library, representative):
    return ProfileChange.objects.create(
        library=library,
        before={"phone": "", "city": library.city},
        after={"phone": "+36 1 234", "city": "Új Város"},
        base_step=library.step,
        proposed_by=representative,
    )


@pytest.fixture
def mistake(library):
    return MistakeReport.objects.create(library=library, text="The street is wrong.")


class Rows:
    """Adds one more row to every list of the back office, by the real actions where there are."""

    def __init__(self, request):
        self.ask = request.getfixturevalue
        self.count = 0

    def add(self):
        self.count += 1
        for make in (self.people, self.libraries, self.requests, self.sections, self.positions):
            make(f"row{self.count}")

    def people(self, name):
        person = make_person(name)
        Person.objects.filter(pk=person.pk).update(password="!")
        person.refresh_from_db()
        invite(person=person, by=self.ask("staff"))
        self.ask("section").offices.create(person=person, kind=OfficeKind.COORDINATOR)
        self.person = person

    def libraries(self, name):
        Authority.objects.create(name_hu=name, kind=AuthorityKind.OTHER)
        library = make_library(self.ask("county"), 100 + self.count)
        self.person.mandates.create(kind=MandateKind.DEPUTY, library=library)
        self.ask("section").memberships.create(library=library, ended_on=yesterday())
        self.library = library

    def requests(self, name):
        facts = {"county": self.ask("county"), "city": "x", "kind": LibraryKind.CITY}
        MembershipApplication.objects.create(library_name=name, **facts)
        MistakeReport.objects.create(library=self.library, text=name)
        ProfileChange.objects.create(
            library=self.library,
            before={"phone": ""},
            after={"phone": "1"},
            base_step=0,
            proposed_by=self.ask("representative"),
        )

    def sections(self, name):
        goal = Goal.objects.create(
            section=self.ask("section"), number=self.count, title_hu=f"Goal {name}"
        )
        GoalPoint.objects.create(goal=goal, number=1, text_hu="Point")

    def positions(self, name):
        way = self.ask("way")
        way.to(State.EVALUATED)
        consulted = way.to(State.CONSULTATION)
        actions.comment(version=consulted.current, by=self.ask("coordinator"), text=name)
        next_number(name, 2026)
        LawProfile.objects.create(
            kind=ProfileKind.ANSWER, name_hu=name, days=30, source="A statute"
        )
        Bucket.objects.create(key=name, scope="test", tokens=0, filled_at=0)
        outbox.queue(kind="test", to=self.ask("staff"))


@pytest.fixture
def rows(request, section):
    return Rows(request)
