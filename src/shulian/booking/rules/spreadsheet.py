"""Bookings as a table for spreadsheets: of one resource, or of all."""

import csv
import io
from collections.abc import Sequence

from shulian.booking.wire import BookingView

COLUMNS = ("booking", "state", "holder", "title", "start", "end", "units", "source", "created")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (OWASP, CSV Injection)."""


def written(bookings: Sequence[BookingView], resource: object = None) -> str:
    """The claims of `bookings` on `resource` as CSV, times by the clocks of its park.

    Without a resource all claims, each with the name of its own.
    """
    text = io.StringIO()
    text.write("\ufeff")  # the mark by which spreadsheets know UTF-8
    writer = csv.writer(text)
    writer.writerow(COLUMNS if resource else (*COLUMNS, "resource"))
    for one in bookings:
        for claim in one.claims:
            if resource and claim.resource != resource:
                continue
            local = claim.span.local
            start = local.start if local else claim.span.start
            end = local.end if local else claim.span.end
            cells = (
                str(one.id),
                one.state.value,
                one.holder.name.zh or one.holder.name.en,
                one.title,
                start.isoformat(),
                end.isoformat() if end else "",
                str(claim.units),
                one.source,
                one.created.isoformat(),
                *(() if resource else (claim.name.zh or claim.name.en,)),
            )
            writer.writerow([_plain(cell) for cell in cells])
    return text.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
