"""A page of a PDF as a person sees it: words that leave no mark on its picture are hidden.

PDFium draws the page. So one test finds words outside the crop box, in the colour of their ground, below a filled
shape, without ink (text rendering mode 3 of ISO 32000-1, 9.3.6), clipped away, or in a layer that is switched off. The
words that recognition of a scanned page adds without ink lie on the picture of those words, and count as seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
from pdfminer.utils import apply_matrix_rect

from tlevel_rdf.documents.readers.limits import MAX_PDF_PIXELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page
    from PIL.Image import Image

    #: Left, right, top and bottom, in points from the top left corner of the page.
    Edges = tuple[float, float, float, float]

#: Pixels to a point: a letter of 6 points is 12 pixels high.
_SCALE: Final = 2.0
#: The difference between the darkest and the lightest pixel of a letter that nobody sees, of 255.
_FAINT: Final = 12
#: The part of the height of a letter below its foot, where a line under the words can be.
_BELOW: Final = 0.27


def edges(page: Page, box: Sequence[float]) -> Edges:
    """Return where a box stands on its page, which can be turned; its corners are in the coordinates of the file."""
    x0, y0, x1, y1 = page.page_obj.mediabox
    turned = {90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0)}
    matrix = turned.get(page.rotation, (1, 0, 0, 1, -x0, -y0))
    left, low, right, high = apply_matrix_rect(matrix, (box[0], box[1], box[2], box[3]))
    # pdfplumber counts from the corner of the media box.
    across, down = page.mediabox[:2]
    return left + across, right + across, page.height - high + down, page.height - low + down


def open_pictures(data: bytes) -> pypdfium2.PdfDocument | None:
    """Open a PDF for drawing; return None if PDFium cannot read it."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None


@dataclass(frozen=True)
class Picture:
    """The picture of a page: its pixels, the pixels to a point, and its edges on the page."""

    image: Image
    scale: float
    edges: Edges

    @classmethod
    def of(cls, document: pypdfium2.PdfDocument | None, page: Page) -> Picture | None:
        """Draw a page; return None if PDFium cannot."""
        try:
            drawn = document[page.page_number - 1] if document else None
        except pypdfium2.PdfiumError:
            return None
        if not drawn or not (area := drawn.get_width() * drawn.get_height()):
            return None
        scale = min(_SCALE, (MAX_PDF_PIXELS / area) ** 0.5)
        # The page as it is shown: its crop box, as far as that lies in its media box (ISO 32000-1, 14.11.2).
        crop, media = drawn.get_cropbox(), drawn.get_mediabox()
        shown = (*map(max, crop[:2], media[:2]), *map(min, crop[2:], media[2:]))
        return cls(drawn.render(scale=scale).to_pil(), scale, edges(page, shown))

    def shows(self, letters: Sequence[dict[str, Any]]) -> bool:
        """Return True if at least half of the letters of a word leave a mark."""
        return 2 * sum(map(self._has_mark, letters)) >= len(letters)

    def _has_mark(self, letter: dict[str, Any]) -> bool:
        edge, _, ceiling, _ = self.edges
        below = _BELOW * (letter["bottom"] - letter["top"]) if letter["text"].isalnum() else 0
        ends = (letter["x0"] - edge, letter["top"] - ceiling, letter["x1"] - edge, letter["bottom"] - below - ceiling)
        first_x, first_y, last_x, last_y = (end * self.scale for end in ends)
        width, height = self.image.size
        if not (0 <= (first_x + last_x) / 2 < width and 0 <= (first_y + last_y) / 2 < height):
            return False
        left, top = int(max(first_x, 0)), int(max(first_y, 0))
        right, bottom = max(min(int(last_x) + 1, width), left + 1), max(min(int(last_y), height), top + 1)
        bands: Any = self.image.crop((left, top, right, bottom)).getextrema()
        return any(high - low > _FAINT for low, high in bands)
