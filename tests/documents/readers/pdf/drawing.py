"""Draws PDF pages with words at given places, and reads them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tlevel_rdf.documents.readers.detection import read_bytes

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
