"""The dumps of a release, read by other libraries than the one that wrote them."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pyld
import pytest
import rdflib
from rdflib.compare import isomorphic

from tlevel_rdf.release import dumps

if TYPE_CHECKING:
    from tlevel_rdf.release.release import Release

RDFLIB = {
    dumps.N_QUADS: "nquads",
    dumps.N_TRIPLES: "nt",
    dumps.TURTLE: "turtle",
    dumps.TRIG: "trig",
    dumps.RDF_XML: "xml",
    dumps.JSON_LD: "json-ld",
}


def quads_by_rdflib(opened: Release, name: str) -> set[tuple[str, ...]]:
    dataset = rdflib.Dataset()
    dataset.parse(opened.folder / name, format=RDFLIB[name])
    return {tuple(term.n3() if term is not None else "" for term in quad) for quad in dataset.quads()}


def test_rdflib_reads_the_same_quads_from_dumps_with_graphs(small_release: Release) -> None:
    assert quads_by_rdflib(small_release, dumps.TRIG) == quads_by_rdflib(small_release, dumps.N_QUADS)


@pytest.mark.parametrize("name", [dumps.TURTLE, dumps.RDF_XML, dumps.JSON_LD])
def test_rdflib_reads_the_same_triples_from_dumps_without_graphs(small_release: Release, name: str) -> None:
    plain, other = rdflib.Graph(), rdflib.Graph()
    plain.parse(small_release.folder / dumps.N_TRIPLES, format="nt")
    other.parse(small_release.folder / name, format=RDFLIB[name])
    assert isomorphic(plain, other)


def test_a_graph_of_rdflib_finds_the_union_by_the_name_of_the_file(small_release: Release) -> None:
    sizes = {
        name: len(rdflib.Graph().parse(small_release.folder / name))
        for name in (dumps.N_TRIPLES, dumps.TURTLE, dumps.RDF_XML, dumps.JSON_LD)
    }
    assert len(set(sizes.values())) == 1
    assert min(sizes.values()) > 1_000


def test_pyld_reads_the_same_triples_from_json_ld(small_release: Release) -> None:
    document = json.loads((small_release.folder / dumps.JSON_LD).read_text(encoding="utf-8"))
    lines = pyld.jsonld.to_rdf(document, {"format": "application/n-quads"}).splitlines()
    expected = (small_release.folder / dumps.N_TRIPLES).read_text(encoding="utf-8").splitlines()
    assert sorted(lines) == sorted(expected)


def test_json_ld_is_compact(small_release: Release) -> None:
    document = json.loads((small_release.folder / dumps.JSON_LD).read_text(encoding="utf-8"))
    option = {node["@id"]: node for node in document["@graph"]}[
        "https://w3id.org/tlevel/id/option/healthcare-science/optical-care-services/apprenticeship/level-6/dispensing-optician"
    ]
    assert option == {
        "@id": option["@id"],
        "@type": "tlp:ProgressionOption",
        "isPartOf": "https://w3id.org/tlevel/id/profile/healthcare-science",
        "prefLabel": "Optical Care Services: Dispensing Optician apprenticeship, level 6",
        "wasQuotedFrom": "https://w3id.org/tlevel/id/source/000-80ba2ef1bfb81c71-txt#line=22,23",
        "leadsTo": "https://w3id.org/tlevel/id/apprenticeship/level-6/dispensing-optician",
        "target": "https://w3id.org/tlevel/id/apprenticeship/level-6/dispensing-optician",
        "mode": "https://w3id.org/tlevel/def/mode#technical",
        "wording": "https://w3id.org/tlevel/def/wording#stated",
        "optionFor": "https://w3id.org/tlevel/id/specialism/healthcare-science/optical-care-services",
    }


def test_n_quads_are_sorted_and_not_repeated(small_release: Release) -> None:
    lines = (small_release.folder / dumps.N_QUADS).read_bytes().splitlines()
    assert lines == sorted(set(lines))


def test_turtle_has_sorted_prefixes_and_one_block_for_each_subject(small_release: Release) -> None:
    lines = (small_release.folder / dumps.TURTLE).read_text(encoding="utf-8").splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    subjects = [line.split()[0] for line in lines if line and line[0] not in "@\t"]
    assert prefixes == sorted(prefixes)
    assert "@prefix id: <https://w3id.org/tlevel/id/> ." in prefixes
    assert "id:t-level\\/healthcare-science a tlp:Qualification , tlp:TLevel ;" in lines
    assert max(len(line) for line in lines if " , " in line) <= 120
    assert len(subjects) == len(set(subjects)) > 100
    assert all(before == "" for before, line in itertools.pairwise(lines) if line[:1] not in "@\t")


def test_there_are_no_blank_nodes(small_release: Release) -> None:
    assert b"_:" not in (small_release.folder / dumps.N_QUADS).read_bytes()
