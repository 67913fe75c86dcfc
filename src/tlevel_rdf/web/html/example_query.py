"""The pages of example queries: the list, and for each query its form, its result and suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from tlevel_rdf.limits import MAX_PAGE_ROWS
from tlevel_rdf.store.base import Solutions
from tlevel_rdf.store.known_values import suggestions
from tlevel_rdf.web.html.query_in_browser import browser_data
from tlevel_rdf.web.html.rendering import alternates, render
from tlevel_rdf.web.html.view_models import view_rows
from tlevel_rdf.web.http.media_types import GRAPHS, RESULTS, SPARQL_QUERY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tlevel_rdf.store.example_queries import ExampleQuery, Parameter
    from tlevel_rdf.store.known_values import UnknownValue
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.html.view_models import TermView
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.problems import Problem


@dataclass(frozen=True, slots=True)
class ParameterField:
    """A parameter of the query in the form.

    Attributes:
        name: the name of the parameter.
        label: its description.
        default: the value that an empty field stands for.
        values: the values in the form, one for each text box.
        suggestions: the values in the data; empty if they are not known or too many.
        unknown: the values that the data does not have.
    """

    name: str
    label: str
    default: str
    values: tuple[str, ...]
    suggestions: tuple[str, ...]
    unknown: tuple[UnknownValue, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an example query.

    Attributes:
        text: the query, with the values as the data writes them.
        unknown: the values that the data does not have.
        result: the result of the query; a graph is in Turtle.
    """

    text: str
    unknown: Sequence[UnknownValue]
    result: Solutions | bool | str


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The result of a query as a table.

    Attributes:
        columns: the names of the columns.
        rows: the first rows, at most `MAX_PAGE_ROWS`; None for an unbound variable.
        total: the number of all rows.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[TermView | None]]
    total: int


class _Lines(NamedTuple):
    """The first lines of a text, at most `MAX_PAGE_ROWS`, and the number of all lines."""

    text: str
    shown: int
    total: int

    @classmethod
    def of(cls, text: str) -> _Lines:
        lines = text.splitlines()
        shown = lines[:MAX_PAGE_ROWS]
        return cls("\n".join(shown), len(shown), len(lines))


def example_queries_page(site: Site, queries: Iterable[ExampleQuery]) -> bytes:
    """Return the page that lists the example queries."""
    paths = alternates(lambda suffix: f"/queries{suffix}")
    return render(site, "example_queries.html", "Example queries", examples=queries, alternates=paths)


def example_query_page(
    site: Site,
    example: ExampleQuery,
    values: Mapping[str, Sequence[str]],
    *,
    problem: Problem | None = None,
    answer: Answer | None = None,
) -> bytes:
    """Return the page of an example query.

    Args:
        site: the site.
        example: the example query.
        values: the values that the client sent; a parameter without a value has its default.
        problem: the problem with the values.
        answer: the answer to the query.
    """
    return render(
        site,
        "example_query.html",
        example.title,
        example=example,
        fields=[_field(site, parameter, values.get(parameter.name, ()), answer) for parameter in example.parameters],
        table=_table(site, answer.result) if answer and isinstance(answer.result, Solutions) else None,
        graph=_Lines.of(answer.result) if answer and isinstance(answer.result, str) else None,
        text=answer.text if answer else example.text,
        is_editable=not site.is_static or browser_data(site) is not None,
        links=_links(example, values),
        problem=problem,
        alternates=alternates(lambda suffix: f"/queries/{example.name}{suffix}"),
    )


def _links(example: ExampleQuery, values: Mapping[str, Sequence[str]]) -> list[tuple[MediaType, str]]:
    """Return the formats of the result, and the query itself, each with its path."""
    formats = GRAPHS if example.returns_graph else RESULTS
    parameters = f"?{urlencode(values, doseq=True)}" if values else ""
    return [(offer, f"/queries/{example.name}{offer.suffix}{parameters}") for offer in (*formats, SPARQL_QUERY)]


def _field(site: Site, parameter: Parameter, given: Sequence[str], answer: Answer | None) -> ParameterField:
    defaults = [term.value for term in parameter.defaults]
    values = tuple(given) or tuple(defaults)
    empty = ("",) if len(defaults) > 1 else ()
    return ParameterField(
        parameter.name,
        label=parameter.description[:1].upper() + parameter.description[1:],
        default=", ".join(defaults),
        values=(*values, *empty),
        suggestions=suggestions(site.store, parameter.name),
        unknown=tuple(one for one in (answer.unknown if answer else ()) if one.parameter == parameter.name),
    )


def _table(site: Site, solutions: Solutions) -> ResultTable:
    columns = [name.replace("_", " ") for name in solutions.variables]
    return ResultTable(columns, view_rows(site, solutions.rows[:MAX_PAGE_ROWS]), len(solutions.rows))
