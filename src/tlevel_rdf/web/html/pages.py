"""The pages of the site, except those of example queries."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_LISTED_CLASSES
from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.release.release import LINKS
from tlevel_rdf.search.index_file import FILE
from tlevel_rdf.store.base import Solutions
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.data.answers import differences
from tlevel_rdf.web.data.dumps import dumps, link_files
from tlevel_rdf.web.data.iris import document_path
from tlevel_rdf.web.data.on_a_day import in_words, revisions_after
from tlevel_rdf.web.data.tombstones import read_tombstone
from tlevel_rdf.web.data.versions import last_version
from tlevel_rdf.web.html.answers import QUESTIONS, questions_about
from tlevel_rdf.web.html.concept_table import concept_table
from tlevel_rdf.web.html.maps.picture import maps_of, next_steps, preview_of_map
from tlevel_rdf.web.html.plain_words import in_plain_words
from tlevel_rdf.web.html.query_in_browser import DATA_PATH, TERMS_PATH, browser_data
from tlevel_rdf.web.html.rendering import alternates, render, tables_of
from tlevel_rdf.web.html.source_lines import source_lines
from tlevel_rdf.web.html.t_level import flag_meanings, list_t_levels
from tlevel_rdf.web.html.term_relations import TermRelations
from tlevel_rdf.web.html.view_models import Presenter, TermView, view_rows
from tlevel_rdf.web.http.media_types import PNG, SVG

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Mapping, Sequence

    from tlevel_rdf.web.data.description import Description
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.problems import Problem

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
#: `make` builds it from assets/. Without it, the query has a plain text field.
_HAS_EDITOR: Final = (Path(__file__).parent / "static" / "query-editor.js").is_file()
#: What the query page of an exported site loads, and the start of the IRIs whose pages it has under `/def/`.
_QUERY_FILES: Final = {"data": DATA_PATH, "terms": TERMS_PATH, "definitions": DEFINITIONS}
#: The list of all source documents.
_SOURCES: Final = TermView("Sources", "/search?kind=Source")
#: The forms of a result: for people, and in the parameter `format`.
_ROW_FORMS: Final = (("CSV", "csv"), ("TSV", "tsv"), ("JSON", "json"), ("XML", "xml"))
_GRAPH_FORMS: Final = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"), ("RDF/XML", "rdf"))
#: The texts that explain a term of a vocabulary, or a rule, by their properties.
_TEXTS: Final = {
    f"{terms.SKOS}definition": "definition",
    f"{terms.SKOS}example": "example",
    f"{terms.SH}description": "definition",
    f"{terms.SH}message": "message",
}
#: Queries for the things that the statistics count, by the IRI of a class or a property.
MEMBERS: Final = "SELECT DISTINCT ?thing WHERE {{ ?thing a <{}> }} ORDER BY ?thing LIMIT 1000"
STATEMENTS: Final = "SELECT ?thing ?value WHERE {{ ?thing <{}> ?value }} ORDER BY ?thing ?value LIMIT 1000"


def home_page(site: Site, markup: str) -> bytes:
    """Return the home page.

    Args:
        site: the site.
        markup: the description of the data set for search engines, escaped for a script element.
    """
    t_levels = list_t_levels(site)
    files = [(name, file.stat().st_size) for name, file in site.files.items() if file.is_file()]
    return render(
        site,
        "home.html",
        site.about.title,
        t_levels=t_levels,
        questions=[TermView(one.title, one.path) for one in QUESTIONS],
        tables=tables_of("/api/t-levels"),
        routes=[(route, list(group)) for route, group in groupby(t_levels, key=lambda one: one.route)],
        classes=() if t_levels else _classes(site),
        markup=markup,
        files=[each for each in files if not each[0].startswith(f"{LINKS}/") and each[0] != FILE],
        link_files=[each for each in files if each[0].startswith(f"{LINKS}/")],
    )


def _classes(site: Site) -> list[tuple[TermView, int]]:
    largest = dict(_largest_first(site.counts.of_class)[:MAX_LISTED_CLASSES])
    return counted(Presenter(site.base, labels_and_types(site.store, largest)), largest, MEMBERS)


def counted(presenter: Presenter, counts: Mapping[str, int], query: str) -> list[tuple[TermView, int]]:
    """Return the number of each class or property, the largest first, linked to a query for the things counted."""
    return [
        (TermView(presenter.label(iri), _query_path(query.format(iri), format="html")), number)
        for iri, number in _largest_first(counts)
    ]


def _largest_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _query_path(query: str, **parameters: str) -> str:
    """Return the path that runs a query."""
    return f"/sparql?{urlencode({'query': query, **parameters})}"


def catalogue_page(site: Site) -> bytes:
    """Return the page of the catalogue."""
    paths = alternates(lambda suffix: f"/catalogue{suffix}")
    files = {
        "Files with the whole data set": list(dumps(site)),
        "Files with links to other data sets, in SSSOM": list(link_files(site)),
    }
    listed = [(caption, some) for caption, some in files.items() if some]
    return render(site, "catalogue.html", "Catalogue", files=listed, alternates=paths)


def thing_page(
    site: Site,
    description: Description,
    document_of: Callable[[str], str],
    markup: str = "",
    state: tuple[dt.date, str] | None = None,
) -> bytes:
    """Return the page about a thing.

    Args:
        site: the site.
        description: the statements about the thing.
        document_of: returns the path of a representation of this document for its suffix.
        markup: the thing for search engines, escaped for a script element.
        state: a day, and the state of the thing on that day, in words.
    """
    iri = description.iri
    properties = {triple.predicate.value for triple in description.statements}
    concepts = concept_table(description, site.base)
    in_table = {NamedNode(concept.iri) for concept in concepts if concept.is_whole}
    statements = {
        triple: graphs
        for triple, graphs in description.statements.items()
        if triple.subject not in in_table and triple.object not in in_table
    }
    presenter = Presenter(site.base, (*description.labels, *labels_and_types(site.store, properties)), statements)
    specialisms = next_steps(site, iri, description.types)
    tombstone = read_tombstone(description.properties)
    plain = in_plain_words(site, description, presenter.label(iri))
    is_gone = tombstone is not None and tombstone.is_gone
    lines = source_lines(site, iri) if terms.DOCUMENT.value in description.types else []
    by_day = [(f"From {in_words(day)}", "a revised version") for day in revisions_after(description, site.date)]
    by_day += [(f"On {in_words(state[0].isoformat())}", state[1])] if state else []
    return render(
        site,
        "thing.html",
        plain.title if plain else presenter.label(iri),
        iri=iri,
        plain=plain,
        by_day=by_day,
        concepts=concepts,
        crumbs=plain.crumbs if plain else [_SOURCES] if terms.DOCUMENT.value in description.types else [],
        differences=differences(site, iri) if terms.APPRENTICESHIP.value in description.types else [],
        lines=lines,
        anchors={*(line.fragment for line in lines), *(concept.fragment for concept in concepts)},
        name=presenter.label(iri),
        types=[presenter.link(type_) for type_ in sorted(description.types)],
        is_gone=is_gone,
        last_version=last_version(site, iri) if is_gone and not site.version and not site.is_static else None,
        rows=presenter.rows(NamedNode(iri)),
        incoming=presenter.incoming(iri),
        omitted=description.omitted_count,
        incoming_count=description.incoming_count,
        incoming_query=incoming_query(iri),
        fragments=presenter.fragments(iri),
        questions=questions_about(
            description.types, presenter.label(iri), has_options=any(one.options for one in specialisms)
        ),
        maps=maps_of(presenter.label(iri), specialisms),
        picture=document_of(SVG.suffix),
        preview=None if "?" in document_of("") else preview_of_map(site, presenter.label(iri), specialisms),
        preview_path=document_of(PNG.suffix),
        markup=markup,
        path=document_of(""),
        path_now=document_of("").partition("version=")[0].rstrip("?&") if site.version else document_of(""),
        specialisms=specialisms,
        flag_meanings=flag_meanings(specialisms),
        alternates=(*alternates(document_of), *_tables(description.types, document_of(""))),
    )


def _tables(types: Collection[str], path: str) -> tuple[TermView, ...]:
    """Return links to all statements about a T Level as tables; empty for other things."""
    key = path.removeprefix("/doc/t-level/")
    if terms.T_LEVEL.value not in types or key == path or "?" in key:
        return ()
    return tables_of(f"/api/t-levels/{key}/statements")[1:]


def incoming_query(iri: str) -> str:
    """Return the path of a query for all statements that refer to a thing."""
    return _query_path(f"SELECT ?thing ?property WHERE {{ ?thing ?property <{iri}> }}")


def definition_page(site: Site, iri: str, triples: Sequence[Triple]) -> bytes:
    """Return the page of a vocabulary, a concept scheme or the shapes, with an anchor for each term.

    The page leaves out terms of other vocabularies that the document declares and says nothing else about.
    """
    subjects = {t.subject.value for t in triples if isinstance(t.subject, NamedNode) and t.predicate != terms.TYPE}
    shown = [t for t in triples if not isinstance(t.subject, NamedNode) or t.subject.value in subjects]
    presenter = Presenter(site.base, shown, dict.fromkeys(shown, frozenset[str]()))
    relations = TermRelations(shown, presenter.label)
    fragments = presenter.fragments(iri)
    elsewhere = sorted(s for s in subjects if s != iri and not s.startswith(f"{iri}#"))
    return render(
        site,
        "definition.html",
        presenter.label(iri),
        iri=iri,
        rows=presenter.rows(NamedNode(iri)),
        fragments=fragments,
        texts=_texts(shown),
        relations={f"{iri}#{one.fragment}": relations.of(f"{iri}#{one.fragment}") for one in fragments},
        elsewhere=[(presenter.link(s), presenter.rows(NamedNode(s))) for s in elsewhere],
        alternates=alternates(document_path(iri, site.base).variant),
    )


def _texts(triples: Sequence[Triple]) -> dict[str, dict[str, str]]:
    """Return the definition, the example and the message of each term, under those names."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in triples:
        name = _TEXTS.get(triple.predicate.value)
        if name and isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            texts[triple.subject.value].setdefault(name, triple.object.value)
    return texts


def query_page(
    site: Site,
    query: str = FIRST_QUERY,
    *,
    problem: Problem | None = None,
    unknown: Sequence[str] = (),
    result: Solutions | bool | str | None = None,
) -> bytes:
    """Return the query form.

    Args:
        site: the site.
        query: the query in the form.
        problem: the problem with the query.
        unknown: IRIs of properties and classes of the query that the data does not have.
        result: its rows, its truth value, or its graph in Turtle.
    """
    in_browser = _QUERY_FILES if browser_data(site) else None
    return render(
        site,
        "sparql.html",
        "Error in the query" if problem else "Query the data",
        query=query,
        has_editor=_HAS_EDITOR and (in_browser or not site.is_static),
        in_browser=in_browser,
        problem=problem,
        unknown=unknown,
        result=result,
        examples=[(one.title, f"/queries/{one.name}") for one in example_queries().values()],
        prefixes="\n".join(f"PREFIX {name}: <{iri}>" for name, iri in sorted(terms.PREFIXES.items())),
        share=_query_path(query, format="html"),
        downloads=[
            (label, _query_path(query, format=name))
            for label, name in (_GRAPH_FORMS if isinstance(result, str) else _ROW_FORMS)
        ],
        rows=view_rows(site, result.rows) if isinstance(result, Solutions) else None,
    )


def problem_page(site: Site, problem: Problem) -> bytes:
    """Return the page about a problem with a request."""
    return render(site, "problem.html", problem.title, problem=problem)
