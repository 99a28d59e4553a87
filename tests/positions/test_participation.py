"""How far the libraries of a section take part: what is counted, and who reads it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from core import clock
from positions import clockwork, participation
from positions.choices import Choice, State
from positions.models import Position

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def took(section, person):
    rows = participation.read(section, person).rows
    return [(str(row.library), row.voted, row.called, row.spoke) for row in rows]


@pytest.fixture
def decided(way):
    """A position of which the section's vote has ended."""
    return way.to(State.ADOPTED)


def test_a_vote_that_has_ended_counts_for_those_inside(decided, section, representative):
    ballot = decided.ballots.get()

    counted = {(voted, called) for _library, voted, called, _spoke in took(section, representative)}
    votes = sum(voted for _library, voted, _called, _spoke in took(section, representative))

    assert counted <= {(0, 1), (1, 1)}
    assert (votes, len(took(section, representative))) == (ballot.turnout, ballot.electorate)


def test_who_stayed_silent_was_called_and_did_not_vote(way, section, representative):
    voting = way.vote(way.to(State.SECTION_VOTE), Choice.YES, Choice.YES, None)
    with clock.at(clock.now() + timedelta(days=8)):
        clockwork.make_due_moves()

    rows = took(section, representative)

    assert voting.ballots.get().turnout == 2
    assert sorted((voted, called) for _library, voted, called, _spoke in rows) == [
        (0, 1),
        (1, 1),
        (1, 1),
    ]


def test_strangers_read_nothing_before_the_position_is_public(decided, section):
    stranger = AnonymousUser()
    before = took(section, stranger)

    Position.objects.filter(pk=decided.pk).update(published_at=clock.now())

    assert before == []
    assert {row[3] for row in took(section, stranger)} == {None}


def test_a_vote_that_is_still_open_is_not_counted(way, section, representative):
    way.to(State.SECTION_VOTE)

    assert took(section, representative) == []


@pytest.mark.parametrize(
    ("voted", "called", "tone"),
    [(4, 4, "yes"), (2, 4, "reserved"), (1, 4, "waiting"), (0, 4, "silent")],
)
def test_the_tone_of_a_part(voted, called, tone):
    assert participation.tone_of(voted, called) == tone


def test_the_map_adds_up_the_libraries_of_a_county(decided, section, representative):
    part = participation.read(section, representative)

    [county] = part.counties

    assert county.text.endswith(
        participation.words(sum(r.voted for r in part.rows), sum(r.called for r in part.rows))
    )
    assert part.legend[-1] == ("none", "no member library")


def test_the_page_lists_each_library_with_its_votes(decided, section, client_of, representative):
    page = client_of(representative).get(reverse("positions:participation", args=[section.slug]))

    assert [row.library for row in page.context["took_part"].rows] == [
        elector.library for elector in decided.ballots.get().electors.order_by("library__sort_key")
    ]
