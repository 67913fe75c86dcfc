"""The example queries in RDF, as SPARQL executables (SHACL Advanced Features, section 5; DASH)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.web.metadata.statements import english, namespace, to_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from tlevel_rdf.store.example_queries import ExampleQuery, Parameter
    from tlevel_rdf.web.metadata.statements import Statement

_PREFIX: Final = re.compile(r"^PREFIX ([A-Za-z][\w-]*): <([^>]+)>$", re.MULTILINE)
_sh: Final = namespace(terms.SH)
_TARGET: Final = NamedNode("https://schema.org/target")
_ANY_URI: Final = NamedNode(f"{terms.XSD}anyURI")


def describe_queries(base: str, examples: Iterable[ExampleQuery]) -> list[Triple]:
    """Return example queries with their titles, parameters and SPARQL endpoint.

    Args:
        base: the queries have the IRIs `{base}queries/{name}`.
        examples: the queries.
    """
    return list(to_triples(_statements(base, list(examples))))


def _statements(base: str, examples: list[ExampleQuery]) -> Iterator[Statement]:
    listing = f"{base}queries/"
    yield listing, terms.TITLE, english("Example queries")
    for example in examples:
        iri = listing + example.name
        yield listing, NamedNode(f"{terms.DCT}hasPart"), NamedNode(iri)
        yield from _query(base, iri, example)
    prefixes = {found for example in examples for found in _PREFIX.findall(example.text)}
    for prefix, iri in sorted(prefixes):
        declaration = f"{listing}#prefix-{prefix}"
        yield listing, _sh("declare"), NamedNode(declaration)
        yield declaration, terms.TYPE, _sh("PrefixDeclaration")
        yield declaration, _sh("prefix"), Literal(prefix)
        yield declaration, _sh("namespace"), Literal(iri, datatype=_ANY_URI)


def _query(base: str, iri: str, example: ExampleQuery) -> Iterator[Statement]:
    yield iri, terms.TYPE, _sh("SPARQLExecutable")
    yield iri, terms.TYPE, _sh("SPARQLConstructExecutable" if example.returns_graph else "SPARQLSelectExecutable")
    yield iri, terms.TITLE, english(example.title)
    yield iri, NamedNode(f"{terms.RDFS}comment"), english(example.title)
    yield iri, _sh("construct" if example.returns_graph else "select"), Literal(example.text)
    yield iri, _sh("prefixes"), NamedNode(f"{base}queries/")
    yield iri, _TARGET, NamedNode(f"{base}sparql")
    for order, parameter in enumerate(example.parameters):
        yield from _parameter(iri, order, parameter)


def _parameter(iri: str, order: int, parameter: Parameter) -> Iterator[Statement]:
    # The local name of the path is the name of the variable (section 5.2.1).
    node, default = f"{iri}#parameter-{parameter.name}", parameter.defaults[0]
    yield iri, _sh("parameter"), NamedNode(node)
    yield node, terms.TYPE, _sh("Parameter")
    yield node, _sh("path"), NamedNode(f"{iri}#{parameter.name}")
    yield node, _sh("name"), Literal(parameter.name)
    yield node, _sh("description"), english(parameter.description)
    yield node, _sh("order"), Literal(order)
    yield node, _sh("optional"), Literal(value=True)
    if isinstance(default, Literal):
        yield node, _sh("datatype"), default.datatype
    else:
        yield node, _sh("nodeKind"), _sh("IRI")
    if len(parameter.defaults) == 1:
        yield node, _sh("defaultValue"), default
