"""A congress on other days: all that has a time moves along, and clocks show what they showed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from shulian.booking.types import Span
from shulian.congress.types import Placement, Programme


def begin_on(programme: Programme, first: date, timezone: str) -> Programme:
    """The same congress from `first` on, at the same hours by the clocks of `timezone`."""
    congress = programme.congress
    shift = _Shift(first - congress.first, ZoneInfo(congress.timezone), ZoneInfo(timezone))
    return replace(
        programme,
        congress=replace(congress, first=first, last=congress.last + shift.days, timezone=timezone),
        halls=tuple(replace(one, hours=shift.spans(one.hours)) for one in programme.halls),
        sessions=tuple(
            replace(one, placed=Placement(one.placed.hall, shift.instant(one.placed.start)))
            if one.placed
            else one
            for one in programme.sessions
        ),
        speakers=tuple(
            replace(one, available=shift.spans(one.available), wished=shift.spans(one.wished))
            for one in programme.speakers
        ),
    )


class _Shift:
    """So many days later, on other clocks."""

    def __init__(self, days: timedelta, before: ZoneInfo, after: ZoneInfo) -> None:
        self.days = days
        self._before, self._after = before, after

    def instant(self, when: datetime) -> datetime:
        """The instant at which the clocks show what they showed at `when`."""
        shown = when.astimezone(self._before).replace(tzinfo=None) + self.days
        return shown.replace(tzinfo=self._after).astimezone(UTC)

    def spans(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The same of both ends."""
        return tuple(
            Span(self.instant(one.start), one.end and self.instant(one.end)) for one in spans
        )
