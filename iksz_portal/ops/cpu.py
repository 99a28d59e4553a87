"""CPU seconds that running processes have used so far, where the system tells (Linux)."""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
NANOSECONDS = 1e9


def is_told() -> bool:
    return (PROC / "self" / "stat").is_file()


def children_of(parent: int) -> list[int]:
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdigit() and _fields(folder)[1:2] == [str(parent)]:
            found.append(int(folder.name))
    return found


def used_by(pids: list[int]) -> float:
    return sum(_used(PROC / str(pid)) for pid in pids)


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
