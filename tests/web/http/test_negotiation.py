"""Content negotiation (RFC 9110, section 12.5.1): a table of decisions, and properties of all headers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.web.http.media_types import (
    CSV,
    GRAPHS,
    HTML,
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    ROWS,
    THING,
    TURTLE,
    MediaType,
)
from tlevel_rdf.web.http.negotiation import (
    MediaRange,
    acceptable_offers,
    best_match,
    parse_media_ranges,
    parse_quality,
    split_list,
)

PROFILE = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, TURTLE),
        ("", TURTLE),
        ("*/*", TURTLE),
        ("text/html", HTML),
        ("TEXT/HTML", HTML),
        ("text/*", TURTLE),
        ("application/*", JSON_LD),
        # The highest quality value wins, then the server's order.
        ("text/html, text/turtle", TURTLE),
        ("text/turtle;q=0.9, text/html", HTML),
        ("text/html;q=0.5,application/rdf+xml;q=0.6", RDF_XML),
        ("text/html;Q=0.1, application/n-triples;q=0.2", N_TRIPLES),
        ("text/html ; q=0.1 , application/n-triples ; q=0.2", N_TRIPLES),
        # The most specific range gives a media type its quality value, in any order.
        ("*/*, text/turtle;q=0", JSON_LD),
        ("text/turtle;q=0, */*", JSON_LD),
        ("text/*;q=0.1, text/html;q=0.9, */*;q=0.5", HTML),
        ("text/turtle;q=0.3, text/*;q=0.5, */*;q=0.4", HTML),
        # No offer is acceptable.
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/*;q=0, application/*;q=0.0", None),
        # Parameters.
        (PROFILE, JSON_LD),
        ('application/ld+json;profile="a,b;q=0"', JSON_LD),
        ("application/ld+json;profile=x;q=0, application/ld+json", JSON_LD),
        ("text/turtle;charset=utf-8", TURTLE),
        ("text/turtle;charset=UTF-8;q=0.1, text/html;q=0.5", HTML),
        ("text/turtle;version=1.2, text/html;q=0.9", TURTLE),
        ("text/turtle;version=1.2, text/turtle;q=0.1, text/html;q=0.9", HTML),
        # Invalid members are skipped, and valid ones still apply.
        ("text/html;q=2, text/turtle;q=0.1", TURTLE),
        ("text/html;q=-1, application/rdf+xml", RDF_XML),
        ("text/html;q=, application/rdf+xml", RDF_XML),
        ("*/html, application/rdf+xml", RDF_XML),
        ("te*/html, application/rdf+xml", RDF_XML),
        ("html, application/rdf+xml", RDF_XML),
        (",,, application/rdf+xml ,,", RDF_XML),
        ("text/html; charset, application/rdf+xml", RDF_XML),
        ('application/ld+json;profile="never closed', TURTLE),
        ("*; q=.2", TURTLE),
        ("text/html, image/gif, *; q=.2, */*; q=.2", HTML),
        ("/", TURTLE),
        # Browsers.
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
    ],
)
def test_the_best_offer_for_a_thing(accept: str | None, expected: MediaType | None) -> None:
    assert best_match(accept, THING) is expected


@pytest.mark.parametrize(("accept", "expected"), [("application/json", "application/json"), ("text/xml", None)])
def test_the_best_offer_for_rows(accept: str, expected: str | None) -> None:
    best = best_match(accept, ROWS)
    assert (best.name if best else None) == expected


_TYPES = st.sampled_from([offer.name for offer in (*ROWS, *GRAPHS)])
_RANGES = st.one_of(_TYPES, _TYPES.map(lambda name: f"{name.split('/')[0]}/*"), st.just("*/*"))
_QUALITIES = st.integers(0, 1000).map(lambda thousandths: f"{thousandths / 1000:.3f}")
_MEMBERS = st.tuples(_RANGES, _QUALITIES)


@given(st.text(max_size=200) | st.text('*/;,="q. a\\\t', max_size=60))
@fuzz(100)
def test_any_text_is_a_valid_argument(accept: str) -> None:
    assert best_match(accept, THING) in {*THING, None}


@given(st.lists(_MEMBERS, min_size=1, max_size=8))
@fuzz(100)
def test_the_result_equals_that_of_a_simple_implementation(members: list[tuple[str, str]]) -> None:
    """In it, the most specific range that matches an offer gives its quality value."""
    accept = ", ".join(f"{name};q={quality}" for name, quality in members)

    def quality(offer: MediaType) -> float:
        main = offer.name.split("/")[0]
        for media_range in (offer.name, f"{main}/*", "*/*"):
            if qualities := [float(q) for name, q in members if name == media_range]:
                return max(qualities)
        return 0.0

    best = max(map(quality, THING))
    expected = next((offer for offer in THING if quality(offer) == best), None) if best else None
    assert best_match(accept, THING) is expected


@given(st.lists(_MEMBERS, min_size=1, max_size=6).flatmap(lambda m: st.tuples(st.just(m), st.permutations(m))))
@fuzz(100)
def test_the_order_of_members_has_no_effect(both: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
    one, other = (", ".join(f"{name};q={quality}" for name, quality in members) for members in both)
    assert best_match(one, THING) is best_match(other, THING)


@given(st.lists(_MEMBERS, min_size=1, max_size=6))
@fuzz(100)
def test_the_next_best_offer_is_the_best_without_the_best(members: list[tuple[str, str]]) -> None:
    accept = ", ".join(f"{name};q={quality}" for name, quality in members)
    rest: tuple[MediaType, ...] = THING
    order = []
    while best := best_match(accept, rest) if rest else None:
        order.append(best)
        rest = tuple(offer for offer in rest if offer is not best)
    assert acceptable_offers(accept, THING) == tuple(order)


@given(st.lists(_MEMBERS, max_size=6), st.text('abc/*;=," ', max_size=20))
@fuzz(100)
def test_an_offer_with_quality_0_is_never_acceptable(members: list[tuple[str, str]], noise: str) -> None:
    accept = ", ".join([*(f"{n};q={q}" for n, q in members if n != CSV.name), noise.replace('"', ""), "text/csv;q=0"])
    assert best_match(accept, (CSV,)) is None


def test_parameters_may_be_quoted() -> None:
    assert parse_media_ranges('a/b;x="1\\"2,3";y=z;q=0.5;ext=1') == [
        MediaRange("a", "b", 0.5, {"x": '1"2,3', "y": "z", "ext": "1"})
    ]


@pytest.mark.parametrize(
    ("text", "quality"),
    [("0", 0), ("1", 1), ("1.0000", 1), (".5", 0.5), ("0.", 0), (".", 0), ("1.5", None), ("-1", None), ("", None)],
)
def test_a_quality_value_is_a_number_from_0_to_1(text: str, quality: float | None) -> None:
    assert parse_quality(text) == quality


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ('a/b;p="x,y", c/d', ["a/b", "c/d"]),
        # An unclosed quotation mark quotes nothing, and neither do the marks after it.
        ('a/b;p="x, c/d', ["c/d"]),
        ('a/b;p="x\\", c/d;p=\\", e/f', ["e/f"]),
        ('a/b;p="x,y";r="z, c/d', ["c/d"]),
    ],
)
def test_commas_in_quoted_strings_split_nothing(accept: str, expected: list[str]) -> None:
    assert [f"{found.main}/{found.sub}" for found in parse_media_ranges(accept)] == expected


@given(st.lists(st.text("ab;= /q.01\t", max_size=8), min_size=1, max_size=6))
@fuzz(100)
def test_a_list_without_quotation_marks_is_split_at_every_comma(members: list[str]) -> None:
    assert list(split_list(",".join(members))) == members


def test_every_member_counts() -> None:
    assert best_match("a/b," * 20_000 + RDF_XML.name, THING) is RDF_XML
