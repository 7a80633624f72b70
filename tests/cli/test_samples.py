"""The sample bookings of a demo park are made through the ledger's door, and once."""

from datetime import timedelta
from pathlib import Path

from tests.identity.accounts import COMMAND
from tests.park.plans import HALL, NOW, PARK, imported, quiet_bus

from shulian.booking import api
from shulian.booking.types import Span
from shulian.cli import samples
from shulian.identity.api import seed_demo
from shulian.kit.db import Db
from shulian.settings import demo_folder

FILE = """
resources:
  - {space: yq-hall}
  - {space: yq-plaza, capacity: 9, audience: members}
bookings:
  - {space: yq-hall, day: 1, from: "09:00", to: "10:30", title: 示例 · 会议 Sample · meeting}
  - {space: yq-hall, day: 1, from: "10:00", to: "11:00", title: 示例 · 晚到 Sample · late}
  - {space: yq-hall, day: 2, from: "00:00", to: "24:00", closed: true, title: 示例 Sample}
  - {space: yq-plaza, day: 0, from: "00:00", to: "01:00", units: 3, title: 示例 Sample}
"""


def told(db: Db) -> list[tuple[str, str, int]]:
    """What stands in the calendar of the hall."""
    hall = api.resource_of(db, HALL)
    week = Span(NOW, NOW + timedelta(days=7))
    return [
        (f"{one.span.start:%d %H:%M}", f"{one.span.end:%d %H:%M}", one.closed)
        for one in api.calendar(db, hall.id, week, now=NOW).parts
        if one.units
    ]


def test_samples_are_booked_by_local_time_and_once(db: Db, tmp_path: Path) -> None:
    (tmp_path / samples.FILE).write_text(FILE)
    imported(db)
    seed_demo(db, quiet_bus(db), COMMAND, now=NOW)
    read = samples.read(tmp_path / samples.FILE)

    for _ in range(2):
        samples.seed(db, quiet_bus(db), COMMAND, read, now=NOW)

    assert told(db) == [
        ("23 01:00", "23 02:30", False),
        ("23 16:00", "24 16:00", True),
    ]
    assert [one.capacity for one in api.resources_in(db, PARK)] == [9, 1]


def test_the_samples_of_the_demo_say_that_they_are() -> None:
    read = samples.read(demo_folder() / "shulian" / samples.FILE)

    assert read.resources
    assert all(
        one.title.startswith("示例 · ") and "Sample · " in one.title for one in read.bookings
    )
