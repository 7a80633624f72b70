"""The test provider: takes no money, and can be as late, double and silent as a real one.

It keeps books of its own, signs what it says, and says it to the same door that a real one would.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from shulian.kit.db import Db
from shulian.ticketing.errors import NoticeForged, NoticeWrong, PaymentUnknown
from shulian.ticketing.rules import codes, signing
from shulian.ticketing.store import tills
from shulian.ticketing.store.tills import Till
from shulian.ticketing.types import Fen, Notice, Outcome, RefundId

_OUTCOMES = {"paid": Outcome.PAID, "declined": Outcome.FAILED}


class Manner(StrEnum):
    """How the test provider tells what became of a payment."""

    ONCE = "once"
    TWICE = "twice"
    LATE = "late"
    """After a while, by when the hold may be over."""
    NEVER = "never"
    """It has to be asked."""


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reference: str
    amount: int
    outcome: Outcome


class TestTill:
    """A provider for tests and demonstrations; settings say whether there is one."""

    __test__ = False  # for pytest, which takes it for a test by its name
    name = "test"
    patience = timedelta()
    answers = True

    def __init__(self, secret: str) -> None:
        """Sign with `secret`."""
        self._secret = secret

    def begin(self, db: Db, amount: Fen) -> str:
        """Open an account of `amount`."""
        till = Till(codes.reference("X"), amount)
        tills.put_new(db, till)
        return till.reference

    def link(self, reference: str) -> str:
        """The page on which one says whether one pays, and how that is told."""
        return f"/pay/test/{reference}"

    def read(self, body: bytes, proof: str) -> Notice:
        """What `body` says, if `proof` is its signature by us."""
        if signing.signed_at(body, proof, secret=self._secret) is None:
            raise NoticeForged
        try:
            said = msgspec.json.decode(body, type=_Said)
        except msgspec.DecodeError as error:
            raise NoticeWrong from error
        return Notice(said.reference, Fen(said.amount), said.outcome)

    def ask(self, db: Db, reference: str) -> Notice | None:
        """What the books say."""
        till = tills.find(db, reference)
        if till is None or till.state not in _OUTCOMES:
            return None
        return Notice(till.reference, till.amount, _OUTCOMES[till.state])

    def give_back(self, db: Db, reference: str, amount: Fen, refund: RefundId) -> None:  # noqa: ARG002  # its books are in the same transaction, so nothing is done twice
        """Write into the books that so much is given back."""
        till = _till(db, reference)
        tills.put(db, replace(till, back=Fen(till.back + amount)))

    def decide(self, db: Db, reference: str, outcome: Outcome) -> Notice:
        """What the buyer does at the till; what is paid stays so."""
        till = _till(db, reference)
        if till.state != "paid":
            state = next(name for name, one in _OUTCOMES.items() if one is outcome)
            till = replace(till, state=state)
            tills.put(db, till)
        return Notice(till.reference, till.amount, _OUTCOMES[till.state])

    def amount(self, db: Db, reference: str) -> Fen:
        """What is to be paid; raises PaymentUnknown."""
        return _till(db, reference).amount

    def given_back(self, db: Db, reference: str) -> Fen:
        """What went back of a payment; raises PaymentUnknown."""
        return _till(db, reference).back

    def call(self, notice: Notice, *, now: datetime) -> tuple[bytes, str]:
        """A call that says `notice`: its body, and the signature beside it."""
        body = msgspec.json.encode(_Said(notice.reference, notice.amount, notice.outcome))
        return body, signing.signature(body, secret=self._secret, at=now)


def _till(db: Db, reference: str) -> Till:
    till = tills.find(db, reference, lock=True)
    if till is None:
        raise PaymentUnknown
    return till
