"""The congress of a demo finds its timetable and becomes public, step by step, by itself."""

from datetime import timedelta

from shulian.congress.api import demo
from shulian.congress.types import OpenSample
from shulian.identity.types import Actor
from shulian.kit.jobs import Work

EVERY = timedelta(seconds=2)
"""Between two looks at how far it is."""


def open_sample(work: Work, job: OpenSample, *, actor: Actor) -> None:
    """Take the next step, and come back if that was not the last one."""
    with work.transaction() as (db, bus):
        now = work.clock()
        if demo.open_sample(db, bus, actor, job.congress, now=now):
            demo.open_sample_later(db, job.congress, at=now + EVERY)
