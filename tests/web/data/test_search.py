"""Search finds things by names old and new, by codes and with typing errors, and counts what narrows the results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from tlevel_rdf.graph.terms import PREF_LABEL
from tlevel_rdf.limits import MAX_SPELLINGS
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.web.data.search import Entry, SearchIndex, build_index, facets, narrowed, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

BASE = "https://w3id.org/tlevel/"


def index(*entries: Entry) -> SearchIndex:
    return SearchIndex(entries)


def names(index: SearchIndex, text: str) -> list[str]:
    return [entry.name for entry in index.find(text).entries]


ROOFER = Entry("a", "Roofer", ["Occupation"], 2, ["OCC0001", "ST0001", "47"], ["Slater and tiler"], {"t"})
ROOFING = Entry("b", "Roofing Manager", ["Apprenticeship"], 4, ["603/7083/X"])
HEALTH = Entry("c", "Health & Safety Roofer", ["Apprenticeship"], 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("roofer", ["Roofer", "Health & Safety Roofer"]),
        ("ROOF", ["Roofer", "Health & Safety Roofer", "Roofing Manager"]),
        ("safety roofer", ["Health & Safety Roofer"]),
        ("health and safety", ["Health & Safety Roofer"]),
        ("tiler", ["Roofer"]),
        ("OCC0001", ["Roofer"]),
        ("st0001", ["Roofer"]),
        ("47", ["Roofer"]),
        ("603/7083/X", ["Roofing Manager"]),
        ("6037083x", ["Roofing Manager"]),
        ("", []),
        ("?!", []),
        ("mason", []),
    ],
)
def test_a_search_finds_words_that_begin_so_and_codes(text: str, found: list[str]) -> None:
    result = index(ROOFER, ROOFING, HEALTH).find(text)
    assert [entry.name for entry in result.entries] == found
    assert result.read_as == ""


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("rofer", "roofer"), ("roofre", "roofer"), ("saftey rooofer", "safety roofer"), ("managre", "manager")],
)
def test_a_misspelt_word_is_read_as_the_most_similar(text: str, read_as: str) -> None:
    result = index(ROOFER, ROOFING, HEALTH).find(text)
    assert result.read_as == read_as
    assert result.entries


def test_results_are_counted_and_narrowed_by_kind_level_and_t_level() -> None:
    found = index(ROOFER, ROOFING, HEALTH).find("roof").entries
    values = facets(found, {"t": "On site"})
    counts = {name: {facet.name: facet.number for facet in each} for name, each in values.items()}
    assert counts == {
        "kind": {"Apprenticeship": 2, "Occupation": 1},
        "level": {"Level 2": 2, "Level 4": 1},
        "t-level": {"On site": 1},
    }
    assert narrowed(found, {"kind": ("Apprenticeship",), "level": ("2",)}) == [HEALTH]
    assert narrowed(found, {"t-level": ("t",), "kind": ()}) == [ROOFER]


class Counted(SearchIndex):
    """An index that counts its attempts to match words."""

    attempts = 0

    def _matching(self, words: Sequence[str]) -> set[int]:
        self.attempts += 1
        return super()._matching(words)


def test_many_misspelt_words_are_tried_in_a_bounded_number_of_spellings() -> None:
    words = [a + b + c + d for a in "bdfgk" for b in "aeiou" for c in "lmnr" for d in ("ter", "der")]
    counted = Counted(Entry(str(number), word) for number, word in enumerate(words))
    assert counted.find(" ".join(f"{word[:3]}x{word[3:]}" for word in words[:12])).entries == []
    assert 1 < counted.attempts <= MAX_SPELLINGS + 1


@pytest.mark.parametrize("base", ["https://e.org/o'neil/", "https://e.org/"])
def test_things_of_any_base_are_found_with_their_kind(base: str) -> None:
    named = [(f"{base}id/big-thing/1", "One"), (f"{base}def/x#A", "Term")]
    store = EmbeddedStore.of(
        [Quad(NamedNode(iri), PREF_LABEL, Literal(name, language="en"), NamedNode("urn:g")) for iri, name in named]
    )
    found = build_index(store, base)
    assert [(entry.name, entry.kind) for entry in (*found.find("one").entries, *found.find("term").entries)] == [
        ("One", "Big thing"),
        ("Term", ""),
    ]


def test_words_are_letters_and_digits_in_lower_case() -> None:
    assert words_of("Ärzte & C++ 3D_x") == ["ärzte", "and", "c", "3d", "x"]


@pytest.fixture(scope="module")
def shipped(corpus_store: EmbeddedStore) -> SearchIndex:
    return build_index(corpus_store, BASE)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("optical care", "Optical Care Services"),
        ("dispensing optition", "Dispensing Optician"),
        ("healthcare science", "Healthcare Science"),
        ("line 31", None),
    ],
)
def test_the_shipped_things_are_found(shipped: SearchIndex, text: str, first: str | None) -> None:
    found = names(shipped, text)
    assert (found[0] if found else None) == first


def test_the_shipped_codes_lead_to_their_things(shipped: SearchIndex) -> None:
    codes = ("ST0774", "747", "OCC0774", "603/7083/X", "3211")
    assert all(names(shipped, code) for code in codes)
    optician = shipped.find("ST0774").entries[0]
    assert (optician.kind, optician.level) == ("Occupational standard", 6)
    assert optician.t_levels == {f"{BASE}id/t-level/healthcare-science"}
