"""PDF → lines, by a process of its own that ends at its limits of time and memory.

The process gives words and where they stand (`pdf_pages`); what is a line, a column or a page header is decided here
and in `pdf_layout`, from values alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Where, Why
from tlevel_rdf.documents.readers.line_builder import Stretch
from tlevel_rdf.documents.readers.pdf.columns import parts
from tlevel_rdf.documents.readers.pdf.geometry import Box, Page, Piece, typical_leading, typical_size
from tlevel_rdf.documents.readers.pdf.layout import page_lines
from tlevel_rdf.documents.readers.pdf.margins import furniture, without_asides, without_furniture
from tlevel_rdf.documents.readers.pdf.ruled_tables import numbered, placed
from tlevel_rdf.documents.readers.pdf.tables import with_unruled
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_PDF_LETTERS, MAX_PDF_MEMORY, MAX_PDF_PAGES, MAX_PDF_SECONDS

if TYPE_CHECKING:
    from tlevel_rdf.documents.readers.line_builder import Gathered

_FAULTS: Final = {
    "password": ("is locked with a password", "save it without a password"),
    "pages": (f"has more than {MAX_PDF_PAGES} pages", "give the pages with the profiles only"),
    "letters": (f"has a page with more than {MAX_PDF_LETTERS:,} letters", "give the pages with the profiles only"),
    "missing": ("cannot be read: pdfplumber is not installed", "install tlevel-rdf[documents]"),
}
_AGAIN: Final = "open it in a PDF program and print it to a new PDF, or give the document that it was made from"
_RECOGNISE: Final = "run it through text recognition (OCR), or give the document that it was made from"
#: What a font with no way back to letters gives for each of them.
_NO_LETTER: Final = "(cid:"
#: A code that WinAnsiEncoding leaves unused shows a bullet (ISO 32000-1, annex D.2, note 3).
_UNUSED_CODE: Final = b"(cid:127)"
_SOFT: Final = "\u00ad"


def pdf_lines(data: bytes, name: str, gathered: Gathered) -> None:
    """Add the lines of a PDF.

    Args:
        data: the bytes of the file.
        name: its name, for messages.
        gathered: takes the lines; their place is the page and the line on it, counted from the top.

    Raises:
        DocumentError: the file is damaged, locked, too long, only pictures, or takes too much time or memory.
    """
    whole = with_hyphens(_pages(data, name))
    pages = without_furniture(whole)
    pieces = [piece for page in pages for piece in page.pieces]
    text = "".join(piece.text for piece in pieces)
    if not text.strip():
        message = f"{name} has no text, only pictures of it"
        raise DocumentError(message, hint=_RECOGNISE)
    if text.count(_NO_LETTER) * 20 > len(text):
        message = f"{name} does not say which letters its fonts show"
        raise DocumentError(message, hint=_RECOGNISE)
    size = typical_size(pages)
    left_out = furniture(whole, pages)
    pages, asides = without_asides(pages, size)
    pages = numbered(with_unruled(pages))
    for aside in (*left_out, *asides):
        where = Where(page=aside.page, line=aside.row)
        gathered.add_furniture([Stretch(aside.words, where)])
        if not aside.is_repeated:
            gathered.leave(aside.words, where, Why.MARGIN)
    # The lines of two columns beside one another are as close as they like, so the leading is that within a column.
    read = [parts(page) for page in pages]
    leading = typical_leading(part.page for each in read for part in each)
    for page, its_parts in zip(pages, read, strict=True):
        if page.has_picture and not page.pieces:
            gathered.miss("a page that is only a picture", Where(page=page.number))
        page_lines(its_parts, size, leading, gathered)


def with_hyphens(pages: list[Page]) -> list[Page]:
    """The pages with plain hyphens, if their fonts say that every hyphen is a soft one.

    What a page shows of a soft hyphen is a hyphen. One in the middle of a line is no sign of the printer's, so those at
    the ends of lines need not be either.
    """
    if not any(_SOFT in piece.text[:-1] for page in pages for piece in page.pieces):
        return pages
    return [
        replace(page, pieces=tuple(piece._replace(text=piece.text.replace(_SOFT, "-")) for piece in page.pieces))
        for page in pages
    ]


def _pages(data: bytes, name: str) -> list[Page]:
    command = [sys.executable, "-m", "tlevel_rdf.documents.readers.pdf.extraction"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    costly = f"{name} takes more than {MAX_PDF_SECONDS} s or {MAX_PDF_MEMORY // 1_000_000:,} MB to read"
    try:
        done = subprocess.run(  # noqa: S603 - this package's own program, and no argument from outside
            command, input=data, capture_output=True, timeout=2 * MAX_PDF_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(costly, hint=_AGAIN) from error
    # The system ends it by a signal at its limit of time, and so do some libraries where memory ends.
    if done.returncode < 0 or (done.returncode and b"MemoryError" in done.stderr):
        raise DocumentError(costly, hint=_AGAIN)
    if done.returncode:
        message = f"{name} is a damaged PDF"
        raise DocumentError(message, hint=_AGAIN)
    read = json.loads(done.stdout.replace(_UNUSED_CODE, b"\\u2022"))
    if fault := read.get("fault"):
        what, hint = _FAULTS[fault]
        message = f"{name} {what}"
        raise DocumentError(message, hint=hint)
    return [
        Page(
            n,
            page["height"],
            tuple(Piece(*piece) for piece in page["pieces"]),
            tuple(page["links"]),
            tuple(placed([Box(*box) for box in table]) for table in page["tables"]),
            page["has_picture"],
        )
        for n, page in enumerate(read["pages"], 1)
    ]
