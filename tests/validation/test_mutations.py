"""A small data set, broken in one way at a time: the gate sees that and nothing else.

The data set has a profile, a subject page and what registers and the occupational map say of their things. The two
parts of the gate judge every mutation by all rules; pySHACL alone judges it by the rules that it breaks.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import Quad, Triple

from tests.validation.mutations import MUTATIONS, Mutation, closed
from tests.validation.rules import SEVERITY
from tests.validation.running import by_pyshacl, codes, in_two_parts
from tlevel_rdf.validation.gate import check_corpus
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.validation.result import ValidationResult

STATED = frozenset(quad.triple for quad in pyoxigraph.parse(path=Path(__file__).parent / "small.ttl"))

# Other tests cover the lines; counting them here takes as long as running them.
pytestmark = pytest.mark.no_cover


def quads(triples: frozenset[Triple]) -> list[Quad]:
    return [Quad(*triple) for triple in triples]


@pytest.fixture(scope="session")
def followed() -> frozenset[Triple]:
    """The conclusions from the small data set."""
    return closed(STATED) - STATED


@pytest.fixture(scope="session")
def before(followed: frozenset[Triple]) -> set[ValidationResult]:
    return in_two_parts(quads(STATED | followed))


def test_the_shipped_data_is_fit_to_be_published(corpus: Corpus) -> None:
    findings = check_corpus(corpus, shipped_shapes()).findings
    found = Counter((finding.code, str(finding.severity)) for finding in findings)
    assert found == {("R19", "Info"): 11, ("R28", "Info"): 1}


def test_the_small_data_set_is_fit_to_be_published(before: set[ValidationResult], followed: frozenset[Triple]) -> None:
    found = Counter((result.finding.code, str(result.severity)) for result in before)
    assert found == {("R19", "Info"): 11, ("R28", "Info"): 1}
    assert by_pyshacl(quads(STATED | followed)) == before


def test_every_rule_is_broken_at_least_once() -> None:
    assert {mutation.rule for mutation in MUTATIONS} == set(SEVERITY)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m.rule} {m.what}")
def test_a_mutation_breaks_the_rules_that_it_names(
    mutation: Mutation, followed: frozenset[Triple], before: set[ValidationResult]
) -> None:
    broken = quads(mutation.of(STATED, followed))
    rules = {mutation.rule, *mutation.also}
    after = in_two_parts(broken)
    assert codes(after - before) == {(rule, SEVERITY[rule]) for rule in rules}
    assert before <= after
    assert by_pyshacl(broken, rules) == {result for result in after if result.finding.code in rules}
