"""Links, each with the mapping that justifies it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.graph.reference.statements import Statements, short
from tests.reference.samples import sample
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.graph.reference.describing import describe_reference

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import NamedNode

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
