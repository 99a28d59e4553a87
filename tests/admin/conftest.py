from datetime import date, timedelta

import pytest
from django.contrib import admin as django_admin

from core import clock, notices, outbox
from core.models import Bucket, Recess, SpecialDay
from core.notices import Group, Pace
from core.numbering import next_number
from members import calendars, erasing
from members.choices import AuthorityKind, ErasureGround, LibraryKind, MandateKind
from members.invitations import invite
from members.models import (
    Authority,
    BarrierReport,
    DataExport,
    MembershipApplication,
    MistakeReport,
    Person,
    ProfileChange,
)
from positions import commenting
from positions.choices import DocumentKind, LetterKind, LinkKind, ProfileKind, State, Verdict
from positions.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Authentication,
    BoardDecision,
    BoardPaper,
    ConsultationFile,
    Document,
    Endorsement,
    Exclusion,
    LawProfile,
    LetterTemplate,
    Meeting,
    MinorityOpinion,
    Package,
    PositionTranslation,
    Promise,
    RecordFile,
    ResolutionLink,
    TextImport,
)
from positions.proposing import support
from sections.choices import OfficeKind, Quorum
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
        calendars.make(by=person)
        DataExport.objects.create(requested_by=person)
        erasing.ask(person=person, by=self.ask("staff"), ground=ErasureGround.WISHED)
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
        BarrierReport.objects.create(page=name, text=name)
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
        self.follow_up(name, way.to(State.EVALUATED))
        consulted = way.to(State.CONSULTATION)
        commenting.comment(version=consulted.current, by=self.ask("coordinator"), text=name)
        body = f"<p>A {self.count}/2019. (I. 1.) Korm. rendelet.</p>"
        way.start(topics=[name], body=body)
        amendment = self.ask("amending").propose(consulted)
        support(
            amendment=amendment,
            by=self.ask("other_representative"),
            library=self.ask("libraries")[1],
        )
        self.said_and_kept(name, consulted)
        self.meetings(name)
        self.consultations(name)
        next_number(name, 2026)
        day = date(2030, 1, 1) + timedelta(days=self.count)
        SpecialDay.objects.create(day=day, kind="holiday", name_hu=name, source="A statute")
        Recess.objects.create(first_day=day, last_day=day, source="A decree")
        LawProfile.objects.create(
            kind=ProfileKind.ANSWER, name_hu=name, days=30, source="A statute"
        )
        Bucket.objects.create(key=name, scope="test", tokens=0, filled_at=0)
        outbox.queue(kind="test", to=self.ask("staff"))
        reader = make_person(f"reader.{self.count}")
        notices.choose(person=reader, group=Group.COMMENTS, pace=Pace.WEEKLY)

    def follow_up(self, name, position):
        """What is kept of the dealings with the authority."""
        person = self.ask("coordinator")
        kept = {"name": name, "media_type": "text/plain", "size": 1, "sha256": "0" * 64}
        file = {"file": f"recordfile/{name}", "uploaded_by": person, **kept}
        RecordFile.objects.create(submission=position.submission, **file)
        Promise.objects.create(
            position=position, text=name, due_on=clock.today(), recorded_by=person
        )
        kind = list(LetterKind)[(self.count - 1) % 3]
        LetterTemplate.objects.create(kind=kind, language="en", subject=name, body=name)
        Package.objects.create(requested_by=person, language="hu", name=name)

    def consultations(self, name):
        coming = self.ask("coming")
        thing = coming.assign(coming.record(title=name, law_profile=coming.law()))
        coming.answer(thing)
        ConsultationFile.objects.create(
            consultation=thing,
            file=f"consultationfile/{name}",
            name=name,
            media_type="text/plain",
            size=1,
            sha256="0" * 64,
            uploaded_by=self.ask("staff"),
        )

    def said_and_kept(self, name, position):
        """What hangs on a position besides its comments and amendments."""
        version, person = position.current, self.ask("representative")
        common = {"version": version, "library": self.ask("library"), "author": person}
        Endorsement.objects.create(**common)
        MinorityOpinion.objects.create(text=name, **common)
        Exclusion.objects.create(position=position, person=person, recorded_by=person)
        Attachment.objects.create(
            position=position,
            file=f"attachment/{name}",
            name=name,
            media_type="text/plain",
            size=1,
            sha256="0" * 64,
            uploaded_by=person,
        )
        Document.objects.create(
            position=position,
            version=version,
            kind=DocumentKind.PDF,
            language="hu",
            content=name,
            requested_by=person,
        )
        PositionTranslation.objects.create(
            position=position, language="en", version=version, title=name, saved_by=person
        )
        TextImport.objects.create(upload=f"textimport/{name}", name=name, requested_by=person)

    def meetings(self, name):
        """A meeting with what hangs on it, and what the board resolved there."""
        person = self.ask("staff")
        meeting = Meeting.objects.create(
            year=2026,
            number=self.count,
            starts_at=clock.now(),
            place=name,
            quorum=Quorum.MORE_THAN_HALF,
            created_by=person,
        )
        item = AgendaItem.objects.create(meeting=meeting, place=1, title=name)
        Attendance.objects.create(meeting=meeting, person=person)
        Authentication.objects.create(meeting=meeting, person=person, fingerprint="0" * 64)
        facts = {"item": item, "subject": name, "words": name, "verdict": Verdict.ACCEPTED}
        votes = dict.fromkeys(("votes_for", "votes_against", "votes_abstained", "votes_apart"), 1)
        earlier, later = (
            BoardDecision.objects.create(
                year=2000 + self.count,
                number=number,
                decided_on=clock.today(),
                recorded_by=person,
                **facts,
                **votes,
            )
            for number in (1, 2)
        )
        ResolutionLink.objects.create(
            source=later, kind=LinkKind.AMENDS, target=earlier, recorded_by=person
        )
        BoardPaper.objects.create(
            meeting=meeting,
            kind=DocumentKind.PDF,
            language="hu",
            content=name,
            requested_by=person,
        )


@pytest.fixture
def rows(request, section):
    return Rows(request)
