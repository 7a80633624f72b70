"""The park as a list that opens level by level: what the scene shows, for keyboards and readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shulian.park.rules.listing import named_first
from shulian.park.types import SpaceId, SpaceKind, Step

SHOWN = (
    SpaceKind.PARK,
    SpaceKind.SITE,
    SpaceKind.PHASE,
    SpaceKind.BUILDING,
    SpaceKind.PLAZA,
    SpaceKind.GARDEN,
    SpaceKind.PARKING,
)
"""The kinds that stand in the list from the start; what is in them comes when it is opened."""

MOST = 600
"""So many children of one space are listed; all of them stand on the page of that space."""
_FEW = 20
"""So many without a name are listed among the others; more come when they are asked for."""
_RANKS = {kind: rank for rank, kind in enumerate(SHOWN)}


@dataclass(frozen=True, slots=True)
class Node:
    """A space in the list."""

    step: Step
    children: tuple["Node", ...]
    total: int
    """How many spaces stand in it, listed or not."""
    nameless: int
    """How many of them are buildings without a name that are left out of the list."""

    @property
    def opens_later(self) -> bool:
        """Whether what is in it is loaded when it is opened."""
        return bool(self.total) and not self.children and not self.nameless

    @property
    def cut(self) -> int:
        """How many more of those with a name there are."""
        return self.total - len(self.children) - self.nameless if self.children else 0


def outline(steps: Sequence[Step], standing: Mapping[SpaceId, int]) -> Node:
    """The list below the first of `steps`: by kind, named ones first, else as they come.

    standing  how many spaces stand directly in each space
    """
    below: dict[SpaceId, list[Step]] = {}
    for step in steps:
        if step.parent is not None:
            below.setdefault(step.parent, []).append(step)

    def node(step: Step) -> Node:
        found = sorted(named_first(below.get(step.id, ())), key=lambda one: _RANKS[one.kind])
        left_out = nameless(found)
        listed = [one for one in found if one not in left_out] if left_out else found
        children = tuple(node(child) for child in listed[:MOST])
        return Node(step, children, standing.get(step.id, 0), len(left_out))

    return node(steps[0])


def nameless(steps: Sequence[Step]) -> frozenset[Step]:
    """The buildings among siblings that have no name, if they are so many as to hide the others."""
    found = [step for step in steps if step.kind is SpaceKind.BUILDING and not step.name]
    return frozenset(found) if len(found) > _FEW else frozenset()
