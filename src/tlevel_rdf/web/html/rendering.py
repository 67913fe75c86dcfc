"""Pages for people: values into templates. No page needs a script, and every text that comes from data is escaped."""

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
from tlevel_rdf.web.data.labels import names_of
from tlevel_rdf.web.data.tombstones import retirement
from tlevel_rdf.web.html import t_level
from tlevel_rdf.web.html.view_models import Shown, Viewer
from tlevel_rdf.web.http.media_types import GRAPHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.problems import Problem

_TEMPLATES: Final = Path(__file__).parent / "templates"
#: What a person who opens the query page finds in the form.
FIRST_QUERY: Final = f"""PREFIX skos: <{terms.SKOS}>
PREFIX tlp: <{terms.TLP}>

# What comes after each specialism, and at which level?
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
    """A page from a template, with what every page needs to know of the site."""
    shared = {"site": site, "about": site.about, "settings": site.settings, "title": title, "alternates": ()}
    return _environment().get_template(template).render(shared | values).encode()


def alternates(path: str, offers: Iterable[MediaType] = GRAPHS) -> tuple[Shown, ...]:
    """The other representations of a page whose path takes their suffixes."""
    return tuple(Shown(offer.label, path + offer.suffix, datatype=offer.name) for offer in offers)


def _alternates(path_of: Mapping[str, str]) -> tuple[Shown, ...]:
    return tuple(Shown(t.label, path_of[t.suffix], datatype=t.name) for t in GRAPHS)


def thing_page(site: Site, description: Description, document_of: Callable[[str], str]) -> bytes:
    """The page about a thing: what it is, what is said of it, what refers to it, and its fragments.

    Args:
        site: what is served.
        description: of the thing.
        document_of: the path of its document, by the suffix of a representation.
    """
    iri = description.iri
    viewer = Viewer(
        site.base,
        (*description.names, *names_of(site.store, _properties(description.statements))),
        description.statements,
    )
    shown = t_level.specialisms(site, iri) if terms.T_LEVEL.value in description.types() else ()
    retired = retirement(description.said())
    return render(
        site,
        "thing.html",
        viewer.label(iri),
        iri=iri,
        types=[viewer.link(kind) for kind in sorted(description.types())],
        is_gone=retired is not None and retired.is_gone,
        rows=viewer.rows(NamedNode(iri)),
        incoming=viewer.incoming(iri),
        left_out=description.left_out,
        pointing=description.pointing,
        pointing_query=pointing_query(iri),
        parts=viewer.parts(iri),
        specialisms=shown,
        legend=t_level.legend(shown),
        alternates=_alternates({t.suffix: document_of(t.suffix) for t in GRAPHS}),
    )


def pointing_query(iri: str) -> str:
    """The path of a query for all that points at a thing."""
    return f"/sparql?{urlencode({'query': f'SELECT ?thing ?property WHERE {{ ?thing ?property <{iri}> }}'})}"


def definition_page(site: Site, iri: str, triples: Sequence[Triple]) -> bytes:
    """The page of a vocabulary, a scheme or the shapes, with an anchor for each term."""
    statements = dict.fromkeys(triples, frozenset[str]())
    viewer = Viewer(site.base, triples, statements)
    subjects = {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}
    elsewhere = sorted(s for s in subjects if s != iri and not s.startswith(f"{iri}#"))
    return render(
        site,
        "definition.html",
        viewer.label(iri),
        iri=iri,
        rows=viewer.rows(NamedNode(iri)),
        parts=viewer.parts(iri),
        elsewhere=[(viewer.link(s), viewer.rows(NamedNode(s))) for s in elsewhere],
        alternates=_alternates({t.suffix: document_path(iri, site.base, t.suffix) for t in GRAPHS}),
    )


def home_page(site: Site, classes: Sequence[tuple[Shown, int]], markup: str) -> bytes:
    """The first page: what there is, and how to get it.

    Args:
        site: what is served.
        classes: of data that is not about T Levels, with the number of things in each.
        markup: the data set for search engines, safe to stand in a page.
    """
    return render(
        site,
        "home.html",
        site.about.title,
        t_levels=t_level.t_levels(site),
        classes=classes,
        markup=markup,
        files=[(name, file.stat().st_size) for name, file in site.files.items() if file.is_file()],
        query=FIRST_QUERY,
    )


@dataclass(frozen=True)
class Answer:
    """The answer to a query, in one of three ways.

    Attributes:
        columns: the variables of rows.
        rows: terms, or None where a variable has no value.
        verdict: of ASK.
        graph: of CONSTRUCT or DESCRIBE, in Turtle.
    """

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[object]] | None = None
    verdict: bool | None = None
    graph: str | None = None


def query_page(
    site: Site, query: str = FIRST_QUERY, *, problem: Problem | None = None, answer: Answer | None = None
) -> bytes:
    """The query form, with the answer to the query in it or what is wrong with that."""
    rows = answer.rows if answer and answer.rows is not None else ()
    viewer = Viewer(site.base, names_of(site.store, (t.value for row in rows for t in row if isinstance(t, NamedNode))))
    return render(
        site,
        "query.html",
        "Error in the query" if problem else "Query the data",
        query=query,
        problem=problem,
        answer=answer,
        rows=[[None if term is None else viewer.show(term) for term in row] for row in rows],
    )


def problem_page(site: Site, problem: Problem) -> bytes:
    """The page of a problem."""
    return render(site, "problem.html", problem.title, problem=problem)


def _properties(triples: Iterable[Triple]) -> set[str]:
    return {triple.predicate.value for triple in triples}
