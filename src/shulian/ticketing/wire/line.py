"""What the line before a sale says over HTTP and on the live channel."""

from datetime import datetime

from msgspec import Struct

from shulian.ticketing.types import OccasionId, Position, TurnNumber, TurnState


class LineMoved(Struct, frozen=True):
    """Everyone up to a number is called: whoever has that number or a lower one asks at once."""

    upto: TurnNumber


class PositionView(Struct, frozen=True):
    """How somebody stands in a line."""

    occasion: OccasionId
    number: TurnNumber
    """One's own, which only grows from one who comes to the next."""
    state: TurnState
    ahead: int
    """Those who came before and are still in line; of one who was refused: who were then."""
    left: int
    """Tickets that nobody holds; of one who was refused: as it was then."""
    wait_s: int | None
    """Until one is called, at the pace of the last minutes; none: nobody can tell."""
    until: datetime | None
    """Until when one may buy; none: one is not called."""
    again_s: int
    """After which to ask again; 0: there is nothing to wait for."""


def position_view(one: Position) -> PositionView:
    """`one` as who it is about sees it."""
    turn = one.turn
    return PositionView(
        turn.occasion,
        turn.number,
        turn.state,
        one.ahead,
        one.left,
        one.wait,
        turn.until,
        one.again,
    )
