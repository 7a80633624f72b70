"""A demo park that runs for real, and Debian's Chromium to visit it."""

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 180
"""[s] for the demo park to stand, tiles included."""


@dataclass(frozen=True)
class Site:
    """A running installation."""

    url: str
    data: Path

    def json(self, path: str) -> object:
        """What the JSON API answers at `path`."""
        with urlopen(self.url + path, timeout=30) as answer:  # noqa: S310  # our own server
            return json.load(answer)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """The demo park, started as a newcomer starts it, with its scene built."""
    data = tmp_path_factory.mktemp("demo")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "shulian.cli", "demo", "--port", str(port)]
    with (data / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--data", str(data)], stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            yield _standing(process, data)
        finally:
            process.terminate()
            process.wait(30)


def _standing(process: "subprocess.Popen[str]", data: Path) -> Site:
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+?(?=/?\s*$)", line)
    if not found:
        pytest.fail(f"the demo park did not start:\n{(data / 'log').read_text()[-4000:]}")
    site = Site(found[0], data)
    deadline = time.monotonic() + PATIENCE
    while not _has_tiles(site):
        if time.monotonic() > deadline or process.poll() is not None:
            pytest.fail(f"the scene was not built:\n{(data / 'log').read_text()[-4000:]}")
        time.sleep(0.2)
    return site


def _has_tiles(site: Site) -> bool:
    scene = site.json("/api/parks/shulian/scene")
    return isinstance(scene, dict) and bool(scene["tileset"])  # pyright: ignore[reportUnknownArgumentType]


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """Debian's Chromium, drawing in software."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no Chromium: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Open a page of the site as a fresh visitor; errors on the console fail the test."""
    troubles: list[str] = []
    contexts = []

    def open_page(
        path: str, *, language: str = "zh-CN", viewport: ViewportSize = DESKTOP, dark: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=site.url,
            locale=language,
            viewport=viewport,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: troubles.append(f"{path}: {error}"))
        page.on(
            "console",
            lambda said: troubles.append(f"{path}: {said.text}") if said.type == "error" else None,
        )
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def enter(visit: Visit) -> Callable[..., Page]:
    """Open a page as one of the demo's sample people."""

    def open_as(who: str, path: str, **how: object) -> Page:
        page = visit(f"/login?next={path}", **how)
        page.get_by_test_id(f"sample-{who}").click()
        page.wait_for_url(f"**{path}")
        return page

    return open_as
