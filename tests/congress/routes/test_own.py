"""One's own programme on pages, and the calendar that follows it."""

import pytest
from icalendar import Calendar
from tests.congress.gatherings import FAR, MODELS_1, MODELS_2, PLENARY, SILICON_1, SMALL, at
from tests.congress.visits import SLUG, Visit
from tests.identity.accounts import NOWHERE

from shulian.congress import api
from shulian.congress.types import Level, Rule

MINE = f"{SLUG}/mine"
LINK = f"{MINE}/calendar"
EVERY = "/me/programme"


def starred(visit: Visit, *sessions: object) -> None:
    """Vera stars them."""
    for one in sessions:
        assert visit.send(f"{SLUG}/sessions/{one}/star", who="vera").status_code == 303


def events(text: str) -> list[tuple[str, str, str, int]]:
    """Title, place, status and sequence of what a calendar is told."""
    found = [
        (str(one["summary"]), str(one["location"]), str(one["status"]), int(str(one["sequence"])))
        for one in Calendar.from_ical(text).walk("VEVENT")
    ]
    return sorted(found)


@pytest.mark.parametrize("path", [MINE, f"{MINE}.ics", LINK, EVERY])
def test_a_guest_is_asked_to_log_in(still_visit: Visit, path: str) -> None:
    assert still_visit.get(path).headers["location"].startswith("/login")


@pytest.mark.parametrize(
    "path",
    [
        f"{SLUG}/sessions/{PLENARY}/star",
        f"{SLUG}/sessions/{PLENARY}/unstar",
        LINK,
        f"{LINK}/revoke",
    ],
)
def test_a_guest_changes_nothing(still_visit: Visit, path: str) -> None:
    still_visit.get("/login")

    assert still_visit.submit(path).status_code == 401


def test_a_guest_is_led_to_log_in_by_the_star(still_visit: Visit) -> None:
    to = f"/login?next=%2Fcongresses%2Fsample-2026%2Fsessions%2F{PLENARY}"

    assert to.replace("%2F", "/") in {
        one.replace("%2F", "/") for one in still_visit.page(SLUG).links()
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", "你还没有收藏场次。在日程中点星标，它就会出现在这里。"),
        ("en", "You have starred no sessions yet."),
    ],
)
def test_who_has_starred_nothing_is_told_how(still_visit: Visit, language: str, words: str) -> None:
    assert words in still_visit.page(MINE, who="vera", language=language).words
    every = still_visit.page(EVERY, who="vera")
    assert "You have not starred sessions of any congress yet." in every.words


@pytest.mark.parametrize(
    ("form", "location"),
    [
        ({}, f"{SLUG}#session-{PLENARY}"),
        ({"at": "2026-12-07"}, f"{SLUG}?day=2026-12-07#session-{PLENARY}"),
        ({"at": "//evil.example"}, f"{SLUG}#session-{PLENARY}"),
        ({"back": "session"}, f"{SLUG}/sessions/{PLENARY}"),
        ({"back": "mine"}, f"{MINE}#session-{PLENARY}"),
        ({"back": "https://evil.example"}, f"{SLUG}#session-{PLENARY}"),
    ],
)
def test_one_comes_back_to_where_one_starred(
    visit: Visit, form: dict[str, str], location: str
) -> None:
    visit.release("v1")
    for act in ("star", "unstar"):
        answer = visit.send(f"{SLUG}/sessions/{PLENARY}/{act}", who="vera", form=form)
        assert (answer.status_code, answer.headers["location"]) == (303, location)


def test_a_script_gets_the_button_as_it_is_now(visit: Visit) -> None:
    visit.release("v1")
    path = f"{SLUG}/sessions/{PLENARY}"

    pressed = visit.send(f"{path}/star", who="vera", hx=True).text
    released = visit.send(f"{path}/unstar", who="vera", hx=True).text

    assert ('aria-pressed="true"' in pressed, f'action="{path}/unstar"' in pressed) == (True, True)
    assert ('aria-pressed="false"' in released, f'action="{path}/star"' in released) == (
        True,
        True,
    )
    assert "<html" not in pressed


def test_what_is_not_public_is_not_starred(visit: Visit) -> None:
    visit.release("v1")

    for one in (MODELS_2, NOWHERE):
        assert visit.send(f"{SLUG}/sessions/{one}/star", who="vera").status_code == 404
    assert visit.send(f"/congresses/none/sessions/{PLENARY}/star", who="vera").status_code == 404


def test_clashes_are_told_in_words(visit: Visit) -> None:
    with visit.behind() as made:
        by = (made.db, made.bus, made.planner, made.congress)
        api.put_level(*by, Rule.SPEAKER_TWICE, Level.WARN, now=visit.now)
    visit.release("v1", s34=at(0.5, SMALL))
    starred(visit, PLENARY, SILICON_1)

    english = visit.page(MINE, who="vera").words
    chinese = visit.page(MINE, who="vera", language="zh-CN").words

    assert "“Plenary” and “Silicon” are at the same time, for 30 minutes." in english
    assert "“全体会议”与“硅”同时进行，重叠 30 分钟。" in chinese
    assert english.count("Clash") == 3  # the heading, and beside both


def test_what_changed_since_the_last_look_is_told_until_one_has_seen_it(visit: Visit) -> None:
    visit.release("v1")
    starred(visit, PLENARY, MODELS_1, SILICON_1)
    visit.release("v2", s31=at(6), s32=at(1.5, FAR), s34=None)
    page = visit.page(MINE, who="vera")

    assert "3 new changes" in page.words
    assert "3 new changes" in visit.page(EVERY, who="vera").words
    assert page.field("release")["value"] == "2"
    answer = visit.send(f"{MINE}/seen", who="vera", form={"release": "2"})
    assert answer.headers["location"] == MINE
    after = visit.page(MINE, who="vera").words
    assert ("new changes" in after, "Sessions you starred that were dropped" in after) == (
        False,
        True,
    )


def test_seen_up_to_what_is_no_number_is_refused(still_visit: Visit) -> None:
    for told in ("x", "9" * 30):
        answer = still_visit.send(f"{MINE}/seen", who="vera", form={"release": told})
        assert answer.status_code in {400, 422}


def test_ones_own_programme_as_a_file(visit: Visit) -> None:
    visit.release("v1")
    starred(visit, PLENARY)
    answer = visit.get(f"{MINE}.ics", who="vera")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="sample-2026.ics"'
    place = "Shulian Tower · 1F · Multi-function Hall 1 East"
    assert events(answer.text) == [("Plenary", place, "CONFIRMED", 1)]


def test_one_session_as_a_file(still_visit: Visit) -> None:
    answer = still_visit.get(f"{SLUG}/sessions/{MODELS_1}/file.ics", language="zh-CN")
    (event,) = Calendar.from_ical(answer.text).walk("VEVENT")

    assert (str(event["uid"]), str(event["summary"])) == (f"{MODELS_1}@shulian", "大模型（上）")
    assert str(event["description"]) == "大模型论坛（示例）\n柏示例"
    assert str(event["url"]) == f"http://park.example{SLUG}/sessions/{MODELS_1}"


def address(visit: Visit) -> str:
    """A new address by which a calendar follows Vera's programme."""
    answer = visit.submit(LINK)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return answer.text.partition('value="http://park.example')[2].partition('"')[0]


def test_a_calendar_follows_a_change_of_hall_and_what_is_dropped(visit: Visit) -> None:
    visit.release("v1")
    starred(visit, MODELS_1, SILICON_1)
    visit.log_in()
    where = address(visit)
    first = visit.get(where)
    visit.release("v2", s32=at(1.5, FAR))
    second = visit.get(where, if_none_match=first.headers["etag"])
    visit.release("v3", s34=None)
    third = visit.get(where)

    room = "Shulian Tower · 1F · room"
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert first.headers["cache-control"] == "private, no-cache"
    assert events(first.text) == [
        ("Models I", "Shulian Tower · 1F · Multi-function Hall 1 East", "CONFIRMED", 1),
        ("Silicon", room, "CONFIRMED", 1),
    ]
    assert events(second.text) == [
        ("Models I", "Cloud Plaza", "CONFIRMED", 2),
        ("Silicon", room, "CONFIRMED", 1),
    ]
    assert events(third.text) == [
        ("Models I", "Cloud Plaza", "CONFIRMED", 2),
        ("Silicon", room, "CANCELLED", 3),
    ]


def test_a_calendar_is_told_only_what_changed(visit: Visit) -> None:
    visit.release("v1")
    starred(visit, PLENARY)
    visit.log_in()
    where = address(visit)
    tag = visit.get(where).headers["etag"]

    again = visit.get(where, if_none_match=tag)

    assert (again.status_code, again.text, again.headers["etag"]) == (304, "", tag)


def test_an_address_is_made_anew_and_revoked(visit: Visit) -> None:
    visit.release("v1")
    visit.log_in()
    old, new = address(visit), address(visit)
    there = visit.submit(f"{LINK}/revoke")

    assert there.headers["location"] == LINK
    assert [visit.get(one).status_code for one in (old, new)] == [404, 404]
    assert "There is no address yet." in visit.page(LINK, who="vera").words


def test_the_secret_is_told_once(visit: Visit) -> None:
    visit.release("v1")
    visit.log_in()
    secret = address(visit).removeprefix("/congress-calendars/").removesuffix(".ics")
    later = visit.page(LINK, who="vera")

    assert "There is an address since" in later.words
    assert secret not in later.words


@pytest.mark.parametrize("name", ["none.ics", "none", ".ics"])
def test_at_other_addresses_no_calendar_is(still_visit: Visit, name: str) -> None:
    assert still_visit.get(f"/congress-calendars/{name}").status_code == 404


def test_no_token_makes_an_address(still_visit: Visit) -> None:
    assert still_visit.send(LINK, who="vera").status_code == 403
