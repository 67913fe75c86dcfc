"""The words of a document by their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.reading import read_bytes
from tests.documents.writing import save_as
from tests.timing import grows_with_length
from tlevel_rdf.documents.document import Document, Line, Location
from tlevel_rdf.documents.places import LEAD, Guide, Places, location_of, name_of
from tlevel_rdf.profiles.model import Placed

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_words_are_whole_words() -> None:
    places = Places(Document("", "", "text/plain", (Line("Nursery manager, Art and craft, C++", line(1)),)))
    assert not any(places.find(words) for words in ("Nurse", "raft", "manage", "rt and"))
    assert all(places.find(words) for words in ("nursery", "craft", "C++", "Art and craft"))


def test_a_place_has_its_own_words() -> None:
    places = Places(WRAPPED)
    assert places.texts(line(1)) == ["Jobs: Site"]
    assert places.texts(line(3)) == ["ing", "Expert."]
    assert places.texts(line(4)) == []


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_the_words_of_a_place_are_held_there(number: int) -> None:
    places = Places(WRAPPED)
    assert all(places.hold(line(number), text) for text in places.texts(line(number)))


def test_an_ampersand_is_the_word_wherever_its_line_ends() -> None:
    places = Places(read_bytes(b"Jobs: Arts &\nCrafts, Arts\n& Media, R&D\n\nEnd", "a.txt"))
    assert [places.find(words) for words in ("arts and crafts", "Arts & Media", "R and D")] == [
        [line(1)],
        [line(2)],
        [line(3)],
    ]


def test_long_words_differ_after_their_indexed_characters() -> None:
    places = Places(Document("", "", "text/plain", tuple(Line("word " * 40 + end, line(ord(end))) for end in "ab")))
    assert places.find("word " * 40 + "b") == [line(ord("b"))]


@pytest.mark.parametrize("title", ["Nurse{}", "Nurse of {} wards", "{} nurses"])
def test_time_grows_only_with_the_number_of_blocks_on_a_line(title: str) -> None:
    def searching(number: int) -> Callable[[], None]:
        titles = [title.format(each) for each in range(number)]
        document = Document("", "", "text/html", tuple(Line(each, line(1)) for each in titles))

        def search() -> None:
            assert Places(document).texts(line(1), titles) == titles

        return search

    assert grows_with_length(searching, 4_000)


def test_blocks_on_one_line_differ_by_their_words() -> None:
    places = Places(Document("", "", "text/html", (Line("Roofer", line(1)), Line("Tiler", line(1)))))
    assert places.texts(line(1)) == ["Roofer", "Tiler"]
    assert places.texts(line(1), ["tiler"]) == ["Tiler"]
    assert places.texts(line(1), ["Mason"]) == ["Roofer", "Tiler"]


@pytest.mark.parametrize(
    ("placed", "name"),
    [
        (Placed(line=3), "in line 3"),
        (Placed(paragraph=4), "in paragraph 4"),
        (Placed.model_validate({"pdf page": 2, "line": 7}), "on page 2, line 7"),
        (Placed.model_validate({"pdf page": 2}), "on page 2"),
    ],
)
def test_a_place_has_a_name(placed: Placed, name: str) -> None:
    where = location_of(placed)
    assert where
    assert name_of(where) == name
    assert location_of(Placed()) is None


def test_a_guide_counts_paragraphs_from_the_heading_above_and_cells_in_their_table() -> None:
    document = read_bytes(
        save_as("T Level in Roofs\n\n# 1. Roofing\n\nOne\n\nTwo\n\n| A | B |\n| C | D |\n\nThree", ".docx"), "a.docx"
    )
    guide = Guide(document)
    leads = {line.text: guide.lead(line.location) for line in document.lines}
    assert leads == {
        "T Level in Roofs": "In paragraph 1: ",
        "1. Roofing": "In paragraph 1 under “T Level in Roofs”: ",
        "One": "In paragraph 1 under “1. Roofing”: ",
        "Two": "In paragraph 2 under “1. Roofing”: ",
        "A": "In row 1, column 1 of a table under “1. Roofing”: ",
        "B": "In row 1, column 2 of a table under “1. Roofing”: ",
        "C": "In row 2, column 1 of a table under “1. Roofing”: ",
        "D": "In row 2, column 2 of a table under “1. Roofing”: ",
        "Three": "In paragraph 7 under “1. Roofing”: ",
    }
    assert all(LEAD.fullmatch(lead) for lead in leads.values())
    assert guide.lead(Location(paragraph=99)) == "After paragraph 7 under “1. Roofing”: "


@pytest.mark.parametrize(
    ("where", "lead"),
    [
        (Location(line=3), ""),
        (Location(page=2), "On page 2: "),
        (Location(page=2, line=3), "On page 2, line 3: "),
        (Location(paragraph=9), "In paragraph 9: "),
    ],
)
def test_a_place_of_a_text_file_needs_no_lead(where: Location, lead: str) -> None:
    assert Guide().lead(where) == lead
    assert not lead or LEAD.fullmatch(lead)
