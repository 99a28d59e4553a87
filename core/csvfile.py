"""Tables as CSV files (RFC 4180, UTF-8) that a spreadsheet opens without running anything."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

FORMULA_OPENS_WITH = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"


def csv_file(*, name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The table as a download called `name`.csv; an empty cell for None."""
    response = HttpResponse(
        BYTE_ORDER_MARK,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
    writer = csv.writer(response)
    writer.writerows([cell(value) for value in row] for row in (header, *rows))
    return response


def cell(value: Any) -> str:
    """The value as text, with an apostrophe before what a spreadsheet would take for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_OPENS_WITH) else text
