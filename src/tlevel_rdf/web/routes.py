"""The one function that answers requests, and the table of what answers which path."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import TlevelError
from tlevel_rdf.web.definitions import definition
from tlevel_rdf.web.downloads import download, static
from tlevel_rdf.web.home import home
from tlevel_rdf.web.http import Response
from tlevel_rdf.web.negotiation import ERROR, HTML, PROBLEM, choose
from tlevel_rdf.web.pages import problem_page
from tlevel_rdf.web.problems import Problem, ProblemError, bad_request, problem_of, too_long, wrong_method
from tlevel_rdf.web.resources import document, thing
from tlevel_rdf.web.sparql import sparql

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.web.http import Request
    from tlevel_rdf.web.site import Site

_READ: Final = ("GET", "HEAD", "OPTIONS")
_QUERY: Final = ("GET", "HEAD", "POST", "OPTIONS")
#: The longest path; an IRI is shorter, and what is longer is not looked up.
_MOST_PATH: Final = 8_000

#: Pages load nothing from elsewhere and run nothing (Content Security Policy Level 3).
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: What every response carries.
_ALWAYS: Final = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "Allow, Content-Location, ETag, Link, Location"),
    ("x-content-type-options", "nosniff"),
)


@dataclass(frozen=True)
class Route:
    """A path, or with a slash at its end all paths below it, and what answers there."""

    path: str
    answer: Callable[[Site, Request], Response]
    methods: tuple[str, ...] = _READ

    def matches(self, path: str) -> bool:
        """Whether this route answers a path."""
        below = self.path.endswith("/") and self.path != "/"
        return path.startswith(self.path) and path != self.path if below else path == self.path


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
)
#: Any other path may be an IRI that the data knows.
_OTHERWISE: Final = Route("", thing)


def respond(site: Site, request: Request) -> Response:
    """Answer a request. Never raises what the package raises on purpose: that becomes a problem (RFC 9457).

    A HEAD is answered like a GET, with the length of the body that it leaves out (RFC 9110, section 9.3.2).
    """
    try:
        response = _route(site, request)
    except ProblemError as error:
        response = problem_response(site, request, error.problem)
    except TlevelError as error:
        response = problem_response(site, request, problem_of(error))
    response = response.with_headers(*_ALWAYS)
    if (response.header("content-type") or "").startswith(HTML.name):
        response = response.with_headers(("content-security-policy", _POLICY), ("referrer-policy", "no-referrer"))
    if response.status not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}:
        response = response.with_headers(("content-length", str(response.length)))
    return replace(response, body=b"") if request.method == "HEAD" else response


def problem_response(site: Site, request: Request, problem: Problem) -> Response:
    """A problem as JSON, or as a page for who prefers one; never a 406 for want of a form for it."""
    media_type = choose(request.header("accept"), ERROR) or PROBLEM
    body = problem_page(site, problem) if media_type is HTML else problem.as_json()
    headers = (("content-type", media_type.content_type), ("cache-control", "no-store"), ("vary", "Accept"))
    return Response(int(problem.status), headers, body).with_headers(*problem.headers)


def _route(site: Site, request: Request) -> Response:
    if request.method == "OPTIONS" and request.path == "*":
        return _options(_QUERY)
    if len(request.path) > _MOST_PATH:
        raise ProblemError(too_long(f"A path has {_MOST_PATH:,} characters at most."))
    if not request.is_well_formed:
        raise bad_request("The address holds a broken escape or a control character.")
    route = next((r for r in ROUTES if r.matches(request.path)), _OTHERWISE)
    if request.method == "OPTIONS":
        return _options(route.methods)
    if request.method not in route.methods:
        raise wrong_method(request.method, route.methods)
    return route.answer(site, request)


def _options(methods: tuple[str, ...]) -> Response:
    """What can be done at a path; also the answer to a browser's preflight (Fetch, section 3.2.3)."""
    allow = ", ".join(methods)
    return Response(
        204,
        (
            ("allow", allow),
            ("access-control-allow-methods", allow),
            ("access-control-allow-headers", "Accept, Content-Type, If-Modified-Since, If-None-Match"),
            ("access-control-max-age", "86400"),
        ),
    )
