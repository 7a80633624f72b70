"""The congress of the demo park as a problem: its own file, and the ways through its own halls."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from shulian.cli import files
from shulian.congress.api import demo
from shulian.congress.rules.timetable.problem import Problem
from shulian.congress.rules.timetable.programme import of_programme
from shulian.congress.rules.walks.indoors import House, middle
from shulian.congress.rules.walks.times import Whereabouts, minutes
from shulian.congress.types import Surroundings
from shulian.park.rules import sources
from shulian.park.rules.barriers import find_barriers
from shulian.park.rules.trees import ancestors
from shulian.park.types import ParkPlan, Space, SpaceId, SpaceKind

FOLDER = Path(__file__).parents[2] / "demo" / "shulian"
_ON_GROUND = (SpaceKind.BUILDING, SpaceKind.PLAZA, SpaceKind.PARKING)


def problem() -> Problem:
    """30 forums, 110 sessions, 9 halls, 3 days; the opening and the end are where they are."""
    programme = demo.read((FOLDER / demo.FILE).read_bytes())
    plan = sources.read(files.read([FOLDER])).plan
    halls = [one.space for one in programme.halls]
    walks = _walks(plan, halls, programme.congress.first)
    return of_programme(programme, Surroundings(walks=walks))


def _walks(plan: ParkPlan, halls: list[SpaceId], day: date) -> dict[tuple[SpaceId, SpaceId], float]:
    """Minutes on foot from each hall to each other."""
    spaces = {one.id: one for one in plan.spaces}
    above = ancestors(plan.spaces)
    houses: dict[SpaceId, House] = {}
    found: list[Whereabouts] = []
    for one in sorted(halls):
        line = [spaces[each] for each in (*above[one], one)]
        building = next(each for each in line if each.kind is SpaceKind.BUILDING)
        if building.id not in houses:
            houses[building.id] = _house(plan, building, above, day)
        near = middle(spaces[one])
        if near is None:
            raise ValueError(one)
        found.append(Whereabouts(spaces[one], near, houses[building.id]))
    ground = [one for one in plan.spaces if one.kind in _ON_GROUND]
    return minutes(found, ground, plan.scenery)


def _house(
    plan: ParkPlan, building: Space, above: Mapping[SpaceId, tuple[SpaceId, ...]], day: date
) -> House:
    below = tuple(one for one in plan.spaces if building.id in above[one.id])
    line = [one for one in plan.spaces if one.id in above[building.id]]
    return House(building, below, find_barriers([*line, building, *below], day))
