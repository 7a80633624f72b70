"""What the audit log keeps of a value, and how two states of it differ."""

import json
import re
from dataclasses import dataclass
from typing import cast

import msgspec

from shulian.identity.types import AuditEntry, Json

_SECRET = re.compile(r"password|passphrase|secret", re.IGNORECASE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (OWASP, CSV Injection)."""

COLUMNS = (
    "number",
    "at",
    "person",
    "name",
    "via",
    "token",
    "verb",
    "subject_kind",
    "subject_id",
    "before",
    "after",
)
"""The columns of the log as CSV."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a subject, as it was and as it became."""

    field: str
    before: str
    after: str


def kept(value: object) -> Json:
    """`value` as the log keeps it: plain JSON, with what secret fields hold left out."""
    return _clean(msgspec.to_builtins(value, str_keys=True, order="deterministic"))


def changes(before: Json, after: Json) -> tuple[Change, ...]:
    """The fields in which two kept values differ; a side that is missing is empty."""
    old, new = _fields(before), _fields(after)
    return tuple(
        Change(field, _shown(old.get(field)), _shown(new.get(field)))
        for field in dict.fromkeys((*old, *new))
        if old.get(field) != new.get(field)
    )


def csv_cells(entry: AuditEntry) -> tuple[str, ...]:
    """`entry` as the cells of COLUMNS, none of which a spreadsheet takes for a formula."""
    cells = (
        str(entry.number),
        entry.at.isoformat(),
        str(entry.person or ""),
        entry.name,
        entry.via,
        str(entry.token or ""),
        entry.verb,
        entry.subject.kind,
        entry.subject.id,
        _shown(entry.before),
        _shown(entry.after),
    )
    return tuple(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)


def _clean(value: object) -> Json:
    if isinstance(value, dict):
        told = cast("dict[str, object]", value)
        return {
            _without_nul(name): "***" if _SECRET.search(name) else _clean(inner)
            for name, inner in told.items()
        }
    if isinstance(value, (list, tuple)):
        return [_clean(inner) for inner in cast("list[object]", value)]
    if isinstance(value, str):
        return _without_nul(value)
    return cast("bool | int | float | None", value)


def _without_nul(text: str) -> str:
    return text.replace("\0", "")


def _fields(value: Json) -> dict[str, Json]:
    if value is None:
        return {}
    return value if isinstance(value, dict) else {"": value}


def _shown(value: Json) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
