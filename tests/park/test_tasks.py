"""The scene of a park is built beside it, shown when it is whole, and dropped when it is old."""

import asyncio
import gzip
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from tests.park.plans import (
    HALL,
    NOW,
    OPERATOR,
    PARK,
    VISITOR,
    imported,
    queued,
    quiet_bus,
    small_park,
    without,
)

from shulian.app.jobs import handlers
from shulian.identity.types import Actor
from shulian.kit import progress
from shulian.kit.blobs import BlobMissing, BlobsFull, FolderBlobs
from shulian.kit.bus import Reactions
from shulian.kit.db import Database, Db
from shulian.kit.errors import Refused
from shulian.kit.jobs import Work, worker_app
from shulian.kit.progress import Progress
from shulian.park import api
from shulian.park.errors import ParkUnknown
from shulian.park.rules.shelves import folder, kept_at
from shulian.park.tasks import build_tiles, drop_tiles
from shulian.park.types import BuildTiles, DropTiles, Field, SpaceId
from shulian.ticketing.api import Providers

JOB = BuildTiles(PARK)


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class BrokenBlobs(FolderBlobs):
    """A disk that is full after some files."""

    def __init__(self, folder: Path, room: int) -> None:
        super().__init__(folder)
        self.room = room

    def put(self, name: str, content: bytes) -> None:
        if not self.room:
            raise BlobsFull(folder="tiles", reason="No space left on device")
        self.room -= 1
        super().put(name, content)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(own_database_url: str, clock: Clock) -> Generator[Work]:
    database = Database(own_database_url)
    with database.transaction() as db:
        imported(db)
    yield Work(database, Reactions(), clock)
    database.close()


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path)


def version(work: Work) -> str:
    with work.transaction() as (db, _):
        tileset = api.tileset(db, PARK)
    return tileset.version if tileset else ""


def change(work: Work, act: Callable[[Db], object]) -> None:
    with work.transaction() as (db, _):
        act(db)


def waiting(work: Work) -> list[tuple[str, dict[str, object]]]:
    with work.transaction() as (db, _):
        return queued(db)


def rename(db: Db) -> None:
    api.edit_space(db, quiet_bus(db), OPERATOR, HALL, {Field.NAME_EN: "East"}, now=NOW)


def test_a_scene_is_built_and_shown(work: Work, blobs: FolderBlobs) -> None:
    before = version(work)

    build_tiles(work, JOB, blobs=blobs)

    shown = version(work)
    tileset = msgspec.json.decode(blobs.get(kept_at(PARK, shown, "tileset.json")))
    storeys = msgspec.json.decode(blobs.get(kept_at(PARK, shown, "storeys.json")))
    assert (before, tileset["asset"]["version"]) == ("", "1.1")
    assert [one["id"] for one in storeys["yq-tower"]] == ["yq-f1"]
    assert blobs.get(kept_at(PARK, shown, "storeys/yq-f1.glb"))[:4] == b"glTF"
    assert len(blobs.get(kept_at(PARK, shown, "trees.bin"))) == 2 * 3 * 4


def test_files_that_shrink_have_a_packed_twin(work: Work, blobs: FolderBlobs) -> None:
    build_tiles(work, JOB, blobs=blobs)

    name = kept_at(PARK, version(work), "tileset.json")
    assert gzip.decompress(blobs.get(f"{name}.gz")) == blobs.get(name)
    with pytest.raises(BlobMissing):
        blobs.get(kept_at(PARK, version(work), "trees.bin.gz"))


def test_the_progress_ends_at_the_end(work: Work, blobs: FolderBlobs) -> None:
    build_tiles(work, JOB, blobs=blobs)

    with work.transaction() as (db, _):
        told = progress.find(db, api.tiles_work(PARK))

    assert told == Progress("park.tiles/yq", "park.stage.done", 100, 100)


def test_the_same_park_gives_the_same_scene(work: Work, blobs: FolderBlobs, clock: Clock) -> None:
    build_tiles(work, JOB, blobs=blobs)
    with work.transaction() as (db, _):
        before = api.tileset(db, PARK)
    clock.now += timedelta(days=1)

    build_tiles(work, JOB, blobs=blobs)

    with work.transaction() as (db, _):
        assert api.tileset(db, PARK) == before


def test_a_changed_park_gives_another_scene(work: Work, blobs: FolderBlobs) -> None:
    build_tiles(work, JOB, blobs=blobs)
    first = version(work)
    change(work, rename)

    build_tiles(work, JOB, blobs=blobs)

    assert version(work) not in {"", first}
    assert blobs.get(kept_at(PARK, first, "tileset.json"))


def test_a_full_disk_leaves_the_scene_that_was(work: Work, blobs: FolderBlobs) -> None:
    build_tiles(work, JOB, blobs=blobs)
    first = version(work)
    change(work, rename)

    with pytest.raises(BlobsFull):
        build_tiles(work, JOB, blobs=BrokenBlobs(blobs.folder, room=3))

    with work.transaction() as (db, _):
        told = progress.find(db, api.tiles_work(PARK))
    assert version(work) == first
    assert told is not None
    assert (told.failure, told.running) == ("kit.blobs_full", False)


def test_a_build_after_a_failed_one_succeeds(work: Work, blobs: FolderBlobs) -> None:
    with pytest.raises(BlobsFull):
        build_tiles(work, JOB, blobs=BrokenBlobs(blobs.folder, room=3))

    build_tiles(work, JOB, blobs=blobs)

    assert blobs.get(kept_at(PARK, version(work), "tileset.json"))


def test_a_park_that_is_not_there_has_no_scene(work: Work, blobs: FolderBlobs) -> None:
    with pytest.raises(ParkUnknown):
        build_tiles(work, BuildTiles(SpaceId("zj")), blobs=blobs)


def test_an_old_scene_is_dropped_after_the_time_of_grace(
    work: Work, blobs: FolderBlobs, clock: Clock
) -> None:
    build_tiles(work, JOB, blobs=blobs)
    first = version(work)
    change(work, lambda db: imported(db, without(small_park(), "seat-3")))
    build_tiles(work, JOB, blobs=blobs)

    drop_tiles(work, DropTiles(PARK), blobs=blobs)
    clock.now += api.GRACE
    drop_tiles(work, DropTiles(PARK), blobs=blobs)
    kept = (blobs.folder / folder(PARK, first)).exists()
    clock.now += timedelta(seconds=1)
    drop_tiles(work, DropTiles(PARK), blobs=blobs)

    assert (kept, (blobs.folder / folder(PARK, first)).exists()) == (True, False)
    assert blobs.get(kept_at(PARK, version(work), "tileset.json"))


def test_a_scene_that_comes_back_is_not_dropped(
    work: Work, blobs: FolderBlobs, clock: Clock
) -> None:
    build_tiles(work, JOB, blobs=blobs)
    first = version(work)
    change(work, lambda db: imported(db, without(small_park(), "seat-3")))
    build_tiles(work, JOB, blobs=blobs)
    change(work, imported)
    build_tiles(work, JOB, blobs=blobs)
    clock.now += timedelta(days=1)

    drop_tiles(work, DropTiles(PARK), blobs=blobs)

    assert version(work) == first
    assert blobs.get(kept_at(PARK, first, "tileset.json"))


def test_the_files_of_a_build_that_was_killed_are_dropped(
    work: Work, blobs: FolderBlobs, clock: Clock
) -> None:
    dead = "0123456789abcdef"
    with work.transaction() as (db, _):
        api.begin_tileset(db, PARK, dead, now=NOW)
    blobs.put(kept_at(PARK, dead, "trees.bin"), b"half")
    clock.now += timedelta(hours=2)

    build_tiles(work, JOB, blobs=blobs)
    drop_tiles(work, DropTiles(PARK), blobs=blobs)

    assert (blobs.folder / folder(PARK, dead)).exists() is False


def test_the_files_of_a_removed_park_are_dropped(
    work: Work, blobs: FolderBlobs, clock: Clock
) -> None:
    build_tiles(work, JOB, blobs=blobs)
    first = version(work)
    change(work, lambda db: api.remove_park(db, quiet_bus(db), OPERATOR, PARK, now=NOW))

    drop_tiles(work, DropTiles(PARK), blobs=blobs)
    kept = (blobs.folder / folder(PARK, first)).exists()
    clock.now += timedelta(hours=2)
    drop_tiles(work, DropTiles(PARK), blobs=blobs)

    assert (kept, (blobs.folder / folder(PARK, first)).exists()) == (True, False)


def test_dropping_is_queued_once_there_is_something_to_drop(work: Work, blobs: FolderBlobs) -> None:
    build_tiles(work, JOB, blobs=blobs)
    before = waiting(work)
    change(work, rename)

    build_tiles(work, JOB, blobs=blobs)

    assert before == [("park.build_tiles", {"park": PARK})]
    assert waiting(work) == [*before, ("park.drop_tiles", {"park": PARK})]


def test_a_scene_is_built_on_request(work: Work) -> None:
    def ask(actor: Actor) -> bool:
        with work.transaction() as (db, _):
            return api.request_tiles(db, actor, PARK)

    assert ask(OPERATOR) is False  # the import has asked already
    with pytest.raises(Refused):
        ask(VISITOR)
    with pytest.raises(ParkUnknown), work.transaction() as (db, _):
        api.request_tiles(db, OPERATOR, SpaceId("zj"))


def test_a_worker_builds_what_an_import_has_queued(work: Work, blobs: FolderBlobs) -> None:
    async def run() -> None:
        app = worker_app(handlers(blobs, Providers(())), work)
        async with app.open_async():
            await app.run_worker_async(wait=False, listen_notify=False, delete_jobs="successful")

    asyncio.run(run())

    assert blobs.get(kept_at(PARK, version(work), "tileset.json"))
    assert waiting(work) == []


def test_an_import_during_a_build_is_followed_by_another(work: Work) -> None:
    change(work, lambda db: db.execute(sa.text("update procrastinate_jobs set status = 'doing'")))
    change(work, lambda db: imported(db, without(small_park(), "seat-3")))
    change(work, lambda db: imported(db, without(small_park(), "seat-2")))

    assert waiting(work) == [("park.build_tiles", {"park": PARK})] * 2
