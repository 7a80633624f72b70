"""What every page of the park needs beside its own values: names, words of tokens, the clock."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from litestar import Response
from litestar.di import NamedDependency
from markupsafe import Markup

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Invalid
from shulian.kit.http.edge import AnyRequest, edge_of, language_of
from shulian.kit.http.pages import show
from shulian.kit.text import Language
from shulian.park.types import (
    LiveStatus,
    LiveToken,
    ParkSummary,
    Place,
    Space,
    SpaceId,
    SpaceKind,
    Step,
)

RequestActor = NamedDependency[Actor]

SpacePanel = Callable[[AnyRequest, Db, Actor, SpaceId, datetime], Markup]
"""A feature's part of the page of a space, or nothing. The composition keeps them as the state
`space_panels` of the application, so that the park knows none of those who stand on it."""

LEVELS = tuple(SpaceKind)[:5]
"""The kinds that make the tree; no edit turns a space into one of them or out of it."""


def show_park(
    request: AnyRequest,
    template: str,
    *,
    actor: Actor,
    place: Place | None = None,
    now: datetime | None = None,
    status: int = 200,
    **values: object,
) -> Response[str]:
    """Answer with `template`; `place` and `now` give the clock by which it tells the time."""
    language = language_of(request)
    zone = place.timezone if place else "UTC"
    return show(
        request,
        template,
        actor=actor,
        status=status,
        called=partial(called, request, language),
        live_words=token_words(request, language),
        zone=zone,
        today=today(place, now) if now else None,
        **values,
    )


def panels(
    request: AnyRequest, db: Db, actor: Actor, space: SpaceId, now: datetime
) -> tuple[Markup, ...]:
    """What the features above have to say on the page of a space."""
    made = (panel(request, db, actor, space, now) for panel in request.app.state["space_panels"])
    return tuple(one for one in made if one)


def called(request: AnyRequest, language: Language, one: Space | Step | ParkSummary) -> str:
    """What a space is called: its name, or that it has none, its kind and its number."""
    if one.name:
        return one.name.into(language)
    if isinstance(one, ParkSummary):
        return one.id
    words = edge_of(request).catalogue
    kind = words.say(language, f"kind.{one.kind}")
    number = one.id.rpartition(".")[2]
    return words.say(language, "park.unnamed", kind=kind.lower(), id=number)


def today(place: Place | None, now: datetime) -> date:
    """The date by the clocks of a place."""
    return now.astimezone(ZoneInfo(place.timezone if place else "UTC")).date()


def token_words(request: AnyRequest, language: Language) -> dict[str, str]:
    """Each live token and its word."""
    words = edge_of(request).catalogue
    return {token.value: words.say(language, f"live.{token}") for token in LiveToken}


def kinds_in(
    request: AnyRequest, language: Language, kinds: Sequence[SpaceKind]
) -> list[tuple[str, str]]:
    """Kinds of space and their words."""
    words = edge_of(request).catalogue
    return [(kind, words.say(language, f"kind.{kind}")) for kind in kinds]


def by_space(statuses: Sequence[LiveStatus]) -> dict[SpaceId, LiveStatus]:
    """Statuses by the space they are said of."""
    return {status.space: status for status in statuses}


def faults(request: AnyRequest, failure: Invalid) -> Mapping[str, str]:
    """What is wrong with each field of a form, in the asker's language."""
    words, language = edge_of(request).catalogue, language_of(request)
    return {
        field: words.say(language, f"error.{code}", **failure.params)
        for field, code in failure.fields.items()
    }


def notice(request: AnyRequest, language: Language) -> str:
    """What a page says of the act that led to it."""
    done = request.query_params.get("done", "")
    key = {
        "status": "park.say.done",
        "cleared": "park.say.cleared",
        "saved": "park.edit.saved",
        "reverted": "park.edit.reverted",
    }.get(done)
    return edge_of(request).catalogue.say(language, key) if key else ""
