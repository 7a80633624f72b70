"""New occasions: the form with which an organizer plans one."""

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.identity.types import Actor, OrganizationId
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, language_of
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.routes.forms import OccasionForm, both, id_of, time_of
from shulian.ticketing.routes.parts import RequestActor, answer_of, faults, organizes, places
from shulian.ticketing.types import SELL


@get("/parks/{park:str}/occasions/new", include_in_schema=False, sync_to_thread=True)
def new_page(
    request: AnyRequest, park: FromPath[str], db: RequestDb, actor: RequestActor
) -> Response[str]:
    """The form for a new occasion."""
    return _new(request, db, actor, SpaceId(park), OccasionForm())


@post("/parks/{park:str}/occasions/new", include_in_schema=False, sync_to_thread=True)
def add(
    request: AnyRequest,
    park: FromPath[str],
    data: URLEncodedBody[OccasionForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Plan an occasion."""
    where = SpaceId(park)
    try:
        with db.begin_nested():
            made = api.add_occasion(
                db,
                bus,
                actor,
                organizer=OrganizationId(id_of(data.organizer, "organizer")),
                title=both(data.title_zh, data.title_en),
                about=both(data.about_zh, data.about_en),
                space=SpaceId(data.space),
                span=time_of(data, park_api.place(db, where).timezone),
                gentle=bool(data.gentle),
                now=now,
            )
    except Failure as failure:
        return _new(request, db, actor, where, data, failure)
    return Redirect(f"/occasions/{made.id}/desk?done=made", status_code=303)


def _new(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    park: SpaceId,
    typed: OccasionForm,
    failure: Failure | None = None,
) -> Response[str]:
    if not organizes(actor):
        actor.demand(SELL)
    language = language_of(request)
    return show(
        request,
        "ticketing/new.html",
        actor=actor,
        status=failure.status if failure else 200,
        park=park_api.space(db, park),
        zone=park_api.place(db, park).timezone,
        organizers=[
            (str(one.organization.id), one.organization.name.into(language))
            for one in actor.belongings
            if actor.may(SELL, one.organization.id)
        ],
        spaces=places(db, park, language),
        values=typed,
        answer=answer_of(request, failure),
        errors=faults(request, failure),
    )


ROUTES = (new_page, add)
