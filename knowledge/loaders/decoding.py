"""Bytes become text: by what the file says of itself, by what the caller says of it, else as UTF-8; nothing is guessed.

Guesses were tried: of a short English text in Windows-1252 they make "Ł5" of "£5", and nobody would see it.
"""

import codecs
import io
from typing import TextIO

from knowledge.loaders.source import Refused, Source

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PART = 256_000


def text_of(source: Source, raw: bytes, *, declared: str | None = None) -> str:
    """Return the text of a file's bytes; Refused names the byte that its encoding does not know."""
    try:
        text = raw.decode(_encoding(source, raw, declared))
    except UnicodeDecodeError as exc:
        raise _refusal(source, exc, at=exc.start) from exc
    if "\0" in text:
        reason = "is no text: it holds zero characters"
        raise Refused(reason, hint="save it as text in UTF-8")
    return text


def text_stream(source: Source) -> TextIO:
    """Return the source opened as text, checked to its end before the first line is given; it is never held whole."""
    with source.open() as file:
        part = file.read(_PART)
        encoding = _encoding(source, part)
        decoder, before = codecs.getincrementaldecoder(encoding)(), 0
        while part:
            try:
                decoder.decode(part)
            except UnicodeDecodeError as exc:
                raise _refusal(source, exc, at=before + exc.start) from exc
            before += len(part)
            part = file.read(_PART)
    return io.TextIOWrapper(source.open(), encoding=encoding, newline="")


def _encoding(source: Source, raw: bytes, declared: str | None = None) -> str:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    wanted = source.encoding or declared or "utf-8"
    try:
        return codecs.lookup(wanted).name
    except LookupError as exc:
        reason = f"is said to be in {wanted!r}, which is no encoding that is known"
        raise Refused(reason, hint="name another, such as cp1252") from exc


def _refusal(source: Source, exc: UnicodeDecodeError, *, at: int) -> Refused:
    also = "" if source.encoding else ", or say what it is, such as --encoding cp1252"
    reason = f"is not {exc.encoding.upper()} text"
    return Refused(reason, hint=f"save it as UTF-8{also}", where=f"byte {at}")
