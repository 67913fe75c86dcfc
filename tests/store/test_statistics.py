"""The statistics of a data set, as VoID describes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from tlevel_rdf.store import statistics
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.statistics import Counts, Links, count

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release

DATA = """
@prefix : <https://data.example.org/id/> .
@prefix def: <https://e.org/def#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

:g1 {
  :a a def:Large ; def:near :b ; owl:sameAs <https://other.example/id/a> .
  :b a def:Large ; owl:sameAs <https://other.example/id/sub/b> ; skos:exactMatch <urn:isbn:0451450523> .
}
:g2 {
  :a a def:Large, def:Small ; def:near [ def:near "c" ] .
}
"""
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
BASE = "https://data.example.org/"


@pytest.fixture(scope="module")
def counts() -> Counts:
    return count(EmbeddedStore.of(parse(DATA, format=RdfFormat.TRIG)), BASE)


def test_triples_are_counted_once_however_many_graphs_hold_them(counts: Counts) -> None:
    assert counts.triples == 9
    assert counts.graphs == {f"{BASE}id/g1": 6, f"{BASE}id/g2": 4}


def test_subjects_objects_and_entities_are_counted(counts: Counts) -> None:
    assert (counts.subjects, counts.objects) == (3, 8)
    assert (counts.space, counts.entities) == (BASE, 2)


def test_classes_and_properties_have_their_sizes(counts: Counts) -> None:
    assert (counts.classes, counts.properties) == (2, 4)
    assert counts.of_class == {"https://e.org/def#Large": 2, "https://e.org/def#Small": 1}
    assert counts.of_property["https://e.org/def#near"] == 3
    assert {OWL, SKOS, "https://e.org/def#"} < {*counts.vocabularies}


def test_links_are_counted_by_the_shortest_namespace_and_only_if_there_is_one(counts: Counts) -> None:
    assert counts.links == (Links(f"{OWL}sameAs", "https://other.example/id/", 2),)


def test_examples_are_instances_of_the_largest_classes_if_there_are_no_options(counts: Counts) -> None:
    assert counts.examples == (f"{BASE}id/a",)


def test_without_entities_under_the_base_there_is_no_common_space() -> None:
    counts = count(EmbeddedStore.of(parse(DATA, format=RdfFormat.TRIG)), "https://elsewhere.example/")
    assert (counts.space, counts.entities) == ("", 2)


def test_an_empty_store_has_no_counts() -> None:
    counts = count(EmbeddedStore.of(()), BASE)
    assert (counts.triples, counts.subjects, counts.links, counts.examples, counts.graphs) == (0, 0, (), (), {})


def test_many_properties_are_counted_in_several_queries(monkeypatch: pytest.MonkeyPatch, counts: Counts) -> None:
    monkeypatch.setattr(statistics, "MAX_COUNTED_TERMS", 1)
    assert count(EmbeddedStore.of(parse(DATA, format=RdfFormat.TRIG)), BASE) == counts


def test_only_so_many_properties_are_counted_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "MAX_PARTITIONS", 1)
    counts = count(EmbeddedStore.of(parse(DATA, format=RdfFormat.TRIG)), BASE)
    assert (len(counts.of_class), len(counts.of_property), counts.properties) == (1, 1, 4)


def test_counts_come_back_from_json(counts: Counts) -> None:
    assert Counts.from_json(json.loads(json.dumps(counts.to_json())), counts.graphs) == counts


@pytest.mark.parametrize("values", [{"triples": 1}, {"links": 1}, {}])
def test_other_json_is_an_error(values: dict[str, int]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Counts.from_json(values, {})


def test_a_release_has_the_counts_of_its_store(shipped_release: Release) -> None:
    assert shipped_release.counts == count(shipped_release.store(), shipped_release.base)
    assert shipped_release.counts is not None
    assert shipped_release.counts.triples == shipped_release.manifest["triples"]
    assert shipped_release.counts.graphs == shipped_release.manifest["graphs"]
    assert len(shipped_release.counts.examples) == 3


MAPPED = """
@prefix id: <https://data.example.org/id/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .

<https://data.example.org/graph/links/pages> {
  <https://data.example.org/graph/links/pages> a sssom:MappingSet .
  id:a foaf:page <https://one.example/a> ; skos:closeMatch id:b .
  id:b foaf:page <https://one.example/b> , <https://one.example/c> .
  [] owl:annotatedSource id:a ; owl:annotatedProperty foaf:page ; owl:annotatedTarget <https://one.example/a> .
  [] owl:annotatedSource id:a ; owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget id:b .
  [] owl:annotatedSource id:b ; owl:annotatedProperty foaf:page ; owl:annotatedTarget <https://one.example/b> .
  [] owl:annotatedSource id:b ; owl:annotatedProperty foaf:page ; owl:annotatedTarget <https://one.example/c> .
  [] owl:annotatedSource id:c ; owl:annotatedProperty foaf:page ; owl:annotatedTarget sssom:NoTermFound .
}
<https://data.example.org/graph/links/close> {
  <https://data.example.org/graph/links/close> a sssom:MappingSet .
  id:a skos:closeMatch <https://two.example/a> .
  [] owl:annotatedSource id:a ; owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget <https://two.example/a> .
}
<https://data.example.org/graph/other> {
  id:a foaf:page <https://one.example/z> ; skos:closeMatch <https://two.example/z> .
}
"""


def test_the_links_of_each_set_are_counted_apart_and_those_within_the_data_are_none() -> None:
    counts = count(EmbeddedStore.of(parse(MAPPED, format=RdfFormat.TRIG)), BASE)
    page, close = "http://xmlns.com/foaf/0.1/page", f"{SKOS}closeMatch"
    assert counts.links == (
        Links(close, "https://two.example/", 1, f"{BASE}graph/links/close"),
        Links(page, "https://one.example/", 3, f"{BASE}graph/links/pages"),
        Links(close, "https://two.example/", 1),
    )
