"""Where the libraries stand: computed from what they said and what the text says now."""

from datetime import timedelta

import pytest

from core import clock
from core.county_map import MapCounty
from members.models import County
from positions import actions, commenting, endorsing, page, stands
from positions.choices import Audience, Stand, State
from positions.models import Position
from sections.models import SectionMembership
from tests.cast import yesterday

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def say(libraries, representatives):
    """`say(position, 2, "But …")`: the second library endorses it, with these words."""

    def endorse(position, number, reservation="", **facts):
        return endorsing.endorse(
            version=position.current,
            library=libraries[number - 1],
            by=representatives[number - 1],
            reservation=reservation,
            **facts,
        )

    return endorse


@pytest.fixture
def object_to(libraries, representatives):
    """`object_to(position, 2)`: the second library files a minority opinion."""

    def dissent(position, number, *, goes_public=False):
        return endorsing.file_opinion(
            version=position.section_ballot.version,
            library=libraries[number - 1],
            by=representatives[number - 1],
            text=f"Library {number} is against it.",
            goes_public=goes_public,
        )

    return dissent


def read(position, *, inside=True):
    """As a page reads it: afresh."""
    return stands.read(Position.objects.for_page().get(pk=position.pk), inside=inside)


def stood(position, **facts):
    return [each.stand for each in read(position, **facts).libraries]


ENDORSES, RESERVES, WAITS = Stand.ENDORSES, Stand.RESERVES, Stand.WAITS
DISSENTS, SPEAKS, SILENT = Stand.DISSENTS, Stand.SPEAKS, Stand.SILENT


def test_each_library_stands_somewhere(way, say):
    position = way.to(State.CONSULTATION)
    say(position, 1)
    say(position, 2, "But shorter.")

    found = read(position)

    assert [each.stand for each in found.libraries] == [ENDORSES, RESERVES, SILENT]
    assert found.lead == "2 of 3 member libraries endorse this text, 1 of them with a reservation."
    assert found.legend == [
        ("yes", "1 endorses it"),
        ("reserved", "1 with a reservation"),
        ("silent", "1 has not spoken yet"),
    ]


def test_an_endorsement_waits_once_the_text_is_another(way, rewrite, say):
    position = way.to(State.CONSOLIDATION)
    say(position, 1)
    say(position, 2, "But shorter.")

    position = rewrite(position)

    found = read(position)
    assert [each.stand for each in found.libraries] == [WAITS, WAITS, SILENT]
    assert found.lead == "0 of 3 member libraries endorse this text."
    assert [each.endorsement.text for each in found.libraries[:2]] == ["", "But shorter."]


def test_it_is_given_again_by_confirming_it(way, rewrite, say):
    position = way.to(State.CONSOLIDATION)
    say(position, 1)
    position = rewrite(position)

    say(position, 1, "But shorter.")

    (first, *_others) = read(position).libraries
    assert (first.stand, first.endorsement.version) == (RESERVES, 2)


def test_a_restored_text_brings_its_endorsements_back(way, rewrite, say, coordinator):
    position = way.to(State.CONSOLIDATION)
    say(position, 1, "But shorter.")
    first = position.current
    position = rewrite(position)
    say(position, 1)
    say(position, 2)

    position = actions.restore_version(position=position, by=coordinator, version=first, base=2)

    found = read(position)
    assert [each.stand for each in found.libraries] == [RESERVES, WAITS, SILENT]
    assert found.libraries[0].endorsement.version == 1


def test_points_and_title_belong_to_the_text(way, say, coordinator):
    position = way.to(State.CONSOLIDATION)
    say(position, 1)
    facts = {"base": 1, "body": position.current.body, "addressee": position.addressee}

    position = actions.save_draft(
        position=position, by=coordinator, title=position.title, points=["Only this."], **facts
    )

    assert stood(position) == [WAITS, SILENT, SILENT]


def test_another_addressee_is_not_another_text(way, say, coordinator):
    position = way.to(State.CONSOLIDATION)
    say(position, 1)
    points = [point.text for point in position.current.points.all()]

    position = actions.save_draft(
        position=position,
        by=coordinator,
        base=1,
        title=position.title,
        body=position.current.body,
        points=points,
        addressee=None,
    )

    assert stood(position) == [ENDORSES, SILENT, SILENT]


def test_the_wording_of_the_board_is_another_text(way, say):
    position = way.to(State.BOARD_REVIEW)
    say(position, 1)
    position = way.change(position)
    before = stood(position)

    position = way.move(position, "agree_to_changes")

    assert (before[0], stood(position)[0]) == (ENDORSES, WAITS)


def test_whoever_withdraws_is_silent_again(way, say, representative):
    position = way.to(State.CONSULTATION)
    given = say(position, 1)

    endorsing.withdraw_endorsement(endorsement=given, by=representative)

    assert stood(position) == [SILENT, SILENT, SILENT]


def test_a_minority_opinion_is_a_stand(way, object_to):
    position = way.to(State.SECTION_VOTE)
    object_to(position, 3)

    assert stood(position) == [SILENT, SILENT, DISSENTS]


def test_an_opinion_on_a_text_that_was_voted_on_anew_is_history(way, rewrite, object_to):
    position = way.to(State.SECTION_VOTE)
    object_to(position, 3)
    position = way.vote_down(position)
    position = way.move(position, "rework")
    before = stood(position)

    position = way.open_vote(rewrite(position, "<p>A third text.</p>"))

    assert (before[2], stood(position)[2]) == (DISSENTS, SILENT)


@pytest.mark.parametrize(
    ("audience", "stand"),
    [(Audience.SECTION, SPEAKS), (Audience.MEMBERS, SPEAKS), (Audience.DRAFTERS, SILENT)],
)
def test_a_comment_is_speaking_unless_it_is_for_the_drafters(
    audience, stand, way, library, representative
):
    position = way.to(State.CONSULTATION)
    commenting.comment(
        version=position.current, by=representative, library=library, text="Hm.", audience=audience
    )

    assert stood(position)[0] == stand


def test_an_amendment_is_speaking(way, amending):
    position = way.to(State.CONSULTATION)
    amending.propose(position, by=1)

    assert stood(position) == [SILENT, SPEAKS, SILENT]


# Whose -------------------------------------------------------------------------------------------


def leave(library):
    SectionMembership.objects.filter(library=library).update(ended_on=yesterday())


def test_a_library_that_left_is_told_apart_and_not_counted(way, say, libraries):
    position = way.to(State.CONSULTATION)
    say(position, 1)
    say(position, 2, "But shorter.")
    leave(libraries[1])

    found = read(position)

    assert [str(each.library) for each in found.libraries] == ["Library 1", "Library 3"]
    assert [(str(each.library), each.stand) for each in found.former] == [("Library 2", RESERVES)]
    assert found.lead == "1 of 2 member libraries endorses this text."


def test_a_library_that_left_without_a_word_is_not_told_of(way, libraries):
    position = way.to(State.CONSULTATION)
    leave(libraries[1])

    assert read(position).former == []


def test_of_a_submitted_position_the_members_of_that_day_count(way, say, libraries):
    position = way.to(State.CONSULTATION)
    say(position, 2)
    way.to(State.SUBMITTED, position)
    SectionMembership.objects.filter(library=libraries[1]).update(ended_on=clock.today())

    with clock.at(clock.now() + timedelta(days=400)):
        found = read(position)

    assert [each.stand for each in found.libraries] == [SILENT, ENDORSES, SILENT]
    assert found.former == []


# The map -----------------------------------------------------------------------------------------


def test_there_is_no_map_where_a_county_has_several_libraries(way):
    assert read(way.to(State.CONSULTATION)).has_map is False


def test_the_map_says_of_each_county_where_its_library_stands(way, say, libraries):
    for library, code in zip(libraries, ("HU-BA", "HU-BE", "HU-ZA"), strict=True):
        names = dict.fromkeys(("name_hu", "name_en", "name_sl"), f"County {code[-2:]}")
        place = {"seat": "Seat", "seat_lat": 46, "seat_lon": 19}
        library.county = County.objects.create(iso_code=code, **names, **place)
        library.save()
    position = way.to(State.CONSULTATION)
    say(position, 1)
    say(position, 3, "But <b>shorter</b>.")

    found = read(position)

    def county(code, tone, text):
        name, url = f"County {code}", f"/en/libraries/library-{text[8]}/"
        return MapCounty(code=f"HU-{code}", name=name, tone=tone, text=f"{name}, {text}", url=url)

    assert found.has_map is True
    assert found.counties == [
        county("BA", "yes", "Library 1: endorses it"),
        county("BE", "silent", "Library 2: has not spoken yet"),
        county("ZA", "reserved", "Library 3: endorses it with a reservation"),
    ]
    assert found.legend[-1] == ("none", "no member library")


# Who reads it ------------------------------------------------------------------------------------


@pytest.fixture
def published(way, rewrite, say, object_to, section):
    """One endorsed it with words, one an earlier text only and dissents in public, one inside."""
    section.publishes_minority_opinions = True
    section.save()
    position = way.to(State.CONSOLIDATION)
    say(position, 2)
    position = way.open_vote(rewrite(position))
    say(position, 1, "But shorter.")
    object_to(position, 2, goes_public=True)
    section.publishes_minority_opinions = False
    section.save()
    object_to(position, 3, goes_public=False)
    return way.to(State.SUBMITTED, position)


def test_before_it_is_public_nothing_is(way, say):
    position = way.to(State.ACCEPTED)
    say(position, 1)

    assert read(position, inside=False).libraries == ()


def test_the_public_reads_the_endorsements_of_what_was_submitted(published):
    found = read(published, inside=False)

    assert [each.stand for each in found.libraries] == [RESERVES, DISSENTS, SILENT]
    assert [each.endorsement for each in found.libraries[1:]] == [None, None]
    assert found.libraries[2].label == "has not endorsed it"


def test_the_public_reads_the_opinions_that_were_filed_to_be_public(published):
    shown = [each.opinion.text for each in read(published, inside=False).opinions]
    inside = [each.opinion.text for each in read(published).opinions]

    assert shown == ["Library 2 is against it."]
    assert inside == ["Library 2 is against it.", "Library 3 is against it."]


@pytest.mark.parametrize("rule", [True, False])
def test_a_rule_changed_later_changes_nothing_of_what_was_filed(rule, published, section):
    section.publishes_minority_opinions = rule
    section.save()

    shown = [each.opinion.text for each in read(published, inside=False).opinions]

    assert shown == ["Library 2 is against it."]


def test_after_the_end_nothing_waits(published):
    labels = [each.label for each in read(published).libraries]
    words = [text for _tone, text in read(published).legend]

    assert labels == [
        "endorses it with a reservation",
        "filed a minority opinion",
        "filed a minority opinion",
    ]
    assert words == ["1 with a reservation", "2 filed minority opinions"]


def test_an_endorsement_of_an_earlier_text_is_called_so_after_the_end(way, rewrite, say):
    position = way.to(State.CONSOLIDATION)
    say(position, 2)
    position = way.to(State.SUBMITTED, rewrite(position))

    found = read(position)

    assert found.libraries[1].label == "endorsed an earlier text"
    assert found.legend[0] == ("waiting", "1 endorsed an earlier text")


# What it costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rounds", [1, 3])
def test_it_is_one_query_however_often_it_was_endorsed(
    rounds, way, rewrite, say, django_assert_num_queries
):
    position = way.to(State.CONSOLIDATION)
    for number in range(rounds):
        for library in (1, 2, 3):
            say(position, library)
        position = rewrite(position, f"<p>Text {number}.</p>")
    position = Position.objects.for_page().get(pk=position.pk)
    assert position.section_ballot is None

    with django_assert_num_queries(1):
        found = stands.read(position, inside=True)
        assert (found.lead, len(found.counties)) != ("", 0)

    assert [each.stand for each in found.libraries] == [WAITS, WAITS, WAITS]


def test_a_draft_costs_nothing(way, django_assert_num_queries):
    position = Position.objects.for_page().get(pk=way.start().pk)

    with django_assert_num_queries(0):
        assert stands.read(position, inside=True).are_told is False


def test_the_page_offers_what_is_to_be_done(way, rewrite, say, representative):
    position = way.to(State.CONSOLIDATION)

    def offered():
        position_now = Position.objects.for_page().get(pk=position.pk)
        return [str(each.label) for each in page.read(position_now, representative).ball.buttons]

    found = [offered()]
    say(position, 1)
    found.append(offered())
    position = rewrite(position)
    found.append(offered())

    ours = {"Endorse for my library", "Confirm the endorsement again"}
    assert [[label for label in labels if label in ours] for labels in found] == [
        ["Endorse for my library"],
        [],
        ["Confirm the endorsement again"],
    ]
