"""Content codings, preconditions and ranges together, at every kind of route, by a function call and over a socket."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from tests.web.conftest import BROWSER
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

THING = "/doc/t-level/healthcare-science"
SELECT = "/sparql?query=SELECT%20%3Fs%20%7B%3Fs%20a%20%3Ft%7D%20LIMIT%202"
ASK = "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D"
CONSTRUCT = "/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20a%20%3Ft%7D%20LIMIT%202"
DECODERS = {
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    "gzip": gzip.decompress,
    "": bytes,
}

#: Responses that are sent in a content coding, and responses that are not.
CODED = [THING, f"{THING}.html", "/def/level", "/static/site.css", "/sparql", f"{CONSTRUCT}0", "/"]
PLAIN = ["/data/all.nq", "/data/SHA256SUMS", ASK, "/id/t-level/healthcare-science"]


@pytest.mark.parametrize("target", CODED)
@pytest.mark.parametrize("coding", ["br", "zstd", "gzip", None, "identity", "deflate", "*;q=0"])
def test_each_coding_has_its_own_validators(send: Send, target: str, coding: str | None) -> None:
    plain = send(target)
    response = send(target, accept_encoding=coding) if coding else plain
    used = coding if coding in DECODERS else None
    assert response.header("content-encoding") == used
    assert DECODERS[used or ""](response.content) == plain.content
    assert "Accept-Encoding" in (response.header("vary") or "")
    assert response.header("content-length") == str(len(response.content))
    assert (response.header("etag") == plain.header("etag")) == (used is None)
    headers = {"accept_encoding": coding} if coding else {}
    head = send(target, method="HEAD", **headers)
    assert (head.status, head.headers, head.content) == (200, response.headers, b"")
    again = send(target, if_none_match=response.header("etag") or "", **headers)
    assert (again.status, again.header("etag"), again.header("vary")) == (
        304,
        response.header("etag"),
        response.header("vary"),
    )
    assert again.header("content-encoding") is again.header("content-type") is again.header("content-length") is None


@pytest.mark.parametrize("target", PLAIN)
def test_short_and_compressed_responses_are_not_coded(send: Send, target: str) -> None:
    response = send(target, accept_encoding="br, gzip")
    assert response.header("content-encoding") is None
    # A compressible response is coded for a client that does not accept identity.
    other = send(target, accept_encoding="br, identity;q=0")
    assert (other.header("content-encoding") == "br") == ("Accept-Encoding" in (response.header("vary") or ""))


@pytest.mark.parametrize("target", ["/doc/none", "/sparql?query=SELECT"])
def test_the_page_of_a_problem_can_be_coded(send: Send, target: str) -> None:
    response = send(target, BROWSER, accept_encoding="gzip")
    assert (response.status in {400, 404}, response.header("content-encoding")) == (True, "gzip")
    assert b"<h1>" in DECODERS["gzip"](response.content)


TAG = {"if_none_match": "*"}
STALE = {"if_match": '"other"'}
PART = {"range": "bytes=0-2"}
#: Method, target, headers and status.
DECISIONS = [
    ("GET", THING, TAG, 304),
    ("HEAD", THING, TAG, 304),
    ("GET", THING, STALE, 412),
    ("HEAD", THING, STALE, 412),
    ("GET", THING, PART, 200),
    ("GET", THING, TAG | PART, 304),
    ("GET", "/doc/none", TAG, 404),
    ("GET", "/doc/none", STALE, 404),
    ("GET", "/id/t-level/healthcare-science", TAG, 303),
    ("GET", "/id/t-level/healthcare-science", STALE, 303),
    ("GET", SELECT, TAG, 304),
    ("GET", SELECT, STALE, 412),
    ("GET", SELECT, PART, 200),
    ("POST", SELECT, TAG, 415),
    ("OPTIONS", THING, TAG | STALE | PART, 204),
    ("PUT", THING, STALE, 405),
    ("GET", "/data/all.nq", TAG, 304),
    ("GET", "/data/all.nq", STALE, 412),
    ("GET", "/data/all.nq", PART, 206),
    ("HEAD", "/data/all.nq", PART, 200),
    ("GET", "/data/all.nq", PART | {"if_range": '"other"'}, 200),
    ("GET", "/data/all.nq", PART | {"if_range": "Sun, 22 Nov 2026 00:00:00 GMT"}, 206),
    ("GET", "/data/all.nq", {"range": "bytes=0-1,4-5"}, 200),
    ("GET", "/data/all.nq", {"range": "bytes=1000-"}, 416),
    ("GET", "/data/all.nq", {"range": "lines=0-1"}, 200),
    ("GET", "/data/none.nq", PART, 404),
    ("GET", "/static/site.css", PART, 200),
    ("GET", "/def/level", STALE, 412),
    ("GET", "/", TAG, 304),
]


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("accept_encoding", ["gzip", "identity"])
def test_preconditions_and_ranges_have_their_status_at_every_route(
    send: Send, decision: tuple[str, str, dict[str, str], int], accept_encoding: str
) -> None:
    method, target, headers, status = decision
    response = send(target, method=method, accept_encoding=accept_encoding, **headers)
    assert response.status == status
    assert response.header("access-control-allow-origin") == "*"
    if method == "HEAD" or status in {204, 304}:
        assert response.content == b""
    else:
        assert response.header("content-length") == str(len(response.content))


def test_the_parts_of_a_dump_make_up_the_dump(send: Send) -> None:
    whole = send("/data/all.nq")
    assert whole.header("accept-ranges") == "bytes"
    length = len(whole.content)
    parts = [
        send("/data/all.nq", range=f"bytes={at}-{at + 4}", if_range=whole.header("etag") or "")
        for at in range(0, length, 5)
    ]
    assert {part.status for part in parts} == {206}
    assert b"".join(part.content for part in parts) == whole.content
    assert parts[-1].header("content-range") == f"bytes {(length - 1) // 5 * 5}-{length - 1}/{length}"
    assert send("/data/all.nq", range="bytes=-3").content == whole.content[-3:]
    assert send("/data/all.nq", range="bytes=99999-").header("content-range") == f"bytes */{length}"


def test_the_parts_of_a_coded_dump_make_up_the_coded_dump(tmp_path: Path, site: Site) -> None:
    file = tmp_path / "big.nt"
    file.write_text("".join(f"<x:{number}> <x:p> <x:o> .\n" for number in range(200)), encoding="utf-8")
    dumps = replace(site, files={"big.nt": file})

    def get(*headers: tuple[str, str]) -> Response:
        return respond(dumps, Request("GET", "/data/big.nt", "", (("accept-encoding", "gzip"), *headers)))

    whole, length = get(), len(get().content)
    head, tail = get(("range", "bytes=0-99")), get(("range", f"bytes=100-{length}"))
    assert head.header("content-encoding") == tail.header("content-encoding") == "gzip"
    assert head.header("etag") == whole.header("etag")
    assert gzip.decompress(head.content + tail.content) == file.read_bytes()
