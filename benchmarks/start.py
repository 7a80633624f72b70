"""`make bench NAME=start`: from `make run` to the first page, memory at rest, weight of the pages.

The limit beside it is the smallest application of the same framework and server, with no database,
started in the same run: nothing built on them can answer sooner.
"""

import gzip
import json
import os
import platform
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).parents[1]
ROUNDS = 2 if os.environ.get("QUICK") else 5  # noqa: TID251  # the length of the run
PATIENCE = 180.0
SETTLED = 20.0
"""[s] after which a started system is at rest, once nothing is compiled any more."""
COMPILER = "shulian.world.live.sockets.compiling"
"""What the world runs after its first start, in a process of its own."""
LIMIT = """
import uvicorn
from litestar import Litestar, get

@get("/")
async def home() -> str:
    return "here"

uvicorn.run(Litestar([home]), port={port}, log_config=None)
"""


@dataclass
class Started:
    """A running system and how long it took to answer."""

    process: "subprocess.Popen[bytes]"
    seconds: float

    def memory(self) -> tuple[float, float]:
        """Resident and proportional memory of all its processes at rest [MB]."""
        time.sleep(SETTLED)
        until = time.monotonic() + PATIENCE
        while self._compiles() and time.monotonic() < until:
            time.sleep(1.0)
        time.sleep(SETTLED)
        full = [one.memory_full_info() for one in self._family()]
        return sum(one.rss for one in full) / 1e6, sum(one.pss for one in full) / 1e6

    def _family(self) -> list[psutil.Process]:
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def _compiles(self) -> bool:
        with suppress(psutil.NoSuchProcess):  # it ended while we looked
            return any(COMPILER in one.cmdline() for one in self._family())
        return True

    def stop(self) -> None:
        """End it in order and wait for that."""
        os.killpg(self.process.pid, signal.SIGINT)  # as a terminal does: make passes nothing on
        self.process.wait(60)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def start(command: list[str], url: str, environment: dict[str, str]) -> Started:
    """Run `command` until `url` is answered."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while time.perf_counter() - began < PATIENCE:
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310  # our own server
                answer.read()
            return Started(process, time.perf_counter() - began)
        except (URLError, OSError):
            if process.poll() is not None:
                sys.exit(f"{command} ended with {process.returncode}")
            time.sleep(0.01)
    sys.exit(f"{command} did not answer in {PATIENCE:g} s")


def weight(page: str) -> float:
    """Script and style that a page ships, gzipped [kB]."""
    with urlopen(page, timeout=60) as answer:  # noqa: S310  # our own server
        html = answer.read().decode()
    files = set(re.findall(r'(?:href|src)="(/assets/[^"]+\.(?:js|css))"', html))
    total = 0
    for file in files:
        with urlopen(urljoin(page, file), timeout=60) as answer:  # noqa: S310
            total += len(gzip.compress(answer.read(), 6))
    return total / 1000


def main() -> None:
    """Measure and print."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory(prefix="shulian-start-") as data:
        environment = {
            **os.environ,  # noqa: TID251  # as a newcomer's shell has it
            "SHULIAN_PORT": str(port),
            "SHULIAN_DATA": data,
        }
        cold = start(["make", "run"], url, environment)
        cold.stop()
        warm: list[float] = []
        limits: list[float] = []
        for _ in range(ROUNDS):
            ours = start(["make", "run"], url, environment)
            warm.append(ours.seconds)
            ours.stop()
            bare = free_port()
            limit = start(
                [sys.executable, "-c", LIMIT.format(port=bare)],
                f"http://127.0.0.1:{bare}/",
                environment,
            )
            limits.append(limit.seconds)
            limit.stop()
        ours = start(["make", "run"], url, environment)
        page, scene = weight(url), weight(url + "parks/shulian/scene")
        rss, pss = ours.memory()
        ours.stop()
    told = {
        "warm_start_s": round(statistics.median(warm), 2),
        "rss_mb": round(rss),
        "page_kb": round(page, 1),
        "scene_kb": round(scene, 1),
        "pss_mb": round(pss),
        "cold_start_s": round(cold.seconds, 2),
        "limit_start_s": round(statistics.median(limits), 2),
        "ratio_limit": round(statistics.median(warm) / statistics.median(limits), 2),
        "rounds": ROUNDS,
        "versions": {
            name: version(name) for name in ("litestar", "uvicorn", "sqlalchemy", "psycopg")
        },
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }
    print("| figure | ours | wanted |\n|---|---|---|")
    print(f"| second start to first page | {told['warm_start_s']} s | ≤ 5 s |")
    print(f"| smallest application of the same framework | {told['limit_start_s']} s | |")
    print(f"| first start to first page | {told['cold_start_s']} s | |")
    print(f"| memory of everything at rest | {told['rss_mb']} MB | ≤ 700 MB |")
    print(f"| script and style of a plain page | {told['page_kb']} kB | ≤ 60 kB |")
    print(f"| script and style of the scene | {told['scene_kb']} kB | ≤ 450 kB |")
    print(json.dumps(told))


main()
