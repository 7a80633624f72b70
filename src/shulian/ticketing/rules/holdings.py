"""What tickets hold in the ledger: their seats, and their part of the quotas."""

from collections import Counter
from collections.abc import Iterable, Mapping

from shulian.booking.types import Claim, ResourceId, Span
from shulian.park.types import SpaceId
from shulian.ticketing.types import Ticket, TicketState, TicketType, TicketTypeId


def claims(
    tickets: Iterable[Ticket],
    types: Mapping[TicketTypeId, TicketType],
    resources: Mapping[SpaceId, ResourceId],
    span: Span,
) -> list[Claim]:
    """The claims of `tickets` over the span of their occasion, those cancelled left out.

    types      of their occasion; some may share a quota
    resources  what each seat is booked as
    """
    kept = [one for one in tickets if one.state is not TicketState.CANCELLED]
    quotas = Counter(types[one.type].quota for one in kept)
    seats = [resources[one.seat] for one in kept if one.seat is not None]
    return [
        *(Claim(quota, span, units) for quota, units in sorted(quotas.items())),
        *(Claim(seat, span) for seat in sorted(seats)),
    ]
