"""What congresses say on the page of a hall: what is on there now, and what comes next."""

from datetime import datetime

from markupsafe import Markup

from shulian.congress import api
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest
from shulian.kit.http.pages import render
from shulian.park.types import SpaceId

_MOST = 4
"""So many sessions are told."""


def hall_panel(request: AnyRequest, db: Db, actor: Actor, space: SpaceId, now: datetime) -> Markup:
    """What is on in a hall and what is next; nothing where no congress uses it any more."""
    found = api.on_in(db, space, now=now)
    if not found:
        return Markup()
    return render(request, "congress/panel.html", actor=actor, found=found[:_MOST], now=now)
