"""Formats of timetables: which one a file is of, and what each has to be able to do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from shulian.kit.errors import Invalid


class TimetableFormatUnknown(Invalid):
    """The file at `path` is of no format that is known; `known` are."""

    code = "cli.timetable_format_unknown"


@dataclass(frozen=True, slots=True)
class Orders:
    """How a timetable is to be solved."""

    seconds: float
    seed: int
    workers: int
    clock: Callable[[], float]
    on_progress: Callable[[float | None, float | None], None]
    """Told the cost of the best so far and the bound."""
    stop: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Solved:
    """What became of it."""

    status: str
    """optimal, feasible, impossible or unknown."""
    seconds: float
    cost: float | None = None
    bound: float | None = None
    content: bytes | None = None
    """The file of the solution."""
    rows: Mapping[str, object] = field(default_factory=dict[str, object])
    """What programs are told besides."""
    table: Sequence[Sequence[str]] = ()
    """What people are shown: a head, and rows."""
    lines: Sequence[str] = ()
    """What people are told besides."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a solution."""

    broken: Sequence[str]
    """A line for each hard rule that is broken."""
    cost: float
    costs: Mapping[str, float]
    """By what they are for."""
    rows: Mapping[str, object] = field(default_factory=dict[str, object])
    """What programs are told besides."""


class Kind(Protocol):
    """What a module of a format offers."""

    def solve(self, content: bytes, orders: Orders) -> Solved:
        """Solve what stands in a file."""
        ...

    def check(self, content: bytes, solution: bytes) -> Checked:
        """Check the file of a solution against that of its problem."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how its files are known, and the module that can do it, loaded when needed."""

    name: str
    suffix: str
    opening: bytes
    """With what its files begin, after blanks."""
    module: str

    def load(self) -> Kind:
        """The module."""
        return cast("Kind", import_module(self.module))


FORMATS = (
    Format("shulian-timetable/1", ".json", b"{", "shulian.cli.timetables.own"),
    Format("cosplib", ".xlsx", b"PK\x03\x04", "shulian.cli.timetables.cosplib"),
    Format("itc2007-ctt", ".ctt", b"Name:", "shulian.cli.timetables.curricula"),
)


def format_of(path: Path, content: bytes) -> Format:
    """The format of a file, by the end of its name, else by how it begins."""
    for one in FORMATS:
        if path.suffix.lower() == one.suffix:
            return one
    for one in FORMATS:
        if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(one.opening):
            return one
    known = ", ".join(f"{one.name} ({one.suffix})" for one in FORMATS)
    raise TimetableFormatUnknown(path=str(path), known=known)
