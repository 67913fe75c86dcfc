"""What things are called: labels from the data and from the vocabulary, and a short form of an IRI where none is."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.store.select import select_rows, values_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tlevel_rdf.store.base import Store

#: The properties by which things are named, best first.
LABELS: Final = tuple(
    NamedNode(iri)
    for iri in (
        f"{terms.SKOS}prefLabel",
        f"{terms.RDFS}label",
        f"{terms.DCT}title",
        f"{terms.FOAF}name",
        f"{terms.SH}name",
        "https://schema.org/name",
        "http://schema.org/name",
    )
)
_RANK: Final = {label: number for number, label in enumerate(LABELS)}
_LANGUAGES: Final = ("en-gb", "en", None)
#: It begins behind a mark only, so that a long IRI is not tried from each of its letters.
_LAST: Final = re.compile(r"(?:^|[/#:?=])([^/#:?=]++)[/#]?$")
_RUNS: Final = re.compile(r"\d+|\D+", re.ASCII)


def names_of(store: Store, iris: Iterable[str]) -> tuple[Triple, ...]:
    """The labels and types of things, as the data has them."""
    # A filter, not a second VALUES: engines would join that one to every label there is.
    wanted = ", ".join(map(str, (*LABELS, terms.TYPE)))
    return tuple(
        Triple(row["s"], row["p"], row["o"])  # type: ignore[arg-type]  # a subject and a predicate, as they are asked for
        for values in values_blocks(iris)
        for row in select_rows(
            store, f"SELECT DISTINCT ?s ?p ?o {{ VALUES ?s {{ {values} }} ?s ?p ?o FILTER(?p IN ({wanted})) }}"
        )
    )


def best_labels(triples: Iterable[Triple]) -> dict[str, str]:
    """The best label of each thing: by property, then English before no language before others."""
    found: dict[str, tuple[tuple[int, int, str], str]] = {}
    for triple in triples:
        label = triple.object
        if triple.predicate not in _RANK or not isinstance(label, Literal):
            continue
        if not isinstance(triple.subject, NamedNode):
            continue
        language = label.language.lower() if label.language else None
        place = _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
        rank = (_RANK[triple.predicate], place, label.value)
        known = found.get(triple.subject.value)
        if known is None or rank < known[0]:
            found[triple.subject.value] = (rank, label.value)
    return {iri: label for iri, (_, label) in found.items()}


@cache
def vocabulary_labels() -> Mapping[str, str]:
    """The labels of our own terms, for data that comes without its vocabulary."""
    return best_labels(quad.triple for quad in ontology())


def short(iri: str) -> str:
    """The last part of an IRI, as people read it where it has no label; a place in a source in words.

    >>> short("http://purl.org/dc/terms/isPartOf")
    'is part of'
    >>> short("https://example.org/people/ada%20l")
    'ada l'
    >>> short("https://example.org/source#line=20,21")
    'line 21'
    """
    if place := place_in_words(iri):
        return place
    match = _LAST.search(iri)
    if match is None:
        return iri
    last = unquote(match[1])
    if _is_familiar(iri):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last).lower()
    return last


def plain(iri: str, base: str) -> str:
    """A thing without a label: in short if its IRI begins in a way that readers know, else the whole IRI."""
    return short(iri) if iri.startswith(base) or _is_familiar(iri) else iri


class Labels:
    """Labels of things: from the data, else from the vocabulary, else made from the IRI.

    Args:
        base: the IRI under which the data identifies things.
        triples: labels of things, as `names_of` returns them.
    """

    def __init__(self, base: str, triples: Iterable[Triple]) -> None:
        self._base = base
        self._labels = best_labels(triples)

    def of(self, iri: str) -> str:
        """Return the label of a thing or of a named graph."""
        if iri.startswith(f"{self._base}graph/"):
            return graph_label(iri, self._base)
        return self.stated(iri) or plain(iri, self._base)

    def stated(self, iri: str) -> str:
        """Return the label that the data or the vocabulary states; empty if neither does."""
        return self._labels.get(iri) or vocabulary_labels().get(iri, "")


def graph_label(iri: str, base: str) -> str:
    """Return the label of a named graph.

    >>> graph_label("https://e.org/graph/profile/healthcare-science", "https://e.org/")
    'Profile: healthcare science'
    """
    name = iri.removeprefix(f"{base}graph/")
    return short(iri) if name == iri else name.replace("/", ": ", 1).replace("-", " ").capitalize()


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts texts as people do: numbers by size, letters in either case.

    >>> sorted(["line 10", "line 9", "Line 2"], key=natural_key)
    ['Line 2', 'line 9', 'line 10']
    """
    return tuple(
        (0, int(run), "") if run.isascii() and run.isdigit() and len(run) < 18 else (1, 0, run)
        for run in _RUNS.findall(text.casefold())
    )


def _is_familiar(iri: str) -> bool:
    return any(iri.startswith(space) for space in terms.PREFIXES.values())
