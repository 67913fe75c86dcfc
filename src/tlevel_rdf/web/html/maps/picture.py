"""The map of next steps after a T Level or a specialism: on its page, and as a picture by itself."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_MAPPED_OPTIONS
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.data.facts import specialisms_of
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.html.maps.preview import preview_size
from tlevel_rdf.web.html.maps.progression import WIDTH, draw_map, draw_map_on_paper, draw_stacked_map, with_credit
from tlevel_rdf.web.html.rendering import render
from tlevel_rdf.web.html.t_level import view_specialisms

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.html.maps.parts import ProgressionMap
    from tlevel_rdf.web.html.maps.preview import PreviewSize
    from tlevel_rdf.web.html.t_level import SpecialismView
    from tlevel_rdf.web.http.messages import Headers

#: Pixels around a picture, on each side.
_MARGIN: Final = 12
_MAPPED_CLASSES: Final = (terms.T_LEVEL.value, terms.OCCUPATIONAL_SPECIALISM.value)
#: The style sheet of maps. A page links to it, and a picture contains it.
_STYLE: Final = (Path(__file__).parents[1] / "static" / "map.css").read_text(encoding="utf-8")
_STYLE_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
#: The headers of a picture: it has no style but its own, and pages of any site may embed it.
PICTURE_HEADERS: Final[Headers] = (
    (
        "content-security-policy",
        f"default-src 'none'; style-src 'sha256-{_STYLE_DIGEST}'; form-action 'none'; base-uri 'none'",
    ),
    ("referrer-policy", "no-referrer"),
)


def has_map(classes: Container[str]) -> bool:
    """Return True if things of these classes have a map of next steps."""
    return any(each in classes for each in _MAPPED_CLASSES)


def next_steps(site: Site, iri: str, classes: Container[str]) -> list[SpecialismView]:
    """Return the specialisms of a T Level, or a specialism itself, with their options; none for any other thing."""
    if terms.T_LEVEL.value in classes:
        return view_specialisms(site, specialisms_of(site, iri))
    return view_specialisms(site, [iri]) if has_map(classes) else []


def has_options(specialisms: Sequence[SpecialismView]) -> bool:
    """Return True if a page draws these options: there are some, and not too many."""
    return 0 < sum(len(one.options) for one in specialisms) <= MAX_MAPPED_OPTIONS


def maps_of(name: str, specialisms: Sequence[SpecialismView]) -> dict[str, ProgressionMap]:
    """Return the maps on a page by the classes that show each: on wide screens, on narrow screens and in print.

    There are none without options, nor with more than `MAX_MAPPED_OPTIONS`. Often the map for wide screens is also
    the best in print.
    """
    if not has_options(specialisms):
        return {}
    wide, on_paper = draw_map(name, specialisms), draw_map_on_paper(name, specialisms)
    shown = "map-wide map-widest" if wide.width > WIDTH else "map-wide"
    maps = {
        shown if wide == on_paper else f"{shown} map-on-screen": wide,
        "map-stacked": draw_stacked_map(name, specialisms),
    }
    return maps if wide == on_paper else maps | {"map-on-paper": on_paper}


def picture(site: Site, iri: str, classes: Container[str]) -> bytes:
    """Return the wide map as a picture in SVG, with the source of the data for pages of other sites."""
    name = Labels(site.base, labels_and_types(site.store, [iri])).of(iri)
    return render_picture(site, name, _drawing(site, name, next_steps(site, iri, classes)))


def preview_of(site: Site, iri: str, classes: Container[str]) -> PreviewSize | None:
    """Return the size of the preview of the page about a thing, or None if it has none."""
    name = Labels(site.base, labels_and_types(site.store, [iri])).of(iri)
    return preview_of_map(site, name, next_steps(site, iri, classes))


def preview_of_map(site: Site, name: str, specialisms: Sequence[SpecialismView]) -> PreviewSize | None:
    """Return the size of the preview of a map, or None if it has none: it has no options, or too many."""
    if not has_options(specialisms):
        return None
    drawing = _drawing(site, name, specialisms)
    return preview_size(drawing.width + 2 * _MARGIN, drawing.height + 2 * _MARGIN)


def _drawing(site: Site, name: str, specialisms: Sequence[SpecialismView]) -> ProgressionMap:
    return with_credit(draw_map(name, specialisms), _credit(site))


def render_picture(site: Site, name: str, drawing: ProgressionMap) -> bytes:
    """Return a map as a picture in SVG with its own style."""
    style = Markup(_STYLE)  # noqa: S704 - a file of ours
    return render(site, "progression_map.svg", name, map=drawing, style=style, margin=_MARGIN)


def _credit(site: Site) -> str:
    date = f", {site.date.day} {site.date:%B %Y}" if site.date else ""
    return f"{site.about.title}{date}. {site.about.attribution}"
