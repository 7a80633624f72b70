"""Colyseus with the same world: installed on first use, run for a round.

Its package.json keeps msgpackr-extract at 3.0.4: what came later is there for some systems only,
and `npm ci` takes no lock file without the others.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from world.machine import on_core

PEER = Path(__file__).parents[1] / "peers" / "colyseus"
_PARTS = ("@colyseus/core", "@colyseus/schema", "@colyseus/ws-transport")
_PATIENCE = 30.0


def install() -> dict[str, str]:
    """Bring the pinned packages where they are missing; answers their versions."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise click.ClickException("Colyseus needs node and npm (Node 20 or newer)")
    if not (PEER / "node_modules" / ".package-lock.json").exists():
        print("installing Colyseus …", flush=True)
        command = ["npm", "ci", "--silent", "--no-fund", "--no-audit"]
        subprocess.run(command, cwd=PEER, check=True)
    versions = {name: _version(name) for name in _PARTS}
    node = subprocess.run(["node", "--version"], check=True, stdout=subprocess.PIPE, text=True)
    return {**versions, "node": node.stdout.strip()}


@contextmanager
def serving(core: int, *, interest: bool) -> Generator[tuple[int, list[int]]]:
    """Its port and its processes, for as long as the block lasts."""
    port = free_port()
    environment = {
        **os.environ,  # noqa: TID251  # a child inherits the operator's environment
        "PORT": str(port),
        "INTEREST": "1" if interest else "0",
        "NODE_ENV": "production",
    }
    process = subprocess.Popen(
        on_core(core, "node", "server.js"),
        cwd=PEER,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process, "Colyseus")
        yield port, [process.pid]
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]", name: str) -> None:
    """Wait until somebody listens there; raises ClickException."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise click.ClickException(f"{name} does not start (exit code {process.poll()})")


def _version(name: str) -> str:
    told = json.loads((PEER / "node_modules" / name / "package.json").read_text())
    return str(told["version"])
