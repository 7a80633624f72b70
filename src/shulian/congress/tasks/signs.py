"""What congresses do later and on a clock: halls say what is on in them."""

from shulian.congress import api
from shulian.congress.types import RepairSigns, ShowSigns
from shulian.kit.jobs import Work


def show_signs(work: Work, job: ShowSigns) -> None:
    """Let the halls of a park say what is on, and do so again when that is something else."""
    with work.transaction() as (db, bus):
        api.show_signs(db, bus, job.park, now=work.clock())


def repair_signs(work: Work, _job: RepairSigns) -> None:
    """Do so in every park in which there is a congress, each in a transaction of its own."""
    with work.transaction() as (db, _):
        parks = api.parks_with_signs(db, now=work.clock())
    for park in parks:
        with work.transaction() as (db, bus):
            api.show_signs(db, bus, park, now=work.clock())
