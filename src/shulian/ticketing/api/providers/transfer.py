"""Bank transfers: the buyer writes a reference on them, the organizer says that they have come."""

from datetime import timedelta

from shulian.kit.db import Db
from shulian.ticketing.errors import NoticeForged
from shulian.ticketing.rules import codes
from shulian.ticketing.types import Fen, Notice, RefundId

TRANSFER = "transfer"


class Transfer:
    """Money that takes days, both ways by the hands of people."""

    name = TRANSFER
    patience = timedelta(days=3)
    answers = False

    def begin(self, _db: Db, _amount: Fen) -> str:
        """What is to be written on the transfer."""
        return codes.reference("T")

    def link(self, _reference: str) -> None:
        """One pays at one's bank."""

    def read(self, _body: bytes, _proof: str) -> Notice:
        """Banks do not call: what comes in their name is forged."""
        raise NoticeForged

    def ask(self, _db: Db, _reference: str) -> None:
        """There is nobody to ask but the organizer."""

    def give_back(self, db: Db, reference: str, amount: Fen, refund: RefundId) -> None:
        """The organizer does that, and says so."""
