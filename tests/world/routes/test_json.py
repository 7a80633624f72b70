"""The world's calls: tickets for everybody, order for those who keep it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.park.plans import LATER
from tests.world.routes.conftest import SECRET, Site
from tests.world.visitors import HALL

from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.rules.tickets import Kind, Ticket, read
from shulian.world.types import Look, Measure, VisitorKey

LOOK = {
    "sex": 10,
    "age": 20,
    "weight": 30,
    "stature": 40,
    "skin": 1,
    "hair": 2,
    "hair_color": 3,
    "outfit": 4,
    "primary": 5,
    "secondary": 6,
}


def ask(site: Site, headers: dict[str, str], **told: object) -> Any:
    return site.client.post("/api/world/tickets", json={"park": "yq", **told}, headers=headers)


def guest_headers(site: Site) -> dict[str, str]:
    """Those of a browser of ours that nobody is logged in with."""
    site.client.get("/login")
    return {"x-csrftoken": site.client.cookies["csrf"], "accept-language": "en"}


def opened(view: dict[str, Any]) -> Ticket:
    return read(view["ticket"], kind=Kind.TICKET, secret=SECRET, now=LATER)


def test_somebody_with_an_account_gets_a_ticket_in_their_name(site: Site) -> None:
    view = ask(site, site.member).json()
    ticket = opened(view)

    assert (view["name"], view["guest"], view["url"]) == (
        "Ann",
        False,
        "ws://park.example:8001/world",
    )
    assert (ticket.visitor.key, ticket.visitor.name, ticket.park, ticket.space) == (
        view["you"],
        "Ann",
        "yq",
        None,
    )


def test_a_guest_stays_the_same_by_a_cookie(site: Site) -> None:
    headers = guest_headers(site)
    first = ask(site, headers, name="Bo  b")
    again = ask(site, headers)

    assert "guest" in first.cookies
    assert "guest" not in again.cookies
    assert first.json()["you"] == again.json()["you"]
    assert first.json()["name"] == "Bo b"
    assert again.json()["name"].startswith("Visitor ")


def test_what_others_see_of_a_guest_does_not_open_their_place(site: Site) -> None:
    headers = guest_headers(site)
    you = ask(site, headers).json()["you"]
    site.client.cookies.set("guest", you.removeprefix("g-"))

    assert ask(site, headers).json()["you"] != you


def test_two_tickets_are_never_the_same(site: Site) -> None:
    tickets = [opened(ask(site, site.member).json()) for _ in range(2)]

    assert tickets[0].nonce != tickets[1].nonce


def test_a_name_of_nothing_is_not_worn(site: Site) -> None:
    assert ask(site, guest_headers(site), name="\u200b\u202e").json()["name"].startswith("Visitor ")


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"park": "none"}, 404, "park.park_unknown"),
        ({"park": 7}, 422, "invalid"),
        ({"name": "x" * 25}, 422, "invalid"),
        ({"more": 1}, 422, "invalid"),
    ],
)
def test_a_wrong_wish_is_refused(
    site: Site, told: dict[str, object], status: int, code: str
) -> None:
    answer = ask(site, site.member, **told)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_ticket_is_not_given_to_other_sites(site: Site) -> None:
    site.client.get("/login")

    assert ask(site, {}).json()["code"] == "cross_site"


def test_a_ticket_is_not_given_to_nobody(site: Site) -> None:
    answer = ask(site, {})

    assert (answer.status_code, answer.json()["code"]) == (401, "login_needed")


def test_who_is_banned_gets_no_ticket(site: Site) -> None:
    you = VisitorKey(ask(site, site.member).json()["you"])
    told = {"zone": "yq", "measure": "ban", "person": you, "name": "Ann", "minutes": 1}
    answer = site.client.post("/api/parks/yq/measures", json=told, headers=site.moderator)

    assert answer.status_code == 204
    refused = ask(site, site.member)
    assert (refused.status_code, refused.json()["code"], refused.json()["params"]) == (
        403,
        "world.banned",
        {"by": "Boss", "reason": "", "until": (LATER + timedelta(minutes=1)).isoformat()},
    )
    with site.database.transaction() as db:
        assert [
            (one.measure, one.until) for one in api.sanctions(db, SpaceId("yq"), now=LATER)
        ] == [(Measure.BAN, LATER + timedelta(minutes=1))]


def test_who_was_removed_gets_no_ticket_for_a_while(site: Site) -> None:
    you = ask(site, site.member).json()["you"]
    told = {"zone": "yq", "measure": "remove", "person": you, "reason": "shouting"}
    site.client.post("/api/parks/yq/measures", json=told, headers=site.moderator)
    refused = ask(site, site.member).json()

    assert (refused["code"], refused["params"]["reason"], refused["params"]["until"]) == (
        "world.removed",
        "shouting",
        (LATER + api.BARRED).isoformat(),
    )


def test_who_was_removed_from_a_hall_still_gets_a_ticket(site: Site) -> None:
    you = ask(site, site.member).json()["you"]
    told = {"zone": HALL, "measure": "remove", "person": you, "reason": "shouting"}
    site.client.post("/api/parks/yq/measures", json=told, headers=site.moderator)
    order = site.client.get("/api/parks/yq/order", headers=site.moderator).json()

    assert ask(site, site.member).status_code == 200
    assert [(one["zone"], one["measure"]) for one in order["sanctions"]] == [(HALL, "remove")]


def test_one_sees_whom_one_has_blocked(site: Site) -> None:
    me, guest = ask(site, site.member).json()["you"], ask(site, guest_headers(site)).json()["you"]
    with site.database.transaction() as db:
        for visitor, other in ((me, "g-bob"), (guest, "g-eve")):
            key, name = VisitorKey(other), other[2:].title()
            api.put_block(db, VisitorKey(visitor), key, name=name, on=True, now=LATER)
    since = LATER.isoformat().replace("+00:00", "Z")

    assert site.client.get("/api/world/blocks", headers=site.member).json() == [
        {"person": "g-bob", "name": "Bob", "since": since}
    ]
    assert site.client.get("/api/world/blocks").json() == [
        {"person": "g-eve", "name": "Eve", "since": since}
    ]


def test_who_is_nobody_yet_has_blocked_nobody(site: Site) -> None:
    answer = site.client.get("/api/world/blocks")

    assert (answer.status_code, answer.json()) == (200, [])


def test_a_look_is_kept(site: Site) -> None:
    answer = site.client.put("/api/me/look", json=LOOK, headers=site.member)

    assert (answer.status_code, answer.json()) == (200, LOOK)
    assert site.client.get("/api/me/look", headers=site.member).json() == LOOK
    assert opened(ask(site, site.member).json()).visitor.look == Look(**LOOK)


@pytest.mark.parametrize(
    ("look", "fields"),
    [
        ({**LOOK, "outfit": 99}, ["outfit"]),
        ({**LOOK, "sex": -1}, ["sex"]),
        ({**LOOK, "more": 1}, None),
        ([1], None),
        ({}, None),
    ],
)
def test_a_look_there_is_not_is_refused(site: Site, look: object, fields: list[str] | None) -> None:
    answer = site.client.put("/api/me/look", json=look, headers=site.member)

    assert answer.status_code == 422
    if fields:
        assert list(answer.json()["fields"]) == fields


def test_order_is_seen_and_kept_by_moderators_alone(site: Site) -> None:
    rule = {"space": "yq-hall", "right": "enter", "audience": "accounts"}
    put = site.client.put("/api/parks/yq/rules", json=rule, headers=site.moderator)
    mute = {"zone": "yq-hall", "measure": "mute_all"}
    muted = site.client.post("/api/parks/yq/measures", json=mute, headers=site.moderator)
    seen = site.client.get("/api/parks/yq/order", headers=site.moderator).json()

    assert (put.json(), muted.status_code) == ({**rule, "organization": None}, 204)
    assert seen == {
        "rules": [{**rule, "organization": None}],
        "silences": ["yq-hall"],
        "sanctions": [],
        "reports": [],
    }
    for method, path, told in (
        ("GET", "order", None),
        ("PUT", "rules", rule),
        ("POST", "measures", mute),
        ("POST", "reports/00000000-0000-0000-0000-000000000007/settle", None),
    ):
        answer = site.client.request(
            method, f"/api/parks/yq/{path}", json=told, headers=site.member
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "world.right_missing")


def test_order_is_not_for_guests_before_they_log_in(site: Site) -> None:
    answer = site.client.get("/api/parks/yq/order")

    assert (answer.status_code, answer.json()["code"]) == (401, "login_needed")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_report_that_there_is_not_is_not_settled(site: Site) -> None:
    path = "/api/parks/yq/reports/00000000-0000-0000-0000-000000000007/settle"
    answer = site.client.post(path, headers=site.moderator)

    assert (answer.status_code, answer.json()["code"]) == (404, "world.report_unknown")


def test_pages_may_connect_to_the_world_and_nowhere_else(site: Site) -> None:
    policy = site.client.get("/").headers["content-security-policy"]

    assert "connect-src 'self' ws://park.example:8001;" in policy


def test_a_made_up_host_adds_nothing_to_the_policy(site: Site) -> None:
    answer = site.client.get("/", headers={"host": "a;script-src *"})

    assert "script-src *" not in answer.headers["content-security-policy"]


def test_what_no_database_can_look_for_is_refused(site: Site) -> None:
    rule = {
        "space": "yq",
        "right": "enter",
        "audience": "members",
        "organization": str(UUID(int=0)),
    }
    ban = {"zone": "yq", "measure": "ban", "person": "g-a", "reason": "\0spam"}
    answers = [
        ask(site, site.member, park="a\0"),
        site.client.put("/api/parks/yq/rules", json=rule, headers=site.moderator),
        site.client.post(
            "/api/parks/yq/measures", json={**ban, "person": "\0"}, headers=site.moderator
        ),
        site.client.post("/api/parks/yq/measures", json=ban, headers=site.moderator),
    ]

    assert [one.status_code for one in answers] == [422, 422, 404, 204]
