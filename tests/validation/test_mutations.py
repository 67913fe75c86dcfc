"""The shipped data, broken in one way at a time: the gate sees that and nothing else.

Every mutation is judged twice, by pySHACL alone on the whole graph and by the two parts of the gate.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Quad

from tests.validation.mutations import MUTATIONS, Mutation, closed
from tests.validation.rules import SEVERITY
from tests.validation.running import by_pyshacl, codes, in_two_parts

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.validation.result import ValidationResult

    Stated = tuple[frozenset[Triple], frozenset[Triple]]

# Other tests cover the lines; counting them here takes as long as running them.
pytestmark = pytest.mark.no_cover


def quads(triples: frozenset[Triple]) -> list[Quad]:
    return [Quad(*triple) for triple in triples]


@pytest.fixture(scope="session")
def stated(corpus: Corpus) -> Stated:
    """The statements of the shipped data, and their conclusions."""
    inferred = corpus.ids.graph("inferred")
    return (
        frozenset(quad.triple for quad in corpus.quads() if quad.graph_name != inferred),
        frozenset(quad.triple for quad in corpus.quads() if quad.graph_name == inferred),
    )


@pytest.fixture(scope="session")
def before(stated: Stated) -> set[ValidationResult]:
    return by_pyshacl(quads(stated[0] | stated[1]))


def test_the_shipped_data_is_fit_to_be_published(before: set[ValidationResult]) -> None:
    found = Counter((result.finding.code, str(result.severity)) for result in before)
    assert found == {("R19", "Info"): 11, ("R28", "Info"): 1}


def test_the_conclusions_are_those_of_the_corpus(stated: Stated) -> None:
    assert closed(stated[0]) == stated[0] | stated[1]


def test_every_rule_is_broken_at_least_once() -> None:
    assert {mutation.rule for mutation in MUTATIONS} == set(SEVERITY)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m.rule} {m.what}")
def test_a_mutation_breaks_the_rules_that_it_names(
    mutation: Mutation, stated: Stated, before: set[ValidationResult]
) -> None:
    broken = quads(mutation.of(*stated))
    after = by_pyshacl(broken)
    assert codes(after - before) == {(rule, SEVERITY[rule]) for rule in {mutation.rule, *mutation.also}}
    assert before <= after
    assert in_two_parts(broken) == after
