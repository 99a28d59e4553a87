"""Triggers that keep the audit chain append-only, whoever writes; only a note may be emptied.

They live in the database: a migration that rebuilds `core_auditentry` on SQLite drops them and
must install them again. `manage.py verify` says when they are missing.
"""

TABLE = "core_auditentry"
KEPT = (
    *("id", "seq", "at", "actor_id", "content_type_id", "object_id", "action"),
    *("source", "target", "payload", "note_digest", "prev", "hash"),
)
TRIGGERS = {
    "sqlite": {"core_auditentry_no_change", "core_auditentry_no_delete"},
    "postgresql": {
        "core_auditentry_no_change",
        "core_auditentry_no_delete",
        "core_auditentry_no_truncate",
    },
}
MESSAGE = "the audit chain is append-only"


def install(connection) -> None:
    statements = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    remove(connection)
    _run(connection, statements)


def remove(connection, names=None) -> None:
    on_table = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    names = names or TRIGGERS[connection.vendor]
    _run(connection, [f"DROP TRIGGER IF EXISTS {name}{on_table}" for name in sorted(names)])


def allow_deletion(connection) -> None:
    """For test databases, which are emptied between tests."""
    remove(connection, TRIGGERS[connection.vendor] - {"core_auditentry_no_change"})


def missing(connection) -> set[str]:
    """The names of triggers that should be there and are not."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    else:
        query = (
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE relname = %s AND tgenabled <> 'D'"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, [TABLE])
        found = {row[0] for row in cursor.fetchall()}
    return TRIGGERS[connection.vendor] - found


def _run(connection, statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_SAME = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in KEPT)
_SQLITE = [
    f"CREATE TRIGGER core_auditentry_no_change BEFORE UPDATE ON {TABLE} "
    f"WHEN NOT (NEW.note = '' AND NEW.note_salt IN ('', OLD.note_salt) AND {_SAME}) "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER core_auditentry_no_delete BEFORE DELETE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
]
_UNLIKE = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in KEPT)
_REFUSE = "BEFORE {what} ON " + TABLE + " {each} {when} EXECUTE FUNCTION core_auditentry_refuse()"
_WHEN = f"WHEN (NEW.note <> '' OR NEW.note_salt NOT IN ('', OLD.note_salt) OR {_UNLIKE})"
_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION core_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
    "END $$",
    "CREATE TRIGGER core_auditentry_no_change "
    + _REFUSE.format(what="UPDATE", each="FOR EACH ROW", when=_WHEN),
    "CREATE TRIGGER core_auditentry_no_delete "
    + _REFUSE.format(what="DELETE", each="FOR EACH ROW", when=""),
    "CREATE TRIGGER core_auditentry_no_truncate "
    + _REFUSE.format(what="TRUNCATE", each="FOR EACH STATEMENT", when=""),
]
