"""A world in two processes, linked by a NATS: people go from one to the other and stay together."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Page, WebSocket, expect
from tests.commands import free_port, running
from tests.e2e.conftest import Site, Visitors, ready
from tests.e2e.test_together import PATIENCE, SCENE, in_scene, name_of, on_page, person, said, say
from tests.world.live.test_nats import nats

LAKE = "yuqiao-lakeside"
"""On the other site, which the other process has."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    """The demo park with a world of two processes."""
    home = tmp_path_factory.mktemp("borders")
    words = ["demo", "--port", free_port(), "--data", home / "data", "--bots", 0]
    with nats(int(free_port()), home) as url:
        given = {"SHULIAN_WORLDS": 2, "SHULIAN_WORLD_PORT": free_port(), "NATS_URL": url}
        with running(*words, home=home, **given) as demo:
            site = Site(demo.until(r"(http://\S+?)/$")[1], home / "data")
            ready(site)
            yield site


def test_who_goes_over_the_border_stays_who_they_are(visit: Visitors) -> None:
    plain = on_page(visit)
    here = links(plain)
    name = name_of(plain)
    say(plain, "before the border")
    expect(said(plain, "You")).to_have_text("before the border")

    go(plain, LAKE)

    expect(plain.locator("[data-together-here]")).to_contain_text("Lakeside", timeout=PATIENCE)
    assert name_of(plain) == name
    assert len(set(here)) == 1, "the other process has another port"
    say(plain, "behind the border")
    expect(said(plain, "You")).to_have_text("behind the border")
    go(plain, "science-plaza")
    expect(said(plain, "You")).to_have_text("before the border", timeout=PATIENCE)
    assert (name_of(plain), len(set(here))) == (name, 2)


def test_page_and_scene_meet_behind_the_border(visit: Visitors) -> None:
    plain, scene = on_page(visit), in_scene(visit)
    names = name_of(plain), name_of(scene)
    expect(person(plain, names[1])).to_have_count(1, timeout=PATIENCE)

    go(plain, LAKE)
    expect(person(scene, names[0])).to_have_count(0, timeout=PATIENCE)
    scene.goto(f"{SCENE}&space={LAKE}")
    scene.locator(".world-here").click(timeout=PATIENCE)

    expect(scene.locator(".world-place")).to_have_text("环湖花园", timeout=PATIENCE)
    expect(person(scene, names[0])).to_have_count(1, timeout=PATIENCE)
    expect(person(plain, names[1])).to_have_count(1, timeout=PATIENCE)
    assert (name_of(plain), name_of(scene)) == names
    expect(scene.locator(".tag", has_text=names[0])).to_have_count(1, timeout=PATIENCE)
    say(plain, "hello beyond")
    scene.locator("#scene canvas").first.focus()
    scene.keyboard.press("c")
    expect(said(scene, names[0])).to_have_text("hello beyond")
    say(scene, "湖边见")
    expect(said(plain, names[1])).to_have_text("湖边见")


def links(page: Page) -> list[str]:
    """The addresses of the world to which `page` links from now on, without their queries."""
    found: list[str] = []

    def opens(socket: WebSocket) -> None:
        found.append(socket.url.partition("?")[0])

    page.on("websocket", opens)
    return found


def go(page: Page, space: str) -> None:
    """Ask to be brought to a space, on the plain page."""
    page.get_by_label("Go to another place").select_option(space)
    page.get_by_role("button", name="Go", exact=True).click()
