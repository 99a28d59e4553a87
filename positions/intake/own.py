"""What the portal itself writes around a text on paper is left out when the file comes back.

It is known by its styles (`positions.press.office`). A number is only taken off the words that
follow it: somebody may have typed beside it.
"""

import re

FRAME = {"portalfacts", "portalheading", "portalaside"}
NUMBER, NUMBER_LINE = "portalnumber", "portalnumberline"
DIGITS = re.compile(r"\A\s*\d+\s*")


def is_left_out(style, words):
    """Whether a paragraph of this style, in small letters, is not of the text."""
    return style in FRAME or (style == NUMBER_LINE and not words.strip(" \t\n0123456789"))
