"""HTML from templates. Every page works without scripts, and the templates escape all text from data."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyoxigraph import Literal

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.store.readable import readable
from tlevel_rdf.web.html.view_models import TermView
from tlevel_rdf.web.http.media_types import CSV, GRAPHS, PLAIN_JSON, XLSX

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.web.data.site import Site

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def load_templates() -> None:
    """Compile all templates, so that no answer of this process or of its forks waits for that."""
    for name in _environment().list_templates():
        _environment().get_template(name)


def render(site: Site, template: str, title: str, **values: object) -> bytes:
    """Return a page made from a template.

    Args:
        site: the site, which every page names in its header and footer.
        template: the file name of the template.
        title: the title of the page.
        values: further values for the template.
    """
    shared = {
        "site": site,
        "about": site.about,
        "settings": site.settings,
        "title": title,
        "alternates": (),
        "path": "",
    }
    shared["attributions"] = _attributions(site)
    return _environment().get_template(template).render(shared | values).encode()


def readable_day(day: str | None) -> str:
    """Return a day as people write it; another text, such as a month, as it is.

    >>> readable_day("2024-09-01"), readable_day("2025-09"), readable_day(None)
    ('1 September 2024', '2025-09', 'no date stated')
    """
    if day is None:
        return "no date stated"
    return readable(Literal(day, datatype=terms.DATE)) if _DAY.fullmatch(day) else day


def tables_of(path: str, parameters: str = "") -> tuple[TermView, ...]:
    """Return links to a list of the API in JSON, in CSV and as a spreadsheet.

    Args:
        path: of the list.
        parameters: with the question mark before them; empty if there are none.
    """
    offers = (("", PLAIN_JSON), (CSV.suffix, CSV), (XLSX.suffix, XLSX))
    return tuple(TermView(t.label, f"{path}{suffix}{parameters}", datatype=t.name) for suffix, t in offers)


def _attributions(site: Site) -> list[str]:
    """Return the attributions of the sources that the data has statements of, besides that of the whole."""
    lines = []
    if terms.OCCUPATION_REFERENCE.value in site.known_terms:
        lines.append("Occupations and their levels are from the occupational maps of Skills England.")
    counts = site.known_counts
    if counts and Identifiers(site.base).links_graph("esco").value in counts.graphs:
        lines.append("Links to ESCO: this service uses the ESCO classification of the European Commission.")
    return lines


def alternates(path_of: Callable[[str], str]) -> tuple[TermView, ...]:
    """Return links to the RDF representations of a page.

    Args:
        path_of: returns the path of a representation for its extension, such as `.ttl`.
    """
    return tuple(TermView(t.label, path_of(t.suffix), datatype=t.name) for t in GRAPHS)
