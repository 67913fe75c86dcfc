"""The words of a PDF's pages, as JSON; a program of its own, for `pdf.py` to run.

A PDF is a program for a printer, and a few kilobytes of one can ask for gigabytes or hours. So it is read in a process
that the system stops at a limit of memory and of time, by pdfplumber, which fetches and runs nothing.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.limits import MAX_PDF_LETTERS, MAX_PDF_MEMORY, MAX_PDF_PAGES, MAX_PDF_RULES, MAX_PDF_SECONDS

if TYPE_CHECKING:
    from pdfplumber.page import Page

#: How much nearer than this, in sizes of a letter, two letters are of one word.
WORD_GAP: Final = 0.15
#: A line that is drawn to strike words out is no thicker than this, in points.
_THICKEST: Final = 2.0

_SOFT: Final = "\u00ad"
#: A soft hyphen that is narrower than this, in sizes of a letter, is not printed.
_UNSEEN: Final = 0.05


def main() -> None:
    """Read a PDF from standard input and write what `read_pages` gives to standard output."""
    _limit()
    # The libraries tell of every oddity in a file, which is no use to who reads the result.
    logging.disable()
    data = sys.stdin.buffer.read()
    json.dump(read_pages(data), sys.stdout)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_PDF_MEMORY, MAX_PDF_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_PDF_SECONDS, MAX_PDF_SECONDS + 5))


def read_pages(data: bytes) -> dict[str, object]:
    """The pages of a PDF.

    Returns:
        An object: of `fault`, the word `password`, `pages`, `letters` or `missing`; or of `pages`, a list with the
        height of each, its pieces of words (text, left, right, top, bottom, size, whether bold, index of its link or
        -1, whether struck out), the targets of its links, the cells of its ruled tables, and whether it has a picture.
    """
    try:
        import pdfplumber  # noqa: PLC0415 - after the limits are set
        from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
        from pdfminer.pdfpage import PDFPage  # noqa: PLC0415
        from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415
    except ImportError:
        return {"fault": "missing"}
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (*error.args, error.__cause__)):
            return {"fault": "password"}
        raise
    counted = sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), MAX_PDF_PAGES + 1))
    if counted > MAX_PDF_PAGES:
        return {"fault": "pages"}
    pages = []
    for page in pdf.pages:
        if len(page.chars) > MAX_PDF_LETTERS:
            return {"fault": "letters"}
        pages.append(_page(page))
        page.close()
    return {"pages": pages}


def _page(page: Page) -> dict[str, object]:
    links, rects = [], []
    for annotation in page.annots:
        if target := _target(annotation):
            links.append(target)
            rects.append((annotation["x0"], annotation["x1"], annotation["top"], annotation["bottom"]))
    strokes = _strokes(page)
    words = page.extract_words(
        x_tolerance_ratio=WORD_GAP, extra_attrs=["fontname", "size"], expand_ligatures=False, return_chars=True
    )
    return {
        "height": float(page.height),
        "pieces": [piece for word in words for piece in _pieces(word, rects, strokes)],
        "links": links,
        "tables": _tables(page),
        "has_picture": bool(page.images),
    }


def _target(annotation: dict[str, Any]) -> str:
    """Where a link leads: an address, or `#` and the name of a place in the document; empty if it is no link."""
    if uri := annotation.get("uri"):
        return str(uri)
    data = annotation.get("data") or {}
    action = _resolved(data.get("A")) or {}
    place = action.get("D") if isinstance(action, dict) and _name(action.get("S")) == "GoTo" else data.get("Dest")
    if place is None:
        return ""
    return f"#{_name(_resolved(place))}"


def _resolved(value: object) -> Any:
    from pdfminer.pdftypes import resolve1  # noqa: PLC0415

    return resolve1(value)


def _name(value: object) -> str:
    """A name or string of PDF as text; empty for anything else."""
    from pdfminer.psparser import PSLiteral  # noqa: PLC0415

    if isinstance(value, PSLiteral):
        value = value.name
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return value if isinstance(value, str) else ""


def _strokes(page: Page) -> list[tuple[float, float, float]]:
    """The level lines of a page: their left end, right end and distance from the top."""
    drawn = [*page.lines, *page.rects]
    if len(drawn) > MAX_PDF_RULES:
        return []
    level = [line for line in drawn if line["bottom"] - line["top"] <= _THICKEST < line["x1"] - line["x0"]]
    return [(line["x0"], line["x1"], (line["top"] + line["bottom"]) / 2) for line in level]


def _is_struck(char: dict[str, Any], strokes: list[tuple[float, float, float]]) -> bool:
    """Whether a line goes through the middle of a letter, and not below it or between two rows."""
    x, height = (char["x0"] + char["x1"]) / 2, char["bottom"] - char["top"]
    first, last = char["top"] + 0.35 * height, char["bottom"] - 0.25 * height
    return any(left <= x <= right and first < y < last for left, right, y in strokes)


def _pieces(
    word: dict[str, Any],
    rects: list[tuple[float, float, float, float]],
    strokes: list[tuple[float, float, float]],
) -> list[list[object]]:
    """A word in as many pieces as its letters have links or are struck out."""
    pieces: list[list[Any]] = []
    for char in word["chars"]:
        if char["text"] == _SOFT and char["x1"] - char["x0"] < _UNSEEN * char["size"]:
            continue
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        covers = (n for n, (x0, x1, top, bottom) in enumerate(rects) if x0 <= x <= x1 and top <= y <= bottom)
        link = next(covers, -1)
        struck = _is_struck(char, strokes)
        if pieces and pieces[-1][7:] == [link, struck]:
            pieces[-1][0] += char["text"]
            pieces[-1][2] = max(pieces[-1][2], char["x1"])
        else:
            font = str(char["fontname"]).lower()
            is_bold = any(weight in font for weight in ("bold", "black", "heavy"))
            spot = [char["x0"], char["x1"], char["top"], char["bottom"]]
            pieces.append([char["text"], *spot, char["size"], is_bold, link, struck])
    return pieces


def _tables(page: Page) -> list[list[tuple[float, float, float, float]]]:
    """The cells of the tables with ruled lines, in their order: left, right, top, bottom."""
    if not 2 <= len(page.rects) + len(page.lines) <= MAX_PDF_RULES:
        return []
    tables = []
    for table in page.find_tables():
        cells = sorted({(cell[1], cell[0], cell[3], cell[2]) for cell in table.cells})
        if len(cells) > 1:
            tables.append([(left, right, top, bottom) for top, left, bottom, right in cells])
    return tables


if __name__ == "__main__":
    main()
