"""Programmes from elsewhere: all of one brought into a draft, or nothing of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID, uuid5

from shulian.congress.api.congresses import subject, touch
from shulian.congress.api.drafts import whole
from shulian.congress.api.rights import planned
from shulian.congress.errors import ImportRefused
from shulian.congress.rules import entries
from shulian.congress.store import congresses, forums, sessions, speakers
from shulian.congress.types import (
    CongressId,
    Forum,
    ForumId,
    Hall,
    Placement,
    Programme,
    Session,
    SessionId,
    Speaker,
    SpeakerId,
    TalkId,
    Theme,
    ThemeId,
)
from shulian.identity.api import organization_names, record
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.park import api as park_api
from shulian.park.types import SpaceId

MOST_SESSIONS = 5_000
"""In one programme."""
_NEW = -1
"""The version of what is not kept yet: what is kept counts one more."""

_Id = TypeVar("_Id", ThemeId, ForumId, SessionId, SpeakerId, TalkId)
_Faults = dict[str, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of one kind were new, were changed, or were as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What bringing a programme in did, or would do."""

    themes: Counts
    halls: Counts
    forums: Counts
    speakers: Counts
    sessions: Counts


def import_programme(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: CongressId,
    incoming: Programme,
    *,
    halls: Mapping[SpaceId, SpaceId | None] | None = None,
    dry: bool = False,
    now: datetime,
) -> Imported:
    """Bring a programme into a draft: what is known by its id, code or name becomes what it says.

    halls  which spaces its halls are, where they are not called as the park calls them; none: what
           is there has no place
    dry    say what it would do, and do nothing

    Forums, sessions and speakers that it does not name stay; so do hours and capacities of halls
    that the congress uses already. Ids that something else of this installation has get others,
    always the same. Raises ImportRefused with all that cannot be, each by where it stands.
    """
    before = whole(db, planned(db, actor, wanted, locked=True))
    after = Merged(db, before, incoming, halls or {})
    faults = after.faults()
    if faults:
        raise ImportRefused(fields=faults)
    told = after.counts()
    if dry or told == after.nothing:
        return told
    after.keep()
    counted = {"sessions": told.sessions.new + told.sessions.changed}
    record(db, actor, "congress.import", subject(wanted), None, counted, now=now)
    touch(db, bus, wanted)
    return told


class Merged:
    """A draft and what comes in, brought together."""

    def __init__(
        self,
        db: Db,
        before: Programme,
        incoming: Programme,
        halls: Mapping[SpaceId, SpaceId | None],
    ) -> None:
        self._db, self._before = db, before
        self._congress = before.congress.id
        self._spaces = {one.space: halls.get(one.space, one.space) for one in incoming.halls}
        self._count = len(incoming.sessions)
        self._taken = _Taken(db, self._congress)
        self.themes = self._merge_themes(incoming.themes)
        self.halls = self._merge_halls(incoming.halls)
        self.speakers = self._merge_speakers(incoming.speakers)
        self.forums = self._merge_forums(incoming.forums)
        self.sessions = self._merge_sessions(incoming.sessions)

    def faults(self) -> _Faults:
        """All that cannot be, by where it stands."""
        found = {} if self._count <= MOST_SESSIONS else {"sessions": "congress.too_many_sessions"}
        found |= _numbered(
            "themes", ({"name": entries.title_fault(one.name)} for one in self.themes)
        )
        found |= _numbered("speakers", (entries.speaker_faults(one) for one in self.speakers))
        found |= _numbered("forums", (entries.forum_faults(one) for one in self.forums))
        found |= _numbered("sessions", (entries.session_faults(one) for one in self.sessions))
        return found | self._strange_halls() | self._strangers()

    def counts(self) -> Imported:
        """How much is new, how much is changed."""
        return Imported(
            themes=_count(self._before.themes, self.themes),
            halls=_count(self._before.halls, self.halls),
            forums=_count(self._before.forums, self.forums),
            speakers=_count(self._before.speakers, self.speakers),
            sessions=_count(self._before.sessions, self.sessions),
        )

    @property
    def nothing(self) -> Imported:
        """What it counts where all is as it is."""
        return Imported(
            *(
                Counts(same=len(one))
                for one in (self.themes, self.halls, self.forums, self.speakers, self.sessions)
            )
        )

    def whole(self) -> Programme:
        """All of the draft as it would be."""
        before = self._before
        return replace(
            before,
            themes=_with(before.themes, self.themes),
            halls=_with(before.halls, self.halls),
            forums=_with(before.forums, self.forums),
            speakers=_with(before.speakers, self.speakers),
            sessions=_with(before.sessions, self.sessions),
        )

    def keep(self) -> None:
        """Make it the draft."""
        db, congress = self._db, self._congress
        mine = {one.id for one in self.themes}
        others = [one for one in self._before.themes if one.id not in mine]
        congresses.put_themes(db, congress, [*others, *self.themes])
        for hall in _fresh(self._before.halls, self.halls):
            congresses.put_hall(db, congress, hall)
        for speaker in _fresh(self._before.speakers, self.speakers):
            speakers.put(db, congress, replace(speaker, version=speaker.version + 1))
        for forum in _fresh(self._before.forums, self.forums):
            forums.put(db, congress, replace(forum, version=forum.version + 1))
        for session in _fresh(self._before.sessions, self.sessions):
            sessions.put(db, congress, replace(session, version=session.version + 1))

    def _merge_themes(self, incoming: Iterable[Theme]) -> tuple[Theme, ...]:
        """Those of the same name are the same."""
        named = {one.name: one.id for one in self._before.themes}
        known = {one.id for one in self._before.themes}
        self._theme = {
            one.id: one.id if one.id in known else named.get(one.name) or self._taken.theme(one.id)
            for one in incoming
        }
        return tuple(
            replace(one, id=self._theme[one.id], name=entries.tidy(one.name)) for one in incoming
        )

    def _merge_halls(self, incoming: Iterable[Hall]) -> tuple[Hall, ...]:
        used = {one.space: one for one in self._before.halls}
        found = {space: one for one in incoming if (space := self._spaces[one.space]) is not None}
        names = park_api.localities(self._db, list(found))
        return tuple(
            used.get(space)
            or replace(one, space=space, name=names[space].name if space in names else one.name)
            for space, one in found.items()
        )

    def _merge_speakers(self, incoming: Iterable[Speaker]) -> tuple[Speaker, ...]:
        """Those of the same name and title are the same; accounts are not taken over."""
        known = {one.id: one for one in self._before.speakers}
        named = {(one.name, one.title): one.id for one in self._before.speakers}
        self._speaker: dict[SpeakerId, SpeakerId] = {}
        found: list[Speaker] = []
        for one in incoming:
            tidy = replace(
                one,
                name=entries.tidy(one.name),
                title=entries.tidy(one.title),
                about=entries.tidy(one.about),
            )
            same = one.id if one.id in known else named.get((tidy.name, tidy.title))
            who = same or self._taken.speaker(one.id)
            self._speaker[one.id] = who
            there = known.get(who)
            found.append(
                replace(
                    tidy,
                    id=who,
                    person=there.person if there else None,
                    version=there.version if there else _NEW,
                )
            )
        return tuple(found)

    def _merge_forums(self, incoming: Iterable[Forum]) -> tuple[Forum, ...]:
        known = {one.id: one for one in self._before.forums}
        coded = {one.code: one.id for one in self._before.forums if one.code}
        self._forum: dict[ForumId, ForumId] = {}
        found: list[Forum] = []
        for one in incoming:
            same = one.id if one.id in known else coded.get(one.code.strip())
            which = same or self._taken.forum(one.id)
            self._forum[one.id] = which
            there = known.get(which)
            found.append(
                replace(
                    one,
                    id=which,
                    title=entries.tidy(one.title),
                    about=entries.tidy(one.about),
                    code=one.code.strip(),
                    theme=self._theme.get(one.theme) if one.theme else None,
                    organization=there.organization if there else one.organization,
                    credits=tuple(
                        replace(each, name=entries.tidy(each.name)) for each in one.credits
                    ),
                    version=there.version if there else _NEW,
                )
            )
        return tuple(found)

    def _merge_sessions(self, incoming: Iterable[Session]) -> tuple[Session, ...]:
        known = {one.id: one for one in self._before.sessions}
        return tuple(self._session(one, known) for one in incoming)

    def _session(self, one: Session, known: Mapping[SessionId, Session]) -> Session:
        which = one.id if one.id in known else self._taken.session(one.id)
        placed = one.placed
        if placed is not None:
            hall = self._spaces.get(placed.hall, placed.hall)
            placed = Placement(hall, placed.start) if hall is not None else None
        return replace(
            one,
            id=which,
            forum=self._forum.get(one.forum, one.forum),
            title=entries.tidy(one.title),
            about=entries.tidy(one.about),
            placed=placed,
            version=known[which].version if which in known else _NEW,
            speakers=self._speaking(one.speakers),
            talks=tuple(
                replace(
                    talk,
                    id=self._taken.talk(talk.id, which),
                    title=entries.tidy(talk.title),
                    about=entries.tidy(talk.about),
                    speakers=self._speaking(talk.speakers),
                )
                for talk in one.talks
            ),
        )

    def _speaking(self, who: Sequence[SpeakerId]) -> tuple[SpeakerId, ...]:
        """Each once, since two of a programme may be the same."""
        return tuple(dict.fromkeys(self._speaker.get(one, one) for one in who))

    def _strange_halls(self) -> _Faults:
        """Halls that are no spaces of the park, and sessions in a hall that is not named."""
        there = park_api.localities(self._db, [one.space for one in self.halls])
        park = self._before.congress.park
        found = {
            f"halls.{one.space}": "congress.hall_not_in_park"
            for one in self.halls
            if one.space not in there or there[one.space].park != park
        }
        named = {one.space for one in self.halls} | {one.space for one in self._before.halls}
        lost = {
            f"sessions.{number}.hall": "congress.hall_not_named"
            for number, one in enumerate(self.sessions)
            if one.placed and one.placed.hall not in named
        }
        return found | lost

    def _strangers(self) -> _Faults:
        """What names something that is not there."""
        speaking = {one.id for one in self.speakers} | {one.id for one in self._before.speakers}
        known = {one.id for one in self.forums} | {one.id for one in self._before.forums}
        codes = [one.code for one in self.forums if one.code]
        ids = [one.id for one in self.sessions]
        found: _Faults = {}
        for number, one in enumerate(self.sessions):
            if not one.everyone <= speaking:
                found[f"sessions.{number}.speakers"] = "congress.speaker_not_named"
            if one.forum not in known:
                found[f"sessions.{number}.forum"] = "congress.forum_not_named"
        if len(set(codes)) < len(codes):
            found["forums"] = "congress.twice"
        if len(set(ids)) < len(ids):
            found["sessions"] = "congress.twice"
        whose = {one.organization for one in self.forums} | {
            each.organization for one in self.forums for each in one.credits
        }
        wanted = [one for one in whose if one]
        if len(organization_names(self._db, wanted)) < len(wanted):
            found["forums.organization"] = "congress.organization_not_here"
        return found


class _Taken:
    """Ids for what comes in: its own, unless something else of the installation has it."""

    def __init__(self, db: Db, congress: CongressId) -> None:
        self._db, self._congress = db, congress

    def theme(self, wanted: ThemeId) -> ThemeId:
        return self._free("theme", wanted)

    def forum(self, wanted: ForumId) -> ForumId:
        return self._free("forum", wanted)

    def session(self, wanted: SessionId) -> SessionId:
        return self._free("session", wanted)

    def speaker(self, wanted: SpeakerId) -> SpeakerId:
        return self._free("speaker", wanted)

    def talk(self, wanted: TalkId, session: SessionId) -> TalkId:
        """A talk stays that of its session."""
        owner = sessions.session_of_talk(self._db, wanted)
        return wanted if owner in {None, session} else _other(wanted, session)

    def _free(self, kind: str, wanted: _Id) -> _Id:
        owner = congresses.congress_of(self._db, kind, wanted)
        return wanted if owner in {None, self._congress} else _other(wanted, self._congress)


_One = TypeVar("_One", Theme, Hall, Forum, Speaker, Session)


def _other(wanted: _Id, scope: UUID) -> _Id:
    """Another id, always the same one."""
    return cast("_Id", uuid5(scope, str(wanted)))


def _key(one: Theme | Hall | Forum | Speaker | Session) -> object:
    return one.space if isinstance(one, Hall) else one.id


def _fresh(before: Collection[_One], after: Iterable[_One]) -> list[_One]:
    """What is new or changed."""
    known = {_key(one): one for one in before}
    return [one for one in after if known.get(_key(one)) != one]


def _with(before: Collection[_One], after: Collection[_One]) -> tuple[_One, ...]:
    """What stays as it was, and what comes."""
    mine = {_key(one) for one in after}
    return (*(one for one in before if _key(one) not in mine), *after)


def _count(before: Collection[_One], after: Collection[_One]) -> Counts:
    known = {_key(one): one for one in before}
    new = sum(_key(one) not in known for one in after)
    same = sum(known.get(_key(one)) == one for one in after)
    return Counts(new, len(after) - new - same, same)


def _numbered(kind: str, found: Iterable[Mapping[str, str | None]]) -> _Faults:
    return {
        f"{kind}.{number}.{field}": code
        for number, faults in enumerate(found)
        for field, code in faults.items()
        if code
    }
