"""What the pages of a call for sessions share."""

from collections.abc import Callable

from litestar import Response
from litestar.status_codes import HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY

from shulian.congress import api
from shulian.congress.routes.desks import attempt
from shulian.congress.routes.parts import faults, said
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import (
    AnyRequest,
)
from shulian.kit.http.pages import show

_ANSWERED = {HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY}
"""What is said on the page of the form; of all else pages of their own tell."""
_DONE = frozenset(
    {
        "called",
        "saved",
        "submitted",
        "withdrawn",
        "reviewed",
        "accepted",
        "waitlisted",
        "rejected",
        "told",
    }
)


def show_call(
    request: AnyRequest,
    template: str,
    actor: Actor,
    found: api.Called,
    failure: Failure | None = None,
    **values: object,
) -> Response[str]:
    """A page of the call of a congress, with what is wrong with a form."""
    done = request.query_params.get("done", "")
    return show(
        request,
        f"congress/{template}.html",
        actor=actor,
        status=failure.status if failure else 200,
        it=found.congress,
        called=found,
        base=f"/congresses/{found.congress.slug}",
        act=f"/congresses/{found.congress.slug}/desk",
        path=request.url.path,
        plans=api.plans(actor, found.congress),
        judges=api.judges(actor, found.congress),
        done=done if done in _DONE else "",
        problem=said(request, failure),
        errors=faults(request, failure),
        **values,
    )


def tried(db: Db, run: Callable[[], object]) -> Failure | None:
    """Do something, all of it or nothing; answers what its form is shown with, raises the rest."""
    failure = attempt(db, run)
    if failure is not None and failure.status not in _ANSWERED:
        raise failure
    return failure
