"""An evening in multi-function hall 1 East: from two free seats to two people who are in."""

import re
from io import BytesIO
from typing import cast
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from tests.e2e.conftest import PHONE, Site, Visitors
from tests.e2e.evenings import Evening, evening, mark
from tests.e2e.test_gate import away, forgive, shown

ROW, LEFT, RIGHT = 9, 9, 10


@pytest.fixture
def show(site: Site) -> Evening:
    """An evening of the test's own, of which nobody else knows."""
    return evening(site, days=60, title="Evening test")


def test_two_seats_together_are_bought_printed_and_let_in_once(
    visit: Visitors, show: Evening
) -> None:
    plan = visit(f"{show.page}/seats", language="en")
    scene = visit(show.scene, language="en")
    scene.locator("#scene[data-ready=true]").wait_for(timeout=120_000)
    expect(scene.locator(".stalls-left")).to_have_text("400 seats free")

    page = held(visit, show)
    for number in (LEFT, RIGHT):
        expect(mark(plan, ROW, number)).to_have_attribute("data-shape", "taken")
    expect(scene.locator(".stalls-left")).to_have_text("398 seats free")

    codes = [printed(page, one) for one in paid(page, show)]
    assert len(set(codes)) == 2

    let_in_once(visit, show, codes)


def held(visit: Visitors, show: Evening) -> Page:
    """Two seats together, picked on the plan and held."""
    page = visit("/spaces/science-hall-e1", who="visitor", language="en")
    page.goto(show.page)
    page.get_by_role("link", name="Choose seats").click()
    mark(page, ROW, LEFT).click()
    mark(page, ROW, RIGHT).click()
    expect(page.locator("[data-total]")).to_have_text("¥360")
    page.get_by_role("button", name="Hold these seats").click()
    expect(page.locator("h1")).to_contain_text("Order")
    return page


def paid(page: Page, show: Evening) -> list[str]:
    """The order is paid with the test provider: where its tickets are."""
    page.get_by_role("button", name="Go to the test payment").click()
    page.get_by_role("button", name="Pay ¥360").click()
    expect(page.get_by_role("status")).to_contain_text("Paid. The tickets are yours.")
    page.get_by_role("link", name="See the tickets").click()
    group = page.locator(f"section[aria-labelledby='occasion-{show.id}']")
    links: list[str] = []
    for number in (LEFT, RIGHT):
        named = page.get_by_text(f"Row {ROW} Seat {number}", exact=True)
        mine = group.locator(".ticket", has=named)
        link = mine.get_by_role("link", name=re.compile("^Show"))
        links.append(link.get_attribute("href") or "")
    return links


def printed(page: Page, ticket: str) -> str:
    """What the QR of a ticket says, the same on its page and on its PDF."""
    page.goto(ticket)
    picture = page.locator(".ticket__qr").screenshot()
    document = page.request.get(f"{urlsplit(page.url).path}.pdf")
    assert document.headers["content-type"] == "application/pdf"
    code = read(first_sheet(document.body()))
    assert read(Image.open(BytesIO(picture))) == code
    return code


def first_sheet(document: bytes) -> Image.Image:
    """The first sheet of a PDF, as it is printed."""
    sheet = pypdfium2.PdfDocument(document)[0]
    return cast("Image.Image", sheet.render(scale=3).to_pil())  # pyright: ignore[reportUnknownMemberType]  # it is without types


def read(picture: Image.Image) -> str:
    """What the one QR of a picture says."""
    [found] = zxingcpp.read_barcodes(picture.convert("L"))
    return found.text


def let_in_once(visit: Visitors, show: Evening, codes: list[str]) -> None:
    """A phone at the gate lets both in without network, tells it later, and refuses them after."""
    gate = f"{show.page}/gate"
    phone = visit(gate, who="organizer", language="en", viewport=PHONE)
    expect(phone.locator("[data-gate]")).to_have_attribute("data-offline", "true")
    expect(phone.locator(".gate__state")).to_have_attribute("data-tone", "good")
    context = away(phone)
    phone.reload()
    for code in codes:
        shown(phone, code, "admitted")
    expect(phone.locator(".gate__state")).to_contain_text("2 wait to be synced")

    context.set_offline(offline=False)
    expect(phone.locator(".gate__state")).to_have_attribute("data-tone", "good")
    other = visit(gate, who="organizer", language="en", viewport=PHONE)
    expect(other.locator(".gate__state")).to_have_attribute("data-tone", "good")
    for code in codes:
        shown(phone, code, "already_in")
        shown(other, code, "already_in")
    forgive(visit)
