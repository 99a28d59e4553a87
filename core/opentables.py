"""Tables of open data: which columns they have, what each means, and how they become files.

Names of columns and codes are the same in every language and stay as they are; what is added goes
to the end. Rows come one by one: a file is never held in memory.
"""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from core.csvfile import BYTE_ORDER_MARK, cell

CHUNK = 2000
FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


class Column(NamedTuple):
    """`kind` is a type of Frictionless table schemas; `codes` are all the values there are."""

    name: str
    what: Any
    kind: str = "string"
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataTable:
    name: str
    title: Any
    columns: tuple[Column, ...]
    read: Callable[[], Iterator[tuple]]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def write(table: DataTable, paths: dict[str, Path], *, as_of: datetime) -> int:
    """The table in each format, in one reading of its rows; returns how many there are."""
    number = 0
    with (
        paths["csv"].open("w", encoding="utf-8", newline="") as sheet,
        paths["json"].open("w", encoding="utf-8") as listed,
    ):
        sheet.write(BYTE_ORDER_MARK)
        writer = csv.writer(sheet)
        writer.writerow(table.header)
        listed.write(_opening(table, as_of))
        for row in table.read():
            writer.writerow([cell(value) for value in row])
            listed.write(",\n" if number else "\n")
            listed.write(_object(table.header, row))
            number += 1
        listed.write("\n]}\n")
    return number


def _opening(table: DataTable, as_of: datetime) -> str:
    facts = {"table": table.name, "as_of": as_of.isoformat()}
    return json.dumps(facts, ensure_ascii=False)[:-1] + ', "rows": ['


def _object(header: list[str], row: tuple) -> str:
    values = dict(zip(header, map(_plain, row), strict=True))
    return json.dumps(values, ensure_ascii=False)


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case None | bool() | int() | str():
            return value
    return str(value)
