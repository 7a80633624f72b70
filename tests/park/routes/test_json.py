"""The park for programs: what is sent and taken, and how it is refused, in both languages."""

from typing import Any

import pytest
import sqlalchemy as sa
from tests.park.plans import HALL, NOW, PARK, imported, quiet_bus, space
from tests.park.routes.conftest import Site

from shulian.kit.text import Text
from shulian.park import api
from shulian.park.types import LiveToken, ParkPlan, Place, SpaceId, SpaceKind

Problem = tuple[int, str, dict[str, Any]]
"""Status, code and parameters."""

BUSY = {
    "space": "yq-hall",
    "token": "busy",
    "words": {"zh": "使用中", "en": "In use"},
    "number": 12.0,
    "until": None,
}


UNANSWERED: list[tuple[str, Problem]] = [
    ("/api/spaces/nothing", (404, "park.space_unknown", {"space": "nothing"})),
    ("/api/spaces/%00", (404, "park.space_unknown", {"space": "\0"})),
    ("/api/spaces/%E5%9B%AD", (404, "park.space_unknown", {"space": "园"})),
    ("/api/parks/nothing/scene", (404, "park.park_unknown", {"park": "nothing"})),
    ("/api/parks/yq-hall/scene", (404, "park.park_unknown", {"park": "yq-hall"})),
    ("/api/parks/nothing/live", (404, "park.park_unknown", {"park": "nothing"})),
    ("/api/parks/nothing/sun", (404, "park.park_unknown", {"park": "nothing"})),
    ("/api/live?park=nothing", (404, "park.park_unknown", {"park": "nothing"})),
    (
        "/api/parks/yq/sun?date=2051-01-01",
        (
            422,
            "park.day_outside",
            {"day": "2051-01-01", "first": "1950-01-01", "last": "2050-12-31"},
        ),
    ),
    ("/api/parks/yq/sun?date=tomorrow", (422, "invalid", {})),
    ("/api/search", (422, "invalid", {})),
    ("/api/search?q=", (422, "park.query_wrong", {})),
    ("/api/search?q=%00", (422, "park.query_wrong", {})),
    (f"/api/search?q={'a' * 101}", (422, "park.query_wrong", {})),
    ("/api/search?q=a&limit=51", (422, "park.query_wrong", {"most": 50})),
    ("/api/search?q=a&limit=many", (422, "invalid", {})),
    ("/api/search?q=a&kind=castle", (422, "invalid", {})),
    ("/api/search?q=a&park=%00", (404, "park.space_unknown", {"space": "\0"})),
]
SENSELESS: list[tuple[dict[str, Any], Problem]] = [
    ({"capacity": -1}, (422, "park.edit_wrong", {})),
    ({"capacity": "many"}, (422, "invalid", {})),
    ({"capacity": 1.5}, (422, "invalid", {})),
    ({"kind": "castle"}, (422, "invalid", {})),
    ({"area": 3}, (422, "invalid", {})),
    ({"name": "East"}, (422, "invalid", {})),
    ({"capacity": 1, "version": 7}, (409, "park.space_newer", {"space": HALL, "version": 1})),
]


def fault(answer: Any) -> Problem:
    """Status, code and parameters of a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    return answer.status_code, problem["code"], problem["params"]


def put_status(site: Site) -> None:
    with site.database.transaction() as db:
        api.put_status(
            db,
            quiet_bus(db),
            source="booking",
            space=HALL,
            token=LiveToken.BUSY,
            words=Text("使用中", "In use"),
            number=12,
            now=NOW,
        )


def test_parks_are_listed(still: Site) -> None:
    answer = still.client.get("/api/parks")

    assert answer.json() == [
        {
            "id": "yq",
            "name": {"zh": "御桥科创园", "en": "Yuqiao Park"},
            "about": {"zh": "", "en": ""},
            "spaces": 9,
            "buildings": 1,
        }
    ]


def test_a_space_is_told_with_what_surrounds_it(site: Site) -> None:
    put_status(site)

    answer = site.client.get("/api/spaces/yq-f1")

    assert answer.json() == {
        "id": "yq-f1",
        "parent": "yq-tower",
        "park": "yq",
        "kind": "storey",
        "name": {"zh": "1层", "en": "1F"},
        "about": {"zh": "", "en": ""},
        "order": 0,
        "area": None,
        "capacity": None,
        "delivered": "2023-06-30",
        "status": "open",
        "link": None,
        "base": 0.0,
        "height": 6.0,
        "center": [20.0, 10.0],
        "path": [
            {"id": "yq", "kind": "park", "name": {"zh": "御桥科创园", "en": "Yuqiao Park"}},
            {"id": "yq-site", "kind": "site", "name": {"zh": "御桥", "en": "Yuqiao"}},
            {"id": "yq-phase", "kind": "phase", "name": {"zh": "一期", "en": "Phase 1"}},
            {
                "id": "yq-tower",
                "kind": "building",
                "name": {"zh": "数链大厦", "en": "Shulian Tower"},
            },
        ],
        "children": [
            {
                "id": "yq-hall",
                "kind": "hall",
                "name": {"zh": "多功能厅1东", "en": "Multi-function Hall 1 East"},
                "order": 0,
                "base": 0.0,
                "height": 6.0,
                "live": BUSY,
            }
        ],
        "live": None,
        "version": 1,
    }


def test_a_space_without_a_body_has_no_center(site: Site) -> None:
    with site.database.transaction() as db:
        bare = space("", None, SpaceKind.PARK, id=SpaceId("zj"))
        imported(db, ParkPlan(Place(bare.id, 121.6, 31.2), (bare,)))

    told = site.client.get("/api/spaces/zj").json()

    assert (told["parent"], told["base"], told["height"], told["center"]) == (None,) * 4


@pytest.mark.parametrize("park", ["", "?park=yq", "?park=yq&kind=hall&limit=5"])
def test_a_search_tells_its_hits(still: Site, park: str) -> None:
    query = f"{park or '?'}&q=多功能"

    answer = still.client.get(f"/api/search{query}")

    assert answer.json() == {
        "hits": [
            {
                "id": "yq-hall",
                "kind": "hall",
                "name": {"zh": "多功能厅1东", "en": "Multi-function Hall 1 East"},
                "park": "yq",
                "path": {
                    "zh": "御桥科创园 · 御桥 · 一期 · 数链大厦 · 1层",
                    "en": "Yuqiao Park · Yuqiao · Phase 1 · Shulian Tower · 1F",
                },
                "center": [11.0, 10.0],
                "base": 0.0,
                "height": 6.0,
            }
        ]
    }


def test_a_scene_is_told_before_its_files_are_built(still: Site) -> None:
    told = still.client.get("/api/parks/yq/scene").json()

    assert told == {
        "park": {
            "id": "yq",
            "name": {"zh": "御桥科创园", "en": "Yuqiao Park"},
            "about": {"zh": "", "en": ""},
        },
        "place": {"longitude": 121.58, "latitude": 31.15, "timezone": "Asia/Shanghai"},
        "tileset": None,
        "version": None,
        "storeys": None,
        "trees": None,
        "bounds": [0.0, 0.0, 90.0, 30.0],
        "phases": [
            {
                "id": "yq-phase",
                "name": {"zh": "一期", "en": "Phase 1"},
                "delivered": "2023-06-30",
                "site": "yq-site",
            }
        ],
        "places": told["places"],
        "entrance": {"east": 20.0, "north": -55.0, "heading": 0.0},
    }
    assert told["places"][-1] == {
        "id": "yq-plaza",
        "kind": "plaza",
        "name": {"zh": "云广场", "en": "Cloud Plaza"},
        "center": [75.0, 15.0],
        "base": 0.0,
        "height": 0.0,
        "parent": "yq-site",
    }


def test_a_scene_names_its_files_once_they_are_built(site: Site) -> None:
    with site.database.transaction() as db:
        api.begin_tileset(db, PARK, "0123456789abcdef", now=NOW)
        api.show_tileset(db, PARK, "0123456789abcdef", now=NOW)

    told = site.client.get("/api/parks/yq/scene").json()

    assert (told["version"], told["tileset"], told["storeys"], told["trees"]) == (
        "0123456789abcdef",
        "/tiles/yq/0123456789abcdef/tileset.json",
        "/tiles/yq/0123456789abcdef/storeys.json",
        "/tiles/yq/0123456789abcdef/trees.bin",
    )


def test_a_scene_that_is_known_is_not_sent_again(site: Site) -> None:
    first = site.client.get("/api/parks/yq/scene")
    known = {"if-none-match": first.headers["etag"]}

    again = site.client.get("/api/parks/yq/scene", headers=known)
    with site.database.transaction() as db:
        api.begin_tileset(db, PARK, "0123456789abcdef", now=NOW)
        api.show_tileset(db, PARK, "0123456789abcdef", now=NOW)
    changed = site.client.get("/api/parks/yq/scene", headers=known)

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_the_sun_is_told_for_a_day(still: Site) -> None:
    told = still.client.get("/api/parks/yq/sun?date=2026-06-21").json()

    assert (told["date"], told["timezone"]) == ("2026-06-21", "Asia/Shanghai")
    assert (told["sunrise"], told["sunset"]) == ("04:50", "19:01")
    assert told["samples"][0][0] == 0
    assert told["samples"][-1][0] == 1440
    assert len(told["samples"]) == 145


def test_the_sun_is_told_for_today_there(still: Site) -> None:
    assert still.client.get("/api/parks/yq/sun").json()["date"] == "2026-11-22"


def test_live_statuses_are_told(site: Site) -> None:
    put_status(site)

    assert site.client.get("/api/parks/yq/live").json() == {"statuses": [BUSY]}


def test_an_operator_edits_a_space(site: Site) -> None:
    answer = site.client.patch(
        "/api/spaces/yq-hall",
        headers=site.operator,
        json={"name": {"en": "East"}, "capacity": None, "status": "closed", "version": 1},
    )

    told = answer.json()
    assert answer.status_code == 200
    assert told["name"] == {"zh": "多功能厅1东", "en": "East"}
    assert (told["capacity"], told["status"], told["version"]) == (None, "closed", 2)
    assert site.client.get("/api/spaces/yq-hall").json() == told


def test_an_operator_takes_an_edit_back(site: Site) -> None:
    site.client.patch("/api/spaces/yq-hall", headers=site.operator, json={"capacity": 1})

    answer = site.client.post("/api/spaces/yq-hall/revert", headers=site.operator)

    assert (answer.status_code, answer.json()["capacity"]) == (200, 400)


def test_an_operator_says_what_a_space_is(site: Site) -> None:
    body = {"token": "closed", "words": {"zh": "布展"}, "until": "2026-11-22T08:00:00+02:00"}

    answer = site.client.put("/api/spaces/yq-hall/live", headers=site.operator, json=body)
    gone = site.client.delete("/api/spaces/yq-hall/live", headers=site.operator)

    assert answer.json() == {
        "space": "yq-hall",
        "token": "closed",
        "words": {"zh": "布展", "en": ""},
        "number": None,
        "until": "2026-11-22T06:00:00Z",
    }
    assert gone.status_code == 204
    assert site.client.get("/api/parks/yq/live").json() == {"statuses": []}


def test_an_operator_has_the_scene_built(site: Site) -> None:
    with site.database.transaction() as db:
        db.execute(sa.text("delete from procrastinate_jobs"))

    answer = site.client.post("/api/parks/yq/tiles", headers=site.operator)

    with site.database.transaction() as db:
        assert db.execute(sa.text("select count(*) from procrastinate_jobs")).scalar_one() == 1
    assert answer.status_code == 202


@pytest.mark.parametrize(("path", "refused"), UNANSWERED)
def test_what_cannot_be_answered_is_a_problem(still: Site, path: str, refused: Problem) -> None:
    assert fault(still.client.get(path)) == refused


@pytest.mark.parametrize(("body", "refused"), SENSELESS)
def test_an_edit_without_sense_is_a_problem(
    still: Site, body: dict[str, Any], refused: Problem
) -> None:
    answer = still.client.patch("/api/spaces/yq-hall", headers=still.operator, json=body)

    assert fault(answer) == refused


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"token": "busy", "until": "2020-01-01T00:00:00Z"}, 422),
        ({"token": "busy", "until": "2030-01-01T00:00:00"}, 422),
        ({"token": "happy"}, 422),
        ({}, 422),
    ],
)
def test_a_status_without_sense_is_a_problem(
    still: Site, body: dict[str, Any], status: int
) -> None:
    answer = still.client.put("/api/spaces/yq-hall/live", headers=still.operator, json=body)

    assert fault(answer)[0] == status


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/api/spaces/yq-hall", {"capacity": 1}),
        ("POST", "/api/spaces/yq-hall/revert", None),
        ("PUT", "/api/spaces/yq-hall/live", {"token": "busy"}),
        ("DELETE", "/api/spaces/yq-hall/live", None),
        ("POST", "/api/parks/yq/tiles", None),
    ],
)
def test_a_guest_changes_nothing(still: Site, method: str, path: str, body: object) -> None:
    still.client.get("/api/parks")
    csrf = still.client.cookies["csrf"]

    answer = still.client.request(method, path, json=body, headers={"x-csrftoken": csrf})

    assert fault(answer) == (401, "login_needed", {})


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", "没有编号为 nothing 的空间。"),
        ("en", "There is no space nothing."),
    ],
)
def test_a_problem_speaks_the_language_that_is_asked_for(
    still: Site, language: str, words: str
) -> None:
    answer = still.client.get("/api/spaces/nothing", headers={"accept-language": language})

    assert answer.json()["detail"] == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", "容量是 0 到 10 000 000 之间的整数。"),
        ("en", "A whole number of persons from 0 to 10,000,000."),
    ],
)
def test_a_wrong_field_is_explained_in_the_language_that_is_asked_for(
    still: Site, language: str, words: str
) -> None:
    headers = {**still.operator, "accept-language": language}

    answer = still.client.patch("/api/spaces/yq-hall", headers=headers, json={"capacity": -1})

    assert answer.json()["fields"] == {"capacity": words}


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/api/parks/yq/sun?date=tomorrow", ["date"]),
        ("/api/search", ["q"]),
        ("/api/search?q=hall&limit=many", ["limit"]),
    ],
)
def test_a_wrong_field_of_a_query_is_named_as_it_was_sent(
    still: Site, path: str, fields: list[str]
) -> None:
    answer = still.client.get(path)

    assert (answer.status_code, list(answer.json()["fields"])) == (422, fields)
