"""Accept-Encoding (RFC 9110, section 12.5.3): a table of decisions, a simple implementation, and coded responses."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.limits import MAX_CODED_FILE_BYTES, MIN_CODED_BYTES
from tlevel_rdf.web.http.content_coding import encode_response, is_compressible, select_coding
from tlevel_rdf.web.http.messages import Response

if TYPE_CHECKING:
    from pathlib import Path

OFFERS = ("br", "zstd", "gzip")
DECODERS = {
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    "gzip": gzip.decompress,
    "identity": bytes,
}


@pytest.mark.parametrize(
    ("accept_encoding", "expected"),
    [
        (None, "identity"),
        ("", "identity"),
        (" ", "identity"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("br", "br"),
        ("zstd", "zstd"),
        ("deflate, compress", "identity"),
        ("*", "br"),
        # Among equals, the server's order decides, and any coding wins over identity.
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("identity, gzip", "gzip"),
        ("gzip;q=0.1", "gzip"),
        # Quality values.
        ("br;q=0.5, gzip", "gzip"),
        ("gzip;q=0.5, identity", "identity"),
        ("gzip;q=0.5, identity;q=0.4", "gzip"),
        ("gzip;q=0.2, *;q=0.8", "br"),
        ("br;q=0, *", "zstd"),
        ("br;q=0, zstd;q=0, gzip;q=0, *", "identity"),
        ("*;q=0, gzip", "gzip"),
        ("gzip ; q=0.5 , br ; Q=0.4", "gzip"),
        ("gzip;q=0.1, gzip;q=0.9, br;q=0.5", "gzip"),
        ("x-gzip;q=0, br;q=0.001", "br"),
        # If nothing is acceptable, the response has no coding.
        ("gzip;q=0", "identity"),
        ("identity;q=0", "identity"),
        ("*;q=0", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("identity;q=0, deflate", "identity"),
        ("identity;q=0, zstd", "zstd"),
        # Invalid members are skipped.
        ("gzip;q=2, zstd", "zstd"),
        ("gzip;q=, zstd", "zstd"),
        ("gzip;q=-1, zstd", "zstd"),
        ("gzip;level=9, zstd", "zstd"),
        ("gzip br, zstd", "zstd"),
        (",,;, zstd ,", "zstd"),
        ('"br", zstd', "zstd"),
    ],
)
def test_the_coding_for_a_client(accept_encoding: str | None, expected: str) -> None:
    assert select_coding(accept_encoding) == expected


CODINGS = st.sampled_from([*OFFERS, "identity", "*", "deflate"])
MEMBERS = st.lists(st.tuples(CODINGS, st.integers(0, 10)), max_size=6)


@given(MEMBERS)
@fuzz(100)
def test_the_coding_equals_that_of_a_simple_implementation(members: list[tuple[str, int]]) -> None:
    """In it, a coding has its own quality value, else that of `*`, else 0."""
    header = ", ".join(f"{name};q={tenths / 10}" for name, tenths in members)
    stated: dict[str, int] = {}
    for name, tenths in members:
        stated[name] = max(tenths, stated.get(name, 0))
    qualities = {offer: stated.get(offer, stated.get("*", 0)) for offer in OFFERS}
    best = max(qualities.values())
    first = next(offer for offer in OFFERS if qualities[offer] == best)
    expected = first if best > 0 and best >= stated.get("identity", 0) else "identity"
    assert select_coding(header) == expected


@given(st.text(max_size=80) | st.text("gzipbrstd;q=01., *", max_size=60))
@fuzz(100)
def test_any_text_is_a_valid_header(accept_encoding: str) -> None:
    assert select_coding(accept_encoding) in {*OFFERS, "identity"}


@pytest.mark.parametrize("header", ["gzip," * 100_000, ";" * 100_000, "a" * 100_000, "gzip;q=" + "0" * 100_000])
def test_a_long_header_is_read_in_linear_time(header: str) -> None:
    assert select_coding(header) in {"gzip", "identity"}


def response_with(body: bytes, content_type: str = "text/turtle; charset=utf-8", vary: str = "") -> Response:
    headers = (("content-type", content_type), ("etag", '"a"'), *([("vary", vary)] if vary else []))
    return Response(200, headers, body)


@given(st.binary(max_size=2000).map(lambda body: body * 2), st.sampled_from([*OFFERS, "identity"]))
@fuzz(100)
def test_a_decoder_restores_the_body(body: bytes, coding: str) -> None:
    response = encode_response(response_with(body), coding)
    assert DECODERS[response.header("content-encoding") or "identity"](response.content) == body
    assert response.content == encode_response(response_with(body), coding).content


@pytest.mark.parametrize(("vary", "expected"), [("", "Accept-Encoding"), ("Accept", "Accept, Accept-Encoding")])
@pytest.mark.parametrize("coding", [*OFFERS, "identity"])
def test_a_compressible_response_varies_by_accept_encoding(vary: str, expected: str, coding: str) -> None:
    response = encode_response(response_with(b"x" * 1000, vary=vary), coding)
    assert [value for name, value in response.headers if name == "vary"] == [expected]
    assert response.header("content-encoding") == (None if coding == "identity" else coding)


@pytest.mark.parametrize(
    ("accept_encoding", "expected"),
    [
        (None, None),
        ("gzip, br", None),
        ("gzip, *", None),
        ("gzip, identity;q=0.001", None),
        ("gzip, identity;q=0", "gzip"),
        ("gzip, *;q=0", "gzip"),
        ("*, identity;q=0", "br"),
        ("identity;q=0", None),
    ],
)
def test_a_short_response_is_coded_only_without_identity(accept_encoding: str | None, expected: str | None) -> None:
    response = encode_response(response_with(b"x" * (MIN_CODED_BYTES - 1)), accept_encoding)
    assert response.header("content-encoding") == expected
    assert response.header("vary") == "Accept-Encoding"


def test_each_coding_has_its_own_entity_tag() -> None:
    tags = [encode_response(response_with(b"x" * 1000), coding).header("etag") for coding in ("identity", *OFFERS)]
    assert tags == ['"a"', '"a-br"', '"a-zstd"', '"a-gzip"']


@pytest.mark.parametrize(
    "response",
    [
        response_with(b"x" * 1000, "application/gzip"),
        response_with(b"x" * 1000, "application/octet-stream"),
        response_with(b"x" * 1000, "application/zip"),
        response_with(b"x" * 1000, "image/png"),
        response_with(b"x" * 1000).with_headers(("content-encoding", "gzip")),
        Response(200, (), b"x" * 1000),
        Response(204),
    ],
)
def test_other_responses_are_not_coded(response: Response) -> None:
    assert encode_response(response, "br") is response


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html; charset=utf-8",
        "application/json",
        "application/ld+json",
        "application/sparql-results+xml",
        "application/rdf+xml",
        "application/n-triples",
        "application/n-quads",
        "application/trig",
        "application/csvm+json",
        "application/problem+json",
        "application/linkset+json",
        "Application/JSON",
    ],
)
def test_text_types_are_compressible(content_type: str) -> None:
    assert is_compressible(content_type)


def test_a_file_is_coded_unless_it_is_large(tmp_path: Path) -> None:
    file = tmp_path / "x.nq"
    file.write_bytes(b"x" * 1000)
    of_file = Response(200, response_with(b"").headers, file)
    assert DECODERS["br"](encode_response(of_file, "br").content) == b"x" * 1000
    assert encode_response(of_file, None).body == file
    with file.open("r+b") as long:
        long.truncate(MAX_CODED_FILE_BYTES + 1)
    assert encode_response(of_file, "br") is of_file
