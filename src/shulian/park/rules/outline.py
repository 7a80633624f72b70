"""The park as a list that opens level by level: what the scene shows, for keyboards and readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from shulian.park.types import SpaceId, SpaceKind, Step

SHOWN = (
    SpaceKind.SITE,
    SpaceKind.PHASE,
    SpaceKind.BUILDING,
    SpaceKind.PLAZA,
    SpaceKind.GARDEN,
    SpaceKind.PARKING,
)
"""The kinds that stand in the list from the start; what is in them comes when it is opened."""

MOST = 600
"""So many children of one space are listed; further ones are found by search."""


@dataclass(frozen=True, slots=True)
class Node:
    """A space in the list."""

    step: Step
    children: tuple["Node", ...]
    more: bool
    """Whether there is something in it that is loaded when it is opened."""


def outline(steps: Sequence[Step], park: SpaceId, opened_later: frozenset[SpaceId]) -> list[Node]:
    """The list below `park`, in the order in which the steps come.

    opened_later  those with something in them that is not among `steps`
    """
    below: dict[SpaceId, list[Step]] = {}
    for step in steps:
        if step.parent is not None:
            below.setdefault(step.parent, []).append(step)

    def node(step: Step) -> Node:
        children = tuple(node(child) for child in below.get(step.id, ())[:MOST])
        return Node(step, children, not children and step.id in opened_later)

    return [node(step) for step in below.get(park, ())]
