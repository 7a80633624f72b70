"""A programme from a file at the desk: sent, looked at, brought in or left; the draft is whole."""

import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from httpx import Response
from openpyxl import Workbook
from tests.congress.desk_sites import DESK, DeskSite, chosen, draft_of
from tests.congress.gatherings import MODELS_1, NOW, SILICON_1
from tests.identity.accounts import actor, join, person
from tests.park.plans import audited
from tests.park.routes.reading import Page

from shulian.congress import api
from shulian.congress.api import uploads
from shulian.congress.errors import UploadGone
from shulian.congress.routes.pace import UPLOADS_A_MINUTE, new_pace
from shulian.congress.types import PLAN, UploadId
from shulian.identity import api as identity
from shulian.identity.types import READ, Role
from shulian.kit.errors import TooMany, Unavailable
from shulian.park import api as park
from shulian.park.types import IMPORT, SpaceKind

FORUMS = """编号,论坛名称,英文名称,日期,开始,结束,场馆,会场,嘉宾
S1,示例城市论坛,Sample forum on cities,2026-12-07,14:00,15:30,云楼,多功能厅 1 东,示例·甲
S2,示例能源论坛,Sample forum on energy,2026-12-08,09:00,10:00,云楼,蓝厅,
"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<schedule><conference><title>&b;</title></conference></schedule>"""


def send(
    desk: DeskSite,
    content: bytes | str,
    name: str = "forums.csv",
    who: str = "pia",
    language: str = "en",
) -> Response:
    """What comes of sending a file."""
    body = content.encode() if isinstance(content, str) else content
    told = {"accept": "text/html", "accept-language": language, **desk.headers[who]}
    return desk.client.post(
        f"{DESK}/import", files={"file": (name, body)}, headers=told, follow_redirects=False
    )


def sent(desk: DeskSite, content: bytes | str, name: str = "forums.csv") -> str:
    """The address, below the desk, of the preview of a file."""
    answer = send(desk, content, name)
    assert answer.status_code == 303, Page(answer.text).words
    return answer.headers["location"].removeprefix(DESK)


def table(page: Page) -> dict[str, tuple[int, int, int]]:
    """What is new, changed and as it is, by kind."""
    found = re.findall(r"(Sessions|Forums|Speakers|Themes|Halls)(\d)(\d)(\d)", page.words)
    return {kind: (int(new), int(changed), int(same)) for kind, new, changed, same in found}


def decided(desk: DeskSite, preview: str, what: str, **halls: str) -> Response:
    """What comes of a button of a preview; halls by their place in the list."""
    version = desk.page(preview).field("version")["value"]
    named = {one.replace("_", "__"): space for one, space in halls.items()}
    return desk.send(preview, do=what, version=version, **named)


def sheet(merged: str = "", **cells: str) -> bytes:
    """A spreadsheet with one forum, and some cells otherwise."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(["title_en", "date", "start", "end", "room"])
    page.append(["Sample forum", "2026-12-07", "14:00", "15:00", "Cloud Plaza"])
    for cell, value in cells.items():
        page[cell] = value
    if merged:
        page.merge_cells(merged)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_preview_says_what_would_come(still_desk: DeskSite) -> None:
    before = draft_of(still_desk)

    page = still_desk.page(sent(still_desk, FORUMS))

    assert table(page) == {
        "Sessions": (2, 0, 0),
        "Forums": (2, 0, 0),
        "Speakers": (1, 0, 0),
        "Themes": (0, 0, 0),
        "Halls": (0, 0, 1),
    }
    assert "forums.csv (CSV table), read 22 Nov 2026, 12:00:00." in page.words
    assert "the whole draft would have 0 conflicts that block a release" in page.words
    assert "Sample forum on cities7 Dec 14:00 · Multi-function Hall 1 East" in page.words
    assert "Sample forum on energyNot placed" in page.words
    assert "Sessions that the file does not name, which stay as they are (4)" in page.words
    assert draft_of(still_desk) == before


def test_a_preview_is_told_in_chinese_too(still_desk: DeskSite) -> None:
    page = still_desk.page(sent(still_desk, FORUMS), language="zh-CN")

    assert page.title == "导入预览"
    assert "forums.csv（CSV 表格），读取于" in page.words
    assert "整个草稿会有 0 处阻止发布的冲突" in page.words
    assert "新增的场次（2）" in page.words


def test_halls_are_guessed_by_their_names(still_desk: DeskSite) -> None:
    """The first is written with a space within its name, the second is like none."""
    page = still_desk.page(sent(still_desk, FORUMS))

    assert chosen(page) == {"hall.0": "yq-hall", "hall.1": ""}
    assert "Guessed by its name: please check" in page.words
    assert "No space of the park has a name like it" in page.words


def test_importing_brings_all_of_it_into_the_draft(desk: DeskSite) -> None:
    before = draft_of(desk)
    preview = sent(desk, FORUMS)

    answer = decided(desk, preview, "import", hall_0="yq-hall", hall_1="yq-room")

    assert answer.headers["location"] == f"{DESK}?done=imported"
    after = draft_of(desk)
    new = [one for one in after.sessions if one not in before.sessions]
    assert sorted((one.title.en, one.placed and one.placed.hall, one.minutes) for one in new) == [
        ("Sample forum on cities", "yq-hall", 90),
        ("Sample forum on energy", "yq-room", 60),
    ]
    assert len(after.sessions) == len(before.sessions) + 2
    assert [one.name.zh for one in after.speakers if one not in before.speakers] == ["示例·甲"]
    assert desk.page("?done=imported").words.count("The file is in the draft now.") == 1
    desk.page(preview, status=404)


def test_an_import_is_audited(desk: DeskSite) -> None:
    decided(desk, sent(desk, FORUMS), "import", hall_0="yq-hall")

    with desk.database.transaction() as db:
        last = audited(db)[-1]
    assert last == ("congress.import", str(desk.congress), None, {"sessions": 2})


def test_a_room_without_a_hall_comes_without_a_place(desk: DeskSite) -> None:
    decided(desk, sent(desk, FORUMS), "import", hall_0="", hall_1="no-such-space")

    placed = {one.title.en: one.placed for one in draft_of(desk).sessions}
    assert placed["Sample forum on cities"] is None
    assert placed["Sample forum on energy"] is None


def operated(desk: DeskSite) -> DeskSite:
    """The same, and olga is there, who operates the park."""
    with desk.database.transaction() as db:
        olga = person(db, "olga@park.example")
        join(db, olga, desk.gathering.organizer, Role.OPERATOR)
        scopes, who = (PLAN, READ, IMPORT), actor(db, olga)
        _, token = identity.create_token(db, who, name="test", scopes=scopes, days=30, now=NOW)
    desk.headers["olga"] = {"authorization": f"Bearer {token}"}
    return desk


def test_a_hall_that_the_park_lacks_is_built_with_its_venue(desk: DeskSite) -> None:
    operated(desk)
    preview = send(desk, FORUMS, who="olga").headers["location"].removeprefix(DESK)
    version = desk.page(preview, "olga").field("version")["value"]
    choice = {"version": version, "hall__0": "yq-hall", "hall__1": "+"}

    again = desk.send(preview, "olga", do="look", **choice)
    answer = desk.send(preview, "olga", do="import", **choice)

    assert "Halls that the park will have as well: 1." in Page(again.text).words
    assert chosen(Page(again.text)) == {"hall.0": "yq-hall", "hall.1": "+"}
    assert answer.headers["location"] == f"{DESK}?done=imported"
    placed = {one.title.en: one.placed for one in draft_of(desk).sessions}
    cities, energy = (placed[f"Sample forum on {one}"] for one in ("cities", "energy"))
    assert cities is not None
    assert energy is not None
    assert cities.hall == "yq-hall"
    with desk.database.transaction() as db:
        steps = park.path(db, energy.hall)
    assert [one.name.zh for one in steps if one.kind is SpaceKind.BUILDING] == ["云楼"]
    assert steps[-1].name.zh == "蓝厅"


def test_all_halls_that_the_park_lacks_are_chosen_at_once(desk: DeskSite) -> None:
    operated(desk)
    preview = send(desk, FORUMS, who="olga").headers["location"].removeprefix(DESK)

    page = Page(desk.send(preview, "olga", do="build").text)

    assert chosen(page) == {"hall.0": "+", "hall.1": "+"}
    assert "Halls that the park will have as well: 2." in page.words


def test_who_does_not_operate_the_park_builds_nothing(desk: DeskSite) -> None:
    before = draft_of(desk)
    preview = sent(desk, FORUMS)

    answer = decided(desk, preview, "import", hall_0="yq-hall", hall_1="+")

    assert "Add it to the park" not in desk.page(preview).words
    assert answer.status_code == 403
    assert draft_of(desk) == before


def test_looking_again_shows_other_halls_and_changes_nothing(still_desk: DeskSite) -> None:
    before = draft_of(still_desk)

    answer = decided(
        still_desk, sent(still_desk, FORUMS), "look", hall_0="yq-plaza", hall_1="yq-hall"
    )

    page = Page(answer.text)
    assert chosen(page) == {"hall.0": "yq-plaza", "hall.1": "yq-hall"}
    assert "Your choice" in page.words
    assert "Sample forum on energy8 Dec 09:00 · Multi-function Hall 1 East" in page.words
    assert draft_of(still_desk) == before


def test_what_a_file_changes_is_named_part_by_part(still_desk: DeskSite) -> None:
    told = still_desk.get("pia", f"{DESK}/schedule.json").json()
    for day in told["schedule"]["conference"]["days"]:
        for events in day["rooms"].values():
            for one in events:
                if one["guid"] == str(SILICON_1):
                    one.update(title="Silicon anew", duration="00:30")

    page = still_desk.page(sent(still_desk, json.dumps(told)))

    assert table(page)["Sessions"] == (0, 1, 3)
    assert "Changed sessions (1) Silicon anew" in page.words
    assert "changes: title, length" in page.words


def test_what_would_conflict_is_counted(still_desk: DeskSite) -> None:
    taken = FORUMS.replace("14:00,15:30", "10:30,12:00")

    page = still_desk.page(sent(still_desk, taken))

    assert "would have 1 conflicts that block a release" in page.words


def test_leaving_a_file_forgets_it(still_desk: DeskSite) -> None:
    before = draft_of(still_desk)
    preview = sent(still_desk, FORUMS)

    assert decided(still_desk, preview, "leave").headers["location"] == f"{DESK}/import?done=left"

    still_desk.page(preview, status=404)
    assert draft_of(still_desk) == before


def test_another_file_takes_the_place_of_the_one_before(still_desk: DeskSite) -> None:
    first = sent(still_desk, FORUMS)
    second = sent(still_desk, sheet(), "forums.xlsx")

    still_desk.page(first, status=404)
    assert table(still_desk.page(second))["Sessions"] == (1, 0, 0)


def test_a_file_is_its_senders_alone_and_for_a_day(still_desk: DeskSite) -> None:
    which = UploadId(UUID(sent(still_desk, FORUMS).rpartition("/")[2]))
    sender = still_desk.gathering.planner
    other = replace(sender, person=still_desk.gathering.visitor.person)

    with still_desk.database.transaction() as db:
        look = partial(api.upload, db, wanted=still_desk.congress, which=which)
        assert look(actor=sender, now=NOW + timedelta(hours=24)).upload.id == which
        with pytest.raises(UploadGone):
            look(actor=other, now=NOW)
        with pytest.raises(UploadGone):
            look(actor=sender, now=NOW + timedelta(hours=24, seconds=1))


def test_who_looked_at_another_draft_looks_again(desk: DeskSite) -> None:
    preview = sent(desk, FORUMS)
    version = desk.page(preview).field("version")["value"]
    desk.after(f"/sessions/{MODELS_1}/place", hall="", do="unplace")
    before = draft_of(desk)

    answer = desk.send(preview, do="import", version=version, hall__0="yq-hall")

    assert answer.status_code == 409
    page = Page(answer.text)
    assert "The draft was changed since you looked, so nothing was imported." in page.words
    assert page.field("version")["value"] != version
    assert draft_of(desk) == before


def test_every_fault_of_a_table_is_told_by_its_cell(still_desk: DeskSite) -> None:
    before = draft_of(still_desk)
    broken = FORUMS.replace("14:00", "two").replace("2026-12-08", "2026-13-08")

    preview = sent(still_desk, broken)
    page = still_desk.page(preview)

    assert "What is in the way 2" in page.words
    assert "E2The time “two” is not understood. Write 09:00" in page.words
    assert "D3The date “2026-13-08” is not understood. Write 2026-07-18." in page.words
    assert not [one for _, one in page.elements if one.get("value") == "import"]
    answer = still_desk.send(preview, do="import", version=str(before.congress.version))
    assert answer.status_code == 422
    assert draft_of(still_desk) == before


def test_what_no_draft_may_hold_is_told_by_its_title(still_desk: DeskSite) -> None:
    """The file is understood, but a session without a title comes into no draft."""
    told = still_desk.get("pia", f"{DESK}/schedule.json").json()
    own = told["schedule"]["conference"]["meta"]["shulian"]["programme"]
    own["forums"][1]["code"] = own["forums"][2]["code"]

    page = still_desk.page(sent(still_desk, json.dumps(told)))

    assert "What is in the way 1" in page.words
    assert "disabled" in next(one for _, one in page.elements if one.get("value") == "import")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB, "The schedule.xml file declares entities"),
        (b"nothing that anybody knows", "The format of the file is not known."),
        (b'{"schedule": ', "The file is no whole schedule.json"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "The file is no whole iCalendar"),
        (b"PK\x03\x04 and nothing packed", "The file is no whole XLSX"),
        (b"", "The file is empty."),
    ],
    ids=["bomb", "unknown", "cut json", "cut calendar", "no zip", "empty"],
)
def test_what_cannot_be_read_is_said_and_the_draft_is_as_it_was(
    still_desk: DeskSite, content: bytes, words: str
) -> None:
    before = draft_of(still_desk)

    answer = send(still_desk, content)

    assert answer.status_code == 422
    assert words in Page(answer.text).words
    assert draft_of(still_desk) == before


def test_the_content_says_what_a_file_is_and_not_its_name(still_desk: DeskSite) -> None:
    preview = sent(still_desk, sheet(), "programme.ics")

    assert "programme.ics (XLSX table)" in still_desk.page(preview).words


def test_a_formula_without_a_value_is_told(still_desk: DeskSite) -> None:
    page = still_desk.page(sent(still_desk, sheet(D2="=C2+1")))

    assert "D2The formula has no computed value." in page.words


def test_a_merged_cell_holds_for_all_that_it_covers(still_desk: DeskSite) -> None:
    more = {"A3": "Another sample", "C3": "15:00", "D3": "16:00", "E3": "Cloud Plaza"}

    page = still_desk.page(sent(still_desk, sheet("B2:B3", **more)))

    assert table(page)["Sessions"] == (2, 0, 0)
    assert "Another sample7 Dec 15:00 · Cloud Plaza" in page.words


def test_ids_twice_are_told(still_desk: DeskSite) -> None:
    told = still_desk.get("pia", f"{DESK}/schedule.xml").text.replace(str(SILICON_1), str(MODELS_1))

    page = still_desk.page(sent(still_desk, told, "schedule.xml"))

    assert f"The id {MODELS_1} is there twice" in page.words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "The file has more than 16 MB"), ("zh-CN", "文件超过 16 MB")],
)
def test_fifty_megabytes_are_refused(still_desk: DeskSite, language: str, words: str) -> None:
    answer = send(
        still_desk, b"BEGIN:VCALENDAR\r\n" + b" " * (50 << 20), "a.ics", language=language
    )

    assert answer.status_code == 413
    assert words in Page(answer.text).words


def test_what_is_just_too_large_is_refused_as_well(still_desk: DeskSite) -> None:
    answer = send(still_desk, b"BEGIN:VCALENDAR\r\n" + b" " * (16 << 20), "a.ics")

    assert answer.status_code == 413


def test_without_a_file_one_is_asked_for(still_desk: DeskSite) -> None:
    answer = send(still_desk, b"", "")

    assert answer.status_code == 422
    assert Page(answer.text).faults() == ["error-file"]


def test_reading_that_takes_too_much_is_stopped(
    still_desk: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MEMORY", 1 << 20)
    before = draft_of(still_desk)

    answer = send(still_desk, FORUMS + "," * (8 << 20))

    assert answer.status_code == 422
    assert "was stopped; the draft is as it was." in Page(answer.text).words
    assert draft_of(still_desk) == before


def test_so_many_files_are_read_at_once_and_no_more() -> None:
    pace = new_pace(lambda: NOW)

    with pace.reading("one"), pace.reading("two"), pytest.raises(Unavailable):
        pace.reading("three").__enter__()
    with pace.reading("three"):
        pass


def test_one_person_sends_so_many_files_a_minute() -> None:
    pace = new_pace(lambda: NOW)
    for _ in range(UPLOADS_A_MINUTE):
        with pace.reading("one"):
            pass

    with pytest.raises(TooMany):
        pace.reading("one").__enter__()


@pytest.mark.parametrize("who", ["hans", "vera", ""])
def test_only_who_makes_the_congress_brings_files_in(still_desk: DeskSite, who: str) -> None:
    """Who makes a forum sees the desk, but not this part of it; to others there is no congress."""
    preview = sent(still_desk, FORUMS)
    status = 403 if who == "hans" else 404

    assert still_desk.get(who, f"{DESK}/import").status_code == status
    assert still_desk.get(who, f"{DESK}{preview}").status_code == 404
    if who:
        assert send(still_desk, FORUMS, who=who).status_code == status
        assert still_desk.send(preview, who, do="leave").status_code == 404
    assert still_desk.page(preview).title == "Preview of an import"
