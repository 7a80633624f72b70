"""API tokens: their form and checksum, and what is stored of secrets."""

from hypothesis import given
from hypothesis import strategies as st

from shulian.identity.rules import keys

CHANCE = st.binary(min_size=keys.CHANCE, max_size=keys.CHANCE)


def test_a_token_is_made_of_its_chance_and_a_checksum() -> None:
    assert keys.token_of(bytes(32)) == "shl_" + "0" * 43 + "2CZclj"


@given(CHANCE)
def test_a_token_is_known_as_one(chance: bytes) -> None:
    token = keys.token_of(chance)

    assert (len(token), keys.is_token(token)) == (53, True)


@given(CHANCE, st.integers(0, 52), st.characters(codec="utf-8"))
def test_one_wrong_sign_is_noticed(chance: bytes, place: int, sign: str) -> None:
    token = keys.token_of(chance)
    typo = token[:place] + sign + token[place + 1 :]

    assert keys.is_token(typo) == (typo == token)


@given(st.text())
def test_no_other_text_is_a_token(text: str) -> None:
    assert not keys.is_token(text)


@given(CHANCE, CHANCE)
def test_different_chance_makes_different_tokens(one: bytes, other: bytes) -> None:
    assert (keys.token_of(one) == keys.token_of(other)) == (one == other)


def test_what_is_stored_is_the_sha_256() -> None:
    stored = keys.fingerprint("abc").hex()

    assert stored == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
