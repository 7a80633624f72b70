"""People, for who may see all of them: to find one, and to shut an account."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from shulian.identity import api
from shulian.identity.routes.actors import RequestActor
from shulian.identity.routes.forms import NO_REFUSAL, Refusal, page, refusal, see
from shulian.identity.types import ADMINISTER, PersonId
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow

_SHOWN = 50


@get("/people", include_in_schema=False, sync_to_thread=True)
def people_page(request: AnyRequest, db: RequestDb, actor: RequestActor) -> Response[Any]:
    """People by e-mail address, those that were searched for."""
    return _page(request, db, actor)


@post("/people/{person:uuid}/disable", include_in_schema=False, sync_to_thread=True)
def disable_person(
    request: AnyRequest,
    person: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[Any]:
    """Shut an account."""
    try:
        with db.begin_nested():
            api.disable_person(db, bus, actor, PersonId(person), now=now)
    except Failure as failure:
        return _page(request, db, actor, refusal(request, failure, form="people"))
    return see("/people")


@post("/people/{person:uuid}/enable", include_in_schema=False, sync_to_thread=True)
def enable_person(
    person: FromPath[UUID], db: RequestDb, bus: RequestBus, actor: RequestActor, now: RequestNow
) -> Response[Any]:
    """Open an account again."""
    api.enable_person(db, bus, actor, PersonId(person), now=now)
    return see("/people")


def _page(
    request: AnyRequest, db: RequestDb, actor: RequestActor, refused: Refusal = NO_REFUSAL
) -> Response[str]:
    text = request.query_params.get("q", "")
    after = request.query_params.get("after", "")
    found = api.people(db, actor, text=text, after=after, limit=_SHOWN + 1)
    shown = found[:_SHOWN]
    return page(
        request,
        "identity/people.html",
        actor=actor,
        refused=refused,
        people=shown,
        text=text,
        next=shown[-1].email if len(found) > _SHOWN else "",
        administers=actor.may(ADMINISTER),
    )


ROUTES = (people_page, disable_person, enable_person)
