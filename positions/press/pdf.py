"""A sheet as tagged PDF (PDF/UA-1), by typst in the sandbox."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import sandbox
from positions.press.sheet import Sheet
from positions.press.tree import tree

SCRIPT = Path(__file__).with_name("typeset.py")
SECONDS = 90


def passage(number: int, html: SafeString) -> str:
    """The number stands in the margin of its paragraph."""
    return f'<section data-number="{number}">{html}</section>'


def make(sheet: Sheet) -> bytes:
    note = _("Characters that the typeface of this document lacks are shown as □.")
    given = asdict(sheet) | {"body": tree(sheet.body), "lacks": False, "note": note}
    command = [sys.executable, "-I", SCRIPT]
    return sandbox.run(command, given=json.dumps(given).encode(), seconds=SECONDS)
