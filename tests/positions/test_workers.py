"""Several workers at once, on real connections: what time does is done by one of them."""

from datetime import timedelta

import pytest
from django.db import connection

from core import audit, clock
from core.models import AuditEntry, Mail
from iksz_portal import tasks
from positions import escalating, publishing, recounting
from positions.choices import State
from positions.models import AuthorityFigures, OpenDataFile, Position
from tests.positions.test_races import at_once

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("two workers at once need PostgreSQL")


def test_a_standstill_is_made_up_for_by_several_workers_once(way):
    states = (State.CONSULTATION, State.SECTION_VOTE, State.PARKED, State.BOARD_REVIEW)
    positions = [way.to(state) for state in states]
    Mail.objects.all().delete()
    later = clock.now() + timedelta(days=31)

    def work():
        with clock.at(later):
            tasks.make_due_moves()

    results = at_once(*[work] * 4)

    acts = AuditEntry.objects.filter(actor=None).values_list("action", flat=True)
    overdue = Mail.objects.filter(kind=escalating.OVERDUE)
    now = [Position.objects.get(pk=each.pk).status for each in positions]
    assert results == {"done": 4}
    assert sorted(acts) == ["close_consultation", "close_vote", "resume"]
    assert now == [State.CONSOLIDATION, State.NOT_ADOPTED, State.CONSOLIDATION, State.BOARD_REVIEW]
    assert sorted(overdue.values_list("to__name", flat=True)) == ["Board.Chair", "Board.Secretary"]
    assert audit.faults() == []


def test_figures_counted_by_several_workers_stand_once(way):
    way.to(State.SUBMITTED)

    def work():
        recounting.recount()

    assert at_once(*[work] * 4) == {"done": 4}
    assert AuthorityFigures.objects.count() == 4
    assert AuthorityFigures.objects.of_everybody().of_all_years().get().submitted == 1


def test_files_made_by_several_workers_stand_once(way):
    way.to(State.SUBMITTED)
    recount = recounting.recount()
    table = publishing.TABLES["positions"]

    def work():
        publishing.make(table, recount)

    assert at_once(*[work] * 3) == {"done": 3}
    files = OpenDataFile.objects.filter(name__startswith="positions.")
    assert sorted(files.values_list("name", flat=True)) == ["positions.csv", "positions.json"]
    assert [each.name for each in files if not each.file.storage.exists(each.file.name)] == []
