"""The gate over HTTP: the list for offline use, scans asked and told, counts; and its page."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED

from shulian.kit.errors import NotFound
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, edge_of
from shulian.kit.http.etags import is_known, weak_tag
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.ticketing import api
from shulian.ticketing.routes.checkpoint import RequestActor, checkpoint_of
from shulian.ticketing.rules.gate import is_clock_wrong, was_offline
from shulian.ticketing.types import OccasionId, ScanId, Showing, TicketId
from shulian.ticketing.wire import gate as wire

_WORKER = "src/ticketing/worker.ts"


@get("/api/occasions/{occasion:uuid}/gate", sync_to_thread=True)
def read_gate(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.GateView:
    """What a gate must know of its occasion, with the keys by which it knows our codes."""
    found = api.open_gate(db, actor, OccasionId(occasion))
    public = checkpoint_of(request).keys.public
    place = park_api.place(db, park_api.path(db, found.space)[0].id)
    return wire.gate_view(
        found,
        api.types(db, actor, found.id),
        keys=tuple(wire.GateKey(one, key.hex()) for one, key in sorted(public.items())),
        timezone=place.timezone,
        now=now,
    )


@get("/api/occasions/{occasion:uuid}/gate/tickets", sync_to_thread=True)
def list_tickets(
    request: AnyRequest, occasion: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> Response[wire.GateTickets]:
    """Every ticket of an occasion, for when the gate is offline; sent again only when changed."""
    found = api.gate_tickets(db, actor, OccasionId(occasion), checkpoint_of(request).keys)
    tickets = wire.GateTickets(tuple(wire.gate_entry(one) for one in found))
    tag = weak_tag(msgspec.json.encode(tickets))
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if is_known(request, tag):
        nothing: Any = None  # this status has no body
        return Response(nothing, status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(tickets, headers=headers)


@get("/api/occasions/{occasion:uuid}/gate/passages", sync_to_thread=True)
def list_passages(
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    since: Annotated[datetime | None, QueryParameter(name="since")] = None,
) -> wire.Passages:
    """Who is in, as far as that has changed since the cursor that was told the last time."""
    where = OccasionId(occasion)
    found, cursor = api.passages(db, actor, where, since=since, now=now)
    counts = wire.counts_view(api.gate_counts(db, actor, where))
    return wire.Passages(tuple(wire.passage_view(one) for one in found), cursor, counts)


@get("/api/occasions/{occasion:uuid}/gate/counts", sync_to_thread=True)
def read_counts(occasion: FromPath[UUID], db: RequestDb, actor: RequestActor) -> wire.CountsView:
    """How many are in, were in, were refused, and came in by a copy."""
    return wire.counts_view(api.gate_counts(db, actor, OccasionId(occasion)))


@get("/api/occasions/{occasion:uuid}/gate/doubles", sync_to_thread=True)
def list_doubles(occasion: FromPath[UUID], db: RequestDb, actor: RequestActor) -> wire.Doubles:
    """The copies that came in, as scans that were told later have shown."""
    return wire.Doubles(
        tuple(
            wire.DoubleView(
                ticket.id,
                ticket.name,
                one.counted.gate,
                one.counted.at,
                was_offline(one.counted),
                one.copy.gate,
                one.copy.at,
                was_offline(one.copy),
            )
            for ticket, one in api.doubles(db, actor, OccasionId(occasion))
        )
    )


@post("/api/occasions/{occasion:uuid}/gate/scans", status_code=HTTP_200_OK, sync_to_thread=True)
def hear_scans(
    request: AnyRequest,
    occasion: FromPath[UUID],
    data: JSONBody[wire.ScansTold],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.ScansHeard:
    """Ask whether somebody may pass, and tell who has passed offline; telling again is no harm."""
    checkpoint = checkpoint_of(request)
    checkpoint.calls.count(str(actor.demand_person()))
    where = OccasionId(occasion)
    answers = api.hear_scans(
        db,
        bus,
        actor,
        where,
        [_showing(one) for one in data.scans],
        where=data.gate,
        sent=data.sent,
        keys=checkpoint.keys,
        now=now,
    )
    return wire.ScansHeard(
        tuple(wire.scan_view(one.scan, one.fault, one.before) for one in answers),
        ahead=(data.sent - now).total_seconds(),
        wrong=is_clock_wrong(data.sent, now),
        counts=wire.counts_view(api.gate_counts(db, actor, where)),
    )


@get("/occasions/{occasion:uuid}/gate", include_in_schema=False, sync_to_thread=True)
def gate_page(
    request: AnyRequest, occasion: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> Response[str]:
    """The page of a phone at a gate; it works offline once it was opened."""
    found = api.open_gate(db, actor, OccasionId(occasion))
    return show(request, "ticketing/gate.html", actor=actor, occasion=found)


@get("/occasions/{occasion:uuid}/gate/worker.js", include_in_schema=False, sync_to_thread=True)
def gate_worker(request: AnyRequest, occasion: FromPath[UUID]) -> Response[bytes]:
    """The service worker of one gate: it may answer for that page, and for nothing else."""
    script = edge_of(request).pages.assets.file(_WORKER)
    if script is None:
        raise NotFound
    headers = {
        "service-worker-allowed": f"/occasions/{occasion}/gate",
        "cache-control": "public, no-cache",
    }
    return Response(script.read_bytes(), media_type="text/javascript", headers=headers)


def _showing(one: wire.ScanTold) -> Showing:
    ticket = TicketId(one.ticket) if one.ticket else None
    return Showing(ScanId(one.id), one.direction, one.at, one.code, ticket, one.told)


ROUTES = (
    read_gate,
    list_tickets,
    list_passages,
    read_counts,
    list_doubles,
    hear_scans,
    gate_page,
    gate_worker,
)
