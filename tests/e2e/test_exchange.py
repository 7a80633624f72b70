"""A programme goes in and out of files in a real browser."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import PHONE, Site, Visitors
from tests.e2e.congresses import MINE, congress

from shulian.kit.clock import system_clock

FORUMS = """编号,论坛名称,英文名称,日期,开始,结束,场馆,会场
S1,示例城市论坛,Sample forum on cities,{day},14:00,15:00,科学会堂,多功能厅 1 西
S2,示例能源论坛,Sample forum on energy,{day},14:00,15:30,科学会堂,蓝厅
"""


@pytest.fixture
def forums(tmp_path: Path) -> Path:
    """A list of forums on the first day of the tests' congresses."""
    day = system_clock().date() + timedelta(days=60)
    path = tmp_path / "forums.csv"
    path.write_text(FORUMS.format(day=day))
    return path


def preview(visit: Visitors, slug: str, file: Path, *, script: bool = True) -> Page:
    """What a file would make of a congress."""
    page = visit(f"/congresses/{slug}/desk/import", who=MINE, language="en", script=script)
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Send and preview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preview of an import")
    return page


@pytest.mark.parametrize("script", [True, False])
def test_a_list_of_forums_comes_in_with_its_halls(
    site: Site, visit: Visitors, forums: Path, *, script: bool
) -> None:
    made = congress(site, f"from-a-file-{script}".lower())
    page = preview(visit, made.slug, forums, script=script)
    guessed = page.get_by_label("Which space “多功能厅 1 西” is")
    expect(guessed.locator("option:checked")).to_contain_text("Multi-function Hall 1 West")

    page.get_by_label("Which space “蓝厅” is").select_option("science-hall-e2")
    page.get_by_role("button", name="Look again with these halls").click()
    expect(page.get_by_text("Your choice", exact=True)).to_be_visible()
    page.get_by_text("New sessions (2)").click()
    new = page.get_by_role("listitem").filter(has_text="Sample forum on energy")
    expect(new).to_contain_text("14:00 · Multi-function Hall 2 East")
    page.get_by_role("button", name="Import", exact=True).click()

    expect(page.get_by_text("The file is in the draft now.")).to_be_visible()
    expect(page.get_by_role("link", name="Sample forum on cities")).to_be_visible()
    page.goto(f"/congresses/{made.slug}/desk/halls")
    expect(page.get_by_role("link", name="Multi-function Hall 2 East")).to_be_visible()


def test_a_file_with_faults_changes_nothing_on_a_phone(
    site: Site, visit: Visitors, forums: Path
) -> None:
    made = congress(site, "from-a-broken-file")
    forums.write_text(forums.read_text().replace("14:00,15:30", "two,15:30"))
    page = visit(f"/congresses/{made.slug}/desk/import", who=MINE, language="zh-CN", viewport=PHONE)
    page.get_by_label("文件", exact=True).set_input_files(forums)
    page.get_by_role("button", name="上传并预览").click()

    expect(page.get_by_role("row").filter(has_text="E3")).to_contain_text("看不懂时间“two”")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="换一个文件").click()
    expect(page.get_by_text("文件已丢弃，草稿没有变。")).to_be_visible()


def test_what_goes_out_comes_in_and_pages_tell_search_engines(
    site: Site, visit: Visitors, tmp_path: Path
) -> None:
    """What stands in pages as data breaks no rule of theirs: consoles stay empty."""
    count = len(site.json("/api/congresses/shulian-congress")["sessions"])
    page = visit("/congresses/shulian-congress", language="en")
    data = page.locator('script[type="application/ld+json"]')
    expect(data).to_have_count(1)
    page.get_by_text("The programme as a file").click()
    with page.expect_download() as loaded:
        page.get_by_role("link", name="schedule.json").click()
    file = tmp_path / loaded.value.suggested_filename
    loaded.value.save_as(file)
    page.locator(".session__title a").first.click()
    expect(data).to_have_count(1)

    made = congress(site, "from-the-demo")
    told = preview(visit, made.slug, file)

    row = told.get_by_role("row").filter(has=told.get_by_role("rowheader", name="Sessions"))
    expect(row.get_by_role("cell").first).to_have_text(str(count))
