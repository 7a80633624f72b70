"""Who owns a field of a space: the file it was imported from, or an operator who changed it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from shulian.kit.text import Text
from shulian.park.types import Field, FieldValue, Kept, Space, SpaceKind, SpaceStatus

LEVELS = frozenset(list(SpaceKind)[:5])
"""The kinds that make the tree; a space never becomes or ceases to be one of them by an edit."""

_READ: Mapping[Field, Callable[[Space], FieldValue]] = {
    Field.NAME_ZH: lambda space: space.name.zh,
    Field.NAME_EN: lambda space: space.name.en,
    Field.ABOUT_ZH: lambda space: space.about.zh,
    Field.ABOUT_EN: lambda space: space.about.en,
    Field.KIND: lambda space: space.kind.value,
    Field.CAPACITY: lambda space: space.capacity,
    Field.STATUS: lambda space: space.status.value,
    Field.LINK: lambda space: space.link,
}


def values(space: Space, fields: Mapping[Field, object]) -> dict[Field, FieldValue]:
    """What `space` says in each of `fields`."""
    return {field: _READ[field](space) for field in fields}


def with_values(space: Space, told: Mapping[Field, FieldValue]) -> Space:
    """`space` saying what `told` says; the values are such as `values` gives them."""
    if not told:
        return space
    full = {**{field: read(space) for field, read in _READ.items()}, **told}
    capacity, link = full[Field.CAPACITY], full[Field.LINK]
    return replace(
        space,
        name=Text(str(full[Field.NAME_ZH]), str(full[Field.NAME_EN])),
        about=Text(str(full[Field.ABOUT_ZH]), str(full[Field.ABOUT_EN])),
        kind=SpaceKind(str(full[Field.KIND])),
        capacity=None if capacity is None else int(capacity),
        status=SpaceStatus(str(full[Field.STATUS])),
        link=None if link is None else str(link),
    )


def edited(
    space: Space, origin: Mapping[Field, FieldValue], told: Mapping[Field, FieldValue]
) -> tuple[Space, dict[Field, FieldValue]]:
    """`space` after an operator said `told`, and its origin then.

    A field that says again what the file says is the file's again.
    """
    file = {**values(space, told), **origin}
    after = with_values(space, told)
    now = values(after, file)
    return after, {field: value for field, value in file.items() if value != now[field]}


def merged(
    file: Space, before: Space, origin: Mapping[Field, FieldValue]
) -> tuple[Space, dict[Field, FieldValue]]:
    """A space as a newer `file` and the operators' words over `before` make it; its origin then.

    A kind that the file moves into or out of the tree's levels is the file's alone.
    """
    if not origin:
        return file, {}
    operator = values(before, origin)
    if file.kind in LEVELS or before.kind in LEVELS:
        operator.pop(Field.KIND, None)
    says = values(file, operator)
    kept = {field: value for field, value in operator.items() if value != says[field]}
    return with_values(file, kept), {field: says[field] for field in kept}


def kept(space: Space, origin: Mapping[Field, FieldValue]) -> tuple[Kept, ...]:
    """The fields of `space` in which an operator's word stands against the file's."""
    operator = values(space, origin)
    return tuple(Kept(space.id, field, operator[field], origin[field]) for field in origin)
