"""What buildings and scenery are made of: items, their shapes in metres, and a purse of effort."""

from dataclasses import dataclass

import numpy as np

from shulian.kit.geometry import Array
from shulian.park.rules.geojson.areas import Areas, areas
from shulian.park.rules.geojson.columns import Ints, Run, Runs
from shulian.park.rules.geojson.effort import Effort
from shulian.park.rules.geojson.elements import Groups, grouped
from shulian.park.rules.geojson.items import Item
from shulian.park.rules.geojson.lines import Lines, lines
from shulian.park.rules.geojson.report import Report
from shulian.park.rules.geojson.roles import Role

CELL = 0.004
"""[°] nameless ways and single trees are gathered within squares of this side."""


@dataclass(frozen=True, slots=True)
class Materials:
    """Everything of an import that lies where a park can have it."""

    items: list[Item]
    areas: Areas
    lines: Lines
    points: Array
    """(p, 2) [m]"""
    point_owners: Ints
    """(p,) item of each point, ascending."""
    first: Array
    """(n, 2) [m] the first position of each item."""
    cells: Ints
    """(n, 2) the square of ground each item begins in, counted from 0° east and north."""
    effort: Effort
    report: Report

    def groups(self, *roles: Role) -> Groups:
        """The items of these roles by key."""
        wanted = (index for index, item in enumerate(self.items) if item.role in roles)
        return grouped(wanted, self.items)

    def square(self, item: int) -> str:
        """The name of the square of ground that an item begins in."""
        east, north = self.cells[item].tolist()
        return f"c{east}_{north}"


def materials(items: list[Item], metres: Runs, degrees: Runs, report: Report) -> Materials:
    """What is made of items whose runs are given in metres and in degrees."""
    begins = metres.begins(len(items))[:-1]
    effort = Effort()
    points = metres.only(metres.kinds == Run.POINT)
    return Materials(
        items=items,
        areas=areas(metres, items, effort, report),
        lines=lines(metres),
        points=points.positions,
        point_owners=points.owners,
        first=metres.positions[begins],
        cells=np.floor(degrees.positions[begins] / CELL).astype(np.int64),
        effort=effort,
        report=report,
    )
