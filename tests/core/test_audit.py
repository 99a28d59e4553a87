import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from core import append_only, audit, clock
from core.models import AuditEntry, AuditHead, Mail
from tests.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return a_person()


@pytest.fixture
def chain(anna):
    """Three entries; the second has words."""
    notes = ("", "Because of the weather.", "")
    return [audit.record(thing=anna, action="test", by=anna, note=note) for note in notes]


@pytest.fixture
def guarded():
    """All triggers, also those that test databases do without."""
    append_only.install(connection)


def refused(statement, *values):
    """The chain refuses the statement, and the transaction goes on."""
    refusal = pytest.raises(DatabaseError, match="append-only")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_entries_are_numbered_and_chained(chain):
    assert [entry.seq for entry in chain] == [1, 2, 3]
    assert [entry.prev for entry in chain] == ["0" * 64, chain[0].hash, chain[1].hash]
    assert audit.faults() == []


def test_an_entry_that_is_rolled_back_leaves_no_gap(anna, chain):
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record(thing=anna, action="test", by=anna)
        raise RuntimeError

    assert audit.record(thing=anna, action="test", by=anna).seq == 4
    assert audit.faults() == []


@pytest.mark.parametrize(
    "change",
    [
        "action = 'other'",
        "actor_id = NULL",
        "at = '2020-01-01 00:00:00+00:00'",
        "payload = '{\"x\": 1}'",
        "note = 'Other words.'",
        "note_salt = 'other'",
        "note_digest = ''",
        "hash = 'other'",
        "seq = 99",
    ],
)
def test_no_column_of_an_entry_can_be_changed(chain, guarded, change):
    refused(f"UPDATE core_auditentry SET {change} WHERE seq = 2")


def test_no_entry_can_be_deleted(chain, guarded):
    refused("DELETE FROM core_auditentry WHERE seq = 3")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_the_chain_cannot_be_truncated(db, guarded):
    refused("TRUNCATE core_auditentry")


def test_a_note_can_be_erased_and_the_chain_still_holds(chain, guarded):
    AuditEntry.objects.filter(seq=2).update(note="", note_salt="")

    assert AuditEntry.objects.get(seq=2).note == ""
    assert audit.faults() == []


def test_every_trigger_is_there_after_the_migrations(guarded):
    assert append_only.missing(connection) == set()


def test_the_ordinary_change_is_refused_in_test_databases_too(chain):
    refused("UPDATE core_auditentry SET action = 'other' WHERE seq = 2")


def test_what_is_changed_past_the_triggers_is_found(chain):
    append_only.remove(connection)
    AuditEntry.objects.filter(seq=2).update(action="other")

    assert audit.faults() == ["Entry 2 has been changed."]


def test_changed_words_are_found(chain):
    append_only.remove(connection)
    AuditEntry.objects.filter(seq=2).update(note="Other words.")

    assert audit.faults() == ["The note of entry 2 has been changed."]


def test_a_cut_tail_is_found(chain):
    AuditEntry.objects.filter(seq=3).delete()

    assert audit.faults() == ["The end of the chain is not where its head says."]


def test_a_hole_is_found(chain):
    AuditEntry.objects.filter(seq=2).delete()

    assert audit.faults() == [
        "Entry 2 is missing; entry 3 follows.",
        "Entry 3 does not follow the entry before it.",
    ]


def test_verify_ends_with_one_when_something_is_wrong(chain, guarded, capsys):
    AuditHead.objects.update(seq=7)

    with pytest.raises(SystemExit) as ended:
        call_command("verify")

    assert ended.value.code == 1
    assert "The end of the chain is not where its head says." in capsys.readouterr().out


def test_verify_is_content_with_a_sound_portal(chain, guarded, capsys):
    """A letter that waits for its digest is not late."""
    long_ago = clock.now() - timedelta(days=1)
    facts = {"address": "a@example.org", "created_at": long_ago, "not_before": long_ago}
    Mail.objects.create(kind="said", held_for="daily", **facts)

    call_command("verify", "--json")

    found = json.loads(capsys.readouterr().out)
    assert {"audit chain", "outbox", "files"} <= found.keys()
    assert not any(found.values())
