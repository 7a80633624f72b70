"""Tables as spreadsheets: XLSX (ISO/IEC 29500), with merged cells, formulas and real dates."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from shulian.congress.errors import (
    ExchangeTooLarge,
    ExchangeTooMany,
    ExchangeUnreadable,
    ExchangeUnsafe,
)
from shulian.congress.rules.exchange.cells import Value
from shulian.congress.rules.exchange.columns import COLUMNS, head_of
from shulian.congress.rules.exchange.drafts import (
    LIMIT,
    MOST_SESSIONS,
    NOTHING,
    Draft,
    Given,
    check_size,
)
from shulian.congress.rules.exchange.tables import Grid, written
from shulian.congress.rules.exchange.tables import read as read_table
from shulian.congress.rules.exchange.views import PLAIN, Telling
from shulian.congress.types import Programme

FORM = "XLSX"
_LARGEST = 4 * LIMIT
"""[bytes] of all that is packed in a file."""
_MOST_PARTS = 1_000
_WIDEST = 4 * len(COLUMNS)
"""Columns that are looked at."""
_DEEPEST = MOST_SESSIONS + 50
_WIDTHS = {"title_zh": 40, "title_en": 40, "organisers": 40, "session": 14, "id": 14}
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,  # of what is encrypted
    OverflowError,
    zlib.error,
    NotImplementedError,
    SyntaxError,  # lxml's way to say that XML is none
)


def write(programme: Programme, telling: Telling = PLAIN) -> bytes:
    """The sessions of a programme as a sheet; words are words there, whatever they begin with."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "programme"
    for at, row in enumerate(written(programme, telling), start=1):
        for column, value in enumerate(row, start=1):
            _put(sheet.cell(at, column), value)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _put(cell: Any, value: Value) -> None:  # openpyxl has no types
    if value is None or value == "":
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # else `=1+1` is a formula, and `#N/A` an error
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def read(content: bytes, given: Given = NOTHING) -> Draft:
    """What a file would make of a congress."""
    return read_table(grid(content), given)


def grid(content: bytes) -> Grid:
    """The cells of the first sheet that has a head: computed ones as they were computed last."""
    check_size(content)
    try:
        _check_parts(content)
        with warnings.catch_warnings():  # of what a sheet has that does not concern us
            warnings.simplefilter("ignore")
            values = load_workbook(io.BytesIO(content), data_only=True)
            told = load_workbook(io.BytesIO(content))
    except DefusedXmlException as error:
        raise ExchangeUnsafe(format=FORM) from error
    except _BROKEN as error:
        raise ExchangeUnreadable(format=FORM, where=" ".join(str(error).split())[:80]) from error
    first: Grid | None = None
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        found = _grid(sheet, told[sheet.title])
        if head_of(found.rows) is not None:
            return found
        first = first or found
    return first or Grid(())


def _check_parts(content: bytes) -> None:
    """Refuse what would unpack to more than a sheet is, before it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
    size = sum(one.file_size for one in parts)
    if size > _LARGEST or len(parts) > _MOST_PARTS:
        raise ExchangeTooLarge(limit=_LARGEST >> 20)


def _grid(sheet: Any, told: Any) -> Grid:  # openpyxl has no types
    rows, columns = _extent(sheet)
    cells: list[list[Value]] = [[None] * columns for _ in range(rows)]
    faults: dict[tuple[int, int], str] = {}
    for at in range(rows):
        for index in range(columns):
            cell = sheet.cell(at + 1, index + 1)
            cells[at][index] = cell.value
            if cell.data_type == "e":
                faults[at, index] = "cell_error"
            elif told.cell(at + 1, index + 1).data_type == "f" and cell.value is None:
                faults[at, index] = "formula_empty"
    for row, column, top, left in _merged(sheet, rows, columns):
        cells[row][column] = cells[top][left]
    return Grid(tuple(map(tuple, cells)), faults)


def _extent(sheet: Any) -> tuple[int, int]:  # as above
    """Rows and columns that hold something: empty ones with a style may go on for ever."""
    filled = [
        (cell.row, cell.column)
        for cell in sheet._cells.values()  # noqa: SLF001  # all others make new cells
        if cell.value is not None or cell.data_type == "f"
    ]
    rows = max((row for row, _ in filled), default=0)
    if rows > _DEEPEST:
        raise ExchangeTooMany(limit=MOST_SESSIONS)
    return rows, min(max((column for _, column in filled), default=0), _WIDEST)


def _merged(sheet: Any, rows: int, columns: int) -> Iterator[tuple[int, int, int, int]]:
    """Each cell that is merged into another: its row and column, and those of the other."""
    for one in sheet.merged_cells.ranges:
        top, left = one.min_row - 1, one.min_col - 1
        for row in range(top, min(one.max_row, rows)):
            for column in range(left, min(one.max_col, columns)):
                if (row, column) != (top, left):
                    yield row, column, top, left
