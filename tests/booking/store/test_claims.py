"""What pieces come to, beside counting every hour."""

from hypothesis import given
from hypothesis import strategies as st
from tests.booking.ledgers import DAY, hour, hours

from shulian.booking.store.claims import Piece, fewer, joined
from shulian.booking.types import Claim, ResourceId, Span
from shulian.kit.ids import new_id

HOURS = 8
ROOM, HALL = ResourceId(new_id(DAY)), ResourceId(new_id(DAY))


def _piece(room: ResourceId, start: int, length: int, units: int) -> Claim:
    return Claim(room, hours(start, start + length), units)


PIECES = st.lists(
    st.builds(
        _piece,
        st.sampled_from([ROOM, HALL]),
        st.integers(0, HOURS - 1),
        st.integers(1, HOURS),
        st.integers(1, 3),
    ),
    max_size=8,
)


def held(claims: list[Claim] | tuple[Claim, ...], room: ResourceId, moment: int) -> list[int]:
    """The units of each claim of a resource in the hour that begins then."""
    return [
        one.units
        for one in claims
        if one.resource == room
        and one.span.end
        and hour(one.span.start) <= moment < hour(one.span.end)
    ]


@given(PIECES)
def test_what_is_joined_holds_as_much_at_any_time_by_one_claim(pieces: list[Claim]) -> None:
    whole = joined(pieces)

    for room in (ROOM, HALL):
        for moment in range(2 * HOURS):
            parts = held(whole, room, moment)
            assert sum(parts) == sum(held(pieces, room, moment))
            assert len(parts) <= 1
    assert joined(whole) == whole


def test_claims_are_one_where_they_touch() -> None:
    pieces = [Claim(ROOM, hours(2, 4), 3), Claim(ROOM, hours(0, 2), 3), Claim(ROOM, hours(5, 6), 3)]

    assert joined(pieces) == (Claim(ROOM, hours(0, 4), 3), Claim(ROOM, hours(5, 6), 3))


def test_what_has_no_end_has_none() -> None:
    pieces = [Claim(ROOM, hours(0, 2), 1), Claim(ROOM, Span(hours(2, 3).start, None), 1)]

    assert joined(pieces) == (Claim(ROOM, Span(hours(0, 1).start, None), 1),)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, HOURS - 1)), unique=True),
    st.integers(0, 4),
)
def test_of_pieces_so_many_are_kept_at_any_time_and_no_others(
    cells: list[tuple[int, int]], units: int
) -> None:
    pieces = [Piece(ROOM, hours(at, at + 1), unit, unit + 1) for unit, at in cells]
    left = fewer(pieces, units)

    for moment in range(HOURS):
        had = {unit for unit, at in cells if at == moment}
        kept = [
            unit
            for one in left
            if one.span == hours(moment, moment + 1)
            for unit in range(one.low, one.high)
        ]
        assert len(kept) == min(len(had), units)
        assert set(kept) <= had


def test_nothing_is_cut_where_no_more_is_held() -> None:
    piece = Piece(ROOM, hours(0, 4), 2, 5)

    assert fewer([piece], 3) == [piece]
    assert fewer([piece], 2) == [Piece(ROOM, hours(0, 4), 2, 4)]
    assert fewer([piece], 0) == []
