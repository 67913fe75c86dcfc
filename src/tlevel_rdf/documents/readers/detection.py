"""A file or its bytes → a `Document`, by the reader of its format.

The content shows the format if it has a signature, else the ending of the name does. Nothing outside the file is read:
no address in a document is opened.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from pathlib import PurePath
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Document
from tlevel_rdf.documents.readers.decoding import decode, decode_html
from tlevel_rdf.documents.readers.docx.reader import docx_lines
from tlevel_rdf.documents.readers.html.reader import html_lines
from tlevel_rdf.documents.readers.line_builder import LineBuilder
from tlevel_rdf.documents.readers.pdf.reader import pdf_lines
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_DOCUMENT_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.documents.readers.pdf.tables import HeaderSplitter


class Format(StrEnum):
    """A format of documents, by its media type."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"


#: The endings of document names.
ENDINGS: Final = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".docx": Format.DOCX,
    ".pdf": Format.PDF,
}
_HINT: Final = "save it as text, Markdown, HTML, DOCX or PDF"
_HTML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
#: Other formats: the first bytes of their files, and what the message says.
_OTHERS: Final = (
    (b"{\\rtf", "is RTF"),
    (b"\x7fELF", "is a program"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"\x1f\x8b", "is compressed with gzip"),
)
#: The first bytes of Compound File Binary (MS-CFB): files of old office programs, and locked DOCX files.
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_document(path: Path, header_lengths: HeaderSplitter) -> Document:
    """Read a published document.

    Args:
        path: a text, Markdown, HTML, DOCX or PDF file.
        header_lengths: finds the column headers of tables without rules in a PDF.

    Raises:
        DocumentError: the file cannot be opened, is a pipe or a device, or `read_bytes` refuses it.
    """
    try:
        if not (S_ISREG(mode := path.stat().st_mode) or S_ISDIR(mode)):
            message = f"{path} is a pipe or a device, which may never end"
            raise DocumentError(message, hint="give a file, or - for the standard input")
        with path.open("rb") as file:
            data = file.read(MAX_DOCUMENT_BYTES + 1)
    except (OSError, ValueError) as error:
        message = f"{path}: {getattr(error, 'strerror', None) or error}"
        raise DocumentError(message, hint="check the name and the permissions") from error
    return read_bytes(data, str(path), header_lengths)


def is_document(path: PurePath) -> bool:
    """Return True if a file has the ending of a document."""
    return path.suffix.lower() in ENDINGS


def read_bytes(data: bytes, name: str, header_lengths: HeaderSplitter) -> Document:
    """Read a document from its bytes.

    Args:
        data: the whole file.
        name: the name of the file, or the source of the bytes; a name without an ending counts as text unless the
            content shows another format.
        header_lengths: finds the column headers of tables without rules in a PDF.

    Raises:
        DocumentError: the file is empty, damaged, locked, too large, or of another format.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        message = f"{name} has more than {MAX_DOCUMENT_BYTES:,} bytes"
        raise DocumentError(message, hint="give the pages with the profiles only")
    form = format_of(data, name)
    builder = LineBuilder()
    try:
        _add_lines(data, name, form, builder, header_lengths)
    except ImportError as error:
        message = f"{name} cannot be read: {error.name} is not installed"
        raise DocumentError(message, hint="run: pip install 'tlevel-rdf[documents]'") from error
    lines = builder.build()
    if not lines:
        message = f"{name} has no visible text"
        raise DocumentError(message, hint="give the document that has the profile's words")
    digest = hashlib.sha256(data).hexdigest()
    return Document(PurePath(name).name, digest, form.value, lines, tuple(builder.omissions), tuple(builder.furniture))


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a file by its bytes and its name.

    Raises:
        DocumentError: it has another format.
    """
    ending = PurePath(name).suffix.lower()
    begin = data[:4096]
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if begin.startswith(b"PK\x03\x04"):
        return Format.DOCX
    if begin.startswith(_COMPOUND):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        message = f"{name} is {'locked with a password' if is_locked else 'a file of an old office program'}"
        raise DocumentError(message, hint="save it without a password" if is_locked else "save it as DOCX")
    for signature, problem in _OTHERS:
        if begin.startswith(signature):
            message = f"{name} {problem}, which cannot be read"
            raise DocumentError(message, hint=_HINT)
    if _HTML.match(begin.decode("utf-16", "replace").encode() if begin[:2] in {b"\xff\xfe", b"\xfe\xff"} else begin):
        return Format.HTML
    form = ENDINGS.get(ending) if ending else Format.TEXT
    if form in {Format.PDF, Format.DOCX}:
        message = f"{name} is not a {ending[1:].upper()} file"
        raise DocumentError(message, hint="check that the file is whole, or save it again")
    if form is None:
        message = f"{name}: {ending} is not the ending of a document"
        raise DocumentError(message, hint=f"{_HINT} ({', '.join(ENDINGS)})")
    return form


def _add_lines(data: bytes, name: str, form: Format, builder: LineBuilder, header_lengths: HeaderSplitter) -> None:
    if form is Format.PDF:
        pdf_lines(data, name, builder, header_lengths)
    elif form is Format.DOCX:
        docx_lines(data, name, builder)
    elif form is Format.HTML:
        html_lines(decode_html(data, name, builder), builder)
    else:
        # They need markdown-it-py, which is an extra.
        from tlevel_rdf.documents.readers.markdown import markdown_lines  # noqa: PLC0415
        from tlevel_rdf.documents.readers.plain_text import text_lines  # noqa: PLC0415

        add_lines = markdown_lines if form is Format.MARKDOWN else text_lines
        add_lines(decode(data, name, builder), builder)
