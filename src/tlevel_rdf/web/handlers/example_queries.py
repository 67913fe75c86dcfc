"""`/queries/`: the example queries with their questions, which run with values of the reader's own."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlencode

from tlevel_rdf.errors import SettingError
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.limits import MAX_PARAMETER_VALUES
from tlevel_rdf.store.base import Query
from tlevel_rdf.store.example_queries import example_queries, example_query
from tlevel_rdf.web.handlers.example_queries_rdf import describe_queries
from tlevel_rdf.web.html.example_query import example_query_page
from tlevel_rdf.web.html.rendering import alternates, render
from tlevel_rdf.web.http.media_types import (
    GRAPHS,
    HTML,
    PAGE,
    RESULTS,
    RESULTS_JSON,
    SPARQL_QUERY,
    split_suffix,
)
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.http.problems import Problem, ProblemError, bad_request
from tlevel_rdf.web.http.query_string import check_parameter_names, parse_parameters
from tlevel_rdf.web.http.representation import select_media_type, select_representation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.store.example_queries import ExampleQuery
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Headers, Request

PATH: Final = "/queries"
_OFFERS: Final = (HTML, *GRAPHS, SPARQL_QUERY, *RESULTS)


def queries(site: Site, request: Request) -> Response:
    """`/queries/`: the list of questions.

    Raises:
        ProblemError: 406.
    """
    _, fixed = split_suffix(request.path, PAGE)
    media_type, headers = select_media_type(request, PAGE, fixed, lambda offer: PATH + offer.suffix)

    def make() -> bytes:
        known = example_queries().values()
        if media_type is HTML:
            return render(site, "example_queries.html", "Example queries", examples=known, alternates=alternates(PATH))
        return serialize_graph(
            describe_queries(site.base, known), media_type.graph_syntax, about=f"{site.base}queries/"
        )

    return site.represent(media_type, make(), headers=headers)


def query(site: Site, request: Request) -> Response:
    """`/queries/{name}`: a page with the form and the answer, the answer alone, its SPARQL, or its description.

    A suffix or the Accept header says which. Values come as parameters, each as often as need be.

    Raises:
        UnknownNameError: there is no query of that name.
        ProblemError: 400 for a parameter or a value that cannot be; 406.
        QueryFailedError: the engine could not finish.
    """
    path, fixed = split_suffix(request.path, _OFFERS)
    name = unquote(path.removeprefix(f"{PATH}/"))
    if not name:
        return queries(site, request)
    asked = example_query(name)
    suffix = f"?{request.query}" if request.query else ""

    def write(offer: MediaType) -> Response:
        if offer is HTML:
            return _page(site, request, asked)
        text = _text(asked, parse_parameters(request.query))
        if offer in GRAPHS:
            description = describe_queries(site.base, [asked])
            return site.represent(
                offer, serialize_graph(description, offer.graph_syntax, about=f"{site.base}queries/{name}")
            )
        return site.represent(offer, _answer(site, text, offer))

    _, headers, response = select_representation(
        request, _OFFERS, write, fixed, lambda offer: f"{PATH}/{name}{offer.suffix}{suffix}"
    )
    return response.with_headers(*headers)


def _page(site: Site, request: Request, asked: ExampleQuery) -> Response:
    # A form sends the fields that people leave empty, too.
    values = {name: tuple(filter(None, given)) for name, given in parse_parameters(request.query).items()}
    values = {name: given for name, given in values.items() if given or name not in _names(asked)}
    try:
        text = _text(asked, values)
    except ProblemError as error:
        told: Headers = (("content-type", HTML.content_type),)
        return Response(int(error.problem.status), told, example_query_page(site, asked, values, error.problem))

    page = example_query_page(site, asked, values, _answer(site, text, RESULTS_JSON), _links(asked, values))
    return site.represent(HTML, page)


def _text(asked: ExampleQuery, values: Mapping[str, Sequence[str]]) -> str:
    check_parameter_names(asked.name, values, _names(asked))
    if crowded := [name for name, given in values.items() if len(given) > MAX_PARAMETER_VALUES]:
        what = f"{crowded[0]} has more than {MAX_PARAMETER_VALUES} values."
        raise bad_request(what)
    try:
        return asked.with_values(values)
    except SettingError as error:
        raise ProblemError(Problem(HTTPStatus.BAD_REQUEST, error.message, error.hint)) from error


def _names(asked: ExampleQuery) -> list[str]:
    return [parameter.name for parameter in asked.parameters]


def _answer(site: Site, text: str, media_type: MediaType) -> bytes:
    return site.store.query(Query(text), media_type.syntax) if media_type.syntax else text.encode()


def _links(asked: ExampleQuery, values: Mapping[str, Sequence[str]]) -> list[tuple[MediaType, str]]:
    given = f"?{urlencode(values, doseq=True)}" if values else ""
    return [(offer, f"{PATH}/{asked.name}{offer.suffix}{given}") for offer in (*RESULTS, SPARQL_QUERY)]
