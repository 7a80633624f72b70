"""Our side: an installation with one wide park, and the presence server run for a round."""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shulian.cli.installation import secret_of
from shulian.kit.postgres.server import Server
from shulian.park.types import SpaceId
from world.colyseus import free_port, wait_for
from world.machine import HERE, on_core

PARK = SpaceId("field")
_DEFINITION = """\
id: field
name: {zh: 旷野, en: Field}
origin: [121.600, 31.203]
entrance: {east: 200, north: 200, heading: 0}
sites:
  - {id: field-ground, name: {zh: 空地, en: Ground}, at: [200, 200], box: [500, 500]}
"""


@dataclass(frozen=True, slots=True)
class Ours:
    """A database with the park in it."""

    folder: Path
    url: str
    secret: str


@contextmanager
def installation(folder: Path, park: str = _DEFINITION) -> Generator[Ours]:
    """One with the definition `park`; its database runs until the end of the block."""
    data, definition = folder / "data", folder / "park"
    definition.mkdir()
    (definition / "park.yaml").write_text(park, encoding="utf-8")
    with Server.running(data) as server:
        environment = {
            **os.environ,  # noqa: TID251  # a child inherits the operator's environment
            "DATABASE_URL": server.url,
            "SHULIAN_DATA": str(data),
        }
        for words in (["migrate"], ["park", "import", str(definition)]):
            command = [sys.executable, "-m", "shulian.cli", *words]
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        yield Ours(data, server.url, secret_of(data))


class World:
    """A presence server that can be killed and started again."""

    def __init__(self, ours: Ours, core: int, *, stage: str, everyone: int = 0) -> None:
        """Start it, and wait until it listens."""
        self.port = free_port()
        self._command = on_core(
            core,
            sys.executable,
            HERE / "server.py",
            *(ours.url, ours.folder, ours.secret, str(self.port), stage, str(everyone)),
        )
        self._log = (ours.folder / "world.log").open("ab")
        self.start()

    @property
    def url(self) -> str:
        """Where it is found."""
        return f"ws://127.0.0.1:{self.port}/world"

    @property
    def pids(self) -> list[int]:
        """Its processes."""
        return [self._process.pid]

    def start(self) -> None:
        """Run it, and wait until it listens."""
        self._process = subprocess.Popen(self._command, stdout=self._log, stderr=subprocess.STDOUT)
        wait_for(self.port, self._process, "the world")

    def kill(self) -> None:
        """End it with no chance to save anything."""
        self._process.kill()
        self._process.wait()


@contextmanager
def serving(ours: Ours, core: int, *, stage: str, everyone: int = 0) -> Generator[World]:
    """A world with nobody in it, for as long as the block lasts."""
    for left in ours.folder.glob("world-*.crowd"):
        left.unlink()
    world = World(ours, core, stage=stage, everyone=everyone)
    try:
        yield world
    finally:
        world.kill()
