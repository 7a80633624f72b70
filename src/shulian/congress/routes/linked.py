"""What search engines read on public pages: schema.org/Event, in the language of the page."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from shulian.congress.routes.viewing import View, venues_of
from shulian.congress.rules.exchange import linked_data
from shulian.congress.rules.exchange.publicity import outward
from shulian.congress.rules.exchange.views import Telling
from shulian.congress.types import Session
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest, language_of


def congress_data(
    request: AnyRequest, db: Db, view: View, sessions: Sequence[Session]
) -> Markup | None:
    """The congress with those of its sessions that a page shows; none of what is not what holds."""
    if view.shown is None or view.number is not None:
        return None
    there = outward(replace(view.programme, sessions=tuple(sessions)))
    telling = Telling(language_of(request), venues_of(db, there))
    return _script(linked_data.of_congress(there, _base(request, view), telling))


def session_data(request: AnyRequest, db: Db, view: View, one: Session | None) -> Markup | None:
    """A session that is public now."""
    if one is None or view.number is not None:
        return None
    there = outward(replace(view.programme, sessions=(one,)))
    telling = Telling(language_of(request), venues_of(db, there))
    return _script(linked_data.of_session(there, one.id, _base(request, view), telling))


def _base(request: AnyRequest, view: View) -> str:
    return f"{request.base_url}congresses/{view.congress.slug}/"


def _script(tree: linked_data.Tree) -> Markup:
    return Markup(linked_data.script(tree))  # noqa: S704  # what could end a script is escaped
