"""Programs that read what people wrote are held to their limits."""

import sys

import pytest

from core import sandbox

PYTHON = [sys.executable, "-I", "-S", "-c"]


def test_a_program_makes_bytes_of_bytes():
    upper = "import sys; sys.stdout.write(sys.stdin.read().upper())"

    assert sandbox.run([*PYTHON, upper], given=b"quiet") == b"QUIET"


def test_it_knows_nothing_of_the_portal(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very secret")
    tell = "import os; print(sorted(os.environ), os.listdir('.'))"

    said = sandbox.run([*PYTHON, tell], given=b"")

    names = ["HOME", "LANG", "MALLOC_ARENA_MAX", "PATH", "RAYON_NUM_THREADS", "TMPDIR"]
    assert said.decode().strip() == f"{names} []"


@pytest.mark.parametrize(
    ("name", "code", "limits"),
    [
        ("sleeps", "import time; time.sleep(30)", {"seconds": 1}),
        ("counts", "while True: pass", {"seconds": 1}),
        ("swells", "b' ' * (1 << 30)", {"memory": 256 * sandbox.MEGABYTE}),
    ],
)
def test_whoever_takes_too_much_is_ended(name, code, limits):
    with pytest.raises(sandbox.TooMuch):
        sandbox.run([*PYTHON, code], given=b"", **limits)


def test_whoever_writes_too_much_is_ended():
    babble = "import sys; sys.stdout.write(' ' * 10_000_000)"

    with pytest.raises(sandbox.Broke):
        sandbox.run([*PYTHON, babble], given=b"", output=sandbox.MEGABYTE)


def test_what_goes_wrong_is_told_to_the_log():
    with pytest.raises(sandbox.Broke, match="ended with 3: no idea"):
        sandbox.run([*PYTHON, "import sys; sys.stderr.write('no idea'); sys.exit(3)"], given=b"")
