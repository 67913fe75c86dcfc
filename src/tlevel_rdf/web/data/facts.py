"""Queries for properties of things, shared by the pages and the API."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.store.select import select_rows, values_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tlevel_rdf.store.base import Row
    from tlevel_rdf.web.data.site import Site
from typing import TYPE_CHECKING

from tlevel_rdf.web.data.iris import candidates
from tlevel_rdf.web.http.problems import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tlevel_rdf.web.data.site import Site

#: Of one subject: property → values.
Facts = dict[str, list[str]]


def facts(rows: Iterable[Row], subject: str) -> Mapping[str, Facts]:
    """Rows of a subject with `?p` and `?v` as the values of each property, by subject; empty for what is not there."""
    found: dict[str, Facts] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[text(row[subject])][text(row["p"])].append(text(row["v"]))
    return found


def text(term: object) -> str:
    """The IRI or the words of a term; empty for what has neither."""
    return term.value if isinstance(term, NamedNode | Literal) else ""


def known(site: Site, path: str, kind: NamedNode) -> str:
    """The IRI of a thing of a kind.

    Args:
        site: that is asked.
        path: under `{base}id/`, as it was sent.
        kind: the class that it must be in.

    Raises:
        ProblemError: 404, there is none.
    """
    for iri in candidates(f"{site.base}id/{path}"):
        if select_rows(site.store, f"SELECT ?kind {{ <{iri}> a ?kind FILTER(?kind = {kind}) }} LIMIT 1"):
            return iri
    raise not_found(f"{site.base}id/{path}")


def facts_of(site: Site, iris: Iterable[str], properties: Sequence[NamedNode]) -> Mapping[str, Facts]:
    """What is said of things by some properties; nothing for what the data does not say."""
    wanted = ", ".join(map(str, properties))
    query = "SELECT DISTINCT ?thing ?p ?v {{ VALUES ?thing {{ {} }} ?thing ?p ?v FILTER(?p IN ({})) }}"
    rows = [row for values in values_blocks(iris) for row in select_rows(site.store, query.format(values, wanted))]
    return facts(rows, "thing")


def column(site: Site, query: str) -> list[str]:
    """The values of the first variable of a query."""
    return [text(next(iter(row.values()))) for row in select_rows(site.store, query)]


def first(of: Facts, *properties: NamedNode) -> str:
    """The first value that one of these properties has; empty if none has any."""
    return min((value for one in properties for value in of[one.value]), default="")


def level_of(of: Facts) -> int | None:
    """The number of a level, if one of the concepts of levels is stated."""
    number = first(of, terms.LEVEL_PROPERTY).removeprefix(terms.LEVEL)
    return int(number) if number.isascii() and number.isdigit() and len(number) < 3 else None
