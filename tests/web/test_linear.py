"""The server reads headers and targets in linear time, so no request delays all others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.timing import takes_less_than
from tests.web.conftest import BROWSER
from tlevel_rdf.web.data.labels import short_name
from tlevel_rdf.web.http.conditional_requests import evaluate_preconditions
from tlevel_rdf.web.http.content_coding import select_coding
from tlevel_rdf.web.http.media_types import HTML, THING
from tlevel_rdf.web.http.messages import Request, Response
from tlevel_rdf.web.http.negotiation import best_match
from tlevel_rdf.web.http.problems import ProblemError, content_too_large
from tlevel_rdf.web.http.query_string import parse_parameters
from tlevel_rdf.web.router import problem_response, respond

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlevel_rdf.web.data.site import Site

# Other tests cover the lines; counting them here takes as long as running them.
pytestmark = pytest.mark.no_cover

#: Characters, more than the server reads of a head. Quadratic time would be 10 s and more, linear time is about 0.1 s.
LENGTH = 120_000
SECONDS = 1.5
#: Pieces that make regular expressions backtrack.
PIECES = [
    '"', '\\"', '"\\', '\\', ';', ' ', '\t', ',', '/', '*', '=', 'a', 'a/', 'a/b,', 'a/b;', ';a="', 'a="b",', ' ;',
    '; ', '1', '0.', 'q=', ';q=1', 'W/', 'W/"', '"a', '"a",', '-', '%', '%C3', '%C3%A9', '&', '&a=', '(', ':', '+',
    '\x80',
]  # fmt: skip


def _repeat(piece: str, begin: str = "") -> str:
    return begin + piece * (LENGTH // len(piece)) + "\x7f"


def _conditional_header(name: str) -> Callable[[str], object]:
    response = Response(200, (("etag", '"x"'), ("accept-ranges", "bytes"), ("last-modified", "never")), b"body")
    return lambda value: evaluate_preconditions(Request("GET", "/", "", ((name, value),)), response)


def _parameters(value: str) -> object:
    try:
        return parse_parameters(value)
    except ProblemError:
        return None


READERS: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "accept": (lambda value: best_match(value, THING), ("", 'a/b;p="', "a/b", "a/b;p=", "text/html;q=0.")),
    "accept-encoding": (select_coding, ("", "gzip", "gzip;q=")),
    "if-none-match": (_conditional_header("if-none-match"), ("", '"')),
    "if-match": (_conditional_header("if-match"), ("", '"')),
    "if-modified-since": (_conditional_header("if-modified-since"), ("", "Sun, ", "Sun, 06 Nov ")),
    "if-unmodified-since": (_conditional_header("if-unmodified-since"), ("", "Sun, 06 Nov 1994 08:49:37 +")),
    "range": (_conditional_header("range"), ("", "bytes=", "bytes=1", "bytes=1-")),
    "parameters": (_parameters, ("", "a=")),
    "iri": (short_name, ("", "https://e.org/")),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("piece", PIECES)
def test_a_header_is_read_in_linear_time(reader: str, piece: str) -> None:
    read, beginnings = READERS[reader]
    for begin in beginnings:
        text = _repeat(piece, begin)
        assert takes_less_than(SECONDS, partial(read, text)), begin


@pytest.mark.parametrize("path", ["/id/", "/doc/", "/def/", "/data/", "/api/", "/queries/", "/", "/doc?iri=x:", "/?"])
@pytest.mark.parametrize("piece", ["a", "/", "%C3%A9", "%E2%80", "=", "&", ".ttl", "+", ";", "%2F", "#", "\\"])
def test_a_target_is_read_in_linear_time(site: Site, path: str, piece: str) -> None:
    length = 7_000 if "?" not in path else 60_000
    request = Request.of(path + piece * (length // len(piece)))
    assert takes_less_than(SECONDS, partial(respond, site, request))


@pytest.mark.parametrize("accept", [_repeat('\\"', 'a/b;p="'), "a/b," * 30_000, "text/html;q=0.1," * 8_000])
def test_a_problem_response_ignores_a_long_accept_header(site: Site, accept: str) -> None:
    """The event loop of the server makes these responses."""
    request = Request("POST", "/sparql", "", (("accept", accept),))

    def respond_often() -> None:
        for _ in range(20):
            assert problem_response(site, request, content_too_large("")).status == 413

    assert takes_less_than(0.2, respond_often)


def test_a_problem_response_reads_the_accept_header_of_a_browser(site: Site) -> None:
    request = Request("POST", "/sparql", "", (("accept", BROWSER),))
    assert problem_response(site, request, content_too_large("")).header("content-type") == HTML.content_type
