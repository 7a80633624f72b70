"""A document becomes the structure it should be, or the one failure that says where it is not."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeVar

import msgspec
from msgspec import inspect

from shulian.park.errors import (
    DefinitionKeyMissing,
    DefinitionKeyUnknown,
    DefinitionValueWrong,
    DefinitionWordUnknown,
)
from shulian.park.rules.definition.sources import Path, Where

T = TypeVar("T")

_AT = re.compile(r"(?P<words>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`", re.DOTALL)
_WORD = re.compile(r"Invalid enum value (.*)", re.DOTALL)
_PLAIN = {"`object`": "a mapping", "`array`": "a list", "`str": "`text", "RFC3339 encoded ": ""}
_LONG = 60


def convert(where: Where, value: object, kind: type[T]) -> T:
    """`value` as a `kind`; raises the `DefinitionBroken` that names what is wrong, and where."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as problem:
        found = _AT.fullmatch(str(problem))
        words, path = (found["words"], found["path"]) if found else (str(problem), "")
        steps = _steps(path or "")
        raise _fault(where, steps, words, kind) from problem


def _fault(where: Where, steps: Path, words: str, kind: type) -> Exception:
    place = where.of(*steps)
    known = _known(inspect.type_info(kind), steps)
    if found := _UNKNOWN.fullmatch(words):
        key = found[1]
        return place.of(key).fault(DefinitionKeyUnknown, found=_cut(key), known=_near(key, known))
    if found := _MISSING.fullmatch(words):
        return place.fault(DefinitionKeyMissing, missing=found[1])
    if found := _WORD.fullmatch(words):
        word = found[1].strip("'\"")
        return place.fault(DefinitionWordUnknown, word=_cut(word), known=_near(word, known))
    for foreign, plain in _PLAIN.items():
        words = words.replace(foreign, plain)
    return place.fault(DefinitionValueWrong, problem=words.replace("`", ""))


def _steps(path: str) -> Path:
    return tuple(int(index) if index else name for name, index in _STEP.findall(path))


def _near(word: str, known: Iterable[str]) -> str:
    """The nearest of the known words, or all of them."""
    words = sorted(known)
    return ", ".join(get_close_matches(word, words, n=2, cutoff=0.6) or words)


def _known(kind: inspect.Type, steps: Path) -> list[str]:
    """The keys of the structure, or the words of the enumeration, at the end of `steps`."""
    inner: list[inspect.Type] = []
    if isinstance(kind, inspect.UnionType):
        inner = list(kind.types)
    elif isinstance(kind, inspect.Metadata):
        inner = [kind.type]
    elif isinstance(kind, inspect.VarTupleType) and steps:
        inner, steps = [kind.item_type], steps[1:]
    elif isinstance(kind, inspect.StructType) and steps:
        inner = [field.type for field in kind.fields if field.encode_name == steps[0]]
        steps = steps[1:]
    elif isinstance(kind, inspect.EnumType):
        return [str(member.value) for member in kind.cls]
    elif isinstance(kind, inspect.StructType):
        return [field.encode_name for field in kind.fields]
    return [word for each in inner for word in _known(each, steps)]


def _cut(word: str) -> str:
    return word if len(word) <= _LONG else word[:_LONG] + "…"
