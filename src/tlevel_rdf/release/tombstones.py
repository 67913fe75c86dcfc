"""Tombstones for the things of the last release that the new one does not describe (decision 0011).

A tombstone states what a thing was called, what it was, and when it went. It stays in every later release, until a
release describes the thing again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.labels import vocabulary_labels

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

    from tlevel_rdf.graph.identifiers import Identifiers


class Tombstones:
    """The tombstones of a new release.

    Attributes:
        titles: the titles of the things that are gone since the last release, once all quads have passed.
    """

    def __init__(self, last: Store, ids: Identifiers, date: datetime.date) -> None:
        """Compare with the last release.

        Args:
            last: the store of the last release.
            ids: the identifiers of both.
            date: the date of the new release.
        """
        self.titles: list[str] = []
        self._last = last
        self._base = ids.base
        self._graph = ids.graph("gone")
        self._moment = Literal(f"{date.isoformat()}T00:00:00Z", datatype=terms.DATE_TIME)

    def follow(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the quads of the new release, then the tombstones of what they do not describe."""
        missing = {*_described(self._last, self._base), *_gone(self._last)}
        for quad in quads:
            if quad.predicate == terms.TYPE and isinstance(quad.subject, NamedNode):
                missing.discard(quad.subject.value)
            yield quad
        for iri in sorted(missing):
            thing = NamedNode(iri)
            old = [*self._last.quads_for_pattern(thing, None, None, self._graph)]
            yield from old or self._tombstone(thing)

    def _tombstone(self, thing: NamedNode) -> Iterator[Quad]:
        yield Quad(thing, terms.TYPE, terms.ENTITY, self._graph)
        yield Quad(thing, terms.INVALIDATED_AT_TIME, self._moment, self._graph)
        titles = [*_values(self._last, thing, terms.PREF_LABEL)]
        self.titles.append(min((title.value for title in titles), default=thing.value))
        for title in titles:
            yield Quad(thing, terms.PREF_LABEL, title, self._graph)
        names = vocabulary_labels()
        classes = {*_values(self._last, thing, terms.TYPE)} - terms.GENERAL_CLASSES
        if kinds := sorted(names[each.value] for each in classes if each.value in names):
            note = Literal(f"It was of the kind {' and '.join(kinds)}.", language="en")
            yield Quad(thing, terms.HISTORY_NOTE, note, self._graph)


def _described(last: Store, base: str) -> Iterator[str]:
    """Yield the things under a base that a store describes. A position in a document is a part of it."""
    for quad in last.quads_for_pattern(None, terms.TYPE, None, DefaultGraph()):
        iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        if iri.startswith(f"{base}id/") and "#" not in iri:
            yield iri


def _gone(last: Store) -> Iterator[str]:
    for quad in last.quads_for_pattern(None, terms.INVALIDATED_AT_TIME, None, DefaultGraph()):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value


def _values(store: Store, subject: NamedNode, predicate: NamedNode) -> Iterator[Any]:
    for quad in store.quads_for_pattern(subject, predicate, None, DefaultGraph()):
        yield quad.object
