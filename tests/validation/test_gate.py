"""The gate finds what pySHACL alone finds on the whole graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.counting import counted_calls
from tests.validation.running import by_pyshacl, codes, store_of
from tests.validation.samples import random_corpus
from tlevel_rdf.validation import gate
from tlevel_rdf.validation.evaluation import validate_core, validate_sparql
from tlevel_rdf.validation.gate import Gate
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from tlevel_rdf.graph.compiled import CompiledReference
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.validation.result import ValidationResult


#: Function calls that take a tenth of a second. Today 62,000 are made.
MAX_CALLS = 100_000


def checked(corpus: Corpus) -> set[ValidationResult]:
    gate = Gate(corpus, shipped_shapes())
    gate.check(store_of([*gate.quads(), *corpus.compiled.quads]))
    return about_profiles(gate.results, corpus)


def about_profiles(results: set[ValidationResult], corpus: Corpus) -> set[ValidationResult]:
    """Leave out results about the reference data, which the gate does not check again."""
    subjects = {str(quad.subject) for profile in corpus.describe_profiles() for quad in profile.quads}
    return {result for result in results if f"<{result.finding.focus}>" in subjects}


def test_the_results_for_the_shipped_profile_are_those_of_pyshacl(small_corpus: Corpus) -> None:
    results = checked(small_corpus)
    assert results == about_profiles(by_pyshacl(small_corpus.quads()), small_corpus)
    assert codes(results) == {("R19", "Info"), ("R28", "Info")}


@pytest.mark.parametrize("seed", range(2))
def test_the_results_for_faulty_profiles_are_those_of_pyshacl(
    seed: int, few: CompiledReference, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight profiles, in three batches, share destinations and a source, and describe them differently."""
    monkeypatch.setattr(gate, "MAX_PROFILES_PER_CHECK", 3)
    corpus = random_corpus(seed, 8, few)
    results = checked(corpus)
    assert results == about_profiles(by_pyshacl(corpus.quads()), corpus)
    assert len({code for code, _ in codes(results)}) >= 9


def test_one_profile_is_gated_in_a_tenth_of_a_second(corpus: Corpus, small_quads: tuple[Quad, ...]) -> None:
    """Calls are counted, because seconds depend on what else the machine does."""
    shapes = shipped_shapes()
    store = store_of(small_quads)

    def gated() -> None:
        (unit,) = corpus.describe_profiles()
        assert not validate_core([*unit.quads, *unit.context], shapes.core)
        assert len(list(validate_sparql(store, shapes))) == 12

    gated()
    with counted_calls() as calls:
        gated()
    assert calls.total() < MAX_CALLS
