"""Run in the sandbox: opens an office file and closes it again, fit for pandoc.

Reads the file; writes a line of JSON, which tells what is in it that no text can keep, and all its
words; then the file anew, without pictures. Only Python's own library is at hand there.
"""

import json
import sys
from io import BytesIO
from zipfile import ZipFile

from positions.intake import open_document, word_file
from positions.intake.office import Opened

REFIT = {"docx": word_file.refit, "odt": open_document.refit}


def main(kind: str) -> None:
    with ZipFile(BytesIO(sys.stdin.buffer.read())) as archive:
        file = Opened(archive)
    words = REFIT[kind](file)
    told = {"found": file.found, "title": file.title, "words": words, "pictures": file.pictures}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + file.closed())
