"""What an organizer counts."""

from dataclasses import dataclass

from shulian.ticketing.types.ids import Fen, TicketTypeId


@dataclass(frozen=True, slots=True)
class Count:
    """How many tickets are sold, held and used, and what was paid for them."""

    sold: int = 0
    held: int = 0
    left: int = 0
    """What could be sold still."""
    inside: int = 0
    """Who came in and is there."""
    out: int = 0
    """Who came in and went out again."""
    online: int = 0
    """Sold to people who attend from afar."""
    no_shows: int = 0
    """Sold for the place itself, and nobody came in by it."""
    revenue: Fen = Fen(0)  # noqa: RUF009  # a number
    """Paid for what is sold, without what went back or is to."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How an occasion sells: by type, and in all."""

    types: tuple[tuple[TicketTypeId, Count], ...]
    all: Count


@dataclass(frozen=True, slots=True)
class Undoing:
    """How far the orders of an occasion that is called off have been undone."""

    orders: int
    """Those that held or had paid for something when it was called off."""
    left: int
    """Those that still do."""
