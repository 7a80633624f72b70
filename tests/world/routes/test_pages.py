"""The world's pages: the plain page, the avatar, keeping order."""

from typing import Any

import pytest
from tests.park.routes.reading import Page
from tests.world.routes.conftest import Site
from tests.world.visitors import HALL, NOW, PARK, draft

from shulian.world import api
from shulian.world.types import Look, Measure, Right, VisitorKey

FORM = {
    "sex": "10",
    "age": "20",
    "weight": "30",
    "stature": "40",
    "skin": "1",
    "hair": "2",
    "hair_color": "3",
    "outfit": "4",
    "primary": "5",
    "secondary": "6",
}


def page(
    site: Site, path: str, headers: dict[str, str] | None = None, language: str = "en"
) -> Page:
    told = {**(headers or {}), "accept": "text/html", "accept-language": language}
    answer = site.client.get(path, headers=told)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def send(site: Site, path: str, headers: dict[str, str], **form: str) -> Any:
    return site.client.post(path, data=form, headers={**headers, "accept": "text/html"})


@pytest.mark.parametrize(("language", "title"), [("en", "Yuqiao Park"), ("zh-CN", "御桥科创园")])
def test_the_plain_page_names_the_park_and_where_one_can_go(
    site: Site, language: str, title: str
) -> None:
    found = page(site, "/parks/yq/together", language=language)

    assert title in found.words
    assert {"en": "Multi-function Hall 1 East", "zh-CN": "多功能厅1东"}[language] in found.words


def test_the_avatar_is_chosen_by_a_plain_form(site: Site) -> None:
    assert page(site, "/me/avatar", site.moderator).field("sex")["type"] == "range"
    answer = send(site, "/me/avatar", site.moderator, **FORM)

    assert (answer.status_code, answer.headers["location"]) == (303, "/me/avatar?done=saved")
    with site.database.transaction() as db:
        assert api.look_of(db, site.boss.demand_person()) == Look(10, 20, 30, 40, 1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize("wrong", [{"sex": "x"}, {"outfit": "99"}, {"hair": ""}, {"skin": "９"}])
def test_an_avatar_of_parts_there_are_not_is_refused(site: Site, wrong: dict[str, str]) -> None:
    assert send(site, "/me/avatar", site.moderator, **{**FORM, **wrong}).status_code == 422


def test_a_guest_is_sent_to_log_in_for_an_avatar(site: Site) -> None:
    answer = site.client.get("/me/avatar", headers={"accept": "text/html"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fme%2Favatar")


def test_order_is_empty_at_first(site: Site) -> None:
    words = page(site, "/parks/yq/order", site.moderator).words

    assert "No report is open." in words
    assert "Nobody is muted or banned." in words
    assert "The usual holds everywhere." in words


def test_order_shows_reports_measures_and_rules(site: Site) -> None:
    with site.database.transaction() as db:
        bob = VisitorKey("g-bob")
        (said,) = api.say(db, [draft("buy <b>now</b>", "1", sender=bob)])
        api.complain(
            db,
            PARK,
            HALL,
            about=bob,
            about_name="Bob",
            by=VisitorKey("g-ann"),
            by_name="Ann",
            reason="spam",
            message=said.number,
            now=NOW,
        )
    act = "/parks/yq/order"
    for path, form in (
        ("measures", {"zone": "yq", "measure": "ban", "person": "g-bob", "name": "Bob"}),
        ("measures", {"zone": "yq-hall", "measure": "mute_all"}),
        ("rules", {"zone": "yq-hall", "right": "present", "audience": "accounts"}),
    ):
        assert send(site, f"{act}/{path}", site.moderator, **form).status_code == 303
    words = page(site, act, site.moderator).words

    assert "Ann reported Bob" in words
    assert "What was said: buy <b>now</b>" in words
    assert "Bob Ban until taken back Boss" in words
    assert "Multi-function Hall 1 East Let all speak" in words
    assert "Multi-function Hall 1 East present people with an account" in words


def test_who_was_removed_is_listed_and_comes_back_by_themselves(site: Site) -> None:
    form = {"zone": "yq", "measure": "remove", "person": "g-bob", "name": "Bob"}
    send(site, "/parks/yq/order/measures", site.moderator, **form)
    words = page(site, "/parks/yq/order", site.moderator).words

    assert "Bob Remove" in words
    assert "Take back" not in words


def test_order_says_how_many_a_zone_takes_and_leads_to_where_that_is_set(site: Site) -> None:
    words = page(site, "/parks/yq/order", site.moderator).words
    answers = [
        site.client.get("/parks/yq/order/cap", params={"zone": zone}).headers["location"]
        for zone in ("yq-hall", "//evil.example/x?y")
    ]

    assert "Multi-function Hall 1 East (400 people)" in words
    assert answers == ["/spaces/yq-hall/edit", "/spaces/%2F%2Fevil.example%2Fx%3Fy/edit"]


def test_what_was_done_is_taken_back_on_the_page(site: Site) -> None:
    act = "/parks/yq/order"
    for path, form in (
        ("measures", {"zone": "yq", "measure": "mute", "person": "g-bob", "minutes": "5"}),
        ("measures", {"zone": "yq", "measure": "unmute", "person": "g-bob"}),
        ("rules", {"zone": "yq-hall", "right": "enter", "audience": "staff"}),
        ("rules", {"zone": "yq-hall", "right": "enter", "audience": "usual"}),
    ):
        assert send(site, f"{act}/{path}", site.moderator, **form).status_code == 303

    with site.database.transaction() as db:
        assert (api.sanctions(db, PARK, now=NOW), api.rules(db, PARK)) == ((), ())


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("rules", {"zone": "yq", "right": "fly", "audience": "staff"}),
        ("rules", {"zone": "yq", "right": Right.ENTER, "audience": "nobody"}),
        ("measures", {"zone": "yq", "measure": "hug"}),
        ("measures", {"zone": "yq", "measure": Measure.BAN}),
        ("measures", {"zone": "yq", "measure": "ban", "person": "g-1", "minutes": "-1"}),
        ("measures", {"zone": "yq", "measure": "ban", "person": "g-1", "minutes": "9" * 99}),
    ],
)
def test_a_wrong_form_is_refused(site: Site, path: str, form: dict[str, str]) -> None:
    assert send(site, f"/parks/yq/order/{path}", site.moderator, **form).status_code == 422


def test_a_guest_logs_in_on_the_way_to_order(site: Site) -> None:
    answer = site.client.get("/parks/yq/order", headers={"accept": "text/html"})

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/login?next=%2Fparks%2Fyq%2Forder",
    )


def test_order_is_not_shown_to_others(site: Site) -> None:
    told = {**site.member, "accept": "text/html"}

    assert site.client.get("/parks/yq/order", headers=told).status_code == 403
    assert "/parks/yq/order" not in page(site, "/parks/yq", site.member).links()
    assert "/parks/yq/order" in page(site, "/parks/yq", site.moderator).links()
