"""The shared world for programs: JSON under /api."""

from datetime import datetime, timedelta
from uuid import UUID

from litestar import Response, get, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestLanguage,
    RequestNow,
    edge_of,
)
from shulian.kit.text import Language
from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.errors import Banned, Removed, WordsEmpty
from shulian.world.routes.gate import (
    RequestActor,
    gate_of,
    guest_cookie,
    guest_of,
    guest_secret,
    new_guest_secret,
    nonce,
)
from shulian.world.rules.shards import shards_of
from shulian.world.rules.texts import clean_line
from shulian.world.rules.tickets import Ticket
from shulian.world.types import Block, Measure, Visitor
from shulian.world.wire import web
from shulian.world.wire.frames import PROTOCOL
from shulian.world.wire.messages import look_of

_OUT = {Measure.BAN: Banned, Measure.REMOVE: Removed}
"""Measures that keep somebody out of a park."""


@post("/api/world/tickets", status_code=HTTP_200_OK, sync_to_thread=True)
def open_ticket(
    request: AnyRequest,
    data: JSONBody[web.TicketAsk],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    language: RequestLanguage,
) -> Response[web.TicketView]:
    """A ticket into the shared world of a park, for whoever asks, with an account or without."""
    gate, secret = gate_of(request), guest_secret(request)
    kept = secret or new_guest_secret()
    visitor = _visitor(request, db, actor, kept, data.name, language)
    _refuse_sanctioned(db, data.park, visitor, now)
    zones = api.zones(db, data.park)
    owners = shards_of(zones, gate.shards)
    where = data.space if data.space is not None and data.space in owners else zones[0].space
    ticket = Ticket(visitor, data.park, data.space, nonce())
    view = web.TicketView(
        url=gate.address(request, owners[where]),
        ticket=gate.ticket(ticket, now),
        you=visitor.key,
        name=visitor.name,
        guest=visitor.person is None,
        protocol=PROTOCOL,
    )
    cookies = [guest_cookie(request, kept)] if actor.person is None and secret is None else []
    return Response(view, cookies=cookies, headers={"cache-control": "no-store"})


@get("/api/world/blocks", sync_to_thread=True)
def read_blocks(
    request: AnyRequest, db: RequestDb, actor: RequestActor
) -> Response[tuple[web.BlockView, ...]]:
    """Whom one has blocked, with an account or as a guest with a cookie; the newest first."""
    secret = guest_secret(request)
    found: tuple[Block, ...] = ()
    if actor.person is not None:
        found = api.own_blocks(db, api.visitor_of(actor).key)
    elif secret is not None:
        found = api.own_blocks(db, api.key_of_guest(guest_of(secret)))
    view = tuple(web.block_view(one) for one in found)
    return Response(view, headers={"cache-control": "no-store"})


@get("/api/me/look", sync_to_thread=True)
def read_look(db: RequestDb, actor: RequestActor) -> web.LookParts:
    """What one's own avatar looks like."""
    return web.look_parts(api.look_of(db, actor.demand_person()))


@put("/api/me/look", sync_to_thread=True)
def put_look(data: JSONBody[web.LookParts], db: RequestDb, actor: RequestActor) -> web.LookParts:
    """Let one's own avatar look like that."""
    return web.look_parts(api.put_look(db, actor, look_of(data)))


@get("/api/parks/{park:str}/order", sync_to_thread=True)
def read_order(
    park: FromPath[str], db: RequestDb, actor: RequestActor, now: RequestNow
) -> web.OrderView:
    """How order is kept in a park, for those who keep it."""
    where = SpaceId(park)
    reports = api.reports(db, actor, where)
    return web.OrderView(
        rules=tuple(web.rule_view(one) for one in api.rules(db, where)),
        silences=tuple(sorted(api.silences(db, where))),
        sanctions=tuple(web.sanction_view(one) for one in api.sanctions(db, where, now=now)),
        reports=tuple(web.report_view(one) for one in reports),
    )


@put("/api/parks/{park:str}/rules", sync_to_thread=True)
def put_rule(
    park: FromPath[str],
    data: JSONBody[web.RuleAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> web.RuleView | None:
    """Say who has a right in a zone of a park."""
    rule = api.put_rule(
        db,
        bus,
        actor,
        SpaceId(park),
        data.space,
        data.right,
        data.audience,
        data.organization,
        now=now,
    )
    return web.rule_view(rule) if rule else None


@post("/api/parks/{park:str}/measures", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
def take_measure(
    park: FromPath[str],
    data: JSONBody[web.MeasureAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> None:
    """Keep order: mute, remove or ban somebody, or take that back."""
    until = now + timedelta(minutes=data.minutes) if data.minutes else None
    api.moderate(
        db,
        bus,
        actor,
        SpaceId(park),
        data.zone,
        measure=data.measure,
        visitor=data.person,
        name=data.name,
        reason=data.reason,
        until=until,
        now=now,
    )


@post(
    "/api/parks/{park:str}/reports/{report:uuid}/settle",
    status_code=HTTP_204_NO_CONTENT,
    sync_to_thread=True,
)
def settle_report(
    park: FromPath[str],
    report: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> None:
    """Lay a complaint aside."""
    api.settle_report(db, actor, SpaceId(park), report, now=now)


def _visitor(
    request: AnyRequest, db: Db, actor: Actor, secret: str, name: str, language: Language
) -> Visitor:
    guest = guest_of(secret)
    words = edge_of(request).catalogue
    usual = words.say(language, "world.guest_name", number=guest.hex[:4].upper())
    try:
        called = clean_line(name, longest=web.LONGEST_NAME) if name else usual
    except WordsEmpty:
        called = usual
    return api.visitor(db, actor, guest=guest, name=called, language=language)


def _refuse_sanctioned(db: Db, park: SpaceId, visitor: Visitor, now: datetime) -> None:
    for one in api.sanctions(db, park, visitor.key, now=now):
        if one.measure in _OUT and one.zone == park:
            until = one.until.isoformat() if one.until else ""
            raise _OUT[one.measure](by=one.by, reason=one.reason, until=until)


ROUTES = (
    open_ticket,
    read_blocks,
    read_look,
    put_look,
    read_order,
    put_rule,
    take_measure,
    settle_report,
)
