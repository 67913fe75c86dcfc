"""The graphs that a load adds to an engine beside those of the release.

Engines differ in what their default graph holds. So a load puts the union of all graphs into a graph of its own, and
every query names its dataset. A second graph says which release is there, and whether all of it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from tlevel_rdf.errors import EngineAnswerError
from tlevel_rdf.graph.terms import DCT, XSD
from tlevel_rdf.limits import MAX_ANSWER_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tlevel_rdf.store.remote.endpoint import Endpoint

#: The graph with every triple of the release once.
UNION: Final = "urn:tlevel-rdf:union"
#: The graph about the release, and the release as its subject.
CONTROL: Final = "urn:tlevel-rdf:release"
_IDENTIFIER: Final = f"{DCT}identifier"
_DATE: Final = f"{DCT}issued"
_BASE: Final = "urn:tlevel-rdf:base"
_STATUS: Final = "urn:tlevel-rdf:status"
_GRAPH: Final = f"{DCT}hasPart"
_COMPLETE: Final = "complete"
_LOADING: Final = "loading"


@dataclass(frozen=True)
class LoadedRelease:
    """A release in an engine.

    Attributes:
        id: of the release.
        base: the IRI that its identifiers begin with.
        date: of the release.
        graphs: the IRIs of its named graphs, sorted.
        is_complete: False while it is being loaded, and after a load that failed.
    """

    id: str
    base: str
    date: dt.date
    graphs: tuple[str, ...]
    is_complete: bool

    def triples(self) -> Iterator[Triple]:
        """Yield the statements for the graph `CONTROL`."""
        subject = NamedNode(CONTROL)
        yield Triple(subject, NamedNode(_IDENTIFIER), Literal(self.id))
        yield Triple(subject, NamedNode(_BASE), NamedNode(self.base))
        yield Triple(subject, NamedNode(_DATE), Literal(self.date.isoformat(), datatype=NamedNode(f"{XSD}date")))
        yield Triple(subject, NamedNode(_STATUS), Literal(_COMPLETE if self.is_complete else _LOADING))
        for graph in self.graphs:
            yield Triple(subject, NamedNode(_GRAPH), NamedNode(graph))


def loaded_release(endpoint: Endpoint) -> LoadedRelease | None:
    """Return the release that an engine holds; None if it holds none that was loaded by this program.

    Raises:
        EngineAnswerError: the graph about it cannot be read; otherwise as for `Endpoint.query`.
    """
    text = f"SELECT ?p ?o {{ GRAPH <{CONTROL}> {{ <{CONTROL}> ?p ?o }} }}"
    answer = endpoint.query(text, "application/sparql-results+json", [], [CONTROL], MAX_ANSWER_BYTES)
    try:
        rows = parse_query_results(answer.body, QueryResultsFormat.JSON)
        values: dict[str, list[str]] = {}
        for row in rows if isinstance(rows, QuerySolutions) else ():
            values.setdefault(row["p"].value, []).append(row["o"].value)
        return _read(values) if values else None
    except (ValueError, SyntaxError, KeyError, AttributeError) as error:
        raise EngineAnswerError(
            f"the engine's answer about its release cannot be read: {error}",
            hint="check that the address is that of a SPARQL endpoint",
        ) from error


def _read(values: Mapping[str, Sequence[str]]) -> LoadedRelease:
    date = dt.date.fromisoformat(values[_DATE][0][:10])
    graphs = tuple(sorted(values.get(_GRAPH, ())))
    return LoadedRelease(values[_IDENTIFIER][0], values[_BASE][0], date, graphs, values[_STATUS] == [_COMPLETE])
