"""The audit log as a page and as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.response import Stream

from shulian.identity import api
from shulian.identity.routes.actors import RequestActor, actor_of
from shulian.identity.routes.forms import NO_REFUSAL, page, refusal
from shulian.identity.routes.trails import wanted_below, wanted_entries
from shulian.identity.rules.trail import Change, changes
from shulian.identity.types import AUDIT_READ, AuditEntry, AuditPage
from shulian.kit.errors import Invalid
from shulian.kit.http.edge import AnyRequest, RequestDb, RequestLanguage, RequestNow, edge_of
from shulian.kit.text import Language

_FILTERS = ("verb", "subject_kind", "subject_id", "person", "since", "until")


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry as the page tells it."""

    entry: AuditEntry
    verb: str
    changes: tuple[Change, ...]


@get("/audit", include_in_schema=False, sync_to_thread=True)
def audit_page(
    request: AnyRequest, db: RequestDb, actor: RequestActor, language: RequestLanguage
) -> Response[Any]:
    """The log, the newest first, filtered by what the address asks."""
    actor.demand(AUDIT_READ)
    asked = {name: request.query_params.get(name, "") for name in _FILTERS}
    found, refused = AuditPage(()), NO_REFUSAL
    try:
        wanted, below = wanted_entries(asked), wanted_below(request.query_params)
        found = api.audit_trail(db, actor, wanted, below=below)
    except Invalid as failure:
        refused = refusal(request, failure, form="filter")
    return page(
        request,
        "identity/audit.html",
        actor=actor,
        refused=refused,
        asked=asked,
        rows=tuple(_row(request, language, entry) for entry in found.entries),
        export=_address("/audit.csv", asked),
        older=_address("/audit", {**asked, "below": str(found.next or "")}),
        has_older=found.next is not None,
    )


@get("/audit.csv", include_in_schema=False, sync_to_thread=True)
def audit_file(request: AnyRequest, now: RequestNow) -> Stream:
    """The whole log that the address asks for, as a file for spreadsheets."""
    actor = actor_of(request, now)
    actor.demand(AUDIT_READ)
    pieces = api.audit_as_csv(
        edge_of(request).transaction, actor, wanted_entries(request.query_params)
    )
    return Stream(
        pieces,
        media_type="text/csv",
        headers={
            "content-disposition": f'attachment; filename="audit-{now:%Y%m%d-%H%M%S}.csv"',
            "cache-control": "no-store",
        },
    )


def _row(request: AnyRequest, language: Language, entry: AuditEntry) -> _Row:
    """`entry` with its verb in words, where its feature has words for it."""
    key = f"verb.{entry.verb}"
    words = edge_of(request).catalogue.say(language, key)
    return _Row(entry, entry.verb if words == key else words, changes(entry.before, entry.after))


def _address(path: str, query: Mapping[str, str]) -> str:
    asked = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{asked}" if asked else path


ROUTES = (audit_page, audit_file)
