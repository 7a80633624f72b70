"""Every page, in both languages, on a desk, on a phone and in the dark: accessible and whole."""

from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.e2e.conftest import DESKTOP, PHONE, Visitors, search_path

FOR_GUESTS = [
    "/",
    "/parks/shulian",
    "/parks/shulian?date=2023-01-01",
    "/parks/no-such-park",
    "/spaces/zhangjiang",
    "/spaces/yuqiao-phase-3",
    "/spaces/science-hall",
    "/spaces/science-hall-f01",
    "/spaces/science-hall-e1",
    "/spaces/science-hall-expo",
    search_path("厅"),
    search_path("nothing-like-this"),
    "/search",
    "/login",
    "/signup",
]
FOR_OPERATORS = [
    "/spaces/science-hall-w1",
    "/spaces/science-hall-w1/edit",
    "/account",
    "/organizations",
    "/people",
    "/audit",
]
_ALL: dict[str, object] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}
_COLOURS: dict[str, object] = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
_DRAWINGS = {"exclude": [[".plan__sheet"], [".hero__model"]]}
"""Nothing in a drawing is for readers or keys, and it does not change with the window."""
_OVER_THE_SCENE = {"exclude": [[".labels"], [".people-names"]]}
"""Names hang over what moves, for the eye and the pointer alone; all are in lists as well."""
SCENE = "/parks/shulian/scene?quality=low&still=1&date=2026-06-21&time=10:00"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", FOR_GUESTS)
def test_a_page_for_everyone(visit: Visitors, path: str, language: str) -> None:
    page = visit(path, language=language)

    assert page.locator("html").get_attribute("lang") == language
    assert faults(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", FOR_OPERATORS)
def test_a_page_for_those_who_run_the_park(visit: Visitors, path: str, language: str) -> None:
    page = visit(path, who="administrator", language=language)

    assert faults(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_scene_with_all_that_opens_in_it(visit: Visitors, language: str) -> None:
    page = visit(SCENE, language=language)
    page.locator("#scene[data-ready=true]").wait_for(timeout=120_000)
    page.locator(".world:not(.is-away) .world-here").click(timeout=60_000)

    found: list[str] = []
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        for tab in page.locator(".world [role=tab]:visible").all():
            tab.click()
            found += faults_over_the_scene(page)
    page.locator(".tool-help").evaluate("button => button.click()")
    page.locator("dialog.sheet-help").wait_for()
    found += violations(page, _ALL, _OVER_THE_SCENE)

    assert found == []


def faults(page: Page) -> list[str]:
    """What is wrong with a page on a desk, on a phone, and there in the dark."""
    found = violations(page, _ALL, None)
    found += [f"desk: {overflow(page)} pixels too wide"] if overflow(page) else []
    page.set_viewport_size(PHONE)
    found += [f"phone: {one}" for one in violations(page, _ALL, _DRAWINGS)]
    found += [f"phone: {overflow(page)} pixels too wide"] if overflow(page) else []
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {one}" for one in violations(page, _COLOURS, _DRAWINGS)]


def faults_over_the_scene(page: Page) -> list[str]:
    """What is wrong with the panels of a scene, in a window as large as it is."""
    found = violations(page, _ALL, _OVER_THE_SCENE)
    return found + ([f"{overflow(page)} pixels too wide"] if overflow(page) else [])


def violations(
    page: Page, options: dict[str, object], context: dict[str, list[list[str]]] | None
) -> list[str]:
    """The rules that a page breaks, and where."""
    told = cast("dict[str, Any]", Axe().run(page, context=context, options=options).response)
    return [
        f"{one['id']}: {node['html'][:160]}" for one in told["violations"] for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many pixels a page reaches beyond its window."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide
