from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from core.models import Recess, SpecialDay
from iksz_portal import seeding
from members.models import Authority, County, Library, Membership, Person
from positions.models import LawProfile, LetterTemplate
from sections.models import Goal, GoalPoint, Section, SectionMembership


def seed():
    said = StringIO()
    call_command("seed", stdout=said)
    return said.getvalue().splitlines()


def counts():
    models = (County, Section, Goal, GoalPoint, Library, Membership, SectionMembership)
    more = (Authority, LawProfile, LetterTemplate, SpecialDay, Recess, Person)
    return [model.objects.count() for model in (*models, *more)]


@pytest.fixture
def seeded(db):
    seed()


def test_everything_that_was_published_is_loaded(db):
    said = seed()

    assert counts() == [20, 1, 5, 10, 18, 18, 18, 2, 5, 9, 56, 1, 0]
    assert said == [
        "Counties: 20 added.",
        "Section with its goals: 5 added.",
        "Member libraries: 18 added.",
        "Authorities: 2 added.",
        "Periods set by law: 5 added.",
        "Templates of letters: 9 added.",
        "Calendar: 57 added.",
        "Search: 42 brought up to date.",
    ]


def test_loading_again_adds_nothing(seeded):
    before = counts()

    said = seed()

    assert counts() == before
    assert {line.split(": ")[1] for line in said} == {"nothing new."}


def test_the_counties_are_matched_whatever_their_hyphens(seeded):
    library = Library.objects.get(name="Katona József Könyvtár")

    assert (library.county.name_hu, library.city) == ("Bács-Kiskun", "Kecskemét")


def test_every_library_is_a_member_since_before_the_records_begin(seeded):
    terms = {(term.started_on, term.ended_on) for term in Membership.objects.all()}

    assert terms == {(None, None)}
    assert Library.objects.current_members().count() == 18


def test_two_counties_say_since_when_they_have_no_member(seeded):
    silent = County.objects.filter(libraries=None).values_list("name_hu", "without_member_since")

    left = date(2016, 6, 13)
    assert sorted(silent) == [("Győr-Moson-Sopron", left), ("Hajdú-Bihar", left)]


def test_the_section_speaks_three_languages(seeded):
    section = Section.objects.get()
    names = [section.name_hu, section.name_en, section.name_sl]
    texts = [section.mission_hu, section.mission_en, section.mission_sl]

    assert [section.code, section.slug] == ["MT", "megyei"]
    assert names == ["Megyei Tagozat", "County Libraries Section", "Sekcija županijskih knjižnic"]
    assert all(texts)


def test_what_people_have_edited_since_stays_as_they_left_it(seeded):
    library = Library.objects.get(name="Katona József Könyvtár")
    library.name, library.slug = "New Name", "new-name"
    library.save()
    library.memberships.get().delete()
    section = Section.objects.get()
    section.mission_hu = "Edited."
    section.save()
    section.goals.first().delete()
    LawProfile.objects.first().delete()
    County.objects.filter(iso_code="HU-GS").update(without_member_since=None)
    before = counts()

    seed()

    library.refresh_from_db()
    section.refresh_from_db()
    assert counts() == before
    assert [library.name, section.mission_hu] == ["New Name", "Edited."]
    assert County.objects.get(iso_code="HU-GS").without_member_since is None


def test_a_half_loaded_seed_leaves_nothing(db, monkeypatch):
    def fail():
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(seeding, "_law_profiles", fail)

    with pytest.raises(RuntimeError, match="the disk is full"):
        seed()

    assert counts() == [0] * 13


def test_the_periods_set_by_law_are_dated_and_name_their_source(seeded):
    profiles = LawProfile.objects.current(date(2026, 11, 21))
    answer, comments = (
        sorted(profiles.filter(kind=kind).values_list("days", "extension_days"))
        for kind in ("answer", "consultation")
    )
    in_2020 = LawProfile.objects.current(date(2020, 1, 1)).filter(days=30, kind="answer")

    assert (answer, comments) == ([(30, 0)], [(8, 0), (30, 30)])
    assert "2013. évi CLXV." in in_2020.get().source
    assert not LawProfile.objects.filter(source="").exists()


def test_nobody_real_is_made_up(seeded):
    contacts = Library.objects.values_list("phone", "email", "website", "street", "description")

    assert set(contacts) == {("", "", "", "", "")}
    assert set(Authority.objects.values_list("email", "address")) == {("", "")}
