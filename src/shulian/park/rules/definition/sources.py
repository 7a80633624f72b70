"""The files of a definition: YAML read safely and within bounds, with the line of any value.

Scalars are those of YAML 1.2's core schema: `no` and `1:30` are texts, a date is a text until a
field asks for one. Tags are refused; anchors are allowed and counted as if written out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import cast

import yaml

from shulian.park.errors import (
    DefinitionBroken,
    DefinitionFileMissing,
    DefinitionNotText,
    DefinitionNotYaml,
    DefinitionTooLarge,
)

Plain = dict[str, "Plain"] | list["Plain"] | str | int | float | bool | None
Path = tuple[str | int, ...]

BYTES = 64_000_000
"""How large the files of a definition may be together [bytes]."""
VALUES = 5_000_000
"""How many values a file may hold, aliases written out."""
DEPTH = 60
"""How deep values may nest."""

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+][0-9]+)?")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LOADER = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A YAML file and what it says."""

    name: str
    text: str
    value: Plain


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """A value's place: its document and the way down to it."""

    document: Document
    path: Path = ()

    def of(self, *steps: str | int) -> "Where":
        """The place some steps further down."""
        return Where(self.document, (*self.path, *steps))

    @property
    def words(self) -> str:
        """Such as `sites[1].phases[0].name`."""
        return spell(self.path)

    def fault(self, kind: type[DefinitionBroken], **params: str | float) -> DefinitionBroken:
        """The failure `kind` at this place."""
        line = line_of(self.document, self.path)
        return kind(fields=None, file=self.document.name, line=line, place=self.words, **params)


def spell(path: Path) -> str:
    """A path as people write it; the top of a file is `.`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".") or "."


def whole(file: str, kind: type[DefinitionBroken], **params: str | float) -> DefinitionBroken:
    """The failure `kind` of a file of which nothing more precise can be said."""
    return kind(fields=None, file=file, line=1, place=".", **params)


def check_size(files: Mapping[str, bytes]) -> None:
    """Raise `DefinitionTooLarge` unless the files stay within `BYTES` together."""
    total = 0
    for name, data in files.items():
        total += len(data)
        if total > BYTES:
            raise whole(name, DefinitionTooLarge, what="bytes", limit=BYTES)


def decode(name: str, data: bytes) -> str:
    """The text of a file, or `DefinitionNotText`: definitions are UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise DefinitionNotText(file=name, line=line, place=".") from problem


def find(files: Mapping[str, bytes], name: str, where: Where | None = None) -> bytes:
    """The bytes of a file that `where` names, or `DefinitionFileMissing`."""
    if name in files:
        return files[name]
    if where is None:
        raise whole(name, DefinitionFileMissing, name=name)
    raise where.fault(DefinitionFileMissing, name=name)


def parse(name: str, data: bytes) -> Document:
    """Read one YAML file; raises a `DefinitionBroken` that names file and line."""
    text = decode(name, data)
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = min(mark.line, text.rstrip().count("\n")) + 1 if mark else 1
        words = getattr(problem, "problem", None) or getattr(problem, "reason", "")
        raise DefinitionNotYaml(file=name, line=line, place=".", problem=str(words)) from problem
    return Document(name, text, builder.result)


def line_of(document: Document, path: Path) -> int:
    """The line on which the value at `path` stands, or the nearest above it that exists."""
    try:
        node = yaml.compose(document.text, Loader=_LOADER)
    except yaml.YAMLError:  # an anchor twice, which is no fault to speak of
        return 1
    line = node.start_mark.line if node else 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
            found = next(((key, value) for key, value in pairs if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            items = cast("list[yaml.Node]", node.value)
            found = (items[step], items[step]) if step < len(items) else None
        else:
            found = None
        if found is None:
            break
        key, node = found
        line = key.start_mark.line
    return line + 1


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    value: dict[str, Plain] | list[Plain]
    anchor: str | None
    key: str | None = None
    weight: int = 1
    """Values it holds, itself included, aliases written out."""
    depth: int = 1


@dataclass(slots=True)
class _Builder:
    """Makes plain values of YAML events, and stops at the bounds."""

    name: str
    result: Plain = None
    _stack: list[_Open] = field(default_factory=list[_Open])
    _anchors: dict[str, tuple[Plain, int, int]] = field(
        default_factory=dict[str, tuple[Plain, int, int]]
    )
    _documents: int = 0

    def take(self, event: yaml.Event) -> None:
        """Go on by one event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._broken(event, "a second document")
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event, event.tag)
            value = _scalar(event.value, plain=event.style in (None, ""))
            self._put(event, value, event.anchor)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_tag(event, event.tag)
            empty: dict[str, Plain] | list[Plain] = (
                {} if isinstance(event, yaml.MappingStartEvent) else []
            )
            self._stack.append(_Open(empty, event.anchor))
            self._bound(event, len(self._stack), 0)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            done = self._stack.pop()
            self._put(event, done.value, done.anchor, done.weight, done.depth)

    def _alias(self, event: yaml.AliasEvent) -> None:
        known = self._anchors.get(event.anchor or "")
        if known is None:
            raise self._broken(event, f"an alias of what is not there yet: *{event.anchor}")
        self._put(event, known[0], None, known[1], known[2])

    def _put(
        self, event: yaml.Event, value: Plain, anchor: str | None, weight: int = 1, depth: int = 0
    ) -> None:
        """Hang a finished value into what is open."""
        if anchor is not None:
            self._anchors[anchor] = (value, weight, depth)
        if not self._stack:
            self.result = value
            return
        parent = self._stack[-1]
        parent.weight += weight
        parent.depth = max(parent.depth, depth + 1)
        self._bound(event, len(self._stack) + depth, parent.weight)
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is None:
            self._key(event, parent)
        else:
            parent.value[parent.key] = value
            parent.key = None

    def _key(self, event: yaml.Event, parent: _Open) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._broken(event, "a key that is not a text")
        if event.value in cast("dict[str, Plain]", parent.value):
            raise self._broken(event, f"the key {event.value!r} a second time")
        parent.key = event.value

    def _bound(self, event: yaml.Event, depth: int, weight: int) -> None:
        line = _line(event)
        if depth > DEPTH:
            raise DefinitionTooLarge(
                file=self.name, line=line, place=".", what="levels", limit=DEPTH
            )
        if weight > VALUES:
            raise DefinitionTooLarge(
                file=self.name, line=line, place=".", what="values", limit=VALUES
            )

    def _refuse_tag(self, event: yaml.Event, tag: str | None) -> None:
        if tag is not None:
            raise self._broken(event, f"the tag {tag}")

    def _broken(self, event: yaml.Event, problem: str) -> DefinitionBroken:
        return DefinitionNotYaml(file=self.name, line=_line(event), place=".", problem=problem)


def _scalar(text: str, *, plain: bool) -> Plain:
    if not plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and isfinite(float(text)):
        return float(text)
    return text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
