"""CPU seconds that running processes have used so far, where the system tells (Linux)."""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
NANOSECONDS = 1e9


def is_told() -> bool:
    return (PROC / "self" / "stat").is_file()


def used_by_family(parent: int) -> float:
    """Of a process and its children, those that have ended in the meantime included."""
    family = [folder for folder in PROC.iterdir() if folder.name.isdigit()]
    alive = [folder for folder in family if _fields(folder)[1:2] == [str(parent)]]
    ended = sum(map(int, _fields(PROC / str(parent))[13:15])) / TICKS
    return ended + _used(PROC / str(parent)) + sum(map(_used, alive))


def _fields(folder: Path) -> list[str]:
    """The fields of `stat` after the command's name, which may itself hold blanks."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _used(folder: Path) -> float:
    """By the scheduler's nanoseconds where they are kept, else by the clock's ticks."""
    try:
        threads = [(task / "schedstat").read_text() for task in (folder / "task").iterdir()]
        return sum(int(text.split()[0]) for text in threads) / NANOSECONDS
    except OSError:
        fields = _fields(folder)
        return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0
