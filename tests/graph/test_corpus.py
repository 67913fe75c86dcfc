"""Profiles and reference data as one data set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.counting import counted_calls
from tests.graph.samples import load
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.description import describe
from tlevel_rdf.graph.entailment import Entailment

if TYPE_CHECKING:
    from tlevel_rdf.graph.compiled import CompiledReference
    from tlevel_rdf.graph.identifiers import Identifiers


def test_the_quads_are_those_that_are_shared_and_those_of_each_profile(corpus: Corpus) -> None:
    (profile,) = corpus.describe_profiles()
    assert tuple(corpus.quads()) == corpus.compiled.quads + profile.quads
    assert profile.quads == profile.description.quads + profile.inferred


def test_the_context_names_the_occupations_and_labels_that_a_profile_refers_to(corpus: Corpus) -> None:
    (profile,) = corpus.describe_profiles()
    based_on = {quad.object for quad in profile.quads if quad.predicate == terms.BASED_ON}
    assert based_on
    assert based_on <= {quad.subject for quad in profile.context if quad.predicate == terms.FOR_OCCUPATION}


def test_each_profile_is_described_and_its_conclusions_drawn_once(
    compiled: CompiledReference, ids: Identifiers
) -> None:
    corpus = Corpus([load(title, file=f"{title}.yaml") for title in ("A", "B", "C")], compiled, ids)
    with counted_calls() as calls:
        for _ in corpus.quads():
            pass
    assert (calls[describe.__code__], calls[Entailment.infer.__code__]) == (3, 3)
