"""Hostile requests and data: each request gets a problem, and none gets a file, a header or a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tests.web.conftest import BROWSER, send_bytes, site_from
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    import httpx

    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/id/%zz", 400),
        ("/id/%", 400),
        ("/id/a%0", 400),
        ("/id/%00", 400),
        ("/id/a%0d%0aX-Injected:%201", 400),
        ("/id/%7f", 400),
        ("/id/%ff%fe", 404),
        ("/id/%C3", 404),
        ("/id/%3E%20%7B%7D", 404),
        ("/id/%22%3E%3Cscript%3E", 404),
        ("/doc/%E2%80%AE", 404),
        ("/id/" + "a" * 9000, 414),
        ("/data/../../../../etc/passwd", 404),
        ("/data/..%2f..%2f..%2fetc%2fpasswd", 404),
        ("/data/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/data//etc/passwd", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
        ("//evil.example/", 404),
        ("/doc?iri=https://e.org/%3E%20%7D%20%23", 400),
        ("/doc?iri=https://e.org/%0a", 400),
        ("/doc?iri=javascript:alert(1)", 404),
    ],
)
def test_an_odd_target_gets_a_problem(send: Send, target: str, status: int) -> None:
    for accept in (None, BROWSER):
        response = send(target, accept)
        assert response.status == status
        assert b"Traceback" not in response.content
        assert b"<script" not in response.content
        assert not any(name.lower() == "x-injected" for name, _ in response.headers)


@pytest.mark.parametrize(
    "accept", ["a/b," * 10_000, '"' * 50_000, ";" * 50_000, "text/html;" + 'a="' * 20_000, ",".join(["*/*;q=0"] * 5000)]
)
def test_a_long_accept_header_is_answered(send: Send, accept: str) -> None:
    assert send("/doc/t-level/healthcare-science", accept).status in {200, 406}


@pytest.mark.parametrize("tag", ["", '"', "W/", "*" * 10_000, '"' * 10_001, "\u00e9"])
def test_an_odd_entity_tag_is_ignored(send: Send, tag: str) -> None:
    assert send("/doc/t-level/healthcare-science", if_none_match=tag).status in {200, 304}


def test_a_large_content_length_is_rejected(client: httpx.Client) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 10000000"
    assert send_bytes(client, f"{head}\r\n\r\n".encode()).startswith(b"HTTP/1.1 413 ")


def test_a_large_body_in_chunks_is_rejected(client: httpx.Client) -> None:
    chunks = (b" " * 100_000 for _ in range(Settings().body_bytes // 100_000 + 1))
    response = client.post("/sparql", content=chunks, headers={"content-type": "application/sparql-query"})
    assert response.status_code == 413
    assert response.json()["title"] == "Request Entity Too Large"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET http://elsewhere.example/def/level HTTP/1.1", b"200"),
        (b"GET http://elsewhere.example HTTP/1.1", b"200"),
        (b"GET HTTP://elsewhere.example?x=1 HTTP/1.1", b"200"),
        (b"OPTIONS * HTTP/1.1", b"204"),
        (b"GET /\xff HTTP/1.1", b"400"),
        (b"nonsense", b"400"),
    ],
)
def test_each_odd_request_line_has_its_status(client: httpx.Client, line: bytes, status: bytes) -> None:
    assert send_bytes(client, line + b"\r\nHost: x\r\nConnection: close\r\n\r\n").split()[1] == status


HOSTILE = """
@prefix : <https://data.example.org/id/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:a a :T ; rdfs:label "<script>alert(1)</script>" ; :link <javascript:alert(1)> ; :note "\\" onload=\\"x" , "x"@en-x-y .
<https://data.example.org/id/a#b'> rdfs:label "nothing" .
"""


def test_pages_escape_the_texts_of_the_data() -> None:
    site = site_from(HOSTILE)
    page = respond(site, Request.of("/doc/a.html")).content.decode()
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert ' onload="' not in page


PATHS = st.sampled_from(["/", "/id/", "/doc/", "/doc", "/id/a", "/doc/a", "/sparql", "/data/", "/def/", "/static/"])
NAMES = st.sampled_from(
    ["accept", "accept-encoding", "if-match", "if-none-match", "if-modified-since", "if-range", "range", "content-type"]
)
HEADERS = st.lists(st.tuples(NAMES, st.text(max_size=30)), max_size=4)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "X"])


@given(st.builds(str.__add__, PATHS, st.text(max_size=60)), st.text(max_size=40), HEADERS, METHODS)
@fuzz(400)
def test_any_request_gets_a_valid_response(
    small_site: Site, path: str, query: str, headers: list[tuple[str, str]], method: str
) -> None:
    response = respond(small_site, Request(method, path, query, tuple(headers), path.encode()))
    assert response.status < 500
    for name, value in response.headers:
        assert value.isprintable()
        assert (name + value).isascii()


@pytest.fixture(scope="module")
def small_site() -> Site:
    return site_from("<https://data.example.org/id/a> a <https://data.example.org/T> .")
