"""The columns of a table of forums and sessions, and the names that organizers give them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shulian.congress.rules.exchange.making import same
from shulian.congress.types import Part
from shulian.kit.text import Language, Text

_MARKS = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：_\-]")


def _plain(name: str) -> str:
    """A name as it compares: without what stands in brackets, marks and spaces."""
    return same(_MARKS.sub("", name))


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, how it is headed when we write it, and how else it may be."""

    key: str
    head: Text
    others: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """All its names, as they compare."""
        told = (self.key, self.head.zh, self.head.en, *self.others)
        return {_plain(one) for one in told}


COLUMNS = (
    Column("id", Text("编号", "id"), ("论坛编号", "序号", "code", "no", "forum")),
    Column("session", Text("场次编号", "session"), ("guid", "uuid", "session id")),
    Column("type", Text("类型", "type"), ("类别", "形式", "kind", "format")),
    Column("title_zh", Text("论坛名称", "title_zh"), ("标题", "中文标题", "名称", "中文名称")),
    Column("title_en", Text("英文名称", "title_en"), ("英文标题", "title", "english title")),
    Column("session_zh", Text("场次名称", "session_zh"), ("场次中文名称", "场次标题")),
    Column("session_en", Text("场次英文名称", "session_en"), ("场次英文标题", "session title")),
    Column("about_zh", Text("简介", "about_zh"), ("中文简介", "内容", "摘要")),
    Column("about_en", Text("英文简介", "about_en"), ("abstract", "description", "about")),
    Column("theme_zh", Text("主题", "theme_zh"), ("板块", "领域")),
    Column("theme_en", Text("英文主题", "theme_en"), ("theme", "track")),
    Column("date", Text("日期", "date"), ("day", "举办日期")),
    Column("start", Text("开始", "start"), ("开始时间", "start time", "from", "begin")),
    Column("end", Text("结束", "end"), ("结束时间", "end time", "to", "until")),
    Column("time", Text("时间", "time"), ("时段", "起止时间", "举办时间")),
    Column("minutes", Text("分钟", "minutes"), ("时长", "duration")),
    Column("venue", Text("场馆", "venue"), ("举办场馆", "建筑", "楼宇", "building")),
    Column("room", Text("会场", "room"), ("会议室", "厅", "hall", "举办地点", "地点", "location")),
    Column(
        "organisers",
        Text("主承办单位", "organisers"),
        ("单位", "组织单位", "organizers", "credits"),
    ),
    Column("host", Text("主办单位", "host"), ("主办", "主办方", "hosts")),
    Column("organizer", Text("承办单位", "organizer"), ("承办", "承办方")),
    Column("co_organizer", Text("协办单位", "co_organizer"), ("协办", "协办方", "co-organizer")),
    Column("supporter", Text("支持单位", "supporter"), ("支持", "支持方", "supporters")),
    Column("guidance", Text("指导单位", "guidance"), ("指导", "指导方")),
    Column("language", Text("语言", "language"), ("会议语言", "languages")),
    Column("attendance", Text("预计人数", "attendance"), ("人数", "规模", "预计规模", "expected")),
    Column("speakers", Text("嘉宾", "speakers"), ("演讲嘉宾", "主讲人", "speaker", "persons")),
    Column("link", Text("链接", "link"), ("直播", "直播链接", "url", "stream")),
)
WRITTEN = tuple(one for one in COLUMNS if one.key not in {"time", *Part})
"""Those that we write: times by start and end, organizations in one column."""
PARTS = (Part.HOST, Part.ORGANIZER, Part.CO_ORGANIZER, Part.SUPPORTER, Part.GUIDANCE)
"""What an organization is by its number in a list, from 1: 主办, 承办, 协办, 支持, 指导."""
_BY_NAME = {name: one.key for one in COLUMNS for name in one.names}
_DEEPEST_HEAD = 20
"""Rows in which the head of a table is looked for: above it stand titles and remarks."""


@dataclass(frozen=True, slots=True)
class Head:
    """The row that names the columns."""

    row: int
    """From 0."""
    columns: dict[str, int]
    unknown: tuple[tuple[int, str], ...]
    """Columns that are headed by something else."""
    twice: tuple[tuple[int, str], ...] = ()
    """Columns that say what another one says already."""


def head_of(rows: Sequence[Sequence[object]]) -> Head | None:
    """The row with most names of columns, the first of several; none: no row has any two."""
    best: Head | None = None
    for at, row in enumerate(rows[:_DEEPEST_HEAD]):
        head = _head(at, row)
        if len(head.columns) > max(1, len(best.columns) if best else 0):
            best = head
    return best


def heads(language: Language) -> list[str]:
    """The names of the columns that we write."""
    return [one.head.into(language) for one in WRITTEN]


def _head(at: int, row: Sequence[object]) -> Head:
    columns: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    twice: list[tuple[int, str]] = []
    for index, cell in enumerate(row):
        name = " ".join(str(cell).split()) if cell is not None else ""
        key = _BY_NAME.get(_plain(name))
        if key is not None and key not in columns:
            columns[key] = index
        elif key is not None:
            twice.append((index, name))
        elif name:
            unknown.append((index, name))
    return Head(at, columns, tuple(unknown), tuple(twice))
