"""What the shared world does on a clock: it deletes what was said too long ago."""

import structlog

from shulian.kit.jobs import Work
from shulian.world import api
from shulian.world.types import ForgetMessages

log = structlog.stdlib.get_logger("shulian.world")


def forget_messages(work: Work, _job: ForgetMessages) -> None:
    """Delete the messages that are kept no longer."""
    with work.transaction() as (db, _):
        deleted = api.forget(db, now=work.clock())
    log.info("old messages deleted", count=deleted)
