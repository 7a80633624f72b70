"""My tickets: named, handed on, used from afar, given back, page by page."""

from uuid import uuid4

import pytest
from tests.ticketing.houses import SEATS
from tests.ticketing.routes.shops import Shop
from tests.ticketing.routes.test_shop import ordered, paid


def bought(shop: Shop, *seats: str, who: str = "ann") -> list[str]:
    """The ids of the tickets for some seats, which are paid."""
    order = ordered(shop, *seats, who=who)
    paid(shop, order, who=who)
    links = shop.page("/me/tickets", who=who).links()
    return sorted(
        link.split("/")[2].removesuffix(".pdf") for link in links if link.endswith(".pdf")
    )


def test_who_has_no_tickets_is_told_so_and_where_there_are_some(shop: Shop) -> None:
    page = shop.page("/me/tickets", who="ann")

    assert "You have no tickets yet." in page.words
    assert "/parks/yq/occasions" in page.links()


def test_a_guest_is_asked_to_log_in(shop: Shop) -> None:
    assert shop.get("/me/tickets").headers["location"].startswith("/login")


def test_a_ticket_gets_a_name(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])

    answer = shop.send(f"/tickets/{ticket}/name", who="ann", name="Ann Lin")

    assert answer.headers["location"] == "/me/tickets?done=named"
    page = shop.page("/me/tickets?done=named", who="ann")
    assert "The name is saved." in page.words
    assert "Ann Lin" in page.words


def test_a_name_that_is_too_long_is_refused_beside_its_field(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])

    answer = shop.send(f"/tickets/{ticket}/name", who="ann", name="x" * 101)

    assert answer.status_code == 422
    assert f'id="error-name-{ticket}"' in answer.text


def test_a_ticket_is_handed_on_to_another_account(shop: Shop) -> None:
    first, second = bought(shop, SEATS[0], SEATS[1])

    shop.send(f"/tickets/{first}/hand-on", who="ann", email="ben@park.example", name="Ben")
    offered = shop.page("/me/tickets", who="ben")
    assert "ann wants to hand a ticket on to you" in offered.words.lower()
    assert f"/tickets/{first}.pdf" in shop.page("/me/tickets", who="ann").links()
    answer = shop.send(f"/tickets/{first}/take", who="ben")
    assert answer.headers["location"] == "/me/tickets?done=taken"

    assert f"/tickets/{first}.pdf" in shop.page("/me/tickets", who="ben").links()
    assert f"/tickets/{first}.pdf" not in shop.page("/me/tickets", who="ann").links()
    assert f"/tickets/{second}.pdf" in shop.page("/me/tickets", who="ann").links()


def test_nobody_learns_by_handing_on_who_has_an_account(shop: Shop) -> None:
    first, second = bought(shop, SEATS[0], SEATS[1])
    answers = [
        shop.send(f"/tickets/{ticket}/hand-on", who="ann", email=email)
        for ticket, email in ((first, "ben@park.example"), (second, "nobody@park.example"))
    ]
    words = shop.page("/me/tickets?done=handed", who="ann").words

    assert [one.headers["location"] for one in answers] == ["/me/tickets?done=handed"] * 2
    assert "Offered to ben@park.example." in words
    assert "Offered to nobody@park.example." in words


def test_an_address_that_is_none_is_refused_beside_its_field(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])

    answer = shop.send(f"/tickets/{ticket}/hand-on", who="ann", email="nobody")

    assert answer.status_code == 422
    assert f'id="error-email-{ticket}"' in answer.text


def test_a_ticket_that_is_offered_is_kept_or_declined(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])
    for who in ("ann", "ben"):
        shop.send(f"/tickets/{ticket}/hand-on", who="ann", email="ben@park.example")
        answer = shop.send(f"/tickets/{ticket}/keep", who=who)
        assert answer.headers["location"] == "/me/tickets?done=kept"
    late = shop.send(f"/tickets/{ticket}/take", who="ben")

    assert late.status_code == 404
    assert "Offered to" not in shop.page("/me/tickets", who="ann").words


def test_who_hands_on_too_often_by_form_waits_for_programs_too(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])
    path = f"/tickets/{ticket}/hand-on"
    answers = [shop.send(path, who="ann", email="x@park.example").status_code for _ in range(10)]
    by_form = shop.send(path, who="ann", email="x@park.example").status_code
    told = {"email": "x@park.example"}
    by_program = shop.client.post(f"/api{path}", json=told, headers=shop.headers["ann"])

    assert (set(answers), by_form, by_program.status_code) == ({303}, 429, 429)


def test_one_attends_from_afar_and_comes_back(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])

    shop.send(f"/tickets/{ticket}/attend", who="ann", attendance="online")
    afar = shop.page("/me/tickets", who="ann").words
    shop.send(f"/tickets/{ticket}/attend", who="ann", attendance="on_site")

    assert "Attend on site" in afar
    assert "Seat 1" in afar
    assert "Attend online" in shop.page("/me/tickets", who="ann").words


def test_a_ticket_is_given_back(shop: Shop) -> None:
    first, second = bought(shop, SEATS[0], SEATS[1])

    shop.send(f"/tickets/{first}/cancel", who="ann")

    page = shop.page("/me/tickets", who="ann")
    assert f"/tickets/{second}.pdf" in page.links()
    assert f"/tickets/{first}.pdf" not in page.links()
    ordered(shop, SEATS[1] if "Seat 1" in page.words else SEATS[0], who="ben")


def test_an_order_that_is_paid_is_given_back_whole(shop: Shop) -> None:
    order = ordered(shop, SEATS[0], SEATS[1])
    paid(shop, order)

    shop.send(f"/orders/{order}/cancel", who="ann")

    page = shop.page(f"/orders/{order}", who="ann")
    assert "This order was cancelled." in page.words
    assert "¥280 will go back" in page.words


@pytest.mark.parametrize("act", ["name", "hand-on", "take", "keep", "attend", "cancel"])
def test_nobody_changes_the_ticket_of_somebody_else(shop: Shop, act: str) -> None:
    (ticket,) = bought(shop, SEATS[0])
    form = {"name": "x", "email": "ben@park.example", "attendance": "online"}

    assert shop.send(f"/tickets/{ticket}/{act}", who="ben", **form).status_code == 404
    assert shop.send(f"/tickets/{uuid4()}/{act}", who="ben", **form).status_code == 404


def test_a_way_to_take_part_that_is_none_is_refused(shop: Shop) -> None:
    (ticket,) = bought(shop, SEATS[0])

    assert (
        shop.send(f"/tickets/{ticket}/attend", who="ann", attendance="by ship").status_code == 422
    )
