"""Storeys are counted as people count them: the ground storey is the first."""

import pytest

from shulian.kit.text import Text
from shulian.park.rules.definition import spans


@pytest.mark.parametrize(
    ("span", "orders"),
    [
        (1, range(1)),
        ("1", range(1)),
        (2, range(1, 2)),
        ("3-9", range(2, 9)),
        ("B1", range(-1, 0)),
        ("B2-B1", range(-2, 0)),
        ("B1-2", range(-1, 2)),
        ("3 - 4", range(2, 4)),
        (200, range(199, 200)),
    ],
)
def test_spans_of_storeys(span: int | str, orders: range) -> None:
    assert spans.orders(span) == orders


@pytest.mark.parametrize(
    "span", [0, -1, 201, "", "-", "3-1", "1-B1", "b1", "B0", "1-2-3", "first", "1-999"]
)
def test_what_is_no_span(span: int | str) -> None:
    assert spans.orders(span) is None


@pytest.mark.parametrize(
    ("order", "suffix", "name"),
    [
        (0, "f01", Text("一层", "1F")),
        (1, "f02", Text("二层", "2F")),
        (9, "f10", Text("十层", "10F")),
        (10, "f11", Text("十一层", "11F")),
        (19, "f20", Text("二十层", "20F")),
        (99, "f100", Text("一百层", "100F")),
        (104, "f105", Text("一百零五层", "105F")),
        (114, "f115", Text("一百一十五层", "115F")),
        (-1, "b01", Text("地下一层", "B1")),
        (-12, "b12", Text("地下十二层", "B12")),
    ],
)
def test_ids_and_names_of_storeys(order: int, suffix: str, name: Text) -> None:
    assert (spans.suffix(order), spans.name(order)) == (suffix, name)


def test_a_label_counts_back_to_its_order() -> None:
    labels = {order: spans.orders(spans.label(order)) for order in range(-200, 200)}

    assert labels == {order: range(order, order + 1) for order in range(-200, 200)}
