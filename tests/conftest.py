import gc
import json
import logging

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from core import append_only
from core.logs import JsonFormatter, RequestIdFilter

pytest_plugins = [
    "tests.cast",
    "tests.way",
    "tests.amend",
    "tests.coming",
    "tests.positions.sitting",
]


def pytest_collection_modifyitems(config, items):
    """What asks no database has passed on SQLite when the suite runs again on PostgreSQL."""
    if connection.vendor != "postgresql":
        left_out = pytest.mark.skip(reason="needs two real connections to PostgreSQL")
        for item in items:
            if item.get_closest_marker("postgresql"):
                item.add_marker(left_out)
    else:
        config.hook.pytest_deselected(items=[item for item in items if not asks_the_database(item)])
        items[:] = filter(asks_the_database, items)


def pytest_collection_finish():
    """Thousands of tests are looked through again and again for what could be thrown away."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def asks_the_database(item):
    return item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(
        item.fixturenames
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Test databases are emptied between tests: there the audit chain may be deleted."""
    with django_db_blocker.unblock():
        append_only.allow_deletion(connection)


@pytest.fixture(autouse=True)
def hungarian():
    """Every test begins in the default language, whatever the one before it has read."""
    translation.activate("hu")
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def empty_cache(request, django_db_blocker):
    """The cache is a table no model owns: a rollback empties it, a flush does not."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with django_db_blocker.unblock():
            cache.clear()


@pytest.fixture
def security_log():
    """The lines of the security log as they are written, each read back from its JSON."""
    lines = LineReader()
    logger = logging.getLogger("security")
    logger.addHandler(lines)
    yield lines.read
    logger.removeHandler(lines)


class LineReader(logging.Handler):
    def __init__(self):
        super().__init__()
        self.read = []
        self.addFilter(RequestIdFilter())
        self.setFormatter(JsonFormatter())

    def emit(self, record):
        self.read.append(json.loads(self.format(record)))
