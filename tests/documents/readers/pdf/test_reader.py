"""PDF files from bytes to lines, and files that are refused."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.documents.readers.pdf.drawing import drawn, words
from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Location, Omission
from tlevel_rdf.documents.readers.pdf.geometry import Page, Word
from tlevel_rdf.documents.readers.pdf.reader import with_hyphens
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas


def raw(content: bytes, filters: bytes = b"", kids: bytes = b"3 0 R") -> bytes:
    """A PDF of one page with that content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.4\n", b""
    for number, each in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 6\n0000000000 65535 f \n" + places + b"trailer<</Size 6/Root 1 0 R>>"
    return data + table + b"\nstartxref\n%d\n%%%%EOF" % len(data)


SHOWN = b"BT /F1 12 Tf 72 700 Td (Hello) Tj ET"


def test_a_pdf_that_unpacks_to_gigabytes_is_stopped() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    megabyte = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (3_000_000_000 % 65_521 << 16 | 1).to_bytes(4, "big")
    bomb = b"\x78\xda" + megabyte * 3000 + packer.flush() + checksum
    with pytest.raises(DocumentError, match="needs more than 1,500 MB"):
        read_bytes(raw(bomb, b"/Filter/FlateDecode"), "a.pdf")


def test_a_pdf_with_a_password_for_its_owner_only_is_read() -> None:
    assert [line.text for line in read_bytes(drawn(words("x"), lock=""), "a.pdf").lines] == ["x"]


def _picture(canvas: Canvas) -> None:
    pixel = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00")
    pixel += _chunk(b"IDAT", zlib.compress(b"\x00\xff\xff\xff")) + _chunk(b"IEND", b"")
    canvas.drawImage(ImageReader(io.BytesIO(pixel)), 200, 200)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def test_a_page_with_only_a_picture_is_reported() -> None:
    page = Page(2, 800, (), has_picture=True)
    assert page.has_picture
    document = read_bytes(drawn(words("One"), [], draw=_picture), "a.pdf")
    assert document.omissions == (Omission("a page that is only a picture", Location(page=2)),)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: drawn(*[words("x")] * 5000), "has more than 300 pages"),
        (
            lambda: drawn([(72, 700, "x" * 25_001, 1), (72, 600, "x" * 25_000, 1)]),
            "has a page with more than 50,000 letters",
        ),
        (lambda: drawn(words("x"), lock="secret"), "locked with a password"),
        (lambda: drawn([]), "has no text"),
        (lambda: drawn(words("x"))[:900], "damaged PDF"),
        (lambda: raw(b"BT ET", kids=b"2 0 R"), "has no text"),
        (lambda: raw(b"[" * 50_000), "has no text"),
        (lambda: raw(b"BT /F1 12 Tf (\x01\x02\x03\x04\x05) Tj ET"), "not name the letters"),
    ],
)
def test_pdfs_that_cannot_be_read_are_refused(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_bytes(make(), "a.pdf")


def page_of(*rows: str) -> Page:
    """A page whose rows are those, each a word."""
    spots = ((row, 100 + 12 * n) for n, row in enumerate(rows))
    page_words = (Word(row, 72, 300, top, top + 10, 10, is_bold=False, link=-1) for row, top in spots)
    return Page(1, 800, tuple(page_words))


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (["Co\u00adordinator,", "Non\u00ad", "governmental"], ["Co-ordinator,", "Non-", "governmental"]),
        (["Coordinator,", "appren\u00ad", "ticeship"], ["Coordinator,", "appren\u00ad", "ticeship"]),
    ],
)
def test_a_soft_hyphen_shown_within_a_word_is_a_hyphen(rows: list[str], read: list[str]) -> None:
    (page,) = with_hyphens([page_of(*rows)])
    assert [piece.text for piece in page.words] == read


def test_a_plain_pdf_is_read() -> None:
    assert [line.text for line in read_bytes(raw(SHOWN), "a.pdf").lines] == ["Hello"]
