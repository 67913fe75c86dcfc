"""The differences between engines, as a table of probes.

Nothing in the code asks for the name of an engine. docs/operations/engines.md shows what the probes find on the
engines that the tests run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, parse_query_results

from tlevel_rdf.errors import EngineAnswerError, QueryUnsupportedError
from tlevel_rdf.limits import MAX_ANSWER_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.store.remote.endpoint import Endpoint

_JSON: Final = "application/sparql-results+json"
#: A graph that no engine has.
_NO_GRAPH: Final = "urn:tlevel-rdf:none"


class Capability(NamedTuple):
    """A difference between engines.

    Attributes:
        name: in words, for people; true of an engine that follows SPARQL 1.1.
        consequence: of an engine that lacks it.
        query: the probe.
        is_there: True if the values of the first column of its result show the capability.
        is_needed: True if a loaded release cannot be served without.
    """

    name: str
    consequence: str
    query: str
    is_there: Callable[[Sequence[Literal | None]], bool]
    is_needed: bool = False


CAPABILITIES: Final = (
    Capability(
        "A request names the graphs that it asks about",
        "A release cannot be served from it.",
        "SELECT (STR(?p) AS ?x) { ?s ?p ?o } LIMIT 1",
        lambda values: not values,
        is_needed=True,
    ),
    Capability(
        "A comparison is a truth value",
        "Columns of yes and no have 1 and 0.",
        "SELECT (1 = 1 AS ?x) {}",
        lambda values: [_type(value) for value in values] == ["boolean"],
    ),
    Capability(
        "A number keeps the form in which it was written",
        "1.50 comes back as 1.5.",
        'SELECT ?x { VALUES ?x { "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> } }',
        lambda values: [_text(value) for value in values] == ["1.50"],
    ),
    Capability(
        "A property path may have a variable at both ends",
        "Such queries are refused.",
        "SELECT (COUNT(*) AS ?x) { ?s <urn:tlevel-rdf:none>* ?o }",
        lambda values: len(values) == 1,
    ),
    Capability(
        "BNODE() makes a blank node",
        "Such queries are refused.",
        "SELECT (isBlank(BNODE()) AS ?x) {}",
        lambda values: [_text(value) for value in values] in (["true"], ["1"]),
    ),
)


def probe(endpoint: Endpoint, capabilities: Sequence[Capability] = CAPABILITIES) -> dict[str, bool]:
    """Return for each capability, by its name, whether an engine has it.

    Raises:
        EngineUnavailableError, EngineTimeoutError: the engine does not answer.
    """
    return {
        one.name: one.is_there(values) if (values := _values(endpoint, one.query)) is not None else False
        for one in capabilities
    }


def refuse_unfit(endpoint: Endpoint) -> None:
    """Check that an engine has the capabilities that are needed.

    Raises:
        EngineAnswerError: it lacks one.
    """
    needed = [one for one in CAPABILITIES if one.is_needed]
    for name, is_there in probe(endpoint, needed).items():
        if not is_there:
            raise EngineAnswerError(f"the engine lacks what is needed: {name[0].lower()}{name[1:]}")


def _values(endpoint: Endpoint, query: str) -> list[Literal | None] | None:
    """Return the values of the first column; None if the engine refuses the query or its result cannot be read."""
    try:
        answer = endpoint.query(query, _JSON, [_NO_GRAPH], [], MAX_ANSWER_BYTES)
        result = parse_query_results(answer.body, QueryResultsFormat.JSON)
        rows = list(result) if isinstance(result, QuerySolutions) else []
    except (QueryUnsupportedError, EngineAnswerError, SyntaxError, ValueError):
        return None
    return [value if isinstance(value := row["x"], Literal) else None for row in rows]


def _type(value: Literal | None) -> str:
    return value.datatype.value.rpartition("#")[2] if value is not None else ""


def _text(value: Literal | None) -> str:
    return value.value if value is not None else ""
