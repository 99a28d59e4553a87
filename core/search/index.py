"""The database's own index of `SearchDocument.tokens`: FTS5 on SQLite, GIN on PostgreSQL.

Kept by the database itself in the transaction that writes the document. A migration that rebuilds
`core_searchdocument` on SQLite drops the triggers and must install them again.
"""

TABLE = "core_searchdocument"
FTS = "core_searchdocument_fts"
PREFIXES = "4 5 6 7 8 9 10 11 12"
"""With their mark: beginnings of three to eleven letters are found without joining long lists."""

_INSERT = f"INSERT INTO {FTS}(rowid, tokens) VALUES (new.id, new.tokens);"  # noqa: S608 -- our own names
_DELETE = f"INSERT INTO {FTS}({FTS}, rowid, tokens) VALUES ('delete', old.id, old.tokens);"  # noqa: S608
INSTALL = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE {FTS} USING fts5(tokens, content='{TABLE}', content_rowid='id', "
        f"tokenize='ascii', detail=none, columnsize=0, prefix='{PREFIXES}')",
        f"CREATE TRIGGER {FTS}_insert AFTER INSERT ON {TABLE} BEGIN {_INSERT} END",
        f"CREATE TRIGGER {FTS}_delete AFTER DELETE ON {TABLE} BEGIN {_DELETE} END",
        f"CREATE TRIGGER {FTS}_update AFTER UPDATE ON {TABLE} BEGIN {_DELETE} {_INSERT} END",
        f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')",  # noqa: S608
    ],
    "postgresql": [
        # The tokens are lexemes already: the parser of to_tsvector('simple', …) would only split
        # them again, and positions, which nobody asks for, would double what is read.
        f"ALTER TABLE {TABLE} ADD COLUMN lexemes tsvector "
        "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED",
        f"ALTER TABLE {TABLE} ALTER COLUMN lexemes SET STORAGE MAIN",
        f"ALTER TABLE {TABLE} ALTER COLUMN lexemes SET STATISTICS 1000",
        f"CREATE INDEX {TABLE}_lexemes ON {TABLE} USING gin (lexemes) WITH (fastupdate = off)",
    ],
}
REMOVE = {
    "sqlite": [
        *(f"DROP TRIGGER IF EXISTS {FTS}_{name}" for name in ("insert", "delete", "update")),
        f"DROP TABLE IF EXISTS {FTS}",
    ],
    "postgresql": [f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS lexemes"],
}

TIDY = {
    "sqlite": [f"INSERT INTO {FTS}({FTS}) VALUES ('optimize')"],  # noqa: S608
    "postgresql": [],  # it does so by itself
}


def install(connection) -> None:
    _run(connection, INSTALL)


def remove(connection) -> None:
    _run(connection, REMOVE)


def tidy(connection) -> None:
    """Join the pieces that changes have left: whoever looks then looks in one place, several times
    faster. Nothing is done where there is one piece; a hundred thousand documents take seconds."""
    _run(connection, TIDY)


def _run(connection, statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
