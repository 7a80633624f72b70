"""What the ledger does later and on a clock: it says what spaces are, and ends what has expired."""

import structlog

from shulian.booking import api
from shulian.booking.types import RepairStatuses, ResourceId, ShowStatus, SweepHolds
from shulian.kit.jobs import Work

log = structlog.stdlib.get_logger("shulian.booking")


def show_status(work: Work, job: ShowStatus) -> None:
    """Say on a space what it is now."""
    with work.transaction() as (db, bus):
        api.show_status(db, bus, ResourceId(job.resource), now=work.clock())


def repair_statuses(work: Work, _job: RepairStatuses) -> None:
    """Say it of all, each in a transaction of its own, so that nobody waits for the last."""
    with work.transaction() as (db, _):
        wanted = api.shown_resources(db)
    for one in wanted:
        with work.transaction() as (db, bus):
            api.show_status(db, bus, one, now=work.clock())


def sweep_holds(work: Work, _job: SweepHolds) -> None:
    """End the holds whose time is over, so many at a time, until there are none."""
    ended = 0
    while True:
        with work.transaction() as (db, bus):
            gone = api.expire(db, bus, now=work.clock())
        ended += gone
        if not gone:
            break
    if ended:
        log.info("expired holds ended", count=ended)
