"""The file of the search index."""

from __future__ import annotations

import json

import pytest

from tlevel_rdf.search.entries import Entry
from tlevel_rdf.search.index_file import MAGIC, pack_index, read_index, words_of

ENTRIES = [Entry("b", "Zoë & co", ["Job"], 4, ["ST1"], ["Zed"], {"t"}, {"r"}, {"f"}), Entry("a", "Ann", t_levels={"t"})]


def test_the_same_things_in_any_order_give_the_same_bytes() -> None:
    assert pack_index(ENTRIES) == pack_index(reversed(ENTRIES))


def test_sections_begin_at_multiples_of_four_and_hold_the_things_in_their_order() -> None:
    content = pack_index(ENTRIES)
    header, sections = read_index(memoryview(content))
    assert len(content) % 4 == 0
    assert all(begin % 4 == 0 for begin, _ in header["sections"].values())
    at = sections["records_at"].cast("I")
    records = [json.loads(bytes(sections["records"][at[one] : at[one + 1]])) for one in range(header["things"])]
    assert records == [["a", "Ann", [], None, [], []], ["b", "Zoë & co", ["Job"], 4, ["ST1"], ["Zed"]]]
    assert [tuple(each) for each in header["facets"]] == [
        ("kind", "Job", "Job"),
        ("level", "4", "Level 4"),
        ("route", "r", "r"),
        ("t-level", "t", "t"),
        ("flag", "f", "f"),
    ]
    assert bytes(sections["words"]).decode() == "andanncost1zedzoë"


@pytest.mark.parametrize("content", [b"", b"TLSIDX99" + bytes(40), MAGIC + bytes(3), pack_index(ENTRIES)[:-4]])
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"index|Expecting"):
        read_index(memoryview(content))


def test_words_are_letters_and_digits_in_lower_case() -> None:
    assert words_of("Ärzte & C++ 3D_x") == ["ärzte", "and", "c", "3d", "x"]
