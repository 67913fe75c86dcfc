"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, without updates and without federation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tlevel_rdf.errors import TlevelError
from tlevel_rdf.limits import MAX_SPARQL_PARAMETERS
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.pattern_terms import unknown_terms
from tlevel_rdf.store.query_guard import check_query, named_terms
from tlevel_rdf.web.data.formats import RESULT_SYNTAXES
from tlevel_rdf.web.data.iris import is_iri
from tlevel_rdf.web.handlers.page_or_graph import PageOrGraph
from tlevel_rdf.web.html.pages import query_page
from tlevel_rdf.web.http.media_types import (
    CSV,
    HTML,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    RESULTING_GRAPH,
    RESULTS_JSON,
    RESULTS_XML,
    ROWS,
    TRIG,
    TSV,
    TURTLE,
)
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.http.negotiation import best_match, parse_media_ranges
from tlevel_rdf.web.http.problems import (
    ProblemError,
    bad_request,
    content_too_large,
    forbidden,
    problem_from_error,
    unsupported_content_coding,
    unsupported_media_type,
    uri_too_long,
)
from tlevel_rdf.web.http.query_string import parse_pairs
from tlevel_rdf.web.http.representation import select_representation
from tlevel_rdf.web.metadata.service_description import describe_service

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tlevel_rdf.store.base import Solutions
    from tlevel_rdf.store.query_guard import Size
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Headers, Request

_NO_STORE: Final = ("cache-control", "no-store")
_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_UTF_8: Final = frozenset({"utf-8", "utf8"})
#: The parameters of a query operation (section 2.1).
_PROTOCOL_PARAMETERS: Final = frozenset({"query", "default-graph-uri", "named-graph-uri"})
#: The characters of an IRI that a header holds as they are.
_SAFE_IN_IRI: Final = ":/?#[]@!$&'()*+,;=%-._~"
_NO_UPDATES: Final = "The data is read-only, so this endpoint does not perform updates."
#: The parameters by which clients request a format. The protocol does not define them.
_FORMAT_PARAMETERS: Final = frozenset({"format", "output", "results"})
_XML: Final = (RDF_XML, RESULTS_XML)
#: The values that clients send in these parameters, besides media types.
_FORMAT_NAMES: Final[Mapping[str, tuple[MediaType, ...]]] = {
    "xml": _XML,
    "rdf+xml": _XML,
    "rdf": (RDF_XML,),
    "rdfxml": (RDF_XML,),
    "json": (RESULTS_JSON, JSON_LD),
    "jsonld": (JSON_LD,),
    "json-ld": (JSON_LD,),
    "turtle": (TURTLE,),
    "ttl": (TURTLE,),
    "n3": (TURTLE,),
    "nt": (N_TRIPLES,),
    "ntriples": (N_TRIPLES,),
    "n-triples": (N_TRIPLES,),
    "nq": (N_QUADS,),
    "nquads": (N_QUADS,),
    "n-quads": (N_QUADS,),
    "trig": (TRIG,),
    "csv": (CSV,),
    "tsv": (TSV,),
    "html": (HTML,),
}


@dataclass(frozen=True)
class QueryOperation:
    """A query operation of the protocol (section 2.1).

    Attributes:
        text: of the query, in SPARQL.
        default_graphs: IRIs.
        named_graphs: IRIs.
        formats: the values of the format parameters.
    """

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    formats: tuple[str, ...]


def sparql(site: Site, request: Request) -> Response:
    """Answer `/sparql`: the result of a query, or the service description without one.

    Raises:
        ProblemError: 400, 403, 406, 413, 414, 415.
        QuerySyntaxError, QueryRefusedError, QueryFailedError: from the store.
    """
    if request.method != "POST" and not request.query:
        return PageOrGraph(
            about=_endpoint(site), page=lambda: query_page(site), triples=lambda: describe_service(site)
        ).respond(site, request)
    operation = _parse_operation(request, site.settings.query_characters)
    # A browser gets the form with the query and the problem. Other clients get the problem only.
    if best_match(request.header("accept"), ROWS) is not HTML:
        return _query_response(site, request, operation)
    try:
        return _query_response(site, request, operation)
    except ProblemError as error:
        problem = error.problem
    except TlevelError as error:
        problem = problem_from_error(error)
    headers: Headers = (("content-type", HTML.content_type), _NO_STORE, ("vary", "Accept"))
    page = query_page(site, operation.text, problem=problem)
    return Response(int(problem.status), headers, page).with_headers(*problem.headers)


def _query_response(site: Site, request: Request, operation: QueryOperation) -> Response:
    checked = check_query(operation.text, _endpoint(site))
    _check_size(site, checked.size)
    returns_graph = checked.form.returns_graph
    offers = RESULTING_GRAPH if returns_graph else ROWS
    graphs = (operation.default_graphs, operation.named_graphs)
    query = Query(operation.text, *graphs, base=_endpoint(site), max_bytes=site.settings.answer_bytes)

    unknown = unknown_terms(site.store, named_terms(operation.text, _endpoint(site)), site.known_terms)

    def write(offer: MediaType) -> bytes:
        if offer is HTML:
            result = _read_result(site, query, returns_graph=returns_graph)
            return query_page(site, query.text, unknown=unknown, result=result)
        return site.store.query(query, RESULT_SYNTAXES[offer])

    fixed = _format_parameter(operation.formats, offers)
    media_type, headers, body = select_representation(request, offers, write, fixed)
    if unknown:
        # A list of strings (RFC 9651, sections 3.1 and 3.3.3).
        headers = (*headers, ("unknown-terms", ", ".join(f'"{quote(iri, safe=_SAFE_IN_IRI)}"' for iri in unknown)))
    if checked.is_volatile:
        # The next result of the same query may differ, so caches must not store this one.
        return Response(200, (("content-type", media_type.content_type), _NO_STORE, *headers), body)
    if request.method == "POST":
        return Response(200, (("content-type", media_type.content_type), *headers), body)
    return site.represent(media_type, body, headers=headers)


def _check_size(site: Site, size: Size) -> None:
    """Reject a query above the limits of the operator, which may be lower than those of the store.

    Raises:
        ProblemError: 413.
    """
    settings = site.settings
    for number, maximum, unit in (
        (size.words, settings.query_words, "words and symbols"),
        (size.patterns, settings.query_patterns, "patterns and operators"),
        (size.nesting, settings.query_nesting, "levels of nested brackets"),
    ):
        if number > maximum:
            detail = f"A query may have at most {maximum:,} {unit}; this one has {number:,}."
            raise ProblemError(content_too_large(detail))


def _endpoint(site: Site) -> str:
    """Return the IRI of the endpoint, which is the base of relative IRIs in queries (RFC 3986, section 5.1.3)."""
    return f"{site.base}sparql"


def _read_result(site: Site, query: Query, *, returns_graph: bool) -> Solutions | bool | str:
    """Return the result of a query for its page: rows, a truth value, or a graph in Turtle."""
    return site.store.query(query, Syntax.TURTLE).decode() if returns_graph else site.store.select(query)


def _format_parameter(values: Iterable[str], offers: Sequence[MediaType]) -> MediaType | None:
    """Return the first offer that a format parameter names. If none does, the Accept header decides."""
    for value in values:
        # An unescaped plus sign has been decoded as a space.
        name = value.lower().replace(" ", "+")
        for offer in offers:
            if offer.name == name or offer in _FORMAT_NAMES.get(name, ()):
                return offer
    return None


def _parse_operation(request: Request, max_characters: int) -> QueryOperation:
    parameters = parse_pairs(request.query, MAX_SPARQL_PARAMETERS)
    if request.method == "POST":
        parameters = _posted_parameters(request, parameters)
    if any(name == "update" for name, _ in parameters):
        raise forbidden(_NO_UPDATES)
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        detail = f"A request must contain one query; this one contains {len(queries) or 'none'}."
        raise bad_request(detail)
    if len(queries[0]) > max_characters:
        detail = f"A query may have at most {max_characters:,} characters."
        raise ProblemError(content_too_large(detail) if request.method == "POST" else uri_too_long(detail))
    return QueryOperation(
        queries[0],
        _graphs(parameters, "default-graph-uri"),
        _graphs(parameters, "named-graph-uri"),
        tuple(value for name, value in parameters if name in _FORMAT_PARAMETERS),
    )


def _posted_parameters(request: Request, in_query_string: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the parameters of a POST, from the form, or from the query string of a direct query (section 2.1)."""
    media_type = _media_type_of_body(request)
    try:
        text = request.body.decode()
    except UnicodeDecodeError as error:
        raise bad_request("The body is not encoded in UTF-8.") from error
    if media_type == _DIRECT:
        return [*in_query_string, ("query", text)]
    if misplaced := [name for name, _ in in_query_string if name in _PROTOCOL_PARAMETERS]:
        detail = f"The parameter {misplaced[0]} is in the query string; with a form, it must be in the body."
        raise bad_request(detail)
    return [*parse_pairs(text, MAX_SPARQL_PARAMETERS), *in_query_string]


def _media_type_of_body(request: Request) -> str:
    content_type = request.header("content-type")
    coding = request.header("content-encoding")
    if coding is not None and coding.strip().lower() != "identity":
        raise unsupported_content_coding(coding)
    ranges = parse_media_ranges(content_type or "")
    media_type = f"{ranges[0].main}/{ranges[0].sub}" if len(ranges) == 1 else ""
    if media_type == _UPDATE:
        raise forbidden(_NO_UPDATES)
    if media_type not in {_FORM, _DIRECT} or ranges[0].parameters.get("charset", "utf-8").lower() not in _UTF_8:
        raise unsupported_media_type(content_type, (_FORM, _DIRECT))
    return media_type


def _graphs(parameters: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    iris = tuple(value for key, value in parameters if key == name)
    if invalid := [iri for iri in iris if not is_iri(iri)]:
        detail = f"The parameter {name} is {invalid[0]!r}, which is not an absolute IRI."
        raise bad_request(detail)
    return iris
