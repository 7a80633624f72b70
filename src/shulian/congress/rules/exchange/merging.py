"""What somebody changed in a file of ours comes back in: the rest stays as our own words say it.

A file shows a programme twice: in the words of its format, for everyone, and in our own, for
ourselves. Where the two agree our own words hold, which say more. Where they do not, somebody
edited the file with a program that does not know them: then what the format says holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from shulian.congress.rules.exchange.drafts import Given, HallNamed, Remark
from shulian.congress.rules.exchange.making import (
    hall,
    kind_of,
    ordered,
    session,
    speaker,
    text_of,
)
from shulian.congress.rules.exchange.own_words import OwnWords
from shulian.congress.rules.exchange.views import Entry, View, room_id, room_names, sides
from shulian.congress.types import (
    Hall,
    Minutes,
    Placement,
    Programme,
    Session,
    SessionId,
    SpeakerId,
)
from shulian.kit.text import Language, Text
from shulian.park.types import SpaceId


def merged(
    words: OwnWords, view: View, given: Given, shown: View
) -> tuple[Programme, tuple[HallNamed, ...], tuple[Remark, ...]]:
    """Our own words with what was changed around them: the halls that are new, and what to know.

    shown    what the format shows of our own words
    """
    own = words.programme
    before = {one.guid: one for one in shown.entries}
    after = {one.guid: one for one in view.entries}
    if before == after:
        return own, (), ()
    spaces, halls, unknown = _halls(words, view, given)
    known = {one.id: one for one in own.sessions}
    sessions = [
        one
        if one.placed is None or before[one.id] == after.get(one.id)
        else _edited(one, before[one.id], after[one.id], spaces, words.telling.language)
        for one in own.sessions
        if one.placed is None or one.id in after
    ]
    added, notices = _added(own, view, spaces)
    gone = [known[SessionId(guid)] for guid in before if guid not in after]
    voices = {SpeakerId(one.guid): one for entry in view.entries for one in entry.voices}
    there = {one.id for one in own.speakers}
    new = tuple(speaker(one) for key, one in voices.items() if key not in there)
    programme = replace(
        own,
        halls=halls,
        sessions=ordered((*sessions, *added)),
        speakers=own.speakers + new,
    )
    changed = (entry for entry in view.entries if before.get(entry.guid, entry) != entry)
    notes = (
        *(_note("edited", entry.title) for entry in changed),
        *(_note("gone", one.title.into(words.telling.language)) for one in gone),
        *notices,
    )
    return programme, unknown, notes


def _note(code: str, title: str) -> Remark:
    return Remark(code, title, MappingProxyType({"title": title}))


def _halls(
    words: OwnWords, view: View, given: Given
) -> tuple[Mapping[str, SpaceId], tuple[Hall, ...], tuple[HallNamed, ...]]:
    """The space of each room by its name, all halls, and those that the park does not know."""
    own = words.programme
    names = room_names(own.halls, words.telling)
    spaces = {name: space for space, name in names.items()}
    by_guid = {room_id(space): space for space in names}
    added: list[Hall] = []
    unknown: list[HallNamed] = []
    for room in view.rooms:
        if room.guid in by_guid:
            spaces[room.name] = by_guid[room.guid]
        elif room.name not in spaces:
            one, known = hall(room.name, own.congress, given)
            spaces[room.name] = one.space
            if one.space not in names:
                added.append(one)
            if not known:
                unknown.append(HallNamed(one.space, one.name))
    return spaces, (*own.halls, *dict.fromkeys(added)), tuple(unknown)


def _added(
    own: Programme, view: View, spaces: Mapping[str, SpaceId]
) -> tuple[list[Session], list[Remark]]:
    """Sessions that are new: each in the forum of its track that has most, or in the first one."""
    known = {one.id for one in own.sessions if one.placed is not None}
    new = [one for one in view.entries if one.guid not in known]
    if not own.forums:
        return [], [_note("no_forum", one.title) for one in new]
    forums = {one.id: one for one in own.forums}
    themes = {one.id: one.name for one in own.themes}
    sessions: list[Session] = []
    for entry in new:
        home = next(
            (
                one
                for one in forums.values()
                if one.theme and entry.track in (themes[one.theme].zh, themes[one.theme].en)
            ),
            own.forums[0],
        )
        sessions.append(session(entry, home.id, spaces[entry.room]))
    return sessions, [_note("added", one.title) for one in new]


def _edited(
    one: Session, before: Entry, after: Entry, spaces: Mapping[str, SpaceId], language: Language
) -> Session:
    """A session with what differs between what was shown of it and what is."""
    title, about = one.title, one.about
    if (after.title, after.subtitle) != (before.title, before.subtitle):
        title = _retitled(title, after, language)
    if (after.abstract, after.description) != (before.abstract, before.description):
        about = _text(after.abstract, after.description, language)
    speakers, talks = one.speakers, one.talks
    if after.voices != before.voices:
        heard = [SpeakerId(voice.guid) for voice in after.voices]
        talks = tuple(replace(talk, speakers=_kept(talk.speakers, heard)) for talk in talks)
        in_talks = {each for talk in talks for each in talk.speakers}
        speakers = tuple(each for each in heard if each not in in_talks or each in one.speakers)
    return replace(
        one,
        title=title,
        about=about,
        talks=talks,
        speakers=speakers,
        kind=one.kind if after.kind == before.kind else kind_of(after.kind) or one.kind,
        minutes=Minutes(after.minutes),
        language=one.language if after.language == before.language else after.language,
        link=one.link if after.link == before.link else after.link,
        placed=one.placed
        if (after.room, after.start) == (before.room, before.start)
        else Placement(spaces[after.room], after.start),
    )


def _retitled(title: Text, after: Entry, language: Language) -> Text:
    """The title as it is shown now; what stands alone is in the language it was in."""
    if after.subtitle:
        return _text(after.title, after.subtitle, language)
    first, second = sides(title, language)
    if first and second:
        return _text(after.title, "", language)
    return _text(after.title, "", language) if first else text_of(after.title)


def _text(first: str, second: str, language: Language) -> Text:
    return Text(first, second) if language is Language.ZH else Text(second, first)


def _kept(speakers: Iterable[SpeakerId], heard: Iterable[SpeakerId]) -> tuple[SpeakerId, ...]:
    there = set(heard)
    return tuple(one for one in speakers if one in there)
