"""The first page of the organizers' desk: what is left to do, and the forums."""

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from shulian.congress.routes.desks import Desk, open_desk
from shulian.congress.routes.parts import RequestActor
from shulian.congress.types import Forum, Session
from shulian.kit.http.edge import AnyRequest, RequestDb, RequestNow
from shulian.kit.text import Text

_MOST_LISTED = 12
"""Of each kind of what is left to do; the whole list is a link away."""


@get("/congresses/{slug:str}/desk", include_in_schema=False, sync_to_thread=True)
def desk_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    q: FromQuery[str] = "",
) -> Response[str]:
    """What is left to do, and the forums."""
    desk = open_desk(request, db, actor, slug, now)
    own = [one for one in desk.programme.sessions if desk.edits(desk.forums.get(one.forum))]
    unplaced = [one for one in own if one.placed is None]
    lacking = [one for one in own if _lacks_words(one.title)]
    return desk.page(
        "desk",
        q=q,
        most=_MOST_LISTED,
        unplaced=unplaced,
        lacking=lacking,
        lacking_forums=[
            one for one in desk.programme.forums if desk.edits(one) and _lacks_words(one.title)
        ],
        rows=[(one, _sessions(desk, one)) for one in desk.programme.forums if _matches(one, q)],
    )


@get("/congresses/{slug:str}/desk/conflicts", include_in_schema=False, sync_to_thread=True)
def conflicts_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """Every conflict of the draft, what blocks first."""
    return open_desk(request, db, actor, slug, now).page("desk_conflicts")


def _lacks_words(text: Text) -> bool:
    """Whether one of the languages has no words."""
    return not (text.zh and text.en)


def _sessions(desk: Desk, forum: Forum) -> tuple[int, int]:
    """How many sessions a forum has, and how many of them have no place."""
    theirs: list[Session] = [one for one in desk.programme.sessions if one.forum == forum.id]
    return len(theirs), sum(one.placed is None for one in theirs)


def _matches(forum: Forum, q: str) -> bool:
    told = (forum.title.zh, forum.title.en, forum.code, *(one.name.zh for one in forum.credits))
    return all(any(word in each.casefold() for each in told) for word in q.casefold().split())


ROUTES = (desk_page, conflicts_page)
