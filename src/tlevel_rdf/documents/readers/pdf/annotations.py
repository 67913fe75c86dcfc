"""The annotations of a PDF page: links, lines through words, and the words of notes and form fields.

Each entry is looked up by itself, so that a broken or circular one hides no other (ISO 32000-1, 12.5 and 12.7).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from tlevel_rdf.documents.document import Reason
from tlevel_rdf.documents.readers.limits import MAX_PDF_ANNOTATIONS, MAX_PDF_FIELD_DEPTH
from tlevel_rdf.documents.readers.pdf.picture import edges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pdfplumber.page import Page

    from tlevel_rdf.documents.readers.pdf.picture import Edges

#: The flags of annotations that no reader shows: hidden, and no view (ISO 32000-1, table 165).
_UNSEEN: Final = 2 | 32
_WORDS_OF: Final = {"Widget": "a form field", "FreeText": "a text box", "FileAttachment": "an attached file"}
#: Annotations whose words repeat those of another.
_REPEATED: Final = frozenset({"Popup", "Link"})


class Link(NamedTuple):
    """A link: its target, and where it stands."""

    target: str
    edges: Edges

    def covers(self, x: float, y: float) -> bool:
        """Return True if a point lies in it."""
        left, right, top, bottom = self.edges
        return left <= x <= right and top <= y <= bottom


class Annotations(NamedTuple):
    """The annotations of a page.

    Attributes:
        links: in the order of the file.
        strokes: the lines through words: their left end, right end and distance from the top.
        omissions: a description of the words that only an annotation holds, and the reason why they are not read.
    """

    links: list[Link]
    strokes: list[tuple[float, float, float]]
    omissions: list[tuple[str, Reason]]


def read_annotations(page: Page) -> Annotations:
    """Read the annotations of a page."""
    found = Annotations([], [], [])
    entries = _items(page.page_obj.annots)
    for entry in islice(entries, MAX_PDF_ANNOTATIONS):
        annotation = resolve1(entry)
        if not isinstance(annotation, dict) or _number(annotation.get("F")) & _UNSEEN:
            continue
        kind = _name(annotation.get("Subtype"))
        place = _numbers(annotation.get("Rect"))
        if kind == "Link" and len(place) == 4 and (target := _target(annotation)):
            found.links.append(Link(target, edges(page, place)))
        elif kind == "StrikeOut":
            quads = _numbers(annotation.get("QuadPoints")) or place
            found.strokes.extend(_strokes(page, quads))
        if kind not in _REPEATED and (words := _words(annotation, kind)):
            found.omissions.append((f"{_WORDS_OF.get(kind, 'a comment')} with “{words}”", Reason.UNREAD))
    if len(entries) > MAX_PDF_ANNOTATIONS:
        found.omissions.append((f"more than {MAX_PDF_ANNOTATIONS:,} annotations", Reason.UNREAD))
    return found


def is_dynamic_form(catalog: Mapping[str, Any]) -> bool:
    """Return True if a PDF has its words in an XFA form, which its pages do not show (ISO 32000-1, 12.7.8)."""
    return resolve1(catalog.get("NeedsRendering")) is True


def _words(annotation: Mapping[str, Any], kind: str) -> str:
    """Return the words that an annotation shows."""
    if kind != "Widget":
        return _text(annotation.get("Contents"))
    field: Any = annotation
    for _ in range(MAX_PDF_FIELD_DEPTH):
        if not isinstance(field, dict):
            break
        if words := " ".join(filter(None, map(_text, _items(field.get("V")) or [field.get("V")]))):
            return words
        field = resolve1(field.get("Parent"))
    return ""


def _target(annotation: Mapping[str, Any]) -> str:
    """Return the target of a link: an address, or `#` and the name of a place in the document; empty if it has none."""
    action = resolve1(annotation.get("A"))
    action = action if isinstance(action, dict) else {}
    if uri := _text(action.get("URI")):
        return uri
    place = resolve1(action.get("D", annotation.get("Dest")))
    return "" if place is None else f"#{_name(place) or _text(place)}"


def _strokes(page: Page, points: list[float]) -> Iterator[tuple[float, float, float]]:
    """Yield the line through the middle of each box, which has two or four corners."""
    size = 8 if len(points) % 8 == 0 else 4
    for at in range(0, len(points) - size + 1, size):
        corners = points[at : at + size]
        xs, ys = corners[::2], corners[1::2]
        left, right, top, bottom = edges(page, (min(xs), min(ys), max(xs), max(ys)))
        yield left, right, (top + bottom) / 2


def _items(value: object) -> list[object]:
    found = resolve1(value)
    return found if isinstance(found, list) else []


def _numbers(value: object) -> list[float]:
    return [float(each) for each in map(resolve1, _items(value)) if isinstance(each, int | float)]


def _number(value: object) -> int:
    found = resolve1(value)
    return found if isinstance(found, int) else 0


def _name(value: object) -> str:
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""


def _text(value: object) -> str:
    found = resolve1(value)
    return decode_text(found).strip() if isinstance(found, bytes) else ""
