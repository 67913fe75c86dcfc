"""PDF: lines in reading order, and files that are locked, damaged, too long or made to harm."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tlevel_rdf.documents.document import Link, Location, Omission, Role
from tlevel_rdf.documents.readers.detection import read_bytes
from tlevel_rdf.documents.readers.pdf import extraction
from tlevel_rdf.documents.readers.pdf.geometry import Page, Word
from tlevel_rdf.documents.readers.pdf.margins import without_furniture
from tlevel_rdf.errors import DocumentError

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


def test_lines_have_their_page_and_their_number_from_its_top() -> None:
    document = read(words("One", "two"), words("Three"))
    assert [(line.text, line.location) for line in document.lines] == [
        ("One", Location(page=1, line=1)),
        ("two", Location(page=1, line=2)),
        ("Three", Location(page=2, line=1)),
    ]
    assert document.lines[0].column_at(0) is None


def test_more_room_above_a_line_begins_a_paragraph() -> None:
    lines = read([*words("One", "two"), *words("three", "four", foot=660), *words("five", foot=620)]).lines
    assert [line.has_gap_above for line in lines] == [False, False, True, False, True]


def test_columns_are_read_one_after_the_other() -> None:
    left = words("At level 4, there is the A and", "the B apprenticeships.", "For work, so.")
    right = words("At level 6, there is the C", "apprenticeship.", left=320)
    lines = read(
        [
            *words("A title over the whole of both columns of the page, and wide enough for that", foot=740),
            *left,
            *right,
        ]
    ).lines
    assert [line.text for line in lines][1:] == [text for _, _, text, _ in [*left, *right]]


def test_the_rows_of_a_heading_and_of_a_cell_are_one_line() -> None:
    heading = words("7c. T Level in Art,", "Craft and Design", size=16, step=20, foot=760)
    cells = [
        *words("Level", "4", step=40),
        *words("Options", left=200),
        *words("the A and", "the B", left=200, foot=660),
    ]

    def grid(canvas: Canvas) -> None:
        canvas.grid([70, 190, 400], [640, 675, 715])

    lines = read([*heading, *cells, *words("Body text that is the most of it all", foot=500)], draw=grid).lines
    assert [(line.text, line.role) for line in lines] == [
        ("7c. T Level in Art, Craft and Design", Role.HEADING),
        ("Level", Role.CELL),
        ("Options", Role.CELL),
        ("4", Role.CELL),
        ("the A and the B", Role.CELL),
        ("Body text that is the most of it all", Role.TEXT),
    ]
    assert lines[4].location_at(0) == Location(page=1, line=4)
    assert lines[4].location_at(12) == Location(page=1, line=5)


@pytest.mark.parametrize(("level", "kind"), [(700, 700), (680, 700), (660, 700), (700, 660), (700, 680)])
def test_a_table_is_read_along_its_rows_wherever_in_its_cell_a_word_stands(level: int, kind: int) -> None:
    cells = [(72, level, "4", 10), (200, kind, "Roofer", 10), (72, kind - 60, "5", 10), (200, level - 60, "Tiler", 10)]

    def grid(canvas: Canvas) -> None:
        canvas.grid([70, 190, 400], [595, 655, 715])

    assert [line.text for line in read([*words("Body", foot=760), *cells], draw=grid).lines] == [
        *("Body", "4", "Roofer", "5", "Tiler")
    ]


def test_headers_footers_and_page_numbers_that_repeat_are_left_out() -> None:
    pages = [
        [
            *words("Skills body | Profiles", foot=810),
            *words(f"Body {n}", "At level 4"),
            *words(f"Page {n} of 4", foot=30),
        ]
        for n in range(1, 5)
    ]
    pages[0] = pages[0][1:]
    assert [line.text for line in read(*pages).lines] == [
        text for n in range(1, 5) for text in (f"Body {n}", "At level 4")
    ]


def test_what_a_browser_prints_at_the_edges_of_a_page_is_left_out() -> None:
    head = [(30, 820, "27/11/2026, 15:01", 8), (280, 820, "10d. T Level in Science", 8)]
    foot = [(30, 20, "https://e.org/profiles/science.html?all=1", 8), (560, 20, "1/1", 8)]
    document = read([*head, *words("10d. T Level in Science", "At level 4"), *foot])
    assert [line.text for line in document.lines] == ["10d. T Level in Science", "At level 4"]
    assert [line.text for line in document.furniture] == [
        " ".join(text for _, _, text, _ in edge) for edge in (head, foot)
    ]


def test_what_stands_once_in_a_margin_is_kept() -> None:
    def page(number: int, text: str) -> Page:
        return Page(number, 800, (Word(text, 72, 100, 20, 30, 10, is_bold=False, link=-1),))

    pages = [page(1, "At level 4"), page(2, "At level 6"), page(3, "T Level")]
    assert without_furniture(pages) == (pages, [])
    cleaned, furniture = without_furniture([page(1, "i 4"), page(2, "i 5")])
    assert not any(each.words for each in cleaned)
    assert [each.text for each in furniture] == ["i 4"]


def test_links_cover_the_words_under_them_and_go_over_the_ends_of_lines() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.linkURL("https://e.org/a", (91, 698, 130, 710))
        canvas.linkURL("https://e.org/a", (72, 685, 92, 697))

    lines = read(words("the Optician,", "Aide."), draw=draw).lines
    assert lines[0].links == (Link(4, 13, "https://e.org/a"),)
    assert lines[1].links == (Link(0, 4, "https://e.org/a", continues=True),)


def test_a_word_broken_at_the_end_of_a_line_is_whole_with_both_places() -> None:
    first, second = read(words("an appren-", "ticeship is")).lines
    assert (first.text, first.location_at(9), second.text) == ("an apprenticeship", Location(page=1, line=2), "is")


@pytest.mark.parametrize("sign", ["\u2022", "-", "*"])
def test_bullets_are_left_out_however_far_they_stand(sign: str) -> None:
    (line,) = read([*words(sign), *words("An item", left=110)]).lines
    assert (line.text, line.role) == ("An item", Role.ITEM)


def test_a_number_stays_with_its_words() -> None:
    (line,) = read([*words("1."), *words("Optical Care", left=110)]).lines
    assert (line.text, line.role) == ("1. Optical Care", Role.ITEM)


def test_the_raised_mark_of_a_note_is_told_and_left_out() -> None:
    document = read([(72, 700, "Optometry", 10), (117, 704, "1", 8.3), (124, 700, "and Art", 10)])
    assert [line.text for line in document.lines] == ["Optometry and Art"]
    assert document.omissions == (Omission("the mark of a note: 1", Location(page=1, line=1)),)


def test_a_page_that_is_only_a_picture_is_told() -> None:
    page = Page(2, 800, (), has_picture=True)
    assert page.has_picture
    document = read_bytes(drawn(words("One"), [], draw=_picture), "a.pdf")
    assert document.omissions == (Omission("a page that is only a picture", Location(page=2)),)


def _picture(canvas: Canvas) -> None:
    pixel = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00")
    pixel += _chunk(b"IDAT", zlib.compress(b"\x00\xff\xff\xff")) + _chunk(b"IEND", b"")
    canvas.drawImage(ImageReader(io.BytesIO(pixel)), 200, 200)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


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


def test_a_plain_pdf_is_read() -> None:
    assert [line.text for line in read_bytes(raw(SHOWN), "a.pdf").lines] == ["Hello"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (drawn(*[words("x")] * 5000), "has more than 300 pages"),
        (drawn([(72, 700, "x" * 25_001, 1), (72, 600, "x" * 25_000, 1)]), "has a page with more than 50,000 letters"),
        (drawn(words("x"), lock="secret"), "locked with a password"),
        (drawn([]), "has no text"),
        (drawn(words("x"))[:900], "damaged PDF"),
        (raw(b"BT ET", kids=b"2 0 R"), "has no text"),
        (raw(b"[" * 50_000), "has no text"),
        (raw(b"BT /F1 12 Tf (\x01\x02\x03\x04\x05) Tj ET"), "not name the letters"),
    ],
)
def test_pdfs_that_cannot_be_read_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        read_bytes(data, "a.pdf")


def test_a_page_of_many_scattered_words_is_told_and_not_read_in_some_order() -> None:
    scattered = [(50.0 * (n % 11), 800 - 5.0 * (n // 11), str(n), 2.0) for n in range(1600)]
    document = read(words("One"), scattered)
    assert [line.text for line in document.lines] == ["One"]
    said = "a page with more than 1,500 words apart from one another"
    assert document.omissions == (Omission(said, Location(page=2)),)


def test_a_pdf_with_a_password_for_its_owner_only_is_read() -> None:
    assert [line.text for line in read_bytes(drawn(words("x"), lock=""), "a.pdf").lines] == ["x"]


def test_a_pdf_that_unpacks_to_gigabytes_is_stopped() -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(3000)) + packer.flush()
    with pytest.raises(DocumentError, match="takes more than 60 s or 1,500 MB"):
        read_bytes(raw(bomb, b"/Filter/FlateDecode"), "a.pdf")


def test_the_pages_are_read_alike_within_this_process() -> None:
    pages = extraction.read_pages(drawn(words("One two")))["pages"]
    assert isinstance(pages, list)
    assert [word[0] for word in pages[0]["words"]] == ["One", "two"]
    assert extraction.read_pages(drawn(words("x"), lock="secret")) == {"error": "password"}
