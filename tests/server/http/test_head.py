"""The checks of a request's head, and refusals."""

from __future__ import annotations

import json

import pytest

from tlevel_rdf.server.http.head import check_head, refusal
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
