"""The door of `core.sandbox`: sets limits on itself, then becomes the program it was told.

Run as a script, not imported: a process that has threads may not run Python between fork and exec.
"""

import os
import resource
import sys


def become(seconds: int, memory: int, output: int, command: list[str]) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    os.execv(command[0], command)  # noqa: S606 - the caller names the program, no shell reads it


if __name__ == "__main__":
    become(*map(int, sys.argv[1:4]), command=sys.argv[4:])
