"""From the hall to a paid order, page by page, without script."""

import re
from uuid import uuid4

import pytest
from tests.ticketing.houses import HALL, SEATS
from tests.ticketing.routes.shops import Shop


def order_of(answer_location: str) -> str:
    """The id of the order that an answer leads to."""
    found = re.fullmatch(r"/orders/([0-9a-f-]{36})", answer_location)
    assert found
    return found[1]


def ordered(shop: Shop, *seats: str, who: str = "ann") -> str:
    """The id of an order for some seats."""
    answer = shop.send(f"/occasions/{shop.occasion}/order", who=who, seat=list(seats))
    assert answer.status_code == 303, answer.text
    return order_of(answer.headers["location"])


def paid(shop: Shop, order: str, do: str = "pay", who: str = "ann") -> None:
    """Pay at the test provider, or what else one does there."""
    begun = shop.send(f"/orders/{order}/pay", who=who, provider="test")
    assert begun.status_code == 303
    till = begun.headers["location"]
    assert "Test payment" in shop.page(till, who=who).words
    assert shop.send(till, who=who, do=do).headers["location"] == f"/orders/{order}"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("who", ["", "ann", "org"])
def test_every_page_of_the_shop_is_there_in_both_languages(
    still_shop: Shop, who: str, language: str
) -> None:
    where = f"/occasions/{still_shop.occasion}"

    for path in ("/parks/yq/occasions", where, f"{where}/seats", f"/spaces/{HALL}"):
        answer = still_shop.get(path, who=who, language=language)
        assert (answer.status_code, answer.headers["content-language"]) == (200, language)
        assert "ticketing." not in answer.text.replace("/ticketing.", "")


def test_what_one_may_come_to_is_listed_in_the_park_and_in_its_hall(still_shop: Shop) -> None:
    link = f"/occasions/{still_shop.occasion}"

    assert link in still_shop.page("/parks/yq/occasions").links()
    assert link in still_shop.page(f"/spaces/{HALL}").links()
    assert "Sample show" in still_shop.page("/parks/yq/occasions").words


def test_an_occasion_says_when_where_and_what_is_left(still_shop: Shop) -> None:
    page = still_shop.page(f"/occasions/{still_shop.occasion}")

    assert page.title.startswith("Sample show")
    # at four in the morning by universal time it is noon in the park
    assert "2 Dec 2026 12:00–14:00" in page.words
    assert "¥280" in page.words
    assert "only 6 left" in page.words
    assert f"/parks/yq/scene?space={HALL}&occasion={still_shop.occasion}" in page.links()


def test_seats_are_picked_from_a_list_and_held(shop: Shop) -> None:
    order = ordered(shop, SEATS[1], SEATS[2])

    page = shop.page(f"/orders/{order}", who="ann")
    assert "Seat 2" in page.words
    assert "Seat 3" in page.words
    assert "¥560" in page.words
    assert "Pay until" in page.words


def test_the_best_seats_together_are_picked_without_script(still_shop: Shop) -> None:
    page = still_shop.page(
        f"/occasions/{still_shop.occasion}/seats?type={still_shop.seated}&count=2"
    )

    boxes = [one for tag, one in page.elements if tag == "input" and one.get("name") == "seat"]
    assert len(boxes) == len(SEATS)
    assert sum("checked" in one for one in boxes) == 2


def test_who_asks_for_too_many_seats_is_told(still_shop: Shop) -> None:
    page = still_shop.page(
        f"/occasions/{still_shop.occasion}/seats?type={still_shop.seated}&count=9"
    )

    assert "There are not so many left" in page.words


def test_paying_at_the_test_provider_makes_tickets(shop: Shop) -> None:
    order = ordered(shop, SEATS[0], SEATS[1])

    paid(shop, order)

    assert "Paid. The tickets are yours." in shop.page(f"/orders/{order}", who="ann").words
    mine = shop.page("/me/tickets", who="ann")
    assert "Seat 1" in mine.words
    assert "Seat 2" in mine.words
    assert sum(link.endswith(".pdf") for link in mine.links()) == 2


@pytest.mark.parametrize(
    ("do", "words"),
    [
        ("fail", "The payment failed. You can try again."),
        ("lost", "We wait to hear of your payment."),
        ("late", "We wait to hear of your payment."),
        ("twice", "Paid. The tickets are yours."),
        ("nonsense", "The payment failed. You can try again."),
    ],
)
def test_the_order_says_what_became_of_the_payment(shop: Shop, do: str, words: str) -> None:
    order = ordered(shop, SEATS[0])

    paid(shop, order, do)

    assert words in shop.page(f"/orders/{order}", who="ann").words


def test_a_transfer_says_all_that_it_needs(shop: Shop) -> None:
    order = ordered(shop, SEATS[0])

    answer = shop.send(f"/orders/{order}/pay", who="ann", provider="transfer")
    page = shop.page(f"/orders/{order}", who="ann")

    assert answer.headers["location"] == f"/orders/{order}"
    assert re.search(r"Reference\s*T[2-9A-Z]{12}", page.words)
    assert "To arrive by" in page.words


def test_free_tickets_are_counted_and_confirmed(shop: Shop) -> None:
    form = {f"count.{shop.online}": "2"}
    answer = shop.send(f"/occasions/{shop.occasion}/order", who="ann", **form)
    order = order_of(answer.headers["location"])

    shop.send(f"/orders/{order}/pay", who="ann", provider="free")

    assert "Paid. The tickets are yours." in shop.page(f"/orders/{order}", who="ann").words


def test_who_comes_second_is_told_which_seats_went_and_is_offered_others(shop: Shop) -> None:
    ordered(shop, SEATS[1], SEATS[2], who="ben")

    answer = shop.send(f"/occasions/{shop.occasion}/order", who="ann", seat=[SEATS[1], SEATS[3]])

    assert answer.status_code == 409
    assert "Somebody else has just taken Seat 2." in answer.text
    assert answer.text.count(" checked") == 2


def test_the_same_form_sent_twice_orders_once(shop: Shop) -> None:
    path, form = f"/occasions/{shop.occasion}/order", {"seat": [SEATS[0]], "key": "k1"}

    first, second = shop.send(path, who="ann", **form), shop.send(path, who="ann", **form)

    assert first.headers["location"] == second.headers["location"]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"seat": ["no-such-seat"]}, 422),
        ({"seat": [SEATS[0], SEATS[0]]}, 422),
        ({"count.nonsense": "1"}, 422),
        ({f"count.{uuid4()}": "1"}, 404),
        ({"seat": [SEATS[0]], "key": "x" * 200}, 422),
    ],
)
def test_a_form_that_makes_no_sense_is_answered_with_the_page(
    still_shop: Shop, form: dict[str, str | list[str]], status: int
) -> None:
    answer = still_shop.send(f"/occasions/{still_shop.occasion}/order", who="ann", **form)

    assert answer.status_code == status
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("count", ["-1", "many", "99999999999", "1.5"])
def test_a_count_that_is_none_is_refused(still_shop: Shop, count: str) -> None:
    form = {f"count.{still_shop.online}": count}

    answer = still_shop.send(f"/occasions/{still_shop.occasion}/order", who="ann", **form)

    assert answer.status_code == 422


def test_an_order_is_nobody_elses(shop: Shop) -> None:
    order = ordered(shop, SEATS[0])

    assert shop.get(f"/orders/{order}", who="ben").status_code == 404
    assert shop.get(f"/orders/{order}").headers["location"].startswith("/login?next=")
    assert shop.send(f"/orders/{order}/pay", who="ben", provider="test").status_code == 404
    assert shop.send(f"/orders/{order}/cancel", who="ben").status_code == 404


def test_an_order_that_is_not_paid_can_be_given_up(shop: Shop) -> None:
    order = ordered(shop, SEATS[0])

    shop.send(f"/orders/{order}/cancel", who="ann")

    assert "This order was cancelled." in shop.page(f"/orders/{order}", who="ann").words
    ordered(shop, SEATS[0], who="ben")


def test_one_who_holds_an_order_is_led_back_to_it(shop: Shop) -> None:
    order = ordered(shop, SEATS[0])

    for path in (f"/occasions/{shop.occasion}", f"/occasions/{shop.occasion}/seats"):
        assert f"/orders/{order}" in shop.page(path, who="ann").links()
        assert f"/orders/{order}" not in shop.page(path, who="ben").links()


@pytest.mark.parametrize(
    "path",
    [
        "/occasions/00000000-0000-4000-8000-000000000007",
        "/occasions/00000000-0000-4000-8000-000000000007/seats",
        "/occasions/nonsense",
        "/parks/nothing/occasions",
        "/api/occasions/00000000-0000-4000-8000-000000000007/proposal?type=00000000-0000-4000-8000-000000000007",
        "/api/spaces/nothing/occasions",
        "/api/live/occasions/00000000-0000-4000-8000-000000000007",
    ],
)
def test_what_is_not_there_is_not_there(still_shop: Shop, path: str) -> None:
    assert still_shop.get(path, who="ann").status_code == 404


def test_a_program_is_proposed_seats(still_shop: Shop) -> None:
    path = f"/api/occasions/{still_shop.occasion}/proposal"

    found = still_shop.client.get(path, params={"type": still_shop.seated, "count": 2}).json()

    assert (found["parts"], found["lonely"], found["total"]) == ([2], ["yq-seat-3"], 56_000)
    assert sorted(found["seats"]) == ["yq-seat-1", "yq-seat-2"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"count": 0}, 422),
        ({"count": 11}, 422),
        ({"count": "two"}, 422),
        ({"count": 7}, 409),
        ({"type": str(uuid4())}, 404),
        ({"type": "nonsense"}, 422),
    ],
)
def test_a_proposal_that_cannot_be_is_refused(
    still_shop: Shop, query: dict[str, str | int], status: int
) -> None:
    path = f"/api/occasions/{still_shop.occasion}/proposal"

    answer = still_shop.client.get(path, params={"type": still_shop.seated, "count": 2, **query})

    assert answer.status_code == status


def test_a_hall_tells_its_occasions_and_their_seats(still_shop: Shop) -> None:
    (found,) = still_shop.client.get(f"/api/spaces/{HALL}/occasions").json()

    assert (found["id"], found["title"]["en"]) == (still_shop.occasion, "Sample show")
    (price,) = found["prices"]
    assert (price["price"], sorted(price["seats"])) == (28_000, list(SEATS))
