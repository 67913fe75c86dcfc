"""The sample of reference data as quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.graph.reference.statements import Statements
from tests.reference.samples import sample
from tlevel_rdf.graph.reference.describing import describe_reference

if TYPE_CHECKING:
    from tlevel_rdf.graph.identifiers import Identifiers


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, ids: Identifiers) -> Statements:
    return Statements(describe_reference(sample(tmp_path_factory.mktemp("sample")), ids))
