"""Links, each with the mapping that justifies it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal

from tests.graph.reference.statements import Statements, short
from tests.reference.samples import LINKS, sample, write_files
from tlevel_rdf.codes import Code
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.graph.reference.describing import describe_reference
from tlevel_rdf.graph.reference.links import file_texts, find_faults
from tlevel_rdf.reference.index import index
from tlevel_rdf.reference.loading import read_reference

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import NamedNode

    from tlevel_rdf.findings import Finding
    from tlevel_rdf.reference.model import Reference

GRAPH = "links/jobs"


def mapping(statements: Statements) -> str:
    """Return the mapping of the sample."""
    [node] = {q.subject for q in statements.quads if q.predicate == terms.ANNOTATED_SOURCE}
    return short(node)


def test_a_link_is_in_the_graph_of_its_set(small: Statements) -> None:
    assert ("occupation/bread-maker", GRAPH) in small.about("standard/ST0001", terms.FOR_OCCUPATION)


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        (terms.ANNOTATED_SOURCE, "standard/ST0001"),
        (terms.ANNOTATED_PROPERTY, "def/progression#forOccupation"),
        (terms.ANNOTATED_TARGET, "occupation/bread-maker"),
        (terms.MAPPING_JUSTIFICATION, "https://w3id.org/semapv/vocab/ManualMappingCuration"),
        (terms.MAPPING_DATE, "2026-11-22"),
        (terms.COMMENT, "See both."),
    ],
    ids=["source", "property", "target", "justification", "date", "comment"],
)
def test_a_mapping_describes_its_link_and_justifies_it(prop: NamedNode, value: str, small: Statements) -> None:
    assert small.about(f"graph/{mapping(small)}", prop) == {(value, GRAPH)}


def test_a_set_has_its_title(small: Statements) -> None:
    assert small.classes("graph/links/jobs") == {"https://w3id.org/sssom/MappingSet"}
    assert small.about("graph/links/jobs", terms.TITLE) == {("Jobs", GRAPH)}


def test_a_job_that_only_a_link_names_has_its_label_and_class(small: Statements) -> None:
    assert small.about("occupation/bread-maker", terms.PREF_LABEL) == {("Bread Maker", GRAPH)}
    assert small.about("occupation/bread-maker", terms.TYPE) == {(short(terms.OCCUPATION), GRAPH)}


def test_things_of_ours_have_the_base_of_the_data_and_others_keep_theirs(tmp_path: Path) -> None:
    quads = describe_reference(sample(tmp_path), Identifiers("https://example.org/"))
    iris = {str(term) for q in quads for term in (q.subject, q.object) if str(term).startswith("<")}
    assert "<https://example.org/id/occupation/bread-maker>" in iris
    assert not [iri for iri in iris if iri.startswith("<https://w3id.org/tlevel/id/")]
    assert str(terms.FOR_OCCUPATION) in iris


def test_the_name_of_a_mapping_stays_when_its_comment_changes(tmp_path: Path, small: Statements) -> None:
    reference = sample(tmp_path)
    [mapping_set] = reference.links
    changed = tuple(each.model_copy(update={"comment": "Other."}) for each in mapping_set.mappings)
    reference = replace(reference, links=(replace(mapping_set, mappings=changed),))
    again = Statements(describe_reference(reference, Identifiers("https://w3id.org/tlevel/")))
    assert again.values(f"graph/{mapping(again)}", terms.COMMENT) == {"Other."}
    assert mapping(again) == mapping(small)


HEAD, ROW = LINKS.splitlines()[:-2], LINKS.splitlines()[-1]
PREFIXES = """\
#  foaf: http://xmlns.com/foaf/0.1/
#  hecos: https://w3id.org/tlevel/def/hecos#
#  skos: http://www.w3.org/2004/02/skos/core#
#  source: https://w3id.org/tlevel/id/source/
#  sssom: https://w3id.org/sssom/
#  web: https://
"""
OTHER = f"""\
#mapping_set_description: Links of other kinds.
#mapping_set_source:
#  - https://w3id.org/tlevel/id/source/list-1
#object_source: web:example.org
#mapping_tool: a program
{chr(10).join(HEAD)}
{PREFIXES}subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\tmapping_date\t\
confidence\tmapping_source\treviewer_label
id:occupation/OCC0001\t\tskos:closeMatch\tsssom:NoTermFound\t\tsemapv:LexicalMatching\t2026-11-30\t\t\t
id:occupation/OCC0003\t\tfoaf:page\tweb:example.org/3\t\tsemapv:LexicalMatching\t2026-11-30\t0.95\tsource:list-1\t\
A. Reader
id:degree/milling\tMilling\tskos:closeMatch\thecos:100001\tmilling\tsemapv:LexicalMatching\t2026-11-30\t1\t\t
"""


@pytest.fixture
def other(tmp_path: Path) -> Reference:
    folder = write_files(tmp_path)
    (tmp_path / "links" / "other.sssom.tsv").write_text(OTHER, encoding="utf-8")
    reference, findings = read_reference(folder)
    assert findings == []
    return reference


@pytest.fixture
def described(other: Reference, ids: Identifiers) -> Statements:
    return Statements(describe_reference(other, ids))


def grounds(statements: Statements, target: str) -> dict[str, str]:
    """Return what the mapping to a target states, by the local names of the properties."""
    [node] = {q.subject for q in statements.quads if q.predicate == terms.ANNOTATED_TARGET and target in str(q.object)}
    return {
        q.predicate.value.rpartition("/")[2].rpartition("#")[2]: short(q.object)
        for q in statements.quads
        if q.subject == node
    }


def test_a_look_up_without_a_result_is_a_mapping_and_no_link(described: Statements) -> None:
    assert described.about("occupation/OCC0001", terms.CLOSE_MATCH) == set()
    assert grounds(described, "NoTermFound")["annotatedSource"] == "occupation/OCC0001"


def test_a_mapping_states_its_confidence_source_and_reviewer(described: Statements) -> None:
    stated = grounds(described, "example.org/3")
    assert (stated["confidence"], stated["mapping_source"]) == ("0.95", "source/list-1")
    assert stated["reviewer_label"] == "A. Reader"
    assert Literal("0.95", datatype=terms.DECIMAL) in {quad.object for quad in described.quads}


def test_a_set_states_its_licence_sources_and_tool(described: Statements) -> None:
    graph = "graph/links/other"
    assert described.values(graph, terms.LICENCE) == {"https://example.org/licence"}
    assert described.values(graph, terms.WAS_DERIVED_FROM) == {"source/list-1"}
    assert described.values(graph, terms.DESCRIPTION) == {"Links of other kinds."}
    assert described.values(graph, terms.sssom("object_source")) == {"https://example.org"}
    assert described.values(graph, terms.sssom("mapping_tool")) == {"a program"}


def test_a_degree_that_only_a_link_names_has_its_label_and_class(described: Statements, other: Reference) -> None:
    assert described.values("degree/milling", terms.PREF_LABEL) == {"Milling"}
    assert described.classes("degree/milling") == {"Degree"}
    assert index(other).degrees == {"milling": "Milling"}


def test_a_subject_of_study_is_a_concept_with_its_code(described: Statements) -> None:
    concept = "def/hecos#100001"
    assert described.values(concept, terms.NOTATION) == {"100001"}
    assert described.values(concept, terms.PREF_LABEL) == {"milling"}
    assert described.values(concept, terms.IN_SCHEME) == {"def/hecos"}


def faults(reference: Reference, ids: Identifiers) -> list[Finding]:
    return list(find_faults(reference.links, describe_reference(reference, ids), ids))


def test_subjects_that_the_data_describes_and_degrees_have_no_faults(other: Reference, ids: Identifiers) -> None:
    assert faults(other, ids) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("occupation/OCC0003", "occupation/OCC0004"), ("\tMilling", "\tMillings"), ("\tMilling", "\t\u03bc")],
    ids=["an unknown occupation", "a degree of another title", "a title without an identifier"],
)
def test_a_subject_that_the_data_does_not_have_is_reported(
    old: str, new: str, tmp_path: Path, ids: Identifiers
) -> None:
    folder = write_files(tmp_path)
    file = tmp_path / "links" / "other.sssom.tsv"
    file.write_text(OTHER.replace(old, new), encoding="utf-8")
    reference, _ = read_reference(folder)
    [finding] = faults(reference, ids)
    assert (finding.code, finding.file, finding.column) == (Code.UNKNOWN_REFERENCE, str(file), 1)
    assert finding.line == 1 + next(n for n, line in enumerate(OTHER.replace(old, new).splitlines()) if new in line)
    assert finding.message.startswith("The data has no 'id:")


def test_an_object_of_ours_that_the_data_does_not_have_is_reported(tmp_path: Path, ids: Identifiers) -> None:
    folder = write_files(tmp_path)
    text = OTHER.replace("sssom:NoTermFound", "id:occupation/OCC0009")
    (tmp_path / "links" / "other.sssom.tsv").write_text(text, encoding="utf-8")
    [finding] = faults(read_reference(folder)[0], ids)
    assert finding.message == "The data has no 'id:occupation/OCC0009'."
    assert finding.column == 1 + len("id:occupation/OCC0001\t\tskos:closeMatch\t")


def test_a_mapping_that_two_sets_have_is_reported_in_both(tmp_path: Path, ids: Identifiers) -> None:
    folder = write_files(tmp_path)
    (tmp_path / "links" / "again.sssom.tsv").write_text(LINKS, encoding="utf-8")
    reference, _ = read_reference(folder)
    found = faults(reference, ids)
    assert {finding.code for finding in found} == {Code.DUPLICATE}
    assert [finding.message for finding in found] == [
        "The set jobs has this mapping too.",
        "The set again has this mapping too.",
    ]


def test_the_file_of_a_set_has_the_base_of_the_data(other: Reference) -> None:
    assert file_texts(other.links, "https://w3id.org/tlevel/")["other.sssom.tsv"] == OTHER
    text = file_texts(other.links, "https://example.org/")["other.sssom.tsv"]
    assert "#  id: https://example.org/id/\n" in text
    assert "#  hecos: https://w3id.org/tlevel/def/hecos#\n" in text
    assert text.splitlines()[-3:] == OTHER.splitlines()[-3:]
