"""Draws PDF pages with words at given places, and reads them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.readers.pdf.extraction import read_pages
from tlevel_rdf.documents.readers.pdf.geometry import Page, Word, rows, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.documents.document import Document

#: Words on a page: how far from the left and from the foot, and the size.
Words = tuple[float, float, str, float]


def drawn(*pages: Sequence[Words], draw: Callable[[Canvas], None] | None = None, lock: str | None = None) -> bytes:
    """A PDF with words at those places."""
    file = io.BytesIO()
    encrypt = None if lock is None else StandardEncryption(lock, "owner", strength=128)
    canvas = Canvas(file, encrypt=encrypt, invariant=1)
    for page in pages:
        for left, foot, text, size in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(left, foot, text)
        if draw:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def words(*texts: str, left: float = 72, foot: float = 700, step: float = 13, size: float = 10) -> list[Words]:
    """Lines one below the other."""
    return [(left, foot - n * step, text, size) for n, text in enumerate(texts)]


def read(*pages: Sequence[Words], draw: Callable[[Canvas], None] | None = None) -> Document:
    return read_bytes(drawn(*pages, draw=draw), "a.pdf")


def written(content: str, *, page: str = "", catalog: str = "", objects: Sequence[str] = ()) -> bytes:
    """A PDF of one page of 200 by 100 points, written as it stands in the file.

    Args:
        content: what draws the page; its font is /F.
        page: further entries of the page. One that it has already replaces that.
        catalog: further entries of the catalogue.
        objects: further objects, from number 6 on.
    """
    media = "" if "/MediaBox" in page else "/MediaBox [0 0 200 100]"
    resources = "" if "/Resources" in page else "/Resources << /Font << /F 5 0 R >> >>"
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R {media} {resources} {page} >>",
        f"<< /Length {len(content)} >> stream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *objects,
    ]
    file, places = "%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(file))
        file += f"{number} 0 obj {body} endobj\n"
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF"
    return f"{file}xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{entries}{end}".encode()


def text_at(left: float, foot: float, text: str, before: str = "") -> str:
    """The content that draws words of 10 points, after other content."""
    return f"{before} BT /F 10 Tf {left} {foot} Td ({text}) Tj ET"


def page_of(data: bytes) -> Page:
    """The words of a PDF of one page, without a process of its own."""
    found = read_pages(data)["pages"]
    assert isinstance(found, list)
    (page,) = found
    links, omissions = tuple(page["links"]), tuple(page["omissions"])
    return Page(1, page["height"], tuple(Word(*word) for word in page["words"]), links, omissions=omissions)


def lines_of(page: Page) -> list[str]:
    """The rows of words of a page."""
    return [text_of(row) for row in rows(page.words)]
