"""Blank nodes: descriptions include them to any depth and in circles, and pages end."""

from __future__ import annotations

from collections import Counter

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from tests.web.conftest import BROWSER, site_from
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

BASE = "https://data.example.org/"
THING = NamedNode(f"{BASE}id/a")
_SYNTAXES = {
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def chain(length: int) -> str:
    return f"<{BASE}id/a> <x:p> " + "[ <x:p> " * length + '"end"' + " ]" * length + " ."


def diamonds(number: int) -> str:
    """Return nodes that each lead to the next in two ways, so that the number of paths is exponential."""
    steps = (f"_:n{n} <x:p> _:n{n + 1} ; <x:q> _:n{n + 1} ." for n in range(number))
    return f"<{BASE}id/a> <x:p> _:n0 . " + "\n".join(steps) + f'_:n{number} <x:p> "end" .'


DATA = {
    "a list of 24": f"<{BASE}id/a> <x:p> ( {'1 ' * 24}) .",
    "a list of 2,000": f"<{BASE}id/a> <x:p> ( {'1 ' * 2_000}) .",
    "a list of lists": f"<{BASE}id/a> <x:p> ( {'( 1 [ <x:p> 2 ] ) ' * 30}) .",
    "a chain of 12": chain(12),
    "a chain of 400": chain(400),
    "diamonds": diamonds(60),
    "itself": f"<{BASE}id/a> <x:p> _:s . _:s <x:p> _:s .",
    "one another": f"<{BASE}id/a> <x:p> _:s . _:s <x:p> _:t . _:t <x:p> _:s .",
    "a list in itself": f"<{BASE}id/a> <x:p> _:l . _:l a <x:C> . _:m <x:q> _:l ; <x:p> _:m . _:l <x:p> ( _:l _:m ) .",
    "graphs": f"<{BASE}id/a> <x:p> _:s . GRAPH <x:g> {{ _:s <x:p> 1.50 ; <x:q> _:t }} _:t <x:p> 1.50 .",
}


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("suffix", _SYNTAXES)
def test_a_document_contains_all_blank_nodes(suffix: str, name: str) -> None:
    response = respond(site_from(DATA[name], BASE), Request.of(f"/doc/a{suffix}"))
    assert response.status == 200, response.content[:300]
    found = parse(response.content, format=_SYNTAXES[suffix], base_iri=BASE)
    # The statements about the document itself do not count.
    described = {quad.triple for quad in found if quad.subject == THING or isinstance(quad.subject, BlankNode)}
    assert shape(described) == shape({quad.triple for quad in parse(DATA[name], format=RdfFormat.TRIG)})


def shape(triples: set[Triple]) -> Counter[tuple[str, ...]]:
    """Count triples, with the number of occurrences in place of the name of each blank node."""
    uses = Counter(str(node) for triple in triples for node in (triple.subject, triple.object))
    return Counter(
        tuple(f"_{uses[str(t)]}" if isinstance(t, BlankNode) else str(t) for t in triple) for triple in triples
    )


@pytest.mark.parametrize("name", DATA)
def test_the_page_of_blank_nodes_is_bounded(name: str) -> None:
    response = respond(site_from(DATA[name], BASE), Request.of("/doc/a", accept=BROWSER))
    assert response.status == 200
    assert len(response.content) < 10_000_000
