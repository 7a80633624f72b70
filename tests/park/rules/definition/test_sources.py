"""YAML is read safely, within bounds, and every value knows its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.kit.errors import Failure
from shulian.park.errors import (
    DefinitionBroken,
    DefinitionFileMissing,
    DefinitionNotText,
    DefinitionNotYaml,
    DefinitionTooLarge,
)
from shulian.park.rules.definition import sources
from shulian.park.rules.definition.sources import Where, parse


def value(text: str) -> sources.Plain:
    return parse("a.yaml", text.encode()).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("no", "no"),
        ("12", 12),
        ("-3", -3),
        ("007", "007"),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1.0e+3", 1000.0),
        ("1e3", "1e3"),
        ("1.0e+999", "1.0e+999"),
        (".nan", ".nan"),
        ("1:30", "1:30"),
        ("2023-06-30", "2023-06-30"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("|\n  12\n", "12\n"),
        ("{a: [1, {b: 2}], c: }", {"a": [1, {"b": 2}], "c": None}),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, expected: object) -> None:
    assert value(text) == expected


def test_a_byte_order_mark_is_no_text() -> None:
    assert parse("a.yaml", b"\xef\xbb\xbfa: 1").value == {"a": 1}


def test_an_alias_stands_for_what_it_names() -> None:
    assert value("a: &x {b: [1, 2]}\nc: *x") == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1", 1),
        ("a: 1\nb: {c: 1\nd: 2", 3),
        ("a: 1\na: 2", 2),
        ("[1]: 2", 1),
        ("{{a: 1}: 2}", 1),
        ("&x a: 1\n*x : 2", 2),
        ("a: 1\n---\nb: 2", 2),
        ("a: *x", 1),
        ("&x [*x]", 1),
        ("a: 1\nb: !!python/object:os.system 1", 2),
        ("!mine {a: 1}", 1),
        ("a: \x01", 1),
        ("a: b: c", 1),
        ("\ta: 1", 1),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(DefinitionNotYaml) as caught:
        value(text)

    assert (caught.value.params["file"], caught.value.params["line"]) == ("a.yaml", line)


def test_other_encodings_are_refused_with_their_line() -> None:
    with pytest.raises(DefinitionNotText) as caught:
        parse("a.yaml", "a: 1\nname: 张江".encode("gbk"))

    assert caught.value.params == {"file": "a.yaml", "line": 2, "place": "."}


def test_utf_16_is_refused() -> None:
    with pytest.raises(DefinitionNotText):
        parse("a.yaml", "a: 1".encode("utf-16"))


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]

    with pytest.raises(DefinitionTooLarge) as caught:
        value("\n".join(lines))

    assert caught.value.params == {
        "file": "a.yaml",
        "line": 7,
        "place": ".",
        "what": "values",
        "limit": sources.VALUES,
    }


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000])
def test_values_without_end_inside_one_another_are_refused(text: str) -> None:
    with pytest.raises(DefinitionTooLarge) as caught:
        value(text)

    assert (caught.value.params["what"], caught.value.params["limit"]) == ("levels", 60)


def test_aliases_do_not_nest_deeper_than_the_bound() -> None:
    lines = ["a0: &a0 [[[[[[[[[[1]]]]]]]]]]"]
    lines += [f"a{n}: &a{n} [[[[[[[[[[*a{n - 1}]]]]]]]]]]" for n in range(1, 9)]

    with pytest.raises(DefinitionTooLarge) as caught:
        value("\n".join(lines))

    assert caught.value.params["line"] == 6


def test_files_are_weighed_together() -> None:
    half = bytes(sources.BYTES // 2)

    with pytest.raises(DefinitionTooLarge) as caught:
        sources.check_size({"a.yaml": half, "b.yaml": half, "c.yaml": b"1"})

    assert caught.value.params["file"] == "c.yaml"


def test_a_missing_first_file_is_named() -> None:
    with pytest.raises(DefinitionFileMissing) as caught:
        sources.find({}, "park.yaml")

    assert caught.value.params["name"] == "park.yaml"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), 1),
        (("b", "c"), 3),
        (("b", "c", 1), 5),
        (("b", "c", 1, "d"), 6),
        (("b", "nothing"), 2),
        (("b", "c", 9), 3),
        (("e",), 7),
    ],
)
def test_a_path_leads_to_the_line_of_its_value(path: sources.Path, line: int) -> None:
    text = "a: 1\nb:\n  c:\n    - 1\n    - e: 2\n      d: 3\ne: *x\n".replace("a: 1", "a: &x 1")

    assert sources.line_of(parse("a.yaml", text.encode()), path) == line


def test_a_place_is_spelled_as_people_write_it() -> None:
    where = Where(parse("a.yaml", b"a: 1"))

    assert where.words == "."
    assert where.of("sites", 1, "phases", 0, "name").words == "sites[1].phases[0].name"


@given(st.text(alphabet=st.sampled_from("ab:[]{},-&*!|>'\"#\n \t%@?~1.é\u2028\x00"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = parse("a.yaml", text.encode())
    except DefinitionBroken as failure:
        assert failure.params["file"] == "a.yaml"  # noqa: PT017 - either answer is right
    else:
        assert sources.line_of(document, ("a", 0)) >= 1


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        parse("a.yaml", data)
    except Failure as failure:
        assert isinstance(failure, DefinitionBroken)  # noqa: PT017 - either answer is right
