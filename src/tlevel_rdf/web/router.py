"""The one function that answers requests, and the table of what answers which path."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import TlevelError
from tlevel_rdf.web.api.openapi import openapi
from tlevel_rdf.web.api.operations import api
from tlevel_rdf.web.handlers.dcat import catalogue, suffixed
from tlevel_rdf.web.handlers.documents import document, thing, thing_if_known
from tlevel_rdf.web.handlers.downloads import download, static
from tlevel_rdf.web.handlers.example_queries import queries, query
from tlevel_rdf.web.handlers.home import home
from tlevel_rdf.web.handlers.linkset import linkset
from tlevel_rdf.web.handlers.sparql import sparql
from tlevel_rdf.web.handlers.vocabulary import definition
from tlevel_rdf.web.handlers.void import void, well_known
from tlevel_rdf.web.html.rendering import problem_page
from tlevel_rdf.web.http.conditional_requests import evaluate_preconditions
from tlevel_rdf.web.http.content_coding import encode_response
from tlevel_rdf.web.http.media_types import ERROR, HTML, PROBLEM, THING
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request

_READ: Final = ("GET", "HEAD", "OPTIONS")
_QUERY: Final = ("GET", "HEAD", "POST", "OPTIONS")
#: The longest path; an IRI is shorter, and what is longer is not looked up.
_MOST_PATH: Final = 8_000
#: A server refuses between its other work, so a longer Accept is not read for that: no browser sends one.
_LONGEST_READ: Final = 4_000

#: Pages load nothing from elsewhere and run nothing (Content Security Policy Level 3).
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OF_PAGES: Final = (("content-security-policy", _POLICY), ("referrer-policy", "no-referrer"))
#: What a script elsewhere may send, beyond what any may (Fetch, section 2.2.2).
_MAY_BE_SENT: Final = (
    "Accept, Accept-Language, Cache-Control, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range,"
    " If-Unmodified-Since, Range"
)


@dataclass(frozen=True)
class Route:
    """A path, or with a slash at its end all paths that begin with it, and what answers there."""

    path: str
    answer: Callable[[Site, Request], Response]
    methods: tuple[str, ...] = _READ

    def matches(self, path: str) -> bool:
        """Whether this route answers a path."""
        return path.startswith(self.path) if self.path.endswith("/") and self.path != "/" else path == self.path


ROUTES: Final = (
    Route("/", home),
    Route("/sparql", sparql, _QUERY),
    Route("/id/", thing),
    Route("/doc/", document),
    Route("/doc", document),
    *(Route(f"/doc{suffix}", document) for suffix in (".ttl", ".jsonld", ".nt", ".rdf", ".html")),
    Route("/def/", definition),
    Route("/data/", download),
    Route("/static/", static),
    *(Route(path, catalogue) for path in suffixed("/catalogue")),
    *(Route(path, void) for path in suffixed("/void")),
    Route("/.well-known/void", well_known),
    Route("/linkset.json", linkset),
    *(Route(path, queries) for path in suffixed("/queries")),
    Route("/queries/", query),
    Route("/api/openapi.json", openapi),
    Route("/api/", api),
    Route("/api", api),
)
#: Any other path may be an IRI that the data knows.
_OTHERWISE: Final = Route("", thing)


def respond(site: Site, request: Request) -> Response:
    """Answer a request: what its path answers, as its conditions, its range and its method ask for it."""
    return evaluate_preconditions(request, complete_response(site, request))


def complete_response(site: Site, request: Request) -> Response:
    """What a path answers, whole: a HEAD is answered like a GET, and conditions and ranges are not read.

    Of the request's headers, Accept, Accept-Encoding, Content-Type and Content-Encoding count. Never raises what the
    package raises on purpose: that becomes a problem (RFC 9457).
    """
    try:
        return _finished(request, _route(site, request))
    except ProblemError as error:
        problem = error.problem
    except TlevelError as error:
        problem = problem_from_error(error)
    return problem_response(site, request, problem)


def _finished(request: Request, response: Response) -> Response:
    """With what every response has, in the coding that the client likes best."""
    if (response.header("content-type") or "").startswith(HTML.name):
        response = response.with_headers(*_OF_PAGES)
    response = encode_response(response, request.header("accept-encoding"))
    length = () if response.status == HTTPStatus.NO_CONTENT else (("content-length", str(response.length)),)
    return Response(response.status, (*response.headers, *length, *COMMON_HEADERS), response.body, response.span)


def problem_response(site: Site, request: Request, problem: Problem) -> Response:
    """A problem as JSON, or as a page for who prefers one; never a 406 for want of a form for it."""
    accept = request.header("accept") or ""
    media_type = (best_match(accept, ERROR) if len(accept) <= _LONGEST_READ else None) or PROBLEM
    body = problem_page(site, problem) if media_type is HTML else problem.as_json()
    headers = (("content-type", media_type.content_type), ("cache-control", "no-store"), ("vary", "Accept"))
    return _finished(request, Response(int(problem.status), headers, body).with_headers(*problem.headers))


def _route(site: Site, request: Request) -> Response:
    if request.method == "OPTIONS" and request.path == "*":
        return _options(_QUERY)
    if len(request.path) > _MOST_PATH:
        raise ProblemError(uri_too_long(f"A path has {_MOST_PATH:,} characters at most."))
    if not request.is_well_formed:
        raise bad_request("The address holds a broken escape or a control character.")
    route = next((r for r in ROUTES if r.matches(request.path)), _OTHERWISE)
    if request.method == "OPTIONS":
        return _options(route.methods)
    if request.method not in route.methods:
        raise method_not_allowed(request.method, route.methods)
    try:
        return route.answer(site, request)
    except (ProblemError, TlevelError) as error:
        known = _thing_instead(site, request, error) if route.answer is not thing else None
        if known is None:
            raise
        return known


def _thing_instead(site: Site, request: Request, error: ProblemError | TlevelError) -> Response | None:
    """Where a path has no answer of the site's own, or none in a form that is asked for: the thing of that IRI.

    Data has IRIs anywhere under its base.
    """
    status = (error.problem if isinstance(error, ProblemError) else problem_from_error(error)).status
    if status != HTTPStatus.NOT_FOUND and (
        status != HTTPStatus.NOT_ACCEPTABLE or best_match(request.header("accept"), THING) is None
    ):
        return None
    response = thing_if_known(site, request)
    # What is its own document was asked already.
    return None if response and response.header("location") == request.path else response


def _options(methods: tuple[str, ...]) -> Response:
    """What can be done at a path; also the answer to a browser's preflight (Fetch, section 3.2.3)."""
    allow = ", ".join(methods)
    return Response(
        204,
        (
            ("allow", allow),
            ("access-control-allow-methods", allow),
            ("access-control-allow-headers", _MAY_BE_SENT),
            ("access-control-max-age", "86400"),
        ),
    )
