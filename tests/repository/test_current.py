"""A text becomes the current one in one place, so that all that follows from it does follow."""

import ast

import pytest

from tests.repository.tree import parsed, place, python_files

THE_PLACE = "positions/drafting.py"


def assigned(tree):
    """The lines that assign an attribute `current` of something else than `self`."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "current"
        and isinstance(node.ctx, ast.Store)
        and getattr(node.value, "id", "") != "self"
    ]


@pytest.mark.parametrize("sample", ["position.current = made", "a, b.current = 1, 2"])
def test_an_assigned_text_is_recognised(sample):
    assert assigned(ast.parse(sample)) == [1]


def test_reading_it_is_not_assigning_it():
    assert assigned(ast.parse("text = position.current")) == []


def test_a_text_becomes_current_by_make_current_alone():
    found = [
        f"{place(file)}:{line}"
        for file in python_files()
        if place(file) != THE_PLACE
        for line in assigned(parsed(file))
    ]

    assert found == []
