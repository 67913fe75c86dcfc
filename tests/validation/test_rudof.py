"""Rudof, an engine of SHACL that shares no code with pySHACL, finds what pySHACL finds in every fixture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.validation.test_fixtures import ALSO, FAILING, PASSING, name, read
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.validation.shapes import rule_code, shipped_shapes

if TYPE_CHECKING:
    from pathlib import Path

pyrudof = pytest.importorskip("pyrudof")
# Other tests cover the lines; counting them here takes as long as running them.
pytestmark = pytest.mark.no_cover

#: Rudof 0.3 accepts 30 February as a day.
NOT_FOUND = {"R27/fail-no-day"}


@pytest.fixture(scope="module")
def rudof() -> Any:
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    session.read_shacl(shipped_shapes().graph.serialize(format="nt"), format=pyrudof.ShaclFormat.NTriples)
    return session


@pytest.fixture(scope="module")
def classes() -> str:
    """The classes above each class, which pySHACL takes from the ontology."""
    return "".join(f"{quad.triple} .\n" for quad in ontology() if quad.predicate == terms.SUB_CLASS_OF)


@pytest.mark.parametrize("file", [*PASSING, *FAILING], ids=name)
def test_another_engine_finds_the_same_rules_broken(file: Path, rudof: Any, classes: str) -> None:
    is_found = file in FAILING and name(file) not in NOT_FOUND
    rudof.reset_data()
    rudof.read_data(classes + "".join(f"{quad.triple} .\n" for quad in read(file)), format=pyrudof.RDFFormat.NTriples)
    found = {rule_code(result.source_shape) for result in rudof.validate_shacl().violations}
    assert found == ({file.parent.name, *ALSO.get(name(file), ())} if is_found else set())
