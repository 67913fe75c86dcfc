"""A file or its bytes → a `Document`, by the reader of its format.

The format is told by the content where that has a signature, else by the ending of the name. Nothing outside the file
is ever read: no address in a document is fetched.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from pathlib import PurePath
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Document
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_DOCUMENT_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.documents.readers.line_builder import Gathered


class Format(StrEnum):
    """A format that is read, by its media type."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"


#: The endings of documents that are read.
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
#: Kinds of file that are known and not read: how they begin, and what to say.
_REFUSED: Final = (
    (b"{\\rtf", "is RTF"),
    (b"\x7fELF", "is a program"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"\x1f\x8b", "is compressed with gzip"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_document(path: Path) -> Document:
    """Read a published document.

    Args:
        path: a text, Markdown, HTML, DOCX or PDF file.

    Raises:
        DocumentError: it cannot be opened, is a pipe or a device, or `read_bytes` refuses it.
    """
    try:
        if not (S_ISREG(kind := path.stat().st_mode) or S_ISDIR(kind)):
            message = f"{path} is a pipe or a device, which may never end"
            raise DocumentError(message, hint="give a file, or - for the standard input")
        with path.open("rb") as file:
            data = file.read(MAX_DOCUMENT_BYTES + 1)
    except (OSError, ValueError) as error:
        message = f"{path}: {getattr(error, 'strerror', None) or error}"
        raise DocumentError(message, hint="check the name and the permissions") from error
    return _read(data, str(path))


def is_read(path: PurePath) -> bool:
    """Whether a file's name ends like that of a document."""
    return path.suffix.lower() in ENDINGS


def read_bytes(data: bytes, name: str) -> Document:
    """Read a document from its bytes.

    Args:
        data: the whole file.
        name: of the file, or a word for where the bytes come from; a name with no ending is taken for text unless
            the content says otherwise.

    Raises:
        DocumentError: it is empty, damaged, locked, too large, or of a kind that is not taken.
    """
    return _read(data, name)


def _read(data: bytes, name: str) -> Document:
    if len(data) > MAX_DOCUMENT_BYTES:
        message = f"{name} has more than {MAX_DOCUMENT_BYTES:,} bytes"
        raise DocumentError(message, hint="give the pages with the profiles only")
    form = format_of(data, name)
    try:
        gathered = _gather(data, name, form)
    except ImportError as error:
        message = f"{name} cannot be read: {error.name} is not installed"
        raise DocumentError(message, hint="install tlevel-rdf[documents]") from error
    lines = gathered.whole()
    if not lines:
        message = f"{name} has no text that can be seen"
        raise DocumentError(message, hint="give the document that has the profile's words")
    digest = hashlib.sha256(data).hexdigest()
    return Document(PurePath(name).name, digest, form.value, lines, tuple(gathered.unread), tuple(gathered.furniture))


def format_of(data: bytes, name: str) -> Format:
    """The format of a file.

    Args:
        data: its bytes.
        name: its name.

    Raises:
        DocumentError: it is of none that is read.
    """
    ending = PurePath(name).suffix.lower()
    begin = data[:4096]
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if begin.startswith(b"PK\x03\x04"):
        return Format.DOCX
    if begin.startswith(_OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        message = f"{name} is {'locked with a password' if is_locked else 'a file of an old office program'}"
        hint = "save it without a password" if is_locked else "save it as DOCX"
        raise DocumentError(message, hint=hint)
    for signature, what in _REFUSED:
        if begin.startswith(signature):
            message = f"{name} {what}, which is not read"
            raise DocumentError(message, hint=_HINT)
    if _HTML.match(begin.decode("utf-16", "replace").encode() if begin[:2] in {b"\xff\xfe", b"\xfe\xff"} else begin):
        return Format.HTML
    form = ENDINGS.get(ending) if ending else Format.TEXT
    if form in {Format.PDF, Format.DOCX}:
        message = f"{name} is no {ending[1:].upper()}: its content is not that of one"
        raise DocumentError(message, hint="check that the file is whole, or save it again")
    if form is None:
        message = f"{name}: {ending} is no ending of a document that is read"
        raise DocumentError(message, hint=f"{_HINT} ({', '.join(ENDINGS)})")
    return form


def _gather(data: bytes, name: str, form: Format) -> Gathered:
    # Each format's libraries are heavy, and a run reads mostly one.
    from tlevel_rdf.documents.readers.line_builder import Gathered  # noqa: PLC0415

    gathered = Gathered()
    if form is Format.PDF:
        from tlevel_rdf.documents.readers.pdf.reader import pdf_lines  # noqa: PLC0415

        pdf_lines(data, name, gathered)
    elif form is Format.DOCX:
        from tlevel_rdf.documents.readers.docx import docx_lines  # noqa: PLC0415

        docx_lines(data, name, gathered)
    elif form is Format.HTML:
        from tlevel_rdf.documents.readers.html import html_lines  # noqa: PLC0415
        from tlevel_rdf.documents.readers.plain_text import decode_html  # noqa: PLC0415

        html_lines(decode_html(data, name, gathered), gathered)
    else:
        from tlevel_rdf.documents.readers.markdown import markdown_lines  # noqa: PLC0415
        from tlevel_rdf.documents.readers.markdown_inline import Inline, parser  # noqa: PLC0415
        from tlevel_rdf.documents.readers.plain_text import decode, text_lines  # noqa: PLC0415

        is_markdown = form is Format.MARKDOWN
        inline = Inline(parser(has_html=is_markdown, has_references=is_markdown), gathered)
        (markdown_lines if is_markdown else text_lines)(decode(data, name, gathered), inline, gathered)
    return gathered
