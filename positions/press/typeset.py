"""Run in the sandbox, not imported: reads a sheet as JSON, writes a tagged PDF (PDF/UA-1).

Characters that no typeface at hand has would break the rule that all text can be read: they are
shown as a square, and the sheet's note says so.
"""

import json
import re
import sys
from pathlib import Path

import typst

SQUARE = "\u25a1"
LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
ROUNDS = 4
TEMPLATE = Path(__file__).with_name("sheet.typ")


def typeset(sheet: dict) -> bytes:
    for _round in range(ROUNDS):
        try:
            return typst.compile(
                TEMPLATE.read_bytes(),
                root=".",
                package_path=".",
                package_cache_path=".",
                ignore_system_fonts=True,
                sys_inputs={"sheet": json.dumps(sheet)},
                pdf_standards=["ua-1"],
                timestamp=sheet["saved"],
            )
        except typst.TypstError as error:
            lacking = {char for text in LACKING.findall(error.diagnostic) for char in _read(text)}
            if not lacking - {SQUARE}:
                raise
            sheet = _without(sheet, dict.fromkeys(map(ord, lacking), SQUARE))
            sheet["lacks"] = True
    raise RuntimeError("some characters cannot be shown")


def _read(text: str) -> str:
    """The characters beyond ASCII, of a text as typst quotes it."""
    chars = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return "".join(char for char in chars if ord(char) > 127)


def _without(value, table):
    match value:
        case str():
            return value.translate(table)
        case list():
            return [_without(each, table) for each in value]
        case dict():
            return {name: _without(each, table) for name, each in value.items()}
    return value


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(json.load(sys.stdin)))
