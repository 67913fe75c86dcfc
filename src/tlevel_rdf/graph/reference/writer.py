"""Quads of the reference data, each in the graph of the source that states it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph import terms

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from tlevel_rdf.graph.identifiers import Identifiers


class Writer:
    """Collects quads.

    A fact that two sources state is in the graphs of both. So the graph shows the source of a fact, even where sources
    disagree. Statements of our own, such as the type of a thing, are in `graph/reference`.

    Args:
        ids: mints the IRIs.
        dates: source → the date that it gives for itself, or the earliest date if it gives none.

    Attributes:
        quads: each quad once.
    """

    def __init__(self, ids: Identifiers, dates: Mapping[str, dt.date]) -> None:
        self.ids = ids
        self.quads: dict[Quad, None] = {}
        self.dates = dates
        self._titles: dict[NamedNode, list[tuple[dt.date, str, NamedNode]]] = defaultdict(list)

    def add(
        self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | str | None, *sources: str
    ) -> None:
        """Add a statement to the graph of each source, or to `graph/reference` if it is our own.

        A text becomes a string literal; None adds nothing.
        """
        if value is None:
            return
        if isinstance(value, str):
            value = Literal(value)
        graphs = [self.ids.reference_graph(source) for source in sources] or [self.ids.graph("reference")]
        for graph in graphs:
            self.quads[Quad(subject, predicate, value, graph)] = None

    def add_to(self, graph: NamedNode, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Add a statement to a graph of its own, such as that of a subject page."""
        self.quads[Quad(subject, predicate, value, graph)] = None

    def level(self, subject: NamedNode, number: int | None, source: str) -> None:
        """Add a level, if there is one."""
        if number is not None:
            self.add(subject, terms.LEVEL_PROPERTY, terms.level(number), source)

    def date(self, subject: NamedNode, predicate: NamedNode, day: dt.date | None, *sources: str) -> None:
        """Add a date, if there is one."""
        if day is not None:
            self.add(subject, predicate, Literal(day.isoformat(), datatype=terms.DATE), *sources)

    def title(self, node: NamedNode, title: str, sources: Iterable[str]) -> None:
        """Record a title of a thing. `finish` chooses the preferred one."""
        for source in sources:
            self.title_in(self.ids.reference_graph(source), node, title, self.dates[source])

    def title_in(self, graph: NamedNode, node: NamedNode, title: str, day: dt.date) -> None:
        """Record a title with its date, for a graph of its own."""
        self._titles[node].append((day, title, graph))

    def finish(self) -> tuple[Quad, ...]:
        """Add the labels, and return all quads.

        The preferred label of a thing is the title that its newest source states; the others are alternative labels.
        """
        for node, titles in self._titles.items():
            _, preferred, _ = max(titles, key=lambda each: each[0])
            for _, title, graph in titles:
                label = terms.PREF_LABEL if title == preferred else terms.ALT_LABEL
                self.add_to(graph, node, label, english(title))
        return tuple(self.quads)


def english(text: str) -> Literal:
    """Return a text in English."""
    return Literal(text, language="en")
