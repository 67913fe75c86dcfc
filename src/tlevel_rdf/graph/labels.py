"""Labels that the data and the vocabulary state, and the order in which people sort them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.vocabulary import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Properties that state a label, the preferred first.
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
        f"{terms.PROV}value",
    )
)
_RANK: Final = {label: number for number, label in enumerate(LABELS)}
_LANGUAGES: Final = ("en-gb", "en", None)
_RUNS: Final = re.compile(r"\d+|\D+", re.ASCII)


def best_labels(triples: Iterable[Triple]) -> dict[str, str]:
    """Return the best label of each thing: by property, then in English, without a language, in another language."""
    best: dict[str, tuple[tuple[int, int, str], str]] = {}
    for triple in triples:
        label = triple.object
        if triple.predicate not in _RANK or not isinstance(label, Literal):
            continue
        if not isinstance(triple.subject, NamedNode):
            continue
        language = label.language.lower() if label.language else None
        preference = _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
        rank = (_RANK[triple.predicate], preference, label.value)
        current = best.get(triple.subject.value)
        if current is None or rank < current[0]:
            best[triple.subject.value] = (rank, label.value)
    return {iri: label for iri, (_, label) in best.items()}


@cache
def vocabulary_labels() -> Mapping[str, str]:
    """Return the labels of the terms of the vocabulary, for data without them."""
    return best_labels(quad.triple for quad in ontology())


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts texts as people do: numbers by size, letters in either case.

    >>> sorted(["line 10", "line 9", "Line 2"], key=natural_key)
    ['Line 2', 'line 9', 'line 10']
    """
    return tuple(
        (0, int(run), "") if run.isascii() and run.isdigit() and len(run) < 18 else (1, 0, run)
        for run in _RUNS.findall(text.casefold())
    )
