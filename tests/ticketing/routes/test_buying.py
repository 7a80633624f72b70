"""The line, orders and the waiting list over HTTP: JSON for programs, pages without a script."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.ticketing.houses import NOW, minutes
from tests.ticketing.routes.shops import Shop

from shulian.app.grants import GRANTS
from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.identity import api as identity
from shulian.identity.store import people
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.ticketing import api
from shulian.ticketing.rules import line as rules
from shulian.ticketing.types import Fen, OccasionId, TicketTypeId

DAY = timedelta(days=1)


def call(shop: Shop, who: str, method: str, path: str, body: object = None, **headers: str) -> Any:
    """What the JSON API answers."""
    told = {"accept-language": "en", **(shop.headers[who] if who else {}), **headers}
    return shop.client.request(method, path, json=body, headers=told)


def queue(shop: Shop) -> str:
    """Where the line is."""
    return f"/api/occasions/{shop.occasion}/queue"


def waiting(shop: Shop) -> str:
    """Where one waits for free tickets."""
    return f"/api/ticket-types/{shop.online}/waiting"


def order(shop: Shop, who: str, count: int = 1, **headers: str) -> Any:
    """Order free tickets."""
    body = {"wanted": [{"type": shop.online, "count": count}]}
    return call(shop, who, "POST", f"/api/occasions/{shop.occasion}/orders", body, **headers)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One at a time may buy."""
    monkeypatch.setattr(rules, "AT_A_TIME", 1)
    monkeypatch.setattr(rules, "STRIDE", rules.COME * 0)


def test_one_is_called_at_once_where_nobody_waits(shop: Shop) -> None:
    found = call(shop, "ann", "POST", queue(shop))

    assert found.status_code == 200
    assert found.headers["cache-control"] == "no-store"
    assert "retry-after" not in found.headers
    told = found.json()
    assert (told["state"], told["ahead"], told["left"]) == ("buying", 0, 16)


@pytest.mark.usefixtures("narrow")
def test_who_waits_is_told_when_to_ask_again(shop: Shop) -> None:
    call(shop, "ann", "POST", queue(shop))
    first = call(shop, "ben", "POST", queue(shop))
    again = call(shop, "ben", "POST", queue(shop))
    asked = call(shop, "ben", "GET", queue(shop))
    refused = order(shop, "ben")

    assert (first.headers["retry-after"], first.json()["again_s"]) == ("2", 2)
    assert first.json() == again.json() == asked.json()
    assert (refused.status_code, refused.json()["code"]) == (409, "ticketing.turn_needed")
    assert refused.headers["retry-after"] == "2"
    assert order(shop, "ann").status_code == 201
    assert call(shop, "ben", "GET", queue(shop)).json()["state"] == "buying"


def test_the_line_knows_nobody_who_is_not_logged_in_or_not_in_it(shop: Shop) -> None:
    nowhere = f"/api/occasions/{uuid4()}/queue"
    answers = [
        call(shop, "ann", "GET", queue(shop)),
        call(shop, "ann", "DELETE", queue(shop)),
        call(shop, "ann", "POST", nowhere),
        call(shop, "", "POST", queue(shop)),
        call(shop, "", "GET", queue(shop)),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (404, "ticketing.turn_unknown"),
        (404, "ticketing.turn_unknown"),
        (404, "ticketing.occasion_unknown"),
        (401, "login_needed"),
        (401, "login_needed"),
    ]


def test_one_may_leave_the_line(shop: Shop) -> None:
    call(shop, "ann", "POST", queue(shop))

    assert call(shop, "ann", "DELETE", queue(shop)).status_code == 204
    assert call(shop, "ann", "GET", queue(shop)).json()["state"] == "left"


def test_an_order_is_placed_once_under_its_key(shop: Shop) -> None:
    first = order(shop, "ann", 2, **{"idempotency-key": "mine"})
    again = order(shop, "ann", 2, **{"idempotency-key": "mine"})
    read = call(shop, "ann", "GET", f"/api/orders/{first.json()['id']}")
    others = call(shop, "ben", "GET", f"/api/orders/{first.json()['id']}")

    assert (first.status_code, len(first.json()["tickets"])) == (201, 2)
    assert first.json() == again.json() == read.json()
    assert others.status_code == 404


@pytest.mark.parametrize(
    "wanted",
    [
        [],
        [{"type": "no id", "count": 1}],
        [{"type": str(uuid4()), "count": 1}],
        [{"count": 1}],
        "all",
        None,
    ],
)
def test_orders_that_make_no_sense_are_refused(shop: Shop, wanted: object) -> None:
    path = f"/api/occasions/{shop.occasion}/orders"
    answer = call(shop, "ann", "POST", path, {"wanted": wanted})

    assert answer.status_code in (404, 422)


@pytest.mark.parametrize("count", [0, -1, 10_000_000])
def test_counts_that_make_no_sense_are_refused(shop: Shop, count: int) -> None:
    waits = call(shop, "ann", "PUT", waiting(shop), {"count": count})

    assert order(shop, "ann", count).status_code == 422
    assert waits.status_code == 422


def test_a_group_waits_and_gives_up(shop: Shop) -> None:
    assert order(shop, "ben", 10).status_code == 201
    made = call(shop, "ann", "PUT", waiting(shop), {"count": 3})
    listed = call(shop, "ann", "GET", f"/api/occasions/{shop.occasion}/waiting")
    over = call(shop, "ann", "DELETE", waiting(shop))
    gone = call(shop, "ann", "DELETE", waiting(shop))

    assert (made.status_code, made.json()["state"], made.json()["count"]) == (200, "waiting", 3)
    assert listed.json() == [made.json()]
    assert (over.status_code, gone.status_code) == (204, 404)
    assert gone.json()["code"] == "ticketing.wish_unknown"


def test_what_is_left_is_bought_and_not_waited_for(shop: Shop) -> None:
    answer = call(shop, "ann", "PUT", waiting(shop), {"count": 3})

    assert (answer.status_code, answer.json()["code"]) == (409, "ticketing.still_left")
    assert answer.json()["params"] == {"left": 10}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.usefixtures("narrow")
def test_the_page_of_the_line_asks_again_without_a_script(shop: Shop, language: str) -> None:
    path = f"/occasions/{shop.occasion}/queue"
    before = shop.page(path, who="ben", language=language)
    shop.send(path, who="ann")
    joined = shop.send(path, who="ben")
    html = shop.get(path, who="ben", language=language).text
    mine = shop.page(path, who="ann", language=language)

    assert (joined.status_code, joined.headers["location"]) == (303, path)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in html
    words = {"zh-CN": ("你还没有排队", "你前面还有 1 人", "轮到你了")}.get(
        language, ("You are not in line yet", "1 before you", "It is your turn")
    )
    assert words[0] in before.words
    assert words[1] in html
    assert words[2] in mine.words


def test_the_page_of_the_line_is_for_those_who_are_logged_in(shop: Shop) -> None:
    answer = shop.get(f"/occasions/{shop.occasion}/queue")

    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")


def test_who_is_refused_is_shown_the_way_to_the_waiting_list(shop: Shop) -> None:
    assert order(shop, "ben", 10).status_code == 201
    seats = {"wanted": [{"type": shop.seated, "count": 6}]}
    call(shop, "ben", "POST", f"/api/occasions/{shop.occasion}/orders", seats)
    path = f"/occasions/{shop.occasion}/queue"
    shop.send(path, who="ann")
    html = shop.get(path, who="ann").text

    assert "All are spoken for" in html
    assert f"/occasions/{shop.occasion}/waiting" in html


def test_the_waiting_list_as_a_page(shop: Shop) -> None:
    path = f"/occasions/{shop.occasion}/waiting"
    still = shop.send(path, who="ann", sold=shop.online, count="2")
    order(shop, "ben", 10)
    wrong = [
        shop.send(path, who="ann", sold=sold, count=count).status_code
        for sold, count in [
            (shop.online, "two"),
            (shop.online, "0"),
            ("nothing", "2"),
            (shop.online, "-1"),
            (shop.online, "99999999999"),
        ]
    ]
    sent = shop.send(path, who="ann", sold=shop.online, count="2")
    page = shop.page(path, who="ann")
    over = shop.send(f"{path}/over", who="ann", sold=shop.online)

    assert still.status_code == 409
    assert wrong == [422] * 5
    assert (sent.status_code, sent.headers["location"]) == (303, f"{path}?done=waiting")
    assert "Nobody waits before you." in page.words
    assert over.headers["location"] == f"{path}?done=over"


def test_pages_leave_the_line_too(shop: Shop) -> None:
    path = f"/occasions/{shop.occasion}/queue"
    shop.send(path, who="ann")
    left = shop.send(f"{path}/leave", who="ann")

    assert left.headers["location"] == path
    assert "You have left the line" in shop.page(path, who="ann").words


@pytest.mark.usefixtures("narrow")
def test_a_form_sent_while_others_wait_takes_a_place_in_the_line(shop: Shop) -> None:
    for who in ("org", "ann"):
        call(shop, who, "POST", queue(shop))
    form = {f"count.{shop.online}": "1", "key": "mine"}
    sent = shop.send(f"/occasions/{shop.occasion}/order", who="ben", **form)

    assert (sent.status_code, sent.headers["location"]) == (
        303,
        f"/occasions/{shop.occasion}/queue",
    )
    assert call(shop, "ben", "GET", queue(shop)).json()["ahead"] == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN", ("12:20 开始售票", "11:50 起可以排队")), ("en", ("12:20", "11:50"))],
)
def test_before_a_sale_the_line_says_when_it_opens(
    shop: Shop, language: str, words: tuple[str, str]
) -> None:
    later = sale_in(shop, 20)
    soon = shop.page(later, who="ann", language=language).words
    far = shop.page(sale_in(shop, 45), who="ann", language=language)

    assert words[0] in soon
    assert words[1] not in soon
    assert {"zh-CN": "12:15 起可以排队", "en": "The line opens at 12:15."}[language] in far.words
    assert f"{later}/leave" not in shop.get(later, who="ann").text


def test_who_waits_before_a_sale_is_told_when_it_begins(shop: Shop) -> None:
    path = sale_in(shop, 20)
    shop.send(path, who="ann")
    shop.send(path, who="ben")

    assert "You are next" in shop.page(path, who="ann").words
    words = shop.page(path, who="ben").words
    assert "1 before you" in words
    assert "The sale begins at 12:20; then people are called in order." in words
    assert "begun to move" not in words


def test_an_occasion_leads_to_its_line_and_to_its_waiting_list(shop: Shop) -> None:
    early = sale_in(shop, 20)
    here = f"/occasions/{shop.occasion}"
    before = shop.page(here, who="ann").links()
    order(shop, "ben", 10)

    assert early in shop.page(early.removesuffix("/queue"), who="ann").links()
    assert f"{here}/waiting" not in before
    assert f"{here}/waiting" in shop.page(here, who="ann").links()


def test_the_plan_of_a_hall_that_is_sold_out_leads_to_the_waiting_list(shop: Shop) -> None:
    here = f"/occasions/{shop.occasion}"
    before = shop.page(f"{here}/seats", who="ann").links()
    seats = {"wanted": [{"type": shop.seated, "count": 6}]}
    call(shop, "ben", "POST", f"/api{here}/orders", seats)

    assert f"{here}/waiting" not in before
    assert f"{here}/waiting" in shop.page(f"{here}/seats", who="ann").links()


def test_what_is_offered_says_until_when_and_what_is_over_how_it_ended(shop: Shop) -> None:
    path = f"/occasions/{shop.occasion}/waiting"
    bought = order(shop, "ben", 10).json()["id"]
    shop.send(path, who="ann", sold=shop.online, count="2")
    shop.send(f"/orders/{bought}/cancel", who="ben")
    with shop.database.transaction() as db:
        api.offer(db, Bus(db, reactions()), TicketTypeId(UUID(shop.online)), now=NOW)

    offered = shop.page(path, who="ann").words
    shop.send(f"{path}/over", who="ann", sold=shop.online)
    over = shop.page(path, who="ann").words

    assert "There are tickets for you, kept until 18:00" in offered
    assert "Wait for another number" not in offered
    assert "Over: you gave up, or did not pay in time" in over
    assert "Wait for tickets" in over


def sale_in(shop: Shop, minutes_: int) -> str:
    """The line of another occasion, whose sale begins in so many minutes."""
    with shop.database.transaction() as db:
        found = api.occasion(db, organizer(db), OccasionId(UUID(shop.occasion)))
        span = Span(found.span.start + DAY * minutes_, found.span.start + DAY * (minutes_ + 1))
        bus, who = Bus(db, reactions()), organizer(db)
        made = api.add_occasion(
            db,
            bus,
            who,
            organizer=found.organizer,
            title=found.title,
            about=found.about,
            space=found.space,
            span=span,
            now=NOW,
        )
        sale = Span(minutes(minutes_), span.start)
        name = Text("普通票", "Visitor")
        api.add_type(
            db, bus, who, made.id, name=name, price=Fen(0), capacity=10, sale=sale, now=NOW
        )
        api.open_occasion(db, bus, who, made.id, now=NOW)
    return f"/occasions/{made.id}/queue"


def organizer(db: Db) -> Actor:
    """Who sells here."""
    found = people.find_account(db, "org@park.example")
    assert found is not None
    return identity.actor_of_person(db, GRANTS, found.person.id)
