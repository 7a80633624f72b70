"""Whether a plan can be kept: one tree of one park, ids and values such as the park can hold."""

import re
from collections.abc import Iterator
from math import isfinite
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shulian.kit.text import Text
from shulian.park.errors import (
    PlanCycle,
    PlanIdTaken,
    PlanIdWrong,
    PlanParentMissing,
    PlanRootWrong,
    PlanTooDeep,
    PlanValueWrong,
)
from shulian.park.types import ParkPlan, Place, Scenery, Shape, Space, SpaceId, SpaceKind

DEEPEST = 16
"""How many spaces may stand above one."""
LONGEST_NAME = 300
LONGEST_TEXT = 10_000
LONGEST_LINK = 2_000
MOST_PERSONS = 10_000_000

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._:-]{0,119}")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINK = re.compile(r"https?://[^\s/?#]+[^\s]*")
_FARTHEST = 1e7
"""From the park's origin [m]: a quarter of the way around the earth."""
_MOST = 2**31
_EASTMOST, _NORTHMOST = 180.0, 85.0
"""[°]; nearer to a pole the plane of a park is none."""


def check(plan: ParkPlan) -> None:
    """Raise the `PlanBroken` that says what keeps `plan` from becoming a park."""
    _check_tree(plan)
    _check_place(plan.place)
    for space in plan.spaces:
        if wrong := next(_wrong_fields(space), None):
            raise PlanValueWrong(space=space.id, field=wrong)
    pieces: set[str] = set()
    for piece in plan.scenery:
        if not is_id(piece.id):
            raise PlanIdWrong(space=piece.id)
        if piece.id in pieces:
            raise PlanIdTaken(space=piece.id)
        pieces.add(piece.id)
        if piece.park != plan.place.park:
            raise PlanRootWrong(space=piece.id)
        if wrong := next(_wrong_of_scenery(piece), None):
            raise PlanValueWrong(space=piece.id, field=wrong)


def is_id(text: str) -> bool:
    """Whether `text` can be the id of a space."""
    return bool(_ID.fullmatch(text))


def is_text(text: str, longest: int) -> bool:
    """Whether `text` can be kept: not too long, no control characters, no half characters."""
    return len(text) <= longest and not _UNFIT.search(text)


def is_link(link: str) -> bool:
    """Whether `link` is a web address."""
    return is_text(link, LONGEST_LINK) and bool(_LINK.fullmatch(link))


def is_capacity(persons: int) -> bool:
    """Whether a space can hold so many persons."""
    return 0 <= persons <= MOST_PERSONS


def _check_tree(plan: ParkPlan) -> None:
    depth: dict[SpaceId, int] = {}
    ids = {space.id for space in plan.spaces}
    for space in plan.spaces:
        if not is_id(space.id):
            raise PlanIdWrong(space=space.id)
        if space.id in depth:
            raise PlanIdTaken(space=space.id)
        if (space.parent is None) != (space.kind is SpaceKind.PARK) or (
            not depth and (space.parent is not None or space.id != plan.place.park)
        ):
            raise PlanRootWrong(space=space.id)
        if space.parent is None:
            if depth:
                raise PlanRootWrong(space=space.id)
            depth[space.id] = 0
            continue
        if space.parent not in depth:
            fault = PlanCycle if space.parent in ids else PlanParentMissing
            raise fault(space=space.id, parent=space.parent)
        depth[space.id] = depth[space.parent] + 1
        if depth[space.id] > DEEPEST:
            raise PlanTooDeep(space=space.id, limit=DEEPEST)
    if not depth:
        raise PlanRootWrong(space=plan.place.park)


def _check_place(place: Place) -> None:
    if not (abs(place.longitude) <= _EASTMOST and abs(place.latitude) <= _NORTHMOST):
        raise PlanValueWrong(space=place.park, field="origin")
    entrance = place.entrance
    if entrance and not _are_near(iter((entrance.east, entrance.north, entrance.heading))):
        raise PlanValueWrong(space=place.park, field="entrance")
    try:
        ZoneInfo(place.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PlanValueWrong(space=place.park, field="timezone") from error


def _wrong_fields(space: Space) -> Iterator[str]:
    if not _is_name(space.name):
        yield "name"
    if not (is_text(space.about.zh, LONGEST_TEXT) and is_text(space.about.en, LONGEST_TEXT)):
        yield "about"
    if not -_MOST <= space.order < _MOST:
        yield "order"
    if space.area is not None and not (isfinite(space.area) and space.area >= 0):
        yield "area"
    if space.capacity is not None and not is_capacity(space.capacity):
        yield "capacity"
    if space.link is not None and not is_link(space.link):
        yield "link"
    if space.shape is not None and not all(
        -_FARTHEST < n < _FARTHEST for n in _numbers(space.shape)
    ):
        yield "shape"


def _wrong_of_scenery(piece: Scenery) -> Iterator[str]:
    if not _is_name(piece.name):
        yield "name"
    corners = [point for polygon in piece.rings for ring in polygon for point in ring]
    numbers = (n for point in (*corners, *piece.points) for n in point)
    if not _are_near(numbers):
        yield "shape"


def _is_name(name: Text) -> bool:
    return is_text(name.zh, LONGEST_NAME) and is_text(name.en, LONGEST_NAME)


def _are_near(numbers: Iterator[float]) -> bool:
    return all(-_FARTHEST < number < _FARTHEST for number in numbers)


def _numbers(shape: Shape) -> Iterator[float]:
    for prism in shape.prisms:
        yield prism.base
        yield prism.top
        for ring in prism.rings:
            for point in ring:
                yield from point
    for corner in shape.mesh.corners if shape.mesh else ():
        yield from corner
    for point in shape.doors:
        yield from point
