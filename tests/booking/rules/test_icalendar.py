"""Bookings as a file that calendars read."""

from datetime import timedelta

from tests.booking.ledgers import DAY, NOW

from shulian.booking.rules.icalendar import Entry, written
from shulian.booking.types import Span

HOUR = timedelta(hours=1)


def entry(title: str = "Weekly", *, certain: bool = True, end: bool = True) -> Entry:
    """A booking of an hour."""
    span = Span(DAY, DAY + HOUR if end else None)
    return Entry("1@shulian", span, title, "Hall", "http://park.example/bookings/1", certain)


def test_a_booking_is_an_entry() -> None:
    assert written([entry()], NOW).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Shulian//Booking//ZH",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:1@shulian",
        "DTSTAMP:20261122T040000Z",
        "DTSTART:20261201T000000Z",
        "DTEND:20261201T010000Z",
        "SUMMARY:Weekly",
        "LOCATION:Hall",
        "URL:http://park.example/bookings/1",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_hold_without_end_is_tentative() -> None:
    lines = written([entry(certain=False, end=False)], NOW).split("\r\n")

    assert "STATUS:TENTATIVE" in lines
    assert not any(one.startswith("DTEND") for one in lines)


def test_words_cannot_break_out_of_their_line() -> None:
    lines = written([entry("a;b,c\\d\r\nEND:VEVENT\x00\u2028")], NOW).split("\r\n")

    assert "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT" in lines


def test_long_lines_are_folded_between_characters() -> None:
    title = "会议室" * 30
    lines = written([entry(title)], NOW).split("\r\n")
    first = lines.index(next(one for one in lines if one.startswith("SUMMARY:")))
    folded = [lines[first], *(one for one in lines[first + 1 :] if one.startswith(" "))]

    assert all(len(one.encode()) <= 75 for one in lines)
    assert folded[0] + "".join(one[1:] for one in folded[1:]) == f"SUMMARY:{title}"
