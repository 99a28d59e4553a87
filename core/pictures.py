"""How many pixels a picture has, from its header alone: a small file can be a huge picture."""

from typing import BinaryIO

from django.core.exceptions import ValidationError

from core.refusals import DAMAGED, OTHER_CONTENT, TOO_MANY_PIXELS

MOST_PIXELS = 50_000_000
MOST_SEGMENTS = 500
PNG = b"\x89PNG\r\n\x1a\n"
PNG_HEADER = b"\0\0\0\x0dIHDR"
JPEG = b"\xff\xd8"
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG's frame headers; what is taken out are tables of other kinds."""


def check_png(file: BinaryIO) -> None:
    if file.read(len(PNG)) != PNG or file.read(len(PNG_HEADER)) != PNG_HEADER:
        raise ValidationError(OTHER_CONTENT)
    _check(_number(file, 4), _number(file, 4))


def check_jpeg(file: BinaryIO) -> None:
    """Goes from segment to segment up to the frame header, skipping what is in them."""
    if file.read(len(JPEG)) != JPEG:
        raise ValidationError(OTHER_CONTENT)
    for _segment in range(MOST_SEGMENTS):
        if file.read(1) != b"\xff":
            raise ValidationError(DAMAGED)
        while (marker := _number(file, 1)) == 0xFF:
            pass
        length = _number(file, 2)
        if marker in FRAMES:
            file.seek(1, 1)  # the bits of a sample
            return _check(_number(file, 2), _number(file, 2))
        file.seek(max(length - 2, 0), 1)
    raise ValidationError(DAMAGED)


def _check(one_side: int, other_side: int) -> None:
    if not one_side or not other_side:
        raise ValidationError(DAMAGED)
    if one_side * other_side > MOST_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS)


def _number(file: BinaryIO, length: int) -> int:
    read = file.read(length)
    if len(read) != length:
        raise ValidationError(DAMAGED)
    return int.from_bytes(read)
