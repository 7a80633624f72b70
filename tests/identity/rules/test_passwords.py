"""Which passwords are taken."""

import pytest

from shulian.identity.rules.guessable import COMMON
from shulian.identity.rules.passwords import SHORTEST, password_fault, tidy_password

EMAIL = "ada.lovelace@example.org"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "今晚的月亮真圆，我们去散步吧",
        "Tr0ub4dor&3x",
        "a" * 7 + "bcd",
        "x" + "yz!" * 66 + "w",
        "loveYourPark",
    ],
)
def test_a_phrase_of_one_s_own_is_taken(password: str) -> None:
    assert password_fault(password, EMAIL) is None


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", "short"),
        ("123456789", "short"),
        ("short!9ab", "short"),
        ("ab c" * 50 + "d", "long"),
        ("1234567890", "common"),
        ("9876543210", "common"),
        ("45678901234", "common"),
        ("ABCDEFGHIJK", "common"),
        ("Password123", "common"),
        ("qwertyuiop", "common"),
        ("woaini1314520", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("abababababab", "common"),
        ("12121212121212", "common"),
        ("ada.lovelace@example.org", "like_email"),
        ("xxada.lovelace99", "like_email"),
        ("ADA.LOVELACE99", "like_email"),
    ],
)
def test_what_is_easily_guessed_is_refused(password: str, fault: str) -> None:
    assert password_fault(password, EMAIL) == f"identity.password_{fault}"


def test_a_short_first_part_of_an_address_may_occur_in_a_password() -> None:
    assert password_fault("quiet adamant li", "li@example.org") is None


def test_keyboards_that_compose_differently_make_the_same_password() -> None:
    assert tidy_password("café ﬁne passwörd") == "café fine passwörd"  # a ligature


def test_the_common_ones_are_long_enough_to_be_tried() -> None:
    assert {word for word in COMMON if len(word) < SHORTEST or word != word.lower()} == set()
