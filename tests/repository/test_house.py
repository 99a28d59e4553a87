import ast
import tomllib

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.repository.tree import APPS, ROOT, parsed, place, python_files

FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py", "signals.py"}
LONGEST_FILE = 400


def inner_imports(tree):
    """Imports inside a function: the code is in the wrong room, or the rooms are in a knot."""
    return [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


@pytest.fixture
def at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_imports_point_downwards(at_the_root, capsys):
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)

    assert kept == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_an_upward_import_is_recognised(at_the_root, tmp_path, monkeypatch, capsys):
    for room in ("upper", "lower"):
        (tmp_path / f"{room}_room").mkdir()
        (tmp_path / f"{room}_room" / "__init__.py").write_text("")
    (tmp_path / "lower_room" / "knot.py").write_text("import upper_room")
    contract = '[[tool.importlinter.contracts]]\nname="x"\ntype="layers"\n'
    (tmp_path / "pyproject.toml").write_text(
        '[tool.importlinter]\nroot_packages=["upper_room","lower_room"]\n'
        f'{contract}layers=["upper_room","lower_room"]\n'
    )
    monkeypatch.syspath_prepend(tmp_path)

    kept = lint_imports(config_filename=str(tmp_path / "pyproject.toml"), cache_dir=None)

    assert kept != EXIT_STATUS_SUCCESS


def test_every_room_is_under_the_contract():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

    assert set(config["root_packages"]) == set(APPS)


def test_an_import_inside_a_function_is_recognised():
    assert inner_imports(ast.parse("import a\ndef f():\n    import b")) == [3]


def test_nothing_is_imported_inside_a_function():
    found = [
        f"{place(file)}:{line}" for file in python_files() for line in inner_imports(parsed(file))
    ]

    assert found == []


def test_files_read_in_one_sitting():
    long = {place(file): len(file.read_text().splitlines()) for file in python_files()}

    assert {file: lines for file, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_module_is_named_for_nothing():
    assert [place(file) for file in python_files() if file.name in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("command", ["./portal demo", "./portal test"])
def test_the_readme_names_the_two_commands(command):
    assert command in (ROOT / "README.md").read_text()


def test_time_is_asked_in_one_place():
    asks = {"now", "today", "utcnow", "localdate", "localtime"}
    found = [
        f"{place(file)}:{node.lineno}"
        for file in python_files()
        if place(file) != "core/clock.py"
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asks
        and getattr(node.func.value, "id", getattr(node.func.value, "attr", "")) != "clock"
    ]

    assert found == []
