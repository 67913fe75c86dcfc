"""The reference data of the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.reference.loading import read_reference

from .samples import write_folder

if TYPE_CHECKING:
    from tlevel_rdf.reference.model import Reference


@pytest.fixture(name="sample", scope="session")
def read_sample(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    reference, findings = read_reference(write_folder(tmp_path_factory.mktemp("tables")))
    assert findings == []
    return reference
