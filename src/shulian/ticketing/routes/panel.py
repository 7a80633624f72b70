"""What ticketing says on the page of a space: what one may come to there."""

from datetime import datetime

from markupsafe import Markup

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest
from shulian.kit.http.pages import render
from shulian.park import api as park_api
from shulian.park.types import SpaceId
from shulian.ticketing.api.desks import occasions_in
from shulian.ticketing.routes.parts import shown

_MOST = 5
"""So many of the next ones are told."""


def hall_panel(request: AnyRequest, db: Db, actor: Actor, space: SpaceId, now: datetime) -> Markup:
    """The next occasions in a hall; nothing where there are none."""
    found = occasions_in(db, space, park_api.path(db, space)[0].id, now=now)
    if not found:
        return Markup()
    views = [shown(db, actor, one, now=now) for one in found[:_MOST]]
    return render(request, "ticketing/panel.html", actor=actor, found=views)
