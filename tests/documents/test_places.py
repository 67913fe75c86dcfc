"""The words of a document by their place."""

from __future__ import annotations

import pytest

from tlevel_rdf.documents.document import Document, Line, Location
from tlevel_rdf.documents.places import Places, location_of, name_of
from tlevel_rdf.documents.readers.detection import read_bytes
from tlevel_rdf.profiles.model import Placed

WRAPPED = read_bytes(b"Jobs: Site\nManager, Roof-\ning Expert.\n\nRoofer", "a.txt")


def line(number: int) -> Location:
    return Location(line=number)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Site Manager", [1]),
        ("SITE   manager", [1]),
        ("Manager", [2]),
        ("Roofing Expert", [2]),
        ("Roofer", [5]),
        ("Jobs: Site Manager, Roofing Expert.", [1]),
        ("Tiler", []),
    ],
)
def test_words_are_found_where_they_begin(words: str, numbers: list[int]) -> None:
    places = Places(WRAPPED)
    assert places.find(words) == [line(number) for number in numbers]
    assert all(places.hold(line(number), words) is (number in numbers) for number in range(1, 6))


def test_a_place_has_its_own_words() -> None:
    places = Places(WRAPPED)
    assert places.texts(line(1)) == ["Jobs: Site"]
    assert places.texts(line(3)) == ["ing", "Expert."]
    assert places.texts(line(4)) == []


def test_blocks_on_one_line_differ_by_their_words() -> None:
    places = Places(Document("", "", "text/html", (Line("Roofer", line(1)), Line("Tiler", line(1)))))
    assert places.texts(line(1)) == ["Roofer", "Tiler"]
    assert places.texts(line(1), ["tiler"]) == ["Tiler"]
    assert places.texts(line(1), ["Mason"]) == ["Roofer", "Tiler"]


@pytest.mark.parametrize(
    ("placed", "name"),
    [
        (Placed(line=3), "line 3"),
        (Placed(paragraph=4), "paragraph 4"),
        (Placed.model_validate({"pdf page": 2, "line": 7}), "line 7 of page 2"),
        (Placed.model_validate({"pdf page": 2}), "page 2"),
    ],
)
def test_a_place_has_a_name(placed: Placed, name: str) -> None:
    where = location_of(placed)
    assert where
    assert name_of(where) == name
    assert location_of(Placed()) is None
