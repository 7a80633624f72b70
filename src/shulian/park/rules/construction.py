"""The files of a park's scene: from its plan to bytes, packed and digested."""

import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

from shulian.park.rules.inheritance import settled
from shulian.park.rules.storeys.models import storey_models
from shulian.park.rules.storeys.reach import out_of_reach
from shulian.park.rules.tiles.build import File, build, exteriors
from shulian.park.rules.tiles.storeys import StoreyModel
from shulian.park.types import Notice, ParkPlan, Space, SpaceId, SpaceKind

Progress = Callable[[int, int], None]
"""Called with the number of steps done and of all steps."""

_LEVEL = 6


def scene_files(plan: ParkPlan, progress: Progress) -> tuple[list[File], tuple[Notice, ...]]:
    """Every file of the scene of `plan`, and what of its storeys was cut, moved or left out.

    Parents stand before their children. The same plan always gives the same files.
    """
    spaces = settled(plan.spaces)
    interiors = inside(spaces)
    steps = len(interiors) + 1

    def tiles(done: int, total: int) -> None:
        progress(len(interiors) * total + done, steps * total)

    models: list[StoreyModel] = []
    notices: list[Notice] = []
    for number, (building, below) in enumerate(interiors, start=1):
        found, trouble = storey_models(building, below)
        models.extend(found)
        notices.extend(trouble)
        progress(number, steps)
    files = build(plan.place, exteriors(spaces), plan.scenery, models, tiles)
    return list(files), tuple(notices)


def unreached(plan: ParkPlan) -> tuple[Notice, ...]:
    """The spaces in the storeys of `plan` into which no way on foot leads from outside."""
    return tuple(
        notice
        for building, below in inside(plan.spaces)
        for notice in out_of_reach(building, below)
    )


def digest(files: Iterable[File]) -> str:
    """A name for these very files: sixteen hexadecimal digits."""
    whole = blake2b(digest_size=8)
    for path, content in sorted(files):
        whole.update(f"{path}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def packed(content: bytes) -> bytes | None:
    """`content` as a gzip stream, if that is smaller; the same content gives the same bytes."""
    twin = gzip.compress(content, _LEVEL, mtime=0)
    return twin if len(twin) < len(content) else None


def inside(spaces: Sequence[Space]) -> list[tuple[Space, list[Space]]]:
    """Each building that has storeys, and all that stands in it."""
    owners: dict[SpaceId, SpaceId] = {}
    below: defaultdict[SpaceId, list[Space]] = defaultdict(list)
    for space in spaces:
        owner = owners.get(space.parent) if space.parent else None
        if space.kind is SpaceKind.BUILDING:
            owners[space.id] = space.id
        elif owner is not None:
            owners[space.id] = owner
            below[owner].append(space)
    return [
        (space, below[space.id])
        for space in spaces
        if any(one.kind is SpaceKind.STOREY for one in below.get(space.id, ()))
    ]
