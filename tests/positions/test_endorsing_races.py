"""Two who act for a library in the same second, and a text that changes meanwhile."""

import pytest
from django.db import connection

from core import audit
from core.models import AuditEntry, Mail
from core.workflow import Overtaken, SomethingMissing
from positions import endorsing
from positions.choices import State
from positions.models import Endorsement, MinorityOpinion, Position
from tests.positions.test_races import at_once, fresh

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need PostgreSQL")


def refused_as_overtaken(act):
    """What `at_once` knows to count."""

    def run():
        try:
            act()
        except (endorsing.SaidMeanwhile, SomethingMissing) as refusal:
            raise Overtaken(Position.objects.get(), by=None) from refusal

    return run


def test_two_deputies_endorse_at_once(way, library, representative, deputy):
    position = way.to(State.CONSULTATION)
    entries = AuditEntry.objects.count()

    def endorse(person, words):
        return refused_as_overtaken(
            lambda: endorsing.endorse(
                version=Position.objects.get().current,
                library=library,
                by=fresh(person),
                reservation=words,
            )
        )

    results = at_once(*[endorse(representative, ""), endorse(deputy, "But shorter.")] * 5)

    assert results == {"done": 1, "Overtaken": 9}
    assert Endorsement.objects.count() == 1
    assert AuditEntry.objects.count() == entries + 1
    assert audit.faults() == []
    assert position.status == State.CONSULTATION


def test_two_deputies_file_an_opinion_at_once(way, library, representative, deputy):
    way.to(State.SECTION_VOTE)

    def dissent(person):
        return refused_as_overtaken(
            lambda: endorsing.file_opinion(
                version=Position.objects.get().current,
                library=library,
                by=fresh(person),
                text="Too dear.",
                goes_public=False,
            )
        )

    results = at_once(*[dissent(representative), dissent(deputy)] * 4)

    assert results == {"done": 1, "Overtaken": 7}
    assert MinorityOpinion.objects.count() == 1


def test_two_deputies_replace_the_same_endorsement(way, library, representative, deputy):
    position = way.to(State.CONSULTATION)
    first = endorsing.endorse(version=position.current, library=library, by=representative)

    def change(person, words):
        return refused_as_overtaken(
            lambda: endorsing.endorse(
                version=Position.objects.get().current,
                library=library,
                by=fresh(person),
                reservation=words,
                seen=first.pk,
            )
        )

    results = at_once(*[change(representative, "Shorter."), change(deputy, "Longer.")] * 4)

    assert results == {"done": 1, "Overtaken": 7}
    assert Endorsement.objects.standing().count() == 1


def test_withdrawing_at_once_is_one_act(way, library, representative, deputy):
    position = way.to(State.CONSULTATION)
    given = endorsing.endorse(version=position.current, library=library, by=representative)

    def withdraw(person):
        return refused_as_overtaken(
            lambda: endorsing.withdraw_endorsement(endorsement=given, by=fresh(person))
        )

    results = at_once(*[withdraw(representative), withdraw(deputy)] * 4)

    assert results == {"done": 1, "Overtaken": 7}
    assert AuditEntry.objects.filter(action="withdraw_endorsement").count() == 1


@pytest.mark.parametrize("_time", range(3))
def test_an_endorsement_while_the_text_is_saved_is_never_given_to_a_text_unseen(
    _time, way, rewrite, library, representative
):
    """Either it came first, and its library hears of the new text, or it was refused."""
    position = way.to(State.CONSOLIDATION)
    seen = position.current

    endorse = refused_as_overtaken(
        lambda: endorsing.endorse(version=seen, library=library, by=fresh(representative))
    )
    results = at_once(endorse, lambda: rewrite(Position.objects.get()))

    came_first = results["done"] == 2
    letters = Mail.objects.filter(kind="positions.new_text", to=representative)
    assert [given.version for given in Endorsement.objects.all()] == [seen] * came_first
    assert letters.count() == came_first
