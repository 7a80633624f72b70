"""Tables as text: CSV (RFC 4180), in the encodings and with the delimiters that are met."""

import csv
import io
import re
from datetime import date

from shulian.congress.errors import ExchangeUnreadable
from shulian.congress.rules.exchange.cells import Value
from shulian.congress.rules.exchange.columns import head_of
from shulian.congress.rules.exchange.drafts import NOTHING, Draft, Given, check_size
from shulian.congress.rules.exchange.tables import Grid, written
from shulian.congress.rules.exchange.tables import read as read_table
from shulian.congress.rules.exchange.views import PLAIN, Telling
from shulian.congress.types import Programme

FORM = "CSV"
_DELIMITERS = ",;\t|"
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_ACTIVE = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would compute: it gets an apostrophe before it."""
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def write(programme: Programme, telling: Telling = PLAIN) -> bytes:
    """The sessions of a programme as a table that spreadsheets open as it is meant."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    for row in written(programme, telling):
        writer.writerow([_guarded(one) for one in row])
    return made.getvalue().encode("utf-8-sig")


def read(content: bytes, given: Given = NOTHING) -> Draft:
    """What a file would make of a congress."""
    return read_table(grid(content), given)


def grid(content: bytes) -> Grid:
    """The cells of a file."""
    check_size(content)
    text = _decoded(content)
    best: list[list[str]] | None = None
    most = -1
    for delimiter in _DELIMITERS:
        if delimiter != "," and delimiter not in text:
            continue
        rows = _rows(text, delimiter)
        head = head_of(rows)
        known = len(head.columns) if head else 0
        if known > most:
            best, most = rows, known
    return Grid(tuple(tuple(_bare(one) for one in row) for row in best or ()))


def _rows(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        if delimiter == ",":
            raise ExchangeUnreadable(format=FORM, where=f"{reader.line_num}:1") from error
        return []


def _decoded(content: bytes) -> str:
    """Text as it says that it is written, else in UTF-8, else as Chinese programs of old do."""
    encodings = [name for mark, name in _BOMS if content.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            line = text[: text.index("\0")].count("\n") + 1
            raise ExchangeUnreadable(format=FORM, where=f"{line}:1")
        return text
    raise ExchangeUnreadable(format=FORM, where="1:1")


def _guarded(value: Value) -> str:
    told = value.isoformat() if isinstance(value, date) else str("" if value is None else value)
    return f"'{told}" if _ACTIVE.match(told) else told


def _bare(told: str) -> str:
    return told[1:] if _GUARDED.match(told) else told
