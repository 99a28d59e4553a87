"""Amendments decided on, voted on and saved over in the same second, on real connections."""

import pytest

from core import audit
from core.models import AuditEntry
from core.workflow import CLOCK, NotAllowed, Overtaken, SomethingMissing
from positions import actions, proposing
from positions.choices import Action, AmendmentAction, AmendmentState, Choice, State
from positions.models import Amendment, Elector, Position, Support, Version, Vote
from positions.workflow import WORKFLOW
from tests.amend import DELETION, INSERTION, text_of
from tests.positions.test_races import at_once, fresh, on_postgresql  # noqa: F401 - a fixture

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]
FIRST, SECOND = "<p>First paragraph.</p>", "<p>Second paragraph.</p>"


@pytest.fixture
def open_text(way):
    return way.to(State.CONSOLIDATION)


def deciding(amendment, person, action, **details):
    return lambda: proposing.decide(
        amendment=Amendment.objects.get(pk=amendment.pk),
        by=fresh(person),
        action=action,
        seen=amendment.step,
        **details,
    )


def as_overtaken(act, *, position, by):
    """A refusal with a sentence counts as having come too late."""

    def run():
        try:
            act()
        except (NotAllowed, SomethingMissing) as refusal:
            raise Overtaken(position, by=by) from refusal

    return run


def test_O_048_two_coordinators_accept_and_reject_in_the_same_second(
    open_text, amending, coordinator, chair
):
    amendment = amending.propose(open_text)
    accept = deciding(amendment, coordinator, AmendmentAction.ACCEPT)
    reject = deciding(amendment, chair, AmendmentAction.REJECT, note="No.")

    results = at_once(accept, reject, accept, reject, accept, reject)

    amendment.refresh_from_db()
    versions = Version.objects.count()
    assert results == {"done": 1, "Overtaken": 5}
    assert (amendment.status, versions) in {
        (AmendmentState.ACCEPTED, 2),
        (AmendmentState.REJECTED, 1),
    }
    assert audit.of(amendment).count() == 2
    assert audit.faults() == []


def test_accepting_different_amendments_at_once_loses_none(open_text, amending, coordinator):
    made = [
        amending.propose(open_text, paragraph=1, body="<p>Better.</p>"),
        amending.propose(open_text, by=1, paragraph=2, kind=DELETION),
        *(
            amending.propose(open_text, by=2, paragraph=1, kind=INSERTION, body=f"<p>{n}</p>")
            for n in range(4)
        ),
    ]

    results = at_once(
        *[deciding(each, coordinator, AmendmentAction.ACCEPT) for each in reversed(made)]
    )

    assert results == {"done": 6}
    assert text_of(open_text) == "<p>Better.</p><p>0</p><p>1</p><p>2</p><p>3</p>"
    assert audit.faults() == []


def test_accepting_while_somebody_saves_the_same_paragraph(open_text, amending, coordinator, chair):
    """Whichever is first, the other is told: nothing is overwritten."""
    amendment = amending.propose(open_text, body="<p>As the amendment says.</p>")

    def save():
        actions.save_draft(
            position=Position.objects.get(pk=open_text.pk),
            by=fresh(chair),
            base=1,
            title=open_text.title,
            body="<p>As the chair says.</p>" + SECOND,
            points=["The first thing.", "The second thing."],
            addressee=open_text.addressee,
            addressed=open_text.addressee,
        )

    accept = deciding(amendment, coordinator, AmendmentAction.ACCEPT)
    results = at_once(save, as_overtaken(accept, position=open_text, by=coordinator))

    amendment.refresh_from_db()
    assert results["done"] == 1
    assert (text_of(open_text), amendment.status) in {
        ("<p>As the amendment says.</p>" + SECOND, AmendmentState.ACCEPTED),
        ("<p>As the chair says.</p>" + SECOND, AmendmentState.PROPOSED),
    }


def test_accepting_while_somebody_saves_another_paragraph(open_text, amending, coordinator, chair):
    amendment = amending.propose(open_text, body="<p>As the amendment says.</p>")

    def save():
        actions.save_draft(
            position=Position.objects.get(pk=open_text.pk),
            by=fresh(chair),
            base=1,
            title=open_text.title,
            body=FIRST + "<p>As the chair says.</p>",
            points=["The first thing.", "The second thing."],
            addressee=open_text.addressee,
            addressed=open_text.addressee,
        )

    results = at_once(save, deciding(amendment, coordinator, AmendmentAction.ACCEPT))

    assert results == {"done": 2}
    assert text_of(open_text) == "<p>As the amendment says.</p><p>As the chair says.</p>"
    assert Version.objects.count() == 3


def test_proposing_while_the_vote_is_being_opened(
    way, open_text, amending, representative, library, coordinator
):
    """Either it is proposed, and the vote waits for it, or the text is frozen."""

    def propose():
        proposing.propose(
            version=Version.objects.get(pk=open_text.current_id),
            by=fresh(representative),
            library=library,
            kind=DELETION,
            paragraph=1,
            reason="Because.",
        )

    def open_vote():
        WORKFLOW.perform(
            Action.OPEN_VOTE, open_text, by=fresh(coordinator), closes_on=way.in_days(5)
        )

    results = at_once(
        as_overtaken(propose, position=open_text, by=representative),
        as_overtaken(open_vote, position=open_text, by=coordinator),
    )

    status = Position.objects.get(pk=open_text.pk).status
    assert results == {"done": 1, "Overtaken": 1}
    assert (status, Amendment.objects.count()) in {
        (State.SECTION_VOTE, 0),
        (State.CONSOLIDATION, 1),
    }


def test_O_042_support_given_many_times_at_once_is_given_once(
    open_text, amending, other_representative, drafter, libraries
):
    amendment = amending.propose(open_text)

    def stand_behind(person):
        return lambda: proposing.support(
            amendment=Amendment.objects.get(pk=amendment.pk),
            by=fresh(person),
            library=libraries[1],
        )

    results = at_once(*[stand_behind(other_representative), stand_behind(drafter)] * 5)

    assert results == {"done": 10}
    assert Support.objects.count() == 1
    assert AuditEntry.objects.filter(action="support").count() == 1


def test_amendments_proposed_at_once_are_numbered_without_gap_or_double(
    open_text, amending, representatives, libraries
):
    def propose(n):
        return lambda: proposing.propose(
            version=Version.objects.get(pk=open_text.current_id),
            by=fresh(representatives[n % 3]),
            library=libraries[n % 3],
            kind=INSERTION,
            paragraph=1,
            body=f"<p>{n}</p>",
            reason="Because.",
        )

    results = at_once(*[propose(n) for n in range(9)])

    assert results == {"done": 9}
    assert sorted(Amendment.objects.values_list("number", flat=True)) == list(range(1, 10))


def test_O_043_votes_on_amendments_while_the_vote_is_being_closed(
    way, open_text, amending, representatives
):
    """What was taken is counted: the amendment is carried exactly if its votes carry it."""
    amendment = amending.to_vote(amending.propose(open_text))
    voting = way.vote(way.open_vote(open_text), *[Choice.YES] * 3)
    way.vote_on(amendment, Choice.YES, None, None)
    ballot = amendment.ballots.get()
    end = ballot.closes_at

    def vote(number):
        elector = ballot.electors.order_by("pk")[number]
        person = fresh(representatives[number])

        def run():
            actions.cast_vote(
                elector=Elector.objects.get(pk=elector.pk), by=person, choice=Choice.YES
            )

        return run

    def close():
        with way.after(end):
            WORKFLOW.perform(Action.CLOSE_VOTE, voting, by=CLOCK)

    at_once(vote(1), close, vote(2))

    amendment.refresh_from_db()
    cast = Vote.objects.filter(elector__ballot=ballot).count()
    expected = AmendmentState.CARRIED if cast >= 2 else AmendmentState.LOST
    assert amendment.status == expected
    assert audit.faults() == []
