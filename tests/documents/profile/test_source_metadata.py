"""A document states its licence and the day it was published."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.documents.grammar.segmentation import split_passages
from tlevel_rdf.documents.profile.source_metadata import https_address, is_about_source, source_of


def source(text: str, name: str = "a.md") -> dict[str, object]:
    document = read_bytes(text.encode(), name)
    return source_of(document, split_passages(document))


OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/{}/"
LICENCES = [
    ("Published under the Open Government Licence v3.0.", OGL.format(3)),
    ("Licensed under the [Open Government Licence](https://example.org/ogl).", "https://example.org/ogl"),
    ("Licensed under the [Open Government Licence, version 1](http://example.org/ogl).", OGL.format(1)),
    ("Licence: OGL v2.0", OGL.format(2)),
    ("Open Government Licence", None),
    ("This work is licensed under CC BY 4.0.", None),
    ("This is licensed to nobody.", None),
]


@pytest.mark.parametrize(("sentence", "licence"), LICENCES)
def test_a_licence_that_is_stated(sentence: str, licence: str | None) -> None:
    assert source(sentence).get("licence") == licence
    (passage,) = split_passages(read_bytes(sentence.encode(), "a.md"))
    assert any(map(is_about_source, passage.sentences)) is (licence is not None)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Published 12 March 2024", dt.date(2024, 3, 12)),
        ("This document was first published on 1st Sept 2023.", dt.date(2023, 9, 1)),
        ("Date of issue: 31 dec 2022", dt.date(2022, 12, 31)),
        ("Published 31 February 2024", None),
        ("Published 12 Nonth 2024", None),
        ("Published 12 Mayhem 2024", None),
        ("Published 12 Marchand 2024", None),
        ("Published 12 Junes 2024", None),
        ("Published 3 Sept 2024", dt.date(2024, 9, 3)),
        ("Published 3 DEC 2024", dt.date(2024, 12, 3)),
        ("It was published 12 March 2024 in Leeds.", None),
    ],
)
def test_a_day_of_publication_that_is_stated(sentence: str, day: dt.date | None) -> None:
    assert source(sentence).get("issued") == day


def test_a_long_sentence_or_passage_states_no_licence() -> None:
    assert "licence" not in source(f"{'many words ' * 60}OGL v2.0")
    assert "licence" not in source(f"{'Many words. ' * 300}OGL v2.0")


def test_the_first_licence_and_day_count() -> None:
    found = source("OGL v2.0\n\nOGL v3.0\n\nPublished 1 May 2024\n\nPublished 2 May 2024")
    assert (found["licence"], found["issued"]) == (OGL.format(2), dt.date(2024, 5, 1))


def test_the_document_is_named_with_its_checksum_and_media_type() -> None:
    found = source("Words", "my\x01file.txt")
    assert (found["document"], found["media type"]) == ("my file.txt", "text/plain")
    assert len(str(found["sha256"])) == 64


def test_only_https_addresses_are_taken() -> None:
    assert https_address(" https://e.org/a ") == "https://e.org/a"
    assert https_address("http://e.org/a") is None
    assert https_address("javascript:x") is None
