"""The keys that sign the codes of tickets, as they lie in the data folder."""

import secrets
from pathlib import Path

from shulian.cli.installation import kept_once
from shulian.kit.errors import Unavailable
from shulian.kit.postgres.diagnosis import of_error
from shulian.ticketing.rules.ticket_codes import MOST_KEYS, Keyring

_TICKET_KEYS = "ticket-keys"
_SEED = 32
"""[bytes]"""


class TicketKeysBroken(Unavailable):
    """The file `path` does not hold the keys that sign the codes of tickets."""

    code = "cli.ticket_keys_broken"


def ticket_keys_of(folder: Path) -> Keyring:
    """The keys that sign the codes of tickets, made like the secret: a line each, the newest last.

    A line is the key's id and its 32 secret bytes. A code names the key that signed it: with a new
    line (`add_ticket_key`) new codes are signed by it, and those on tickets already stay good;
    without a line none of its codes is.
    """
    lines = kept_once(folder, _TICKET_KEYS, f"1 {secrets.token_hex(_SEED)}\n").split()
    try:
        ids, seeds = [int(one) for one in lines[::2]], [bytes.fromhex(one) for one in lines[1::2]]
    except ValueError as error:
        raise TicketKeysBroken(path=str(folder / _TICKET_KEYS)) from error
    whole = len(ids) == len(seeds) == len(set(ids)) and all(len(one) == _SEED for one in seeds)
    if not (ids and whole and all(0 <= one < MOST_KEYS for one in ids)):
        raise TicketKeysBroken(path=str(folder / _TICKET_KEYS))
    return Keyring(dict(zip(ids, seeds, strict=True)), ids[-1])


def add_ticket_key(folder: Path) -> int:
    """Sign the codes of tickets with a new key from the next start on; answers its id."""
    keys = ticket_keys_of(folder)
    later = [*range(keys.newest + 1, MOST_KEYS), *range(keys.newest)]
    fresh = next((one for one in later if one not in keys.seeds), None)
    if fresh is None:
        raise TicketKeysBroken(path=str(folder / _TICKET_KEYS))
    try:
        with (folder / _TICKET_KEYS).open("a") as file:
            file.write(f"{fresh} {secrets.token_hex(_SEED)}\n")
    except OSError as error:
        raise of_error(error, folder) from error
    return fresh
