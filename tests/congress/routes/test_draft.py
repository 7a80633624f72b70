"""The draft for the editor: read, moved in by several at once, foreseen; in both languages."""

from pathlib import Path

import pytest
from tests.congress.desk_sites import DeskSite, opened, told
from tests.congress.gatherings import BIG, BO, FAR, MODELS, MODELS_1, MODELS_2, PLENARY, SILICON_1

from shulian.congress.routes import pace
from shulian.congress.types import SessionId

NINE = "2026-12-07T09:00:00+08:00"
TEN = "2026-12-07T10:00:00+08:00"
THREE = "2026-12-07T15:00:00+08:00"
CLASH = {
    "rule": "hall_taken",
    "level": "block",
    "sessions": [str(PLENARY), str(MODELS_2)],
    "name": "Hall taken",
    "words": "“Plenary” and “Models II” are in Multi-function Hall 1 East at the same time.",
}


def test_an_editor_reads_all_of_a_draft(desk: DeskSite) -> None:
    found = desk.draft()

    assert found["congress"] == str(desk.congress)
    assert found["plans"] is True
    assert [found[name] for name in ("timezone", "first", "last")] == [
        "Asia/Shanghai",
        "2026-12-07",
        "2026-12-08",
    ]
    assert found["halls"][0] == {
        "id": BIG,
        "name": {"zh": "多功能厅1东", "en": "Multi-function Hall 1 East"},
        "capacity": 400,
        "hours": [
            {"start": "2026-12-07T01:00:00Z", "end": "2026-12-07T10:00:00Z"},
            {"start": "2026-12-08T01:00:00Z", "end": "2026-12-08T10:00:00Z"},
        ],
    }
    assert [one["name"]["en"] for one in found["themes"]] == ["AI", "Chips"]
    assert len(found["forums"]) == 3
    assert [one["name"]["en"] for one in found["speakers"]] == ["Ann Sample", "Bo Sample"]
    assert found["conflicts"] == []


def test_a_session_says_where_it_is_and_who_speaks(desk: DeskSite) -> None:
    assert desk.session(MODELS_1) == {
        "id": str(MODELS_1),
        "version": 0,
        "forum": str(MODELS),
        "kind": "forum",
        "title": {"zh": "大模型（上）", "en": "Models I"},
        "minutes": 120,
        "attendance": 200,
        "speakers": [str(BO)],
        "hall": BIG,
        "start": "2026-12-07T02:30:00Z",
        "pinned": False,
        "mine": True,
    }
    assert desk.session(MODELS_2)["hall"] is None


def test_who_makes_a_forum_moves_its_sessions_alone(desk: DeskSite) -> None:
    found = desk.draft("hans")

    assert found["plans"] is False
    assert {one["id"] for one in found["sessions"] if one["mine"]} == {str(MODELS_1), str(MODELS_2)}
    assert desk.put("hans", told(MODELS_2, 0, hall=BIG, start=THREE)).status_code == 200
    refused = desk.put("hans", told(SILICON_1, 0, hall=BIG, start=THREE))
    assert (refused.status_code, refused.json()["code"]) == (403, "refused")


@pytest.mark.parametrize(("who", "status"), [("", 401), ("vera", 404)])
def test_a_draft_is_secret(desk: DeskSite, who: str, status: int) -> None:
    assert desk.call(who, "GET", desk.api).status_code == status


def test_a_visitor_neither_foresees_nor_moves(desk: DeskSite) -> None:
    move = told(MODELS_2, 0, hall=BIG, start=THREE)

    assert desk.check("vera", move).status_code == 404
    assert desk.put("vera", move).status_code == 404
    assert desk.session(MODELS_2)["hall"] is None


def test_a_move_is_kept_and_says_what_it_breaks(desk: DeskSite) -> None:
    before = desk.draft()["version"]

    answer = desk.put("pia", told(MODELS_2, 0, hall=BIG, start=NINE))

    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["version"] == before + 1
    assert [(one["id"], one["version"], one["start"]) for one in found["sessions"]] == [
        (str(MODELS_2), 1, "2026-12-07T01:00:00Z")
    ]
    assert CLASH in found["conflicts"]
    assert desk.draft()["conflicts"] == found["conflicts"]


def test_conflicts_are_told_in_the_language_of_the_reader(desk: DeskSite) -> None:
    desk.put("pia", told(MODELS_2, 0, hall=BIG, start=NINE))

    found = desk.draft(language="zh-CN")["conflicts"]

    assert [(one["name"], one["words"]) for one in found if one["rule"] == "hall_taken"] == [
        ("会场已占用", "“全体会议”和“大模型（下）”同时在多功能厅1东。"),
    ]


def test_several_are_moved_at_once_or_none(desk: DeskSite) -> None:
    wrong = desk.put(
        "pia", told(MODELS_2, 0, hall=BIG, start=THREE), told(SILICON_1, 7, hall=BIG, start=TEN)
    )

    assert wrong.status_code == 409
    assert desk.session(MODELS_2)["hall"] is None
    right = desk.put("pia", told(MODELS_2, 0, hall=BIG, start=THREE), told(SILICON_1, 0))
    assert right.status_code == 200
    assert [one["hall"] for one in right.json()["sessions"]] == [BIG, None]


def test_of_two_who_drag_one_session_the_second_is_told_what_it_is_now(desk: DeskSite) -> None:
    desk.put("hans", told(MODELS_2, 0, hall=BIG, start=THREE))

    late = desk.put("pia", told(MODELS_2, 0, hall=FAR, start=TEN))

    assert late.status_code == 409
    assert late.headers["content-type"] == "application/problem+json"
    assert late.json()["code"] == "congress.draft_moved"
    assert late.json()["session"] == desk.session(MODELS_2)
    assert late.json()["session"]["start"] == "2026-12-07T07:00:00Z"


def test_a_session_lasts_otherwise_and_is_pinned_in_the_same_call(desk: DeskSite) -> None:
    answer = desk.put("pia", told(MODELS_2, 0, hall=BIG, start=THREE, minutes=45, pinned=True))

    assert answer.status_code == 200, answer.text
    now = desk.session(MODELS_2)
    assert (now["minutes"], now["pinned"], now["version"]) == (45, True, 1)


def test_too_long_changes_nothing(desk: DeskSite) -> None:
    answer = desk.put(
        "pia", told(SILICON_1, 0), told(MODELS_2, 0, hall=BIG, start=THREE, minutes=2000)
    )

    assert (answer.status_code, answer.json()["fields"]) == (
        422,
        {"minutes": "It lasts 1 to 1,440 minutes."},
    )
    assert desk.session(SILICON_1)["hall"] is not None


def test_what_would_be_wrong_is_told_before_anything_is_moved(desk: DeskSite) -> None:
    before = desk.draft()

    answer = desk.check("pia", told(MODELS_2, 0, hall=BIG, start=NINE))

    assert answer.status_code == 200
    assert CLASH in answer.json()["conflicts"]
    assert desk.draft() == before


def test_what_would_be_wrong_is_told_of_the_sessions_that_move_alone(desk: DeskSite) -> None:
    desk.put("pia", told(MODELS_2, 0, hall=BIG, start=NINE))

    assert desk.check("pia", told(SILICON_1, 0, hall=FAR, start=THREE)).json() == {"conflicts": []}


@pytest.mark.parametrize(
    ("move", "status", "code"),
    [
        ({"hall": BIG}, 422, "invalid"),
        ({"start": NINE}, 422, "invalid"),
        ({"hall": BIG, "start": "2026-12-07T09:00:00"}, 422, "invalid"),
        ({"hall": "nowhere", "start": NINE}, 404, "congress.hall_unknown"),
    ],
)
def test_a_place_that_is_none_is_refused(
    desk: DeskSite, move: dict[str, object], status: int, code: str
) -> None:
    answer = desk.put("pia", told(MODELS_2, 0, **move))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert desk.session(MODELS_2)["hall"] is None


def test_a_session_that_is_not_there_is_not_moved(desk: DeskSite) -> None:
    answer = desk.put("pia", told(SessionId(BO), 0, hall=BIG, start=NINE))

    assert (answer.status_code, answer.json()["code"]) == (404, "congress.session_unknown")


def test_a_session_is_named_once(desk: DeskSite) -> None:
    move = told(MODELS_2, 0, hall=BIG, start=NINE)

    answer = desk.put("pia", move, move)

    assert (answer.status_code, answer.json()["fields"]) == (
        422,
        {"session": "The same is there twice."},
    )


def test_a_page_of_another_site_moves_nothing(desk: DeskSite) -> None:
    body = {"placements": [told(MODELS_2, 0, hall=BIG, start=NINE)]}
    desk.client.get("/login")  # which leaves the cookie that a forged change comes with

    answer = desk.client.put(f"{desk.api}/placements", json=body)

    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")


def test_who_moves_too_often_is_asked_to_wait(
    own_database_url: str, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOVES_A_MINUTE", 1)
    with opened(own_database_url, built, tmp_path) as desk:
        assert desk.put("pia", told(MODELS_2, 0, hall=BIG, start=NINE)).status_code == 200

        answer = desk.put("pia", told(MODELS_2, 1))

        assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
        assert desk.put("hans", told(MODELS_2, 1)).status_code == 200  # others go on


@pytest.mark.parametrize(("language", "words"), [("en", "Models II"), ("zh-CN", "大模型（下）")])
def test_the_timetable_is_a_list_without_script(desk: DeskSite, language: str, words: str) -> None:
    page = desk.page("/timetable", language=language)

    assert words in page.words
    assert f"/congresses/sample-2026/desk/sessions/{MODELS_2}" in page.links()
