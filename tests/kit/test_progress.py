"""Long work says how far it has come."""

from datetime import UTC, datetime

from shulian.kit.db import Db
from shulian.kit.progress import Progress, find, report

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_the_last_report_counts(db: Db) -> None:
    report(db, Progress("park.tiles/a", "park.stage.exterior", 1, 4), now=NOW)
    report(db, Progress("park.tiles/a", "park.stage.storeys", 3, 4), now=NOW)

    assert find(db, "park.tiles/a") == Progress("park.tiles/a", "park.stage.storeys", 3, 4)


def test_nobody_reported_on_what_never_began(db: Db) -> None:
    assert find(db, "park.tiles/never") is None


def test_runs_until_it_is_done_or_has_failed() -> None:
    stages = [
        Progress("w", "s", 0, 2),
        Progress("w", "s", 2, 2),
        Progress("w", "s", 1, 2, failure="conflict"),
    ]

    assert [stage.running for stage in stages] == [True, False, False]
