"""The HTTP of the park: for programs, for people, for the scene's files."""

from shulian.park.routes import edits, json, pages, tiles

ROUTES = (*json.ROUTES, *pages.ROUTES, *edits.ROUTES, *tiles.ROUTES)
"""Every handler of the park, apart from its live channel."""
