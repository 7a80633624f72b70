"""The form of a session at the desk: what browsers send, as a session, and back again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shulian.congress.errors import ForumUnknown
from shulian.congress.routes.desks import Desk, uuid_of
from shulian.congress.routes.forms import Typed, both, one, rows, speakers_of, speakers_text, whole
from shulian.congress.routes.moved import Row
from shulian.congress.types import ForumId, Minutes, Session, SessionKind, Talk, TalkId
from shulian.kit.errors import Invalid
from shulian.kit.http.edge import language_of
from shulian.kit.ids import new_id

_SPARE = 2
"""Empty rows for more talks."""
_USUAL = 90
"""[min]."""
FIELDS = {
    "forum": "congress.desk.forum",
    "kind": "congress.desk.kind",
    "title_zh": "congress.desk.name",
    "title_en": "congress.desk.name",
    "about_zh": "congress.desk.about",
    "about_en": "congress.desk.about",
    "minutes": "congress.desk.duration",
    "attendance": "congress.desk.attendance",
    "language": "congress.desk.language",
    "link": "congress.desk.link",
    "speakers": "congress.desk.chairs",
}
"""The fields of the form, with the words beside each."""
_TALK = ("id", "title_zh", "title_en", "about_zh", "about_en", "minutes", "speakers")


def session_of(desk: Desk, data: Typed, before: Session, now: datetime) -> Session:
    """What a session would be; raises Invalid and ForumUnknown."""
    forum, kind = uuid_of(one(data, "forum")), one(data, "kind")
    if forum is None:
        raise ForumUnknown
    if kind not in set(SessionKind):
        raise Invalid(fields={"kind": "field_invalid"})
    people = desk.programme.speakers
    return replace(
        before,
        forum=ForumId(forum),
        kind=SessionKind(kind),
        title=both(data, "title"),
        about=both(data, "about"),
        minutes=Minutes(whole(data, "minutes", "congress.minutes_wrong")),
        attendance=whole(data, "attendance", "congress.attendance_wrong"),
        language=one(data, "language"),
        link=one(data, "link"),
        speakers=speakers_of(one(data, "speakers"), people, "speakers", first=before.speakers),
        talks=tuple(filter(None, (_talk(desk, data, row, before, now) for row in _rows(data)))),
    )


def _rows(data: Typed) -> list[int]:
    return rows(data, "talk")


def _talk(desk: Desk, data: Typed, row: int, before: Session, now: datetime) -> Talk | None:
    """The talk of a row; a row without a title is none."""
    start = f"talk.{row}."
    title = both(data, f"{start}title")
    if not (title.zh.strip() or title.en.strip()):
        return None
    known = {each.id: each for each in before.talks}
    told = uuid_of(one(data, f"{start}id"))
    which = next((each for each in known if each == told), TalkId(new_id(now)))
    return Talk(
        which,
        title,
        both(data, f"{start}about"),
        Minutes(whole(data, f"{start}minutes")),
        speakers_of(
            one(data, f"{start}speakers"),
            desk.programme.speakers,
            "talks",
            first=known[which].speakers if which in known else (),
        ),
    )


def values_of(desk: Desk, session: Session | None) -> Mapping[str, str]:
    """The fields of a session as they are, or as one begins with."""
    if session is None:
        usual = {"kind": SessionKind.FORUM.value, "minutes": str(_USUAL), "attendance": "0"}
        return {**dict.fromkeys(FIELDS, ""), **usual}
    language = language_of(desk.request)
    return {
        "forum": str(session.forum),
        "kind": session.kind.value,
        "title_zh": session.title.zh,
        "title_en": session.title.en,
        "about_zh": session.about.zh,
        "about_en": session.about.en,
        "minutes": str(session.minutes),
        "attendance": str(session.attendance),
        "language": session.language,
        "link": session.link,
        "speakers": speakers_text(session.speakers, desk.programme.speakers, language),
    }


def talks_of(desk: Desk, session: Session | None, typed: Typed | None) -> list[Row]:
    """The rows of its talks, as typed or as they are, with some to spare."""
    spare: list[Row] = [{str(name): "" for name in _TALK}] * _SPARE
    if typed is not None:
        return [{name: one(typed, f"talk.{row}.{name}") for name in _TALK} for row in _rows(typed)]
    language = language_of(desk.request)
    there: list[Row] = [
        {
            "id": str(each.id),
            "title_zh": each.title.zh,
            "title_en": each.title.en,
            "about_zh": each.about.zh,
            "about_en": each.about.en,
            "minutes": str(each.minutes),
            "speakers": speakers_text(each.speakers, desk.programme.speakers, language),
        }
        for each in (session.talks if session else ())
    ]
    return [*there, *spare]
