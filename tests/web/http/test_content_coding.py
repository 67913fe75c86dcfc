"""Accept-Encoding (RFC 9110, section 12.5.3) as a table and against a plain reading, and responses in their codings."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

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
        # Among equals the server's order, and any coding before none.
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("identity, gzip", "gzip"),
        ("gzip;q=0.1", "gzip"),
        # Weights.
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
        # Nothing fits: what there is, as it is.
        ("gzip;q=0", "identity"),
        ("identity;q=0", "identity"),
        ("*;q=0", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("identity;q=0, deflate", "identity"),
        ("identity;q=0, zstd", "zstd"),
        # Members that cannot be understood are passed over.
        ("gzip;q=2, zstd", "zstd"),
        ("gzip;q=, zstd", "zstd"),
        ("gzip;q=-1, zstd", "zstd"),
        ("gzip;level=9, zstd", "zstd"),
        ("gzip br, zstd", "zstd"),
        (",,;, zstd ,", "zstd"),
        ('"br", zstd', "zstd"),
    ],
)
def test_preferred(accept_encoding: str | None, expected: str) -> None:
    assert select_coding(accept_encoding) == expected


CODINGS = st.sampled_from([*OFFERS, "identity", "*", "deflate"])
MEMBERS = st.lists(st.tuples(CODINGS, st.integers(0, 10)), max_size=6)


@given(MEMBERS)
@settings(derandomize=True)
def test_the_choice_is_the_one_of_a_plain_reading(members: list[tuple[str, int]]) -> None:
    """Against a second reading: each coding's own weight, else that of the asterisk, else none."""
    header = ", ".join(f"{name};q={tenths / 10}" for name, tenths in members)
    said: dict[str, int] = {}
    for name, tenths in members:
        said[name] = max(tenths, said.get(name, 0))
    weights = {offer: said.get(offer, said.get("*", 0)) for offer in OFFERS}
    best = max(weights.values())
    found = [offer for offer in OFFERS if weights[offer] == best]
    expected = found[0] if best > 0 and best >= said.get("identity", 0) else "identity"
    assert select_coding(header) == expected


@given(st.text(max_size=80) | st.text("gzipbrstd;q=01., *", max_size=60))
@settings(derandomize=True)
def test_no_header_is_too_odd(accept_encoding: str) -> None:
    assert select_coding(accept_encoding) in {*OFFERS, "identity"}


@pytest.mark.parametrize("header", ["gzip," * 100_000, ";" * 100_000, "a" * 100_000, "gzip;q=" + "0" * 100_000])
def test_a_huge_header_costs_little(header: str) -> None:
    assert select_coding(header) in {"gzip", "identity"}


def answer(body: bytes, content_type: str = "text/turtle; charset=utf-8", vary: str = "") -> Response:
    headers = (("content-type", content_type), ("etag", '"a"'), *([("vary", vary)] if vary else []))
    return Response(200, headers, body)


@given(st.binary(max_size=2000).map(lambda body: body * 2), st.sampled_from([*OFFERS, "identity"]))
@settings(derandomize=True)
def test_a_coding_is_undone_by_its_decoder(body: bytes, coding: str) -> None:
    response = encode_response(answer(body), coding)
    assert DECODERS[response.header("content-encoding") or "identity"](response.content) == body
    assert response.content == encode_response(answer(body), coding).content


@pytest.mark.parametrize(("vary", "expected"), [("", "Accept-Encoding"), ("Accept", "Accept, Accept-Encoding")])
@pytest.mark.parametrize("coding", [*OFFERS, "identity"])
def test_what_could_be_coded_says_so(vary: str, expected: str, coding: str) -> None:
    response = encode_response(answer(b"x" * 1000, vary=vary), coding)
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
def test_what_is_short_is_coded_for_who_takes_nothing_else(accept_encoding: str | None, expected: str | None) -> None:
    response = encode_response(answer(b"x" * (MIN_CODED_BYTES - 1)), accept_encoding)
    assert response.header("content-encoding") == expected
    assert response.header("vary") == "Accept-Encoding"


def test_each_coding_has_a_tag_of_its_own() -> None:
    tags = [encode_response(answer(b"x" * 1000), coding).header("etag") for coding in ("identity", *OFFERS)]
    assert tags == ['"a"', '"a-br"', '"a-zstd"', '"a-gzip"']


@pytest.mark.parametrize(
    "response",
    [
        answer(b"x" * 1000, "application/gzip"),
        answer(b"x" * 1000, "application/octet-stream"),
        answer(b"x" * 1000, "application/zip"),
        answer(b"x" * 1000, "image/png"),
        answer(b"x" * 1000).with_headers(("content-encoding", "gzip")),
        Response(200, (), b"x" * 1000),
        Response(204),
    ],
)
def test_what_stays_as_it_is(response: Response) -> None:
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
def test_text_is_compressible(content_type: str) -> None:
    assert is_compressible(content_type)


def test_a_file_is_coded_unless_it_is_long(tmp_path: Path) -> None:
    file = tmp_path / "x.nq"
    file.write_bytes(b"x" * 1000)
    of_file = Response(200, answer(b"").headers, file)
    assert DECODERS["br"](encode_response(of_file, "br").content) == b"x" * 1000
    assert encode_response(of_file, None).body == file
    with file.open("r+b") as long:
        long.truncate(MAX_CODED_FILE_BYTES + 1)
    assert encode_response(of_file, "br") is of_file
