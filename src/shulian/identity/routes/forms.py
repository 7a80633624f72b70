"""What a page says when a form it sent was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from litestar import Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from shulian.identity.types import Actor
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import AnyRequest, edge_of, language_of
from shulian.kit.http.pages import show


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which form was refused, and why, in words."""

    form: str = ""
    """Name of the form among those of the page; empty: none was refused."""
    problem: str = ""
    faults: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is wrong with each field."""
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    """What was typed, to be shown again; never a password."""
    status: int = 200
    seconds: int | None = None
    """How long one must wait before sending it again."""


NO_REFUSAL = Refusal()


def refusal(request: AnyRequest, failure: Failure, *, form: str, **values: object) -> Refusal:
    """What `failure` says on the form of that name, which had `values`."""
    words, language = edge_of(request).catalogue, language_of(request)
    fields: Mapping[str, str] = failure.fields if isinstance(failure, Invalid) else {}
    faults = {
        name: words.say(language, f"error.{code}", **failure.params)
        for name, code in fields.items()
    }
    problem = words.say(language, f"error.{failure.code}", **failure.params)
    seconds = failure.params.get("seconds")
    return Refusal(
        form, problem, faults, values, failure.status, None if seconds is None else int(seconds)
    )


def page(
    request: AnyRequest,
    template: str,
    *,
    actor: Actor,
    refused: Refusal = NO_REFUSAL,
    status: int | None = None,
    **values: object,
) -> Response[str]:
    """A page with forms, which nobody else may keep a copy of."""
    answer = show(
        request,
        template,
        actor=actor,
        status=status or refused.status,
        refused=refused,
        **values,
    )
    answer.headers["cache-control"] = "no-store"
    if refused.seconds is not None:
        answer.headers["retry-after"] = str(refused.seconds)
    return answer


def see(path: str, *cookies: Cookie) -> Redirect:
    """Go on to `path` with a new GET, after a form that was taken."""
    return Redirect(path, status_code=303, cookies=list(cookies))
