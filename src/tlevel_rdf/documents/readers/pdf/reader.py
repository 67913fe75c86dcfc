"""PDF → lines.

`extraction` finds the words in a process of its own; the steps here decide what is a header, a table, a column and a
line, from the positions of the words alone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Location, Reason
from tlevel_rdf.documents.readers.limits import MAX_PDF_LETTERS, MAX_PDF_MEMORY, MAX_PDF_PAGES, MAX_PDF_SECONDS
from tlevel_rdf.documents.readers.line_builder import TextRun
from tlevel_rdf.documents.readers.pdf.blocks import typical_leading
from tlevel_rdf.documents.readers.pdf.geometry import Box, Page, Word, typical_size
from tlevel_rdf.documents.readers.pdf.layout import page_lines
from tlevel_rdf.documents.readers.pdf.margins import without_asides, without_furniture
from tlevel_rdf.documents.readers.pdf.tables import numbered, placed, with_unruled
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from tlevel_rdf.documents.readers.line_builder import LineBuilder
    from tlevel_rdf.documents.readers.pdf.tables import HeaderSplitter

_ERRORS: Final = {
    "password": ("is locked with a password", "save it without a password"),
    "encryption": ("is encrypted in a way that is not supported", "save it without a password"),
    "form": ("is a dynamic form (XFA), which is not supported", "print it to a new PDF"),
    "pages": (f"has more than {MAX_PDF_PAGES} pages", "give the pages with the profiles only"),
    "letters": (f"has a page with more than {MAX_PDF_LETTERS:,} letters", "give the pages with the profiles only"),
    "missing": ("cannot be read: pdfplumber is not installed", "run: pip install 'tlevel-rdf[documents]'"),
}
_SAVE_AGAIN: Final = "open it in a PDF program and print it to a new PDF, or give the document that it was made from"
_RECOGNISE: Final = "run it through text recognition (OCR), or give the document that it was made from"
#: The text of each letter of a font that does not name its letters.
_NO_LETTER: Final = "(cid:"
#: A code that WinAnsiEncoding leaves unused shows a bullet (ISO 32000-1, annex D.2, note 3).
_UNUSED_CODE: Final = b"(cid:127)"
#: The ends of a process at its limit of time.
_OUT_OF_TIME: Final = frozenset({-signal.SIGKILL, -signal.SIGXCPU} if sys.platform != "win32" else ())
_SOFT_HYPHEN: Final = "\u00ad"


def pdf_lines(data: bytes, name: str, builder: LineBuilder, header_lengths: HeaderSplitter) -> None:
    """Add the lines of a PDF. Their location is the page and the line on it, counted from the top.

    Args:
        data: the bytes of the file.
        name: its name, for messages.
        builder: takes the lines.
        header_lengths: finds column headers, so that tables without rules are reported.

    Raises:
        DocumentError: the file is damaged, locked, too long, only pictures, or takes too much time or memory.
    """
    pages, furniture = without_furniture(with_hyphens(_pages(data, name)))
    text = "".join(word.text for page in pages for word in page.words)
    unnamed = text + "".join(words for page in pages for words, _ in page.omissions)
    if unnamed.count(_NO_LETTER) * 20 > len(unnamed):
        message = f"{name} does not name the letters that its fonts show"
        raise DocumentError(message, hint=_RECOGNISE)
    if not text.strip():
        unseen = next((words for page in pages for words, _ in page.omissions if words), "")
        message = f"{name} has no text that a person can read, only {unseen[:100] or 'pictures of it'}"
        raise DocumentError(message, hint=_RECOGNISE)
    size = typical_size(pages)
    pages, asides = without_asides(pages, size)
    for margin in (*furniture, *asides):
        location = Location(page=margin.page, line=margin.row)
        builder.add_furniture([TextRun(margin.text, location)])
        if not margin.is_repeated:
            builder.omit(margin.text, location, Reason.MARGIN)
    pages = numbered(with_unruled(page, header_lengths, builder) for page in pages)
    leading = typical_leading(pages)
    for page in pages:
        for words, reason in page.omissions:
            builder.omit(words, Location(page=page.number), reason)
        if page.has_picture and not page.words:
            builder.omit("a page that is only a picture", Location(page=page.number))
        page_lines(page, size, leading, builder)


def with_hyphens(pages: list[Page]) -> list[Page]:
    """Return pages with plain hyphens, if their fonts show every hyphen as a soft one.

    A soft hyphen in the middle of a line shows that: then those at the ends of lines are plain hyphens too.
    """
    if not any(_SOFT_HYPHEN in word.text[:-1] for page in pages for word in page.words):
        return pages
    return [
        replace(page, words=tuple(word._replace(text=word.text.replace(_SOFT_HYPHEN, "-")) for word in page.words))
        for page in pages
    ]


def _pages(data: bytes, name: str) -> list[Page]:
    """Run `extraction` on a file."""
    # Without -P, a file in the current folder would stand for a module of the same name.
    command = [sys.executable, "-P", "-m", "tlevel_rdf.documents.readers.pdf.extraction"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    slow = f"{name} takes more than {MAX_PDF_SECONDS} s to read"
    try:
        done = subprocess.run(  # noqa: S603 - a program of this package, with fixed arguments
            command, input=data, capture_output=True, timeout=2 * MAX_PDF_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(slow, hint=_SAVE_AGAIN) from error
    if done.returncode in _OUT_OF_TIME:
        raise DocumentError(slow, hint=_SAVE_AGAIN)
    if done.returncode:
        # Where memory ends, some libraries end the process.
        is_large = done.returncode < 0 or b"MemoryError" in done.stderr
        is_deep = b"RecursionError" in done.stderr
        large = f"needs more than {MAX_PDF_MEMORY // 1_000_000:,} MB to read"
        problem = large if is_large else "has objects that are nested too deeply" if is_deep else "is a damaged PDF"
        message = f"{name} {problem}"
        raise DocumentError(message, hint=_SAVE_AGAIN)
    result = json.loads(done.stdout.replace(_UNUSED_CODE, b"\\u2022"))
    if key := result.get("error"):
        problem, hint = _ERRORS[key]
        message = f"{name} {problem}"
        raise DocumentError(message, hint=hint)
    return [
        Page(
            number,
            page["height"],
            tuple(Word(*word) for word in page["words"]),
            tuple(page["links"]),
            tuple(placed([Box(*box) for box in table]) for table in page["tables"]),
            page["has_picture"],
            tuple((words, Reason(reason)) for words, reason in page["omissions"]),
        )
        for number, page in enumerate(result["pages"], 1)
    ]
