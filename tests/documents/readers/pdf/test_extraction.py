"""The program that finds the words of a PDF."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.documents.readers.pdf.drawing import drawn, words
from tlevel_rdf.documents.readers.limits import MAX_PDF_PAGES
from tlevel_rdf.documents.readers.pdf import extraction

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def pages_of(data: bytes) -> list[dict[str, Any]]:
    pages = extraction.read_pages(data)["pages"]
    assert isinstance(pages, list)
    return pages


def test_words_have_their_text_position_size_and_look() -> None:
    (page,) = pages_of(drawn(words("One two")))
    assert [word[0] for word in page["words"]] == ["One", "two"]
    _, left, right, top, bottom, size, is_bold, link, is_struck = page["words"][0]
    assert left == 72 < right < page["words"][1][1]
    assert page["height"] - 700 - size < top < bottom < page["height"] - 690
    assert (size, is_bold, link, is_struck) == (10, False, -1, False)


def test_a_word_is_divided_where_a_link_or_a_stroke_begins() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.linkURL("https://e.org/a", (72, 698, 90, 710))
        canvas.linkAbsolute("", "place", (72, 685, 200, 697))
        canvas.bookmarkPage("place")
        canvas.line(90, 703, 200, 703)

    (page,) = pages_of(drawn(words("Optician", "inside"), draw=draw))
    assert [(word[0], word[7], word[8]) for word in page["words"]] == [
        ("Opti", 0, False),
        ("cian", -1, True),
        ("inside", 1, False),
    ]
    assert page["links"] == ["https://e.org/a", "#"]


def test_a_ruled_table_has_its_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([70, 190, 400], [640, 675, 715])

    (page,) = pages_of(drawn(words("One"), draw=draw))
    assert [[round(end) for end in cell[:2]] for cell in page["tables"][0]] == [
        [70, 190],
        [70, 190],
        [190, 400],
        [190, 400],
    ]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (drawn(words("x"), lock="secret"), "password"),
        (drawn(*[words("x")] * (MAX_PDF_PAGES + 1)), "pages"),
        (drawn([(72, 700, "x" * 251, 1), (72, 600, "x" * 250, 1)]), "letters"),
    ],
)
def test_the_reason_why_a_pdf_is_not_read_is_returned(data: bytes, error: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MAX_PDF_LETTERS", 500)
    assert extraction.read_pages(data) == {"error": error}


def test_the_program_reads_standard_input_and_writes_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(drawn(words("One")))))
    monkeypatch.setattr(extraction, "_limit_process", lambda: None)
    extraction.main()
    assert json.loads(capsys.readouterr().out)["pages"][0]["words"][0][0] == "One"
