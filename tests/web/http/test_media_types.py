"""Media types by file name extension."""

from __future__ import annotations

import pytest

from tlevel_rdf.web.http import media_types
from tlevel_rdf.web.http.media_types import JSON_LD, THING, TURTLE, MediaType, split_suffix, type_of_file


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
def test_a_path_is_split_before_its_extension(path: str, stem: str, offer: MediaType | None) -> None:
    assert split_suffix(path, THING) == (stem, offer)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.ttl", "text/turtle"),
        ("a.nt.gz", "application/gzip"),
        ("a.csv", "text/csv"),
        ("a.owl", "application/rdf+xml"),
        ("a.XML", "application/rdf+xml"),
        ("a.csv-metadata.json", "application/csvm+json"),
        ("manifest.json", "application/json"),
        ("SHA256SUMS", "text/plain"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_a_file_has_the_media_type_of_its_extension(name: str, media_type: str) -> None:
    assert type_of_file(name).name == media_type


def test_only_text_types_state_their_character_encoding() -> None:
    assert TURTLE.content_type == "text/turtle; charset=utf-8"
    assert JSON_LD.content_type == "application/ld+json"


def test_every_offer_has_a_name_and_an_extension() -> None:
    constants = [value for value in vars(media_types).values() if isinstance(value, MediaType)]
    assert len({one.name for one in constants}) == len(constants)
    assert all(one.suffix.startswith(".") and one.name == one.name.lower() for one in constants)
