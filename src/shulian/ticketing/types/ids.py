"""What has an id in ticketing, what it may be worth, and who may do what."""

from typing import NewType
from uuid import UUID

from shulian.identity.types import Permission

OccasionId = NewType("OccasionId", UUID)
TicketTypeId = NewType("TicketTypeId", UUID)
OrderId = NewType("OrderId", UUID)
TicketId = NewType("TicketId", UUID)
PaymentId = NewType("PaymentId", UUID)
RefundId = NewType("RefundId", UUID)
ScanId = NewType("ScanId", UUID)
WishId = NewType("WishId", UUID)
TurnNumber = NewType("TurnNumber", int)
Fen = NewType("Fen", int)

SELL = Permission("ticketing.sell")
"""Make occasions and ticket types, see the figures, cancel and refund."""
CHECK = Permission("ticketing.check")
"""Let people in and out at the gate."""
PERMISSIONS = (SELL, CHECK)
