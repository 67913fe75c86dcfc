"""The map of next steps as a PNG, which other sites show beside a link to a page.

Those sites take no SVG. The picture is drawn from the SVG with fonts of this package, so that it does not
depend on those of the machine.
"""

from __future__ import annotations

import re
from math import ceil
from pathlib import Path
from typing import Final, NamedTuple

from resvg_py import svg_to_bytes

from tlevel_rdf.web.limits import MAX_PREVIEW_HEIGHT

_WIDTH: Final = 1200
_FONT: Final = "Arimo"
#: `make` copies them from a package of npm. Without them, pages state no picture.
_FONTS: Final = [str(file) for file in sorted((Path(__file__).parents[1] / "fonts").glob(f"{_FONT}_*.ttf"))]
#: A colour of the style with its default. The renderer knows no custom properties.
_COLOUR: Final = re.compile(r"var\(--[a-z-]+, (#[0-9a-f]+)\)")


class PreviewSize(NamedTuple):
    """The width and the height of a preview, in pixels."""

    width: int
    height: int


def preview_size(width: int, height: int) -> PreviewSize | None:
    """Return the size of the preview of a picture, or None if that is too high or the fonts are missing."""
    size = PreviewSize(_WIDTH, ceil(_WIDTH * height / width))
    return size if _FONTS and size.height <= MAX_PREVIEW_HEIGHT else None


def draw_preview(svg: str) -> bytes:
    """Return a map in SVG as a PNG."""
    return svg_to_bytes(
        svg_string=_COLOUR.sub(r"\1", svg),
        background="white",
        skip_system_fonts=True,
        width=_WIDTH,
        font_files=_FONTS,
        font_family=_FONT,
        sans_serif_family=_FONT,
    )
