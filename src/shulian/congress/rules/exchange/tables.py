"""A table of forums and sessions, as organizers keep it: read whole or not at all.

Each fault and each notice names its cell as spreadsheets do, `E12`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from shulian.congress.errors import ExchangeTooMany
from shulian.congress.rules.exchange import cells
from shulian.congress.rules.exchange.cells import Clock, Value
from shulian.congress.rules.exchange.columns import PARTS, WRITTEN, Head, head_of, heads
from shulian.congress.rules.exchange.drafts import MOST_SESSIONS, Draft, Given, Remark, zone_of
from shulian.congress.rules.exchange.making import kind_of, text_of
from shulian.congress.rules.exchange.reading import settled, twice
from shulian.congress.rules.exchange.rows import Row, programme_of, rows_of
from shulian.congress.rules.exchange.views import PLAIN, Telling, clean, line
from shulian.congress.types import LONGEST_SESSION, Credit, Programme, SessionKind
from shulian.kit.text import Text

_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table, in rows from the first one on, and what is wrong with some."""

    rows: tuple[tuple[Value, ...], ...]
    faults: Mapping[tuple[int, int], str] = field(
        default_factory=lambda: MappingProxyType[tuple[int, int], str]({})
    )
    """By row and column from 0: the code of what is wrong."""


@dataclass(slots=True)
class _Line:
    """A row as it is read: its cells by column, and what is found to be wrong with them."""

    at: int
    head: Head
    values: Sequence[Value]
    remarks: list[Remark]
    wrong: list[Remark]

    def get(self, key: str) -> Value:
        """What the cell of a column holds."""
        index = self.head.columns.get(key)
        return self.values[index] if index is not None and index < len(self.values) else None

    def text(self, key: str) -> str:
        """The same as words on one line."""
        return line(cells.words(self.get(key)))

    def where(self, key: str) -> str:
        """The name of that cell."""
        return cell_name(self.at, self.head.columns.get(key, 0))

    def fault(self, code: str, key: str, **params: str) -> None:
        """Something that is not understood."""
        self.wrong.append(Remark(code, self.where(key), MappingProxyType(params)))

    def note(self, code: str, key: str, **params: str) -> None:
        """Something that is understood in some way."""
        self.remarks.append(Remark(code, self.where(key), MappingProxyType(params)))


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets name it, from its row and column from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def read(grid: Grid, given: Given) -> Draft:
    """What a table would make of a congress."""
    zone = given.congress.timezone if given.congress else given.timezone
    notes = [] if zone else [Remark("zone_missing", "A1")]
    clocks = zone_of(zone or "UTC")
    if clocks is None:
        params = MappingProxyType({"zone": line(zone)[:80]})
        return Draft(None, 0, faults=(Remark("zone_unknown", "A1", params),))
    head = head_of(grid.rows)
    if head is None or not head.columns.keys() & {"title_zh", "title_en"}:
        return Draft(None, 0, faults=(Remark("head_missing", "A1"),))
    notes += _headed(head)
    if len(grid.rows) - head.row > MOST_SESSIONS + 1:
        raise ExchangeTooMany(limit=MOST_SESSIONS)
    faults: list[Remark] = []
    found: list[tuple[_Line, Row]] = []
    for at, values in enumerate(grid.rows[head.row + 1 :], start=head.row + 1):
        broken = [(key, code) for key, code in sorted(grid.faults.items()) if key[0] == at]
        faults += [Remark(code, cell_name(*key)) for key, code in broken]
        if broken or not any(cells.words(one) for one in values):
            continue
        told = _Line(at, head, values, notes, faults)
        found.append((told, _row(told, clocks)))
    faults += _twice(found)
    if not found and not faults:
        faults.append(Remark("rows_missing", cell_name(head.row + 1, 0)))
    if faults:
        return Draft(None, len(found), notices=tuple(notes), faults=tuple(faults))
    draft = programme_of([row for _, row in found], given, clocks.key)
    return replace(draft, notices=(*notes, *draft.notices))


def _headed(head: Head) -> Iterator[Remark]:
    for code, columns in (("column_unknown", head.unknown), ("column_twice", head.twice)):
        for index, name in columns:
            params = MappingProxyType({"name": name[:80]})
            yield Remark(code, cell_name(head.row, index), params)


def _row(told: _Line, zone: ZoneInfo) -> Row:
    """A row, as far as it is understood."""
    title = Text(told.text("title_zh"), told.text("title_en"))
    if not title.zh and "title_zh" not in told.head.columns:  # then `title` may be in any language
        title = text_of(title.en)
    if not title:
        told.fault("title_missing", "title_zh" if "title_zh" in told.head.columns else "title_en")
    code = told.text("id")
    start, minutes = _when(told, zone)
    venue, room = told.text("venue"), told.text("room")
    if start is not None and not room:
        room, venue = venue, ""
    if start is not None and not room:
        told.fault("room_missing", "room")
    guid = _guid(told.text("session"))
    if told.text("session") and guid is None:
        told.fault("guid_unreadable", "session", value=told.text("session")[:80])
    own = _guid(code)
    return Row(
        title=title,
        code="" if own else code,
        forum=own,
        guid=guid,
        kind=_kind(told),
        session=Text(told.text("session_zh"), told.text("session_en")),
        about=Text(
            clean(cells.words(told.get("about_zh"))), clean(cells.words(told.get("about_en")))
        ),
        theme=Text(told.text("theme_zh"), told.text("theme_en")),
        start=start,
        minutes=minutes,
        venue=venue if start is not None else "",
        room=room if start is not None else "",
        credits=tuple(_credits(told)),
        language=told.text("language"),
        attendance=_number(told, "attendance") or 0,
        speakers=tuple(dict.fromkeys(cells.listed(told.get("speakers")))),
        link=told.text("link"),
    )


def _kind(told: _Line) -> SessionKind:
    words = told.text("type")
    kind = kind_of(words)
    if words and kind is None:
        told.note("kind_unknown", "type", value=words[:80])
    return kind or SessionKind.FORUM


def _number(told: _Line, key: str) -> int | None:
    words = told.text(key)
    found = cells.number(told.get(key))
    if words and (found is None or found > 10**6):
        told.fault("number_unreadable", key, value=words[:80])
        return None
    return found


def _credits(told: _Line) -> Iterator[Credit]:
    found, wrong = cells.credits_of(told.get("organisers"))
    for one in wrong:
        told.fault("part_unknown", "organisers", value=one[:80])
    yield from found
    for part in PARTS:
        for name in cells.listed(told.get(part.value)):
            yield Credit(part, text_of(name))


def _when(told: _Line, zone: ZoneInfo) -> tuple[datetime | None, int]:
    """When a row begins, and its minutes; none: it has no time, yet or by a fault."""
    minutes = _number(told, "minutes")
    if minutes is not None and minutes > LONGEST_SESSION:
        _too_long(told, "minutes", minutes)
        return None, 0
    if not (told.text("date") or told.text("start") or told.text("time")):
        return None, minutes or 0
    first, last = _clocks(told)
    day = cells.day(told.get("date"))
    if day is None:
        told.fault("date_unreadable", "date", value=told.text("date")[:80])
    if day is None or first is None:
        return None, 0
    start = _instant(told, day, first, zone, _key(told, "start"))
    if start is None or minutes is not None:
        return start, minutes or 0
    length = _length(told, day, start, (first, last), zone)
    return (start, length) if length else (None, 0)


def _length(
    told: _Line, day: date, start: datetime, clocks: tuple[Clock, Clock | None], zone: ZoneInfo
) -> int:
    """Minutes to the end, which is on the next day where it is not after the start; 0: a fault."""
    first, last = clocks
    key = _key(told, "end")
    if last is None or (last.minutes, last.seconds) == (first.minutes, first.seconds):
        if last is not None or not told.text("end"):
            told.fault("end_missing", key)
        return 0
    if (last.minutes, last.seconds) < (first.minutes, first.seconds):
        told.note("past_midnight", key, value=told.text(key)[:80])
        last = replace(last, minutes=last.minutes + 1440)
    end = _instant(told, day, last, zone, key)
    if end is None:
        return 0
    minutes = (end - start) // timedelta(minutes=1)
    if 0 < minutes <= LONGEST_SESSION:
        return minutes
    _too_long(told, key, minutes)
    return 0


def _too_long(told: _Line, key: str, minutes: int) -> None:
    told.fault("session_too_long", key, minutes=str(minutes), most=str(LONGEST_SESSION))


def _key(told: _Line, key: str) -> str:
    """The column in which a time stands: its own, or that of times from and to."""
    return key if key in told.head.columns else "time"


def _clocks(told: _Line) -> tuple[Clock | None, Clock | None]:
    """From, to; none where there is none, or where it is not understood."""
    if told.text("time") and not told.text("start"):
        found = cells.span(told.get("time"))
        if found is None:
            told.fault("time_unreadable", "time", value=told.text("time")[:80])
            return None, None
        return found
    first, last = (cells.clock(told.get(key)) for key in ("start", "end"))
    if told.text("date") and first is None:
        told.fault("time_unreadable", _key(told, "start"), value=told.text("start")[:80])
    if told.text("end") and last is None:
        told.fault("time_unreadable", "end", value=told.text("end")[:80])
    return first, last


def _instant(told: _Line, day: date, at: Clock, zone: ZoneInfo, key: str) -> datetime | None:
    """The instant of a time of day: clocks of `zone` may skip it, or show it twice."""
    days, minutes = divmod(at.minutes, 1440)
    try:
        on = day + timedelta(days=days)
        local = datetime.combine(on, time(minutes // 60, minutes % 60, at.seconds))
        if at.offset:
            return datetime.fromisoformat(local.isoformat() + at.offset).astimezone(UTC)
        found = settled(local, zone)
    except (ValueError, OverflowError):
        told.fault("date_unreadable", "date", value=told.text("date")[:80])
        return None
    if found is None:
        told.fault("time_skipped", key, value=f"{local:%Y-%m-%d %H:%M}", zone=zone.key)
    elif twice(local, zone):
        told.note("time_twice", key, value=f"{local:%Y-%m-%d %H:%M}", zone=zone.key)
    return found


def _guid(words: str) -> UUID | None:
    try:
        return UUID(words) if len(words) == 36 else None  # noqa: PLR2004  # with its hyphens
    except ValueError:
        return None


def _twice(found: Iterable[tuple[_Line, Row]]) -> Iterator[Remark]:
    """Ids of sessions that two rows have, and ids of forums under which two titles stand."""
    sessions: dict[UUID, _Line] = {}
    titles: dict[str, tuple[_Line, Text]] = {}
    for told, row in found:
        if row.guid is not None:
            other = sessions.setdefault(row.guid, told)
            if other is not told:
                params = {
                    "guid": str(row.guid),
                    "first": other.where("session"),
                    "second": told.where("session"),
                }
                yield Remark("guid_twice", told.where("session"), MappingProxyType(params))
        code = row.code or (str(row.forum) if row.forum else "")
        if code and row.title:
            first, title = titles.setdefault(code, (told, row.title))
            if title != row.title:
                params = {"id": code[:80], "first": first.where("id"), "second": told.where("id")}
                yield Remark("forum_twice", told.where("id"), MappingProxyType(params))


def written(programme: Programme, telling: Telling = PLAIN) -> list[list[Value]]:
    """The table of a programme, its head first."""
    zone = zone_of(programme.congress.timezone) or ZoneInfo("UTC")
    made: list[list[Value]] = [list(heads(telling.language))]
    for row in rows_of(programme, telling):
        told = _told(row, zone)
        made.append([told[one.key] for one in WRITTEN])
    return made


def _told(row: Row, zone: ZoneInfo) -> dict[str, Value]:
    told: dict[str, Value] = {
        "id": row.code or str(row.forum or ""),
        "session": str(row.guid or ""),
        "type": row.kind.value,
        "title_zh": row.title.zh,
        "title_en": row.title.en,
        "session_zh": row.session.zh,
        "session_en": row.session.en,
        "about_zh": row.about.zh,
        "about_en": row.about.en,
        "theme_zh": row.theme.zh,
        "theme_en": row.theme.en,
        "date": None,
        "start": "",
        "end": "",
        "minutes": "",
        "venue": row.venue,
        "room": row.room,
        "organisers": "; ".join(
            cells.credit(one, one.name.zh or one.name.en) for one in row.credits
        ),
        "language": row.language,
        "attendance": row.attendance or "",
        "speakers": "; ".join(row.speakers),
        "link": row.link,
    }
    return told | _times(row, zone)


def _times(row: Row, zone: ZoneInfo) -> dict[str, Value]:
    """Date, start and end by the clocks of the congress; minutes where those do not tell them."""
    if row.start is None:
        return {"minutes": row.minutes}
    start = row.start.astimezone(zone)
    end = (row.start + timedelta(minutes=row.minutes)).astimezone(zone)
    plain = 0 < row.minutes < LONGEST_SESSION and not (start.fold or end.fold)
    steady = start.utcoffset() == end.utcoffset()
    return {
        "date": start.date(),
        "start": _shown(start, offset=bool(start.fold)),
        "end": _shown(end) if row.minutes else "",
        "minutes": "" if plain and steady else row.minutes,
    }


def _shown(at: datetime, *, offset: bool = False) -> str:
    shown = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    return shown + at.isoformat()[-6:] if offset else shown
