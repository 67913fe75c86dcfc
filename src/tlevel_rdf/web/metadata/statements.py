"""Statements as the handlers write them: a subject IRI, a property and a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Statement = tuple[str, NamedNode, NamedNode | Literal]


def to_triples(statements: Iterable[Statement]) -> Iterator[Triple]:
    """Yield statements as triples."""
    for subject, predicate, value in statements:
        yield Triple(NamedNode(subject), predicate, value)


def english(text: str) -> Literal:
    """Return a text with the language tag `en`."""
    return Literal(text, language="en")


def namespace(iri: str) -> Callable[[str], NamedNode]:
    """Return a function that returns the terms of a namespace by their names.

    >>> namespace("http://e.org/terms#")("name").value
    'http://e.org/terms#name'
    """
    return lambda name: NamedNode(iri + name)


#: The terms of the W3C's list of formats.
w3c_format: Final = namespace(terms.FORMATS)
