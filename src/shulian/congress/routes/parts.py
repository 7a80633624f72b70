"""What the routes of congresses share: who asks, words, what is wrong with a form."""

from collections.abc import Iterable

from litestar.di import NamedDependency

from shulian.congress import api
from shulian.congress.rules.telling import key_of, params_of
from shulian.congress.types import Conflict, Programme, Session
from shulian.congress.wire.draft import DraftConflict, DraftSession
from shulian.identity.types import Actor
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import AnyRequest, edge_of, language_of
from shulian.kit.text import Text

RequestActor = NamedDependency[Actor]


def say(request: AnyRequest, key: str, **params: object) -> str:
    """Words in the asker's language."""
    return edge_of(request).catalogue.say(language_of(request), key, **params)


def said(request: AnyRequest, failure: Failure | None) -> str:
    """What a failure says to the asker; of a form's fields it is said beside them."""
    if failure is None or (isinstance(failure, Invalid) and failure.fields):
        return ""
    return edge_of(request).catalogue.explain(language_of(request), failure)


def faults(request: AnyRequest, failure: Failure | None) -> dict[str, str]:
    """What is wrong with each field of a form, in the asker's language."""
    if not isinstance(failure, Invalid):
        return {}
    fields = failure.fields.items()
    return {field: say(request, f"error.{code}", **failure.params) for field, code in fields}


def told(
    request: AnyRequest, programme: Programme, found: Iterable[Conflict]
) -> tuple[DraftConflict, ...]:
    """Conflicts in the asker's words."""
    language = language_of(request)
    return tuple(
        DraftConflict(
            one.rule,
            one.level,
            one.sessions,
            say(request, f"congress.rule.{one.rule}"),
            say(
                request,
                key_of(one),
                **{
                    name: value.into(language) if isinstance(value, Text) else value
                    for name, value in params_of(programme, one).items()
                },
            ),
        )
        for one in found
    )


def session_view(actor: Actor, programme: Programme, one: Session) -> DraftSession:
    """A session as the actor sees it."""
    forum = next(each for each in programme.forums if each.id == one.forum)
    return DraftSession(
        one.id,
        one.version,
        one.forum,
        one.kind,
        one.title,
        one.minutes,
        one.attendance,
        tuple(sorted(one.everyone)),
        one.placed.hall if one.placed else None,
        one.placed.start if one.placed else None,
        one.pinned,
        api.edits(actor, programme.congress, forum),
    )
