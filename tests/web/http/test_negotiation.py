"""Content negotiation (RFC 9110, section 12.5.1) as a table of decisions, and what holds for every header."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    split_suffix,
    type_of_file,
)
from tlevel_rdf.web.http.negotiation import MediaRange, acceptable_offers, best_match, parse_media_ranges

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
        # Quality decides, then the server's order.
        ("text/html, text/turtle", TURTLE),
        ("text/turtle;q=0.9, text/html", HTML),
        ("text/html;q=0.5,application/rdf+xml;q=0.6", RDF_XML),
        ("text/html;Q=0.1, application/n-triples;q=0.2", N_TRIPLES),
        ("text/html ; q=0.1 , application/n-triples ; q=0.2", N_TRIPLES),
        # The most specific range decides about a type, whatever the order.
        ("*/*, text/turtle;q=0", JSON_LD),
        ("text/turtle;q=0, */*", JSON_LD),
        ("text/*;q=0.1, text/html;q=0.9, */*;q=0.5", HTML),
        ("text/turtle;q=0.3, text/*;q=0.5, */*;q=0.4", HTML),
        # Nothing is left.
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
        # Members that cannot be understood are passed over; the others count.
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
def test_things(accept: str | None, expected: MediaType | None) -> None:
    assert best_match(accept, THING) is expected


@pytest.mark.parametrize(("accept", "expected"), [("application/json", "application/json"), ("text/xml", None)])
def test_rows(accept: str, expected: str | None) -> None:
    chosen = best_match(accept, ROWS)
    assert (chosen.name if chosen else None) == expected


_TYPES = st.sampled_from([offer.name for offer in (*ROWS, *GRAPHS)])
_RANGES = st.one_of(_TYPES, _TYPES.map(lambda name: f"{name.split('/')[0]}/*"), st.just("*/*"))
_QUALITIES = st.integers(0, 1000).map(lambda thousandths: f"{thousandths / 1000:.3f}")
_MEMBERS = st.tuples(_RANGES, _QUALITIES)


@given(st.text(max_size=200) | st.text('*/;,="q. a\\\t', max_size=60))
@settings(derandomize=True)
def test_no_header_is_too_odd(accept: str) -> None:
    assert best_match(accept, THING) in {*THING, None}


@given(st.lists(_MEMBERS, min_size=1, max_size=8))
@settings(derandomize=True)
def test_the_choice_is_the_one_of_a_plain_reading(members: list[tuple[str, str]]) -> None:
    """Against a second, slow implementation: of the ranges that name an offer, the closest has its say."""
    accept = ", ".join(f"{name};q={quality}" for name, quality in members)

    def quality(offer: MediaType) -> float:
        main = offer.name.split("/")[0]
        for wanted in (offer.name, f"{main}/*", "*/*"):
            if said := [float(q) for name, q in members if name == wanted]:
                return max(said)
        return 0.0

    best = max(map(quality, THING))
    expected = next((offer for offer in THING if quality(offer) == best), None) if best else None
    assert best_match(accept, THING) is expected


@given(st.lists(_MEMBERS, min_size=1, max_size=6).flatmap(lambda m: st.tuples(st.just(m), st.permutations(m))))
@settings(derandomize=True)
def test_the_order_of_members_does_not_matter(both: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
    one, other = (", ".join(f"{name};q={quality}" for name, quality in members) for members in both)
    assert best_match(one, THING) is best_match(other, THING)


@given(st.lists(_MEMBERS, min_size=1, max_size=6))
@settings(derandomize=True)
def test_the_next_best_is_what_would_be_chosen_without_the_best(members: list[tuple[str, str]]) -> None:
    accept = ", ".join(f"{name};q={quality}" for name, quality in members)
    left: tuple[MediaType, ...] = THING
    order = []
    while best := best_match(accept, left) if left else None:
        order.append(best)
        left = tuple(offer for offer in left if offer is not best)
    assert acceptable_offers(accept, THING) == tuple(order)


@given(st.lists(_MEMBERS, max_size=6), st.text('abc/*;=," ', max_size=20))
@settings(derandomize=True)
def test_an_offer_of_quality_0_is_never_chosen(members: list[tuple[str, str]], noise: str) -> None:
    accept = ", ".join([*(f"{n};q={q}" for n, q in members if n != CSV.name), noise.replace('"', ""), "text/csv;q=0"])
    assert best_match(accept, (CSV,)) is None


def test_parameters_are_read() -> None:
    assert parse_media_ranges('a/b;x="1\\"2,3";y=z;q=0.5;ext=1') == [
        MediaRange("a", "b", 0.5, {"x": '1"2,3', "y": "z", "ext": "1"})
    ]


@pytest.mark.parametrize(
    ("path", "stem", "offer"),
    [
        ("/doc/a.ttl", "/doc/a", TURTLE),
        ("/doc/a.b.jsonld", "/doc/a.b", JSON_LD),
        ("/doc/a.txt", "/doc/a.txt", None),
        ("/doc/.ttl", "/doc/.ttl", None),
        ("/doc/a", "/doc/a", None),
    ],
)
def test_suffixes(path: str, stem: str, offer: MediaType | None) -> None:
    assert split_suffix(path, THING) == (stem, offer)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.ttl", "text/turtle"),
        ("a.nt.gz", "application/gzip"),
        ("a.csv", "text/csv"),
        ("a.csv-metadata.json", "application/csvm+json"),
        ("manifest.json", "application/json"),
        ("SHA256SUMS", "text/plain"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_files(name: str, media_type: str) -> None:
    assert type_of_file(name).name == media_type
