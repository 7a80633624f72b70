"""Facts of the twin, published inside the transaction they are true in."""

from dataclasses import dataclass

from shulian.park.types import Changes, LiveStatus, Space, SpaceId


@dataclass(frozen=True, slots=True)
class SpacesRemoved:
    """Spaces are about to be removed, deepest first; a reaction that raises keeps them all."""

    park: SpaceId
    spaces: tuple[Space, ...]


@dataclass(frozen=True, slots=True)
class SpacesChanged:
    """An import changed a park; its spaces are as the imported file and the operators say."""

    park: SpaceId
    changes: Changes


@dataclass(frozen=True, slots=True)
class ParkRemoved:
    """A whole park was removed: nothing of it is there any more."""

    park: SpaceId
    changes: Changes


@dataclass(frozen=True, slots=True)
class SpaceEdited:
    """An operator changed a space, or took such a change back."""

    before: Space
    after: Space


@dataclass(frozen=True, slots=True)
class LiveChanged:
    """What people see that a space is now has changed; none: nothing is said of it."""

    space: SpaceId
    before: LiveStatus | None
    after: LiveStatus | None
