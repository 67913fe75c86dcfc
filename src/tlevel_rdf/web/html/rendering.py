"""HTML pages from view models and templates. No page needs a script, and the templates escape all text from data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyoxigraph import NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.web.data.iris import document_path
from tlevel_rdf.web.data.labels import labels_and_types
from tlevel_rdf.web.data.tombstones import read_tombstone
from tlevel_rdf.web.html.t_level import flag_meanings, list_t_levels, view_specialisms
from tlevel_rdf.web.html.view_models import Presenter, TermView
from tlevel_rdf.web.http.media_types import GRAPHS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.problems import Problem

_TEMPLATES: Final = Path(__file__).parent / "templates"
#: The query in the form before the reader has changed it.
FIRST_QUERY: Final = f"""PREFIX skos: <{terms.SKOS}>
PREFIX tlp: <{terms.TLP}>

# The next steps after each specialism, with their levels
SELECT ?specialism ?next ?level WHERE {{
  ?s tlp:progressesTo ?d ; skos:prefLabel ?specialism .
  ?d skos:prefLabel ?next .
  OPTIONAL {{ ?d tlp:level/skos:notation ?level }}
}}
ORDER BY ?specialism ?level ?next
"""


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(site: Site, template: str, title: str, **values: object) -> bytes:
    """Return a page made from a template.

    Args:
        site: the site, which every page names in its header and footer.
        template: the file name of the template.
        title: the title of the page.
        values: further values for the template.
    """
    shared = {"site": site, "about": site.about, "settings": site.settings, "title": title, "alternates": ()}
    return _environment().get_template(template).render(shared | values).encode()


def alternates(path: str) -> tuple[TermView, ...]:
    """Return links to the RDF representations of a page, whose paths are its own path with a suffix."""
    return _alternates(lambda suffix: path + suffix)


def _alternates(path_of: Callable[[str], str]) -> tuple[TermView, ...]:
    return tuple(TermView(t.label, path_of(t.suffix), datatype=t.name) for t in GRAPHS)


def thing_page(site: Site, description: Description, document_of: Callable[[str], str]) -> bytes:
    """Return the page about a thing.

    Args:
        site: the site.
        description: the statements about the thing.
        document_of: returns the path of a representation of this document for its suffix.
    """
    iri = description.iri
    properties = {triple.predicate.value for triple in description.statements}
    presenter = Presenter(
        site.base, (*description.labels, *labels_and_types(site.store, properties)), description.statements
    )
    specialisms = view_specialisms(site, iri) if terms.T_LEVEL.value in description.types() else []
    tombstone = read_tombstone(description.properties())
    return render(
        site,
        "thing.html",
        presenter.label(iri),
        iri=iri,
        types=[presenter.link(type_) for type_ in sorted(description.types())],
        is_gone=tombstone is not None and tombstone.is_gone,
        rows=presenter.rows(NamedNode(iri)),
        incoming=presenter.incoming(iri),
        omitted=description.omitted_count,
        incoming_count=description.incoming_count,
        incoming_query=incoming_query(iri),
        fragments=presenter.fragments(iri),
        specialisms=specialisms,
        flag_meanings=flag_meanings(specialisms),
        alternates=_alternates(document_of),
    )


def incoming_query(iri: str) -> str:
    """Return the path of a query for all statements that refer to a thing."""
    return f"/sparql?{urlencode({'query': f'SELECT ?thing ?property WHERE {{ ?thing ?property <{iri}> }}'})}"


def definition_page(site: Site, iri: str, triples: Sequence[Triple]) -> bytes:
    """Return the page of a vocabulary, a concept scheme or the shapes, with an anchor for each term."""
    presenter = Presenter(site.base, triples, dict.fromkeys(triples, frozenset[str]()))
    subjects = {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}
    elsewhere = sorted(s for s in subjects if s != iri and not s.startswith(f"{iri}#"))
    return render(
        site,
        "definition.html",
        presenter.label(iri),
        iri=iri,
        rows=presenter.rows(NamedNode(iri)),
        fragments=presenter.fragments(iri),
        elsewhere=[(presenter.link(s), presenter.rows(NamedNode(s))) for s in elsewhere],
        alternates=_alternates(document_path(iri, site.base).variant),
    )


def home_page(site: Site, classes: Sequence[tuple[TermView, int]], markup: str) -> bytes:
    """Return the home page.

    Args:
        site: the site.
        classes: the classes of data without T Levels, each with the number of its members.
        markup: the description of the data set for search engines, escaped for a script element.
    """
    return render(
        site,
        "home.html",
        site.about.title,
        t_levels=list_t_levels(site),
        classes=classes,
        markup=markup,
        files=[(name, file.stat().st_size) for name, file in site.files.items() if file.is_file()],
        query=FIRST_QUERY,
    )


@dataclass(frozen=True)
class QueryResult:
    """The result of a query: rows, a truth value or a graph.

    Attributes:
        columns: the variables of the rows.
        rows: the terms of a SELECT, None for an unbound variable.
        boolean: the truth value of an ASK.
        graph: the graph of a CONSTRUCT or DESCRIBE, in Turtle.
    """

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[object]] | None = None
    boolean: bool | None = None
    graph: str | None = None


def query_page(
    site: Site, query: str = FIRST_QUERY, *, problem: Problem | None = None, result: QueryResult | None = None
) -> bytes:
    """Return the query form, with the result of the query or the problem with it."""
    rows = result.rows if result and result.rows is not None else ()
    return render(
        site,
        "sparql.html",
        "Error in the query" if problem else "Query the data",
        query=query,
        problem=problem,
        result=result,
        rows=view_rows(site, rows),
    )


def view_rows(site: Site, rows: Sequence[Sequence[object]]) -> list[list[TermView | None]]:
    """Return the views of the rows of a result, None for an unbound variable."""
    iris = {term.value for row in rows for term in row if isinstance(term, NamedNode)}
    presenter = Presenter(site.base, labels_and_types(site.store, iris))
    return [[None if term is None else presenter.view(term) for term in row] for row in rows]


def problem_page(site: Site, problem: Problem) -> bytes:
    """Return the page about a problem with a request."""
    return render(site, "problem.html", problem.title, problem=problem)
