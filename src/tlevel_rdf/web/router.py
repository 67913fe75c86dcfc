"""The routes of the site, and the function that turns a request into a response."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tlevel_rdf.errors import TlevelError
from tlevel_rdf.limits import MAX_PATH_CHARACTERS, MAX_PROBLEM_ACCEPT_CHARACTERS
from tlevel_rdf.web.api.openapi import openapi
from tlevel_rdf.web.api.operations import api
from tlevel_rdf.web.handlers import answers, event_stream, releases
from tlevel_rdf.web.handlers.codes import codes
from tlevel_rdf.web.handlers.crawlers import robots, security, sitemap, summary
from tlevel_rdf.web.handlers.dcat import catalogue
from tlevel_rdf.web.handlers.documents import document, thing, thing_response
from tlevel_rdf.web.handlers.downloads import download, static
from tlevel_rdf.web.handlers.example_queries import list_example_queries, run_example_query
from tlevel_rdf.web.handlers.home import home
from tlevel_rdf.web.handlers.linkset import linkset
from tlevel_rdf.web.handlers.oembed import oembed
from tlevel_rdf.web.handlers.report import OFFERS as REPORT_OFFERS
from tlevel_rdf.web.handlers.report import report
from tlevel_rdf.web.handlers.search import OFFERS as SEARCH_OFFERS
from tlevel_rdf.web.handlers.search import search
from tlevel_rdf.web.handlers.sparql import sparql
from tlevel_rdf.web.handlers.timemap import no_timemap, timemap
from tlevel_rdf.web.handlers.vocabulary import definition
from tlevel_rdf.web.handlers.void import void, well_known
from tlevel_rdf.web.html.pages import problem_page
from tlevel_rdf.web.http.conditional_requests import evaluate_preconditions
from tlevel_rdf.web.http.content_coding import encode_response
from tlevel_rdf.web.http.media_types import ERROR, HTML, NAMED_THING, PAGE, PROBLEM, THING
from tlevel_rdf.web.http.messages import COMMON_HEADERS, Response
from tlevel_rdf.web.http.negotiation import best_match
from tlevel_rdf.web.http.problems import (
    Problem,
    ProblemError,
    bad_request,
    method_not_allowed,
    problem_from_error,
    uri_too_long,
)
from tlevel_rdf.web.http.root_path import add_root_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request

    Handler = Callable[[Site, Request], Response]

_READ_METHODS: Final = ("GET", "HEAD", "OPTIONS")
_QUERY_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
#: Pages load nothing from other sites, and run no script but those of this site (Content Security Policy Level 3).
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_PAGE_HEADERS: Final = (("content-security-policy", _POLICY), ("referrer-policy", "no-referrer"))
#: The headers that scripts of other sites may send (Fetch, section 2.2.2).
_ALLOWED_HEADERS: Final = (
    "Accept, Accept-Datetime, Accept-Language, Cache-Control, Content-Type, If-Match, If-Modified-Since, If-None-Match,"
    " If-Range, If-Unmodified-Since, Range"
)


@dataclass(frozen=True)
class Route:
    """A path and its handler. A path that ends in a slash matches all paths that begin with it, except `/`."""

    path: str
    handler: Handler
    methods: tuple[str, ...] = _READ_METHODS

    def matches(self, path: str) -> bool:
        """Return True if this route answers a path."""
        return path.startswith(self.path) if self.path.endswith("/") and self.path != "/" else path == self.path


def _with_extensions(path: str, handler: Handler, offers: Sequence[MediaType] = PAGE) -> tuple[Route, ...]:
    """Return the routes of a resource and of each of its representations."""
    return tuple(Route(path + suffix, handler) for suffix in ("", *(offer.suffix for offer in offers)))


ROUTES: Final = (
    Route("/", home),
    Route("/sparql", sparql, _QUERY_METHODS),
    Route("/id/", thing),
    Route("/doc/", document),
    *_with_extensions("/doc", document, NAMED_THING),
    Route("/def/", definition),
    Route("/robots.txt", robots),
    Route("/sitemap.xml", sitemap),
    Route("/llms.txt", summary),
    *_with_extensions("/report", report, REPORT_OFFERS),
    Route("/.well-known/security.txt", security),
    Route("/oembed", oembed),
    Route("/oembed/", oembed),
    *_with_extensions("/search", search, SEARCH_OFFERS),
    Route("/questions/ways-to-a-job", answers.ways_to_job),
    Route("/questions/compare-specialisms", answers.compare_specialisms),
    Route("/questions/steps-to-bypass-or-shorten", answers.steps_to_bypass_or_shorten),
    Route("/questions/open-t-levels", answers.open_t_levels),
    Route("/codes/", codes),
    Route("/data/progression-profiles/", releases.dated),
    Route("/data/", download),
    Route("/timemap/doc", timemap),
    Route("/timemap/doc/", timemap),
    Route("/timemap", no_timemap),
    Route("/timemap/", no_timemap),
    *_with_extensions("/releases", releases.releases, releases.LIST_OFFERS),
    Route("/releases/", releases.release),
    *_with_extensions(event_stream.PATH, event_stream.event_stream, event_stream.OFFERS),
    Route(f"{event_stream.PATH}/", event_stream.event_page),
    Route("/changes", releases.no_changes),
    Route("/changes/", releases.changes),
    Route("/static/", static),
    *_with_extensions("/catalogue", catalogue),
    *_with_extensions("/void", void),
    Route("/.well-known/void", well_known),
    Route("/linkset.json", linkset),
    *_with_extensions("/queries", list_example_queries),
    Route("/queries/", run_example_query),
    Route("/api/openapi.json", openapi),
    Route("/api/", api),
    Route("/api", api),
)
#: Any other path may be that of an IRI in the data.
_FALLBACK: Final = Route("", thing)
#: An escape of a character that is not reserved (RFC 3986, section 2.3).
_NEEDLESS_ESCAPE: Final = re.compile(r"%(?:2[DE]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5F|7E)", re.IGNORECASE)


def respond(site: Site, request: Request) -> Response:
    """Return the response to a request."""
    return evaluate_preconditions(request, complete_response(site, request))


def complete_response(site: Site, request: Request) -> Response:
    """Return the response to a request before its preconditions, its range and HEAD apply.

    It depends on the method, the target, the body, Accept, Accept-Datetime, Accept-Encoding, Content-Type and
    Content-Encoding only.
    The function turns errors of the package into problems (RFC 9457).
    """
    request = _mounted(site, request)
    try:
        return _finish(request, _route(site, request))
    except ProblemError as error:
        problem = error.problem
    except TlevelError as error:
        problem = problem_from_error(error)
    return problem_response(site, request, problem)


def problem_response(site: Site, request: Request, problem: Problem) -> Response:
    """Return a problem as a page for a client that prefers HTML, else as JSON."""
    request = _mounted(site, request)
    accept = request.header("accept") or ""
    preferred = best_match(accept, ERROR) if len(accept) <= MAX_PROBLEM_ACCEPT_CHARACTERS else None
    media_type = preferred or PROBLEM
    body = problem_page(site, problem) if media_type is HTML else problem.as_json()
    headers = (("content-type", media_type.content_type), ("cache-control", "no-store"), ("vary", "Accept"))
    return _finish(request, Response(int(problem.status), headers, body).with_headers(*problem.headers))


def _mounted(site: Site, request: Request) -> Request:
    """Return a request with the path of the site on its host, unless the server has found it already.

    A proxy in front may remove that path from the target or leave it there.
    """
    root = site.root_path
    if not root or request.root_path:
        return request
    is_below = request.path == root or request.path.startswith(f"{root}/")
    path = request.path.removeprefix(root) or "/" if is_below else request.path
    return replace(request, path=path, root_path=root)


def _finish(request: Request, response: Response) -> Response:
    """Apply the content coding and add the headers of every response."""
    if (response.header("content-type") or "").startswith(HTML.name):
        response = response.with_headers(*_PAGE_HEADERS)
    if request.root_path:
        response = add_root_path(response, request.root_path)
    response = encode_response(response, request.header("accept-encoding"))
    length = () if response.status == HTTPStatus.NO_CONTENT else (("content-length", str(response.length)),)
    return Response(response.status, (*response.headers, *length, *COMMON_HEADERS), response.body, response.span)


def _route(site: Site, request: Request) -> Response:
    if request.method == "OPTIONS" and request.path == "*":
        return _options(_QUERY_METHODS)
    if len(request.path) > MAX_PATH_CHARACTERS:
        raise ProblemError(uri_too_long(f"A path may have at most {MAX_PATH_CHARACTERS:,} characters."))
    if not request.is_well_formed:
        raise bad_request("The address contains an invalid percent-encoding or a control character.")
    if "%" in request.path:
        request = replace(request, path=_plain_first_segment(request.path))
    route = next((r for r in ROUTES if r.matches(request.path)), _FALLBACK)
    if request.method == "OPTIONS":
        return _options(route.methods)
    if request.method not in route.methods:
        raise method_not_allowed(request.method, route.methods)
    try:
        return route.handler(site, request)
    except (ProblemError, TlevelError) as error:
        response = _thing_instead(site, request, error) if route.handler is not thing else None
        if response is None:
            raise
        return response


def _plain_first_segment(path: str) -> str:
    """Decode the escapes in the first segment of a path that need none (RFC 3986, section 6.2.2.2).

    The rest can be that of an IRI in the data, which is another one without its escapes.

    >>> _plain_first_segment("/%64ef/%64%2fx")
    '/def/%64%2fx'
    """
    first, slash, rest = path[1:].partition("/")
    return f"/{_NEEDLESS_ESCAPE.sub(lambda found: unquote(found[0]), first)}{slash}{rest}"


def _thing_instead(site: Site, request: Request, error: ProblemError | TlevelError) -> Response | None:
    """Return the response about the IRI of a path whose own resource does not exist or is not acceptable, or None.

    The data may have IRIs anywhere under its base.
    """
    status = (error.problem if isinstance(error, ProblemError) else problem_from_error(error)).status
    if status != HTTPStatus.NOT_FOUND and (
        status != HTTPStatus.NOT_ACCEPTABLE or best_match(request.header("accept"), THING) is None
    ):
        return None
    response = thing_response(site, request)
    # A redirect to the same path would lead to the same error again.
    return None if response and response.header("location") == request.path else response


def _options(methods: tuple[str, ...]) -> Response:
    """Return the response to OPTIONS, which also answers CORS preflight requests (Fetch, section 3.2.3)."""
    allow = ", ".join(methods)
    return Response(
        204,
        (
            ("allow", allow),
            ("access-control-allow-methods", allow),
            ("access-control-allow-headers", _ALLOWED_HEADERS),
            ("access-control-max-age", "86400"),
        ),
    )
