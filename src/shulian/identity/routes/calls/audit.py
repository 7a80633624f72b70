"""The audit log for programs."""

from typing import Annotated

from litestar import get
from litestar.params import Parameter

from shulian.identity import api
from shulian.identity.routes.trails import wanted_below, wanted_entries
from shulian.identity.types import Actor
from shulian.identity.wire import AuditPageView, audit_page_view
from shulian.kit.db import Db


@get("/api/audit", sync_to_thread=True)
def list_audit(
    db: Db,
    actor: Actor,
    *,
    verb: Annotated[str, Parameter(description="A verb, or its beginning with a dot.")] = "",
    subject_kind: str = "",
    subject_id: str = "",
    person: Annotated[str, Parameter(description="The id of who acted.")] = "",
    since: Annotated[str, Parameter(description="A day, or an instant with its offset.")] = "",
    until: Annotated[str, Parameter(description="A day, or an instant with its offset.")] = "",
    below: Annotated[str, Parameter(description="`next` of the page before.")] = "",
    limit: int = 50,
) -> AuditPageView:
    """A page of the log, the newest first."""
    asked = {
        "verb": verb,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "person": person,
        "since": since,
        "until": until,
        "below": below,
    }
    wanted, start = wanted_entries(asked), wanted_below(asked)
    return audit_page_view(api.audit_trail(db, actor, wanted, below=start, limit=limit))


ROUTES = (list_audit,)
