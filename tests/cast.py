"""The cast of the tests: a section of three libraries, its people, the board, the back office.

Everybody is made when a test asks for them. The first library's representative and deputy, the
second's and the third's representative act in the section; `drafter` is the second's deputy and
the author of the positions that `tests.way` starts.
"""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import translation

from core import clock
from members.choices import AuthorityKind, LibraryKind, MandateKind
from members.models import Authority, County, Library, Mandate, Membership, Person
from members.policy import needs_second_factor
from sections.choices import OfficeKind
from sections.models import Office, Section, SectionMembership

PASSWORD = "three quiet reading rooms"


def yesterday():
    return clock.today() - timedelta(days=1)


def tomorrow():
    return clock.today() + timedelta(days=1)


def make_person(name, **fields):
    return Person.objects.create_user(f"{name}@example.org", name=name.title(), **fields)


def make_library(county, number, **fields):
    """A library that is a member of the association since before the records begin."""
    library = Library.objects.create(
        name=f"Library {number}",
        slug=f"library-{number}",
        county=county,
        city=f"City {number}",
        kind=LibraryKind.COUNTY,
        **fields,
    )
    Membership.objects.create(library=library)
    return library


def mandate(person, kind, library=None, **term):
    Mandate.objects.create(person=person, kind=kind, library=library, **term)
    return person


def signed_in(person):
    """A client of the person's, with a password, and a second factor where one is asked for."""
    if not person.has_usable_password():
        person.set_password(PASSWORD)
        person.save()
    if needs_second_factor(person) and not person.authenticator_set.exists():
        TOTP.activate(person, generate_totp_secret())
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def english():
    with translation.override("en"):
        yield


# Who we are ------------------------------------------------------------------------------------


@pytest.fixture
def county(db):
    return County.objects.create(
        iso_code="HU-BK",
        name_hu="Bács-Kiskun",
        name_en="Bács-Kiskun",
        name_sl="Bács-Kiskun",
        seat="Kecskemét",
        seat_lat="46.9062",
        seat_lon="19.6913",
    )


@pytest.fixture
def libraries(county):
    return [make_library(county, number) for number in (1, 2, 3)]


@pytest.fixture
def library(libraries):
    return libraries[0]


@pytest.fixture
def section(libraries):
    section = Section.objects.create(
        code="MT",
        slug="megyei",
        name_hu="Megyei Tagozat",
        name_en="County Libraries Section",
        name_sl="Sekcija županijskih knjižnic",
    )
    for library in libraries:
        SectionMembership.objects.create(section=section, library=library)
    return section


@pytest.fixture
def other_section(county):
    """A section of one other library, with nobody in common."""
    section = Section.objects.create(code="VT", slug="varosi", name_hu="Városi Tagozat")
    SectionMembership.objects.create(section=section, library=make_library(county, 9))
    return section


@pytest.fixture
def authority(db):
    return Authority.objects.create(name_hu="Mintaügyi Minisztérium", kind=AuthorityKind.STATE)


# Those who act for a library -------------------------------------------------------------------


@pytest.fixture
def representative(section, library):
    return mandate(make_person("representative"), MandateKind.REPRESENTATIVE, library)


@pytest.fixture
def deputy(section, library):
    return mandate(make_person("deputy"), MandateKind.DEPUTY, library)


@pytest.fixture
def other_representative(section, libraries):
    person = make_person("other.representative")
    return mandate(person, MandateKind.REPRESENTATIVE, libraries[1])


@pytest.fixture
def third_representative(section, libraries):
    person = make_person("third.representative")
    return mandate(person, MandateKind.REPRESENTATIVE, libraries[2])


@pytest.fixture
def representatives(representative, other_representative, third_representative):
    """One for each library of the section, in the libraries' order."""
    return [representative, other_representative, third_representative]


@pytest.fixture
def drafter(section, libraries):
    return mandate(make_person("drafter"), MandateKind.DEPUTY, libraries[1])


@pytest.fixture
def foreign_representative(other_section):
    """Acts in the other section only."""
    library = other_section.memberships.get().library
    return mandate(make_person("foreigner"), MandateKind.REPRESENTATIVE, library)


@pytest.fixture
def former_representative(section, library):
    """The mandate ended yesterday at 23:59:59."""
    person = make_person("former.representative")
    return mandate(person, MandateKind.REPRESENTATIVE, library, ended_on=yesterday())


@pytest.fixture
def left_library(section, county):
    """Left the association yesterday; nobody has ended the rest of its papers."""
    library = make_library(county, 8)
    library.memberships.update(ended_on=yesterday())
    SectionMembership.objects.create(section=section, library=library)
    return library


@pytest.fixture
def left_representative(left_library):
    return mandate(make_person("left.representative"), MandateKind.REPRESENTATIVE, left_library)


# Those who lead the section --------------------------------------------------------------------


@pytest.fixture
def coordinator(section):
    person = make_person("coordinator")
    Office.objects.create(section=section, person=person, kind=OfficeKind.COORDINATOR)
    return person


@pytest.fixture
def chair(section):
    person = make_person("chair")
    Office.objects.create(section=section, person=person, kind=OfficeKind.CHAIR)
    return person


@pytest.fixture
def other_coordinator(other_section):
    """Leads the other section only."""
    person = make_person("other.coordinator")
    Office.objects.create(section=other_section, person=person, kind=OfficeKind.COORDINATOR)
    return person


# The board -------------------------------------------------------------------------------------


@pytest.fixture
def board_chair(db):
    return mandate(make_person("board.chair"), MandateKind.BOARD_CHAIR)


@pytest.fixture
def board_members(db):
    names = ("board.member", "board.second")
    return [mandate(make_person(name), MandateKind.BOARD_MEMBER) for name in names]


@pytest.fixture
def board_member(board_members):
    return board_members[0]


@pytest.fixture
def board(board_chair, board_members):
    """The three who vote on the board."""
    return [board_chair, *board_members]


@pytest.fixture
def board_secretary(db):
    return mandate(make_person("board.secretary"), MandateKind.BOARD_SECRETARY)


@pytest.fixture
def former_board_member(db):
    person = make_person("former.board")
    return mandate(person, MandateKind.BOARD_MEMBER, ended_on=yesterday())


@pytest.fixture
def future_board_member(db):
    person = make_person("future.board")
    return mandate(person, MandateKind.BOARD_MEMBER, started_on=tomorrow())


# Everybody else --------------------------------------------------------------------------------


@pytest.fixture
def staff(db):
    return make_person("staff", is_staff=True)


@pytest.fixture
def admin(db):
    return make_person("admin", is_staff=True, is_superuser=True)


@pytest.fixture
def stranger(db):
    """Signs in, but holds no mandate and no office."""
    return make_person("stranger")


@pytest.fixture
def visitor():
    return AnonymousUser()


@pytest.fixture
def client_of(db):
    """`client_of(person)`: a client in which that person is signed in."""
    return signed_in
