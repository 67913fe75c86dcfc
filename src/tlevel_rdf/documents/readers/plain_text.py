"""Bytes → text, and plain text → lines.

Text is UTF-8, UTF-16 with a byte order mark, or Windows-1252 where nothing in it could be UTF-8. Each line of the file
is a line; links and emphasis are as in Markdown, for that is how a text holds them.
"""

from __future__ import annotations

import codecs
import itertools
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Role, Where
from tlevel_rdf.documents.readers.line_builder import BREAKS
from tlevel_rdf.documents.readers.line_wrapping import begins_item
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_TEXT_BYTES, MAX_TEXT_LINES, MAX_TEXT_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.documents.readers.line_builder import Gathered
    from tlevel_rdf.documents.readers.markdown_inline import Inline

_UTF_16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
#: A character beyond ASCII in UTF-8 (RFC 3629, section 4), loosely.
_MULTIBYTE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CHARSET: Final = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE
)
#: To browsers, and so to people who write pages, these names mean Windows-1252 (Encoding Standard, section 4.2).
_WEB_NAMES: Final = dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "iso8859-1"), "cp1252")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
#: So many of them are told; what has more is damaged.
_MOST_CONTROLS: Final = 20
#: What ends a line: in the numbers that an editor shows, only the first does.
_LINE_ENDS: Final = ("\n", *BREAKS)
_MARK: Final = re.compile(r"[\[\]*_`<&\\!~]")


def decode(data: bytes, name: str, gathered: Gathered) -> str:
    """The text of a file, its lines ended by line feeds and its byte order mark gone.

    Args:
        data: the file.
        name: its name.
        gathered: takes notes of characters that are no text, and are not seen in the lines.

    Raises:
        DocumentError: it is too large, binary, or in no encoding that is taken.
    """
    if len(data) > MAX_TEXT_BYTES:
        message = f"{name} has {len(data):,} bytes, and {MAX_TEXT_BYTES:,} of text are taken"
        raise DocumentError(message, hint="give the profiles only, or split the file")
    text = _decode(data, name)
    # A stray control character is left out of the lines; a text has no more than that.
    if len(controls := _CONTROL.findall(text)) * 20 > len(text):
        message = f"{name} is no text: it has {len(controls):,} control characters"
        raise DocumentError(message, hint="save it as text in UTF-8, Markdown, HTML, DOCX or PDF")
    text = re.sub(r"\r\n?", "\n", text)
    if controls:
        _note_controls(text, gathered)
        text = text.replace("\0", "\u200b")
    if sum(map(text.count, _LINE_ENDS)) > MAX_TEXT_LINES or len(_MARK.findall(text)) > MAX_TEXT_MARKS:
        message = f"{name} has more than {MAX_TEXT_LINES:,} lines or {MAX_TEXT_MARKS:,} brackets and other marks"
        raise DocumentError(message, hint="give the profiles only, or split the file")
    return text


def _note_controls(text: str, gathered: Gathered) -> None:
    for found in itertools.islice(_CONTROL.finditer(text), _MOST_CONTROLS):
        line, begin = text.count("\n", 0, found.start()) + 1, text.rfind("\n", 0, found.start()) + 1
        words = _CONTROL.sub("", text[begin : found.start()]).split()[-1:]
        said = f"a character that is no text (U+{ord(found[0]):04X}){f' after “{words[0][-40:]}”' if words else ''}"
        gathered.miss(said, Where(line), found.start() - begin + 1)


def decode_html(data: bytes, name: str, gathered: Gathered) -> str:
    """The text of an HTML page: in the encoding that it declares if its bytes are so, else as any text.

    Raises:
        DocumentError: see `decode`.
    """
    declared = _CHARSET.search(data[:1024])
    if declared and not data.startswith((codecs.BOM_UTF8, *_UTF_16)):
        with suppress(LookupError, UnicodeError):
            data = data.decode(_WEB_NAMES.get(label := declared[1].decode().lower(), label)).encode()
    return decode(data, name, gathered)


def _decode(data: bytes, name: str) -> str:
    hint = "save it as UTF-8"
    if encoding := _UTF_16.get(data[:2]):
        try:
            return data[2:].decode(encoding)
        except UnicodeDecodeError as error:
            message = f"{name} begins as UTF-16 and is not: {error.reason} at byte {error.start + 3:,}"
            raise DocumentError(message, hint=hint) from error
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if not _MULTIBYTE.search(data):
            try:
                return data.decode("cp1252")
            except UnicodeDecodeError:
                pass
        before = data[: error.start]
        line = len(re.findall(rb"\r\n|\r|\n", before)) + 1
        column = len(re.split(rb"[\r\n]", before)[-1].decode()) + 1
        message = f"{name}, line {line}, column {column}: the byte 0x{data[error.start]:02X} is not UTF-8"
        raise DocumentError(message, hint=hint) from error


def text_lines(source: str, inline: Inline, gathered: Gathered) -> None:
    """Add the lines of a plain text: each of the file that is not blank.

    Args:
        source: its lines ended by line feeds.
        inline: reads its links and emphasis.
        gathered: takes the lines.
    """
    for first, rows in _units(source.split("\n")):
        # A bullet could be taken for emphasis, so it is not shown to the parser.
        places, shown = [], []
        roles: dict[Where, Role] = {}
        for n, row in enumerate(rows, first):
            role, sign = begins_item(row)
            start = sign or len(row) - len(row.lstrip())
            places.append((where := Where(n), start + 1))
            shown.append(row[start:].rstrip())
            roles[where] = role
        for stretches in inline.lines("\n".join(shown), places):
            gathered.add(stretches, roles.pop(stretches[0].where, Role.TEXT))


def _units(rows: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The lines that can be read by themselves, or with the next ones where a link or emphasis is open at the end."""
    n = 0
    while n < len(rows):
        begin = n
        unit = rows[n]
        while _is_open(unit) and n - begin < _LONGEST_LINK and n + 1 < len(rows) and rows[n + 1].strip():
            n += 1
            unit += "\n" + rows[n]
        if n > begin and _is_open(unit):
            n, unit = begin, rows[begin]
        if unit.strip():
            yield begin + 1, unit.split("\n")
        n += 1


def _is_open(text: str) -> bool:
    return ("[" in text or "*" in text or "~" in text) and (
        text.count("[") > text.count("]")
        or text.count("**") % 2 == 1
        or text.count("~~") % 2 == 1
        or text.count("](") > text.count(")")
    )


#: A title is not broken over more lines than this.
_LONGEST_LINK: Final = 3
