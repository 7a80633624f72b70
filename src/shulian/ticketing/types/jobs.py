"""What ticketing does later."""

import msgspec

from shulian.ticketing.types.ids import RefundId, TicketTypeId


class UndoCalledOff(msgspec.Struct, frozen=True, tag="ticketing.undo_called_off"):
    """A job: undo the orders for what is called off, one after the other."""


class OfferBack(msgspec.Struct, frozen=True, tag="ticketing.offer_back"):
    """A job: offer what came back of a type to those who wait for it."""

    sold: TicketTypeId


class GiveBack(msgspec.Struct, frozen=True, tag="ticketing.give_back"):
    """A job: let the provider give back the money of a refund that is due."""

    refund: RefundId


class AskAgain(msgspec.Struct, frozen=True, tag="ticketing.ask_again"):
    """A job: ask providers about payments that have been pending for long."""


class CallBack(msgspec.Struct, frozen=True, tag="ticketing.call_back"):
    """A job: let the test provider say what became of a payment."""

    reference: str
