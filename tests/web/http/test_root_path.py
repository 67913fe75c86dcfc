"""Links of a mounted site."""

from __future__ import annotations

import pytest

from tlevel_rdf.errors import SettingError
from tlevel_rdf.web.http.messages import Response
from tlevel_rdf.web.http.root_path import add_root_path, read_root_path


@pytest.mark.parametrize(
    ("content_type", "before", "after"),
    [
        ("text/html; charset=utf-8", b'<a href="/doc/x">', b'<a href="/a%20b/doc/x">'),
        (
            "text/html; charset=utf-8",
            b'<form method="get" action="/sparql">',
            b'<form method="get" action="/a%20b/sparql">',
        ),
        ("text/html; charset=utf-8", b'<a href="//e.org/">', b'<a href="//e.org/">'),
        ("text/html; charset=utf-8", b'<a href="https://e.org/doc/x">', b'<a href="https://e.org/doc/x">'),
        ("text/html; charset=utf-8", b"<p>href=&#34;/doc/x", b"<p>href=&#34;/doc/x"),
        ("text/html; charset=utf-8", b'<a data-xhref="/doc/x">', b'<a data-xhref="/doc/x">'),
        ("application/problem+json", b'{"href": "/doc/x.ttl"}', b'{"href": "/a%20b/doc/x.ttl"}'),
        ("application/json", b'{"url": "/"}', b'{"url": "/a%20b/"}'),
        ("application/json", rb'{"text": "\"url\": \"/\""}', rb'{"text": "\"url\": \"/\""}'),
        ("text/turtle; charset=utf-8", b'<x:a> <x:b> "href=\\"/doc/x" .', b'<x:a> <x:b> "href=\\"/doc/x" .'),
    ],
)
def test_links_in_a_body_begin_with_the_root_path(content_type: str, before: bytes, after: bytes) -> None:
    response = Response(200, (("content-type", content_type),), before)
    assert add_root_path(response, "/a%20b").body == after


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("location", "/doc/x", "/p/doc/x"),
        ("location", "https://e.org/", "https://e.org/"),
        ("content-location", "/doc/x.ttl", "/p/doc/x.ttl"),
        (
            "link",
            '</doc/x>; rel="a", <https://e.org/x>; rel="b"',
            '</p/doc/x>; rel="a", <https://e.org/x>; rel="b"',
        ),
        ("allow", "/x", "/x"),
    ],
)
def test_paths_in_headers_begin_with_the_root_path(name: str, before: str, after: str) -> None:
    assert add_root_path(Response(200, ((name, before),)), "/p").headers == ((name, after),)


@pytest.mark.parametrize("path", ["/a//b/", "/../", "/a/%2e/", '/a"b', "/a?b", "/%zz/"])
def test_a_path_that_no_site_can_have_is_refused(path: str) -> None:
    if path in {'/a"b', "/a?b"}:
        assert read_root_path(path) in {"/a%22b", "/a%3Fb"}
    else:
        with pytest.raises(SettingError, match="no site can be at the path"):
            read_root_path(path)
