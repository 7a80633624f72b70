"""Tickets and badges on paper: PDF, set by Typst, with every glyph that they use embedded.

The layout stands in `papers.typ`; it gets values alone, as JSON, so that nothing that people write
is ever read as markup. A character that no font has is drawn as a box.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk
import msgspec
import segno
import typst
from msgspec import Struct

_LAYOUT = Path(__file__).with_name("papers.typ")
_QUIET = 0
"""Blank modules around a QR: the layout leaves more than enough."""


class Paper(StrEnum):
    """What tickets are set on."""

    A4 = "a4"
    PHONE = "phone"
    """As wide as the screen of a phone holds up to a gate."""
    BADGE = "badge"
    """A6, to be worn."""


class Leaf(Struct, frozen=True):
    """A ticket as it is printed: words in one language, ready to be read."""

    title: str
    name: str
    """Of whom it lets in; empty: whoever shows it."""
    firm: str
    kind: str
    """The ticket type."""
    when: str
    where: str
    seat: str
    number: str
    code: str
    """What the QR says; empty: it lets nobody in, and `note` says why."""
    note: str = ""
    price: str = ""
    order: str = ""


class Labels(Struct, frozen=True):
    """The words beside the values."""

    when: str
    where: str
    seat: str
    holder: str
    bearer: str
    """Stands where no name does."""
    order: str
    price: str
    number: str
    hint: str
    brand: str
    page: str
    """What the document is called."""


def sheet(leaves: Sequence[Leaf], labels: Labels, *, paper: Paper, language: str) -> bytes:
    """A PDF with a page for each of `leaves`.

    language  its BCP 47 tag, which says how Chinese characters are drawn, and what a reader reads
    """
    data = {
        "paper": paper.value,
        "language": language.split("-", maxsplit=1)[0],
        "labels": msgspec.to_builtins(labels),
        "leaves": [{**msgspec.to_builtins(one), "qr": qr(one.code)} for one in leaves],
    }
    compiler = typst.Compiler(font_paths=_fonts())
    made = compiler.compile(
        input=_LAYOUT.read_bytes(),
        format="pdf",
        sys_inputs={"data": msgspec.json.encode(data).decode()},
    )
    assert isinstance(made, bytes)  # noqa: S101  # a PDF is one file
    return made


def qr(code: str, *, border: int = _QUIET) -> str:
    """The QR of `code` as SVG, without size and colour of its own; empty of no code."""
    if not code:
        return ""
    made = segno.make(code, error="m", boost_error=False, micro=False)
    return made.svg_inline(border=border, omitsize=True, svgclass="qr", lineclass=None)


@cache
def _fonts() -> typst.Fonts:
    """Noto Sans for Chinese and 20 other scripts, read when the first ticket is printed."""
    folders = [str(files(one)) for one in (manimgx_fonts, manimgx_fonts_cjk)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
