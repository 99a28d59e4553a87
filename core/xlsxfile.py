"""Tables as XLSX files that a spreadsheet opens without running anything."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.files import XLSX

AS_TEXT = "@"


def xlsx_file(*, name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The table as a download called `name`.xlsx; an empty cell for None, a day as a day."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for row in (header, *rows):
        sheet.append([cell(sheet, value) for value in row])
    packed = BytesIO()
    book.save(packed)
    return HttpResponse(
        packed.getvalue(),
        content_type=XLSX.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def cell(sheet: Any, value: Any) -> Any:
    """Days are days; everything else is text, also what a spreadsheet would take for a formula."""
    if value is None or isinstance(value, date):
        return value
    written = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    written.data_type = "s"
    written.number_format = AS_TEXT
    return written
