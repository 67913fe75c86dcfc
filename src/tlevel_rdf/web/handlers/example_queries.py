"""`/queries/`: the example queries, which users can run with their own values.

The RDF formats of a query that gives rows describe the query; those of a query that gives a graph are its result.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tlevel_rdf.errors import SettingError, UnknownNameError
from tlevel_rdf.limits import MAX_PARAMETER_VALUES
from tlevel_rdf.release.tables.spreadsheet import Sheet, write_workbook
from tlevel_rdf.store.base import Query
from tlevel_rdf.store.csv_results import plain_text
from tlevel_rdf.store.example_queries import example_queries, example_query
from tlevel_rdf.store.known_values import resolve_values
from tlevel_rdf.web.data.formats import RESULT_SYNTAXES, serialize
from tlevel_rdf.web.handlers.page_or_graph import PageOrGraph
from tlevel_rdf.web.html.example_query import Answer, example_queries_page, example_query_page
from tlevel_rdf.web.http.media_types import GRAPHS, HTML, RESULTS, SPARQL_QUERY, TURTLE, XLSX, split_suffix
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.http.problems import ProblemError, bad_request
from tlevel_rdf.web.http.query_string import check_parameter_names, parse_parameters
from tlevel_rdf.web.http.representation import select_representation
from tlevel_rdf.web.metadata.example_queries_rdf import describe_queries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.store.example_queries import ExampleQuery
    from tlevel_rdf.store.known_values import UnknownValue
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request

PATH: Final = "/queries"
_OFFERS: Final = (HTML, *GRAPHS, SPARQL_QUERY)


def list_example_queries(site: Site, request: Request) -> Response:
    """Answer `/queries/`: the list of example queries.

    Raises:
        ProblemError: 406.
    """
    listed = example_queries().values()

    return PageOrGraph(
        about=f"{site.base}queries/",
        page=lambda: example_queries_page(site, listed),
        triples=lambda: describe_queries(site.base, listed),
        path=PATH,
    ).respond(site, request)


def run_example_query(site: Site, request: Request) -> Response:
    """Answer `/queries/{name}`: a page with a form and the result, the result, the SPARQL text, or the RDF description.

    The extension or the Accept header selects one of these. A parameter may occur several times.

    Raises:
        UnknownNameError: there is no example query of that name, or it has no result in that format.
        ProblemError: 400 for an unknown parameter or an invalid value; 406.
        QueryFailedError: the store could not answer the query.
    """
    path, fixed = split_suffix(request.path, (*_OFFERS, *RESULTS))
    name = unquote(path.removeprefix(f"{PATH}/"))
    if not name:
        return list_example_queries(site, request)
    query = example_query(name)
    offers = _OFFERS if query.returns_graph else (*_OFFERS, *RESULTS)
    if fixed and fixed not in offers:
        formats = ", ".join(offer.suffix for offer in offers)
        raise UnknownNameError(f"the result of {name} is a graph, and has no {fixed.label}", hint=f"use {formats}")
    suffix = f"?{request.query}" if request.query else ""

    def write(offer: MediaType) -> Response:
        if offer is HTML:
            return _page(site, request, query)
        text, _ = _text(site, query, parse_parameters(request.query))
        if offer in GRAPHS and not query.returns_graph:
            about = f"{site.base}queries/{name}"
            body = serialize(describe_queries(site.base, [query]), offer, about=about, base=site.base)
        else:
            body = text.encode() if offer is SPARQL_QUERY else _result(site, text, offer)
        return site.represent(offer, body)

    _, headers, response = select_representation(
        request, offers, write, fixed, lambda offer: f"{PATH}/{name}{offer.suffix}{suffix}"
    )
    return response.with_headers(*headers)


def _page(site: Site, request: Request, query: ExampleQuery) -> Response:
    # Browsers also send the fields of a form that are empty.
    values = {name: tuple(filter(None, given)) for name, given in parse_parameters(request.query).items()}
    values = {name: given for name, given in values.items() if given or name not in _names(query)}
    try:
        text, unknown = _text(site, query, values)
    except ProblemError as error:
        page = example_query_page(site, query, values, problem=error.problem)
        return Response(int(error.problem.status), (("content-type", HTML.content_type),), page)
    result = _result(site, text, TURTLE).decode() if query.returns_graph else site.store.select(Query(text))
    return site.represent(HTML, example_query_page(site, query, values, answer=Answer(text, unknown, result)))


def _text(site: Site, query: ExampleQuery, values: Mapping[str, Sequence[str]]) -> tuple[str, list[UnknownValue]]:
    """Return the SPARQL with values as the data writes them, and the values that the data does not have."""
    check_parameter_names(query.name, values, _names(query))
    if crowded := [name for name, given in values.items() if len(given) > MAX_PARAMETER_VALUES]:
        detail = f"The parameter {crowded[0]} has more than {MAX_PARAMETER_VALUES} values."
        raise bad_request(detail)
    try:
        query.with_values(values)
        resolved, unknown = resolve_values(site.store, query, values)
        return query.with_values(resolved), unknown
    except SettingError as error:
        raise bad_request(error.message, error.hint) from error


def _names(query: ExampleQuery) -> list[str]:
    return [parameter.name for parameter in query.parameters]


def _result(site: Site, text: str, media_type: MediaType) -> bytes:
    if media_type is XLSX:
        found = site.store.select(Query(text))
        rows = () if isinstance(found, bool) else found.rows
        columns = () if isinstance(found, bool) else found.variables
        target = BytesIO()
        write_workbook(
            [Sheet("result", columns, (list(map(plain_text, row.values())) for row in rows))], site.date, target
        )
        return target.getvalue()
    return site.store.query(Query(text), RESULT_SYNTAXES[media_type])
