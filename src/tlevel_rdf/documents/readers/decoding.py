"""Bytes → text: UTF-8, UTF-16 with a byte order mark, or Windows-1252 where nothing in it could be UTF-8."""

from __future__ import annotations

import codecs
import itertools
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Location
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_REPORTED_CONTROLS, MAX_TEXT_BYTES, MAX_TEXT_LINES, MAX_TEXT_MARKS

if TYPE_CHECKING:
    from tlevel_rdf.documents.readers.line_builder import LineBuilder

_UTF_16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
#: A character beyond ASCII in UTF-8 (RFC 3629, section 4), loosely.
_MULTIBYTE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CHARSET: Final = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE
)
#: Browsers read these names as Windows-1252 (Encoding Standard, section 4.2).
_WEB_NAMES: Final = dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "iso8859-1"), "cp1252")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_LINE_END: Final = re.compile("\r\n?")
_MARK: Final = re.compile(r"[\[\]*_`<&\\!~]")


def decode(data: bytes, name: str, builder: LineBuilder) -> str:
    """Return the text of a file, its lines ended by line feeds and without its byte order mark.

    Args:
        data: the file.
        name: its name.
        builder: takes notes of control characters, which are not in the lines.

    Raises:
        DocumentError: the file is too large, binary, or in another encoding.
    """
    if len(data) > MAX_TEXT_BYTES:
        message = f"{name} has {len(data):,} bytes; a text can have at most {MAX_TEXT_BYTES:,}"
        raise DocumentError(message, hint="give the profiles only, or split the file")
    text = _LINE_END.sub("\n", _decode(data, name))
    if text.count("\n") > MAX_TEXT_LINES or len(_MARK.findall(text)) > MAX_TEXT_MARKS:
        message = f"{name} has more than {MAX_TEXT_LINES:,} lines or {MAX_TEXT_MARKS:,} brackets and other marks"
        raise DocumentError(message, hint="give the profiles only, or split the file")
    # Stray control characters can be dropped, but a file with many of them is not text.
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls * 20 > len(text):
        message = f"{name} is not text: it has {controls:,} control characters"
        raise DocumentError(message, hint="save it as text in UTF-8, Markdown, HTML, DOCX or PDF")
    for found in itertools.islice(_CONTROL.finditer(text), MAX_REPORTED_CONTROLS):
        begin = text.rfind("\n", 0, found.start()) + 1
        words = _CONTROL.sub("", text[begin : found.start()]).split()[-1:]
        what = f"a control character (U+{ord(found[0]):04X}){f' after “{words[0][-40:]}”' if words else ''}"
        builder.omit(what, Location(text.count("\n", 0, begin) + 1), column=found.start() - begin + 1)
    return text.replace("\0", "\u200b")


def decode_html(data: bytes, name: str, builder: LineBuilder) -> str:
    """Return the text of an HTML page, in the encoding that it declares if that fits, else as any text.

    Raises:
        DocumentError: see `decode`.
    """
    declared = _CHARSET.search(data[:1024])
    if declared and not data.startswith((codecs.BOM_UTF8, *_UTF_16)):
        with suppress(LookupError, UnicodeError):
            data = data.decode(_WEB_NAMES.get(label := declared[1].decode().lower(), label)).encode()
    return decode(data, name, builder)


def _decode(data: bytes, name: str) -> str:
    hint = "save it as UTF-8"
    if encoding := _UTF_16.get(data[:2]):
        try:
            return data[2:].decode(encoding)
        except UnicodeDecodeError as error:
            message = f"{name} begins as UTF-16 but is not: {error.reason} at byte {error.start + 3:,}"
            raise DocumentError(message, hint=hint) from error
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        with suppress(UnicodeDecodeError):
            if not _MULTIBYTE.search(data):
                return data.decode("cp1252")
        lines = re.split(rb"\r\n|\r|\n", data[: error.start])
        place = f"line {len(lines)}, column {len(lines[-1].decode()) + 1}"
        message = f"{name}, {place}: the byte 0x{data[error.start]:02X} is not UTF-8"
        raise DocumentError(message, hint=hint) from error
