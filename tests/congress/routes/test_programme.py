"""The public pages of a congress: the programme, a session, a forum, speakers, changes."""

from datetime import timedelta

import pytest
from tests.congress.callers import OVER, call
from tests.congress.gatherings import (
    AI,
    ANN,
    BO,
    FAR,
    MODELS,
    MODELS_1,
    MODELS_2,
    NOW,
    OPENING,
    PLENARY,
    SILICON_1,
    SMALL,
    at,
)
from tests.congress.visits import SLUG, Visit, hours_later
from tests.identity.accounts import NOWHERE
from tests.park.routes.reading import Page

from shulian.booking.types import Span
from shulian.congress import api
from shulian.kit.text import Text

LIST = "/parks/yq/congresses"
CHANGES = f"{SLUG}/changes"
PUBLIC = (
    SLUG,
    f"{SLUG}/now",
    f"{SLUG}/sessions/{PLENARY}",
    f"{SLUG}/sessions/{PLENARY}/file.ics",
    f"{SLUG}/forums/{MODELS}",
    f"{SLUG}/speakers",
    f"{SLUG}/speakers/{ANN}",
    CHANGES,
    "/api/congresses/sample-2026",
)
"""Every address of a congress that anybody may ask for."""


def sessions(visit: Visit, query: str = "") -> list[str]:
    """The ids of the sessions that the programme shows, in the order of the page."""
    page = visit.page(SLUG + query)
    ids = [one.get("id", "") for _, one in page.elements]
    return [one.removeprefix("session-") for one in ids if one.startswith("session-")]


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("who", ["", "vera"])
def test_a_draft_is_secret(still_draft: Visit, path: str, who: str) -> None:
    assert still_draft.get(path, who=who).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN", "还没有公开的大会。"), ("en", "No congress is public yet.")],
)
def test_a_park_without_a_public_congress_says_so(
    still_draft: Visit, language: str, words: str
) -> None:
    page = still_draft.page(LIST, language=language)

    assert words in page.words
    assert SLUG not in page.links()


@pytest.mark.parametrize("who", ["pia", "hans"])
def test_who_makes_it_sees_that_nothing_is_public(still_draft: Visit, who: str) -> None:
    assert "Not public" in still_draft.page(LIST, who=who).words
    page = still_draft.page(SLUG, who=who)
    assert "The programme is not public yet." in page.words
    assert "Plenary" not in page.words
    assert "No speakers are public yet." in still_draft.page(f"{SLUG}/speakers", who=who).words
    assert "The programme is not public yet." in still_draft.page(CHANGES, who=who).words
    assert still_draft.get(f"{SLUG}/sessions/{PLENARY}", who=who).status_code == 404


def test_a_congress_that_is_over_stands_among_the_past(visit: Visit) -> None:
    visit.release("v1")
    assert "Past" not in visit.page(LIST).words

    visit.now += timedelta(days=2)

    page = visit.page(LIST)
    assert ("Past" in page.words, SLUG in page.links()) == (True, True)
    assert "All sessions of the congress are over." in visit.page(SLUG).words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh-CN",
            ["示例大会", "全体会议", "安示例", "多功能厅1东", "人工智能", "2026年12月7日星期一"],
        ),
        ("en", ["Sample Congress", "Plenary", "Ann Sample", "Multi-function Hall 1 East", "AI"]),
    ],
)
def test_a_day_is_a_timetable(still_visit: Visit, language: str, words: list[str]) -> None:
    page = still_visit.page(SLUG, language=language)

    assert [one for one in words if one not in page.words] == []
    assert len([tag for tag, _ in page.elements if tag == "table"]) == 1
    heads = [one["scope"] for tag, one in page.elements if tag == "th"]
    assert heads == ["col", "col", "col", "row", "row", "row"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [PLENARY, MODELS_1, SILICON_1]),
        ("?day=2026-12-07", [PLENARY, MODELS_1, SILICON_1]),
        ("?day=2026-12-08", []),
        ("?day=all", [PLENARY, MODELS_1, SILICON_1]),
        ("?day=yesterday", [PLENARY, MODELS_1, SILICON_1]),
        (f"?theme={AI}", [MODELS_1]),
        ("?theme=nonsense", []),
        (f"?theme={NOWHERE}", []),
        (f"?hall={SMALL}", [SILICON_1]),
        ("?hall=nowhere", []),
        ("?q=silicon", [SILICON_1]),
        ("?q=Ann", [PLENARY, SILICON_1]),
        (f"?q=Ann&hall={SMALL}&day=2026-12-07", [SILICON_1]),
        ("?q=%3Cscript%3E", []),
    ],
)
def test_the_programme_by_day_theme_hall_and_words(
    still_visit: Visit, query: str, found: list[object]
) -> None:
    assert sessions(still_visit, query) == [str(one) for one in found]


def test_the_first_day_stands_there_before_the_congress_and_today_within_it(visit: Visit) -> None:
    visit.release("v1", s33=at(24))
    days = []
    for hours in (-48, 3, 25):
        visit.now = hours_later(hours)
        days.append(sessions(visit))

    first = [str(one) for one in (PLENARY, MODELS_1, SILICON_1)]
    assert days == [first, first, [str(MODELS_2)]]


def test_people_are_found_beside_sessions(still_visit: Visit) -> None:
    assert f"{SLUG}/speakers/{BO}" in still_visit.page(f"{SLUG}?q=bo+sample").links()


def test_now_and_next_are_those_of_the_clock_of_the_server(visit: Visit) -> None:
    visit.release("v1")
    told = []
    for hours in (-1, 0.5, 1.25, 4.5, 8):
        visit.now = hours_later(hours)
        told.append(Page(visit.get(f"{SLUG}/now", hx_request="true").text).words)

    hall = "Multi-function Hall 1 East"
    assert told == [
        f"Now and next It is 08:00 Next 09:00 Plenary {hall}",
        f"Now and next It is 09:30 Now until 10:00 Plenary {hall} Next 10:30 Models I {hall}",
        f"Now and next It is 10:15 Next 10:30 Models I {hall}",
        "Now and next It is 13:30 Now until 14:00 Silicon room",
        "Now and next All sessions of the congress are over.",
    ]


def test_now_and_next_is_a_page_by_itself(visit: Visit) -> None:
    visit.release("v1")
    visit.now = hours_later(0.5)
    page = visit.page(f"{SLUG}/now")

    assert page.title == "Sample Congress"
    assert "Now until 10:00 Plenary" in page.words
    assert SLUG in page.links()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh-CN",
            ["大模型（上）", "演讲", "柏示例", "30 分钟", "10:30", "示例大学", "主办", "人工智能"],
        ),
        ("en", ["Models I", "Talk", "Bo Sample", "30 min", "10:30", "Sample University", "Host"]),
    ],
)
def test_a_session_says_all_of_it(still_visit: Visit, language: str, words: list[str]) -> None:
    page = still_visit.page(f"{SLUG}/sessions/{MODELS_1}", language=language)

    assert [one for one in words if one not in page.words] == []
    assert page.links() >= {
        f"{SLUG}/forums/{MODELS}",
        f"{SLUG}/speakers/{BO}",
        f"{SLUG}/sessions/{MODELS_1}/file.ics",
        "/spaces/yq-hall",
        "/spaces/yq-tower",
        "/parks/yq/scene?space=yq-hall",
    }


def test_a_forum_says_who_stands_behind_it_and_what_it_has(still_visit: Visit) -> None:
    page = still_visit.page(f"{SLUG}/forums/{MODELS}")

    assert page.title == "Forum on models (sample)"
    assert "Sample University" in page.words
    assert f"{SLUG}/sessions/{MODELS_1}" in page.links()
    assert f"{SLUG}/sessions/{SILICON_1}" not in page.links()


def test_speakers_are_found_by_name(still_visit: Visit) -> None:
    both = still_visit.page(f"{SLUG}/speakers")
    one = still_visit.page(f"{SLUG}/speakers?q=ann")
    none = still_visit.page(f"{SLUG}/speakers?q=zed")

    assert both.links() >= {f"{SLUG}/speakers/{ANN}", f"{SLUG}/speakers/{BO}"}
    assert (f"{SLUG}/speakers/{ANN}" in one.links(), f"{SLUG}/speakers/{BO}" in one.links()) == (
        True,
        False,
    )
    assert "Nobody found for “zed”." in none.words


def test_a_speaker_says_in_what_they_speak(still_visit: Visit) -> None:
    page = still_visit.page(f"{SLUG}/speakers/{ANN}")

    assert "Professor" in page.words
    assert page.links() >= {f"{SLUG}/sessions/{PLENARY}", f"{SLUG}/sessions/{SILICON_1}"}
    assert f"{SLUG}/sessions/{MODELS_1}" not in page.links()


@pytest.mark.parametrize(
    "path",
    [
        "/congresses/none",
        "/congresses/none/now",
        "/parks/nowhere/congresses",
        f"{SLUG}?release=2",
        f"{SLUG}?release=0",
        f"{SLUG}/sessions/{NOWHERE}",
        f"{SLUG}/sessions/{MODELS_2}",
        f"{SLUG}/sessions/{PLENARY}?release=9",
        f"{SLUG}/sessions/{NOWHERE}/file.ics",
        f"{SLUG}/forums/{NOWHERE}",
        f"{SLUG}/speakers/{NOWHERE}",
        "/congresses/none/speakers",
        "/congresses/none/changes",
        "/api/congresses/none",
        "/api/congresses/sample-2026?release=2",
    ],
)
def test_what_is_not_there_is_not_found(still_visit: Visit, path: str) -> None:
    assert still_visit.get(path).status_code == 404


@pytest.mark.parametrize("release", ["first", "1.5", "9" * 30])
def test_a_release_that_can_be_none_is_refused(still_visit: Visit, release: str) -> None:
    assert still_visit.get(f"{SLUG}?release={release}").status_code in {404, 422}


def test_changes_are_public(visit: Visit) -> None:
    visit.release("v1")
    visit.release("v2", s31=at(6), s32=at(1.5, FAR), s33=at(7), s34=None)
    page = visit.page(CHANGES)

    assert "Moved Plenary before: 7 Dec 09:00 · Multi-function Hall 1 East → now: 7 Dec 15:00" in (
        page.words
    )
    assert "Other hall Models I before: 7 Dec 10:30 · Multi-function Hall 1 East → now: 7 Dec " in (
        page.words
    )
    assert "New Models II 7 Dec 16:00" in page.words
    assert "Dropped Silicon 7 Dec 13:00 · room" in page.words
    assert "The first release." in page.words
    assert page.links() >= {f"{SLUG}?release=1", f"{SLUG}/sessions/{PLENARY}"}
    assert "改期 全体会议" in visit.page(CHANGES, language="zh-CN").words


def test_an_older_programme_stays_readable_and_says_that_it_is_one(visit: Visit) -> None:
    visit.release("v1")
    visit.release("v2", s34=None)
    old = visit.page(f"{SLUG}?release=1")
    session = visit.page(f"{SLUG}/sessions/{SILICON_1}?release=1")

    assert "You are reading an older programme, “v1”" in old.words
    assert f"{SLUG}/sessions/{SILICON_1}?release=1" in old.links()
    assert session.title == "Silicon"
    assert sessions(visit) == [str(PLENARY), str(MODELS_1)]


def test_a_session_says_what_the_newest_release_changed(visit: Visit) -> None:
    visit.release("v1")
    visit.release("v2", s31=at(6))
    path = f"{SLUG}/sessions/{PLENARY}"

    words = "The newest programme (v2) moved it to another time. It was: 7 Dec 09:00"
    assert words in visit.page(path).words
    assert "最新一版日程（v2）调整了时间。" in visit.page(path, language="zh-CN").words
    visit.release("v3", s32=at(1.5, FAR))
    assert words not in visit.page(path).words
    assert "Moved Plenary" in visit.page(path).words


def test_a_session_that_was_dropped_says_so(visit: Visit) -> None:
    visit.release("v1")
    visit.release("v2", s34=None)
    page = visit.page(f"{SLUG}/sessions/{SILICON_1}", status=410)

    assert "This session was dropped in the programme “v2”." in page.words
    assert visit.get(f"{SLUG}/sessions/{SILICON_1}/file.ics").status_code == 404


def test_programs_are_told_the_same(still_visit: Visit) -> None:
    answer = still_visit.get("/api/congresses/sample-2026", accept="application/json")
    told = answer.json()

    assert answer.status_code == 200
    assert (told["slug"], told["timezone"], told["release"]["number"]) == (
        "sample-2026",
        "Asia/Shanghai",
        1,
    )
    assert told["sessions"][0] == {
        "id": str(PLENARY),
        "forum": str(OPENING),
        "kind": "plenary",
        "title": {"zh": "全体会议", "en": "Plenary"},
        "about": {"zh": "", "en": ""},
        "hall": "yq-hall",
        "start": "2026-12-07T01:00:00Z",
        "minutes": 60,
        "language": "",
        "link": "",
        "speakers": [str(ANN)],
        "talks": [],
    }
    assert told["speakers"][0] == {
        "id": str(ANN),
        "name": {"zh": "安示例", "en": "Ann Sample"},
        "title": {"zh": "教授", "en": "Professor"},
        "about": {"zh": "", "en": ""},
        "presence": "on_site",
    }


def test_programs_are_told_only_what_changed(visit: Visit) -> None:
    visit.release("v1")
    path = "/api/congresses/sample-2026"
    tag = visit.get(path).headers["etag"]

    again = visit.get(path, if_none_match=tag)
    assert (again.status_code, again.text, again.headers["etag"]) == (304, "", tag)
    visit.release("v2", s31=at(6))
    assert visit.get(path, if_none_match=tag).status_code == 200
    old = visit.get(f"{path}?release=1")
    assert (old.headers["etag"], old.json()["release"]["name"]) == (tag, "v1")


@pytest.mark.parametrize("who", ["hans", "pia"])
def test_who_makes_a_congress_or_a_forum_finds_the_desk(still_visit: Visit, who: str) -> None:
    assert f"{SLUG}/desk" in still_visit.page(SLUG, who=who).links()


@pytest.mark.parametrize("who", ["", "vera"])
def test_visitors_find_no_desk(still_visit: Visit, who: str) -> None:
    assert f"{SLUG}/desk" not in still_visit.page(SLUG, who=who).links()


def test_who_plans_finds_where_a_congress_begins(still_visit: Visit) -> None:
    found = {
        who: f"{LIST}/new" in still_visit.page(LIST, who=who).links()
        for who in ("", "vera", "hans", "pia")
    }

    assert found == {"": False, "vera": False, "hans": False, "pia": True}


def test_who_makes_a_congress_finds_what_is_proposed(still_visit: Visit) -> None:
    assert f"{SLUG}/desk/proposals" in still_visit.page(f"{SLUG}/desk", who="pia").links()
    assert f"{SLUG}/desk/proposals" not in still_visit.page(f"{SLUG}/desk", who="hans").links()


def test_a_call_is_found_once_there_is_one(visit: Visit) -> None:
    visit.release("v1")
    assert f"{SLUG}/call" not in visit.page(SLUG).links()

    with visit.behind() as made:
        api.put_call(
            made.db,
            made.planner,
            made.congress,
            words=Text("征集", "Call"),
            span=Span(NOW, NOW + timedelta(days=9)),
            now=NOW,
        )

    assert f"{SLUG}/call" in visit.page(SLUG).links()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Looking for sessions Sample Congress7 December 2026 – 8 December 2026 · proposals"),
        ("zh-CN", "正在征集场次 示例大会2026年12月7日 – 2026年12月8日 · 提案截止"),
    ],
)
def test_an_open_call_is_found_among_the_congresses_before_anything_is_public(
    visit: Visit, language: str, words: str
) -> None:
    visit.now = NOW
    with visit.behind() as made:
        call(made)

    page = visit.page(LIST, language=language)

    assert words in page.words
    assert f"{SLUG}/call" in page.links()
    assert SLUG not in page.links()
    assert visit.get(f"{SLUG}/call").status_code == 200
    visit.now = OVER
    assert f"{SLUG}/call" not in visit.page(LIST, language=language).links()
