"""What a way to pay can do, whichever it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from shulian.kit.db import Db
from shulian.ticketing.errors import ProviderUnknown
from shulian.ticketing.types import Fen, Notice, RefundId


class Provider(Protocol):
    """A way to pay.

    What a provider says may come late, twice, out of order or not at all; nothing here relies on
    more than its word on one payment.
    """

    @property
    def name(self) -> str:
        """What payments call it; also its place in addresses."""
        ...

    @property
    def patience(self) -> timedelta:
        """How long an order waits at least for money on this way, from when it is taken."""
        ...

    @property
    def answers(self) -> bool:
        """Whether it can be asked about a payment, and gives money back by itself."""
        ...

    def begin(self, db: Db, amount: Fen, /) -> str:
        """Expect `amount`; answers what the payment is called from now on, like no other."""
        ...

    def link(self, reference: str, /) -> str | None:
        """The page on which one pays; none: one pays elsewhere."""
        ...

    def read(self, body: bytes, proof: str, /) -> Notice:
        """What is said in its name; raises NoticeForged and NoticeWrong.

        body   as it came
        proof  what came beside it: by that it is known whose word it is
        """
        ...

    def ask(self, db: Db, reference: str, /) -> Notice | None:
        """What became of a payment; none: nothing yet."""
        ...

    def give_back(self, db: Db, reference: str, amount: Fen, refund: RefundId, /) -> None:
        """Give `amount` of a payment back; asked again for the same `refund`, only once."""
        ...


@dataclass(frozen=True, slots=True)
class Providers:
    """The ways to pay of an installation, in the order in which people are shown them."""

    all: tuple[Provider, ...]

    def get(self, name: str) -> Provider:
        """The provider of that name; raises ProviderUnknown."""
        for one in self.all:
            if one.name == name:
                return one
        raise ProviderUnknown

    def __iter__(self) -> Iterator[Provider]:
        """In their order."""
        return iter(self.all)
