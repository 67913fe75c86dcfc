"""The page of one question: its form, its answer, and what to do where the answer is empty."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_PAGE_ROWS, MAX_SUGGESTIONS
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.labels import names_of
from tlevel_rdf.web.html.rendering import alternates, render
from tlevel_rdf.web.html.view_models import Viewer
from tlevel_rdf.web.http.media_types import GRAPHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.store.base import Store
    from tlevel_rdf.store.example_queries import ExampleQuery, Parameter
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.html.view_models import Shown
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.problems import Problem

_NAMED: Final = f"?thing a {{}} ; {terms.PREF_LABEL} ?value"
#: What can be a value of a parameter, by its name.
_KNOWN: Final = {
    "specialism": _NAMED.format(terms.OCCUPATIONAL_SPECIALISM),
    "first": _NAMED.format(terms.OCCUPATIONAL_SPECIALISM),
    "second": _NAMED.format(terms.OCCUPATIONAL_SPECIALISM),
    "t_level": _NAMED.format(terms.T_LEVEL),
    "occupation": _NAMED.format(terms.OCCUPATION),
    "code": f"?thing {terms.STANDARD_REFERENCE} ?value",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter in the form.

    Attributes:
        name: of the parameter.
        label: what it is.
        usual: what is asked for if it is left empty.
        values: what it holds, one for each box.
        known: what the data knows; empty if that is not known, or too much.
        unknown: the values that the data does not know, each with the one that is nearest to it.
    """

    name: str
    label: str
    usual: str
    values: tuple[str, ...]
    known: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as rows.

    Attributes:
        columns: their names.
        rows: the first of them; None where a variable has no value.
        total: the number of all rows.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Shown | None]]
    total: int


def question_page(
    site: Site,
    asked: ExampleQuery,
    values: Mapping[str, Sequence[str]],
    outcome: bytes | Problem,
    links: Sequence[tuple[MediaType, str]] = (),
) -> bytes:
    """The page of a question.

    Args:
        site: what is asked.
        asked: the query.
        values: as they were given; a parameter without any has its default.
        outcome: results in JSON, or what is wrong with the values.
        links: where the answer can be had in other forms.
    """
    problem = None if isinstance(outcome, bytes) else outcome
    return render(
        site,
        "question.html",
        asked.title,
        asked=asked,
        fields=[_field(site.store, one, values.get(one.name, ())) for one in asked.parameters],
        table=_table(site, outcome) if isinstance(outcome, bytes) else None,
        text=asked.with_values({} if problem else values),
        links=links,
        problem=problem,
        alternates=alternates(f"/queries/{asked.name}", GRAPHS),
    )


def _field(store: Store, parameter: Parameter, given: Sequence[str]) -> Field:
    usual = [term.value for term in parameter.defaults]
    known = _known(store, parameter.name)
    values = tuple(given) or tuple(usual)
    spare = ("",) if len(usual) > 1 else ()
    unknown = tuple((value, _nearest(value, known)) for value in values if known and value not in known)
    label = parameter.description[:1].upper() + parameter.description[1:]
    return Field(parameter.name, label, ", ".join(usual), (*values, *spare), known, unknown)


def _known(store: Store, name: str) -> tuple[str, ...]:
    if name not in _KNOWN:
        return ()
    rows = select_rows(
        store, f"SELECT DISTINCT ?value {{ {_KNOWN[name]} }} ORDER BY ?value LIMIT {MAX_SUGGESTIONS + 1}"
    )
    known = tuple(row["value"].value for row in rows if isinstance(row["value"], Literal))
    return known if len(known) <= MAX_SUGGESTIONS else ()


def _nearest(value: str, known: Sequence[str]) -> str:
    by_letters = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(value.casefold(), by_letters, n=1, cutoff=0.6)
    return by_letters[near[0]] if near else ""


def _table(site: Site, answer: bytes) -> Table:
    results = pyoxigraph.parse_query_results(answer, QueryResultsFormat.JSON)
    if not isinstance(results, QuerySolutions):
        return Table((), (), 0)
    columns = [variable.value for variable in results.variables]
    rows = [[row[name] for name in columns] for row in results]
    shown = rows[:MAX_PAGE_ROWS]
    named = {term.value for row in shown for term in row if isinstance(term, NamedNode)}
    viewer = Viewer(site.base, names_of(site.store, named))
    return Table(columns, [[None if t is None else viewer.show(t) for t in row] for row in shown], len(rows))
