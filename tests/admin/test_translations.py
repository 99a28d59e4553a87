"""What is missing or outdated in a language, for the staff."""

import pytest
from django.urls import reverse

from core import audit
from core.translated import Freshness
from iksz_portal.translations import LACKING
from members.models import Library
from positions.choices import State
from positions.models import Topic
from sections.models import Goal, GoalPoint, Section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PAGE = "admin:translations"


@pytest.fixture
def outdated(section):
    Section.objects.filter(pk=section.pk).update(name_hu="Más név")
    section.refresh_from_db()
    return section


def lines(office, language="en"):
    page = office.get(reverse(PAGE), {"language": language})
    return {(line.field, line.state): line for line in page.context["asked"].lines}


def answered(line):
    return {"thing": line.thing, "field": line.field, "seen": line.seen}


def test_staff_see_what_is_outdated_with_both_wordings(office, outdated):
    line = lines(office)["name_en", Freshness.OUTDATED]

    assert (line.original, line.translation) == ("Más név", outdated.name_en)
    assert line.url == reverse("admin:sections_section_change", args=[outdated.pk])


def test_the_point_of_a_goal_is_edited_with_its_goal(office, section):
    goal = Goal.objects.create(section=section, number=1, title_hu="Cél", title_en="Goal")
    GoalPoint.objects.create(goal=goal, number=1, text_hu="Pont")

    line = lines(office)["text_en", Freshness.MISSING]

    assert line.url == reverse("admin:sections_goal_change", args=[goal.pk])


def test_a_text_tells_of_which_library_it_is(office, library):
    Library.objects.filter(pk=library.pk).update(description="Leírás")

    line = lines(office)["description_en", Freshness.MISSING]

    assert (line.original, line.of) == ("Leírás", library.name)


def test_no_two_links_have_the_same_name(office):
    for name in ("Kölcsönzés", "Statisztika"):
        Topic.objects.create(name=name)
    page = office.get(reverse(PAGE)).content.decode()

    links = [line for line in page.splitlines() if "Topic: name in English" in line]
    assert ["Kölcsönzés" in links[0], "Statisztika" in links[1]] == [True, True]


def test_only_what_is_missing_or_what_is_outdated_is_listed(office, outdated, way):
    way.to(State.SUBMITTED)
    found = {}
    for state in ("", *LACKING):
        asked = office.get(reverse(PAGE), {"state": state}).context["asked"]
        found[state] = ({line.state for line in asked.lines}, len(asked.positions))

    assert found == {
        "": (set(LACKING), 1),
        "missing": ({Freshness.MISSING}, 1),
        "outdated": ({Freshness.OUTDATED}, 0),
    }
    assert office.get(reverse(PAGE), {"state": "current"}).status_code == 404


def test_still_right_changes_no_word_and_is_on_record(office, outdated, staff):
    words = outdated.name_en
    line = lines(office)["name_en", Freshness.OUTDATED]

    office.post(reverse("admin:confirm_translation"), answered(line))

    outdated.refresh_from_db()
    assert (outdated.name_en, outdated.freshness_of("name", "en")) == (words, Freshness.CURRENT)
    assert outdated.freshness_of("name", "sl") == Freshness.OUTDATED
    entry = audit.last_of(outdated)
    assert (entry.actor, entry.payload) == (staff, {"field": "name", "language": "en"})


def test_it_is_not_said_of_an_original_that_was_not_looked_at(office, outdated):
    line = lines(office)["name_en", Freshness.OUTDATED]
    Section.objects.filter(pk=outdated.pk).update(name_hu="Harmadik név")

    late = office.post(reverse("admin:confirm_translation"), answered(line))

    outdated.refresh_from_db()
    assert (late.status_code, outdated.freshness_of("name", "en")) == (409, Freshness.OUTDATED)


@pytest.mark.parametrize(
    "bad",
    [
        {"thing": "members.person.1"},
        {"thing": "sections.section.x"},
        {"thing": "sections.section." + "9" * 30},
        {"thing": ""},
        {"field": "mission_de"},
        {"field": "slug_en"},
        {"field": ""},
    ],
)
def test_what_is_no_translation_is_not_found(office, outdated, bad):
    line = lines(office)["name_en", Freshness.OUTDATED]

    answer = office.post(reverse("admin:confirm_translation"), {**answered(line), **bad})

    assert answer.status_code == 404


@pytest.mark.parametrize(("language", "status"), [("en", 200), ("sl", 200), ("hu", 404)])
def test_there_is_a_page_for_each_language(office, language, status):
    assert office.get(reverse(PAGE), {"language": language}).status_code == status


def test_public_positions_without_a_translation_are_listed(office, way):
    position = way.to(State.SUBMITTED)
    way.to(State.CONSULTATION)

    page = office.get(reverse(PAGE), {"page": "zz"})

    assert list(page.context["asked"].positions) == [position]


def test_lists_are_filtered_by_what_is_missing_or_outdated(office, outdated):
    changelist = reverse("admin:sections_section_changelist")
    found = {
        asked: office.get(changelist, {"translation": asked}).context["cl"].result_count
        for asked in ("en-outdated", "en-missing", "sl-outdated", "zz-x")
    }

    assert found == {"en-outdated": 1, "en-missing": 0, "sl-outdated": 1, "zz-x": 1}


def test_the_page_of_a_thing_says_what_is_outdated(office, outdated):
    page = office.get(reverse("admin:sections_section_change", args=[outdated.pk]))

    assert "name in English: older than the original" in page.content.decode()


def test_the_front_page_leads_there(office):
    assert reverse(PAGE) in office.get(reverse("admin:index")).content.decode()
