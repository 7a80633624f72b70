"""What the pages of a call for sessions share."""

from collections.abc import Mapping

from litestar import Response
from litestar.di import NamedDependency

from shulian.congress import api
from shulian.identity.types import Actor
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import (
    AnyRequest,
    edge_of,
    language_of,
)
from shulian.kit.http.pages import show

RequestActor = NamedDependency[Actor]


_DONE = frozenset(
    {"called", "saved", "submitted", "withdrawn", "reviewed", "accepted", "waitlisted", "rejected"}
)


def say(request: AnyRequest, key: str, **params: object) -> str:
    """Words in the asker's language."""
    return edge_of(request).catalogue.say(language_of(request), key, **params)


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
    fields: Mapping[str, str] = failure.fields if isinstance(failure, Invalid) else {}
    problem = (
        ""
        if failure is None or fields
        else edge_of(request).catalogue.explain(language_of(request), failure)
    )
    params: Mapping[str, object] = failure.params if failure else {}
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
        problem=problem,
        errors={name: say(request, f"error.{code}", **params) for name, code in fields.items()},
        **values,
    )
