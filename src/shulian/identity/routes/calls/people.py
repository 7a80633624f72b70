"""Calls about people, for who may see all of them."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.status_codes import HTTP_200_OK

from shulian.identity import api
from shulian.identity.routes.actors import RequestActor
from shulian.identity.types import PersonId
from shulian.identity.wire import PersonView, person_view
from shulian.kit.http.edge import RequestBus, RequestDb, RequestNow


@get("/api/people", sync_to_thread=True)
def list_people(
    db: RequestDb,
    actor: RequestActor,
    text: Annotated[str, QueryParameter(name="q")] = "",
    after: FromQuery[str] = "",
    limit: FromQuery[int] = 50,
) -> list[PersonView]:
    """People whose e-mail address or name contains `q`, from the address behind `after`."""
    found = api.people(db, actor, text=text, after=after, limit=limit)
    return [person_view(person) for person in found]


@post("/api/people/{person:uuid}/disable", status_code=HTTP_200_OK, sync_to_thread=True)
def disable_person(
    person: FromPath[UUID], db: RequestDb, bus: RequestBus, actor: RequestActor, now: RequestNow
) -> PersonView:
    """Shut an account."""
    return person_view(api.disable_person(db, bus, actor, PersonId(person), now=now))


@post("/api/people/{person:uuid}/enable", status_code=HTTP_200_OK, sync_to_thread=True)
def enable_person(
    person: FromPath[UUID], db: RequestDb, bus: RequestBus, actor: RequestActor, now: RequestNow
) -> PersonView:
    """Open an account again."""
    return person_view(api.enable_person(db, bus, actor, PersonId(person), now=now))


ROUTES = (list_people, disable_person, enable_person)
