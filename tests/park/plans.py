"""What tests of the park are built from: a small park, its actors, and what came of their acts."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import event

from shulian.app.grants import GRANTS
from shulian.identity import api as identity
from shulian.identity.types import Actor, AuditFilter, Json, Via
from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.types import (
    Changes,
    ParkPlan,
    Place,
    Point,
    Prism,
    Scenery,
    SceneryId,
    SceneryKind,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
    SpaceStatus,
)

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OPERATOR = identity.command_actor(GRANTS)
VISITOR = Actor(person=None, name="Visitor", via=Via.LOGIN)
"""Somebody who is logged in and may change nothing."""

PARK = SpaceId("yq")
HALL = SpaceId("yq-hall")
DELIVERED = date(2023, 6, 30)


def box(west: float, south: float, width: float, depth: float, base: float, top: float) -> Shape:
    """A box that stands on a rectangle."""
    ring: tuple[Point, ...] = (
        (west, south),
        (west + width, south),
        (west + width, south + depth),
        (west, south + depth),
    )
    return Shape(prisms=(Prism((ring,), base, top),))


GROUND = box(0, 0, 40, 20, 0, 6)


def space(name: str, parent: str | None, kind: SpaceKind, /, **fields: object) -> Space:
    """A space `yq-name`, or the park itself; its name in English is its id unless one is given."""
    plain = Space(_id(name), _id(parent) if parent is not None else None, kind, Text(en=name))
    return replace(plain, **fields)  # pyright: ignore[reportArgumentType]


def small_park() -> ParkPlan:
    """One site, one phase, one building with a hall of three seats; a plaza and a lawn."""
    spaces = (
        space("", None, SpaceKind.PARK, name=Text("御桥科创园", "Yuqiao Park")),
        space("site", "", SpaceKind.SITE, name=Text("御桥", "Yuqiao")),
        space(
            "phase",
            "site",
            SpaceKind.PHASE,
            name=Text("一期", "Phase 1"),
            delivered=date(2023, 6, 30),
        ),
        space(
            "tower",
            "phase",
            SpaceKind.BUILDING,
            name=Text("数链大厦", "Shulian Tower"),
            shape=box(0, 0, 40, 20, 0, 12),
            area=2400.0,
        ),
        space("f1", "tower", SpaceKind.STOREY, name=Text("1层", "1F"), shape=GROUND),
        space(
            "hall",
            "f1",
            SpaceKind.HALL,
            name=Text("多功能厅1东", "Multi-function Hall 1 East"),
            shape=box(1, 1, 20, 18, 0, 6),
            capacity=400,
        ),
        *(
            space(
                f"seat-{number}",
                "hall",
                SpaceKind.SEAT,
                name=Text(f"{number}座", f"Seat {number}"),
                order=number,
                shape=box(2 + number, 2, 0.5, 0.5, 0, 0.5),
            )
            for number in (1, 2, 3)
        ),
        space(
            "plaza",
            "site",
            SpaceKind.PLAZA,
            order=1,
            name=Text("云广场", "Cloud Plaza"),
            shape=box(60, 0, 30, 30, 0, 0),
            status=SpaceStatus.OPEN,
        ),
    )
    lawn = Scenery(
        SceneryId("lawn"),
        PARK,
        SceneryKind.GREEN,
        Text("草坪", "Lawn"),
        ((((0.0, 40.0), (30.0, 40.0), (30.0, 60.0)),),),
        ((1.5, 41.0), (2.5, 42.0)),
    )
    return ParkPlan(Place(PARK, 121.58, 31.15), spaces, (lawn,))


def with_spaces(plan: ParkPlan, *changed: Space) -> ParkPlan:
    """`plan` with some of its spaces changed."""
    fresh = {one.id: one for one in changed}
    return replace(plan, spaces=tuple(fresh.get(one.id, one) for one in plan.spaces))


def without(plan: ParkPlan, *names: str) -> ParkPlan:
    """`plan` without some of its spaces."""
    gone = {_id(name) for name in names}
    return replace(plan, spaces=tuple(one for one in plan.spaces if one.id not in gone))


def in_plan(plan: ParkPlan, name: str) -> Space:
    """The space `yq-name` of `plan`."""
    return next(one for one in plan.spaces if one.id == _id(name))


def quiet_bus(db: Db) -> Bus:
    """A bus that nobody listens to."""
    return Bus(db, Reactions())


def imported(db: Db, plan: ParkPlan | None = None) -> Changes:
    """What importing `plan`, or the small park, did."""
    return api.import_park(db, quiet_bus(db), OPERATOR, plan or small_park(), now=NOW)


def audited(db: Db) -> list[tuple[str, str, Json, Json]]:
    """Verb, subject, before and after of each entry of the audit log, the oldest first."""
    found = identity.audit_trail(db, OPERATOR, AuditFilter(), limit=100).entries
    return [(one.verb, one.subject.id, one.before, one.after) for one in reversed(found)]


def queued(db: Db) -> list[tuple[str, dict[str, object]]]:
    """Name and content of each job that waits."""
    rows = db.execute(sa.text("select task_name, args from procrastinate_jobs order by id"))
    return [(row.task_name, row.args) for row in rows]


def ids(spaces: Sequence[Space]) -> list[str]:
    """The ids of spaces."""
    return [one.id for one in spaces]


@contextmanager
def counted(db: Db) -> Generator[list[str]]:
    """The statements that are sent while the block runs."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def _id(name: str) -> SpaceId:
    return SpaceId(f"{PARK}-{name}" if name else PARK)
