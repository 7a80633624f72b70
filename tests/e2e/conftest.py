"""A demo park that runs for real, and Debian's Chromium to visit it."""

import json
import shutil
import threading
import time
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    ViewportSize,
    expect,
    sync_playwright,
)
from tests.commands import free_port, running

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
expect.set_options(timeout=60_000)  # [ms]: a machine that tests has other things to do
PATIENCE = 180
"""[s] for the demo park to stand, tiles included."""


_KNOWN = ("tiles versions at 1.1 or higher", "GL Driver Message")
"""What a library and software drawing say of themselves on every scene."""


@dataclass(frozen=True)
class Site:
    """A running installation."""

    url: str
    data: Path

    def json(self, path: str) -> Any:
        """What the JSON API answers at `path`."""
        with urlopen(self.url + path, timeout=30) as answer:  # noqa: S310  # our own server
            return json.load(answer)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """The demo park, started as a newcomer starts it, with its scene built."""
    home = tmp_path_factory.mktemp("demo")
    words = ["demo", "--port", free_port(), "--data", home / "data", "--bots", 0]
    with running(*words, home=home) as demo:
        site = Site(demo.until(r"(http://\S+?)/$")[1], home / "data")
        ready(site)
        yield site


def ready(site: Site) -> None:
    """Wait until the scene of the demo park is built."""
    pause, deadline = threading.Event(), time.monotonic() + PATIENCE
    while not site.json("/api/parks/shulian/scene")["tileset"]:
        assert time.monotonic() < deadline, "the scene was not built"
        pause.wait(0.2)


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


@dataclass
class Visitors:
    """Opens pages of the site, each as a visitor of its own; what goes wrong on them is kept."""

    browser: Browser
    site: Site
    logins: dict[str, StorageState]
    stack: ExitStack
    troubles: list[str] = field(default_factory=list[str])

    def __call__(
        self,
        path: str,
        *,
        who: str = "",
        language: str = "zh-CN",
        viewport: ViewportSize = DESKTOP,
        script: bool = True,
        touch: bool = False,
    ) -> Page:
        """A page at `path`, as a guest or as `who`, with a mouse or by `touch`."""
        context = self.browser.new_context(
            base_url=self.site.url,
            locale=language,
            viewport=viewport,
            reduced_motion="reduce",
            java_script_enabled=script,
            has_touch=touch,
            is_mobile=touch,
            storage_state=self._login(who) if who else None,
        )
        page = self._opened(context)
        page.goto(path)
        return page

    def _login(self, who: str) -> StorageState:
        if who not in self.logins:
            context = self.browser.new_context(base_url=self.site.url, locale="en")
            page = self._opened(context)
            page.goto(f"/login?account={who}")
            page.locator("main form[method=post] button[type=submit]").click()
            page.locator(".account-link").wait_for()
            self.logins[who] = context.storage_state()
        return self.logins[who]

    def _opened(self, context: BrowserContext) -> Page:
        self.stack.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._hear(page, said))
        page.on("request", lambda request: self._watch(request.url))
        return page

    def _hear(self, page: Page, said: ConsoleMessage) -> None:
        # a page that is an error, such as 404, is told to the console by the browser itself
        own = said.text.startswith("Failed to load resource") and said.location["url"] == page.url
        known = any(words in said.text for words in _KNOWN)
        if said.type in {"error", "warning"} and not own and not known:
            self.troubles.append(f"{page.url}: {said.text}")

    def _watch(self, url: str) -> None:
        if not url.startswith((self.site.url, "data:", "blob:")):
            self.troubles.append(f"asked for {url}")


@pytest.fixture(scope="session")
def logins() -> dict[str, StorageState]:
    """The cookies of those who have logged in, by who they are."""
    return {}


@pytest.fixture
def visit(browser: Browser, site: Site, logins: dict[str, StorageState]) -> Generator[Visitors]:
    """Open pages; an error or a warning on a console, or a request elsewhere, fails the test."""
    with ExitStack() as stack:
        visitors = Visitors(browser, site, logins, stack)
        yield visitors
    assert visitors.troubles == []


def search_path(words: str) -> str:
    """The address of what a search finds."""
    return f"/search?q={quote(words)}"
