"""Is what the portal keeps still whole? Each check yields the sentences of what is not."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import IntegrityError, connection

from core import append_only, audit, clock, filestore
from core.models import Mail

OLDEST_UNSENT = timedelta(hours=1)
SQLITE_MUST_BE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def audit_chain() -> Iterator[str]:
    yield from audit.faults()
    for trigger in sorted(append_only.missing(connection)):
        yield f"The trigger {trigger} is missing."


def references() -> Iterator[str]:
    """Rows that point to nothing; PostgreSQL itself does not let them come about."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield str(error)


def database_settings() -> Iterator[str]:
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    with connection.cursor() as cursor:
        for name, value in SQLITE_MUST_BE.items():
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if found != value:
                yield f"SQLite's {name} is {found}; it must be {value}."


def outbox_age() -> Iterator[str]:
    late = Mail.objects.late(clock.now() - OLDEST_UNSENT).count()
    if late:
        yield f"{late} letters should have gone more than an hour ago."


CHECKS = {
    "audit chain": audit_chain,
    "references": references,
    "database settings": database_settings,
    "outbox": outbox_age,
    "files": filestore.damaged,
}
