"""The organizer's desk, page by page."""

import re

import pytest
from tests.ticketing.houses import HALL, SEATS
from tests.ticketing.routes.shops import Shop
from tests.ticketing.routes.test_own import bought
from tests.ticketing.routes.test_shop import ordered

LATER = {"start": "2026-12-20T19:30", "end": "2026-12-20T21:30"}
TYPE = {
    "name_en": "Stalls",
    "price": "99.50",
    "start": "2026-11-01T09:00",
    "end": "2026-12-20T19:00",
    "seated": "1",
    "online": "1",
    "most": "4",
}


def planned(shop: Shop) -> str:
    """The desk of a new occasion."""
    page = shop.page("/parks/yq/occasions/new", who="org")
    (organizer,) = re.findall(
        r'<option value="([0-9a-f-]{36})"', shop.get("/parks/yq/occasions/new", who="org").text
    )
    assert page.field("space")
    form = {"organizer": organizer, "space": HALL, "title_en": "Another show", **LATER}
    answer = shop.send("/parks/yq/occasions/new", who="org", **form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def test_an_occasion_is_planned_filled_and_opened(shop: Shop) -> None:
    desk = planned(shop)
    where = desk.removesuffix("/desk")
    assert shop.get(where, who="ann").status_code == 404

    shop.send(f"{desk}/types", who="org", **TYPE)
    (kind,) = re.findall(rf"{desk}/types/([0-9a-f-]{{36}})/seats", shop.get(desk, who="org").text)
    shop.send(f"{desk}/types/{kind}/seats", who="org", row=["0", "1", "2", "3", "4", "5"])
    shop.send(f"{desk}/open", who="org")

    page = shop.page(where, who="ann")
    assert page.title.startswith("Another show")
    assert "¥99.50" in page.words
    assert "only 6 left" in page.words


def test_a_hall_that_is_taken_is_not_planned_twice(shop: Shop) -> None:
    planned(shop)
    (organizer,) = re.findall(
        r'<option value="([0-9a-f-]{36})"', shop.get("/parks/yq/occasions/new", who="org").text
    )

    form = {"organizer": organizer, "space": HALL, "title_en": "A third", **LATER}
    answer = shop.send("/parks/yq/occasions/new", who="org", **form)

    assert answer.status_code == 409
    assert 'value="A third"' in answer.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_en": ""}, "title_zh"),
        ({"end": "2026-12-20T18:00"}, "start"),
        ({"start": "tomorrow"}, "start"),
        ({"organizer": "me"}, "organizer"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_beside_its_field(
    still_shop: Shop, changes: dict[str, str], field: str
) -> None:
    (organizer,) = re.findall(
        r'<option value="([0-9a-f-]{36})"',
        still_shop.get("/parks/yq/occasions/new", who="org").text,
    )
    form = {"organizer": organizer, "space": HALL, "title_en": "Show", **LATER, **changes}

    answer = still_shop.send("/parks/yq/occasions/new", who="org", **form)

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"price": "a lot"}, "price"),
        ({"price": "-1"}, "price"),
        ({"price": "1.005"}, "price"),
        ({"price": "NaN"}, "price"),
        ({"most": "0"}, "most"),
        ({"capacity": "many"}, "capacity"),
        ({"seated": "", "capacity": ""}, "capacity"),
        ({"end": "2026-10-01T09:00"}, "start"),
        ({"buyers": "friends"}, "buyers"),
        ({"name_en": ""}, "name_zh"),
    ],
)
def test_what_is_wrong_with_a_type_is_said_beside_its_field(
    still_shop: Shop, changes: dict[str, str], field: str
) -> None:
    path = f"/occasions/{still_shop.occasion}/desk/types"
    form = {**TYPE, "end": "2026-12-01T09:00", **changes}

    answer = still_shop.send(path, who="org", **form)

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text


def test_the_figures_follow_what_is_sold_and_held(shop: Shop) -> None:
    bought(shop, SEATS[0], SEATS[1])
    ordered(shop, SEATS[2], who="ben")

    words = shop.page(f"/occasions/{shop.occasion}/desk", who="org").words

    # price, sold, held, left, inside, out, online, no-shows, revenue
    assert re.search(r"¥280\s*2\s*1\s*3\s*0\s*0\s*0\s*0\s*¥560", words)


def test_a_transfer_is_confirmed_at_the_desk(shop: Shop) -> None:
    order = ordered(shop, SEATS[0])
    shop.send(f"/orders/{order}/pay", who="ann", provider="transfer")
    desk = f"/occasions/{shop.occasion}/desk"
    (action,) = re.findall(rf'action="({desk}/transfers/[^"]+)"', shop.get(desk, who="org").text)

    assert shop.send(action, who="ann").status_code == 403
    shop.send(action, who="org")

    assert "Paid. The tickets are yours." in shop.page(f"/orders/{order}", who="ann").words


def test_a_refund_is_settled_at_the_desk(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])
    shop.send(f"/tickets/{ticket}/cancel", who="ann")
    desk = f"/occasions/{shop.occasion}/desk"
    (action,) = re.findall(rf'action="({desk}/refunds/[^"]+)"', shop.get(desk, who="org").text)

    shop.send(action, who="org")

    page = shop.get(desk, who="org").text
    assert not re.findall(rf'action="({desk}/refunds/[^"]+)"', page)


def test_an_occasion_is_called_off(shop: Shop) -> None:
    bought(shop, SEATS[0])

    shop.send(f"/occasions/{shop.occasion}/desk/cancel", who="org")

    page = shop.page(f"/occasions/{shop.occasion}", who="ann")
    assert "This is called off; what was paid goes back." in page.words
    again = shop.send(f"/occasions/{shop.occasion}/order", who="ben", seat=[SEATS[1]])
    assert again.status_code == 409


def test_tables_are_for_the_organizer(shop: Shop) -> None:
    bought(shop, SEATS[0])

    for name, first in (("tickets", "ticket,order"), ("payments", "payment,order")):
        path = f"/occasions/{shop.occasion}/{name}.csv"
        answer = shop.get(path, who="org")
        assert first in answer.text
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert shop.get(path, who="ann").status_code == 403


@pytest.mark.parametrize("path", ["", "/types", "/open", "/cancel"])
def test_the_desk_is_for_the_organizer(still_shop: Shop, path: str) -> None:
    desk = f"/occasions/{still_shop.occasion}/desk"

    if not path:
        assert still_shop.get(desk, who="ann").status_code == 403
        assert still_shop.get("/parks/yq/occasions/new", who="ann").status_code == 403
    else:
        assert still_shop.send(desk + path, who="ann").status_code == 403


def test_rows_of_which_a_seat_is_sold_stay_what_they_are(shop: Shop) -> None:
    bought(shop, SEATS[0])
    desk = f"/occasions/{shop.occasion}/desk"

    answer = shop.send(f"{desk}/types/{shop.seated}/seats", who="org", row=[])

    assert answer.status_code == 409
