"""Who reads what the libraries say, on which page."""

import pytest
from django.test import Client
from django.urls import reverse

from positions import endorsing
from positions.choices import State
from positions.models import Endorsement, MinorityOpinion
from sections.models import SectionMembership
from tests.cast import yesterday
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")


def page_of(client, position):
    return client.get(at(position, "endorsements"))


def words(response):
    return " ".join(response.content.decode().split())


CANARY, QUIET = "CANARY-reservation-7f3a", "CANARY-opinion-91bc"


@pytest.fixture
def spoken(way, section, libraries, representative, other_representative):
    """Up to the vote: one library with a reservation, another with an opinion for those inside."""
    position = way.to(State.SECTION_VOTE)
    endorsing.endorse(
        version=position.current, library=libraries[0], by=representative, reservation=CANARY
    )
    endorsing.file_opinion(
        version=position.current,
        library=libraries[1],
        by=other_representative,
        text=QUIET,
        goes_public=False,
    )
    return position


READERS = {
    "section_vote": {"coordinator", "drafter", "third_representative", "staff"},
    "board_review": {
        *("coordinator", "drafter", "third_representative", "staff"),
        *("board_member", "board_secretary"),
    },
}


@pytest.mark.parametrize(
    "who",
    [
        *("visitor", "stranger", "foreign_representative", "coordinator", "drafter"),
        *("third_representative", "board_member", "board_secretary", "staff"),
        *("former_representative", "other_coordinator"),
    ],
)
@pytest.mark.parametrize("state", [State.SECTION_VOTE, State.BOARD_REVIEW, State.SUBMITTED])
def test_O_001_it_is_read_by_those_inside_and_with_the_position_by_all(
    state, who, way, spoken, client_of, request
):
    position = spoken if state == State.SECTION_VOTE else way.to(state, spoken)
    person = request.getfixturevalue(who)
    client = client_of(person) if person.pk else Client()

    pages = [words(client.get(at(position, name))) for name in ("position", "endorsements")]

    inside = who in READERS.get(state, READERS["board_review"])
    shown = [CANARY in pages[1], *(QUIET in page for page in pages)]
    assert shown == [inside or state == State.SUBMITTED, inside, inside]


def test_the_public_reads_no_names(way, spoken, client, representative, other_representative):
    position = way.to(State.SUBMITTED, spoken)

    said = words(page_of(client, position))

    assert CANARY in said
    assert str(representative) not in said
    assert str(other_representative) not in said
    assert at(position, "version", 1) not in said


@pytest.mark.parametrize("who", ["stranger", "foreign_representative", "visitor"])
def test_outsiders_are_offered_nothing(who, way, spoken, client_of, request):
    position = way.to(State.SUBMITTED, spoken)
    person = request.getfixturevalue(who)
    response = page_of(client_of(person) if person.pk else Client(), position)

    assert (response.context["desks"], response.context["history"]) == ([], [])


def test_a_draft_says_that_there_is_nothing_yet(way, client_of, drafter):
    assert "There are no endorsements yet" in words(page_of(client_of(drafter), way.start()))


HOSTILE = "<script>window.__xss=1</script><svg onload=window.__xss=1>"


def test_O_019_hostile_words_are_shown_as_text(
    way, client_of, libraries, representative, other_representative, coordinator
):
    position = way.to(State.SECTION_VOTE)
    version = position.current
    endorsing.endorse(version=version, library=libraries[0], by=representative, reservation=HOSTILE)
    endorsing.file_opinion(
        version=version,
        library=libraries[1],
        by=other_representative,
        text=HOSTILE,
        goes_public=False,
    )
    libraries[2].name = HOSTILE
    libraries[2].save()
    client = client_of(coordinator)

    for name in ("position", "endorsements"):
        said = words(client.get(at(position, name)))
        assert "<script>window" not in said
        assert "<svg onload" not in said
        assert "&lt;svg onload" in said


@pytest.mark.parametrize(
    "name", ["endorse", "withdraw_endorsement", "file_opinion", "withdraw_opinion"]
)
def test_O_040_what_changes_something_is_sent_not_read(name, spoken, client_of, representative):
    given, filed = Endorsement.objects.get(), MinorityOpinion.objects.get()
    args = {"withdraw_endorsement": [given.pk], "withdraw_opinion": [filed.pk]}.get(name, [])
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(representative)
    address = at(spoken, name, *args)

    answers = [strict.get(address), strict.head(address), strict.post(address)]

    assert [answer.status_code for answer in answers] == [405, 405, 403]
    assert (Endorsement.objects.standing().count(), MinorityOpinion.objects.count()) == (1, 1)


# On other pages ----------------------------------------------------------------------------------


def test_the_queue_of_the_board_says_who_endorses_it(
    way, spoken, libraries, third_representative, client_of, board_member
):
    endorsing.endorse(version=spoken.current, library=libraries[2], by=third_representative)
    way.to(State.BOARD_REVIEW, spoken)

    client = client_of(board_member)
    (card,) = client.get(reverse("positions:board_queue")).context["cards"]

    assert card.said == [
        "2 of 3 member libraries endorse this text, 1 of them with a reservation.",
        "1 filed a minority opinion",
    ]
    assert client.get(at(spoken)).context["page"].stands.lead == card.said[0]


def test_the_queue_counts_the_present_text_and_the_members_of_today_only(
    way, rewrite, libraries, representatives, client_of, board_member
):
    position = way.to(State.CONSOLIDATION)
    for library, person in zip(libraries, representatives, strict=True):
        endorsing.endorse(version=position.current, library=library, by=person)
    position = rewrite(position)
    for library, person in zip(libraries[:2], representatives, strict=False):
        endorsing.endorse(version=position.current, library=library, by=person)
    way.to(State.BOARD_REVIEW, position)
    SectionMembership.objects.filter(library=libraries[0]).update(ended_on=yesterday())

    (card,) = client_of(board_member).get(reverse("positions:board_queue")).context["cards"]

    assert card.said == ["1 of 2 member libraries endorses this text."]


def test_a_library_shows_the_public_positions_it_endorsed(
    way, client, libraries, representative, library
):
    shown, quiet = way.to(State.CONSULTATION), way.to(State.CONSULTATION)
    for position in (shown, quiet):
        endorsing.endorse(version=position.current, library=library, by=representative)
    way.to(State.SUBMITTED, shown)

    own, other = (words(client.get(each.get_absolute_url())) for each in libraries[:2])

    assert (at(shown) in own, at(quiet) in own, at(shown) in other) == (True, False, False)


def test_endorsements_in_a_row_are_told_together(
    way, libraries, representatives, client_of, coordinator
):
    position = way.to(State.CONSULTATION)
    for library, person in zip(libraries, representatives, strict=True):
        endorsing.endorse(version=position.current, library=library, by=person)

    told = [
        entry["what"] for entry in client_of(coordinator).get(at(position)).context["page"].timeline
    ]

    assert told[0] == "3 endorsements were given"


def test_the_section_tells_its_rule(client, section):
    said = words(client.get(section.get_absolute_url()))

    assert "it does not become public" in said


def test_staff_set_the_rule_in_the_back_office(client_of, staff, section):
    address = reverse("admin:sections_section_change", args=[section.pk])

    form = client_of(staff).get(address).context["adminform"].form

    assert "publishes_minority_opinions" in form.fields
