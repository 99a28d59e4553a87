"""The pandoc that came with the portal, in the sandbox: it reads and writes nothing but its
streams (`--sandbox`), fetches nothing, and is held to limits."""

from collections.abc import Sequence
from pathlib import Path

import pypandoc

from core import sandbox

PANDOC = Path(pypandoc.__file__).parent / "files" / "pandoc"


def convert(
    given: bytes, *, source: str, target: str, options: Sequence[str] = (), **limits: int
) -> bytes:
    """`source` and `target` are pandoc's names of formats, `limits` those of `sandbox.run`; raises
    `sandbox.Broke` or `TooMuch`."""
    formats = [f"--from={source}", f"--to={target}"]
    command = [PANDOC, "--sandbox", *formats, "--output=-", *options]
    return sandbox.run(command, given=given, **limits)
