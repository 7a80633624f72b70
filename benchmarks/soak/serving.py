"""The process under soak: started on an installation, watched from outside, asked for its books."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import click
import psutil

from world.colyseus import free_port
from world.ours import Ours

HERE = Path(__file__).parent
PARK = "grove"
KIOSK, KIOSK_CAP = "grove-kiosk", 20
"""Where there is a queue."""
SIDE = 120.0
"""[m] of the square in which people walk."""
DEFINITION = f"""\
id: {PARK}
name: {{zh: 林苑, en: Grove}}
origin: [121.600, 31.203]
entrance: {{east: 60, north: 60, heading: 0}}
sites:
  - id: grove-ground
    name: {{zh: 空地, en: Ground}}
    at: [60, 60]
    box: [160, 160]
    spaces:
      - id: {KIOSK}
        kind: plaza
        name: {{zh: 凉亭, en: Kiosk}}
        at: [20, 20]
        box: [12, 12]
        capacity: {KIOSK_CAP}
"""
_PATIENCE = 300.0
"""[s] until it serves; the compiler takes the most of it."""
_ANSWER = 30.0
"""[s] for its books."""
_SHARE = re.compile(r"^(Rss|Anonymous): +([0-9]+) kB$", re.MULTILINE)
_FIGURE = re.compile(r"^([a-z_]+(?:\{[^}]*\})?) ([0-9.]+)$", re.MULTILINE)


class Served:
    """A presence server that runs."""

    def __init__(self, ours: Ours, stage: str) -> None:
        """Start it, and wait until it serves with compiled rules."""
        self.port, self.stage = free_port(), stage
        self._census = ours.folder / f"census-{stage}.json"
        self.log = ours.folder / f"world-{stage}.log"
        options = (ours.url, ours.folder, ours.secret, str(self.port), stage, self._census)
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "soak.server", *options],
                stdout=out,
                stderr=out,
                cwd=HERE.parent,
            )
        self._await()

    @property
    def url(self) -> str:
        """Where it is found."""
        return f"ws://127.0.0.1:{self.port}/world"

    def memory(self) -> tuple[float, float]:
        """Resident memory, and what of it does not lie in files [MB].

        How much of the files' pages counts as one's own depends on who else has them open.
        """
        told = _SHARE.findall(Path(f"/proc/{self._process.pid}/smaps_rollup").read_text())
        size = {name: int(number) * 1024 / 1e6 for name, number in told}
        return size["Rss"], size["Anonymous"]

    def files(self) -> int:
        """How many files and sockets it has open."""
        return psutil.Process(self._process.pid).num_fds()

    def metrics(self) -> dict[str, float]:
        """What Prometheus is told."""
        with urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=_ANSWER) as answer:
            text = answer.read().decode()
        return {name: float(value) for name, value in _FIGURE.findall(text)}

    def census(self) -> dict[str, int]:
        """What is in its books now."""
        self._census.unlink(missing_ok=True)
        self._process.send_signal(signal.SIGUSR1)
        until = time.monotonic() + _ANSWER
        while not self._census.exists():
            if time.monotonic() > until or self._process.poll() is not None:
                raise click.ClickException("the world does not tell what is in its books")
            time.sleep(0.01)
        found: dict[str, int] = json.loads(self._census.read_text())
        return found

    def end(self) -> None:
        """End it; nobody is in it any more."""
        self._process.kill()
        self._process.wait()

    def _await(self) -> None:
        """Wait until its rules are compiled, so that what a compiler takes is no growth."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(OSError):
                self.metrics()
                if self.census()["compiled"]:
                    return
            time.sleep(0.1)
        self._process.kill()
        raise click.ClickException(f"the world does not start:\n{self.log.read_text()[-2000:]}")


@contextmanager
def serving(ours: Ours, stage: str) -> Generator[Served]:
    """A world with nobody in it, for as long as the block lasts."""
    for left in ours.folder.glob("world-*.crowd"):
        left.unlink()
    served = Served(ours, stage)
    try:
        yield served
    finally:
        served.end()
