"""Where things are in this repository, for the tests that read it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("core", "members", "sections", "positions", "events", "knowledge", "projects")
APPS = tuple(name for name in (*ROOMS, "iksz_portal") if (ROOT / name).is_dir())


@cache
def python_files() -> tuple[Path, ...]:
    """The portal's own code: no tests, no migrations."""
    files = [file for app in APPS for file in sorted((ROOT / app).rglob("*.py"))]
    return (ROOT / "manage.py", *(file for file in files if "migrations" not in file.parts))


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


@cache
def template_folders() -> tuple[Path, ...]:
    folders = (ROOT / "templates", *(ROOT / app / "templates" for app in APPS))
    return tuple(folder for folder in folders if folder.is_dir())


@cache
def templates() -> dict[str, Path]:
    """Every template by the name that it is loaded with."""
    return {
        file.relative_to(folder).as_posix(): file
        for folder in template_folders()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
