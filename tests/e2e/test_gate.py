"""A phone at the gate: the camera, hours without network, copies, and who may stand there."""

import io
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from tests.e2e.conftest import FLAGS, PHONE, Site, Visitors
from tests.e2e.test_access import faults

from shulian.app.grants import GRANTS
from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.cli.ticket_keys import ticket_keys_of
from shulian.identity import api as identity
from shulian.identity.store import people
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.clock import system_clock
from shulian.kit.db import Database, Db
from shulian.kit.postgres.server import Server
from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.rules.ticket_codes import Code, write
from shulian.ticketing.types import Fen, Ticket, Wanted

TICKETS = 12
SLOW = 60_000
"""[ms] for a camera that software draws, and a library that looks at it."""
OFFLINE = "ERR_INTERNET_DISCONNECTED"


class Gate:
    """An occasion of free tickets in the demo park, all of them the visitor's."""

    def __init__(self, site: Site, page: str, tickets: tuple[Ticket, ...]) -> None:
        self.page = page
        self._keys = ticket_keys_of(site.data)
        self._left = list(tickets)
        self.shown = tickets[0]
        """One that is looked at alone."""

    def ticket(self) -> Ticket:
        """One that no test has used yet."""
        return self._left.pop()

    def code(self, ticket: Ticket) -> str:
        """What its QR says."""
        return write(Code(ticket.occasion, ticket.id, ticket.issue), self._keys)


@pytest.fixture(scope="module")
def gate(site: Site) -> Gate:
    """A gate of the demo park."""
    with (
        Server.joined(site.data) as url,
        closing(Database(url)) as database,
        database.transaction() as db,
    ):
        tickets = _sold(db)
    return Gate(site, f"/occasions/{tickets[0].occasion}/gate", tickets)


def _sold(db: Db) -> tuple[Ticket, ...]:
    now, bus = system_clock(), Bus(db, reactions())
    organizer, visitor = _actor(db, "organizer"), _actor(db, "visitor")
    span = Span(now + timedelta(days=40), now + timedelta(days=41))
    occasion = api.add_occasion(
        db,
        bus,
        organizer,
        organizer=organizer.belongings[0].organization.id,
        title=Text("开放日 · 示例", "Open day · sample"),
        about=Text(),
        space=SpaceId("shulian"),
        span=span,
        now=now,
    )
    sale = Span(now - timedelta(days=1), span.start)
    kind = api.add_type(
        db,
        bus,
        organizer,
        occasion.id,
        name=Text("普通票", "Visitor"),
        price=Fen(0),
        capacity=100,
        most=TICKETS,
        sale=sale,
        now=now,
    )
    api.open_occasion(db, bus, organizer, occasion.id, now=now)
    order = api.place(db, bus, visitor, occasion.id, [Wanted(kind.id, TICKETS)], now=now)
    api.pay(db, bus, visitor, order.id, api.Free(), now=now)
    named = [
        api.rename(db, bus, visitor, one.id, name=f"林知远{letter}", now=now)
        for letter, one in zip(
            "ABCDEFGHIJKL", api.order(db, visitor, order.id).tickets, strict=True
        )
    ]
    return tuple(named)


def _actor(db: Db, name: str) -> Actor:
    email = next(one.email for one in identity.DEMO_ACCOUNTS if one.email.startswith(name))
    found = people.find_account(db, email)
    assert found is not None
    return identity.actor_of_person(db, GRANTS, found.person.id)


def opened(
    visit: Visitors, gate: Gate, *, language: str = "en", viewport: ViewportSize = PHONE
) -> Page:
    """A phone at the gate that can go on without network."""
    page = visit(gate.page, who="organizer", language=language, viewport=viewport)
    page.goto(f"{gate.page}?lang={language}")
    expect(page.locator("[data-gate]")).to_have_attribute("data-offline", "true")
    expect(page.locator(".gate__state")).to_have_attribute("data-tone", "good")
    return page


def shown(page: Page, code: str, verdict: str) -> None:
    """A scanner types a code, and the gate answers."""
    page.locator("#gate-typed").fill(code)
    page.locator("#gate-typed").press("Enter")
    expect(page.locator(".verdict")).to_have_attribute("data-verdict", verdict)
    expect(page.locator("#gate-typed")).to_have_value("")


def film(picture: Image.Image, folder: Path) -> Path:
    """A film of `picture` on grey, as Chromium's camera shows it (YUV4MPEG2)."""
    scene = Image.new("RGB", (640, 480), "#888888")
    picture = picture.convert("RGB")
    picture.thumbnail((420, 420))
    scene.paste(picture, ((640 - picture.width) // 2, (480 - picture.height) // 2))
    light, blue, red = scene.convert("YCbCr").split()
    half = [one.resize((320, 240)).tobytes() for one in (blue, red)]
    frame = b"FRAME\n" + light.tobytes() + b"".join(half)
    path = folder / "camera.y4m"
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + frame * 10)
    return path


def away(page: Page) -> BrowserContext:
    """The phone loses its network."""
    page.context.set_offline(offline=True)
    return page.context


def forgive(visit: Visitors) -> None:
    """A browser complains of a network that we have taken away."""
    visit.troubles[:] = [one for one in visit.troubles if OFFLINE not in one]


def test_a_ticket_is_let_in_once_offline_and_refused_after_that_everywhere(
    visit: Visitors, gate: Gate
) -> None:
    ticket = gate.ticket()
    code = gate.code(ticket)
    first, second = opened(visit, gate), opened(visit, gate)

    context = away(first)
    first.reload()
    shown(first, code, "admitted")
    expect(first.locator(".gate__state")).to_contain_text("1 wait to be synced")
    shown(first, code, "already_in")
    first.reload()
    shown(first, code, "already_in")
    expect(first.locator(".gate__state")).to_contain_text("3 wait to be synced")

    context.set_offline(offline=False)
    expect(first.locator(".gate__state")).to_have_attribute("data-tone", "good")
    shown(first, code, "already_in")
    shown(second, code, "already_in")
    expect(second.locator(".verdict")).to_contain_text(ticket.name)
    forgive(visit)


def test_a_copy_that_came_in_by_another_gate_offline_is_shown(visit: Visitors, gate: Gate) -> None:
    code = gate.code(gate.ticket())
    first, second = opened(visit, gate), opened(visit, gate)
    contexts = [away(first), away(second)]
    shown(first, code, "admitted")
    shown(second, code, "admitted")

    for context, page in zip(contexts, (first, second), strict=True):
        context.set_offline(offline=False)
        expect(page.locator(".gate__state")).to_have_attribute("data-tone", "good")

    expect(second.locator(".scans__turned").first).to_contain_text("Refused: already in")
    expect(second.get_by_role("heading", name="Came in twice")).to_be_visible()
    forgive(visit)


def test_who_goes_out_may_come_in_again(visit: Visitors, gate: Gate) -> None:
    code = gate.code(gate.ticket())
    page = opened(visit, gate)

    shown(page, code, "admitted")
    page.get_by_role("radio", name="Exit").focus()
    page.keyboard.press("Space")
    shown(page, code, "out")
    page.get_by_role("radio", name="Entry").focus()
    page.keyboard.press("Space")
    shown(page, code, "admitted")


def test_a_ticket_is_found_by_name_with_the_keyboard(visit: Visitors, gate: Gate) -> None:
    ticket = gate.ticket()
    page = opened(visit, gate)

    page.locator("#gate-typed").fill(ticket.name)
    page.locator("#gate-typed").press("Enter")

    expect(page.locator(".verdict")).to_have_attribute("data-verdict", "admitted")


def test_a_forged_code_says_so_offline(visit: Visitors, gate: Gate) -> None:
    code = gate.code(gate.ticket())
    page = opened(visit, gate)
    away(page)

    shown(page, f"{code[:-1]}{(int(code[-1]) + 1) % 10}", "unreadable")

    expect(page.locator(".verdict")).to_contain_text("forged")
    forgive(visit)


def test_a_phone_whose_clock_is_a_day_ahead_is_told_so(visit: Visitors, gate: Gate) -> None:
    code = gate.code(gate.ticket())
    page = opened(visit, gate)
    page.clock.set_fixed_time(system_clock() + timedelta(days=1, hours=1))

    shown(page, code, "admitted")

    expect(page.locator("[data-gate-notices]")).to_contain_text("1 d fast")


def test_the_code_on_the_ticket_is_read_by_the_camera(
    visit: Visitors, browser: Browser, site: Site, gate: Gate, tmp_path: Path
) -> None:
    ticket = gate.ticket()
    page = visit(f"/tickets/{ticket.id}", who="visitor", viewport=PHONE)
    picture = Image.open(io.BytesIO(page.locator(".ticket__qr").screenshot()))
    program = shutil.which("chromium")
    assert program is not None
    filmed = [*FLAGS, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    filmed.append(f"--use-file-for-fake-video-capture={film(picture, tmp_path)}")
    staff = visit("/account", who="organizer").context.storage_state()

    filming = browser.browser_type.launch(executable_path=program, args=filmed)
    with closing(filming):
        context = filming.new_context(
            base_url=site.url,
            locale="en",
            viewport=PHONE,
            storage_state=staff,
            permissions=["camera"],
        )
        phone = context.new_page()
        phone.goto(f"{gate.page}?lang=en")
        phone.get_by_role("button", name="Open the camera").click()

        verdict = phone.locator(".verdict")
        expect(verdict).to_have_attribute("data-verdict", "admitted", timeout=SLOW)
        expect(verdict).to_contain_text(ticket.name)


@pytest.mark.parametrize(("first", "then"), [("zh-CN", "en"), ("en", "zh-CN")])
def test_the_language_that_was_chosen_last_stays_without_network(
    visit: Visitors, gate: Gate, first: str, then: str
) -> None:
    page = opened(visit, gate, language=first)
    page.locator(f".languages [hreflang={then}]").click()
    expect(page.locator("html")).to_have_attribute("lang", then)
    expect(page.locator("[data-gate]")).to_have_attribute("data-offline", "true")
    entry = {"zh-CN": "入场", "en": "Entry"}

    away(page)
    page.reload()
    expect(page.get_by_role("radio", name=entry[then])).to_be_checked()
    expect(page.locator("html")).to_have_attribute("lang", then)
    page.goto(gate.page)
    expect(page.get_by_role("radio", name=entry[then])).to_be_checked()

    page.locator(f".languages [hreflang={first}]").click()
    expect(page.get_by_role("radio", name=entry[first])).to_be_checked()
    expect(page.locator("html")).to_have_attribute("lang", first)
    forgive(visit)


def test_counts_stay_and_go_on_without_network(visit: Visitors, gate: Gate) -> None:
    codes = [gate.code(gate.ticket()) for _ in range(2)]
    page = opened(visit, gate)
    inside = page.locator("[data-count=inside]")
    expect(inside).to_be_visible()
    before = int(inside.inner_text())
    shown(page, codes[0], "admitted")
    expect(inside).to_have_text(str(before + 1))

    context = away(page)
    page.reload()
    expect(inside).to_have_text(str(before + 1))
    shown(page, codes[1], "admitted")
    expect(inside).to_have_text(str(before + 2))
    page.reload()
    expect(inside).to_have_text(str(before + 2))

    context.set_offline(offline=False)
    expect(page.locator(".gate__state")).to_have_attribute("data-tone", "good")
    expect(inside).to_have_text(str(before + 2))
    forgive(visit)


def test_who_may_not_stand_there_is_told_so(visit: Visitors, gate: Gate) -> None:
    page = visit(gate.page, who="visitor", language="en")

    expect(page.locator("main")).to_contain_text("permission")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_gate_is_accessible(visit: Visitors, gate: Gate, language: str) -> None:
    page = opened(visit, gate, language=language)
    assert faults(page) == []

    code = gate.code(gate.ticket())
    for text, verdict in ((code, "admitted"), (code, "already_in"), ("??", "unreadable")):
        shown(page, text, verdict)
        page.emulate_media(color_scheme="light")
        assert faults(page) == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_ticket_is_accessible(visit: Visitors, gate: Gate, language: str) -> None:
    page = visit(f"/tickets/{gate.shown.id}", who="visitor", language=language)

    assert faults(page) == []
