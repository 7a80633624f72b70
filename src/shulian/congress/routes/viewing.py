"""What the public pages of a congress share: a programme as somebody sees it, and its addresses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError, dates

from shulian.congress import api
from shulian.congress.errors import ReleaseUnknown
from shulian.congress.rules import days
from shulian.congress.rules import programme as rules
from shulian.congress.types import Congress, Programme, Release, Session, SessionId
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.text import Language, Text
from shulian.park import api as park_api
from shulian.park.types import SpaceId, Step

PALETTE = 10
"""Colours of the design for themes; the next one has the first again."""
_LOCALE = {Language.ZH: "zh_CN", Language.EN: "en_GB"}
_TOLD_STEPS = ("building", "storey")
"""Of the way down to a hall these are told, and the hall itself."""


@dataclass(frozen=True)
class View:
    """A congress as somebody sees it: its newest release, or an older one."""

    congress: Congress
    """As it is now."""
    shown: api.Shown | None
    """None: nothing is public yet; then who makes it sees an empty page."""
    number: int | None
    """Of the older release that is asked for; none: the newest."""
    starred: frozenset[SessionId]
    makes: bool
    """Whether the actor makes the congress, or one of its forums."""
    calls: bool
    """Whether it has called for sessions."""

    @property
    def programme(self) -> Programme:
        """What is shown; an empty one where nothing is public."""
        return self.shown.programme if self.shown else Programme(self.congress)

    @property
    def release(self) -> Release | None:
        """Which release it is."""
        return self.shown.release if self.shown else None

    @property
    def zone(self) -> str:
        """The time zone of the park."""
        return self.congress.timezone

    @cached_property
    def index(self) -> rules.Index:
        """The nouns of the programme by their ids."""
        return rules.index(self.programme)

    def to(self, rest: str = "", **query: object) -> str:
        """The address of a page of the congress, of the same release."""
        asked = {name: value for name, value in query.items() if value not in (None, "")}
        if self.number is not None:
            asked["release"] = self.number
        path = f"/congresses/{self.congress.slug}{rest}"
        return f"{path}?{urlencode(asked)}" if asked else path

    @property
    def palette(self) -> int:
        """How many colours there are."""
        return PALETTE

    def end(self, session: Session) -> datetime | None:
        """When a session is over."""
        span = days.span_of(session)
        return span.end if span else None

    def colour(self, session: Session) -> int | None:
        """The colour of the theme of a session, as a place in the palette."""
        theme = self.index.theme(session)
        return theme.colour % PALETTE if theme else None


def view_of(db: Db, actor: Actor, slug: str, release: int | None = None) -> View:
    """The congress of that short name, as the actor sees it.

    Raises CongressUnknown; and ReleaseUnknown where there is not the release that is asked for.
    """
    congress = api.congress_by_slug(db, actor, slug)
    shown = _shown(db, actor, congress, release)
    stars = api.starred(db, actor, congress.id)
    makes, calls = api.makes(db, actor, congress), api.calls(db, congress.id)
    return View(congress, shown, release, stars, makes, calls)


def path_of(db: Db, hall: SpaceId) -> tuple[Step, ...]:
    """From the park down to a hall; nothing where the park has it no more."""
    return park_api.path(db, hall) if park_api.localities(db, [hall]) else ()


def venues_of(db: Db, programme: Programme) -> Mapping[SpaceId, Text]:
    """The building of each hall in which something takes place."""
    used = {one.placed.hall for one in programme.sessions if one.placed is not None}
    return park_api.buildings(db, sorted(used))


def told(path: Sequence[Step]) -> tuple[Step, ...]:
    """What people are told of the way down to a hall."""
    return tuple(one for one in path[:-1] if one.kind in _TOLD_STEPS) + tuple(path[-1:])


def day_name(one: date, language: Language) -> str:
    """A day without its year, with its day of the week."""
    return dates.format_skeleton("MMMEd", one, locale=_LOCALE[language])


def languages_of(session: Session, language: Language) -> tuple[str, ...]:
    """What is spoken in a session, in words of `language`; a tag nobody knows is told as it is."""
    tags = [one for one in session.language.split(",") if one]
    return tuple(_language_name(one, language) for one in tags)


def _language_name(tag: str, language: Language) -> str:
    try:
        known = Locale.parse(tag.split("-", maxsplit=1)[0])
    except (UnknownLocaleError, ValueError):
        return tag
    return known.get_language_name("zh" if language is Language.ZH else "en") or tag


def _shown(db: Db, actor: Actor, congress: Congress, release: int | None) -> api.Shown | None:
    try:
        return api.shown(db, actor, congress.id, release)
    except ReleaseUnknown:
        if release is not None:
            raise
        return None
