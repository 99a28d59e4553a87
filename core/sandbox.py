"""Programs that read what people wrote, held to limits of time, memory and output.

Each runs in an empty folder of its own, without the portal's environment (no secrets, no address
of the database), reads its standard input and writes its standard output. What it may open or
fetch beyond that is up to the program's own options (`pandoc --sandbox`, typst's root).
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

DOOR = Path(__file__).with_name("limited.py")
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    # Address space is limited: many processors must not mean many reserves of it.
    "MALLOC_ARENA_MAX": "2",
    "RAYON_NUM_THREADS": "2",
}
MEGABYTE = 1024 * 1024
SECONDS = 60
MEMORY = 1024 * MEGABYTE
OUTPUT = 64 * MEGABYTE


class Broke(Exception):
    """The program could not do it; the message is its own, for the log."""


class TooMuch(Broke):
    """It ran into a limit."""


def run(
    command: Sequence[str | Path],
    *,
    given: bytes,
    seconds: int = SECONDS,
    memory: int = MEMORY,
    output: int = OUTPUT,
) -> bytes:
    """What the program makes of the bytes; `seconds` of wall clock and of processor each."""
    limits = [str(limit) for limit in (seconds, memory, output)]
    door = [sys.executable, "-I", "-S", str(DOOR), *limits]
    with tempfile.TemporaryDirectory(prefix="portal-") as folder, tempfile.TemporaryFile() as made:
        try:
            ended = subprocess.run(  # noqa: S603 - no shell, and the callers name the program
                [*door, *map(str, command)],
                input=given,
                stdout=made,
                stderr=subprocess.PIPE,
                cwd=folder,
                env={**ENVIRONMENT, "HOME": folder, "TMPDIR": folder},
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TooMuch(f"no end after {seconds} seconds") from error
        if ended.returncode:
            raise _fault(ended)
        made.seek(0)
        return made.read()


def _fault(ended: subprocess.CompletedProcess) -> Broke:
    said = ended.stderr[-2000:].decode(errors="replace").strip()
    exhausted = "heap exhausted" in said.lower() or "memory" in said.lower()
    kind = TooMuch if ended.returncode < 0 or exhausted else Broke
    return kind(f"ended with {ended.returncode}: {said}")
