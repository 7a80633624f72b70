"""The operator's pages: editing a space, taking an edit back, saying what a space is now."""

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.identity.types import Actor
from shulian.kit.errors import Invalid
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestNow,
    edge_of,
    language_of,
)
from shulian.park import api
from shulian.park.errors import EditWrong, LiveWrong, SpaceNewer
from shulian.park.routes.forms import (
    EditForm,
    LiveForm,
    RevertForm,
    form_of,
    number_of,
    token_of,
    told,
    until_of,
    words_of,
)
from shulian.park.routes.pages import answer_space
from shulian.park.routes.parts import LEVELS, RequestActor, faults, kinds_in, show_park
from shulian.park.types import EDIT, STATUS, Details, SpaceId, SpaceKind, SpaceStatus


@get("/spaces/{space:str}/edit", include_in_schema=False, sync_to_thread=True)
def edit_page(
    request: AnyRequest,
    space: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The form with which an operator edits a space."""
    actor.demand(EDIT)
    details = api.details(db, SpaceId(space), now=now)
    return _form(request, actor, details, form_of(details.space, details.version))


@post("/spaces/{space:str}/edit", include_in_schema=False, sync_to_thread=True)
def edit(
    request: AnyRequest,
    space: FromPath[str],
    data: URLEncodedBody[EditForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Edit a space, or say on the form what stands against it."""
    try:
        api.edit_space(db, bus, actor, SpaceId(space), told(data), version=data.version, now=now)
    except (EditWrong, SpaceNewer) as failure:
        details = api.details(db, SpaceId(space), now=now)
        return _form(request, actor, details, data, failure)
    return Redirect(f"/spaces/{space}?done=saved", status_code=303)


@post("/spaces/{space:str}/revert", include_in_schema=False, sync_to_thread=True)
def revert(
    space: FromPath[str],
    data: URLEncodedBody[RevertForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Take the last edit of a space back."""
    if api.details(db, SpaceId(space), now=now).version != data.version:
        raise SpaceNewer(space=space, version=data.version)
    api.revert_edit(db, bus, actor, SpaceId(space), now=now)
    return Redirect(f"/spaces/{space}?done=reverted", status_code=303)


@post("/spaces/{space:str}/live", include_in_schema=False, sync_to_thread=True)
def say(
    request: AnyRequest,
    space: FromPath[str],
    data: URLEncodedBody[LiveForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Say what a space is now, or take it back."""
    where = SpaceId(space)
    actor.demand(STATUS)
    if data.do == "clear":
        api.clear_operator_status(db, bus, actor, where, now=now)
        return Redirect(f"/spaces/{space}?done=cleared", status_code=303)
    timezone = api.place(db, api.path(db, where)[0].id).timezone
    try:
        api.set_operator_status(
            db,
            bus,
            actor,
            where,
            token=token_of(data),
            words=words_of(data),
            number=number_of(data),
            until=until_of(data, timezone),
            now=now,
        )
    except LiveWrong as failure:
        errors = faults(request, failure)
        return answer_space(
            request, db, actor, where, now, errors=errors, typed=data, status=failure.status
        )
    return Redirect(f"/spaces/{space}?done=status", status_code=303)


def _form(
    request: AnyRequest,
    actor: Actor,
    details: Details,
    values: EditForm,
    failure: EditWrong | SpaceNewer | None = None,
) -> Response[str]:
    words, language = edge_of(request).catalogue, language_of(request)
    kind = details.space.kind
    kinds = (kind,) if kind in LEVELS else tuple(one for one in SpaceKind if one not in LEVELS)
    stands = form_of(details.space, details.version)
    return show_park(
        request,
        "park/edit.html",
        actor=actor,
        status=failure.status if failure else 200,
        details=details,
        values=values,
        stands=stands if isinstance(failure, SpaceNewer) else values,
        kinds=kinds_in(request, language, kinds),
        statuses=[(one.value, words.say(language, f"status.{one}")) for one in SpaceStatus],
        problem=_problem(request, failure) if failure else "",
        errors=faults(request, failure) if isinstance(failure, Invalid) else {},
    )


def _problem(request: AnyRequest, failure: EditWrong | SpaceNewer) -> str:
    """What stands above the form: why it was not saved, and what to do."""
    key = "park.edit.conflict" if isinstance(failure, SpaceNewer) else f"error.{failure.code}"
    return edge_of(request).catalogue.say(language_of(request), key, **failure.params)


ROUTES = (edit_page, edit, revert, say)
