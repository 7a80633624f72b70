"""What can be wrong with the storeys of a building, each with its words."""

from collections.abc import Mapping

from shulian.park.types import Notice, Point, Space

WORDS: Mapping[str, str] = {
    "storey_without_area": "the storey has no footprint and is not drawn",
    "space_without_area": "the space encloses no area and is not drawn",
    "space_outside_storey": "the space lies outside its storey and is not drawn",
    "space_cut_at_storey": "the space sticks out of its storey and is cut",
    "stairs_lead_nowhere": "no storey lies above the stairs",
    "stairs_too_small": "no flight fits the stairs",
    "stairs_steep": "the stairs are too small for comfortable steps",
    "stairs_out_of_reach": "walls of other spaces leave no way onto the stairs",
    "space_out_of_reach": "no way on foot leads from outside into the space",
    "door_off_wall": "no wall of the space is within 1 m of its door",
    "door_too_narrow": "the wall is too short for a door",
    "door_beside_flight": "the door leads against the side of a stair",
    "door_into_air": "the door leads through the façade into the air",
}
"""English words by code; the codes are keys of the catalogue below `park.notice.`."""


def notice(space: Space, code: str, measures: str = "") -> Notice:
    """A line about a space, with measures where there are some."""
    words = WORDS[code]
    return Notice(space.id, code, f"{words}: {measures}" if measures else words)


def at(point: Point) -> str:
    """A place in words [m]."""
    return f"{point[0]:.1f}, {point[1]:.1f}"
