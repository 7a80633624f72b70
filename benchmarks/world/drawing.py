"""How many draw calls the client's avatars take in a browser without a window."""

import shutil
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import sync_playwright

from world.machine import HERE

_CLIENT = HERE.parents[1] / "client"
_FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
_COVERED = 0.02
"""The share of the picture in which somebody must be."""
_PATIENCE = 120_000
"""[ms] for the page, where no graphics card helps."""


def draw_calls(count: int, folder: Path) -> int | None:
    """For `count` avatars in sight, shadows included; none: there is no browser here."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("  draw calls: skipped, there is no Chromium")
        return None
    page = folder / "crowd"
    vite = _CLIENT / "node_modules" / "vite" / "bin" / "vite.js"
    config = HERE / "crowd" / "vite.config.mjs"
    command = ["node", vite, "build", "--config", config, "--outDir", page]
    subprocess.run(command, check=True, cwd=_CLIENT)
    with _served(page) as url:
        told = _drawn(program, url, count)
    if told["covered"] < _COVERED:
        raise click.ClickException("nobody is seen in the picture of the crowd")
    print(
        f"  {told['there']} avatars: {told['calls']} draw calls, {told['triangles']:,} triangles, "
        f"{told['script']:.1f} ms of script a frame"
    )
    return int(told["calls"])


def _drawn(program: str, url: str, count: int) -> dict[str, Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE)
        page.goto(url)
        page.wait_for_function("Boolean(globalThis.draw)")
        told: dict[str, Any] = page.evaluate("count => globalThis.draw(count)", count)
        browser.close()
    return told


@contextmanager
def _served(folder: Path) -> Generator[str]:
    """The address of the files in `folder`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *_said: object) -> None:  # noqa: A002  # its name above
        """Nothing: the table is what people read."""
