"""What the audit log keeps of values, and how it tells a change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.identity.accounts import NOW

from shulian.identity.rules.trail import COLUMNS, Change, changes, csv_cells, kept
from shulian.identity.types import AuditEntry, Json, PersonId, Role, Subject, TokenId, Via
from shulian.kit.text import Text


@dataclass(frozen=True, slots=True)
class Thing:
    name: Text
    role: Role
    day: date
    scopes: frozenset[str]


def test_any_value_is_kept_as_plain_json() -> None:
    thing = Thing(Text("厅", "Hall"), Role.STAFF, date(2026, 11, 22), frozenset({"b", "a"}))

    assert kept(thing) == {
        "name": {"zh": "厅", "en": "Hall"},
        "role": "staff",
        "day": "2026-11-22",
        "scopes": ["a", "b"],
    }


def test_what_secret_fields_hold_is_left_out_however_deep() -> None:
    value = {
        "password": "hunter2 hunter2",
        "token": "busy",
        "deep": [{"clientSecret": {"a": 1}, "passphrase": None}],
    }

    assert kept(value) == {
        "password": "***",
        "token": "busy",
        "deep": [{"clientSecret": "***", "passphrase": "***"}],
    }


def test_signs_that_the_database_cannot_hold_are_left_out() -> None:
    assert kept({"a\0b": ["c\0"]}) == {"ab": ["c"]}


def test_a_value_nobody_can_keep_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        kept(object())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("ab"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("cd"), inner, max_size=3),
)


@given(JSON)
def test_what_is_kept_can_be_kept_again(value: Json) -> None:
    assert kept(kept(value)) == kept(value)


@given(JSON)
def test_nothing_changed_between_equal_values(value: Json) -> None:
    assert changes(value, value) == ()


def test_only_the_fields_that_differ_are_told() -> None:
    before: Json = {"name": "A", "area": 3, "kind": "hall", "until": None}
    after: Json = {"name": "B", "area": 3, "spans": [1, 2], "until": None}

    assert changes(before, after) == (
        Change("name", "A", "B"),
        Change("kind", "hall", ""),
        Change("spans", "", "[1, 2]"),
    )


def test_a_value_without_fields_is_told_whole() -> None:
    assert changes(None, 7) == (Change("", "", "7"),)


def test_an_entry_becomes_a_row_no_spreadsheet_runs() -> None:
    entry = AuditEntry(
        number=7,
        at=datetime(2026, 11, 22, 4, 0, tzinfo=UTC),
        person=PersonId(UUID(int=1)),
        name="=1+1",
        via=Via.TOKEN,
        token=TokenId(UUID(int=2)),
        verb="park.edit_space",
        subject=Subject("space", "+hall"),
        before=None,
        after={"名": "@x"},
    )

    assert dict(zip(COLUMNS, csv_cells(entry), strict=True)) == {
        "number": "7",
        "at": "2026-11-22T04:00:00+00:00",
        "person": "00000000-0000-0000-0000-000000000001",
        "name": "'=1+1",
        "via": "token",
        "token": "00000000-0000-0000-0000-000000000002",
        "verb": "park.edit_space",
        "subject_kind": "space",
        "subject_id": "'+hall",
        "before": "",
        "after": '{"名": "@x"}',
    }


def test_an_entry_of_nobody_has_empty_cells() -> None:
    entry = AuditEntry(1, NOW, None, "", Via.COMMAND, None, "a.b", Subject("k", "i"), 0, [])

    assert csv_cells(entry)[2:] == ("", "", "command", "", "a.b", "k", "i", "0", "[]")
