"""The HTTP of the ledger: for programs, for people, and its part of the page of a space."""

from shulian.booking.routes import booking, calendars, desk, json, ledger, mine, operators, pages
from shulian.booking.routes.panel import space_panel

ROUTES = (
    *json.ROUTES,
    *operators.ROUTES,
    *pages.ROUTES,
    *mine.ROUTES,
    *calendars.ROUTES,
    *booking.ROUTES,
    *desk.ROUTES,
    *ledger.ROUTES,
    *ledger.ROUTES,
)
"""Every handler of the ledger."""

__all__ = ["ROUTES", "space_panel"]
