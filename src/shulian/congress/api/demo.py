"""The congress of a demo park: brought in from a file, timetabled by the engine, and released.

The file is one that any congress can be brought in from. What its sessions lack, halls and times,
is found as an operator would find it: by a search that a worker does, and that is made the draft.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shulian.congress.api.applying import apply_solve
from shulian.congress.api.congresses import add_congress
from shulian.congress.api.imports import import_programme
from shulian.congress.api.releases import release
from shulian.congress.api.solving import begin_solve
from shulian.congress.errors import ProgrammeFaulty
from shulian.congress.rules import shifting
from shulian.congress.rules.exchange import formats
from shulian.congress.store import congresses, releases, solves
from shulian.congress.types import CongressId, OpenSample, Programme, SolveState
from shulian.identity.api import organizations
from shulian.identity.types import Actor, OrganizationKind
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.jobs import enqueue
from shulian.park import api as park_api
from shulian.park.types import SpaceId

FILE = "congress.json"
"""What it is called in the folder of a demo park."""
BEGINS = timedelta(days=15)
"""From the day on which a demo is made to the first one of its congress."""
NAME = "首版 · First version"
"""Of its release."""
SECONDS = (30, 30, 120)
"""That a search may take, the first one, and those after it if it died or found nothing."""
_MOMENT = timedelta(minutes=1)
"""In which the next step is taken after a search."""


def read(content: bytes) -> Programme:
    """The congress in a file; raises ProgrammeFaulty."""
    draft = formats.read(content)
    if draft.programme is None:
        raise ProgrammeFaulty(draft.faults)
    return draft.programme


def seed_demo(db: Db, bus: Bus, actor: Actor, sample: Programme, *, now: datetime) -> None:
    """Bring a sample in as a draft, where it is not there and its halls are, and let it go on."""
    if congresses.slug_is_taken(db, sample.congress.slug):
        open_sample_later(db, congresses.find_by_slug(db, sample.congress.slug).id)
        return
    known = park_api.localities(db, [one.space for one in sample.halls])
    host = next(
        (one.id for one in organizations(db, actor) if one.kind is OrganizationKind.OPERATOR),
        None,
    )
    if host is None or len(known) < len(sample.halls):
        return
    where = known[sample.halls[0].space]
    first = now.astimezone(ZoneInfo(where.timezone)).date() + BEGINS
    coming = shifting.begin_on(sample, first, where.timezone)
    made = add_congress(
        db,
        bus,
        actor,
        organizer=host,
        park=where.park,
        slug=coming.congress.slug,
        title=coming.congress.title,
        about=coming.congress.about,
        first=coming.congress.first,
        last=coming.congress.last,
        now=now,
    )
    import_programme(db, bus, actor, made.id, coming, now=now)
    open_sample_later(db, made.id)


def open_sample(db: Db, bus: Bus, actor: Actor, wanted: CongressId, *, now: datetime) -> bool:
    """Take the next step towards the release of a sample; answers whether another one follows.

    It begins a search, waits for it, begins another where that died or found nothing, or makes
    what was found the draft and releases it. Once it is released, or where people have taken it
    in hand, it is left to them.
    """
    congresses.lock(db, wanted)
    if releases.any_(db, wanted):
        return False
    last = solves.newest(db, wanted)
    if last is not None and (last.by is not None or last.applied is not None):
        return False
    if last is not None and last.live:
        return True
    if last is not None and last.state is SolveState.DONE and last.places:
        apply_solve(db, bus, actor, last.id, now=now)
        release(db, bus, actor, wanted, name=NAME, now=now)
        return False
    tries = 0 if last is None else last.seed + 1
    if tries == len(SECONDS) or (last and last.state not in {SolveState.DONE, SolveState.FAILED}):
        return False
    begin_solve(db, actor, wanted, seconds=SECONDS[tries], seed=tries, now=now)
    return True


def open_sample_later(db: Db, wanted: CongressId, *, at: datetime | None = None) -> None:
    """Have a worker take the next step of a sample, not before `at`."""
    job = OpenSample(wanted)
    enqueue(db, job, alone=f"congress.open_sample/{wanted}", at=at)


def in_the_making(db: Db, park: SpaceId, *, now: datetime) -> bool:
    """Whether a sample congress of a park is about to become public."""
    return solves.any_unowned(db, park, since=now - _MOMENT)
