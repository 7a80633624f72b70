"""The HTTP of ticketing: pages for those who buy and sell, gates, JSON for the scene."""

from shulian.ticketing.routes import (
    buying,
    changing,
    desk,
    gate,
    line,
    money,
    offers,
    orders,
    own,
    papers,
    planning,
    seats,
    shop,
    tickets,
)
from shulian.ticketing.routes.checkpoint import SCANS_A_MINUTE, Checkpoint
from shulian.ticketing.routes.counter import new_counter
from shulian.ticketing.routes.panel import hall_panel

ROUTES = (
    *shop.ROUTES,
    *orders.ROUTES,
    *own.ROUTES,
    *planning.ROUTES,
    *desk.ROUTES,
    *changing.ROUTES,
    *seats.ROUTES,
    *gate.ROUTES,
    *papers.ROUTES,
    *buying.ROUTES,
    *line.ROUTES,
    *offers.ROUTES,
    *money.ROUTES,
    *tickets.ROUTES,
)
"""Every handler of ticketing."""

__all__ = ["ROUTES", "SCANS_A_MINUTE", "Checkpoint", "hall_panel", "new_counter"]
