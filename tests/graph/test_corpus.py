"""Profiles and reference data as one data set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.counting import counted_calls
from tests.graph.samples import load
from tlevel_rdf.codes import Code
from tlevel_rdf.findings import violations
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.corpus import Corpus, read_corpus
from tlevel_rdf.graph.description import describe
from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.settings import Settings
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tlevel_rdf.profiles.reference import Reference

    from tlevel_rdf.graph.identifiers import Identifiers

YAML = """\
t level: Optics
source: {document: a.txt, sha256: %s}
specialisms:
  - title: Lenses
""" % ("a" * 64)


def test_the_project_is_read_if_no_paths_are_given() -> None:
    corpus, findings = read_corpus([], Settings())
    assert corpus is not None
    assert [loaded.value.t_level for loaded in corpus.profiles] == ["Healthcare Science"]
    assert corpus.ids.base == Settings().base
    assert findings == []


def test_a_violation_in_a_file_stops_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(YAML.replace("t level", "t-level"), encoding="utf-8")
    corpus, findings = read_corpus([tmp_path], Settings())
    assert corpus is None
    assert {finding.code for finding in findings} == {Code.MISSING, Code.UNKNOWN_KEY}


def test_a_collision_stops_the_corpus(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(YAML, encoding="utf-8")
    corpus, findings = read_corpus([tmp_path], Settings())
    assert corpus is None
    assert [finding.code for finding in violations(findings)] == [Code.DUPLICATE]


def test_damaged_reference_data_stops_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "reference").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    corpus, findings = read_corpus([shipped("data") / "profiles"], Settings())
    assert corpus is None
    assert {finding.code for finding in findings} == {Code.UNREADABLE}


def test_the_quads_are_those_that_are_shared_and_those_of_each_profile(corpus: Corpus) -> None:
    (profile,) = corpus.describe_profiles()
    assert tuple(corpus.quads()) == corpus.shared + profile.quads
    assert profile.quads == profile.description.quads + profile.inferred


def test_the_context_names_the_occupations_and_labels_that_a_profile_refers_to(corpus: Corpus) -> None:
    (profile,) = corpus.describe_profiles()
    based_on = {quad.object for quad in profile.quads if quad.predicate == terms.BASED_ON}
    assert based_on
    assert based_on <= {quad.subject for quad in profile.context if quad.predicate == terms.FOR_OCCUPATION}


def test_each_profile_is_described_and_its_conclusions_drawn_once(reference: Reference, ids: Identifiers) -> None:
    corpus = Corpus([load(title, file=f"{title}.yaml") for title in ("A", "B", "C")], reference, ids)
    with counted_calls() as calls:
        for _ in corpus.quads():
            pass
    assert (calls[describe.__code__], calls[Entailment.infer.__code__]) == (3, 3)
