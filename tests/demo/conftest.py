"""Tests over the whole demo. Loading it takes many seconds: it is done once for this folder."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from iksz_portal.demo import loading


@pytest.fixture(scope="package")
def shared_demo(django_db_setup, django_db_blocker):
    """Rolled back after the last of them; what a test does to it, after that test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed", stdout=StringIO())
        loading.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(shared_demo, db):
    pass
