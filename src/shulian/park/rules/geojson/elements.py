"""Items that are one thing in the world: pieces of a cut building, and the same one twice."""

from collections.abc import Iterable, Sequence
from itertools import compress

from shulian.kit.geometry import Array
from shulian.park.rules.geojson.items import Item
from shulian.park.rules.geojson.report import Report

_REACH = 2000.0
"""[m] pieces of one thing lie no farther apart; beyond it an id was used twice."""

Groups = dict[str, tuple[int, ...]]
"""Indices of the items of each key."""


def grouped(indices: Iterable[int], items: Sequence[Item]) -> Groups:
    """Indices of items by key, in the order the keys first appear."""
    groups: Groups = {}
    several: dict[str, list[int]] = {}
    for index in indices:
        key = items[index].key
        if groups.setdefault(key, (index,))[0] != index:
            several.setdefault(key, [*groups[key]]).append(index)
    groups.update({key: tuple(group) for key, group in several.items()})
    return groups


def kept_apart(groups: Groups, items: Sequence[Item], first: Array, report: Report) -> Groups:
    """The same groups; of equal keys too far apart the later ones have keys of their own.

    first  (n, 2) [m]  a position of each item
    """
    if max(map(len, groups.values()), default=0) < 2:  # noqa: PLR2004
        return groups
    result: Groups = {}
    for key, group in groups.items():
        result[key] = group
        rest, number = group, 1
        while len(rest) > 1:
            near = abs(first[list(rest)] - first[rest[0]]).max(axis=1) <= _REACH
            if near.all():
                break
            mine = key if number == 1 else f"{key}-{number}"
            number += 1
            result[mine] = tuple(compress(rest, near))
            rest: tuple[int, ...] = tuple(compress(rest, ~near))
            result[f"{key}-{number}"] = rest
            words = f"{key} is somewhere else already; kept apart"
            report.say_of("id_reused", items[rest[0]], words)
    return result
