"""Codes: what is ours is read back, and nothing else is."""

from uuid import UUID

import segno
from hypothesis import given
from hypothesis import strategies as st

from shulian.ticketing.rules.ticket_codes import (
    HEAD,
    LARGEST_ISSUE,
    LENGTH,
    MAGIC,
    Code,
    Keyring,
    number_of,
    read,
    typed_number,
    write,
)
from shulian.ticketing.types import Fault, OccasionId, TicketId

KEYS = Keyring({1: bytes(range(32)), 2: bytes(range(32, 64))}, newest=2)
OTHERS = Keyring({2: bytes(32)}, newest=2)
CODE = Code(OccasionId(UUID(int=1)), TicketId(UUID(int=2)), 3)

codes = st.builds(
    Code,
    st.uuids().map(OccasionId),
    st.uuids().map(TicketId),
    st.integers(1, LARGEST_ISSUE),
)


@given(codes)
def test_what_is_written_is_read(code: Code) -> None:
    text = write(code, KEYS)

    assert read(text, KEYS.public) == code
    assert (len(text), text.isdecimal()) == (LENGTH, True)


def test_a_code_is_a_small_qr() -> None:
    assert segno.make(write(CODE, KEYS), error="m", boost_error=False).version == 6


def test_scanners_may_put_blanks_between() -> None:
    text = write(CODE, KEYS)

    assert read(f" {text[:50]} {text[50:90]}-{text[90:]}\r\n", KEYS.public) == CODE


def test_codes_of_an_older_key_are_believed() -> None:
    older = Keyring({1: KEYS.seeds[1]}, newest=1)

    assert read(write(CODE, older), KEYS.public) == CODE


def test_codes_of_a_key_that_was_thrown_away_are_strange() -> None:
    older = Keyring({1: KEYS.seeds[1]}, newest=1)

    assert read(write(CODE, older), {2: KEYS.public[2]}) is Fault.STRANGER


def test_codes_of_another_installation_with_a_key_of_that_id_are_forged() -> None:
    assert read(write(CODE, OTHERS), KEYS.public) is Fault.FORGED


@given(codes, st.integers(0, LENGTH - 1), st.integers(1, 9))
def test_one_other_digit_is_not_believed(code: Code, place: int, more: int) -> None:
    text = write(code, KEYS)
    other = f"{text[:place]}{(int(text[place]) + more) % 10}{text[place + 1 :]}"

    assert isinstance(read(other, KEYS.public), Fault)


@given(codes, st.integers(len(MAGIC), LENGTH - 1))
def test_a_part_of_a_code_is_cut(code: Code, length: int) -> None:
    assert read(write(code, KEYS)[:length], KEYS.public) is Fault.CUT


@given(codes, st.text("0123456789", min_size=1, max_size=LENGTH * 3))
def test_a_code_with_more_behind_it_is_cut(code: Code, more: str) -> None:
    assert read(write(code, KEYS) + more, KEYS.public) is Fault.CUT


def test_a_code_of_a_later_version_is_newer() -> None:
    assert read(f"{MAGIC}2" + "0" * 300, KEYS.public) is Fault.NEWER


def test_a_number_that_is_too_large_is_forged() -> None:
    assert read(HEAD + "9" * (LENGTH - len(HEAD)), KEYS.public) is Fault.FORGED


@given(st.text(max_size=600))
def test_anything_else_is_foreign(text: str) -> None:
    assert read(text, KEYS.public) is Fault.FOREIGN


@given(st.text("0123456789٣ -", max_size=400))
def test_nothing_breaks_on_digits(digits: str) -> None:
    assert isinstance(read(HEAD + digits, KEYS.public), Fault)


@given(codes)
def test_a_number_can_be_typed_as_people_do(code: Code) -> None:
    number = number_of(code, KEYS)

    assert typed_number(f" {number[:4].lower()}-{number[4:]} ") == number


def test_each_issue_has_a_number_of_its_own() -> None:
    later = Code(CODE.occasion, CODE.ticket, CODE.issue + 1)

    assert len({number_of(one, keys) for one in (CODE, later) for keys in (KEYS, OTHERS)}) == 4


def test_letters_that_look_like_others_are_meant() -> None:
    assert typed_number("oiLu-0000") == "011V0000"


@given(st.text(max_size=40))
def test_what_is_no_number_is_none(text: str) -> None:
    assert len(typed_number(text)) in {0, 8}
    assert typed_number("1234567") == typed_number("12345678Q") == typed_number("1234567!") == ""
