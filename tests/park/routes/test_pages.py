"""The park for people, page by page: what they say, in both languages, at what cost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.park.plans import (
    HALL,
    LATER,
    NOW,
    OPERATOR,
    PARK,
    imported,
    quiet_bus,
    small_park,
    space,
)
from tests.park.routes.conftest import Site
from tests.park.routes.reading import ask, page, queries

from shulian.kit.text import Text
from shulian.park import api
from shulian.park.types import LiveToken, ParkPlan, SpaceId, SpaceKind

ADDRESSES = [
    "/",
    "/parks/yq",
    "/parks/yq?date=2020-01-01",
    "/spaces/yq",
    "/spaces/yq-site",
    "/spaces/yq-phase",
    "/spaces/yq-tower",
    "/spaces/yq-f1",
    "/spaces/yq-hall",
    "/spaces/yq-seat-1",
    "/spaces/yq-tower/branch",
    "/search",
    "/search?q=hall",
]


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_there_in_both_languages(still: Site, path: str, language: str) -> None:
    answer = ask(still, path, language=language)

    assert (answer.status_code, answer.headers["content-language"]) == (200, language)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/parks/nothing", 404),
        ("/parks/yq-hall", 404),
        ("/parks/yq?date=tomorrow", 422),
        ("/parks/yq?date=2051-01-01", 422),
        ("/spaces/nothing", 404),
        ("/spaces/%00", 404),
        ("/spaces/nothing/branch", 404),
        ("/search?park=nothing", 404),
        ("/parks/nothing/scene", 404),
    ],
)
def test_what_is_not_there_is_said_on_a_page(still: Site, path: str, status: int) -> None:
    answer = ask(still, path)

    assert (answer.status_code, "problem__status" in answer.text) == (status, True)


def test_home_leads_into_the_park(still: Site) -> None:
    home = page(still, "/")

    assert home.title == "Yuqiao Park"
    assert {"/parks/yq", "/parks/yq/scene", "/spaces/yq-phase"} <= home.links()
    assert "Delivered" in home.words


def test_home_without_a_park_says_how_to_get_one(site: Site) -> None:
    with site.database.transaction() as db:
        api.remove_park(db, quiet_bus(db), OPERATOR, PARK, now=NOW)

    assert "shulian park import" in page(site, "/").words


def test_the_plan_lists_what_it_draws(still: Site) -> None:
    plan = page(still, "/parks/yq")

    drawn = {one["data-figure"] for _, one in plan.elements if "data-figure" in one}
    assert drawn == {"yq-tower", "yq-plaza"}
    assert {f"/spaces/{one}" for one in drawn} <= plan.links()


def test_the_plan_shows_what_is_not_delivered_on_a_day(still: Site) -> None:
    before, after = (page(still, f"/parks/yq?date={day}") for day in ("2023-06-29", "2023-06-30"))

    ghosts = [
        [one["data-figure"] for _, one in plan.elements if "figure--ghost" in one.get("class", "")]
        for plan in (before, after)
    ]
    assert ghosts == [["yq-tower"], []]


def test_the_way_into_the_scene_keeps_the_day_that_was_asked_for(still: Site) -> None:
    today, then = page(still, "/parks/yq"), page(still, "/parks/yq?date=2023-06-29")

    assert "/parks/yq/scene" in today.links()
    assert {
        "/parks/yq/scene?date=2023-06-29",
        "/parks/yq/scene?space=yq-phase&date=2023-06-29",
    } <= then.links()


def test_a_space_says_what_it_is_and_where(still: Site) -> None:
    hall = page(still, "/spaces/yq-hall", language="zh-CN")

    assert hall.title == "多功能厅1东"
    assert "400 人" in hall.words
    assert {"/parks/yq", "/spaces/yq-site", "/spaces/yq-tower", "/spaces/yq-f1"} <= hall.links()
    assert "/parks/yq/scene?space=yq-hall" in hall.links()


def test_a_space_without_a_name_is_called_by_its_kind_and_number(site: Site) -> None:
    plan = small_park()
    house = space("w123", "site", SpaceKind.BUILDING, name=Text())
    house = replace(house, id=SpaceId("yq.w123"))
    with site.database.transaction() as db:
        imported(db, ParkPlan(plan.place, (*plan.spaces, house), plan.scenery))

    assert page(site, "/spaces/yq.w123").title == "Unnamed building · w123"
    assert page(site, "/spaces/yq.w123", language="zh-CN").title == "未命名楼栋 · w123"
    assert "未命名楼栋 · w123" in page(site, "/spaces/yq-site", language="zh-CN").words


def test_many_buildings_without_a_name_are_loaded_when_they_are_asked_for(site: Site) -> None:
    plan = small_park()
    crowd = [space(f"w{number}", "site", SpaceKind.BUILDING, name=Text()) for number in range(30)]
    with site.database.transaction() as db:
        imported(db, ParkPlan(plan.place, (*plan.spaces, *crowd), plan.scenery))

    listed, rest = page(site, "/parks/yq"), page(site, "/spaces/yq-site/branch?nameless=1")

    assert "/spaces/yq-w7" not in listed.links()
    assert {f"/spaces/yq-w{number}" for number in range(30)} == rest.links()


def test_a_long_list_is_shown_in_part_until_all_is_asked_for(site: Site) -> None:
    plan = small_park()
    seats = [space(f"s{number}", "hall", SpaceKind.SEAT) for number in range(200)]
    with site.database.transaction() as db:
        imported(db, ParkPlan(plan.place, (*plan.spaces, *seats), plan.scenery))

    part, whole = page(site, "/spaces/yq-hall"), page(site, "/spaces/yq-hall?all=1")

    assert "/spaces/yq-hall?all=1#inside-seat" in part.links()
    all_of_them = {f"/spaces/{one.id}" for one in seats}
    assert [len(shown.links() & all_of_them) for shown in (part, whole)] == [120, 200]


def test_a_storey_leads_to_those_above_and_below(site: Site) -> None:
    plan = small_park()
    second = space("f2", "tower", SpaceKind.STOREY, order=1)
    with site.database.transaction() as db:
        imported(db, ParkPlan(plan.place, (*plan.spaces, second), plan.scenery))

    assert "/spaces/yq-f2" in page(site, "/spaces/yq-f1").links()
    assert "/spaces/yq-f1" in page(site, "/spaces/yq-f2").links()


def test_a_status_is_shown_until_it_ends(site: Site) -> None:
    with site.database.transaction() as db:
        api.put_status(
            db,
            quiet_bus(db),
            source="test",
            space=HALL,
            token=LiveToken.BUSY,
            words=Text("排练", "Rehearsal"),
            number=37,
            until=LATER + timedelta(hours=1),
            now=LATER,
        )

    assert "Rehearsal · 37 until 14:00" in page(site, "/spaces/yq-hall").words
    assert "排练 · 37 至 14:00" in page(site, "/spaces/yq-f1", language="zh-CN").words


@pytest.mark.parametrize("asked", ["", " ", "%00", "a" * 101, "%25", "zzzzzz"])
def test_a_search_that_finds_nothing_says_so_politely(still: Site, asked: str) -> None:
    assert not any("/spaces/" in link for link in page(still, f"/search?q={asked}").links())


def test_a_search_stays_in_its_park_and_kind(still: Site) -> None:
    found = page(still, "/search?q=hall&park=yq&kind=hall")

    assert {link for link in found.links() if link.startswith("/spaces/")} == {"/spaces/yq-hall"}


def test_names_with_markup_are_words(site: Site) -> None:
    plan = small_park()
    sly = space("sly", "site", SpaceKind.BUILDING, name=Text(en='<script>"&amp;'))
    with site.database.transaction() as db:
        imported(db, ParkPlan(plan.place, (*plan.spaces, sly), plan.scenery))

    assert page(site, "/spaces/yq-sly").title == '<script>"&amp;'


@pytest.mark.parametrize(
    ("path", "count"),
    [("/", 6), ("/parks/yq", 11), ("/spaces/yq-site", 14), ("/spaces/yq-tower", 12)],
)
def test_a_page_takes_as_many_queries_for_three_buildings_as_for_one(
    site: Site, path: str, count: int
) -> None:
    one = queries(site, path)
    plan = small_park()
    more = [space(name, "site", SpaceKind.BUILDING) for name in ("second", "third")]
    with site.database.transaction() as db:
        imported(db, ParkPlan(plan.place, (*plan.spaces, *more), plan.scenery))

    assert (one, queries(site, path)) == (count, count)
