"""Tickets on paper: a page each, whatever is written on it, with the glyphs that it uses."""

import re
import zlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shulian.ticketing.rules.papers import Labels, Leaf, Paper, qr, sheet

CODE = "75124081" + "5" * 239
LABELS = Labels(**{one: one.title() for one in Labels.__struct_fields__})
LEAF = Leaf(
    title="沉浸式剧场（示例）",
    name="王小明",
    firm="示例科技有限公司",
    kind="普通票",
    when="2026年12月1日 19:30–21:30",
    where="东1厅",
    seat="3排12座",
    number="K7QM3XTD",
    code=CODE,
    price="¥280.00",
    order="AB12CD34",
)
NAMES = [
    "Maximiliane Wolkenstein-Trostburg von und zu Hohenfels",
    "محمد بن عبد الرحمن الفيصل",
    "नमस्ते สวัสดี שלום",
    "A" * 200,
    "很长的名字" * 60,
    "\ue000\U0010ffff\u0000\u202e",
    '#strong[x] $y$ *z* "quoted" \\ {a: b}',
    "👩\u200d💻🙂",
    "",
]


def pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", _unpacked(made)))


def _unpacked(made: bytes) -> bytes:
    """What stands in a PDF, its packed streams as well."""
    found = [made]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            continue
    return b"".join(found)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_each_ticket_has_a_page(paper: Paper, language: str) -> None:
    made = sheet([LEAF, LEAF, LEAF], LABELS, paper=paper, language=language)

    assert made.startswith(b"%PDF-")
    assert pages(made) == 3


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("name", NAMES)
def test_every_name_fits_on_one_page(paper: Paper, name: str) -> None:
    leaf = msgspec.structs.replace(LEAF, name=name, title=name or "t", firm=name, kind=name)

    assert pages(sheet([leaf], LABELS, paper=paper, language="en")) == 1


@settings(max_examples=15)
@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    leaf = msgspec.structs.replace(
        LEAF, name=text, title=text, firm=text, kind=text, where=text, seat=text, when=text
    )

    assert pages(sheet([leaf], LABELS, paper=Paper.BADGE, language="zh-CN")) == 1


def test_fonts_are_embedded_by_the_glyph() -> None:
    made = sheet([LEAF], LABELS, paper=Paper.A4, language="zh-CN")
    fonts = re.findall(rb"/FontName\s*/[A-Z]{6}\+(NotoSans\w*)", _unpacked(made))

    assert set(fonts) == {b"NotoSans", b"NotoSansCJKsc"}
    assert len(made) < 120_000


def test_a_ticket_that_lets_nobody_in_has_no_code() -> None:
    leaf = msgspec.structs.replace(LEAF, code="", number="", note="Not paid yet")

    with_code, without = (
        sheet([one], LABELS, paper=Paper.PHONE, language="en") for one in (LEAF, leaf)
    )

    assert (qr(""), pages(without)) == ("", 1)
    assert len(without) < len(with_code)


def test_a_qr_is_svg_that_pages_colour() -> None:
    drawn = qr(CODE, border=4)

    assert drawn.startswith("<svg ")
    assert 'viewBox="0 0 49 49"' in drawn
    assert "width=" not in drawn.split(">")[0]
