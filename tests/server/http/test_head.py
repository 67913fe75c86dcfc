"""The checks of a request's head, and refusals."""

from __future__ import annotations

import json

import pytest

from tlevel_rdf.server.http.head import check_head, is_request_line, refusal, target_with_path
from tlevel_rdf.web.http.problems import ProblemError

HOST = (b"host", b"x")


@pytest.mark.parametrize(
    ("version", "method", "headers", "status"),
    [
        ("2.0", b"GET", [HOST], 505),
        ("1.1", b"GET", [], 400),
        ("1.1", b"GET", [HOST, HOST], 400),
        ("1.1", b"GET", [(b"host", b"a b")], 400),
        ("1.1", b"CONNECT", [HOST], 501),
        ("1.1", b"POST", [HOST, (b"transfer-encoding", b"gzip, chunked")], 501),
        ("1.1", b"POST", [HOST, (b"transfer-encoding", b"gzip")], 400),
    ],
)
def test_a_faulty_head_is_refused(version: str, method: bytes, headers: list[tuple[bytes, bytes]], status: int) -> None:
    with pytest.raises(ProblemError) as error:
        check_head(version, method, headers)
    problem = error.value.problem
    assert problem.status == status
    head, _, body = refusal(problem).partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert f"content-length: {len(body)}".encode() in head
    assert json.loads(body)["status"] == status


def test_a_head_states_the_length_of_the_body() -> None:
    assert check_head("1.1", b"GET", [HOST]) == 0
    assert check_head("1.0", b"GET", []) == 0
    assert check_head("1.1", b"POST", [HOST, (b"content-length", b"0007")]) == 7
    assert check_head("1.1", b"POST", [HOST, (b"transfer-encoding", b"Chunked")]) is None


@pytest.mark.parametrize(
    ("part", "is_one"),
    [
        (b"BREW /a HTTP/1.1\r\n", True),
        (b"get /a HTTP/1.0\n", True),
        (b"/a HTTP/1.1\r\n", False),
        (b"GET /a\r\n", False),
    ],
)
def test_a_request_line_has_a_method_a_target_and_a_version(part: bytes, *, is_one: bool) -> None:
    assert is_request_line(part) is is_one


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (b"HTTP://e.org", b"HTTP://e.org/"),
        (b"https://e.org:80?a\nb", b"https://e.org:80/?a\nb"),
        (b"http://e.org/a?b", b"http://e.org/a?b"),
        (b"*", b"*"),
    ],
)
def test_only_an_absolute_target_without_a_path_gets_a_slash(target: bytes, expected: bytes) -> None:
    assert target_with_path(target) == expected
