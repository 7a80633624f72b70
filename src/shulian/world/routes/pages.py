"""The shared world for people without the scene: the plain page, the avatar, keeping order."""

from dataclasses import asdict, astuple
from datetime import timedelta
from functools import partial
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestNow,
    edge_of,
    language_of,
)
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.park.types import SpaceId, SpaceKind
from shulian.world import api
from shulian.world.routes.forms import (
    USUAL,
    LookForm,
    MeasureForm,
    RuleForm,
    audience_of,
    look_of,
    minutes_of,
)
from shulian.world.routes.gate import RequestActor
from shulian.world.rules.avatars.catalogue import MOST, choices
from shulian.world.types import MOST_SLOTS, Audience, Right, Zone

_SPANS = ("60", "1440", "10080", "")
"""Minutes of a mute or a ban; the last: until it is taken back."""


@get("/parks/{park:str}/together", include_in_schema=False, sync_to_thread=True)
def together(
    request: AnyRequest, park: FromPath[str], db: RequestDb, actor: RequestActor
) -> Response[str]:
    """The plain page on which one is present in a park as well."""
    where = SpaceId(park)
    return show(
        request,
        "world/together.html",
        actor=actor,
        park=park_api.space(db, where),
        place=park_api.place(db, where),
        groups=_grouped(api.zones(db, where)),
    )


@get("/me/avatar", include_in_schema=False, sync_to_thread=True)
def avatar_page(request: AnyRequest, db: RequestDb, actor: RequestActor) -> Response[str]:
    """The page on which one chooses what one's avatar looks like."""
    return _avatar(request, db, actor)


@post("/me/avatar", include_in_schema=False, sync_to_thread=True)
def choose_avatar(data: URLEncodedBody[LookForm], db: RequestDb, actor: RequestActor) -> Redirect:
    """Let one's avatar look like that."""
    api.put_look(db, actor, look_of(data))
    return Redirect("/me/avatar?done=saved", status_code=303)


@get("/parks/{park:str}/order", include_in_schema=False, sync_to_thread=True)
def order_page(
    request: AnyRequest, park: FromPath[str], db: RequestDb, actor: RequestActor, now: RequestNow
) -> Response[str]:
    """Who may do what where, who is kept out, and what was complained about."""
    where = SpaceId(park)
    zones = api.zones(db, where)
    reports = api.reports(db, actor, where)
    language = language_of(request)
    say = partial(edge_of(request).catalogue.say, language)
    silenced = api.silences(db, where)
    return show(
        request,
        "world/order.html",
        actor=actor,
        park=park_api.space(db, where),
        place=park_api.place(db, where),
        names={zone.space: zone.name for zone in zones},
        options=[(zone.space, zone.name.into(language) or zone.space) for zone in zones],
        right_options=[(one.value, say(f"world.right.{one}")) for one in Right],
        audience_options=[
            (one.value, say(f"world.audience.{one}"))
            for one in Audience
            if one is not Audience.MEMBERS
        ],
        usual=USUAL,
        spans=[(minutes, say(f"world.span.{minutes or 'good'}")) for minutes in _SPANS],
        caps=[
            (
                zone.space,
                say(
                    "world.order.cap_of", zone=zone.name.into(language) or zone.space, cap=zone.cap
                ),
            )
            for zone in zones
            if zone.cap < MOST_SLOTS
        ],
        rules=api.rules(db, where),
        silences=[zone for zone in zones if zone.space in silenced],
        sanctions=api.sanctions(db, where, now=now),
        reports=reports,
        done=request.query_params.get("done", ""),
    )


@get("/parks/{park:str}/order/cap", include_in_schema=False)
async def cap_page(zone: FromQuery[str] = "") -> Redirect:
    """Where the number of people is set that a zone takes: the capacity of its space."""
    return Redirect(f"/spaces/{quote(zone, safe='')}/edit", status_code=303)


@post("/parks/{park:str}/order/rules", include_in_schema=False, sync_to_thread=True)
def put_rule(
    park: FromPath[str],
    data: URLEncodedBody[RuleForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Say who has a right in a zone."""
    where = SpaceId(park)
    audience = audience_of(data)
    api.put_rule(db, bus, actor, where, SpaceId(data.zone), data.right, audience, now=now)
    return Redirect(f"/parks/{park}/order?done=rule#rules", status_code=303)


@post("/parks/{park:str}/order/measures", include_in_schema=False, sync_to_thread=True)
def take_measure(
    park: FromPath[str],
    data: URLEncodedBody[MeasureForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Take a measure, or take one back."""
    minutes = minutes_of(data)
    api.moderate(
        db,
        bus,
        actor,
        SpaceId(park),
        SpaceId(data.zone),
        measure=data.measure,
        visitor=data.person or None,
        name=data.name,
        reason=data.reason,
        until=now + timedelta(minutes=minutes) if minutes else None,
        now=now,
    )
    return Redirect(f"/parks/{park}/order?done=measure", status_code=303)


@post("/parks/{park:str}/order/reports/{report:uuid}", include_in_schema=False, sync_to_thread=True)
def settle(
    park: FromPath[str], report: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> Redirect:
    """Lay a complaint aside."""
    api.settle_report(db, actor, SpaceId(park), report, now=now)
    return Redirect(f"/parks/{park}/order?done=settled#reports", status_code=303)


def _avatar(request: AnyRequest, db: Db, actor: Actor) -> Response[str]:
    look = api.look_of(db, actor.demand_person())
    return show(
        request,
        "world/avatar.html",
        actor=actor,
        look=look,
        values=asdict(look),
        look_json=msgspec.json.encode(astuple(look)).decode(),
        most=MOST,
        choices=choices(),
        done=request.query_params.get("done", ""),
    )


def _grouped(zones: tuple[Zone, ...]) -> list[tuple[Zone, list[Zone]]]:
    """Where one can go: the park and its sites, each with the named zones in it."""
    above = {zone.space: zone for zone in zones}
    groups: dict[SpaceId, tuple[Zone, list[Zone]]] = {}
    for zone in zones:
        if zone.kind in {SpaceKind.PARK, SpaceKind.SITE}:
            groups[zone.space] = (zone, [])
    for zone in zones:
        if zone.space in groups or not zone.name:
            continue
        top = zone
        while top.space not in groups and top.parent is not None:
            top = above[top.parent]
        groups[top.space][1].append(zone)
    return [group for group in groups.values() if group[1] or group[0].kind is SpaceKind.PARK]


ROUTES = (
    together,
    avatar_page,
    choose_avatar,
    order_page,
    cap_page,
    put_rule,
    take_measure,
    settle,
)
