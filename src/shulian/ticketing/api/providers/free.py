"""Orders that cost nothing: paid as soon as they are asked to be."""

from datetime import timedelta

from shulian.kit.db import Db
from shulian.ticketing.errors import NoticeForged
from shulian.ticketing.rules import codes
from shulian.ticketing.types import Fen, Notice, RefundId


class Free:
    """Nothing is to be paid."""

    name = "free"
    patience = timedelta()
    answers = False

    def begin(self, _db: Db, _amount: Fen) -> str:
        """A name for what nobody pays."""
        return codes.reference("F")

    def link(self, _reference: str) -> None:
        """There is no page."""

    def read(self, _body: bytes, _proof: str) -> Notice:
        """Nobody speaks in its name."""
        raise NoticeForged

    def ask(self, _db: Db, _reference: str) -> None:
        """There is nobody to ask."""

    def give_back(self, db: Db, reference: str, amount: Fen, refund: RefundId) -> None:
        """There is nothing to give back."""
