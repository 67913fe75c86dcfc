"""`/void`: the statistics of the data set (Describing Linked Datasets with the VoID Vocabulary)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.data.dumps import dumps
from tlevel_rdf.web.handlers.page_or_graph import PageOrGraph
from tlevel_rdf.web.html.statistics import statistics_page
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.metadata.statements import english, namespace, to_triples, w3c_format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Triple

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request
    from tlevel_rdf.web.metadata.statements import Statement

PATH: Final = "/void"
_void: Final = namespace(terms.VOID)
#: The syntaxes of descriptions, in the W3C's list of formats.
_FEATURES: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def well_known(_site: Site, _request: Request) -> Response:
    """Redirect `/.well-known/void` to the description in Turtle (VoID, section 7.2)."""
    return Response(303, (("location", f"{PATH}.ttl"), ("cache-control", "no-cache")))


def void(site: Site, request: Request) -> Response:
    """Answer `/void`, with the extension of a representation or without.

    Raises:
        ProblemError: 406.
        QueryFailedError: the statistics could not be computed.
    """
    return PageOrGraph(
        about=site.dataset, page=lambda: statistics_page(site), triples=lambda: describe_void(site), path=PATH
    ).respond(site, request)


def describe_void(site: Site) -> list[Triple]:
    """Return the data set with its statistics and links, and the statements of the data about this document.

    SPARQL queries of the same data give the same numbers.
    """
    return [*to_triples(_statements(site)), *describe(site.store, f"{site.base}void").triples]


def _statements(site: Site) -> Iterator[Statement]:
    document, dataset, about, counts = f"{site.base}void", site.dataset, site.about, site.counts
    yield document, terms.TYPE, _void("DatasetDescription")
    yield document, terms.TITLE, english("Statistics of the data set")
    yield document, terms.PRIMARY_TOPIC, NamedNode(dataset)
    yield dataset, terms.TYPE, _void("Dataset")
    yield dataset, terms.TITLE, english(about.title)
    yield dataset, terms.DESCRIPTION, english(about.description)
    if about.licence:
        yield dataset, terms.LICENCE, NamedNode(about.licence)
    if site.date:
        yield dataset, terms.MODIFIED, Literal(site.date.isoformat(), datatype=terms.DATE)
    yield dataset, NamedNode(f"{terms.FOAF}homepage"), NamedNode(site.base)
    yield dataset, _void("sparqlEndpoint"), NamedNode(f"{site.address}sparql")
    for name in _FEATURES:
        yield dataset, _void("feature"), w3c_format(name)
    for dump in dumps(site):
        if dump.is_rdf:
            yield dataset, _void("dataDump"), NamedNode(site.address + dump.path)
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
    for position, (iri, number) in enumerate(sorted(numbers.items()), start=1):
        part = f"{site.base}void#{kind}-{position}"
        yield site.dataset, _void(f"{kind}Partition"), NamedNode(part)
        yield part, terms.TYPE, _void("Dataset")
        yield part, _void(kind), NamedNode(iri)
        yield part, _void(unit), Literal(number)


def _linksets(site: Site) -> Iterator[Statement]:
    """Yield a linkset for each set, property and target, and a data set for each target (VoID, section 5)."""
    targets = sorted({links.target for links in site.counts.links})
    for position, links in enumerate(site.counts.links, start=1):
        iri, target = f"{site.base}void#links-{position}", f"{site.base}void#target-{targets.index(links.target) + 1}"
        yield site.dataset, _void("subset"), NamedNode(iri)
        yield iri, terms.TYPE, _void("Linkset")
        yield iri, _void("subjectsTarget"), NamedNode(site.dataset)
        yield iri, _void("objectsTarget"), NamedNode(target)
        yield iri, _void("linkPredicate"), NamedNode(links.predicate)
        yield iri, _void("triples"), Literal(links.triples)
        if links.mapping_set:
            yield iri, terms.WAS_DERIVED_FROM, NamedNode(links.mapping_set)
        yield target, terms.TYPE, _void("Dataset")
        yield target, _void("uriSpace"), Literal(links.target)
