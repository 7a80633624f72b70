"""Examples of ticket codes and of what gates decide, by which both sides are tested."""

import json
from uuid import UUID

from shulian.identity.types import PersonId
from shulian.ticketing.rules.gate import Standing, verdict
from shulian.ticketing.rules.ticket_codes import HEAD, LENGTH, MAGIC, Code, Keyring, number_of
from shulian.ticketing.rules.ticket_codes import read as read_code
from shulian.ticketing.rules.ticket_codes import write as write_code
from shulian.ticketing.types import (
    Direction,
    Fen,
    OccasionId,
    OrderId,
    Ticket,
    TicketId,
    TicketState,
    TicketTypeId,
)

KEYS = Keyring({1: bytes(range(32)), 7: bytes(range(32, 64))}, newest=7)
OTHERS = Keyring({7: bytes(32)}, newest=7)
HERE, ELSEWHERE = OccasionId(UUID(int=1)), OccasionId(UUID(int=2))
CODE = Code(HERE, TicketId(UUID("01a20169-2e00-7724-97a0-86d4840d8b28")), 2)
ISSUE = 2


def golden() -> str:
    """Codes with what they are read as, and every answer of a gate."""
    data = {
        "keys": [{"id": key, "key": one.hex()} for key, one in KEYS.public.items()],
        "number": number_of(CODE, KEYS),
        "codes": [{"text": text, "reads": _read(text)} for text in _texts()],
        "answers": list(_answers()),
    }
    return json.dumps(data, indent=2) + "\n"


def _texts() -> list[str]:
    good = write_code(CODE, KEYS)
    older = write_code(Code(ELSEWHERE, CODE.ticket, 65_535), Keyring({1: KEYS.seeds[1]}, 1))
    return [
        good,
        older,
        f" {good[:100]}-{good[100:]}\n",
        good[:-1],
        f"{good}0",
        f"{good[:-1]}{(int(good[-1]) + 1) % 10}",
        write_code(CODE, OTHERS),
        write_code(CODE, Keyring({3: bytes(32)}, 3)),
        HEAD + "9" * (LENGTH - len(HEAD)),
        MAGIC,
        f"{MAGIC}2{good[8:]}",
        "https://example.com/7512408",
        "",
    ]


def _read(text: str) -> object:
    found = read_code(text, KEYS.public)
    if not isinstance(found, Code):
        return found.value
    return {"occasion": str(found.occasion), "ticket": str(found.ticket), "issue": found.issue}


def _answers() -> list[dict[str, object]]:
    return [
        {
            "here": occasion == HERE,
            "state": state.value,
            "issue": issue,
            "direction": direction.value,
            "inside": inside,
            "verdict": verdict(
                HERE, Standing(_ticket(occasion, state), inside), issue, direction
            ).value,
        }
        for occasion in (HERE, ELSEWHERE)
        for state in TicketState
        for issue in (ISSUE - 1, ISSUE)
        for direction in Direction
        for inside in (False, True)
    ]


def _ticket(occasion: OccasionId, state: TicketState) -> Ticket:
    return Ticket(
        id=CODE.ticket,
        order=OrderId(UUID(int=3)),
        occasion=occasion,
        type=TicketTypeId(UUID(int=4)),
        seat=None,
        price=Fen(0),
        owner=PersonId(UUID(int=5)),
        name="",
        state=state,
        issue=ISSUE,
    )
