"""The ledger's part of the page of a space: what is free today, and the way to book it."""

from datetime import datetime

from markupsafe import Markup

from shulian.booking import api
from shulian.booking.errors import ResourceUnknown
from shulian.booking.routes.pages import room_of, week
from shulian.booking.types import MANAGE, Audience
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest
from shulian.kit.http.pages import render
from shulian.park.api import localities
from shulian.park.types import SpaceId, SpaceKind

_WITHOUT = (*tuple(SpaceKind)[:5], SpaceKind.CORRIDOR, SpaceKind.STAIRS)
"""Kinds that nobody is offered to have booked: the levels of the tree, and ways."""


def space_panel(request: AnyRequest, db: Db, actor: Actor, space: SpaceId, now: datetime) -> Markup:
    """What is free of a space today; to operators, of any space, the way to have it booked."""
    try:
        api.resource_of(db, space)
    except ResourceUnknown:
        if not actor.may(MANAGE) or localities(db, [space])[space].kind in _WITHOUT:
            return Markup("")
        return render(request, "booking/panel.html", actor=actor, space=space, room=None)
    room = room_of(db, space)
    shut = room.resource.withdrawn or room.resource.audience is Audience.FEATURES
    if shut and not actor.may(MANAGE):
        return Markup("")
    today = now.astimezone(room.zone).date()
    chosen = next(one for one in week(db, room, today, now) if one.day == today)
    return render(
        request,
        "booking/panel.html",
        actor=actor,
        space=space,
        room=room,
        zone=room.where.timezone,
        day_view=chosen,
        capacity=room.resource.capacity,
    )
