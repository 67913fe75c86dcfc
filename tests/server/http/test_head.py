"""The checks of a request's head, and refusals."""

from __future__ import annotations

import json

import pytest

from tlevel_rdf.server.http.head import problem_of_head, refusal

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
def test_a_faulty_head_has_a_problem(
    version: str, method: bytes, headers: list[tuple[bytes, bytes]], status: int
) -> None:
    problem = problem_of_head(version, method, headers)
    assert problem is not None
    assert problem.status == status
    head, _, body = refusal(problem).partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert f"content-length: {len(body)}".encode() in head
    assert json.loads(body)["status"] == status


def test_a_usual_head_has_none() -> None:
    assert problem_of_head("1.1", b"GET", [HOST]) is None
    assert problem_of_head("1.0", b"GET", []) is None
    assert problem_of_head("1.1", b"POST", [HOST, (b"transfer-encoding", b"Chunked")]) is None
