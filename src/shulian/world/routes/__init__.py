"""The HTTP of the shared world: tickets and order for programs, pages for people."""

from shulian.world.routes import json, pages
from shulian.world.routes.gate import Gate

ROUTES = (*json.ROUTES, *pages.ROUTES)
"""Every handler of the world."""

__all__ = ["ROUTES", "Gate"]
