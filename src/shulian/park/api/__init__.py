"""The door of the park: one function for each thing that can be done with it.

Everyone may read a park, so what reads takes no actor; what changes one asks who acts, except
`put_status` and `clear_status`, by which the features above say what a space is now.
"""

from shulian.park.api.edits import edit_space, revert_edit
from shulian.park.api.flat import (
    ahead,
    highlights,
    model,
    nameless_in,
    overview,
    plan,
    plan_around,
    standing,
    tree,
)
from shulian.park.api.imports import export_park, import_park
from shulian.park.api.live import (
    clear_operator_status,
    clear_status,
    put_status,
    set_operator_status,
    statuses,
    topic,
)
from shulian.park.api.parks import parks, place, scene, scenery, sun
from shulian.park.api.removal import remove_park
from shulian.park.api.solid import barriers, barriers_of, revision
from shulian.park.api.spaces import (
    LONGEST_QUERY,
    MOST_HITS,
    buildings,
    children,
    details,
    localities,
    path,
    search,
    space,
    spaces,
)
from shulian.park.api.tilesets import (
    GRACE,
    begin_tileset,
    forget_tilesets,
    plan_to_build,
    request_tiles,
    show_tileset,
    tiles_work,
    tileset,
)
from shulian.park.api.venues import add_venues
from shulian.park.rules.venues import Room, Venue

__all__ = [
    "GRACE",
    "LONGEST_QUERY",
    "MOST_HITS",
    "Room",
    "Venue",
    "add_venues",
    "ahead",
    "barriers",
    "barriers_of",
    "begin_tileset",
    "buildings",
    "children",
    "clear_operator_status",
    "clear_status",
    "details",
    "edit_space",
    "export_park",
    "forget_tilesets",
    "highlights",
    "import_park",
    "localities",
    "model",
    "nameless_in",
    "overview",
    "parks",
    "path",
    "place",
    "plan",
    "plan_around",
    "plan_to_build",
    "put_status",
    "remove_park",
    "request_tiles",
    "revert_edit",
    "revision",
    "scene",
    "scenery",
    "search",
    "set_operator_status",
    "show_tileset",
    "space",
    "spaces",
    "standing",
    "statuses",
    "sun",
    "tiles_work",
    "tileset",
    "topic",
    "tree",
]
