"""What tests of calls for sessions are built from: a call that is open, a reviewer, proposals."""

from datetime import timedelta

from tests.congress.gatherings import AI, NOW, Gathering
from tests.identity.accounts import actor, join, person

from shulian.booking.types import Span
from shulian.congress import api
from shulian.congress.types import Proposal, SessionKind
from shulian.identity.types import Actor, Role
from shulian.kit.text import Text

OVER = NOW + timedelta(days=7)
WORDS = Text("说说你的想法。", "Tell us what you would say.")


def call(made: Gathering, *, anonymous: bool = True, over: timedelta = OVER - NOW) -> None:
    """Look for sessions from now on."""
    api.put_call(
        made.db,
        made.planner,
        made.congress,
        words=WORDS,
        span=Span(NOW, NOW + over),
        anonymous=anonymous,
        now=NOW,
    )


def reviewer(made: Gathering, name: str = "rita") -> Actor:
    """Somebody who judges and does not decide: of the staff of the operator."""
    who = person(made.db, f"{name}@park.example")
    join(made.db, who, made.organizer, Role.STAFF)
    return actor(made.db, who)


def proposed(made: Gathering, by: Actor | None = None, *, title: str = "光场") -> Proposal:
    """A proposal that is submitted."""
    who = by or made.visitor
    one = api.propose(
        made.db,
        who,
        made.congress,
        title=Text(title, "Light fields"),
        about=Text("怎样拍摄光场。", "How to film one."),
        kind=SessionKind.TALK,
        minutes=40,
        theme=AI,
        speakers="王示例，示例大学教授\nAnn Sample, Professor",
        now=NOW,
    )
    return api.submit(made.db, who, one.id, now=NOW)
