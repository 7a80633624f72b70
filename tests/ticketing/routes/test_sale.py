"""A sale over HTTP: planned, bought, paid, told by the provider, given back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.identity.accounts import entries
from tests.ticketing.houses import NOW, PRICE, SPAN, STARTS, minutes
from tests.ticketing.routes.conftest import SECRET, Counter

from shulian.ticketing import api
from shulian.ticketing.types import Fen, Notice, Outcome

TILL = api.TestTill(SECRET)
NEXT = {
    "start": (STARTS + timedelta(hours=3)).isoformat(),
    "end": (STARTS + timedelta(hours=4)).isoformat(),
}
SALE = {"start": NOW.isoformat(), "end": STARTS.isoformat()}


def problem(answer: Any) -> tuple[int, str]:
    """Status and code of a failure, which says in words what to do."""
    told = answer.json()
    assert told["detail"]
    return answer.status_code, told["code"]


def notice(
    counter: Counter, reference: str, *, amount: int = PRICE, outcome: Outcome = Outcome.PAID
) -> Any:
    """What the test provider says, signed."""
    body, proof = TILL.call(Notice(reference, Fen(amount), outcome), now=counter.now)
    return said(counter, body, proof)


def said(counter: Counter, body: bytes, proof: str, provider: str = "test") -> Any:
    """A call in the name of a provider: with no cookie and no token."""
    return counter.client.post(
        f"/api/providers/{provider}/notices",
        content=body,
        headers={"x-signature": proof, "accept-language": "en"},
    )


def paying(counter: Counter, order: dict[str, Any], provider: str = "test") -> Any:
    """Ann begins to pay."""
    path = f"/orders/{order['id']}/payments"
    return counter.call(counter.ann, "POST", path, {"provider": provider})


def test_seats_are_bought_and_paid_and_the_figures_say_so(counter: Counter) -> None:
    order = counter.placed(counter.seats(1, 2), {"type": counter.online, "count": 2}).json()
    assert (order["state"], order["total"], len(order["tickets"])) == ("held", 2 * PRICE, 4)
    payment = paying(counter, order).json()
    assert payment["link"] == f"/pay/test/{payment['reference']}"
    answer = notice(counter, payment["reference"], amount=2 * PRICE)

    assert (answer.status_code, answer.json()) == (200, {"state": "paid"})
    assert [one["state"] for one in counter.call(counter.ann, "GET", "/me/orders").json()] == [
        "paid"
    ]
    assert len(counter.call(counter.ann, "GET", "/me/tickets").json()) == 4
    seats = counter.call({}, "GET", f"/occasions/{counter.occasion}/seats").json()
    assert [one["state"] for one in seats] == ["sold", "sold", "free", "free", "free", "free"]
    path = f"/occasions/{counter.occasion}/figures"
    figures = counter.call(counter.organizer, "GET", path).json()
    assert figures["all"] == {
        "sold": 4,
        "held": 0,
        "left": 12,
        "inside": 0,
        "out": 0,
        "online": 2,
        "no_shows": 0,
        "revenue": 2 * PRICE,
    }
    assert problem(counter.call(counter.ann, "GET", path)) == (403, "refused")
    assert problem(counter.call({}, "GET", path)) == (401, "login_needed")


def test_callbacks_twice_late_and_out_of_order_over_http(counter: Counter) -> None:
    order = counter.placed(counter.seats(1)).json()
    reference = paying(counter, order).json()["reference"]
    assert notice(counter, reference, outcome=Outcome.FAILED).json() == {"state": "failed"}
    counter.now = minutes(20)
    assert notice(counter, reference).json() == {"state": "paid"}
    assert notice(counter, reference).json() == {"state": "paid"}
    assert notice(counter, reference, outcome=Outcome.FAILED).json() == {"state": "paid"}
    money = counter.call(counter.ann, "GET", f"/orders/{order['id']}/money").json()
    assert ([one["state"] for one in money["payments"]], money["refunds"]) == (["paid"], [])


@pytest.mark.parametrize(
    ("amount", "reference", "proof", "expected"),
    [
        (PRICE - 1, None, None, (422, "ticketing.notice_wrong")),
        (PRICE, "X-NOBODY", None, (404, "ticketing.payment_unknown")),
        (PRICE, None, "t=1,v=00", (403, "ticketing.notice_forged")),
        (PRICE, None, "", (403, "ticketing.notice_forged")),
    ],
)
def test_a_callback_that_does_not_fit_is_refused_and_written_down(
    counter: Counter,
    amount: int,
    reference: str | None,
    proof: str | None,
    expected: tuple[int, str],
) -> None:
    order = counter.placed(counter.seats(1)).json()
    known = paying(counter, order).json()["reference"]
    told = Notice(reference or known, Fen(amount), Outcome.PAID)
    body, signed = TILL.call(told, now=NOW)

    assert problem(said(counter, body, signed if proof is None else proof)) == expected
    with counter.database.transaction() as db:
        kept = [one.after for one in entries(db) if one.verb == "ticketing.refuse_notice"]
    assert [one["code"] for one in kept if isinstance(one, dict)] == [expected[1]]
    found = counter.call(counter.ann, "GET", f"/orders/{order['id']}").json()
    assert found["state"] == "held"


def test_who_calls_in_the_name_of_a_provider_too_often_is_stopped(counter: Counter) -> None:
    answers = [said(counter, b"{}", "").status_code for _ in range(61)]

    assert answers == [403] * 60 + [429]
    with counter.database.transaction() as db:
        kept = [one for one in entries(db) if one.verb == "ticketing.refuse_notice"]
    assert len(kept) == 60


@pytest.mark.parametrize("provider", ["free", "transfer", "nobody"])
def test_only_providers_that_call_are_heard(counter: Counter, provider: str) -> None:
    code = "provider_unknown" if provider == "nobody" else "notice_forged"

    assert problem(said(counter, b"{}", "x", provider))[1] == f"ticketing.{code}"


def test_the_same_order_sent_twice_is_one(counter: Counter) -> None:
    first = counter.placed(counter.seats(1), idempotency_key="a").json()
    again = counter.placed(counter.seats(1), idempotency_key="a").json()

    assert again == first
    other = counter.placed(counter.seats(2), idempotency_key="a")
    assert problem(other) == (409, "ticketing.key_clash")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"count": -5}, (422, "ticketing.wanted_wrong")),
        ({"count": 0}, (422, "ticketing.wanted_wrong")),
        ({"count": 11}, (422, "ticketing.wanted_wrong")),
        ({"count": 10_000_000}, (422, "invalid")),
        ({"count": "many"}, (422, "invalid")),
        ({"seats": ["yq-plaza"]}, (422, "ticketing.seat_wrong")),
        ({"seats": ["yq-seat-1", "yq-seat-1"]}, (422, "ticketing.wanted_wrong")),
        ({"type": str(uuid4())}, (404, "ticketing.type_unknown")),
        ({"type": "x"}, (422, "invalid")),
        ({"more": 1}, (422, "invalid")),
    ],
)
def test_orders_that_make_no_sense_are_refused(
    counter: Counter, wanted: dict[str, object], expected: tuple[int, str]
) -> None:
    assert problem(counter.placed({"type": counter.seated, **wanted})) == expected


def test_what_is_taken_sold_out_or_not_on_sale_says_so(counter: Counter) -> None:
    counter.placed(counter.seats(1))
    taken = counter.placed(counter.seats(1, 2))
    assert problem(taken) == (409, "ticketing.seats_taken")
    assert taken.json()["params"] == {"seats": "yq-seat-1"}
    counter.placed({"type": counter.online, "count": 9})
    out = counter.placed({"type": counter.online, "count": 2})
    assert (problem(out), out.json()["params"]) == ((409, "ticketing.sold_out"), {"left": 1})
    counter.now = STARTS
    assert problem(counter.placed(counter.seats(2))) == (409, "ticketing.not_on_sale")


def test_others_do_not_learn_of_orders_tickets_and_payments(counter: Counter) -> None:
    order = counter.placed(counter.seats(1)).json()
    payment = paying(counter, order).json()
    notice(counter, payment["reference"])
    ticket = order["tickets"][0]["id"]
    for method, path, body in (
        ("GET", f"/orders/{order['id']}", None),
        ("GET", f"/orders/{order['id']}/money", None),
        ("POST", f"/orders/{order['id']}/cancel", None),
        ("POST", f"/orders/{order['id']}/payments", {"provider": "test"}),
        ("GET", f"/tickets/{ticket}", None),
        ("PATCH", f"/tickets/{ticket}", {"name": "x"}),
        ("POST", f"/tickets/{ticket}/hand-on", {"email": "ben@park.example"}),
        ("POST", f"/tickets/{ticket}/cancel", None),
        ("POST", f"/payments/{payment['id']}/confirm", None),
    ):
        assert counter.call(counter.ben, method, path, body).status_code == 404, path
        assert counter.call({}, method, path, body).status_code in {401, 403, 404}, path


def test_one_pays_by_what_there_is(counter: Counter) -> None:
    order = counter.placed(counter.seats(1)).json()
    free = counter.placed({"type": counter.online}).json()

    assert problem(paying(counter, order, "gold")) == (404, "ticketing.provider_unknown")
    assert problem(paying(counter, order, "free")) == (409, "ticketing.price_due")
    assert problem(paying(counter, free)) == (409, "ticketing.price_zero")
    assert paying(counter, free, "free").json()["state"] == "paid"
    path = f"/orders/{order['id']}/money"
    assert counter.call(counter.ann, "GET", path).json()["providers"] == ["transfer", "test"]
    counter.now = minutes(15)
    assert problem(paying(counter, order)) == (409, "ticketing.order_over")


def test_a_transfer_is_confirmed_by_the_organizer_and_refunds_by_hand(counter: Counter) -> None:
    order = counter.placed(counter.seats(1)).json()
    payment = paying(counter, order, "transfer").json()
    assert payment["link"] is None
    confirm = f"/payments/{payment['id']}/confirm"
    assert problem(counter.call(counter.ann, "POST", confirm)) == (403, "refused")
    assert counter.call(counter.organizer, "POST", confirm).json()["state"] == "paid"
    cancelled = counter.call(counter.ann, "POST", f"/orders/{order['id']}/cancel").json()
    assert cancelled["state"] == "cancelled"
    (due,) = counter.call(counter.ann, "GET", f"/orders/{order['id']}/money").json()["refunds"]
    assert (due["amount"], due["reason"], due["state"]) == (PRICE, "cancelled", "due")
    settle = f"/refunds/{due['id']}/settle"
    assert problem(counter.call(counter.ann, "POST", settle)) == (403, "refused")
    assert counter.call(counter.organizer, "POST", settle).json()["state"] == "done"
    unknown = counter.call(counter.organizer, "POST", f"/refunds/{uuid4()}/settle")
    assert problem(unknown) == (404, "ticketing.refund_unknown")


def test_a_ticket_is_named_used_from_afar_handed_on_and_given_back(counter: Counter) -> None:
    order = counter.placed(counter.seats(1, 2)).json()
    notice(counter, paying(counter, order).json()["reference"], amount=2 * PRICE)
    one, two = (ticket["id"] for ticket in order["tickets"])
    changes = {"name": "林知远", "attendance": "online"}
    told = counter.call(counter.ann, "PATCH", f"/tickets/{one}", changes).json()
    assert (told["name"], told["attendance"], told["issue"]) == ("林知远", "online", 1)
    given = counter.call(
        counter.ann, "POST", f"/tickets/{one}/hand-on", {"email": "ben@park.example"}
    )
    lost = counter.call(counter.ann, "POST", f"/tickets/{two}/hand-on", {"email": "x@y.zz"})
    assert (given.status_code, given.json().keys()) == (lost.status_code, lost.json().keys())
    assert problem(counter.call(counter.ben, "POST", f"/tickets/{two}/take")) == (
        404,
        "ticketing.gift_unknown",
    )
    (offered,) = counter.call(counter.ben, "GET", "/me/gifts").json()["to"]
    assert (offered["ticket"], offered["seat"]) == (one, order["tickets"][0]["seat"])
    assert len(counter.call(counter.ann, "GET", "/me/gifts").json()["by"]) == 2
    withdrawn = counter.call(counter.ann, "DELETE", f"/tickets/{two}/hand-on")
    assert withdrawn.status_code == 204
    assert counter.call(counter.ben, "POST", f"/tickets/{one}/take").json()["issue"] == 2
    assert counter.call(counter.ben, "GET", f"/tickets/{one}").json()["id"] == one
    wrong = counter.call(counter.ann, "POST", f"/tickets/{two}/hand-on", {"email": "x"})
    assert problem(wrong) == (422, "invalid")
    assert wrong.json()["fields"].keys() == {"email"}
    assert problem(counter.call(counter.ann, "POST", f"/orders/{order['id']}/cancel")) == (
        409,
        "ticketing.handed_on",
    )
    gone = counter.call(counter.ann, "POST", f"/tickets/{two}/cancel").json()
    assert gone["state"] == "cancelled"
    again = counter.call(counter.ann, "POST", f"/tickets/{two}/cancel")
    assert problem(again) == (409, "ticketing.ticket_over")


def test_who_hands_on_too_often_waits(counter: Counter) -> None:
    path = f"/tickets/{uuid4()}/hand-on"
    answers = [
        counter.call(counter.ann, "POST", path, {"email": "x@y.zz"}).status_code for _ in range(11)
    ]

    assert answers == [404] * 10 + [429]


def test_an_occasion_is_planned_priced_seated_and_opened(counter: Counter) -> None:
    asked = {
        "organizer": counter.operator,
        "title": {"zh": "示例", "en": "Sample"},
        "space": "yq-hall",
        "span": NEXT,
    }
    made = counter.call(counter.organizer, "POST", "/occasions", asked)
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    where = f"/occasions/{made.json()['id']}"
    assert problem(counter.call({}, "GET", where)) == (404, "ticketing.occasion_unknown")
    early = counter.call(counter.organizer, "POST", f"{where}/open")
    assert problem(early) == (409, "ticketing.occasion_not_ready")
    type_ = {"name": {"zh": "座", "en": "Seat"}, "price": 100, "sale": SALE, "seated": True}
    sold = counter.call(counter.organizer, "POST", f"{where}/types", type_).json()
    seats = {"seats": ["yq-seat-1", "yq-seat-2"]}
    path = f"/ticket-types/{sold['id']}"
    assert counter.call(counter.organizer, "PUT", f"{path}/seats", seats).status_code == 204
    wrong = counter.call(counter.organizer, "PUT", f"{path}/seats", {"seats": ["yq-plaza"]})
    assert problem(wrong) == (422, "ticketing.seat_wrong")
    changed = counter.call(counter.organizer, "PATCH", path, {"price": 200, "most": 2}).json()
    assert (changed["price"], changed["most"], changed["left"]) == (200, 2, 2)
    assert counter.call(counter.organizer, "POST", f"{where}/open").json()["state"] == "open"
    listed = counter.call({}, "GET", "/parks/yq/occasions").json()
    assert [one["id"] for one in listed] == [counter.occasion, made.json()["id"]]
    assert [one["left"] for one in counter.call({}, "GET", f"{where}/types").json()] == [2]
    later = counter.call(counter.organizer, "PATCH", where, {"gentle": True, "span": NEXT}).json()
    assert later["gentle"] is True
    assert counter.call(counter.organizer, "POST", f"{where}/cancel").json()["state"] == "cancelled"
    over = counter.call(counter.organizer, "PATCH", where, {"gentle": False})
    assert problem(over) == (409, "ticketing.occasion_over")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"span": {"start": NEXT["end"], "end": NEXT["start"]}}, (422, "invalid")),
        ({"span": {"start": "2026-12-01T10:00:00", "end": NEXT["end"]}}, (422, "invalid")),
        ({"title": {"zh": "", "en": ""}}, (422, "invalid")),
        ({"space": "nowhere"}, (404, "park.space_unknown")),
        ({"organizer": str(uuid4())}, (404, "identity.organization_missing")),
        (
            {"span": {"start": STARTS.isoformat(), "end": SPAN.end and SPAN.end.isoformat()}},
            (409, "booking.taken"),
        ),
    ],
)
def test_an_occasion_that_cannot_be_is_refused(
    counter: Counter, changes: dict[str, object], expected: tuple[int, str]
) -> None:
    asked = {
        "organizer": counter.operator,
        "title": {"zh": "示例", "en": "Sample"},
        "space": "yq-hall",
        "span": NEXT,
    }
    made = counter.call(counter.organizer, "POST", "/occasions", {**asked, **changes})

    assert problem(made) == expected


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"price": -1}, 422),
        ({"price": 2**70}, 422),
        ({"capacity": 0}, 422),
        ({"capacity": -7}, 422),
        ({"capacity": 10_000_000}, 201),
        ({"capacity": 2_000_000_000}, 422),
        ({"most": 0}, 422),
        ({"sale": {"start": SALE["end"], "end": SALE["start"]}}, 422),
        ({"shares": str(uuid4()), "capacity": None}, 404),
    ],
)
def test_types_that_make_no_sense_are_refused(
    counter: Counter, changes: dict[str, object], status: int
) -> None:
    plain = {"name": {"zh": "票", "en": "Ticket"}, "price": 0, "sale": SALE, "capacity": 5}
    path = f"/occasions/{counter.occasion}/types"
    made = counter.call(counter.organizer, "POST", path, {**plain, **changes})

    assert made.status_code == status


def test_who_may_not_sell_plans_nothing(counter: Counter) -> None:
    for who, status in ((counter.ann, 403), ({}, 401)):
        path = f"/occasions/{counter.occasion}"
        assert counter.call(who, "PATCH", path, {"gentle": True}).status_code == status
        assert counter.call(who, "POST", f"{path}/cancel").status_code == status
        sold = f"/ticket-types/{counter.seated}"
        assert counter.call(who, "PATCH", sold, {"price": 1}).status_code == status
        assert counter.call(who, "PUT", f"{sold}/seats", {"seats": []}).status_code == status


def test_what_went_wrong_is_told_in_chinese_too(counter: Counter) -> None:
    chinese = {**counter.ann, "accept-language": "zh-CN"}
    told = counter.call(chinese, "GET", f"/orders/{uuid4()}").json()

    assert told["detail"] == "没有这个订单。"
