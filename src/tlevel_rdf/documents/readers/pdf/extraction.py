"""The words of a PDF's pages as JSON: a program that `reader` runs in a process of its own.

A PDF is a program for a printer, and a few kilobytes of one can ask for gigabytes or hours. The operating system stops
the process at its limits of memory and time. pdfplumber, which it uses, opens no address and runs no script.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from itertools import compress, islice
from operator import not_
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.documents.document import Reason
from tlevel_rdf.documents.readers.limits import (
    MAX_PDF_LETTERS,
    MAX_PDF_MEMORY,
    MAX_PDF_PAGES,
    MAX_PDF_RULES,
    MAX_PDF_SECONDS,
)
from tlevel_rdf.documents.readers.pdf.letters import is_upright, letters_once, words_once

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pypdfium2 import PdfDocument

    from tlevel_rdf.documents.readers.pdf.annotations import Link

#: Ems: letters of one word are nearer to each other than this.
WORD_GAP: Final = 0.15
#: Points: a line that strikes words out is no thicker than this.
_MAX_STROKE: Final = 2.0
_SOFT_HYPHEN: Final = "\u00ad"
#: Ems: a narrower soft hyphen is not printed.
_PRINTED_HYPHEN: Final = 0.05


def main() -> None:
    """Read a PDF from standard input and write the result of `read_pages` to standard output."""
    _limit_process()
    # The libraries report every oddity of a file.
    logging.disable()
    data = sys.stdin.buffer.read()
    json.dump(read_pages(data), sys.stdout)


def _limit_process() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_PDF_MEMORY, MAX_PDF_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_PDF_SECONDS, MAX_PDF_SECONDS + 5))


def read_pages(data: bytes) -> dict[str, object]:
    """Return the pages of a PDF, or the reason why it cannot be read.

    Returns:
        An object with `error`: `password`, `encryption`, `form`, `pages`, `letters` or `missing`. Or one with `pages`,
        a list with the height of each page, its words (text, left, right, top, bottom, size, is bold, index of its link
        or -1, is struck out), the targets of its links, the cells of its ruled tables, whether it has a picture, and
        its omissions: the words that are not read, and the reason.
    """
    try:
        import pdfplumber  # noqa: PLC0415 - after the limits are set
        from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect  # noqa: PLC0415
        from pdfminer.pdfpage import PDFPage  # noqa: PLC0415
        from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

        from tlevel_rdf.documents.readers.pdf.annotations import is_dynamic_form  # noqa: PLC0415
        from tlevel_rdf.documents.readers.pdf.picture import open_pictures  # noqa: PLC0415
    except ImportError:
        return {"error": "missing"}
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        causes = (*error.args, error.__cause__)
        for kind, name in ((PDFPasswordIncorrect, "password"), (PDFEncryptionError, "encryption")):
            if any(isinstance(cause, kind) for cause in causes):
                return {"error": name}
        raise
    if is_dynamic_form(pdf.doc.catalog):
        return {"error": "form"}
    if sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), MAX_PDF_PAGES + 1)) > MAX_PDF_PAGES:
        return {"error": "pages"}
    pictures = open_pictures(data)
    pages = []
    for page in pdf.pages:
        if len(page.chars) > MAX_PDF_LETTERS:
            return {"error": "letters"}
        pages.append(read_page(page, pictures))
        page.close()
    return {"pages": pages}


def read_page(page: Page, pictures: PdfDocument | None) -> dict[str, object]:
    """Return a page as `read_pages` does; the document for drawing it is None if that is not possible."""
    from tlevel_rdf.documents.readers.pdf.annotations import read_annotations  # noqa: PLC0415 - needs pdfplumber
    from tlevel_rdf.documents.readers.pdf.picture import Picture  # noqa: PLC0415

    annotations = read_annotations(page)
    picture = Picture.of(pictures, page)
    strokes = [*_strokes(page), *annotations.strokes]
    chars = letters_once(filter(is_upright, page.chars))
    words = words_once(_words(chars))
    omissions = [*annotations.omissions]
    if picture:
        is_shown = [picture.shows(word["chars"]) for word in words]
        omissions.append((" ".join(compress((word["text"] for word in words), map(not_, is_shown))), Reason.HIDDEN))
        words = [*compress(words, is_shown)]
    else:
        omissions.append(("hidden words, as this page cannot be drawn", Reason.UNREAD))
    if turned := "".join(char["text"] for char in page.chars if not is_upright(char)).strip():
        omissions.append((f"turned words: “{turned}”", Reason.UNREAD))
    return {
        "height": float(page.height),
        "words": [part for word in words for part in _parts(word, annotations.links, strokes)],
        "links": [link.target for link in annotations.links],
        "tables": _tables(page),
        "has_picture": bool(page.images),
        "omissions": omissions,
    }


def _words(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from pdfplumber.utils.text import extract_words  # noqa: PLC0415

    return extract_words(
        chars, x_tolerance_ratio=WORD_GAP, extra_attrs=["fontname", "size"], expand_ligatures=False, return_chars=True
    )


def _strokes(page: Page) -> list[tuple[float, float, float]]:
    """Return the horizontal lines of a page: their left end, right end and distance from the top."""
    drawn = [*page.lines, *page.rects]
    if len(drawn) > MAX_PDF_RULES:
        return []
    level = [line for line in drawn if line["bottom"] - line["top"] <= _MAX_STROKE < line["x1"] - line["x0"]]
    return [(line["x0"], line["x1"], (line["top"] + line["bottom"]) / 2) for line in level]


def _is_struck(char: dict[str, Any], strokes: list[tuple[float, float, float]]) -> bool:
    """Return True if a line crosses the middle of a letter, and is not below it or between two rows."""
    x, height = (char["x0"] + char["x1"]) / 2, char["bottom"] - char["top"]
    first, last = char["top"] + 0.35 * height, char["bottom"] - 0.25 * height
    return any(left <= x <= right and first < y < last for left, right, y in strokes)


def _parts(word: dict[str, Any], links: list[Link], strokes: list[tuple[float, float, float]]) -> list[list[object]]:
    """Return the parts of a word that differ in their link or in being struck out."""
    parts: list[list[Any]] = []
    for char in word["chars"]:
        if char["text"] == _SOFT_HYPHEN and char["x1"] - char["x0"] < _PRINTED_HYPHEN * char["size"]:
            continue
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        look = [next((at for at, link in enumerate(links) if link.covers(x, y)), -1), _is_struck(char, strokes)]
        if parts and parts[-1][7:] == look:
            parts[-1][0] += char["text"]
            parts[-1][2] = max(parts[-1][2], char["x1"])
        else:
            font = str(char["fontname"]).lower()
            is_bold = any(weight in font for weight in ("bold", "black", "heavy"))
            box = [char["x0"], char["x1"], char["top"], char["bottom"]]
            parts.append([char["text"], *box, char["size"], is_bold, *look])
    return parts


def _tables(page: Page) -> list[list[tuple[float, float, float, float]]]:
    """Return the cells of the ruled tables: left, right, top and bottom of each."""
    if not 2 <= len(page.rects) + len(page.lines) <= MAX_PDF_RULES:
        return []
    tables = ({(left, right, top, bottom) for left, top, right, bottom in it.cells} for it in page.find_tables())
    return [sorted(cells) for cells in tables if len(cells) > 1]


if __name__ == "__main__":
    main()
