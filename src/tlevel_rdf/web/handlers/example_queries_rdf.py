"""The example queries in RDF, as things that can be run (SHACL Advanced Features, section 5; DASH)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tlevel_rdf.store.example_queries import ExampleQuery, Parameter

    Statement = tuple[str, NamedNode, NamedNode | Literal]

_PREFIX: Final = re.compile(r"^PREFIX ([A-Za-z][\w-]*): <([^>]+)>$", re.MULTILINE)
_TARGET: Final = NamedNode("https://schema.org/target")
_ANY_URI: Final = NamedNode(f"{terms.XSD}anyURI")


def describe_queries(base: str, described: Iterable[ExampleQuery]) -> list[Triple]:
    """Queries with their questions, their parameters and the service that answers them.

    Args:
        base: under which the queries are identified, at `{base}queries/{name}`.
        described: the queries.
    """
    return [Triple(NamedNode(s), p, o) for s, p, o in _statements(base, list(described))]


def _statements(base: str, described: list[ExampleQuery]) -> Iterator[Statement]:
    listing = f"{base}queries/"
    yield listing, terms.TITLE, Literal("Questions that the data answers", language="en")
    for one in described:
        iri = listing + one.name
        yield listing, NamedNode(f"{terms.DCT}hasPart"), NamedNode(iri)
        yield from _query(base, iri, one)
    prefixes = {found for one in described for found in _PREFIX.findall(one.text)}
    for prefix, namespace in sorted(prefixes):
        declared = f"{listing}#prefix-{prefix}"
        yield listing, _sh("declare"), NamedNode(declared)
        yield declared, terms.TYPE, _sh("PrefixDeclaration")
        yield declared, _sh("prefix"), Literal(prefix)
        yield declared, _sh("namespace"), Literal(namespace, datatype=_ANY_URI)


def _query(base: str, iri: str, one: ExampleQuery) -> Iterator[Statement]:
    yield iri, terms.TYPE, _sh("SPARQLExecutable")
    yield iri, terms.TYPE, _sh("SPARQLSelectExecutable")
    yield iri, terms.TITLE, Literal(one.title, language="en")
    yield iri, NamedNode(f"{terms.RDFS}comment"), Literal(one.title, language="en")
    yield iri, _sh("select"), Literal(one.text)
    yield iri, _sh("prefixes"), NamedNode(f"{base}queries/")
    yield iri, _TARGET, NamedNode(f"{base}sparql")
    for order, parameter in enumerate(one.parameters):
        yield from _parameter(iri, order, parameter)


def _parameter(iri: str, order: int, parameter: Parameter) -> Iterator[Statement]:
    # The local name of the path is the name of the variable (section 5.2.1).
    node, like = f"{iri}#parameter-{parameter.name}", parameter.defaults[0]
    yield iri, _sh("parameter"), NamedNode(node)
    yield node, terms.TYPE, _sh("Parameter")
    yield node, _sh("path"), NamedNode(f"{iri}#{parameter.name}")
    yield node, _sh("name"), Literal(parameter.name)
    yield node, _sh("description"), Literal(parameter.description, language="en")
    yield node, _sh("order"), Literal(order)
    yield node, _sh("optional"), Literal(value=True)
    if isinstance(like, Literal):
        yield node, _sh("datatype"), like.datatype
    else:
        yield node, _sh("nodeKind"), _sh("IRI")
    if len(parameter.defaults) == 1:
        yield node, _sh("defaultValue"), like


def _sh(name: str) -> NamedNode:
    return NamedNode(terms.SH + name)
