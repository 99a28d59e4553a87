"""A status is moved by the engine alone; a row may only be born in its first state."""

import ast

import pytest

from tests.repository.tree import parsed, place, python_files

ENGINE = "core/workflow.py"
QUEUE = "core/jobs.py"  # the tasks of a package have a status of their own
FIELD = "status"


def assigned_statuses(tree):
    """The lines that set a status: by attribute, by setattr, or in a query."""
    lines = []
    for node in ast.walk(tree):
        targets = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        elif isinstance(node, ast.Call) and sets_status(node):
            lines.append(node.lineno)
        lines += [
            target.lineno
            for outer in targets
            for target in ast.walk(outer)
            if isinstance(target, ast.Attribute)
            and target.attr == FIELD
            and isinstance(target.ctx, ast.Store)
        ]
    return lines


def sets_status(call):
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    literals = [part.value for part in ast.walk(call) if isinstance(part, ast.Constant)]
    if name in {"update", "update_or_create", "aupdate"}:
        return FIELD in literals or any(keyword.arg == FIELD for keyword in call.keywords)
    return name in {"setattr", "bulk_update"} and FIELD in literals


@pytest.mark.parametrize(
    "sample",
    [
        "position.status = Status.ADOPTED",
        "a, position.status = 1, 2",
        "position.status: str = 'x'",
        "Position.objects.filter(pk=1).update(status=1)",
        "Position.objects.update_or_create(pk=1, defaults={'status': 1})",
        "Position.objects.bulk_update(rows, ['status'])",
        "setattr(position, 'status', 1)",
    ],
)
def test_a_set_status_is_recognised(sample):
    assert assigned_statuses(ast.parse(sample)) == [1]


def test_reading_a_status_is_not_setting_it():
    assert assigned_statuses(ast.parse("response.status_code = seen[position.status] = 1")) == []


def test_only_the_engine_sets_a_status():
    found = [
        f"{place(file)}:{line}"
        for file in python_files()
        if place(file) not in {ENGINE, QUEUE}
        for line in assigned_statuses(parsed(file))
    ]

    assert found == []
