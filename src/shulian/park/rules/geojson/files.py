"""Bytes of a file become UTF-8 text: unpacked within a limit, other encodings named and refused."""

import codecs
import re
import zlib

from shulian.park.errors import ImportDamaged, ImportEncoding, ImportTooLarge

_GZIP = b"\x1f\x8b"
_ARCHIVES = {b"PK\x03\x04": "ZIP", b"7z\xbc\xaf": "7-Zip", b"\x28\xb5\x2f\xfd": "Zstandard"}
_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_CODECS = (
    ("gb2312", "GBK"),
    ("big5", "Big5"),
    ("shift_jis", "Shift JIS"),
    ("gb18030", "GBK"),
)
"""Tried in turn; the widest comes last, for it reads nearly anything."""
_PAIR = re.compile(rb"[\x80-\xff]{2}")
_STEP = 1 << 20
_LOOK = 1 << 16


def opened(file: str, data: bytes, *, limit: int) -> bytes:
    """The UTF-8 text of a file, without byte order mark; gzip is unpacked.

    limit   [byte]  the text may have

    Raises ImportTooLarge, ImportDamaged, ImportEncoding.
    """
    if data.startswith(_GZIP):
        data = _unpacked(file, data, limit)
    if len(data) > limit:
        raise _too_large(file, limit)
    for magic, archive in _ARCHIVES.items():
        if data.startswith(magic):
            raise ImportDamaged(file=file, detail=archive)
    if data.startswith(_GZIP):
        raise ImportDamaged(file=file, detail="gzip in gzip")
    text = data.removeprefix(codecs.BOM_UTF8)
    _check_encoding(file, text)
    return text


def _unpacked(file: str, data: bytes, limit: int) -> bytes:
    """All members of a gzip stream, stopping as soon as they pass the limit."""
    whole: list[bytes] = []
    room = limit + 1
    while data.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            whole.append(stream.decompress(data, room))
        except zlib.error as error:
            raise ImportDamaged(file=file, detail="gzip") from error
        room -= len(whole[-1])
        if room <= 0:
            raise _too_large(file, limit)
        if not stream.eof:
            raise ImportDamaged(file=file, detail="gzip")
        data = stream.unused_data
    return b"".join(whole)


def _too_large(file: str, limit: int) -> ImportTooLarge:
    return ImportTooLarge(file=file, limit=max(1, limit >> 20))


def _check_encoding(file: str, text: bytes) -> None:
    for mark, encoding in _BOMS:
        if text.startswith(mark):
            raise ImportEncoding(file=file, line=1, encoding=encoding)
    if b"\0" in text[:4]:
        wide = text[:4].count(b"\0") > len(text[:4]) // 2
        raise ImportEncoding(file=file, line=1, encoding="UTF-32" if wide else "UTF-16")
    if text.isascii():
        return
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(text), _STEP):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(text[start : start + _STEP], start + _STEP >= len(text))
        except UnicodeDecodeError as error:
            place = start - kept + error.start
            line = text.count(b"\n", 0, place) + 1
            raise ImportEncoding(file=file, line=line, encoding=_guess(text, place)) from error


def _guess(text: bytes, place: int) -> str:
    """The encoding that the strings around the first wrong byte look like."""
    start = text.rfind(b'"', max(0, place - _LOOK), place) + 1
    sample = text[start : place + _LOOK]
    sample = sample[: sample.rfind(b'"') + 1] or sample
    if not _PAIR.search(sample):
        return "Latin-1"
    for codec, encoding in _CODECS:
        try:
            sample.decode(codec)
        except UnicodeDecodeError:
            continue
        return encoding
    return "Latin-1"
