"""`/void`: what the data set holds, in numbers (Describing Linked Datasets with the VoID Vocabulary)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.data.labels import names_of
from tlevel_rdf.web.handlers.dcat import dumps
from tlevel_rdf.web.handlers.service_description import FORMATS
from tlevel_rdf.web.html.rendering import alternates, render
from tlevel_rdf.web.html.view_models import Presenter, TermView
from tlevel_rdf.web.http.media_types import HTML, PAGE, split_suffix
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tlevel_rdf.store.statistics import Links
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request

    Statement = tuple[str, NamedNode, NamedNode | Literal]

PATH: Final = "/void"
#: In which syntaxes a thing can be had, by the names of the W3C's list of formats.
_FEATURES: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def well_known(_site: Site, _request: Request) -> Response:
    """`/.well-known/void` → 303 to the description in Turtle (VoID, section 7.2)."""
    return Response(303, (("location", f"{PATH}.ttl"), ("cache-control", "no-cache")))


def void(site: Site, request: Request) -> Response:
    """`/void`, with the suffix of a representation or without.

    Raises:
        ProblemError: 406.
        QueryFailedError: the data could not be counted.
    """
    _, fixed = split_suffix(request.path, PAGE)
    media_type, headers = select_media_type(request, PAGE, fixed, lambda offer: f"{PATH}{offer.suffix}")

    def make() -> bytes:
        if media_type is HTML:
            return _page(site)
        return serialize_graph(describe_void(site), media_type.graph_syntax, about=site.dataset)

    return site.represent(media_type, make(), headers=headers)


def describe_void(site: Site) -> list[Triple]:
    """The data set with its numbers, its partitions and its links; each number is what SPARQL gives.

    The data may say something of the IRI of the description as well.
    """
    said = (Triple(NamedNode(s), p, o) for s, p, o in _statements(site))
    return [*said, *describe(site.store, f"{site.base}void").triples]


def _statements(site: Site) -> Iterator[Statement]:
    document, dataset, about, counts = f"{site.base}void", site.dataset, site.about, site.counts
    yield document, terms.TYPE, _void("DatasetDescription")
    yield document, terms.TITLE, Literal("What the data set holds", language="en")
    yield document, terms.PRIMARY_TOPIC, NamedNode(dataset)
    yield dataset, terms.TYPE, _void("Dataset")
    yield dataset, terms.TITLE, Literal(about.title, language="en")
    yield dataset, terms.DESCRIPTION, Literal(about.description, language="en")
    if about.licence:
        yield dataset, terms.LICENCE, NamedNode(about.licence)
    if site.date:
        yield dataset, terms.MODIFIED, Literal(site.date.isoformat(), datatype=terms.DATE)
    yield dataset, NamedNode(f"{terms.FOAF}homepage"), NamedNode(site.base)
    yield dataset, _void("sparqlEndpoint"), NamedNode(f"{site.base}sparql")
    for name in _FEATURES:
        yield dataset, _void("feature"), NamedNode(FORMATS + name)
    for dump in dumps(site):
        if dump.media_type.rdf:
            yield dataset, _void("dataDump"), NamedNode(site.base + dump.path)
    if counts.space:
        yield dataset, _void("uriSpace"), Literal(counts.space)
    for iri in counts.vocabularies:
        yield dataset, _void("vocabulary"), NamedNode(iri)
    for iri in counts.examples:
        yield dataset, _void("exampleResource"), NamedNode(iri)
    for name, number in _totals(site).items():
        yield dataset, _void(name), Literal(number)
    yield from _partitions(site, "class", "entities", counts.of_class)
    yield from _partitions(site, "property", "triples", counts.of_property)
    yield from _linksets(site)


def _totals(site: Site) -> dict[str, int]:
    counts = site.counts
    return {
        "triples": counts.triples,
        "entities": counts.entities,
        "distinctSubjects": counts.subjects,
        "distinctObjects": counts.objects,
        "classes": counts.classes,
        "properties": counts.properties,
    }


def _partitions(site: Site, kind: str, unit: str, numbers: Mapping[str, int]) -> Iterator[Statement]:
    for place, (iri, number) in enumerate(sorted(numbers.items()), start=1):
        part = f"{site.base}void#{kind}-{place}"
        yield site.dataset, _void(f"{kind}Partition"), NamedNode(part)
        yield part, terms.TYPE, _void("Dataset")
        yield part, _void(kind), NamedNode(iri)
        yield part, _void(unit), Literal(number)


def _linksets(site: Site) -> Iterator[Statement]:
    """One linkset for each property and target, and one data set for each target (VoID, section 5)."""
    targets = sorted({links.target for links in site.counts.links})
    for place, links in enumerate(site.counts.links, start=1):
        iri, target = f"{site.base}void#links-{place}", f"{site.base}void#target-{targets.index(links.target) + 1}"
        yield site.dataset, _void("subset"), NamedNode(iri)
        yield iri, terms.TYPE, _void("Linkset")
        yield iri, _void("subjectsTarget"), NamedNode(site.dataset)
        yield iri, _void("objectsTarget"), NamedNode(target)
        yield iri, _void("linkPredicate"), NamedNode(links.predicate)
        yield iri, _void("triples"), Literal(links.triples)
        yield target, terms.TYPE, _void("Dataset")
        yield target, _void("uriSpace"), Literal(links.target)


def _void(name: str) -> NamedNode:
    return NamedNode(terms.VOID + name)


_WORDS: Final = {
    "triples": "Statements",
    "entities": "Things with an address under it",
    "distinctSubjects": "Things that something is said of",
    "distinctObjects": "Values",
    "classes": "Classes",
    "properties": "Properties",
}


def _page(site: Site) -> bytes:
    counts = site.counts
    linking = {links.predicate for links in counts.links}
    viewer = Presenter(site.base, names_of(site.store, (*counts.of_class, *counts.of_property, *linking)))
    return render(
        site,
        "void.html",
        "What the data holds",
        totals=[(_WORDS[name], number) for name, number in _totals(site).items()],
        classes=[_counted(viewer, iri, n, _MEMBERS) for iri, n in _most(counts.of_class)],
        properties=[_counted(viewer, iri, n, _STATEMENTS) for iri, n in _most(counts.of_property)],
        links=[_links(viewer, links) for links in counts.links],
        examples=[viewer.link(iri) for iri in counts.examples],
        alternates=alternates(PATH),
    )


_MEMBERS: Final = "SELECT DISTINCT ?thing WHERE {{ ?thing a <{}> }} ORDER BY ?thing LIMIT 1000"
_STATEMENTS: Final = "SELECT ?thing ?value WHERE {{ ?thing <{}> ?value }} ORDER BY ?thing ?value LIMIT 1000"


def _most(numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(numbers.items(), key=lambda part: (-part[1], part[0]))


def _counted(viewer: Presenter, iri: str, number: int, query: str) -> tuple[TermView, int]:
    asked = urlencode({"query": query.format(iri), "format": "html"})
    return TermView(viewer.label(iri), f"/sparql?{asked}"), number


def _links(viewer: Presenter, links: Links) -> tuple[str, TermView, int]:
    return links.target, viewer.link(links.predicate), links.triples
