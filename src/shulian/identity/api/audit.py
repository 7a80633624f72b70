"""The audit log: every feature records its changes here; nobody takes an entry back."""

import csv
import io
from collections.abc import Generator
from datetime import datetime

from shulian.identity.rules import trail
from shulian.identity.store import audit as store
from shulian.identity.types import AUDIT_READ, Actor, AuditEntry, AuditFilter, AuditPage, Subject
from shulian.kit.bus import Transactions
from shulian.kit.db import Db

MOST_ENTRIES = 200
"""Entries on one page."""

_EXPORTED = 1000
"""Entries that are read at a time for an export."""


def record(
    db: Db,
    actor: Actor,
    verb: str,
    subject: Subject,
    before: object = None,
    after: object = None,
    *,
    now: datetime,
) -> None:
    """Write down that `actor` did `verb` to `subject`, in the transaction that did it.

    `before` and `after` are any values msgspec can encode: dataclasses, structs, dicts …; what
    stands in fields named like secrets is left out.
    """
    old, new = trail.kept(before), trail.kept(after)
    store.put_new(db, actor, verb, subject, old, new, now=now)


def audit_trail(
    db: Db, actor: Actor, wanted: AuditFilter, *, below: int | None = None, limit: int = 50
) -> AuditPage:
    """A page of the log, the newest first, from the entry before number `below`."""
    actor.demand(AUDIT_READ)
    size = max(1, min(limit, MOST_ENTRIES))
    found = store.list_(db, wanted, below=below, limit=size + 1)
    shown = found[:size]
    return AuditPage(shown, next=shown[-1].number if len(found) > size else None)


def audit_as_csv(transactions: Transactions, actor: Actor, wanted: AuditFilter) -> Generator[str]:
    """The matching entries as CSV, piece by piece, each read in a short transaction of its own."""
    actor.demand(AUDIT_READ)
    return _pieces(transactions, wanted)


def _pieces(transactions: Transactions, wanted: AuditFilter) -> Generator[str]:
    yield "\ufeff" + _rows([trail.COLUMNS])  # the mark by which spreadsheets know UTF-8
    below: int | None = None
    while True:
        with transactions() as (db, _):
            entries: tuple[AuditEntry, ...] = store.list_(db, wanted, below=below, limit=_EXPORTED)
        if entries:
            yield _rows([trail.csv_cells(entry) for entry in entries])
        if len(entries) < _EXPORTED:
            return
        below = entries[-1].number


def _rows(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
