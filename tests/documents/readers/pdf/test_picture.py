"""Words of a PDF that nobody sees are left out and reported; words that somebody sees are read."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest

from tests.documents.readers.pdf.drawing import lines_of, page_of, text_at, written
from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Location, Omission, Reason
from tlevel_rdf.documents.readers.pdf import extraction, picture
from tlevel_rdf.errors import DocumentError

SEEN = text_at(20, 70, "Seen words")
GHOST = text_at(20, 30, "Ghost words")
#: A layer that is switched off, and one that is on.
LAYERS = {
    "page": "/Resources << /Font << /F 5 0 R >> /Properties << /Off 6 0 R /On 7 0 R >> >>",
    "catalog": "/OCProperties << /OCGs [6 0 R 7 0 R] /D << /OFF [6 0 R] >> >>",
    "objects": ["<< /Type /OCG /Name (off) >>", "<< /Type /OCG /Name (on) >>"],
}


def read(content: str, **parts: Any) -> tuple[list[str], list[str]]:
    """Return the rows of a page, and its hidden words."""
    page = page_of(written(content, **parts))
    assert all(reason is Reason.HIDDEN for words, reason in page.omissions)
    return lines_of(page), [words for words, _ in page.omissions if words]


@pytest.mark.parametrize(
    ("ghost", "parts"),
    [
        (f"q 1 g {GHOST} Q", {}),
        (f"q 0.98 g {GHOST} Q", {}),
        (f"q 1 g {text_at(20, 0, 'Ghost words')} Q", {}),
        (f"q 1 g {text_at(20, -2, 'Ghost words')} Q", {}),
        (f"q 0 0 0.02 0 k {GHOST} Q", {}),
        (f"q 0 0 1 rg 10 20 150 30 re f {GHOST} Q", {}),
        (f"q {GHOST} 1 g 10 20 150 30 re f Q", {}),
        (f"q {GHOST} 0.5 g 10 20 m 150 20 l 150 60 l 10 60 l h f Q", {}),
        (f"q BT 3 Tr ET {GHOST} Q", {}),
        (f"q 0 60 200 40 re W n {GHOST} Q", {}),
        (GHOST, {"page": "/CropBox [0 50 200 100]"}),
        (GHOST, {"page": "/MediaBox [0 50 200 100]"}),
        (text_at(20, 130, "Ghost words"), {}),
        (text_at(-150, 30, "Ghost words"), {}),
        (f"/OC /Off BDC {GHOST} EMC", LAYERS),
    ],
)
def test_words_that_nobody_sees_are_left_out_and_reported(ghost: str, parts: dict[str, object]) -> None:
    if "0 0 1 rg" in ghost:
        ghost = ghost.replace("BT", "0 0 1 rg BT")
    assert read(f"{SEEN} {ghost}", **parts) == (["Seen words"], ["Ghost words"])


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (f"q 0.6 g {GHOST} Q", {}),
        (f"q 0 0 1 rg 10 20 150 30 re f 1 g {GHOST} Q", {}),
        (f"q 1 0 0 rg 10 20 150 30 re f 0 0.3 0 rg {GHOST} Q", {}),
        (f"q 1 g 10 20 150 30 re f Q {GHOST}", {}),
        (f"q BT 1 Tr ET {GHOST} Q", {}),
        (GHOST, {"page": "/CropBox [0 10 180 100]"}),
        (GHOST, {"page": "/MediaBox [-20 -30 200 100] /CropBox [0 10 180 100]"}),
        (f"/OC /On BDC {GHOST} EMC", LAYERS),
        (text_at(170, 30, "Ghost words"), {"page": "/MediaBox [0 0 225 100]"}),
    ],
)
def test_words_that_somebody_sees_are_read(content: str, parts: dict[str, object]) -> None:
    assert read(f"{SEEN} {content}", **parts) == (["Seen words", "Ghost words"], [])


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_the_crop_box_is_turned_with_its_page(turn: int) -> None:
    matrix = {90: "0 1 -1 0 100 0", 180: "-1 0 0 -1 200 100", 270: "0 -1 1 0 0 200"}[turn]
    crop = {90: "0 0 60 200", 180: "0 0 200 60", 270: "40 0 100 200"}[turn]
    size = "200 100" if turn == 180 else "100 200"
    content = f"q {matrix} cm {SEEN} {GHOST} Q"
    found = read(content, page=f"/MediaBox [0 0 {size}] /Rotate {turn} /CropBox [{crop}]")
    assert found == (["Seen words"], ["Ghost words"])


def test_the_recognised_words_of_a_scanned_page_are_read() -> None:
    picture = "q 180 0 0 40 10 20 cm /I Do Q"
    pixels = "<< /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 4 >> stream\n"
    resources = "/Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >>"
    content = f"{SEEN} {picture} BT 3 Tr ET {text_at(60, 35, 'Recognised words')}"
    found = read(content, page=resources, objects=[f"{pixels}\x10\x70\x70\x10\nendstream"])
    assert found == (["Seen words", "Recognised words"], [])


def test_a_page_that_cannot_be_drawn_is_reported() -> None:
    assert picture.open_pictures(b"%PDF-1.7 and nothing more") is None
    page = pdfplumber.open(io.BytesIO(written(SEEN))).pages[0]
    assert extraction.read_page(page, None)["omissions"] == [
        ("hidden words, as this page cannot be drawn", Reason.UNREAD)
    ]


def test_a_document_of_hidden_words_alone_is_refused() -> None:
    with pytest.raises(DocumentError, match="no text that a person can read, only Ghost words"):
        read_bytes(written(f"1 g {GHOST}"), "a.pdf")


def test_an_omission_of_a_page_states_the_page() -> None:
    (omission,) = read_bytes(written(f"{SEEN} 1 g {GHOST}"), "a.pdf").omissions
    assert omission == Omission("Ghost words", Location(page=1), Reason.HIDDEN)
