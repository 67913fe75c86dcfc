"""Maps of the next steps after a T Level, with the routes that edits would take away or add."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.html.maps.picture import next_steps, render_picture
from tlevel_rdf.web.html.maps.progression import draw_map, with_credit
from tlevel_rdf.web.html.t_level import SpecialismView
from tlevel_rdf.web.html.view_models import TermView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.changes.routes import Route
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.html.t_level import OptionRow

#: The flag of each effect. Its mark has the name after the number sign.
_FLAGS: Final = {"lost": TermView("would be lost", "#lost"), "gained": TermView("would be new", "#new")}


def effects_pictures(old: Site, new: Site, routes: Iterable[Route]) -> Iterator[tuple[str, bytes]]:
    """Yield a picture in SVG for each T Level that loses or gains a route, with the last part of its IRI.

    Args:
        old: the data before the edits.
        new: the data after them.
        routes: the routes that are lost or gained.
    """
    by_t_level: dict[str, list[Route]] = {}
    for route in routes:
        by_t_level.setdefault(route.t_level_iri, []).append(route)
    for iri, some in sorted(by_t_level.items()):
        name = Labels(old.base, labels_and_types(old.store, [iri])).of(iri)
        reasons = sorted({reason for route in some for reason in route.reasons}, key=natural_key)
        drawing = with_credit(draw_map(name, _marked(old, new, iri, some)), f"If {' and '.join(reasons)}.")
        yield iri.rpartition("/")[2], render_picture(old, name, drawing)


def _marked(old: Site, new: Site, iri: str, routes: Iterable[Route]) -> list[SpecialismView]:
    """Return the specialisms of a T Level with the options before and after, those that differ with a flag."""
    flags = {local_path(route.option, old.base): _FLAGS[route.effect] for route in routes}
    views: dict[str, tuple[TermView, dict[str, OptionRow]]] = {}
    for site in (old, new):
        for view in next_steps(site, iri, {terms.T_LEVEL.value}):
            _, options = views.setdefault(view.name.href, (view.name, {}))
            options |= {option.href: _without_links(option, flags) for option in view.options}
    return [SpecialismView(TermView(name.text), tuple(options.values())) for name, options in views.values()]


def _without_links(option: OptionRow, flags: dict[str, TermView]) -> OptionRow:
    """Return an option for a picture that is on no site."""
    flag = flags.get(option.href)
    return replace(option, title=TermView(option.title.text), flags=(*option.flags, *([flag] if flag else ())))
