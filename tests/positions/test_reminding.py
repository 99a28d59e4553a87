"""Those who have not voted are reminded, once, before their vote closes."""

from datetime import timedelta

import pytest
from django.core import mail

from core import clock, outbox
from core.models import Mail
from iksz_portal.mail import RENDERERS
from members.choices import MandateKind
from positions import actions
from positions.choices import Action, Choice, State
from positions.models import Ballot
from positions.reminding import REMINDER, remind
from tests.cast import mandate

YES = Choice.YES


def reminded():
    return sorted(Mail.objects.filter(kind=REMINDER).values_list("to__name", flat=True))


def before_its_end(ballot, **time):
    return clock.at(ballot.closes_at - timedelta(**time))


@pytest.fixture
def position(way):
    """Voted on by one of three libraries; seven days are left."""
    return way.vote(way.to(State.SECTION_VOTE), YES, None, None)


def test_who_has_not_voted_is_reminded_two_days_before_the_end(position):
    ballot = position.section_ballot

    with before_its_end(ballot, days=2, hours=1):
        early = remind()
    with before_its_end(ballot, days=2):
        late = [remind(), remind()]

    assert (early, late) == (0, [1, 0])
    assert reminded() == ["Drafter", "Other.Representative", "Third.Representative"]


def test_a_deputy_is_reminded_too(position, stranger, libraries):
    voted = position.section_ballot.electors.filter(vote__isnull=False).get().library
    other = next(library for library in libraries if library != voted)
    mandate(stranger, MandateKind.DEPUTY, other)

    with before_its_end(position.section_ballot, days=1):
        remind()

    assert stranger.name in reminded()


def test_a_short_vote_reminds_in_its_last_third(way):
    ballot = way.to(State.SECTION_VOTE).section_ballot
    Ballot.objects.filter(pk=ballot.pk).update(opened_at=ballot.closes_at - timedelta(days=3))

    with before_its_end(ballot, days=1, hours=1):
        early = remind()
    with before_its_end(ballot, days=1):
        late = remind()

    assert (early, late) == (0, 1)


def test_nobody_is_reminded_of_a_vote_that_is_over_or_annulled(way, position):
    with way.after(position.section_ballot.closes_at):
        over = remind()
    position = way.move(position, Action.ANNUL_VOTE, note="Wrong text.")
    with before_its_end(position.ballots.get(), hours=1):
        annulled = remind()

    assert (over, annulled, reminded()) == (0, 0, [])


def test_after_a_standstill_it_still_happens_once(position):
    with before_its_end(position.section_ballot, minutes=5):
        assert [remind(), remind()] == [1, 0]


def test_members_of_the_board_are_reminded(way):
    position = way.to(State.BOARD_REVIEW)

    with before_its_end(position.board_ballot, hours=1):
        remind()

    assert reminded() == sorted(person.name for person in way.cast("board"))


def test_the_letter_leads_to_the_vote_in_the_readers_language(position):
    with before_its_end(position.section_ballot, days=1):
        remind()
        outbox.send_due(RENDERERS)

    letters = [each for each in mail.outbox if "lezárul a szavazás" in each.subject]
    assert len(letters) == 3
    assert all(f"/{position.reference}/" in each.body for each in letters)


def test_who_votes_before_the_letter_goes_gets_none(way, position):
    with before_its_end(position.section_ballot, days=1):
        remind()
        for person in way.cast("representatives"):
            for elector in position.section_ballot.electors.filter(vote=None):
                if elector.library_id == person.mandates.get().library_id:
                    actions.cast_vote(elector=elector, by=person, choice=YES)
        outbox.send_due(RENDERERS)

    assert [each for each in mail.outbox if "lezárul a szavazás" in each.subject] == []
