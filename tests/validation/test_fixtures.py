"""Each rule by example: graphs that it passes, and graphs in which one thing is wrong.

A fixture says what people say. What follows from that is added, but for the fixtures of R23, which is about just that.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Quad

from tests.validation.rules import SEVERITY
from tests.validation.running import by_pyshacl, codes, in_two_parts
from tlevel_rdf.graph.entailment import Entailment
from tlevel_rdf.graph.vocabulary import rules

# Other tests cover the lines; counting them here takes as long as running them.
pytestmark = pytest.mark.no_cover

FIXTURES = Path(__file__).parent / "fixtures"
PASSING = sorted(FIXTURES.glob("*/pass*.ttl"))
FAILING = sorted(FIXTURES.glob("*/fail*.ttl"))

#: Faults that break more than one rule.
ALSO = {
    "R08/fail-bypassed-htq": {"R09"},  # what is relevant is an apprenticeship, so no HTQ can be
    "R17/fail-qualifications": {"R37"},  # the number is in the IRI of the other qualification
    "R17/fail-standards": {"R37"},  # and so is the reference
}


def read(file: Path) -> list[Quad]:
    quads = list(pyoxigraph.parse(path=file))
    if file.parent.name == "R23":
        return quads
    return [*quads, *Entailment(rules(), NamedNode("https://w3id.org/tlevel/graph/inferred")).infer(quads)]


def name(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


def test_every_rule_has_a_passing_and_a_failing_fixture() -> None:
    assert {file.parent.name for file in PASSING} == set(SEVERITY)
    assert {file.parent.name for file in FAILING} == set(SEVERITY)


@pytest.mark.parametrize("file", PASSING, ids=name)
def test_a_passing_fixture_passes(file: Path) -> None:
    quads = read(file)
    assert by_pyshacl(quads) == set()
    assert in_two_parts(quads) == set()


@pytest.mark.parametrize("file", FAILING, ids=name)
def test_a_failing_fixture_breaks_only_its_rule(file: Path) -> None:
    """PySHACL alone, the engine of record, finds the same as the two engines of the gate."""
    expected = {(code, SEVERITY[code]) for code in {file.parent.name, *ALSO.get(name(file), ())}}
    quads = read(file)
    found = by_pyshacl(quads)
    assert codes(found) == expected
    assert in_two_parts(quads) == found


@pytest.mark.parametrize("file", [*PASSING, *FAILING], ids=name)
def test_a_fixture_begins_with_a_comment_on_what_it_shows(file: Path) -> None:
    first, second, *_ = file.read_text(encoding="utf-8").splitlines()
    assert first.startswith("# ")
    assert first.endswith(".")
    assert second.startswith("@base")
