"""The order of a tree: parents before their children, and who stands above whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from shulian.park.types import Record, Space, SpaceId, Step


def in_order(spaces: Iterable[Space]) -> tuple[Space, ...]:
    """`spaces` depth first, children by their order and id; what hangs on nothing is left out."""
    below: defaultdict[SpaceId | None, list[Space]] = defaultdict(list)
    for space in spaces:
        below[space.parent].append(space)
    for children in below.values():
        children.sort(key=lambda child: (child.order, child.id), reverse=True)
    waiting = list(below[None])
    found: list[Space] = []
    while waiting:
        space = waiting.pop()
        found.append(space)
        waiting.extend(below.get(space.id, ()))
    return tuple(found)


def ancestors(spaces: Sequence[Space]) -> Mapping[SpaceId, tuple[SpaceId, ...]]:
    """The ids above each of `spaces`, from the park down; parents stand before their children."""
    above: dict[SpaceId, tuple[SpaceId, ...]] = {}
    for space in spaces:
        above[space.id] = (*above[space.parent], space.parent) if space.parent else ()
    return above


def step_of(record: Record) -> Step:
    """A record as a step on the way to another."""
    space = record.space
    return Step(space.id, space.parent, space.kind, space.name, space.order, record.extent)
