"""Ways through a page by keyboard alone."""

import re

from playwright.sync_api import Page


def tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """On with the Tab key, to what is called so."""
    wanted = page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first
    wanted.wait_for()
    for _ in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")
