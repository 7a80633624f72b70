"""Order as people see it: a moderator and guests in real browsers, and the page of the park."""

import re

from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import Visitors
from tests.e2e.test_access import faults
from tests.e2e.test_scene import opened
from tests.e2e.test_together import PAGE, PATIENCE, SCENE, in_scene, name_of, person, said, say

ORDER = "/parks/shulian/order"
PLAZA = PAGE + "?space=science-plaza"
FORBIDDEN = "Failed to load resource: the server responded with a status of 403 (Forbidden)"
"""What a browser itself says of a ticket that is not given."""
ROOM = PAGE + "?space=suan-01-showroom"
HALL = PAGE + "?space=science-hall-e2"


def test_who_is_muted_reads_by_whom_why_and_until_when(visit: Visitors) -> None:
    boss, guest = moderator(visit), newcomer(visit)
    name = name_of(guest)

    measure(boss, name, "Mute", reason="广告太多", span="Ten minutes")

    expect(notice(guest)).to_have_text(
        re.compile(r"沈卓.*已将你禁言至.*\d\d:\d\d.*原因：广告太多.*你仍可以听")
    )
    expect(guest.locator(".chat:visible .say-input")).to_be_disabled()
    expect(answer(boss)).to_have_text(f"{name} is muted.")


def test_a_mute_is_taken_back_on_the_page_of_order(visit: Visitors) -> None:
    boss, guest = moderator(visit), newcomer(visit)
    name = name_of(guest)
    measure(boss, name, "Mute", span="Until taken back")
    expect(notice(guest)).to_be_visible()

    boss.goto(ORDER)
    expect(sanction(boss, name)).to_contain_text("Mute")
    sanction(boss, name).get_by_role("button", name="Take back").click()

    expect(sanction(boss, name)).to_have_count(0)
    expect(notice(guest)).to_be_hidden()
    say(guest, "谢谢")
    expect(guest.locator(".chat:visible .said-text").last).to_have_text("谢谢")


def test_all_in_a_zone_are_muted_and_may_speak_again(visit: Visitors) -> None:
    boss, guest = moderator(visit, HALL), newcomer(visit, HALL)

    boss.get_by_role("button", name="Mute all").click()
    expect(notice(guest)).to_have_text("现在只有主持人可以发言，可以举手。")
    expect(answer(boss)).to_have_text("All are muted here.")
    say(boss, "quiet, please")
    expect(guest.locator(".chat:visible .said-text").last).to_have_text("quiet, please")
    boss.get_by_role("button", name="Unmute all").click()

    expect(notice(guest)).to_be_hidden()
    expect(guest.locator(".chat:visible .say-input")).to_be_enabled()


def test_who_is_removed_knows_why_and_stays_out_for_a_while(visit: Visitors) -> None:
    boss, guest = moderator(visit), newcomer(visit)
    name = name_of(guest)
    out = re.compile(
        r"沈卓.*已请你离开，.*\d\d:\d\d 之前不能回来。.*原因：请勿喧哗.*到时可以再次进入"
    )

    measure(boss, name, "Remove", reason="请勿喧哗")

    expect(notice(guest)).to_have_text(out)
    expect(answer(boss)).to_have_text(f"{name} is out and may come back in ten minutes.")
    expect(person(boss, name)).to_have_count(0)
    guest.reload()
    expect(notice(guest)).to_have_text(out)
    expect(guest.get_by_role("button", name="再次进入")).to_be_visible()
    visit.troubles.remove(f"{guest.url}: {FORBIDDEN}")


def test_who_is_banned_comes_back_when_that_is_taken_back(visit: Visitors) -> None:
    boss, guest = moderator(visit), newcomer(visit)
    name = name_of(guest)

    measure(boss, name, "Ban", reason="诈骗", span="One week")
    expect(notice(guest)).to_have_text(
        re.compile(r"沈卓.*已禁止你进入本园区，直至.*。.*原因：诈骗.*如有异议")
    )
    expect(answer(boss)).to_have_text(f"{name} is banned.")
    boss.goto(ORDER)
    sanction(boss, name).get_by_role("button", name="Take back").click()
    expect(sanction(boss, name)).to_have_count(0)
    guest.get_by_role("button", name="再次进入").click()

    expect(notice(guest)).to_be_hidden()
    expect(here(guest)).to_contain_text("你在科学广场")


def test_a_ban_for_good_offers_no_way_back(visit: Visitors) -> None:
    boss, guest = moderator(visit), newcomer(visit)

    measure(boss, name_of(guest), "Ban", span="Until taken back")

    expect(notice(guest)).to_have_text(re.compile(r"已禁止你进入本园区。.*如有异议"))
    expect(notice(guest).get_by_role("button")).to_have_count(0)
    expect(guest.get_by_role("button", name="前往")).to_be_disabled()


def test_in_the_scene_one_reads_it_as_well(visit: Visitors) -> None:
    boss, guest = moderator(visit), in_scene(visit)
    name = name_of(guest)

    measure(boss, name, "Mute", reason="请安静")

    expect(notice(guest)).to_have_text(re.compile(r"已将你禁言至.*原因：请安静"))
    measure(boss, name, "Remove")
    expect(notice(guest)).to_have_text(re.compile(r"沈卓.*已请你离开"))


def test_a_report_is_read_acted_upon_and_settled(visit: Visitors) -> None:
    rude, guest, boss = newcomer(visit), newcomer(visit), visit(ORDER, who="operator")
    name = name_of(rude)
    say(rude, "买我的币！")
    expect(said(guest, name)).to_have_text("买我的币！")

    complain(guest, name, "推销")

    boss.reload()
    report = boss.locator("article", has_text=f"举报{name}")
    expect(report).to_contain_text("推销")
    expect(report).to_contain_text("买我的币！")
    report.get_by_label("时长").select_option(label="一天")
    report.get_by_role("button", name="禁言").click()
    expect(sanction(boss, name)).to_contain_text("推销")
    expect(notice(rude)).to_have_text(re.compile(r"已将你禁言至.*原因：推销"))
    boss.locator("article", has_text=f"举报{name}").get_by_role("button", name="已处理").click()

    expect(boss.locator("article", has_text=f"举报{name}")).to_have_count(0)
    assert faults(boss) == []


def test_a_moderator_sees_at_once_that_somebody_complained(visit: Visitors) -> None:
    rude, guest, boss = newcomer(visit), newcomer(visit), moderator(visit)
    complain(guest, name_of(rude), "推销")

    expect(answer(boss)).to_have_text(re.compile(r"Reports that wait: \d+"))
    expect(boss.locator(".host-reports")).to_have_text(re.compile(r"Reports that wait: \d+"))
    assert faults(boss) == []
    boss.get_by_role("link", name="Read the reports").click()
    report = boss.locator("article", has_text=name_of(rude))
    expect(report).to_contain_text("推销")
    report.get_by_role("button", name="Settle").click()
    expect(report).to_have_count(0)


def test_a_moderator_in_the_scene_sees_it_as_well(visit: Visitors) -> None:
    rude, guest = newcomer(visit), newcomer(visit)
    boss = opened(visit, SCENE, who="operator", language="en")
    expect(boss.locator(".world-count")).to_have_text(re.compile(r"\d"), timeout=PATIENCE)
    flag = boss.get_by_role("button", name="Reports that wait: 1")
    expect(flag).to_be_hidden()
    complain(guest, name_of(rude), "推销")

    expect(boss.locator(".notice")).to_contain_text("Reports that wait: 1")
    flag.click()
    expect(boss.locator(".host-reports")).to_be_visible()
    assert faults(boss) == []
    other = visit(ORDER, who="operator", language="en")
    other.locator("article", has_text=name_of(rude)).get_by_role("button", name="Settle").click()

    expect(flag).to_be_hidden()
    expect(boss.locator(".host-reports")).to_be_hidden()


def test_who_is_blocked_is_neither_seen_nor_heard_until_that_is_taken_back(
    visit: Visitors,
) -> None:
    guest, scene = newcomer(visit), in_scene(visit)
    name, other = name_of(guest), name_of(scene)
    expect(tag(scene, name)).to_have_count(1, timeout=PATIENCE)

    person(guest, other).click(timeout=PATIENCE)
    guest.get_by_role("button", name="屏蔽").click()
    expect(answer(guest)).to_have_text(re.compile(f"已屏蔽{other}"))
    expect(person(guest, other)).to_have_count(0, timeout=PATIENCE)
    expect(person(scene, name)).to_have_count(0, timeout=PATIENCE)
    expect(tag(scene, name)).to_have_count(0, timeout=PATIENCE)
    say(guest, f"听得到{name}吗")
    expect(guest.locator(".chat:visible .said-text").last).to_have_text(f"听得到{name}吗")

    guest.get_by_text("已屏蔽的人（1）").click()
    guest.get_by_role("button", name=f"取消屏蔽{other}").click()
    expect(guest.get_by_text("已屏蔽的人")).to_be_hidden()
    expect(person(guest, other)).to_have_count(1, timeout=PATIENCE)
    expect(person(scene, name)).to_have_count(1, timeout=PATIENCE)
    expect(tag(scene, name)).to_have_count(1, timeout=PATIENCE)
    expect(scene.locator(".said-text", has_text=f"听得到{name}吗")).to_have_count(0)


def test_the_list_of_the_blocked_names_those_who_are_gone(visit: Visitors) -> None:
    guest, other = newcomer(visit), newcomer(visit)
    name = name_of(other)
    person(guest, name).click()
    guest.get_by_role("button", name="屏蔽").click()
    expect(guest.get_by_text("已屏蔽的人（1）")).to_be_visible()

    other.get_by_role("button", name="离开").click()
    guest.reload()
    guest.get_by_text("已屏蔽的人（1）").click()

    expect(guest.locator(".blocks li")).to_have_text(re.compile(name))
    assert faults(guest) == []


def test_a_guest_logs_in_on_the_way_to_the_page_of_order(visit: Visitors) -> None:
    page = visit(ORDER, language="en")

    expect(page.locator("h1")).to_have_text("Log in")
    page.get_by_test_id("sample-operator").click()
    page.locator("main form[method=post] button[type=submit]").click()

    page.wait_for_url(f"**{ORDER}")
    expect(page.locator("h1")).to_have_text("Keeping order")


def test_who_finds_a_zone_full_waits_for_a_place(visit: Visitors) -> None:
    first, second, third = newcomer(visit, ROOM), newcomer(visit), newcomer(visit)
    capped(visit, first)

    go(second)
    expect(notice(second)).to_have_text(
        re.compile(r"“算力展厅”已满（限 1 人）。你排在第 1 位，.*请在附近等候。")
    )
    go(third)
    expect(notice(third)).to_contain_text("你排在第 2 位")
    assert faults(third) == []
    notice(second).get_by_role("button", name="不再排队").click()
    expect(notice(second)).to_be_hidden()
    expect(notice(third)).to_contain_text("你排在第 1 位")
    first.get_by_role("button", name="离开").click()

    expect(here(third)).to_contain_text("你在算力展厅", timeout=PATIENCE)
    expect(notice(third)).to_be_hidden()
    expect(here(second)).to_contain_text("你在科学广场")


def test_one_waits_in_the_scene_as_well(visit: Visitors) -> None:
    first = newcomer(visit, ROOM)
    capped(visit, first)
    scene = opened(visit, SCENE + "&space=suan-01-showroom")

    expect(notice(scene)).to_contain_text("你排在第 1 位", timeout=PATIENCE)
    notice(scene).get_by_role("button", name="不再排队").click()

    expect(notice(scene)).to_be_hidden()
    expect(scene.locator(".world-place")).to_have_text("科学广场")


def newcomer(visit: Visitors, path: str = PAGE) -> Page:
    """A guest on the plain page, who is in."""
    page = visit(path)
    expect(page.locator(".roster-me")).to_contain_text("你在这里叫", timeout=PATIENCE)
    return page


def moderator(visit: Visitors, path: str = PLAZA) -> Page:
    """One who keeps order, on the plain page; their place from the test before is not taken up."""
    page = visit(path, who="operator", language="en")
    expect(here(page)).to_contain_text("You are in", timeout=PATIENCE)
    return page


def capped(visit: Visitors, inside: Page) -> None:
    """Let the room in which somebody is take nobody else, as an operator does."""
    page = visit(ORDER, who="operator", language="en")
    page.locator("#field-cap-zone").select_option("suan-01-showroom")
    page.get_by_role("button", name="Change").click()
    page.get_by_label("Capacity").fill("1")
    page.get_by_role("button", name="Save").click()
    expect(here(inside)).to_contain_text("最多 1 人", timeout=PATIENCE)


def go(page: Page) -> None:
    """Ask to be brought to the room."""
    page.get_by_label("去另一个地方").select_option("suan-01-showroom")
    page.get_by_role("button", name="前往").click()


def here(page: Page) -> Locator:
    """Where one is told to be."""
    return page.locator("[data-together-here]")


def measure(boss: Page, name: str, act: str, *, reason: str = "", span: str = "") -> None:
    """What a moderator does on somebody's card."""
    person(boss, name).click(timeout=PATIENCE)
    card = boss.get_by_role("dialog")
    card.get_by_label("Reason").fill(reason)
    if span:
        card.get_by_label("For how long").select_option(label=span)
    card.get_by_role("button", name=act, exact=True).click()


def complain(guest: Page, name: str, reason: str) -> None:
    """Report somebody, as a guest does on their card."""
    person(guest, name).click(timeout=PATIENCE)
    guest.get_by_role("button", name="举报").click()
    guest.get_by_label("发生了什么").fill(reason)
    guest.get_by_role("button", name="提交举报").click()
    expect(answer(guest)).to_have_text(f"对{name}的举报已提交，管理员会查看。")


def notice(page: Page) -> Locator:
    """What is said of one's place in the world."""
    return page.locator(".status-line")


def answer(page: Page) -> Locator:
    """What is told last of what one has done oneself."""
    return page.get_by_role("log").locator("p").last


def sanction(boss: Page, name: str) -> Locator:
    """What is in force against somebody, on the page of order."""
    return boss.locator("section[aria-labelledby=sanctions] tbody tr", has_text=name)


def tag(scene: Page, name: str) -> Locator:
    """The name over somebody's head."""
    return scene.locator(".tag.is-shown", has_text=name)
