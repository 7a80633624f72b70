"""What an organizer changes later, page by page."""

import re

import pytest
from tests.park.routes.reading import Page
from tests.ticketing.houses import PAYEE, SEATS
from tests.ticketing.routes.shops import Shop
from tests.ticketing.routes.test_desk import LATER, planned
from tests.ticketing.routes.test_own import bought
from tests.ticketing.routes.test_shop import ordered

from shulian.ticketing.routes.counter import PAYMENTS_A_MINUTE, WAITS_A_MINUTE

TIMES = {"start": "2026-12-02T12:00", "end": "2026-12-02T14:00"}
SHOW = {"title_en": "Sample show", "space": "yq-hall", **TIMES}
SEAT = {
    "name_en": "Seat",
    "price": "280",
    "start": "2026-11-21T12:00",
    "end": "2026-12-02T12:00",
    "buyers": "people",
    "online": "1",
    "most": "10",
}


def desk(shop: Shop) -> str:
    """The desk of the occasion on sale."""
    return f"/occasions/{shop.occasion}/desk"


def kind(shop: Shop) -> str:
    """The page of its seats."""
    return f"{desk(shop)}/types/{shop.seated}"


def typed(page: Page, field: str) -> str:
    """What stands in a field."""
    return page.field(field)["value"]


def test_the_form_shows_an_occasion_as_it_is(still_shop: Shop) -> None:
    page = still_shop.page(f"{desk(still_shop)}/change", who="org")

    assert typed(page, "title_zh") == "示例演出"
    assert typed(page, "title_en") == "Sample show"
    assert (typed(page, "start"), typed(page, "end")) == ("2026-12-02T12:00", "2026-12-02T14:00")


def test_an_occasion_is_called_and_timed_otherwise(shop: Shop) -> None:
    bought(shop, SEATS[0])
    later = {"start": "2026-12-03T19:00", "end": "2026-12-03T21:00"}
    told = {**SHOW, "title_zh": "新名字", "title_en": "New name", "about_en": "More.", **later}
    answer = shop.send(f"{desk(shop)}/change", who="org", **told)

    assert answer.headers["location"] == f"{desk(shop)}?done=changed"
    page = shop.page(f"{desk(shop)}?done=changed", who="org")
    assert "Saved." in page.words
    assert "New name" in page.words
    assert "Dec 3" in page.words or "3 Dec" in page.words


def test_a_hall_that_is_taken_is_said_with_the_next_free_times_which_one_click_takes(
    shop: Shop,
) -> None:
    planned(shop)
    answer = shop.send(f"{desk(shop)}/change", who="org", **{**SHOW, "title_en": "Typed", **LATER})
    assert answer.status_code == 409
    assert "It is taken at that time." in answer.text
    assert 'value="Typed"' in answer.text
    offered = re.findall(r'name="instead" value="([^"]+)"', answer.text)
    assert offered
    taken = {**SHOW, **LATER, "instead": offered[0].replace("&#43;", "+")}
    answer = shop.send(f"{desk(shop)}/change", who="org", **taken)

    assert answer.status_code == 303, answer.text
    at = offered[0].partition("/")[0].replace("&#43;", "+")
    found = shop.client.get(f"/api/occasions/{shop.occasion}").json()
    assert found["start"].replace("Z", "+00:00") == at


def test_a_new_occasion_is_told_the_next_free_times_too(shop: Shop) -> None:
    planned(shop)
    page = shop.get("/parks/yq/occasions/new", who="org").text
    (organizer,) = re.findall(r'<option value="([0-9a-f-]{36})"', page)
    form = {"organizer": organizer, "space": "yq-hall", "title_en": "A third", **LATER}
    answer = shop.send("/parks/yq/occasions/new", who="org", **form)

    assert answer.status_code == 409
    assert "It is taken at that time." in answer.text
    assert re.findall(r'name="instead" value="([^"]+)"', answer.text)


def test_the_hall_changes_until_a_seat_of_it_is_ordered(shop: Shop) -> None:
    elsewhere = {**SHOW, "space": "yq"}
    assert shop.send(f"{desk(shop)}/change", who="org", **elsewhere).status_code == 303
    found = shop.client.get(f"/api/occasions/{shop.occasion}").json()
    assert found["space"] == "yq"
    back = shop.send(f"{desk(shop)}/change", who="org", **SHOW)
    assert back.status_code == 303, back.text
    rows = ["0", "1", "2", "3", "4", "5"]
    shop.send(f"{kind(shop)}/seats", who="org", row=rows)
    ordered(shop, SEATS[0])
    answer = shop.send(f"{desk(shop)}/change", who="org", **elsewhere)

    assert answer.status_code == 409
    assert 'id="error-space"' in answer.text
    page = shop.page(f"{desk(shop)}/change", who="org")
    assert "the hall can no longer change" in page.words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_en": ""}, "title_zh"),
        ({"about_en": "x" * 4001}, "about_zh"),
        ({"end": "2026-12-02T11:00"}, "start"),
        ({"start": "tomorrow"}, "start"),
        ({"instead": "now/then"}, "start"),
        ({"space": "nowhere"}, "space"),
    ],
)
def test_what_is_wrong_with_an_occasion_is_said_beside_its_field(
    still_shop: Shop, changes: dict[str, str], field: str
) -> None:
    answer = still_shop.send(f"{desk(still_shop)}/change", who="org", **{**SHOW, **changes})

    assert answer.status_code in {404, 422}
    assert f'id="error-{field}"' in answer.text


def test_the_form_shows_a_type_as_it_is(still_shop: Shop) -> None:
    page = still_shop.page(kind(still_shop), who="org")

    names = ("name_zh", "price", "capacity", "most", "start", "end")
    assert [typed(page, one) for one in names] == [
        "座位",
        "280",
        "",
        "10",
        "2026-11-21T12:00",
        "2026-12-02T12:00",
    ]


def test_a_type_is_sold_otherwise(shop: Shop) -> None:
    changes = {"name_en": "Stalls", "price": "99.50", "most": "4", "capacity": "5"}
    told = {**SEAT, **changes, "end": "2026-12-01T12:00", "buyers": "members"}
    answer = shop.send(kind(shop), who="org", **told)

    assert answer.headers["location"] == f"{desk(shop)}?done=type_changed"
    page = shop.page(kind(shop), who="org")
    assert [typed(page, one) for one in ("name_en", "price", "most", "capacity", "end")] == [
        "Stalls",
        "99.50",
        "4",
        "5",
        "2026-12-01T12:00",
    ]
    (seated, _) = shop.client.get(f"/api/occasions/{shop.occasion}/types").json()
    assert (seated["buyers"], seated["online"]) == ("members", True)


def test_what_is_sold_keeps_its_price_and_who_attends_online_may(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])
    shop.send(f"/tickets/{ticket}/attend", who="ann", attendance="online")
    page = shop.page(kind(shop), who="org")
    assert "so it can no longer change" in page.words
    assert "so that cannot be taken away" in page.words
    answer = shop.send(kind(shop), who="org", **{**SEAT, "price": "1", "online": "", "most": "3"})

    assert answer.status_code == 303
    (seated, _) = shop.client.get(f"/api/occasions/{shop.occasion}/types").json()
    assert (seated["price"], seated["online"], seated["most"]) == (28_000, True, 3)
    for change, code in (({"price": 1}, "price_in_use"), ({"online": False}, "online_in_use")):
        path = f"/api/ticket-types/{shop.seated}"
        told = shop.client.patch(path, json=change, headers=shop.headers["org"])
        assert (told.status_code, told.json()["code"]) == (409, f"ticketing.{code}")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_en": "", "name_zh": ""}, "name_zh"),
        ({"price": "a lot"}, "price"),
        ({"price": "-1"}, "price"),
        ({"most": "0"}, "most"),
        ({"capacity": "many"}, "capacity"),
        ({"capacity": "0"}, "capacity"),
        ({"end": "2026-10-01T09:00"}, "start"),
        ({"buyers": "friends"}, "buyers"),
    ],
)
def test_what_is_wrong_with_a_type_is_said_beside_its_field(
    still_shop: Shop, changes: dict[str, str], field: str
) -> None:
    answer = still_shop.send(kind(still_shop), who="org", **{**SEAT, **changes})

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text


def test_fewer_than_are_sold_there_cannot_be(shop: Shop) -> None:
    ordered(shop, SEATS[0], SEATS[1])
    answer = shop.send(kind(shop), who="org", **{**SEAT, "capacity": "1"})

    assert answer.status_code == 409
    assert 'id="error-capacity"' in answer.text


def test_a_sale_is_closed_and_opened_again(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])
    held = ordered(shop, SEATS[1], who="ben")
    answer = shop.send(f"{desk(shop)}/close", who="org")
    assert answer.headers["location"] == f"{desk(shop)}?done=closed"
    page = shop.page(f"/occasions/{shop.occasion}", who="ann")
    assert "The organizer has closed the sale for now." in page.words
    refused = shop.send(f"/occasions/{shop.occasion}/order", who="ann", seat=[SEATS[2]])
    assert refused.status_code == 409
    assert shop.get(f"/tickets/{ticket}.pdf", who="ann").status_code == 200
    paying = shop.send(f"/orders/{held}/pay", who="ben", provider="test")
    assert paying.headers["location"].startswith("/pay/test/")

    shop.send(f"{desk(shop)}/open", who="org")
    ordered(shop, SEATS[2])


def test_programs_close_a_sale_too(shop: Shop) -> None:
    path = f"/api/occasions/{shop.occasion}"
    states = [
        shop.client.post(f"{path}/{act}", headers=shop.headers["org"]).json()["state"]
        for act in ("close", "close", "open")
    ]

    assert states == ["closed", "closed", "open"]
    assert shop.client.post(f"{path}/close", headers=shop.headers["ann"]).status_code == 403


def test_an_account_is_given_shown_to_who_owes_and_taken_away(shop: Shop) -> None:
    order = ordered(shop, SEATS[0])
    page = shop.page(f"{desk(shop)}/payee", who="org")
    assert typed(page, "account") == PAYEE.account
    told = {"name": "Other stage", "bank": "Sample Bank", "account": "6222 0000 1111 2222"}
    answer = shop.send(f"{desk(shop)}/payee", who="org", **told)
    assert answer.headers["location"] == f"{desk(shop)}?done=payee"
    assert "6222 0000 1111 2222" in shop.page(desk(shop), who="org").words
    assert "Other stage" not in shop.get(f"/orders/{order}", who="ann").text
    shop.send(f"/orders/{order}/pay", who="ann", provider="transfer")
    owed = shop.get(f"/orders/{order}", who="ann").text
    for copied in ("Other stage", "6222000011112222", "280.00"):
        assert f'data-copy="{copied}"' in owed
    money = f"/api/orders/{order}/money"
    shown = shop.client.get(money, headers=shop.headers["ann"]).json()["payee"]
    assert shown == {"name": "Other stage", "bank": "Sample Bank", "account": "6222000011112222"}
    assert shop.client.get(money, headers=shop.headers["ben"]).status_code == 404

    shop.send(f"{desk(shop)}/payee", who="org", do="drop")
    assert "There is no account yet" in shop.page(desk(shop), who="org").words
    assert "Do not transfer yet" in shop.page(f"/orders/{order}", who="ann").words
    other = ordered(shop, SEATS[1], who="ben")
    assert "Pay by transfer" not in shop.page(f"/orders/{other}", who="ben").words
    refused = shop.send(f"/orders/{other}/pay", who="ben", provider="transfer")
    assert refused.status_code == 409


@pytest.mark.parametrize("field", ["name", "bank", "account"])
def test_what_is_wrong_with_an_account_is_said_beside_its_field(
    still_shop: Shop, field: str
) -> None:
    told = {"name": "A", "bank": "B", "account": "622200", field: ""}
    answer = still_shop.send(f"{desk(still_shop)}/payee", who="org", **told)

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text


def test_programs_read_give_and_take_away_an_account(shop: Shop) -> None:
    page = shop.get("/parks/yq/occasions/new", who="org").text
    (organizer,) = re.findall(r'<option value="([0-9a-f-]{36})"', page)
    path, who = f"/api/organizations/{organizer}/payee", shop.headers["org"]
    told = {"name": "Other", "bank": "Bank", "account": "6222-0000"}
    assert shop.client.put(path, json=told, headers=who).json() == told
    assert shop.client.get(path, headers=who).json() == told
    wrong = shop.client.put(path, json={**told, "account": ""}, headers=who)
    assert (wrong.status_code, wrong.json()["fields"].keys()) == (422, {"account"})
    for method in ("GET", "PUT", "DELETE"):
        refused = shop.client.request(method, path, json=told, headers=shop.headers["ann"])
        assert refused.status_code == 403
    assert shop.client.delete(path, headers=who).status_code == 204
    assert shop.client.get(path, headers=who).json() is None


def test_a_transfer_that_nobody_waits_for_and_that_comes_is_a_refund(shop: Shop) -> None:
    order = ordered(shop, SEATS[0])
    shop.send(f"/orders/{order}/pay", who="ann", provider="transfer")
    shop.send(f"/orders/{order}/cancel", who="ann")
    page = shop.get(desk(shop), who="org").text
    assert "Transfers that nobody waits for (1)" in page
    (action,) = re.findall(rf'action="({desk(shop)}/transfers/[^"]+)"', page)
    shop.send(action, who="org")

    page = shop.get(desk(shop), who="org").text
    assert re.findall(rf'action="({desk(shop)}/refunds/[^"]+)"', page)
    assert "Transfers that nobody waits for" not in page


def test_what_is_called_off_shows_how_far_it_is_undone(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])
    held = ordered(shop, SEATS[1], who="ben")
    shop.send(f"{desk(shop)}/cancel", who="org")
    page = shop.page(desk(shop), who="org")

    assert "0 of 2 done" in page.words
    assert "Pay by transfer" not in shop.page(f"/orders/{held}", who="ben").words
    assert shop.send(f"/orders/{held}/pay", who="ben", provider="test").status_code == 409
    assert shop.send(f"/tickets/{ticket}/name", who="ann", name="x").status_code == 409
    assert shop.get(f"{desk(shop)}/change", who="org").status_code == 200
    assert shop.send(f"{desk(shop)}/change", who="org", **SHOW).status_code == 409
    assert shop.send(kind(shop), who="org", **SEAT).status_code == 409


@pytest.mark.parametrize("path", ["change", "payee", "types/{kind}"])
@pytest.mark.parametrize("who", ["ann", ""])
def test_only_the_organizer_changes_anything(still_shop: Shop, path: str, who: str) -> None:
    where = f"{desk(still_shop)}/{path.format(kind=still_shop.seated)}"

    assert still_shop.get(where, who=who).status_code in {303, 403}
    if who:
        assert still_shop.send(where, who=who).status_code == 403


def test_the_type_of_another_occasion_is_not_there(still_shop: Shop) -> None:
    unknown = f"{desk(still_shop)}/types/{still_shop.occasion}"

    assert still_shop.get(unknown, who="org").status_code == 404


@pytest.mark.parametrize("path", ["change", "payee", "types/{kind}", ""])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_speaks_both_languages(still_shop: Shop, path: str, language: str) -> None:
    where = f"{desk(still_shop)}/{path.format(kind=still_shop.seated)}".rstrip("/")

    words = still_shop.page(where, who="org", language=language).words
    assert "ticketing." not in words
    assert "booking." not in words


def test_prices_are_told_from_the_lowest_to_the_highest(still_shop: Shop) -> None:
    assert "Free–¥280" in still_shop.page("/parks/yq/occasions").words
    assert "免费–¥280" in still_shop.page("/parks/yq/occasions", language="zh-CN").words


def test_forms_and_programs_share_the_limits_of_places_and_payments(shop: Shop) -> None:
    waits = f"/occasions/{shop.occasion}/waiting"
    for _ in range(WAITS_A_MINUTE):
        shop.client.delete(f"/api/ticket-types/{shop.seated}/waiting", headers=shop.headers["ann"])
    assert shop.send(waits, who="ann", sold=shop.seated, count="1").status_code == 429
    assert shop.send(f"/occasions/{shop.occasion}/queue", who="ann").status_code == 429
    order = ordered(shop, SEATS[0])
    for _ in range(PAYMENTS_A_MINUTE):
        shop.client.post(
            f"/api/orders/{order}/payments", json={"provider": "free"}, headers=shop.headers["ann"]
        )
    assert shop.send(f"/orders/{order}/cancel", who="ann").status_code == 429
