"""The audit log for programs."""

from typing import Annotated

from litestar import get
from litestar.params import FromQuery, QueryParameter

from shulian.identity import api
from shulian.identity.routes.actors import RequestActor
from shulian.identity.routes.trails import wanted_below, wanted_entries
from shulian.identity.wire import AuditPageView, audit_page_view
from shulian.kit.http.edge import RequestDb


@get("/api/audit", sync_to_thread=True)
def list_audit(
    db: RequestDb,
    actor: RequestActor,
    *,
    verb: Annotated[str, QueryParameter(description="A verb, or its beginning with a dot.")] = "",
    subject_kind: FromQuery[str] = "",
    subject_id: FromQuery[str] = "",
    person: Annotated[str, QueryParameter(description="The id of who acted.")] = "",
    since: Annotated[str, QueryParameter(description="A day, or an instant with its offset.")] = "",
    until: Annotated[str, QueryParameter(description="A day, or an instant with its offset.")] = "",
    below: Annotated[str, QueryParameter(description="`next` of the page before.")] = "",
    limit: FromQuery[int] = 50,
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
