"""Requests and responses as values."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.web.http.messages import Request, Response, http_date

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/a", "/a", ""),
        ("/é/ŵ", "/%C3%A9/%C5%B5", ""),
        ("/%C3%A9", "/%C3%A9", ""),
        ("/a b?x=1?y", "/a%20b", "x=1?y"),
        ("/a?", "/a", ""),
    ],
)
def test_a_target_is_split_and_its_path_escaped(target: str, path: str, query: str) -> None:
    request = Request.of(target, method="HEAD", accept="a/b")
    assert (request.method, request.path, request.query) == ("HEAD", path, query)
    assert request.headers == (("accept", "a/b"),)
    assert Request.of(target).headers == ()


def test_header_names_have_no_case_and_values_are_joined() -> None:
    request = Request("GET", "/", "", (("Accept", "a/b"), ("accept", "c/d"), ("x", "y")))
    assert request.header("accept") == "a/b, c/d"
    assert request.header("range") is None


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/a", "b=%zz", True),
        ("/%C3%A9", "", True),
        ("/%ff", "", True),
        ("a", "", False),
        ("/%zz", "", False),
        ("/%", "", False),
        ("/%00", "", False),
        ("/a%0d%0a", "", False),
        ("/\x7f", "", False),
        ("/a", "b=\n", False),
    ],
)
def test_a_target_without_broken_escapes_and_control_characters_is_well_formed(
    path: str,
    query: str,
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert Request("GET", path, query).is_well_formed is expected


def test_new_headers_replace_those_of_the_same_name() -> None:
    response = Response(200, (("a", "1"), ("b", "2"), ("a", "3")), b"x")
    assert response.header("a") == "1, 3"
    changed = response.with_headers(("a", "4"), ("c", "5"))
    assert changed.headers == (("b", "2"), ("a", "4"), ("c", "5"))
    assert (changed.status, changed.body) == (200, b"x")


@pytest.mark.parametrize(("span", "content"), [(None, b"0123456789"), ((2, 5), b"234"), ((9, 10), b"9")])
def test_a_response_reads_its_file_only_for_its_content(
    tmp_path: Path, span: tuple[int, int] | None, content: bytes
) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"0123456789")
    response = Response(200, (), file, span)
    assert (response.content, response.length) == (content, len(content))
    assert pickle.loads(pickle.dumps(response)) == response  # noqa: S301 - pickled here


def test_an_http_date_is_in_gmt() -> None:
    assert http_date(dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)) == "Wed, 04 Mar 2026 05:06:07 GMT"
    assert http_date(dt.date(2026, 11, 22)) == "Sun, 22 Nov 2026 00:00:00 GMT"


def test_a_body_of_bytes_is_sent_complete_after_its_head() -> None:
    response = Response(200, (("a", "1"), ("b", "é")), b"body")
    assert (response.content, response.length) == (b"body", 4)
    assert response.head == b"a: 1\r\nb: \xe9\r\n"
