"""Two visitors in real browsers, one in the scene, one on the plain page: each is there."""

import re

from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import Visitors
from tests.e2e.test_access import faults
from tests.e2e.test_scene import opened

from shulian.world.types import Gesture

PAGE = "/parks/shulian/together"
SCENE = "/parks/shulian/scene?quality=low&still=1&date=2026-06-21&time=10:00&mode=walk"
PATIENCE = 60_000
"""[ms] for what is drawn in software."""
TRIES = 12

FAR = re.compile(r"^(8|9|\d\d+) m$")
CLOSE = re.compile(r"^[0-4] 米$")
"""Distances in the list of who is here: further than where people come in, and beside one."""


def test_each_sees_who_is_there(visit: Visitors) -> None:
    plain, scene = met(visit)

    expect(scene.locator(".tag.is-shown", has_text=name_of(plain))).to_have_count(
        1, timeout=PATIENCE
    )
    expect(person(plain, name_of(scene))).to_be_visible()


def test_words_go_both_ways_and_over_the_head(visit: Visitors) -> None:
    plain, scene = met(visit)

    say(plain, "你好 from the page")
    expect(scene.locator(".tag-bubble", has_text="你好 from the page")).to_have_count(1)
    scene.locator("#scene canvas").first.focus()
    scene.keyboard.press("c")
    say(scene, "Hello 从三维场景")

    expect(said(plain, name_of(scene))).to_have_text("Hello 从三维场景")
    expect(said(scene, name_of(plain))).to_have_text("你好 from the page")


def test_who_chooses_by_the_keyboard_keeps_their_place_in_the_list(visit: Visitors) -> None:
    first, other = on_page(visit), on_page(visit)
    name = person(first, name_of(other))
    name.focus()
    third = on_page(visit)
    expect(person(first, name_of(third))).to_be_visible(timeout=PATIENCE)

    expect(name).to_be_focused()


def test_a_greeting_reaches_the_scene(visit: Visitors) -> None:
    plain, scene = met(visit)

    person(plain, name_of(scene)).click()
    plain.get_by_role("button", name="Greet").click()

    expect(scene.locator(".notice")).to_contain_text(f"{name_of(plain)}向你挥手")


def test_a_greeting_from_the_scene_is_read_out(visit: Visitors) -> None:
    plain, scene = met(visit)

    person(scene, name_of(plain)).click()
    scene.get_by_role("button", name="打招呼").click()

    expect(plain.get_by_role("log")).to_contain_text(f"{name_of(scene)} waves to you")


def test_who_walks_in_the_scene_is_further_away_on_the_page(visit: Visitors) -> None:
    plain, scene = met(visit)
    before = distance(plain, name_of(scene))

    scene.locator("#scene canvas").first.focus()
    scene.keyboard.down("ArrowUp")
    expect(row(plain, name_of(scene))).not_to_contain_text(before, timeout=PATIENCE)
    scene.keyboard.up("ArrowUp")

    assert distance(plain, name_of(scene)) != before


def test_a_wave_on_the_page_is_one_in_the_scene(visit: Visitors) -> None:
    plain, scene = met(visit)
    waving = scene.locator(f'.tag[data-gesture="{Gesture.WAVE}"]', has_text=name_of(plain))

    # a wave is short: a scene that software draws on a busy machine may miss the first
    assert any(is_seen_to_wave(plain, waving) for _ in range(TRIES))


def test_a_wave_in_the_scene_is_told_on_the_page(visit: Visitors) -> None:
    plain, scene = met(visit)

    scene.locator("#scene canvas").first.focus()
    scene.keyboard.press("1")

    expect(plain.get_by_role("log")).to_contain_text(f"{name_of(scene)} waves")


def test_a_hand_that_is_raised_is_seen_by_all(visit: Visitors) -> None:
    plain, scene = met(visit)

    scene.get_by_role("button", name="举手").click()

    expect(plain.locator(".people-hands")).to_contain_text(name_of(scene))


def test_something_said_to_one_alone_is_read_by_nobody_else(visit: Visitors) -> None:
    plain, scene = met(visit)

    person(plain, name_of(scene)).click()
    plain.get_by_role("button", name="Talk directly").click()
    say(plain, "only for you")

    expect(scene.get_by_role("tab", name="私聊")).to_contain_text("1", timeout=PATIENCE)
    scene.get_by_role("tab", name="私聊").click()
    expect(said(scene, name_of(plain))).to_have_text("only for you")


def test_one_goes_to_another_space(visit: Visitors) -> None:
    page = on_page(visit)

    page.get_by_label("Go to another place").select_option("science-hall-w1")
    page.get_by_role("button", name="Go", exact=True).click()

    expect(page.locator("[data-together-here]")).to_contain_text("Multi-function Hall 1 West")


def test_an_invitation_is_accepted(visit: Visitors) -> None:
    plain, scene = met(visit)

    person(plain, name_of(scene)).click()
    plain.get_by_role("button", name="Invite here").click()
    scene.get_by_role("button", name="过去").click()

    expect(scene.locator(".invitation")).to_have_count(0)


def test_who_is_invited_follows_while_the_other_walks_on(visit: Visitors) -> None:
    witness, guide, guest = on_page(visit), in_scene(visit), in_scene(visit)
    names = name_of(guide), name_of(guest)

    person(guide, names[1]).click(timeout=PATIENCE)
    guide.get_by_role("button", name="邀请过来").click()
    guest.get_by_role("button", name="过去").click()
    person(guest, names[0]).click(timeout=PATIENCE)
    guest.get_by_role("button", name="跟随").click()
    expect(guest.locator(".notice")).to_contain_text(names[0])
    guide.locator("#scene canvas").first.focus()
    guide.keyboard.down("ArrowUp")
    expect(far(witness, names[0])).to_have_text(FAR, timeout=PATIENCE)
    guide.keyboard.up("ArrowUp")

    expect(far(witness, names[1])).to_have_text(FAR, timeout=PATIENCE)
    expect(far(guide, names[1])).to_have_text(CLOSE, timeout=PATIENCE)


def test_who_leaves_is_gone_and_may_come_back(visit: Visitors) -> None:
    plain, scene = met(visit)
    name = name_of(plain)

    plain.get_by_role("button", name="Leave").click()
    expect(person(scene, name)).to_have_count(0, timeout=PATIENCE)
    plain.get_by_role("button", name="Come back").click()

    expect(person(scene, name)).to_have_count(1, timeout=PATIENCE)


def test_the_page_is_complete_by_keyboard(visit: Visitors) -> None:
    page = on_page(visit)

    page.get_by_role("tab", name="Zone").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Nearby")).to_be_focused()
    page.get_by_label("Say to those nearby").focus()
    page.keyboard.type("hello")
    page.keyboard.press("Enter")

    expect(page.locator(".chat-nearby .said-text")).to_have_text("hello")


def test_the_page_is_accessible(visit: Visitors) -> None:
    page = on_page(visit)

    assert faults(page) == []


def test_without_script_the_page_says_what_to_do(visit: Visitors) -> None:
    page = visit(PAGE, language="en", script=False)

    # a browser that is only told not to run scripts has parsed what is for those that cannot
    assert "needs JavaScript" in page.content()
    expect(page.locator("main button:visible")).to_have_count(0)


def is_seen_to_wave(plain: Page, waving: Locator) -> bool:
    """Wave on the page; whether the scene shows it."""
    plain.get_by_role("button", name="Wave to all").click()
    try:
        expect(waving).to_have_count(1, timeout=5_000)
    except AssertionError:
        return False
    return True


def on_page(visit: Visitors) -> Page:
    """Somebody on the plain page, who is in."""
    page = visit(PAGE, language="en")
    expect(page.locator(".roster-me")).to_contain_text("You are called", timeout=PATIENCE)
    return page


def in_scene(visit: Visitors) -> Page:
    """Somebody on foot in the scene, who looks at who is there."""
    page = opened(visit, SCENE)
    page.locator(".world-here").click()
    expect(page.locator(".roster-me")).to_contain_text("你在这里叫", timeout=PATIENCE)
    return page


def met(visit: Visitors) -> tuple[Page, Page]:
    """Somebody on the plain page, and somebody on foot in the scene who looks at who is there."""
    plain, scene = on_page(visit), in_scene(visit)
    expect(person(scene, name_of(plain))).to_be_visible(timeout=PATIENCE)
    expect(person(plain, name_of(scene))).to_be_visible(timeout=PATIENCE)
    return plain, scene


def name_of(page: Page) -> str:
    """What somebody is called."""
    told = page.locator(".roster-me").inner_text()
    return told.split("“")[1].split("”")[0]


def row(page: Page, name: str) -> Locator:
    return page.locator(".person", has_text=name)


def person(page: Page, name: str) -> Locator:
    """Their name in the list of who is here."""
    return row(page, name).locator(".person-name")


def far(page: Page, name: str) -> Locator:
    """How far away they are, in the list of who is here."""
    return row(page, name).locator(".person-far")


def distance(page: Page, name: str) -> str:
    return far(page, name).inner_text()


def say(page: Page, text: str) -> None:
    line = page.locator(".chat:visible .say-input")
    line.fill(text)
    line.press("Enter")


def said(page: Page, name: str) -> Locator:
    """The text of what somebody said last."""
    return page.locator(".chat:visible .said", has_text=name).last.locator(".said-text")
