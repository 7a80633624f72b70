"""A congress on paper: A4, black on white also where the screen is dark, nothing to press."""

from dataclasses import dataclass
from typing import cast

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, Visitors
from tests.e2e.congresses import MINE, Made, congress
from tests.e2e.test_timetable import corner, opened

UPRIGHT, ACROSS = (595, 842), (842, 595)
"""A4 [pt]."""
STANDS = """([which, left, top]) => {
    const now = document.querySelector(`[data-block="${which}"]`)?.getBoundingClientRect();
    return now?.left === left && now.top === top;
}"""
"""Whether a block stands there: asked at once, as it may be drawn anew at any time."""


@dataclass(frozen=True)
class Paper:
    """What comes out of a printer."""

    sheets: list[tuple[int, int]]
    words: str
    margin: tuple[int, ...]
    """The colour at an edge."""


@pytest.fixture(scope="module")
def made(site: Site) -> Made:
    """A congress that is public."""
    return congress(site, "printed", days_away=80, released=True)


def test_a_day_of_the_programme_is_a_table_across(visit: Visitors, made: Made) -> None:
    page = visit(made.page, language="en")

    paper = printed(page)

    assert set(paper.sheets) == {ACROSS}
    assert paper.margin == (255, 255, 255)
    assert shown(paper, "Sample Congress", "Silicon", "Multi-function Hall 1 West", "09:00")
    assert not shown(paper, "Search", "Log in", "Find", "All halls", "My programme", "Now and next")


def test_all_days_are_a_list(visit: Visitors, made: Made) -> None:
    page = visit(f"{made.page}?day=all", language="en")

    paper = printed(page)

    assert paper.sheets == [UPRIGHT]
    assert shown(paper, "Silicon", "Multi-function Hall 1 West", "11:00")


def test_ones_own_programme_is_a_list(visit: Visitors, made: Made) -> None:
    page = visit(made.page, who="visitor", language="en")
    page.get_by_role("button", name="Star “Silicon”").click()
    page.get_by_role("button", name="Star “Silicon”", pressed=True).wait_for()
    page.goto(f"{made.page}/mine")

    paper = printed(page)

    assert paper.sheets == [UPRIGHT]
    assert paper.margin == (255, 255, 255)
    assert shown(paper, "My programme", "Silicon", "Multi-function Hall 1 West", "11:00")
    assert not shown(paper, "Models", ".ics", "calendar", "Speakers")


def test_a_day_of_the_timetable_is_one_sheet(visit: Visitors, made: Made) -> None:
    page = opened(visit, made)

    paper = printed(page)

    assert paper.sheets == [ACROSS]
    assert paper.margin == (255, 255, 255)
    assert shown(paper, "Silicon", "Multi-function Hall 1 West", "11:00–12:00", "Timetable of")
    assert not shown(paper, "Undo", "Not placed", "Conflicts", "Robots", "Overview")


def test_the_screen_is_as_it_was_after_printing(visit: Visitors, made: Made) -> None:
    page = opened(visit, made)
    block = made.block(page, "Silicon")
    expect(block).to_be_visible()
    left, top = corner(block)

    printed(page)
    page.emulate_media(color_scheme="light")

    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.wait_for_function(STANDS, arg=[str(made.sessions["Silicon"]), left, top])


def test_the_list_of_the_desk_is_not_printed_beside_the_sheet(visit: Visitors, made: Made) -> None:
    page = visit(made.editor, who=MINE, language="en", script=False)

    paper = printed(page)

    assert set(paper.sheets) == {UPRIGHT}
    assert shown(paper, "Silicon", "Robots")


def printed(page: Page) -> Paper:
    """What a page is on paper, printed from a screen that is dark."""
    page.emulate_media(color_scheme="dark")
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sheets = list(document)
    words = " ".join(one.get_textpage().get_text_range() for one in sheets)
    picture = cast("Image.Image", sheets[0].render(scale=1).to_pil()).convert("RGB")  # pyright: ignore[reportUnknownMemberType]  # it is without types
    sizes = [(round(one.get_width()), round(one.get_height())) for one in sheets]
    return Paper(sizes, " ".join(words.split()), cast("tuple[int, ...]", picture.getpixel((4, 4))))


def shown(paper: Paper, *words: str) -> list[str]:
    """Which of some words are on a paper; all of them, or none, is what tests look for."""
    found = [one for one in words if one in paper.words]
    assert found in ([], list(words)), found
    return found
