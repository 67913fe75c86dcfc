"""The description of the SPARQL endpoint (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.metadata.statements import english, namespace, to_triples, w3c_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.metadata.statements import Statement

_sd: Final = namespace(terms.SD)
#: The formats of results, in the W3C's list of formats.
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
    "N-Quads",
    "TriG",
)
_TRIPLES: Final = NamedNode(f"{terms.VOID}triples")
_UNION: Final = "The union of all graphs, with each statement once."


def describe_service(site: Site) -> list[Triple]:
    """Return the service with its language, formats and graphs, and the statements of the data about it."""
    return [*to_triples(_statements(site)), *describe(site.store, f"{site.base}sparql").triples]


def _statements(site: Site) -> Iterator[Statement]:
    service = f"{site.base}sparql"
    dataset, union = f"{service}#dataset", f"{service}#default-graph"
    yield service, terms.TYPE, _sd("Service")
    yield service, terms.TITLE, english(f"{site.about.title}: query service")
    if site.about.licence:
        yield service, terms.LICENCE, NamedNode(site.about.licence)
    # The service has an IRI under the base, and the server may have another address. The Host header of a request
    # cannot replace that setting: responses are cached for all clients.
    yield service, _sd("endpoint"), NamedNode(f"{site.address}sparql")
    yield service, _sd("supportedLanguage"), _sd("SPARQL11Query")
    yield service, _sd("feature"), _sd("UnionDefaultGraph")
    for name in _RESULT_FORMATS:
        yield service, _sd("resultFormat"), w3c_format(name)
    yield service, _sd("defaultDataset"), NamedNode(dataset)
    yield dataset, terms.TYPE, _sd("Dataset")
    yield dataset, _sd("defaultGraph"), NamedNode(union)
    yield union, terms.TYPE, _sd("Graph")
    yield union, terms.DESCRIPTION, english(_UNION)
    yield union, _TRIPLES, Literal(site.graph_sizes.get("", 0))
    named = {iri: size for iri, size in site.graph_sizes.items() if iri}
    for number, (iri, size) in enumerate(named.items(), start=1):
        entry, graph = f"{service}#named-graph-{number}", f"{service}#graph-{number}"
        yield dataset, _sd("namedGraph"), NamedNode(entry)
        yield entry, terms.TYPE, _sd("NamedGraph")
        yield entry, _sd("name"), NamedNode(iri)
        yield entry, _sd("graph"), NamedNode(graph)
        yield graph, terms.TYPE, _sd("Graph")
        yield graph, _TRIPLES, Literal(size)
