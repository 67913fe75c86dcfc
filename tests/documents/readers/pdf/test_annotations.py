"""The annotations of a PDF: what they hold is read or reported, and none of them can hide the text of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.readers.pdf.drawing import lines_of, page_of, text_at, written
from tests.documents.reading import read_bytes
from tlevel_rdf.documents.document import Reason
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from tlevel_rdf.documents.readers.pdf.geometry import Page

WORDS = text_at(20, 50, "Dental nurse")
PLACE = "/Rect [20 45 80 60]"


def read(*entries: str, objects: tuple[str, ...] = ()) -> Page:
    """Read a page with annotations; the objects have numbers from 6."""
    page = page_of(written(WORDS, page=f"/Annots [{' '.join(entries)}]", objects=objects))
    assert lines_of(page) == ["Dental nurse"]
    return page


def omissions(page: Page) -> list[tuple[str, Reason]]:
    return [each for each in page.omissions if each[0]]


@pytest.mark.parametrize(
    ("entry", "target"),
    [
        ("/A << /S /URI /URI (https://e.org/a) >>", "https://e.org/a"),
        ("/A << /S /GoTo /D /place >>", "#place"),
        ("/Dest (place)", "#place"),
        ("/Dest [3 0 R /Fit]", "#"),
    ],
)
def test_a_link_has_its_target(entry: str, target: str) -> None:
    page = read(f"<< /Subtype /Link {PLACE} {entry} >>")
    assert [page.links[word.link] for word in page.words] == [target, target]


@pytest.mark.parametrize("turn", [90, 270])
def test_a_link_on_a_turned_page_covers_its_words(turn: int) -> None:
    matrix, place = {90: ("0 1 -1 0 100 0", "40 20 55 80"), 270: ("0 -1 1 0 0 200", "45 120 60 180")}[turn]
    link = f"<< /Subtype /Link /Rect [{place}] /A << /URI (https://e.org) >> >>"
    page = f"/MediaBox [0 0 100 200] /Rotate {turn} /Annots [{link}]"
    assert [word.link for word in page_of(written(f"q {matrix} cm {WORDS} Q", page=page)).words] == [0, 0]


@pytest.mark.parametrize("points", ["20 60 80 60 20 45 80 45", "20 45 80 45 80 60 20 60"])
def test_words_that_an_annotation_strikes_out_are_left_out(points: str) -> None:
    page = f"/Annots [<< /Subtype /StrikeOut {PLACE} /QuadPoints [{points}] >>]"
    document = read_bytes(written(WORDS + text_at(20, 20, "Optician"), page=page), "a.pdf")
    assert [line.text for line in document.lines] == ["Optician"]
    assert [(each.text, each.reason) for each in document.omissions] == [("Dental nurse", Reason.STRUCK)]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("/Subtype /Text /Contents (Level 5 now)", "a comment with “Level 5 now”"),
        ("/Subtype /Highlight /Contents <FEFF00C5>", "a comment with “Å”"),
        ("/Contents (look)", "a comment with “look”"),
        ("/Subtype /FreeText /Contents (Level 5)", "a text box with “Level 5”"),
        ("/Subtype /Widget /V (Curator)", "a form field with “Curator”"),
        ("/Subtype /Widget /Parent 6 0 R", "a form field with “Curator”"),
        ("/Subtype /Widget /V [(One) (two)]", "a form field with “One two”"),
        ("/Subtype /FileAttachment /Contents (a.docx)", "an attached file with “a.docx”"),
    ],
)
def test_words_that_only_an_annotation_holds_are_reported(entry: str, text: str) -> None:
    page = read(f"<< {entry} {PLACE} >>", objects=("<< /V (Curator) >>",))
    assert omissions(page) == [(text, Reason.UNREAD)]


@pytest.mark.parametrize(
    "entry",
    [
        "99 0 R",
        "null",
        "(text)",
        "6 0 R",
        f"<< /Subtype /Link {PLACE} /A 6 0 R /Parent 6 0 R /P 3 0 R >>",
        "<< /Subtype /Link /Rect [20 45] /A << /URI (https://e.org) >> >>",
        "<< /Subtype /Link /Rect 99 0 R /A << /URI (https://e.org) >> >>",
        f"<< /Subtype /Link {PLACE} /A << /URI 99 0 R >> >>",
        f"<< /Subtype /Widget {PLACE} /FT /Sig /V << /ByteRange [0 1 2 3] /Contents <00> /Reference 6 0 R >> >>",
        f"<< /Subtype /Widget {PLACE} /Parent 6 0 R >>",
        f"<< /Subtype /Text {PLACE} /F 2 /Contents (nobody sees this) >>",
        "<< /Subtype /Popup /Contents (again) >>",
        "<< /Subtype /StrikeOut /QuadPoints [1 2 (three)] /Rect [1] >>",
    ],
)
def test_no_annotation_can_hide_the_text(entry: str) -> None:
    assert omissions(read(entry, objects=("<< /Parent 6 0 R /Kids [6 0 R] /A 6 0 R >>",))) == []


def test_a_page_with_too_many_annotations_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tlevel_rdf.documents.readers.pdf.annotations.MAX_PDF_ANNOTATIONS", 2)
    assert omissions(read("null", "null", "null")) == [("more than 2 annotations", Reason.UNREAD)]


def test_a_dynamic_form_is_named() -> None:
    with pytest.raises(DocumentError, match="is a dynamic form"):
        read_bytes(written(WORDS, catalog="/NeedsRendering true"), "a.pdf")
