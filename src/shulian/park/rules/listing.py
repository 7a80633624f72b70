"""What stands in a space, as a page lists it: by kind, those with a name before those without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shulian.park.types import SpaceKind, Step

_LONG = 24
"""So many of a kind stand together with other kinds; more have a list of their own."""
_RANKS = {kind: rank for rank, kind in enumerate(SpaceKind)}


@dataclass(frozen=True, slots=True)
class Group:
    """A list of spaces."""

    kind: SpaceKind | None
    """None: there are several kinds in it."""
    steps: tuple[Step, ...]
    """Those that are shown."""
    total: int
    """How many there are."""


def grouped(steps: Iterable[Step], most: int | None) -> tuple[Group, ...]:
    """`steps` as lists of at most `most`: short ones of all kinds in one, then each long one."""
    kinds: dict[SpaceKind, list[Step]] = {}
    for step in steps:
        kinds.setdefault(step.kind, []).append(step)
    ranked = sorted(kinds.items(), key=lambda one: _RANKS[one[0]])
    short = [(kind, found) for kind, found in ranked if len(found) <= _LONG]
    mixed = [step for _, found in short for step in named_first(found)]
    groups = [(short[0][0] if len(short) == 1 else None, mixed)] if mixed else []
    groups += [(kind, named_first(found)) for kind, found in ranked if len(found) > _LONG]
    return tuple(Group(kind, tuple(found[:most]), len(found)) for kind, found in groups)


def named_first(steps: Sequence[Step]) -> list[Step]:
    """`steps` with those that have a name before those that have none, else as they come."""
    return sorted(steps, key=lambda step: not step.name)
