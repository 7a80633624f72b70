"""What all pages of the organizers' desk share: the draft, who sees it, what came of a form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.routes.parts import faults, said, told
from shulian.congress.rules import days
from shulian.congress.types import (
    PLAN,
    Congress,
    CongressId,
    Forum,
    ForumId,
    Hall,
    Level,
    Programme,
    Session,
    SessionId,
    SpeakerId,
)
from shulian.congress.wire.draft import DraftConflict
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest
from shulian.kit.http.pages import show
from shulian.park.types import SpaceId

_DONE = frozenset(
    {
        *(
            "made",
            "saved",
            "added",
            "dropped",
            "placed",
            "unplaced",
            "undone",
            "released",
            "copied",
        ),
        *("imported", "left", "begun", "stopped", "applied"),
    }
)


@dataclass(frozen=True)
class Desk:
    """The desk of a congress, in front of somebody who has part in it."""

    request: AnyRequest
    db: Db
    actor: Actor
    now: datetime
    draft: api.Draft

    @property
    def programme(self) -> Programme:
        """All of the draft."""
        return self.draft.programme

    @property
    def congress(self) -> Congress:
        """The congress itself."""
        return self.programme.congress

    @property
    def act(self) -> str:
        """The address of the desk, below which its pages are."""
        return f"/congresses/{self.congress.slug}/desk"

    @property
    def plans(self) -> bool:
        """Whether the actor makes the congress, and not only a forum of it."""
        return api.plans(self.actor, self.congress)

    @property
    def days(self) -> tuple[object, ...]:
        """Its days."""
        return days.days_of(self.congress)

    @property
    def forums(self) -> Mapping[ForumId, Forum]:
        """Its forums by id."""
        return {one.id: one for one in self.programme.forums}

    @property
    def halls(self) -> Mapping[SpaceId, Hall]:
        """Its halls by id."""
        return {one.space: one for one in self.programme.halls}

    @property
    def sessions(self) -> Mapping[SessionId, Session]:
        """Its sessions by id."""
        return {one.id: one for one in self.programme.sessions}

    @property
    def conflicts(self) -> tuple[DraftConflict, ...]:
        """What is wrong with the draft, in the reader's words."""
        return told(self.request, self.programme, self.draft.conflicts)

    @property
    def blocking(self) -> int:
        """How many conflicts keep it from being released."""
        return sum(one.level is Level.BLOCK for one in self.draft.conflicts)

    def hurt(self, *, speaker: SpeakerId | None = None, hall: SpaceId | None = None) -> int:
        """How many of those are about a speaker, or about a hall."""
        return sum(
            one.level is Level.BLOCK and (speaker or hall) in {one.speaker, one.hall}
            for one in self.draft.conflicts
        )

    def demand_planner(self) -> None:
        """Go on only for who makes the congress; raises Refused for those of its forums."""
        self.actor.demand(PLAN, self.congress.organizer)

    def edits(self, forum: Forum | None) -> bool:
        """Whether the actor may change a forum, and what is in it."""
        return self.plans or (forum is not None and api.edits(self.actor, self.congress, forum))

    def page(
        self, template: str, *, failure: Failure | None = None, **values: object
    ) -> Response[str]:
        """A page of the desk, with why something could not be done."""
        done = self.request.query_params.get("done", "")
        return show(
            self.request,
            f"congress/{template}.html",
            actor=self.actor,
            status=failure.status if failure else 200,
            desk=self,
            it=self.congress,
            act=self.act,
            plans=self.plans,
            problem=said(self.request, failure),
            errors=faults(self.request, failure),
            done=done if done in _DONE and failure is None else "",
            **values,
        )


def open_desk(request: AnyRequest, db: Db, actor: Actor, slug: str, now: datetime) -> Desk:
    """The desk of a congress; raises CongressUnknown, LoginNeeded and Refused."""
    found = api.congress_by_slug(db, actor, slug)
    return Desk(request, db, actor, now, api.draft(db, actor, found.id, now=now))


def attempt(db: Db, run: Callable[[], object]) -> Failure | None:
    """Do something, all of it or nothing; answers why not."""
    try:
        with db.begin_nested():
            run()
    except Failure as failure:
        return failure
    return None


def go(path: str, done: str) -> Redirect:
    """On to a page that says what was done."""
    return Redirect(f"{path}{'&' if '?' in path else '?'}done={done}", status_code=303)


Doing = tuple[Db, Bus, Actor, CongressId]
"""With what most doors of congresses begin."""


def uuid_of(raw: str) -> UUID | None:
    """An id that a form told; none where it told none, or nothing that is one."""
    try:
        return UUID(raw)
    except ValueError:
        return None
