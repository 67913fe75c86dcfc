"""`/sparql` by the SPARQL 1.1 Protocol: queries by GET, form and direct POST; no updates, no federation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import QueryResultsFormat, QuerySolutions

from tlevel_rdf.errors import TlevelError
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.store.base import Query, Syntax
from tlevel_rdf.store.query_guard import check_query
from tlevel_rdf.web.data.iris import is_iri
from tlevel_rdf.web.handlers.service_description import describe_service
from tlevel_rdf.web.html.rendering import QueryResult, query_page
from tlevel_rdf.web.http.media_types import (
    CSV,
    GRAPHS,
    HTML,
    JSON_LD,
    N_TRIPLES,
    PAGE,
    RDF_XML,
    RESULTS_JSON,
    RESULTS_XML,
    ROWS,
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
from tlevel_rdf.web.http.representation import select_media_type, select_representation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tlevel_rdf.store.query_guard import Size
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Headers, Request

_GRAPH_OFFERS: Final = (*GRAPHS, HTML)
_NOT_KEPT: Final = ("cache-control", "no-store")
_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_UTF_8: Final = frozenset({"utf-8", "utf8"})
#: The parameters of a query operation (section 2.1).
_OF_THE_PROTOCOL: Final = frozenset({"query", "default-graph-uri", "named-graph-uri"})
_NO_UPDATES: Final = "The data is published for reading; no update is done here."
#: The parameters by which clients name the format of the answer, which is none of the protocol's business.
_FORMAT: Final = frozenset({"format", "output", "results"})
_XML: Final = (RDF_XML, RESULTS_XML)
#: What they call it.
_NAMED: Final[Mapping[str, tuple[MediaType, ...]]] = {
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
    "csv": (CSV,),
    "tsv": (TSV,),
    "html": (HTML,),
}
#: More parameters than any query needs.
_MOST_FIELDS: Final = 1_000


@dataclass(frozen=True)
class Asked:
    """An operation of the protocol (section 2.1), and the answer's formats that the request names."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    formats: tuple[str, ...]


def sparql(site: Site, request: Request) -> Response:
    """Answer a query; without one, describe the service.

    Raises:
        ProblemError: 400, 403, 406, 413, 414, 415.
        QuerySyntaxError, QueryRefusedError, QueryFailedError: from the store.
    """
    if request.method != "POST" and not request.query:
        return _service(site, request)
    asked = _read(request, site.settings.query_characters)
    # People get their query back with what is wrong beside it; programs get the problem alone.
    if best_match(request.header("accept"), ROWS) is not HTML:
        return _answer(site, request, asked)
    try:
        return _answer(site, request, asked)
    except ProblemError as error:
        problem = error.problem
    except TlevelError as error:
        problem = problem_from_error(error)
    headers: Headers = (("content-type", HTML.content_type), _NOT_KEPT, ("vary", "Accept"))
    told = Response(int(problem.status), headers, query_page(site, asked.query, problem=problem))
    return told.with_headers(*problem.headers)


def _service(site: Site, request: Request) -> Response:
    media_type, headers = select_media_type(request, PAGE)

    def make() -> bytes:
        if media_type is HTML:
            return query_page(site)
        return serialize_graph(describe_service(site), media_type.graph_syntax, about=_base(site))

    return site.represent(media_type, make(), headers=headers)


def _answer(site: Site, request: Request, asked: Asked) -> Response:
    checked = check_query(asked.query, _base(site))
    _check_size(site, checked.size)
    returns_graph = checked.form.returns_graph
    offers = _GRAPH_OFFERS if returns_graph else ROWS
    # The page shows rows and graphs that it has asked for in a syntax of programs.
    shown = Syntax.TURTLE if returns_graph else Syntax.JSON

    def write(offer: MediaType) -> bytes:
        syntax = offer.syntax or shown
        most = site.settings.answer_bytes
        query = Query(asked.query, asked.default_graphs, asked.named_graphs, _base(site), most)
        body = site.store.query(query, syntax)
        return _answer_page(site, asked.query, body, syntax) if offer is HTML else body

    media_type, headers, body = select_representation(request, offers, write, _named(asked.formats, offers))
    if checked.is_volatile:
        # The next answer may be another, so nothing about this one holds for it.
        return Response(200, (("content-type", media_type.content_type), _NOT_KEPT, *headers), body)
    if request.method == "POST":
        return Response(200, (("content-type", media_type.content_type), *headers), body)
    return site.represent(media_type, body, headers=headers)


def _check_size(site: Site, size: Size) -> None:
    """Refuse a query that is larger than the settings allow; what no engine bears was refused before."""
    settings = site.settings
    for number, most, what in (
        (size.words, settings.query_words, "words and signs"),
        (size.patterns, settings.query_patterns, "patterns and operators"),
        (size.nesting, settings.query_nesting, "brackets one inside another"),
    ):
        if number > most:
            raise ProblemError(content_too_large(f"A query has {most:,} {what} at most; this one has {number:,}."))


def _base(site: Site) -> str:
    """Where a relative IRI starts from: the endpoint, wherever the server stands (RFC 3986, section 5.1.3)."""
    return f"{site.base}sparql"


def _answer_page(site: Site, query: str, body: bytes, syntax: Syntax) -> bytes:
    if syntax is Syntax.TURTLE:
        return query_page(site, query, result=QueryResult(graph=body.decode()))
    results = pyoxigraph.parse_query_results(body, QueryResultsFormat.JSON)
    if not isinstance(results, QuerySolutions):
        return query_page(site, query, result=QueryResult(boolean=bool(results)))
    columns = [variable.value for variable in results.variables]
    rows = [[row[name] for name in columns] for row in results]
    return query_page(site, query, result=QueryResult(columns, rows))


def _named(names: Iterable[str], offers: Sequence[MediaType]) -> MediaType | None:
    """The first offer that is named. Clients name one beside their Accept, which decides where none fits."""
    for name in names:
        # A plus that was not escaped has become a blank.
        plain = name.lower().replace(" ", "+")
        fits = [offer for offer in offers if offer.name == plain or offer in _NAMED.get(plain, ())]
        if fits:
            return fits[0]
    return None


def _read(request: Request, most_characters: int) -> Asked:
    fields = parse_pairs(request.query, _MOST_FIELDS)
    if request.method == "POST":
        fields = _posted(request, fields)
    if any(name == "update" for name, _ in fields):
        raise forbidden(_NO_UPDATES)
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        what = f"A request holds one query; this one holds {len(queries) or 'none'}."
        raise bad_request(what)
    if len(queries[0]) > most_characters:
        detail = f"A query has {most_characters:,} characters at most."
        raise ProblemError(content_too_large(detail) if request.method == "POST" else uri_too_long(detail))
    return Asked(
        queries[0],
        _graphs(fields, "default-graph-uri"),
        _graphs(fields, "named-graph-uri"),
        tuple(value for name, value in fields if name in _FORMAT),
    )


def _posted(request: Request, in_target: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters of a POST: a form has its own, a query sent as it is has those of the target (section 2.1)."""
    media_type = _type_of_body(request)
    try:
        text = request.body.decode()
    except UnicodeDecodeError as error:
        raise bad_request("The body is not UTF-8.") from error
    if media_type == _DIRECT:
        return [*in_target, ("query", text)]
    if misplaced := [name for name, _ in in_target if name in _OF_THE_PROTOCOL]:
        what = f"{misplaced[0]} stands in the address, and with a form it belongs into the body."
        raise bad_request(what)
    return [*parse_pairs(text, _MOST_FIELDS), *in_target]


def _type_of_body(request: Request) -> str:
    sent = request.header("content-type")
    coding = request.header("content-encoding")
    if coding is not None and coding.strip().lower() != "identity":
        raise unsupported_content_coding(coding)
    ranges = parse_media_ranges(sent or "")
    media_type = f"{ranges[0].main}/{ranges[0].sub}" if len(ranges) == 1 else ""
    if media_type == _UPDATE:
        raise forbidden(_NO_UPDATES)
    if media_type not in {_FORM, _DIRECT} or ranges[0].parameters.get("charset", "utf-8").lower() not in _UTF_8:
        raise unsupported_media_type(sent, (_FORM, _DIRECT))
    return media_type


def _graphs(fields: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    iris = tuple(value for key, value in fields if key == name)
    if wrong := [iri for iri in iris if not is_iri(iri)]:
        what = f"{name} is {wrong[0]!r}, which is not an absolute IRI."
        raise bad_request(what)
    return iris
