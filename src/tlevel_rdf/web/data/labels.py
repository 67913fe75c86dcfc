"""Labels of things: from the data, from the vocabulary, or made from the IRI."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.graph.labels import best_labels, vocabulary_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple


#: The last part of an IRI. The match begins after a delimiter only, so that it takes linear time.
_LAST_PART: Final = re.compile(r"(?:^|[/#:?=])([^/#:?=]++)[/#]?$")


def short_name(iri: str) -> str:
    """Return the last part of an IRI in a form for people; for a position in a source, its description.

    >>> short_name("http://purl.org/dc/terms/isPartOf")
    'is part of'
    >>> short_name("https://example.org/people/ada%20l")
    'ada l'
    >>> short_name("https://example.org/source#line=20,21")
    'line 21'
    """
    if position := place_in_words(iri):
        return position
    match = _LAST_PART.search(iri)
    if match is None:
        return iri
    last = unquote(match[1])
    if _has_known_prefix(iri):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last).lower()
    return last


def fallback_label(iri: str, base: str) -> str:
    """Return a label for a thing that has none: a short name under the base or a common prefix, else the IRI."""
    return short_name(iri) if iri.startswith(base) or _has_known_prefix(iri) else iri


class Labels:
    """Labels of things: from the data, else from the vocabulary, else made from the IRI.

    Args:
        base: the IRI under which the data identifies things.
        triples: labels of things, as `labels_and_types` returns them.
    """

    def __init__(self, base: str, triples: Iterable[Triple]) -> None:
        self._base = base
        self._labels = best_labels(triples)

    def of(self, iri: str) -> str:
        """Return the label of a thing or of a named graph."""
        if iri.startswith(f"{self._base}graph/"):
            return graph_label(iri, self._base)
        # The words of a place in a document can be a paragraph.
        return place_in_words(iri) or self.stated(iri) or fallback_label(iri, self._base)

    def stated(self, iri: str) -> str:
        """Return the label that the data or the vocabulary states; empty if neither does."""
        return self._labels.get(iri) or vocabulary_labels().get(iri, "")


def graph_label(iri: str, base: str) -> str:
    """Return the label of a named graph.

    >>> graph_label("https://e.org/graph/profile/healthcare-science", "https://e.org/")
    'Profile: healthcare science'
    """
    name = iri.removeprefix(f"{base}graph/")
    return short_name(iri) if name == iri else name.replace("/", ": ", 1).replace("-", " ").capitalize()


def _has_known_prefix(iri: str) -> bool:
    return iri.startswith(tuple(terms.PREFIXES.values()))
