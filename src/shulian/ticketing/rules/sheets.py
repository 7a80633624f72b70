"""Tables for spreadsheets: CSV in which no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would run (OWASP, CSV Injection)."""
_MARK = "\ufeff"
"""By which spreadsheets know UTF-8."""


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its head."""
    text = io.StringIO()
    csv.writer(text).writerows([head, *([_cell(one) for one in row] for row in rows)])
    return _MARK + text.getvalue()


def yuan(fen: int) -> str:
    """An amount as spreadsheets read it, in yuan."""
    return f"{fen // 100}.{fen % 100:02d}"


def _cell(told: str) -> str:
    """Blanks before it do not keep a spreadsheet from running it."""
    return f"'{told}" if told.lstrip(" \u3000").startswith(_FORMULA) else told
