"""The number a position is cited by, as MT-2026/014, also inside an address."""

from typing import NamedTuple

from django.urls import register_converter


class Reference(NamedTuple):
    code: str
    year: int
    number: int

    def __str__(self):
        return f"{self.code}-{self.year}/{self.number:03}"


class ReferenceConverter:
    """Only the number as it is written: no second address leads to the same position."""

    regex = r"\w{1,6}-[0-9]{4}/[0-9]{3,9}"

    def to_python(self, value):
        code, _dash, rest = value.partition("-")
        year, number = rest.split("/")
        reference = Reference(code, int(year), int(number))
        if str(reference) != value:
            raise ValueError(value)
        return reference

    def to_url(self, value):
        return str(value)


register_converter(ReferenceConverter, "reference")
