"""The page of a search: how far it is, how it ended, what came of it; in both languages."""

from collections.abc import Callable

import pytest
from tests.congress.desk_sites import DESK, DeskSite
from tests.congress.gatherings import (
    ANN,
    BIG,
    MODELS_1,
    MODELS_2,
    SILICON_1,
    SMALL,
    at,
)
from tests.congress.routes.hunts import SEARCH, Hunt, best, nothing, same, so_far
from tests.park.routes.reading import Page

from shulian.congress.types import Reason, Solve, SolveState


@pytest.fixture
def hunt(desk: DeskSite) -> Hunt:
    return Hunt(desk)


def test_the_page_offers_a_search(hunt: Hunt) -> None:
    english, chinese = hunt.page(), hunt.page("zh-CN")

    assert (english.title, chinese.title) == ("Solve the timetable", "自动排期")
    assert "The draft changes only when you apply what it found" in english.words
    assert "采用之前草稿不变；采用之后也能撤销。" in chinese.words
    assert [english.field(one)["value"] for one in ("seconds", "move", "seed")] == [
        "30",
        "300",
        "0",
    ]
    assert "checked" in english.field("keep")
    assert f"{DESK}/search" in english.links()


def test_one_that_begins_waits_and_can_be_stopped(hunt: Hunt) -> None:
    new = hunt.begin(seconds="45", move="1000", seed="7")

    assert (new.seconds, new.move, new.seed) == (45, 1000, 7)
    page = hunt.page()
    assert "Waiting" in page.words
    assert "1,000 points for each move · seed 7" in page.words
    assert "0 of 45 s" in page.words
    assert "等后台程序接手" in hunt.page("zh-CN").words
    assert page.field("search")["value"] == str(new.id)

    hunt.send("cancel")

    assert "It was stopped before anything was found." in hunt.page().words
    assert hunt.page().field("seconds")["value"] == "45"


def test_without_a_wish_to_keep_everything_may_move(hunt: Hunt) -> None:
    assert hunt.begin(keep="").move == 0
    assert "everything may move" in hunt.page().words


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("seconds", "0", "It may take 1 to 600 seconds."),
        ("seconds", "an hour", "It may take 1 to 600 seconds."),
        ("seconds", "601", "It may take 1 to 600 seconds."),
        ("move", "10001", "A whole number from 0 to 10000."),
        ("move", "-1", "A whole number from 0 to 10000."),
        ("seed", "1.5", "A whole number from 0 to 999999999."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    hunt: Hunt, field: str, typed: str, words: str
) -> None:
    form = {"seconds": "30", "keep": "on", "move": "300", "seed": "0", field: typed}

    answer = hunt.desk.send("/search", **form)

    page = Page(answer.text)
    assert (answer.status_code, page.faults()) == (422, [f"error-{field}"])
    assert page.field(field)["value"] == typed
    assert words in page.words
    assert "{" not in page.words
    assert "congress.solve" not in answer.text


def test_there_is_one_at_a_time(hunt: Hunt) -> None:
    hunt.begin()

    again = hunt.desk.send("/search", seconds="30")

    assert again.status_code == 409
    assert "A timetable is being searched already." in Page(again.text).words


def test_how_far_it_is_can_be_seen(hunt: Hunt) -> None:
    hunt.run(so_far)

    page = hunt.page()

    assert "There is a timetable; it looks for a better one." in page.words
    assert "Placed 4 / 4 Would move 2 Best so far 420 Proven bound 300 Gap 28.6%" in page.words
    assert "The best fell from 900 to 420 points, after 4 s; none can be below 300." in page.words
    assert "Theme clash Minutes that visitors of one theme miss: 1,200 120 points" in page.words
    assert hunt.page("zh-CN").words.count("已用 0 秒，共 30 秒") == 1


def test_the_curve_is_a_stair_over_the_time_that_it_has(hunt: Hunt) -> None:
    hunt.run(so_far)

    lines = [one["points"] for tag, one in hunt.page().elements if tag == "polyline"]

    assert lines == [
        "10.7,160 21.3,160 21.3,160 85.3,160 85.3,137.1 640,137.1",
        "21.3,0 85.3,0 85.3,109.7 640,109.7",
    ]


def test_it_says_what_would_move_from_where_to_where(hunt: Hunt) -> None:
    hunt.end(so_far)

    english, chinese = hunt.page(), hunt.page("zh-CN")

    east = "Multi-function Hall 1 East"
    assert "What would move 2" in english.words
    assert f"Models I before: 7 Dec 10:30 · {east} → now: 7 Dec 11:00 · {east}" in english.words
    assert f"Models II before: Not placed → now: 8 Dec 10:00 · {east}" in english.words
    assert "大模型（下） 原为 未排期 → 现为 12月8日 10:00 · 多功能厅1东" in chinese.words


def test_applied_it_is_the_draft_and_undone_the_draft_is_as_it_was(hunt: Hunt) -> None:
    before = hunt.desk.draft()["sessions"]
    hunt.end(so_far)

    hunt.send("apply")

    assert hunt.desk.session(MODELS_2)["hall"] == BIG
    page = hunt.page()
    assert "Applied" in page.words
    assert "Sessions that were moved: 2." in page.words
    assert "结果已写入草稿，移动了 2 场。" in hunt.page("zh-CN").words
    assert "What was moved 2" in page.words

    hunt.send("undo")

    assert "What was moved is where it was before." in hunt.page().words
    places = [(one["id"], one["hall"], one["start"]) for one in hunt.desk.draft()["sessions"]]
    assert sorted(places) == sorted((one["id"], one["hall"], one["start"]) for one in before)
    hunt.send("apply")
    assert hunt.desk.session(MODELS_2)["hall"] == BIG


def test_what_was_changed_meanwhile_is_said_by_name_and_stays(hunt: Hunt) -> None:
    hunt.end(so_far)
    hunt.move(MODELS_2, at(26))
    assert "changed since: stays" in hunt.page().words

    hunt.send("apply")

    page = hunt.page()
    assert "Left as they are, because somebody changed them meanwhile: Models II" in page.words
    assert "有人在此期间改过，保持原样： 大模型（下）" in hunt.page("zh-CN").words
    hunt.move(MODELS_1, at(3))
    hunt.send("undo")
    assert "Not put back, because somebody changed them since: Models I" in hunt.page().words
    assert hunt.desk.session(MODELS_1)["start"] == "2026-12-07T04:00:00Z"


def test_what_is_not_there_is_not_applied_or_undone(hunt: Hunt) -> None:
    hunt.end(nothing)

    assert "No timetable has been found yet." in hunt.send("apply", status=409).words
    assert "there is nothing to undo" in hunt.send("undo", status=409).words
    assert hunt.desk.send("/search/apply", search="no id").status_code == 404
    assert hunt.desk.send("/search/apply", search=str(MODELS_1)).status_code == 404


def test_one_that_runs_is_not_applied(hunt: Hunt) -> None:
    hunt.run(so_far)

    assert "Wait for it, or stop it first." in hunt.send("apply", status=409).words


@pytest.mark.parametrize(
    ("state", "far", "english", "chinese"),
    [
        (
            SolveState.DONE,
            best,
            "This is the best timetable there is.",
            "这已是最好的安排",
        ),
        (SolveState.DONE, so_far, "Its time is over", "时间到"),
        (SolveState.DONE, same, "Nothing better than the draft", "没有找到比现在的草稿更好的"),
        (SolveState.DONE, nothing, "Nothing was found in 30 seconds", "30 秒内没有找到"),
        (SolveState.IMPOSSIBLE, nothing, "there was no time to find out which", "没来得及查明"),
        (SolveState.CANCELLED, so_far, "The best until then is kept", "保留了到那时找到的"),
        (SolveState.FAILED, so_far, "Its process ended half-way.", "排期程序意外中断，草稿没有变"),
        (SolveState.FAILED, nothing, "ended before anything was found", "还什么都没找到"),
    ],
)
def test_each_end_says_what_happened_and_what_to_do(
    hunt: Hunt, state: SolveState, far: Callable[[Solve], Solve], english: str, chinese: str
) -> None:
    hunt.end(far, state)

    assert english in hunt.page().words
    assert chinese in hunt.page("zh-CN").words
    assert f"{DESK}/search" in {
        one.get("action") for tag, one in hunt.page().elements if tag == "form"
    }


def test_reasons_are_told_in_words_with_where_they_are_changed(hunt: Hunt) -> None:
    reasons = (
        Reason("placed", (MODELS_1, SILICON_1), proven=True),
        Reason("hall_closed", about=BIG, proven=True),
        Reason("speaker_away", about=str(ANN), proven=True),
        Reason("pinned", (MODELS_2,), relax=True, proven=True),
    )
    hunt.end(nothing, SolveState.IMPOSSIBLE, reasons=reasons)

    english, chinese = hunt.page(), hunt.page("zh-CN")

    assert "Without any one of these, the others can hold." in english.words
    assert "To take place: 2 sessions Models I, Silicon" in english.words
    assert "Multi-function Hall 1 East is used only while it is open Mon, 7 Dec 2026" in (
        english.words
    )
    assert "Ann Sample speaks only when they can be there" in english.words
    assert "The cheapest way out" in english.words
    assert "Unpin: Models II" in english.words
    assert "多功能厅1东只在开放时间使用" in chinese.words
    assert "取消固定：大模型（下）" in chinese.words
    links = {f"{DESK}/halls/{BIG}", f"{DESK}/speakers/{ANN}", f"{DESK}/sessions/{MODELS_2}"}
    assert links <= english.links()


def test_those_of_a_forum_search_nothing(hunt: Hunt) -> None:
    hunt.end(so_far)

    assert hunt.desk.get("hans", SEARCH).status_code == 403
    assert hunt.desk.send("/search", "hans", seconds="30").status_code == 403
    for one in ("cancel", "apply", "undo"):
        hunt.send(one, "hans", status=403)
    assert f"{DESK}/search" not in hunt.desk.page("", "hans").links()
    assert hunt.desk.get("vera", SEARCH).status_code == 404


def test_a_congress_without_halls_is_told_what_it_lacks(hunt: Hunt) -> None:
    for one in list(hunt.desk.draft()["sessions"]):
        hunt.desk.after(f"/sessions/{one['id']}/drop")

    page = hunt.page()

    assert "seconds" not in {one.get("name") for _, one in page.elements}


def test_a_speaker_who_cannot_come_is_repaired_with_few_moves(hunt: Hunt) -> None:
    speaker = hunt.desk.page(f"/speakers/{ANN}")
    assert "Repair with as few moves as possible" not in speaker.words
    typed = {one: speaker.field(one)["value"] for one in ("name_zh", "name_en")}
    hunt.desk.after(
        f"/speakers/{ANN}", **typed, presence="on_site", available="2026-12-07 09:00-11:00"
    )

    page = hunt.desk.page(f"/speakers/{ANN}")

    assert "Conflicts that block a release: 1." in page.words
    assert "Repair with as few moves as possible" in hunt.desk.page("/conflicts").words
    form = {one: page.field(one)["value"] for one in ("seconds", "keep", "move")}
    assert hunt.begin(**form).move == 10_000


def test_a_hall_that_closes_leads_to_its_repair(hunt: Hunt) -> None:
    path = f"/halls/{SMALL}"
    closed = {"capacity": "40", "hours__2026-12-07": "", "hours__2026-12-08": "09:00-18:00"}

    there = hunt.desk.after(path, **closed)

    assert there == f"{DESK}{path}?done=saved"
    page = hunt.desk.page(path)
    assert "Repair with as few moves as possible" in page.words
    assert "少动场次，自动修复" in hunt.desk.page(path, language="zh-CN").words
    assert "Repair with" not in hunt.desk.page(path, "hans").words
