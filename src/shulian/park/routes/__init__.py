"""The HTTP of the park: for programs, for the scene's files."""

from shulian.park.routes import json, tiles

ROUTES = (*json.ROUTES, *tiles.ROUTES)
"""Every handler of the park, apart from its live channel."""
