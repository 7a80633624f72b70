"""What the park does later: it builds the files of scenes, and deletes those shown no more."""

from collections.abc import Sequence

import structlog

from shulian.kit.blobs import Blobs
from shulian.kit.errors import Failure
from shulian.kit.jobs import Work
from shulian.kit.progress import Progress
from shulian.park import api
from shulian.park.rules.construction import digest, packed, scene_files
from shulian.park.rules.shelves import PACKED, folder, kept_at
from shulian.park.rules.tiles.build import File
from shulian.park.types import BuildTiles, DropTiles, SpaceId

log = structlog.stdlib.get_logger("shulian.park")

_READ, _BUILT, _WRITTEN = 5, 65, 100
"""[%] of the work that is done when the park is read, the files are built and written."""


def build_tiles(work: Work, job: BuildTiles, *, blobs: Blobs) -> None:
    """Build the scene of a park as it is now, and show it when every file is there.

    What fails or is killed on the way leaves the scene that is shown; its files are dropped
    later, or used by the next try, which makes the same ones.
    """
    teller = _Teller(work, api.tiles_work(job.park))
    try:
        _build(work, job.park, blobs, teller)
    except Exception as error:
        teller.fail(error.code if isinstance(error, Failure) else Failure.code)
        raise


def drop_tiles(work: Work, job: DropTiles, *, blobs: Blobs) -> None:
    """Delete the files of scenes that are shown no more, once nobody can be looking at them."""
    with work.transaction() as (db, _):
        for version in api.forget_tilesets(db, job.park, now=work.clock()):
            blobs.drop(folder(job.park, version))


def _build(work: Work, park: SpaceId, blobs: Blobs, teller: "_Teller") -> None:
    teller.tell("park.stage.reading", 0, 1, 0)
    with work.transaction() as (db, _):
        plan = api.plan_to_build(db, park)
    files, notices = scene_files(
        plan,
        lambda done, total: teller.tell("park.stage.building", done, total, _READ, _BUILT),
    )
    for notice in notices:
        log.info("storey repaired", park=park, feature=notice.feature, words=notice.words)
    version = digest(files)
    with work.transaction() as (db, _):
        is_new = api.begin_tileset(db, park, version, now=work.clock())
    if is_new:
        _write(blobs, park, version, files, teller)
        with work.transaction() as (db, _):
            api.show_tileset(db, park, version, now=work.clock())
    teller.tell("park.stage.done", 1, 1, _WRITTEN, _WRITTEN)


def _write(
    blobs: Blobs, park: SpaceId, version: str, files: Sequence[File], teller: "_Teller"
) -> None:
    for number, (path, content) in enumerate(files, start=1):
        name = kept_at(park, version, path)
        twin = packed(content)
        if twin is not None:
            blobs.put(name + PACKED, twin)
        blobs.put(name, content)
        teller.tell("park.stage.writing", number, len(files) + 1, _BUILT, _WRITTEN)


class _Teller:
    """Reports progress in whole percents, each once."""

    def __init__(self, work: Work, name: str) -> None:
        """Report on the work `name`."""
        self._work = work
        self._name = name
        self._last: tuple[str, int] | None = None

    def tell(self, stage: str, done: int, total: int, since: int, until: int | None = None) -> None:
        """Say that `done` of `total` steps between the percents `since` and `until` are done."""
        span = (since if until is None else until) - since
        percent = since + span * done // max(total, 1)
        if (stage, percent) != self._last:
            self._last = (stage, percent)
            self._work.report(Progress(self._name, stage, percent, _WRITTEN))

    def fail(self, code: str) -> None:
        """Say that the work stopped, and why."""
        stage, percent = self._last or ("park.stage.reading", 0)
        self._work.report(Progress(self._name, stage, percent, _WRITTEN, failure=code))
