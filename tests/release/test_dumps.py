"""What a release holds, read back by other libraries than the one that wrote it."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
from typing import TYPE_CHECKING

import pyld
import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from tlevel_rdf.graph import jsonld
from tlevel_rdf.release import dumps, release, table

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


@pytest.mark.parametrize("name", [dumps.TRIG, dumps.JSON_LD])
def test_dumps_with_graphs_say_the_same_to_rdflib(shipped_release: Release, name: str) -> None:
    assert quads_by_rdflib(shipped_release, name) == quads_by_rdflib(shipped_release, dumps.N_QUADS)


@pytest.mark.parametrize("name", [dumps.TURTLE, dumps.RDF_XML])
def test_dumps_without_graphs_say_the_same_to_rdflib(shipped_release: Release, name: str) -> None:
    plain, other = rdflib.Graph(), rdflib.Graph()
    plain.parse(shipped_release.folder / dumps.N_TRIPLES, format="nt")
    other.parse(shipped_release.folder / name, format=RDFLIB[name])
    assert isomorphic(plain, other)


def test_json_ld_says_the_same_to_pyld(shipped_release: Release) -> None:
    document = json.loads((shipped_release.folder / dumps.JSON_LD).read_text(encoding="utf-8"))
    lines = pyld.jsonld.to_rdf(document, {"format": "application/n-quads"}).splitlines()
    expected = (shipped_release.folder / dumps.N_QUADS).read_text(encoding="utf-8").splitlines()
    assert sorted(lines) == expected


def test_json_ld_is_compact(shipped_release: Release) -> None:
    document = json.loads((shipped_release.folder / dumps.JSON_LD).read_text(encoding="utf-8"))
    graphs = {graph["@id"]: {node["@id"]: node for node in graph["@graph"]} for graph in document["@graph"]}
    profile = graphs["https://w3id.org/tlevel/graph/profile/healthcare-science"]
    option = profile[
        "https://w3id.org/tlevel/id/option/healthcare-science/optical-care-services/apprenticeship/level-6/dispensing-optician"
    ]
    assert option == {
        "@id": option["@id"],
        "@type": "tlp:ProgressionOption",
        "isPartOf": "https://w3id.org/tlevel/id/profile/healthcare-science",
        "prefLabel": "Optical Care Services: Dispensing Optician apprenticeship, level 6",
        "wasQuotedFrom": "https://w3id.org/tlevel/id/source/000-80ba2ef1bfb81c71-txt#line=22,23",
        "leadsTo": "https://w3id.org/tlevel/id/apprenticeship/level-6/dispensing-optician",
        "mode": "https://w3id.org/tlevel/def/mode#technical",
        "optionFor": "https://w3id.org/tlevel/id/specialism/healthcare-science/optical-care-services",
    }


def test_values_that_fit_no_term_are_written_in_full() -> None:
    label = pyoxigraph.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    quads = [
        pyoxigraph.Quad(pyoxigraph.NamedNode("https://e.org/a"), label, pyoxigraph.Literal(text, language=language))
        for text, language in (("a", "en"), ("ā", "cy"), ("b", "en"))
    ]
    document = json.loads("".join(jsonld.to_json_ld(quads)))
    assert document["@graph"][0]["prefLabel"] == ["a", "b"]
    assert document["@graph"][0]["skos:prefLabel"] == {"@language": "cy", "@value": "ā"}
    assert set(pyoxigraph.parse(json.dumps(document), format=pyoxigraph.RdfFormat.JSON_LD)) == set(quads)


def test_n_quads_are_sorted_and_each_stands_once(shipped_release: Release) -> None:
    lines = (shipped_release.folder / dumps.N_QUADS).read_bytes().splitlines()
    assert lines == sorted(set(lines))


def test_turtle_has_sorted_prefixes_and_one_block_for_each_subject(shipped_release: Release) -> None:
    lines = (shipped_release.folder / dumps.TURTLE).read_text(encoding="utf-8").splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    subjects = [line.split()[0] for line in lines if line and line[0] not in "@\t"]
    assert prefixes == sorted(prefixes)
    assert len(subjects) == len(set(subjects)) > 100
    assert all(before == "" for before, line in itertools.pairwise(lines) if line[:1] not in "@\t")


def test_the_table_has_a_row_for_each_option(shipped_release: Release) -> None:
    with (shipped_release.folder / table.CSV).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 26
    assert [row["title"] for row in rows if row["step"] == "bypassed"] == [
        "Optical Assistant",
        "Healthcare Science Assistant",
    ]
    assert {row["level"] for row in rows if row["kind"] in {"degree", "occupation"}} == {""}
    assert all(row["line"] for row in rows)


def test_the_description_of_the_table_names_its_columns(shipped_release: Release) -> None:
    metadata = json.loads((shipped_release.folder / table.CSVW).read_text(encoding="utf-8"))
    header = (shipped_release.folder / table.CSV).read_text(encoding="utf-8").splitlines()[0]
    assert [column["name"] for column in metadata["tableSchema"]["columns"]] == header.split(",")


def test_sums_are_those_of_the_files(shipped_release: Release) -> None:
    sums = dict(release.read_sums(shipped_release.folder))
    assert set(sums) == set(release.MEDIA_TYPES) - {release.SUMS}
    for name, digest in sums.items():
        assert hashlib.sha256((shipped_release.folder / name).read_bytes()).hexdigest() == digest


def test_the_manifest_counts_what_is_there(shipped_release: Release) -> None:
    counted: dict[str, int] = {}
    for quad in pyoxigraph.parse(path=shipped_release.folder / dumps.N_QUADS):
        counted[quad.graph_name.value] = counted.get(quad.graph_name.value, 0) + 1
    assert shipped_release.manifest["graphs"] == counted
    assert shipped_release.manifest["findings"] == {"Violation": 0, "Warning": 0, "Info": 12}


def test_the_store_has_each_triple_once_in_its_default_graph(shipped_release: Release) -> None:
    store = pyoxigraph.Store.read_only(str(shipped_release.folder / release.STORE))
    answer = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    counted = answer.serialize(format=pyoxigraph.QueryResultsFormat.CSV)
    assert counted == f"n\r\n{shipped_release.manifest['triples']}\r\n".encode()


def test_there_are_no_blank_nodes(shipped_release: Release) -> None:
    assert b"_:" not in (shipped_release.folder / dumps.N_QUADS).read_bytes()
