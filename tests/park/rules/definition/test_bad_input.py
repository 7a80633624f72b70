"""What makes no sense is refused with one clear line that names file, line and place."""

import pytest
from tests.park.rules.definition.making import HEAD, park, refused

from shulian.app.features import catalogue
from shulian.kit.errors import Failure
from shulian.kit.text import Language
from shulian.park.errors import DefinitionBroken
from shulian.park.rules.definition.read import read

BUILDING = "buildings:\n  - id: b\n    box: [20, 20]\n    storeys:\n"

CASES: list[tuple[str, int, str, dict[str, object]]] = [
    # keys and words
    ("sitez: []", 3, "sitez", {"code": "key_unknown", "found": "sitez", "known": "sites"}),
    (
        "sites:\n  - {id: s, spaces: [{id: a, kind: hal}]}",
        4,
        "sites[0].spaces[0].kind",
        {"code": "word_unknown", "word": "hal", "known": "hall"},
    ),
    (
        "spaces: [{id: a, kind: storey}]",
        3,
        "spaces[0].kind",
        {"code": "word_unknown", "word": "storey"},
    ),
    (
        "spaces: [{id: a, kind: hall, status: opne}]",
        3,
        "spaces[0].status",
        {"code": "word_unknown", "known": "open"},
    ),
    ("spaces: [{id: a}]", 3, "spaces[0]", {"code": "key_missing", "missing": "kind"}),
    ("spaces: [{kind: hall}]", 3, "spaces[0]", {"code": "key_missing", "missing": "id"}),
    (
        "spaces: [{id: a, kind: hall, ground: {}, grond: 1}]",
        3,
        "spaces[0].grond",
        {"code": "key_unknown", "known": "ground"},
    ),
    # values
    ("sites: 3", 3, "sites", {"code": "value_wrong", "problem": "Expected a list, got int"}),
    ("sites: [3]", 3, "sites[0]", {"code": "value_wrong"}),
    (
        "spaces: [{id: 7, kind: hall}]",
        3,
        "spaces[0].id",
        {"code": "value_wrong", "problem": "Expected text, got int"},
    ),
    ("spaces: [{id: a, kind: hall, box: [3]}]", 3, "spaces[0].box", {"code": "value_wrong"}),
    ("spaces: [{id: a, kind: hall, box: [-3, 4]}]", 3, "spaces[0].box[0]", {"code": "value_wrong"}),
    ("spaces: [{id: a, kind: hall, at: [.nan, 4]}]", 3, "spaces[0].at[0]", {"code": "value_wrong"}),
    (
        "spaces: [{id: a, kind: hall, at: [1.0e+7, 4]}]",
        3,
        "spaces[0].at[0]",
        {"code": "value_wrong"},
    ),
    (
        "spaces: [{id: a, kind: hall, capacity: -1}]",
        3,
        "spaces[0].capacity",
        {"code": "value_wrong"},
    ),
    (
        "spaces: [{id: a, kind: hall, capacity: true}]",
        3,
        "spaces[0].capacity",
        {"code": "value_wrong"},
    ),
    (
        "spaces: [{id: a, kind: hall, delivered: 2023-02-30}]",
        3,
        "spaces[0].delivered",
        {"code": "value_wrong", "problem": "Invalid date"},
    ),
    (
        "spaces: [{id: a, kind: hall, delivered: soon}]",
        3,
        "spaces[0].delivered",
        {"code": "value_wrong", "problem": "Invalid date"},
    ),
    ("sites: [{id: s, origin: [31.2, 121.6]}]", 3, "sites[0].origin[1]", {"code": "value_wrong"}),
    (
        "sites: [{id: s, origin: [31.2, 12.6]}]",
        3,
        "sites[0].origin",
        {"code": "value_wrong", "problem": "expected within 500 km of the park's origin"},
    ),
    # ids
    (
        "spaces:\n  - {id: a, kind: hall}\n  - {id: a, kind: hall}",
        5,
        "spaces[1]",
        {"code": "id_taken", "id": "a", "first": "park.yaml spaces[0]"},
    ),
    ("spaces: [{id: p, kind: hall}]", 3, "spaces[0]", {"code": "id_taken", "first": "park.yaml ."}),
    (
        "scenery: [{id: a, kind: green, box: [2, 2]}, {id: a, kind: green, box: [2, 2]}]",
        3,
        "scenery[1].id",
        {"code": "id_taken"},
    ),
    ("spaces: [{id: a b, kind: hall}]", 3, "spaces[0].id", {"code": "id_wrong", "id": "a b"}),
    ("spaces: [{id: '', kind: hall}]", 3, "spaces[0].id", {"code": "id_wrong", "id": ""}),
    ("spaces: [{id: ../etc, kind: hall}]", 3, "spaces[0].id", {"code": "id_wrong"}),
    (f"spaces: [{{id: {'a' * 121}, kind: hall}}]", 3, "spaces[0].id", {"code": "id_wrong"}),
    # texts
    (
        "spaces: [{id: a, kind: hall, name: {zh: '<b>厅</b>'}}]",
        3,
        "spaces[0].name.zh",
        {"code": "text_unsafe", "found": "<b>厅"},
    ),
    (
        "spaces: [{id: a, kind: hall, name: {en: 'x<script'}}]",
        3,
        "spaces[0].name.en",
        {"code": "text_unsafe"},
    ),
    (
        'spaces: [{id: a, kind: hall, name: {en: "a\\tb"}}]',
        3,
        "spaces[0].name.en",
        {"code": "text_unsafe", "found": "U+0009"},
    ),
    (
        'spaces: [{id: a, kind: hall, name: {en: "a\\u202eb"}}]',
        3,
        "spaces[0].name.en",
        {"code": "text_unsafe", "found": "U+202E"},
    ),
    (
        'spaces: [{id: a, kind: hall, name: {en: "a\\nb"}}]',
        3,
        "spaces[0].name.en",
        {"code": "text_unsafe", "found": "U+000A"},
    ),
    (
        f"spaces: [{{id: a, kind: hall, name: {{en: {'a' * 301}}}}}]",
        3,
        "spaces[0].name.en",
        {"code": "text_unsafe", "found": "> 300"},
    ),
    (
        "spaces: [{id: a, kind: hall, link: 'javascript:alert(1)'}]",
        3,
        "spaces[0].link",
        {"code": "link_wrong"},
    ),
    # storeys
    (
        BUILDING + "      - {storeys: 0}",
        7,
        "buildings[0].storeys[0].storeys",
        {"code": "storeys_wrong", "storeys": "0"},
    ),
    (
        BUILDING + "      - {storeys: 2}\n      - {storeys: 1}",
        8,
        "buildings[0].storeys[1].storeys",
        {"code": "storeys_wrong", "storeys": "1"},
    ),
    (
        BUILDING + "      - {storeys: 1}\n      - {storeys: 2, base: 3}",
        8,
        "buildings[0].storeys[1]",
        {"code": "storeys_overlap", "storey": "2", "below": "1", "metres": 1.2},
    ),
    (
        BUILDING + "      - {storeys: 1}\n      - {storeys: 1}",
        8,
        "buildings[0].storeys[1]",
        {"code": "id_taken", "id": "b-f01"},
    ),
    (
        "buildings: [{id: b, storeys: 3, parts: [{box: [4, 4], storeys: 2-4}]}]",
        3,
        "buildings[0].parts[0].storeys",
        {"code": "storeys_wrong", "storeys": "2-4"},
    ),
    (
        "buildings: [{id: b, parts: [{box: [4, 4], base: 9, top: 2}]}]",
        3,
        "buildings[0].parts[0].top",
        {"code": "value_wrong"},
    ),
    ("buildings: [{id: b, storeys: 10000000}]", 3, "buildings[0].storeys", {"code": "value_wrong"}),
    (
        BUILDING + "      - {storeys: 1, layout: {offices: 5}, spaces: [{id: -07}]}",
        7,
        "buildings[0].storeys[0].spaces[0]",
        {"code": "key_missing", "missing": "kind"},
    ),
    (
        BUILDING + "      - {storeys: 1, layout: {offices: 5}, spaces: [{id: -01, kind: site}]}",
        7,
        "buildings[0].storeys[0].spaces[0].kind",
        {"code": "word_unknown"},
    ),
    (
        BUILDING + "      - {storeys: 1, spaces: [{id: -x, kind: hall}, {id: -x, kind: hall}]}",
        7,
        "buildings[0].storeys[0].spaces[1]",
        {"code": "id_taken", "id": "b-f01-x"},
    ),
    # files
    ("sites: [s.yaml]", 3, "sites[0]", {"code": "file_missing", "name": "s.yaml"}),
    ("scenery: [s.yaml]", 3, "scenery[0]", {"code": "file_missing", "name": "s.yaml"}),
    (
        "buildings: [{id: b, mesh: ../../etc/passwd}]",
        3,
        "buildings[0].mesh",
        {"code": "file_missing"},
    ),
    ("sites: [park.yaml]", 3, "sites[0]", {"code": "key_unknown"}),
]


@pytest.mark.parametrize(("text", "line", "place", "said"), CASES)
def test_a_fault_names_line_and_place(
    text: str, line: int, place: str, said: dict[str, object]
) -> None:
    answer = refused(text)
    told = {key: answer[key] for key in said}

    assert (answer["file"], told) == ("park.yaml", said)
    if text != "sites: [park.yaml]":
        assert (answer["line"], answer["place"]) == (line, place)


@pytest.mark.parametrize("language", list(Language))
def test_every_failure_has_words_with_all_it_knows(language: Language) -> None:
    words = catalogue()
    for text, *_ in CASES:
        with pytest.raises(DefinitionBroken) as caught:
            park(text)
        told = words.explain(language, caught.value)

        assert str(caught.value.params["line"]) in told
        assert "{" not in told.replace("{}", "")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "value_wrong"),
        (b"[]", "value_wrong"),
        (b"42", "value_wrong"),
        (b"id: p", "key_missing"),
        (b"\xff\xfe\x00", "not_text"),
        (b"PK\x03\x04\x14\x00", "not_yaml"),
        (b"{" * 2_000_000, "too_large"),
        (b"a" * 5_000_000, "value_wrong"),
        (HEAD.encode().replace(b"31.2", b"131.2"), "value_wrong"),
    ],
)
def test_a_first_file_of_nonsense_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Failure) as caught:
        read({"park.yaml": data})

    assert caught.value.code == f"park.definition_{code}"


def test_a_file_of_words_is_no_entry() -> None:
    said = refused("sites: [s.yaml]", {"s.yaml": "just words"})

    assert (said["code"], said["file"], said["place"]) == ("value_wrong", "s.yaml", ".")


def test_no_files_at_all_are_refused() -> None:
    with pytest.raises(DefinitionBroken) as caught:
        read({})

    assert caught.value.params["name"] == "park.yaml"


def test_another_file_may_be_the_first() -> None:
    assert read({"mine.yaml": HEAD.encode()}, entry="mine.yaml").plan.place.park == "p"
