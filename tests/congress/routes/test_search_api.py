"""Searches for programs: begun, read, stopped, applied and taken back; and who hears of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from tests.congress.desk_sites import DeskSite
from tests.congress.gatherings import BIG, MODELS_1, MODELS_2, SMALL, at
from tests.congress.routes.hunts import Hunt, nothing, so_far

from shulian.congress.types import Reason, SolveState

EAST = {"zh": "多功能厅1东", "en": "Multi-function Hall 1 East"}


@pytest.fixture
def hunt(desk: DeskSite) -> Hunt:
    return Hunt(desk)


def call(
    hunt: Hunt,
    method: str = "GET",
    path: str = "",
    body: object = None,
    *,
    who: str = "pia",
    language: str = "en",
    status: int = 200,
) -> Any:
    """What is answered to a program."""
    answer = hunt.desk.call(who, method, f"{hunt.api}{path}", body, language)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_one_is_begun_and_waits(hunt: Hunt) -> None:
    begun = call(hunt, "POST", "", {"seconds": 45, "move": 1000, "seed": 7}, status=201)

    told = {name: begun[name] for name in ("state", "seconds", "move", "seed", "gone", "sessions")}
    assert told == {
        "state": "waiting",
        "seconds": 45,
        "move": 1000,
        "seed": 7,
        "gone": 0.0,
        "sessions": 4,
    }
    assert call(hunt) == begun
    assert call(hunt, "POST", "", {}, status=409)["code"] == "congress.solve_runs"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"seconds": 0}, ["seconds"]),
        ({"move": 10_001}, ["move"]),
        ({"seed": -1}, ["seed"]),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(
    hunt: Hunt, body: Mapping[str, int], fields: list[str]
) -> None:
    refused = call(hunt, "POST", "", dict(body), status=422)

    assert list(refused["fields"]) == fields
    assert call(hunt, status=404)["code"] == "congress.solve_unknown"


def test_what_it_found_is_read_in_the_reader_s_words(hunt: Hunt) -> None:
    hunt.end(so_far)

    found, chinese = call(hunt), call(hunt, language="zh-CN")

    assert {name: found[name] for name in ("state", "cost", "bound", "placed", "applied")} == {
        "state": "done",
        "cost": 420,
        "bound": 300,
        "placed": 4,
        "applied": None,
    }
    assert round(found["gap"], 3) == 0.286
    assert found["moves"][1] == {
        "session": {"id": str(MODELS_2), "title": {"zh": "大模型（下）", "en": "Models II"}},
        "before": None,
        "after": {"hall": BIG, "name": EAST, "start": "2026-12-08T02:00:00Z"},
        "stays": False,
    }
    assert found["missed"][1] == {
        "demand": "theme_clash",
        "name": "Theme clash",
        "words": "Minutes that visitors of one theme miss: 1,200",
        "times": 1,
        "amount": 1200,
        "cost": 120,
    }
    assert found["course"][0] == {"seconds": 0.5, "cost": None, "bound": 100}
    assert chinese["missed"][1]["words"] == "关注一个主题的观众错过 1,200 分钟"


def test_reasons_are_told_with_where_they_are_changed(hunt: Hunt) -> None:
    reasons = (Reason("hall_closed", about=SMALL, relax=True, proven=True),)
    hunt.end(nothing, SolveState.IMPOSSIBLE, reasons=reasons)

    assert call(hunt)["reasons"] == [
        {
            "demand": "hall_closed",
            "words": "Open room longer",
            "relax": True,
            "proven": True,
            "sessions": [],
            "hours": [
                {"start": "2026-12-07T01:00:00Z", "end": "2026-12-07T10:00:00Z"},
                {"start": "2026-12-08T01:00:00Z", "end": "2026-12-08T10:00:00Z"},
            ],
            "link": f"/congresses/sample-2026/desk/halls/{SMALL}",
        }
    ]


def test_it_is_applied_and_taken_back(hunt: Hunt) -> None:
    which = hunt.end(so_far).id
    hunt.move(MODELS_1, at(3))

    applied = call(hunt, "POST", f"/{which}/apply")

    assert [one["session"]["id"] for one in applied["moves"]] == [str(MODELS_2)]
    assert [one["id"] for one in applied["stayed"]] == [str(MODELS_1)]
    assert hunt.desk.session(MODELS_2)["hall"] == BIG
    undone = call(hunt, "POST", f"/{which}/undo")
    assert (undone["stayed"], undone["undone"] is None) == ([], False)
    assert hunt.desk.session(MODELS_2)["hall"] is None
    again = call(hunt, "POST", f"/{which}/undo", status=409)
    assert again["code"] == "congress.solve_not_applied"


def test_it_is_stopped(hunt: Hunt) -> None:
    which = hunt.run(so_far).id

    assert call(hunt, "POST", f"/{which}/cancel")["stopping"] is True
    assert call(hunt, "POST", f"/{which}/apply", status=409)["code"] == "congress.solve_runs"


def test_no_other_search_is_meant(hunt: Hunt) -> None:
    for what in ("cancel", "apply", "undo"):
        call(hunt, "POST", f"/{UUID(int=9)}/{what}", status=404)


def test_it_is_for_those_who_make_the_congress(hunt: Hunt) -> None:
    which = hunt.end(so_far).id

    for who, status in (("vera", 404), ("", 401)):
        call(hunt, who=who, status=status)
        call(hunt, "POST", "", {}, who=who, status=status)
        call(hunt, "POST", f"/{which}/apply", who=who, status=status)


def test_who_gives_a_forum_hears_nothing_of_it(hunt: Hunt) -> None:
    hunt.end(so_far)
    path = f"/api/live/congresses/{hunt.desk.congress}/search"

    assert hunt.desk.call("hans", "GET", path).status_code == 404
    assert hunt.desk.call("vera", "GET", path).status_code == 404
