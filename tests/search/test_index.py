"""Search finds things by names old and new, by codes and with typing errors, and counts what narrows the results."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.limits import MAX_SPELLINGS
from tlevel_rdf.search.entries import Entry, collect_entries
from tlevel_rdf.search.index import SearchIndex
from tlevel_rdf.search.index_file import FILE, pack_index
from tlevel_rdf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tlevel_rdf.store.embedded import EmbeddedStore

BASE = "https://w3id.org/tlevel/"


def index(*entries: Entry) -> SearchIndex:
    return SearchIndex.of(entries)


def names(index: SearchIndex, things: Sequence[int]) -> list[str]:
    return [index.entry(thing).name for thing in things]


ROOFER = Entry("a", "Roofer", ["Occupation"], 2, ["OCC0001", "ST0001", "47"], ["Slater and tiler"], {"t"}, flags={"x"})
ROOFING = Entry("b", "Roofing Manager", ["Apprenticeship"], 4, ["603/7083/X"])
HEALTH = Entry("c", "Health & Safety Roofer", ["Apprenticeship"], 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("roofer", ["Roofer", "Health & Safety Roofer"]),
        ("ROOF", ["Roofer", "Roofing Manager", "Health & Safety Roofer"]),
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
    made = index(ROOFER, ROOFING, HEALTH)
    result = made.find(text)
    assert names(made, result.things) == found
    assert result.read_as == ""
    assert names(made, made.suggest(text, 8).things) == found
    assert names(made, made.suggest(text, 1).things) == found[:1]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("rofer", "roofer"), ("roofre", "roofer"), ("saftey rooofer", "safety roofer"), ("managre", "manager")],
)
def test_a_misspelt_word_is_read_as_the_most_similar(text: str, read_as: str) -> None:
    made = index(ROOFER, ROOFING, HEALTH)
    for result in (made.find(text), made.suggest(text, 8)):
        assert result.read_as == read_as
        assert result.things


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("How do I become a roofer?", "roofer"),
        ("what is a roofing manager", "roofing manager"),
        ("which T Levels fit ST0001", "st0001"),
        ("where does a slatr lead", "slater"),
        ("Health and Safety", ""),
        ("what if", None),
        ("' OR 47 47", None),
    ],
)
def test_a_sentence_finds_the_name_or_code_in_it(text: str, read_as: str | None) -> None:
    things = index(ROOFER, ROOFING, HEALTH)
    for result in (things.find(text), things.suggest(text, 8)):
        assert (result.read_as if result.things else None) == read_as


def test_results_are_counted_and_narrowed_by_kind_level_and_t_level() -> None:
    made = index(ROOFER, ROOFING, HEALTH, Entry("t", "On site", t_levels={"t"}))
    found = made.find("roof").things
    values = made.facets(found)
    counts = {name: {facet.name: facet.number for facet in each} for name, each in values.items()}
    assert counts == {
        "kind": {"Apprenticeship": 2, "Occupation": 1},
        "level": {"Level 2": 2, "Level 4": 1},
        "route": {},
        "t-level": {"On site": 1},
        "flag": {"x": 1},
    }
    chosen: dict[str, tuple[str, ...]] = {"kind": ("Apprenticeship",), "level": ("2",)}
    assert names(made, made.narrow(found, chosen)) == ["Health & Safety Roofer"]
    assert names(made, made.suggest("roof", 8, chosen).things) == ["Health & Safety Roofer"]
    assert names(made, made.narrow(found, {"t-level": ("t",), "kind": ()})) == ["Roofer"]
    assert made.narrow(found, {"kind": ("Nothing",)}) == []
    assert made.t_levels == {"t": "On site"}


class Counted(SearchIndex):
    """An index that counts its attempts to match words."""

    attempts = 0

    def _matching(self, words: Sequence[str]) -> set[int]:
        self.attempts += 1
        return super()._matching(words)


def test_many_misspelt_words_are_tried_in_a_bounded_number_of_spellings() -> None:
    words = [a + b + c + d for a in "bdfgk" for b in "aeiou" for c in "lmnr" for d in ("ter", "der")]
    counted = Counted(pack_index(Entry(str(number), word) for number, word in enumerate(words)))
    assert counted.find(" ".join(f"{word[:3]}x{word[3:]}" for word in words[:12])).things == ()
    assert 1 < counted.attempts <= MAX_SPELLINGS + 1


def test_the_file_of_an_index_gives_the_things_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_bytes(pack_index([ROOFING, ROOFER]))
    opened = pickle.loads(pickle.dumps(SearchIndex.open(file)))  # noqa: S301 - our own bytes
    assert len(opened) == len(pickle.loads(pickle.dumps(index(ROOFER, ROOFING)))) == 2  # noqa: S301 - our own bytes
    found = opened.entry(0)
    assert found == ROOFER
    assert found.kind_and_level == "Occupation at level 2"
    assert [entry.others for entry in opened.entries()] == [["Slater and tiler"], []]


@pytest.mark.parametrize("entries", [(), (Entry("x", ""),), (Entry("x", "?"),)])
def test_things_without_words_are_found_by_nothing(entries: tuple[Entry, ...]) -> None:
    made = index(*entries)
    assert (made.find("a").things, made.suggest("a", 3).things) == ((), ())


@pytest.fixture(scope="module")
def shipped(corpus_store: EmbeddedStore) -> SearchIndex:
    return SearchIndex.of(collect_entries(corpus_store, BASE))


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
    found = names(shipped, shipped.find(text).things)
    assert (found[0] if found else None) == first


def test_the_shipped_codes_lead_to_their_things(shipped: SearchIndex) -> None:
    codes = ("ST0774", "747", "OCC0774", "603/7083/X", "3211")
    assert all(shipped.find(code).things for code in codes)
    optician = shipped.entry(shipped.find("ST0774").things[0])
    assert (optician.kind, optician.level) == ("Occupational standard", 6)
    assert optician.t_levels == {f"{BASE}id/t-level/healthcare-science"}


def test_the_shipped_things_are_narrowed_by_route_and_flag(shipped: SearchIndex) -> None:
    found = shipped.find("optical assistant").things
    facets = shipped.facets(found)
    assert [facet.name for facet in facets["route"]] == ["Health and science"]
    assert {facet.name for facet in facets["flag"]} == {"Not applicable"}
