"""A PDF as a reader of it sees it: its text in order, its tags, what it says of itself.

Only as much of the format as typst writes: objects in plain sight, streams that are deflated, fonts
with two bytes a letter and a table that leads back to characters.
"""

import re
import zlib

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.S)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.S)
FLAT = rb"\\.|[^\\()]"
NESTED = rb"(?:%b|\((?:%b|\((?:%b)*\))*\))*" % (FLAT, FLAT, FLAT)
SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|\(%b\)|<[0-9A-F]*>(?=[^>])|\bET\b" % NESTED, re.S)
PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    def __init__(self, content: bytes):
        self.content = content
        self.objects = {int(number): body for number, body in OBJECT.findall(content)}

    def __contains__(self, words: bytes) -> bool:
        return any(words in body for body in self.objects.values())

    @property
    def said_of_itself(self) -> str:
        """The metadata stream."""
        found = [body for body in self.objects.values() if b"/Subtype/XML" in body]
        return b"".join(map(self._stream, found)).decode()

    @property
    def tags(self) -> list[str]:
        """The kinds of the elements of its structure."""
        kinds = [re.search(rb"/S/(\w+)", body) for body in self.objects.values()]
        of_structure = zip(kinds, self.objects.values(), strict=True)
        return [kind[1].decode() for kind, body in of_structure if kind and b"/P " in body]

    @property
    def lines(self) -> list[str]:
        """The text in the order in which it is drawn."""
        drawn = "".join(self._drawn(page) for page in self._pages())
        return [line.strip() for line in drawn.split("\n") if line.strip()]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.lines).split())

    def _pages(self) -> list[bytes]:
        kids = next(body for body in self.objects.values() if b"/Type/Pages" in body)
        return [self.objects[int(n)] for n in re.findall(rb"(\d+) 0 R", kids.split(b"/Kids")[1])]

    def _drawn(self, page: bytes) -> str:
        contents = int(re.search(rb"/Contents (\d+)", page)[1])
        fonts, letters, text = self._fonts(page), {}, ""
        for piece in SHOWN.finditer(self._stream(self.objects[contents])):
            if piece[1]:
                letters = fonts[piece[1]]
            elif piece[0] == b"ET":
                text += "\n"
            else:
                codes = _codes(piece[0])
                text += "".join(letters.get(code, "") for code in codes)
        return text

    def _fonts(self, page: bytes) -> dict[bytes, dict[int, str]]:
        listed = re.search(rb"/Font<<(.*?)>>", page) or re.search(
            rb"/Font<<(.*?)>>", self.objects[int(re.search(rb"/Resources (\d+)", page)[1])]
        )
        named = re.findall(rb"/(\w+) (\d+) 0 R", listed[1])
        return {name: self._letters(self.objects[int(number)]) for name, number in named}

    def _letters(self, font: bytes) -> dict[int, str]:
        table = self._stream(self.objects[int(re.search(rb"/ToUnicode (\d+)", font)[1])])
        return {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for code, text in PAIR.findall(table)
        }

    @staticmethod
    def _stream(body: bytes) -> bytes:
        stream = STREAM.search(body)[1]
        return zlib.decompress(stream) if b"/FlateDecode" in body else stream


def _codes(piece: bytes) -> list[int]:
    """The two-byte codes of a string as it stands in the page."""
    if piece.startswith(b"<"):
        raw = bytes.fromhex(piece[1:-1].decode())
    else:
        raw = re.sub(rb"\\([0-7]{1,3}|.)", _unescaped, piece[1:-1], flags=re.S)
    return [int.from_bytes(raw[place : place + 2]) for place in range(0, len(raw), 2)]


def _unescaped(found: re.Match) -> bytes:
    char = found[1]
    return bytes([int(char, 8)]) if char.isdigit() else ESCAPES.get(char, char)
