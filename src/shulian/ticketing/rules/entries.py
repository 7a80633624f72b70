"""What people type: brought into one form, and what is wrong with it as a code."""

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from shulian.booking.types import Span
from shulian.kit.errors import Invalid
from shulian.kit.text import Text
from shulian.ticketing.types import Fen, Payee

LONGEST_TITLE = 200
LONGEST_ABOUT = 4_000
LONGEST_NAME = 100
HIGHEST_PRICE = Fen(100_000_000)
"""A million yuan a ticket."""
MOST_IN_ORDER = 100
"""Tickets in one order, of all types."""
LONGEST_KEY = 100
LONGEST_ACCOUNT = 34
"""Signs of an account number: as many as the longest of international ones."""
_SHORTEST = 6
_LONGEST_EMAIL = 254
_LONGEST_SPAN = timedelta(days=366)
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def tidy(text: Text) -> Text:
    """Both sides composed, without blanks around them."""
    return Text(*(unicodedata.normalize("NFC", side).strip() for side in (text.zh, text.en)))


def tidy_name(raw: str) -> str:
    """`raw` on one line, composed, with single blanks."""
    return " ".join(unicodedata.normalize("NFC", raw).split())


def title_fault(title: Text) -> str | None:
    """What is wrong with a tidy title or name in two languages."""
    if not title:
        return "ticketing.title_missing"
    return _fault(title, LONGEST_TITLE, lines=False)


def about_fault(about: Text) -> str | None:
    """What is wrong with a tidy text about something."""
    return _fault(about, LONGEST_ABOUT, lines=True)


def name_fault(name: str) -> str | None:
    """What is wrong with a tidy name of a person; there may be none."""
    return _fault(Text(name), LONGEST_NAME, lines=False)


def tidy_payee(told: Payee) -> Payee:
    """An account as it is kept: names on one line, the number without blanks."""
    account = "".join(unicodedata.normalize("NFKC", told.account).split()).upper()
    return Payee(tidy_name(told.name), tidy_name(told.bank), account)


def payee_faults(told: Payee) -> dict[str, str | None]:
    """What is wrong with each field of a tidy account."""
    digits = told.account.replace("-", "")
    fits = digits.isascii() and digits.isalnum() and _SHORTEST <= len(digits) <= LONGEST_ACCOUNT
    return {
        "name": name_fault(told.name) if told.name else "ticketing.payee_missing",
        "bank": name_fault(told.bank) if told.bank else "ticketing.bank_missing",
        "account": None if fits else "ticketing.account_wrong",
    }


def email_fault(email: str) -> str | None:
    """What is wrong with an address as somebody typed it, whoever has it."""
    before, _, after = email.partition("@")
    fits = before and after and len(email) <= _LONGEST_EMAIL and email.isprintable()
    return None if fits and len(email.split()) == 1 else "ticketing.email_wrong"


def span_fault(span: Span) -> str | None:
    """What is wrong with the time of an occasion, or a window of sale."""
    start, end = span.start, span.end
    if end is None:
        return "ticketing.span_open"
    if start.tzinfo is None or end.tzinfo is None:
        return "ticketing.span_without_zone"
    if end <= start:
        return "ticketing.span_backwards"
    if end - start > _LONGEST_SPAN or start < _EARLIEST or end > _LATEST:
        return "ticketing.span_far"
    return None


def price_fault(price: Fen) -> str | None:
    """What is wrong with a price."""
    return None if 0 <= price <= HIGHEST_PRICE else "ticketing.price_wrong"


def most_fault(most: int) -> str | None:
    """What is wrong with the most tickets of a type in one order."""
    return None if 0 < most <= MOST_IN_ORDER else "ticketing.most_wrong"


def key_fault(key: str | None) -> str | None:
    """What is wrong with the key of an order."""
    fits = key is None or (0 < len(key) <= LONGEST_KEY and key.isprintable())
    return None if fits else "ticketing.key_wrong"


def demand(faults: Mapping[str, str | None]) -> None:
    """Go on only if no field has a fault; raises Invalid with the code of each that has one."""
    wrong = {field: code for field, code in faults.items() if code is not None}
    if wrong:
        raise Invalid(fields=wrong)


def _fault(text: Text, longest: int, *, lines: bool) -> str | None:
    for side in (text.zh, text.en):
        if len(side) > longest:
            return "ticketing.text_long"
        if not all(_is_visible(sign, lines=lines) for sign in side):
            return "ticketing.text_invalid"
    return None


def _is_visible(sign: str, *, lines: bool) -> bool:
    """Whether `sign` cannot hide or turn the text around it (Unicode categories Cc, Cf, Co …)."""
    return sign == " " or (lines and sign == "\n") or unicodedata.category(sign)[0] not in "CZ"
