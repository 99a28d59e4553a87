import ast
from contextlib import suppress
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.repository.tree import APPS, parsed, python_files


def our_models():
    found = [model for model in apps.get_models() if model._meta.app_label in APPS]
    return [model for model in found if not is_a_copy(model)]


def is_a_copy(model):
    """History tables and join tables are written by their packages, not by us."""
    return bool(model._meta.auto_created) or model.__name__.startswith("Historical")


def says_what_it_is(model):
    return any(
        "__str__" in vars(kind) for kind in model.__mro__ if kind.__module__.split(".")[0] in APPS
    )


def test_a_model_without_a_name_is_recognised():
    plain = type("Plain", (), {"__module__": "core.models"})
    named = type("Named", (), {"__module__": "core.models", "__str__": lambda self: "x"})

    assert [says_what_it_is(plain), says_what_it_is(named)] == [False, True]


def test_every_model_says_what_it_is():
    assert [model.__name__ for model in our_models() if not says_what_it_is(model)] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = StringIO()

    with suppress(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, stdout=said)

    assert said.getvalue() == "No changes detected\n"


def test_there_are_no_signals():
    imports = [
        node.module
        for file in python_files()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom) and node.module
    ]

    assert [name for name in imports if name.startswith("django.db.models.signals")] == []
