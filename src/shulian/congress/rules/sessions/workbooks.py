"""Spreadsheets from strangers: bounded in size, without merged cells, formulas by their values."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, nan
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from shulian.congress.errors import (
    CellsMerged,
    CellWrong,
    ConferenceTooLarge,
    ConferenceUnreadable,
    FormulaEmpty,
    NameMissing,
    NameTwice,
    NumberWrong,
    SheetMissing,
)

_MOST_BYTES = 64 * 2**20
"""Of all that is in the file, unpacked: a conference of 5,000 talks has a tenth of it."""
_MOST_CELLS = 2_000_000
"""Of a sheet, from its first to the last that says something."""
_LONGEST = 80
"""Characters of a cell that an error quotes."""
_LARGEST = 10**7
"""Of any number: weight times penalty times the time slots there are is far from 2^63 then."""
_UNREADABLE = (
    zipfile.BadZipFile,
    InvalidFileException,
    DefusedXmlException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
)
"""What openpyxl raises at files that are none of its kind."""

Cell = object
"""What a cell says: text, number, time, or None."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet, and where each stands."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def at(self, row: int, column: int) -> Cell:
        """What the cell says; None where there is none. Rows and columns count from 0."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def wrong(self, kind: type[CellWrong], row: int, column: int) -> CellWrong:
        """An error that says which cell is wrong, and what it says."""
        said = self.at(row, column)
        told = "" if said is None else str(said)[:_LONGEST]
        return kind(sheet=self.name, cell=_name(row, column), said=told)

    def number(self, row: int, column: int, least: int = -_LARGEST, empty: int = 0) -> int:
        """A whole number; raises NumberWrong."""
        told = self.at(row, column)
        said = _number(empty if told is None or told == "" else told)
        if said is None or not least <= said <= _LARGEST:
            raise NumberWrong(
                sheet=self.name,
                cell=_name(row, column),
                said=str(told)[:_LONGEST],
                least=least,
                most=_LARGEST,
            )
        return int(said)

    def text(self, row: int, column: int) -> str:
        """What the cell says as text, as it stands."""
        said = self.at(row, column)
        if isinstance(said, float) and said.is_integer():
            said = int(said)
        return "" if said is None else str(said)

    def names(self, column: int) -> dict[str, int]:
        """The names in a column below its head, with their rows; raises NameTwice.

        A row without a name must be without anything: raises NameMissing.
        """
        found: dict[str, int] = {}
        for row in range(1, len(self.rows)):
            name = self.text(row, column)
            if name.strip():
                if name in found:
                    raise self.wrong(NameTwice, row, column)
                found[name] = row
            elif any(self.text(row, other).strip() for other in range(len(self.rows[row]))):
                raise self.wrong(NameMissing, row, column)
        return found

    def heads(self) -> dict[str, int]:
        """The names in the first row after its first cell, with their columns; raises NameTwice."""
        found: dict[str, int] = {}
        for column in range(1, len(self.rows[0]) if self.rows else 0):
            name = self.text(0, column)
            if name.strip():
                if name in found:
                    raise self.wrong(NameTwice, 0, column)
                found[name] = column
        return found


def _name(row: int, column: int) -> str:
    """Of a cell, as spreadsheets have it."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def _number(said: Cell) -> int | None:
    """A whole number that is one as a number or as text; none: it is none."""
    try:
        value = float(said) if isinstance(said, int | float | str) else nan
    except ValueError:
        return None
    whole = isfinite(value) and value == int(value) and not isinstance(said, bool)
    return int(value) if whole else None


def read_sheets(content: bytes, wanted: Iterable[str]) -> Mapping[str, Sheet]:
    """The sheets `wanted` of a spreadsheet; raises what is told of in `shulian.congress.errors`."""
    values, formulas = _open(content, values=True), _open(content, values=False)
    names = {name.strip().casefold(): name for name in values.sheetnames}
    found: dict[str, Sheet] = {}
    for name in wanted:
        if name not in names:
            raise SheetMissing(sheet=name)
        found[name] = _sheet(values[names[name]], formulas[names[name]])
    return found


def first_sheet(content: bytes) -> Sheet:
    """The first sheet of a spreadsheet."""
    values, formulas = _open(content, values=True), _open(content, values=False)
    if not values.sheetnames:
        raise ConferenceUnreadable
    name = values.sheetnames[0]
    return _sheet(values[name], formulas[name])


def _open(content: bytes, *, values: bool) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
        if size > _MOST_BYTES:
            raise ConferenceTooLarge(limit=_MOST_BYTES)
        return load_workbook(io.BytesIO(content), data_only=values)
    except _UNREADABLE as error:
        raise ConferenceUnreadable from error


def _sheet(values: Worksheet, formulas: Worksheet) -> Sheet:
    if values.max_row * values.max_column > _MOST_CELLS:
        raise ConferenceTooLarge(limit=_MOST_CELLS)
    for merged in values.merged_cells.ranges:
        raise CellsMerged(sheet=values.title, cell=str(merged), said="")
    found = Sheet(values.title, tuple(values.iter_rows(values_only=True)))
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f" and values[cell.coordinate].value is None:
                raise FormulaEmpty(sheet=values.title, cell=cell.coordinate, said=str(cell.value))
    return found
