"""What people type: brought into one form, and refused by field."""

import pytest

from shulian.identity.rules import entries
from shulian.kit.errors import Invalid


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("  Ada@Example.ORG ", "ada@example.org"),
        ("ａｄａ@example.org", "ada@example.org"),
        ("张三@例子.公司", "张三@例子.公司"),
    ],
)
def test_addresses_are_brought_into_one_form(raw: str, tidy: str) -> None:
    assert (entries.tidy_email(raw), entries.email_fault(tidy)) == (tidy, None)


@pytest.mark.parametrize(
    "email",
    [
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "ada@example..org",
        "ada..b@example.org",
        ".ada@example.org",
        "ada@@example.org",
        "ada b@example.org",
        "ada@exa mple.org",
        "ada\0@example.org",
        "ada@example.org\n",
        "<ada@example.org>",
        "ada@example.o",
        "a" * 65 + "@example.org",
        "ada@" + "a" * 250 + ".org",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    assert entries.email_fault(email) == "identity.email_invalid"


def test_an_address_must_be_given() -> None:
    assert entries.email_fault("") == "identity.email_missing"


def test_names_stand_on_one_line() -> None:
    assert entries.tidy_name("  林\n 知远\t ") == "林 知远"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("林知远", None),
        ("Ada Lovelace-Byron 👩", None),
        ("", "identity.name_missing"),
        ("a" * 100, None),
        ("a" * 101, "identity.name_long"),
        ("a\0", "identity.name_invalid"),
        ("a\u202eb", "identity.name_invalid"),
        ("\u200b", "identity.name_invalid"),
    ],
)
def test_names_show_what_they_are(name: str, fault: str | None) -> None:
    assert entries.name_fault(name) == fault


def test_every_wrong_field_is_told() -> None:
    with pytest.raises(Invalid) as refused:
        entries.demand({"name": "identity.name_missing", "email": None, "password": "x.y"})

    assert refused.value.fields == {"name": "identity.name_missing", "password": "x.y"}


def test_right_fields_pass() -> None:
    entries.demand({"name": None})
