"""Preconditions and ranges (RFC 9110, sections 13 and 14): tables of decisions, and simple implementations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.web.http.conditional_requests import evaluate_preconditions, parse_byte_range
from tlevel_rdf.web.http.messages import COMMON_HEADERS, Request, Response

if TYPE_CHECKING:
    from pathlib import Path

BODY = bytes(range(100))
DAY = "Sun, 22 Nov 2026 00:00:00 GMT"
BEFORE, AFTER = "Sat, 21 Nov 2026 23:59:59 GMT", "Mon, 23 Nov 2026 00:00:00 GMT"
WHOLE = Response(
    200,
    (
        ("content-type", "application/n-quads"),
        ("etag", '"a"'),
        ("last-modified", DAY),
        ("cache-control", "no-cache"),
        ("vary", "Accept, Accept-Encoding"),
        ("content-location", "/x.nq"),
        ("content-encoding", "br"),
        ("accept-ranges", "bytes"),
        ("link", '</>; rel="collection"'),
        ("content-length", "100"),
        *COMMON_HEADERS,
    ),
    BODY,
)


def get(headers: dict[str, str], response: Response = WHOLE, method: str = "GET") -> Response:
    return evaluate_preconditions(Request(method, "/x", "", tuple(headers.items())), response)


#: Request headers and the resulting status, in the order of the steps of section 13.2.2.
CONDITIONS = [
    ({}, 200),
    ({"if-match": '"a"'}, 200),
    ({"if-match": '"b", "a"'}, 200),
    ({"if-match": "*"}, 200),
    ({"if-match": '"b"'}, 412),
    ({"if-match": 'W/"a"'}, 412),
    ({"if-match": "a"}, 412),
    ({"if-match": ""}, 412),
    ({"if-match": '"b"', "if-none-match": '"a"'}, 412),
    ({"if-match": '"a"', "if-none-match": '"a"'}, 304),
    ({"if-match": '"a"', "if-unmodified-since": BEFORE}, 200),
    ({"if-unmodified-since": BEFORE}, 412),
    ({"if-unmodified-since": DAY}, 200),
    ({"if-unmodified-since": AFTER}, 200),
    ({"if-unmodified-since": "yesterday"}, 200),
    ({"if-unmodified-since": AFTER, "if-modified-since": DAY}, 304),
    ({"if-none-match": '"a"'}, 304),
    ({"if-none-match": 'W/"a"'}, 304),
    ({"if-none-match": '"b" , W/"a"'}, 304),
    ({"if-none-match": '"b,", "a"'}, 304),
    ({"if-none-match": "*"}, 304),
    ({"if-none-match": " * "}, 304),
    ({"if-none-match": '"*"'}, 200),
    ({"if-none-match": '"b", *'}, 200),
    ({"if-none-match": "a"}, 200),
    ({"if-none-match": '"A"'}, 200),
    ({"if-none-match": '"b"', "if-modified-since": DAY}, 200),
    ({"if-modified-since": DAY}, 304),
    ({"if-modified-since": AFTER}, 304),
    ({"if-modified-since": BEFORE}, 200),
    ({"if-modified-since": "Sunday, 22-Nov-26 00:00:00 GMT"}, 304),
    ({"if-modified-since": "Sun Nov 22 00:00:00 2026"}, 304),
    ({"if-modified-since": "1795305600"}, 200),
    ({"if-none-match": '"a"', "range": "bytes=0-1"}, 304),
    ({"if-match": '"b"', "range": "bytes=0-1"}, 412),
    ({"range": "bytes=0-1"}, 206),
    ({"range": "bytes=0-1", "if-match": '"a"'}, 206),
    ({"range": "bytes=0-1", "if-none-match": '"b"'}, 206),
    ({"range": "bytes=0-1", "if-range": '"a"'}, 206),
    ({"range": "bytes=0-1", "if-range": '"b"'}, 200),
    ({"range": "bytes=0-1", "if-range": 'W/"a"'}, 200),
    ({"range": "bytes=0-1", "if-range": DAY}, 206),
    ({"range": "bytes=0-1", "if-range": AFTER}, 200),
    ({"range": "bytes=0-1", "if-range": "*"}, 200),
    ({"range": "bytes=100-", "if-range": '"b"'}, 200),
    ({"range": "bytes=100-"}, 416),
    ({"if-range": '"b"'}, 200),
]


@pytest.mark.parametrize(("headers", "status"), CONDITIONS)
def test_preconditions_are_evaluated_in_order(headers: dict[str, str], status: int) -> None:
    assert get(headers).status == status
    assert get({name.title(): value for name, value in headers.items()}).status == status


@pytest.mark.parametrize(("headers", "status"), CONDITIONS)
def test_a_response_to_head_has_the_headers_of_get_without_a_range(headers: dict[str, str], status: int) -> None:
    whole = {name: value for name, value in headers.items() if name != "range"}
    expected, head = get(whole), get(headers, method="HEAD")
    assert (head.status, head.headers, head.content) == (expected.status, expected.headers, b"")


@pytest.mark.parametrize("headers", [headers for headers, _ in CONDITIONS])
@pytest.mark.parametrize("status", [204, 303, 400, 404, 406, 410, 500, 503])
def test_only_a_200_response_has_preconditions(headers: dict[str, str], status: int) -> None:
    response = Response(status, WHOLE.headers, b"x")
    assert get(headers, response) is response


@pytest.mark.parametrize("headers", [headers for headers, _ in CONDITIONS])
@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
def test_other_methods_have_no_preconditions(headers: dict[str, str], method: str) -> None:
    assert get(headers, method=method) is WHOLE


@pytest.mark.parametrize("headers", [headers for headers, _ in CONDITIONS])
def test_a_response_without_an_entity_tag_has_no_preconditions(headers: dict[str, str]) -> None:
    untagged = Response(200, tuple(h for h in WHOLE.headers if h[0] != "etag"), BODY)
    assert get(headers, untagged) is untagged


def test_without_last_modified_a_date_has_no_effect() -> None:
    undated = Response(200, tuple(h for h in WHOLE.headers if h[0] != "last-modified"), BODY)
    assert get({"if-modified-since": AFTER}, undated) is undated
    assert get({"if-unmodified-since": BEFORE}, undated) is undated
    assert get({"range": "bytes=0-1", "if-range": DAY}, undated).status == 200


def test_a_304_response_has_only_the_headers_that_caches_need() -> None:
    response = get({"if-none-match": '"a"'})
    names = {name for name, _ in response.headers}
    always = {name for name, _ in COMMON_HEADERS}
    assert names - always == {"etag", "vary", "cache-control", "content-location", "last-modified"}
    assert always <= names
    assert response.content == b""


@pytest.mark.parametrize(
    ("headers", "status"), [({"if-match": '"b"'}, 412), ({"range": "bytes=100-"}, 416), ({"range": "bytes=-0"}, 416)]
)
def test_412_and_416_responses_are_problems(headers: dict[str, str], status: int) -> None:
    response = get(headers)
    problem = json.loads(response.content)
    assert (response.status, problem["status"], problem["type"]) == (status, status, "about:blank")
    assert response.header("content-type") == "application/problem+json"
    assert response.header("content-length") == str(len(response.content))
    assert response.header("content-range") == ("bytes */100" if status == 416 else None)
    assert response.header("content-encoding") is None
    assert response.header("etag") is None
    assert response.header("access-control-allow-origin") == "*"


#: A Range header for 100 bytes, and the span of the response; None for the complete representation.
RANGES = [
    ("bytes=0-0", (0, 1)),
    ("bytes=0-99", (0, 100)),
    ("bytes=0-", (0, 100)),
    ("bytes=10-19", (10, 20)),
    ("bytes=99-", (99, 100)),
    ("bytes=50-1000", (50, 100)),
    ("bytes=50-" + "9" * 5000, (50, 100)),
    ("bytes=000-0001", (0, 2)),
    ("bytes=-1", (99, 100)),
    ("bytes=-1000", (0, 100)),
    ("BYTES=0-1", (0, 2)),
    ("bytes= 0-1", (0, 2)),
    ("bytes=,0-1 ,", (0, 2)),
    ("bytes=5-4", None),
    ("bytes=0-1,5-6", None),
    ("bytes=0-1,200-", None),
    ("bytes=-", None),
    ("bytes=", None),
    ("bytes", None),
    ("bytes=a-b", None),
    ("bytes=0x1-2", None),
    ("bytes=1.0-2", None),
    ("bytes=+1-2", None),
    ("bytes=0 -1", None),
    ("bytes=\u0661-\u0662", None),
    ("seconds=0-1", None),
    ("0-1", None),
    ("", None),
]


@pytest.mark.parametrize(("header", "span"), RANGES)
def test_a_single_range_selects_a_part(header: str, span: tuple[int, int] | None) -> None:
    response = get({"range": header})
    if span is None:
        assert response is WHOLE
        return
    first, end = span
    assert (response.status, response.content) == (206, BODY[first:end])
    assert response.header("content-range") == f"bytes {first}-{end - 1}/100"
    assert response.header("content-length") == str(end - first)
    for name in ("etag", "content-type", "content-encoding", "vary", "last-modified"):
        assert response.header(name) == WHOLE.header(name)


@pytest.mark.parametrize(("header", "span"), RANGES)
def test_a_part_of_a_file_stays_in_the_file(tmp_path: Path, header: str, span: tuple[int, int] | None) -> None:
    file = tmp_path / "x"
    file.write_bytes(BODY)
    response = get({"range": header}, Response(200, WHOLE.headers, file))
    assert (response.body, response.span) == (file, span)
    assert response.content == BODY[slice(*span) if span else slice(None)]
    assert response.length == len(response.content) == int(response.header("content-length") or "")


@pytest.mark.parametrize("header", [header for header, _ in RANGES])
def test_a_response_without_accept_ranges_is_sent_complete(header: str) -> None:
    plain = Response(200, tuple(h for h in WHOLE.headers if h[0] != "accept-ranges"), BODY)
    assert get({"range": header}, plain) is plain


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-5", "bytes=7-"])
def test_no_range_of_an_empty_representation_is_satisfiable(header: str) -> None:
    empty = Response(200, WHOLE.headers, b"").with_headers(("content-length", "0"))
    assert get({"range": header}, empty).header("content-range") == "bytes */0"
    assert get({"range": "bytes=-5"}, empty) is empty


NUMBERS = st.one_of(st.none(), st.integers(0, 40))


@given(NUMBERS, NUMBERS, st.integers(0, 30))
@fuzz(100)
def test_the_span_equals_that_of_a_simple_implementation(first: int | None, last: int | None, length: int) -> None:
    """It selects positions from a list."""
    header = f"bytes={'' if first is None else first}-{'' if last is None else last}"
    positions = list(range(length))
    if first is None:
        named = positions[length - min(last or 0, length) :] if last is not None else []
    else:
        named = [position for position in positions if position >= first and (last is None or position <= last)]
    span = parse_byte_range(header, length)
    if (first is None and (last is None or not length)) or (first is not None and last is not None and last < first):
        assert span is None
    else:
        assert span is not None
        assert positions[slice(*span)] == named
        assert (span[0] < span[1]) == bool(named)


@given(st.text(max_size=40) | st.text("bytes=0123456789-, \t", max_size=30), st.integers(0, 10**12))
@fuzz(100)
def test_any_text_is_a_valid_range_header(header: str, length: int) -> None:
    span = parse_byte_range(header, length)
    assert span is None or span[0] >= span[1] or 0 <= span[0] < span[1] <= length


DATES = st.text(max_size=40) | st.lists(
    st.sampled_from(
        ["Sun", ",", " ", "22", "Nov", "2026", "0", "99999", ":", "GMT", "+", "-0000", "2400", "9" * 30, "("]
    ),
    max_size=14,
).map("".join)


@given(DATES, st.text('W/"a*, ', max_size=12))
@fuzz(500)
def test_any_text_is_a_valid_precondition(date: str, tags: str) -> None:
    for name in ("if-modified-since", "if-unmodified-since"):
        assert get({name: date}).status in {200, 304, 412}
    for name in ("if-match", "if-none-match"):
        assert get({name: tags}).status in {200, 304, 412}
    assert get({"range": "bytes=0-1", "if-range": date}).status in {200, 206}
