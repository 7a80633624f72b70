"""The machine a benchmark runs on: its cores, how idle they are, and its C compiler."""

import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click

HERE = Path(__file__).parent
_PROGRAMS = ("load", "sends")
_IDLE = 0.85
"""The share of both cores that must be idle before a round."""
_PATIENCE, _HASTE = 30.0, 2.0
"""[s] that is waited for that, while there is time and then."""
_ON_CORE = "import os, sys; os.sched_setaffinity(0, {int(sys.argv[1])}); \
os.execvp(sys.argv[2], sys.argv[2:])"


def cores() -> tuple[int, int]:
    """One for the server and one for all else; the same where there is only one."""
    ours = sorted(os.sched_getaffinity(0))
    if len(ours) == 1:
        print("one core only: server and users share it, so all figures are worse")
    return ours[0], ours[-1]


def on_core(core: int, *command: str | Path) -> list[str]:
    """`command` with all its threads on one core."""
    return [sys.executable, "-c", _ON_CORE, str(core), *map(str, command)]


def compiled(folder: Path) -> dict[str, Path]:
    """The programs in C, made in `folder`."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise click.ClickException("a C compiler is needed (Debian: apt-get install gcc libc6-dev)")
    for name in _PROGRAMS:
        command = [compiler, "-O2", "-o", folder / name, HERE / f"{name}.c"]
        subprocess.run(command, check=True)
    return {name: folder / name for name in _PROGRAMS}


def idle(seconds: float = 1.0) -> float:
    """The share of the busiest of all cores that is idle for so long."""
    before = _times()
    time.sleep(seconds)
    after = _times()
    return min(
        (after[name][0] - rest) / max(1, after[name][1] - whole)
        for name, (rest, whole) in before.items()
    )


def wait_until_idle(*, hurry: bool) -> bool:
    """Wait for the machine to have nothing else to do; whether it has not."""
    until = time.monotonic() + (_HASTE if hurry else _PATIENCE)
    while time.monotonic() < until:
        if idle() > _IDLE:
            return True
    return False


def describe() -> dict[str, object]:
    """The machine, for the record."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "cpu": names[0] if names else platform.processor(),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
    }


def _times() -> dict[str, tuple[int, int]]:
    """Idle and all ticks of each of our cores."""
    ours = {f"cpu{core}" for core in os.sched_getaffinity(0)}
    found: dict[str, tuple[int, int]] = {}
    for line in Path("/proc/stat").read_text().splitlines():
        name, *told = line.split()
        if name in ours:
            ticks = [int(one) for one in told[:8]]
            found[name] = (ticks[3] + ticks[4], sum(ticks))
    return found
