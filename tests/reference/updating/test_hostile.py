"""No contents of a download end a run with anything but findings."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.reference.updating.download import DownloadError

from .samples import all_rows, occupation, read, save, table, version

if TYPE_CHECKING:
    import pytest

    from tlevel_rdf.reference.model import Reference

_PRODUCT = {"productCode": "HTQ1", "typeName": "HTQ", "name": "Diploma", "level": 5}
_OCCUPATION = occupation("OCC0001", products=[_PRODUCT], typicalJobTitles=[{"name": "Baker"}])
_CLUSTER = {"name": "Rolls", "occupations": [_OCCUPATION]}
_ROUTE = {
    "object": "Route",
    "name": "Digital",
    "pathways": [{"name": "a", "clusterGroups": [{"clusters": [_CLUSTER]}]}],
}
_STEPS = {"keyStdCode": "OCC0001", "progressions": [{"stdCodeFrom": "OCC0001", "stdCodeTo": "OCC0002"}]}
DOWNLOADS = [[version("ST0001"), version("ST0001", "1.1")], [_OCCUPATION], _ROUTE, _STEPS]
_TEXT = table(all_rows()[:4])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["name", "level"]), inner, max_size=2),
    max_leaves=4,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return each container within a value with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *places(value[key]))]


@fuzz(100)
@given(data=st.data())
def test_any_value_of_a_record_gives_findings(
    data: st.DataObject, sample: Reference, tmp_path_factory: pytest.TempPathFactory
) -> None:
    download = copy.deepcopy(data.draw(st.sampled_from(DOWNLOADS)))
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(download)))
        container[key] = data.draw(_VALUES)
    path = save(tmp_path_factory.getbasetemp(), "x.json", json.dumps(download))
    with suppress(DownloadError):
        read(path, sample)


@fuzz(100)
@given(at=st.integers(0, len(_TEXT)), cut=st.integers(0, 60), text=st.text(max_size=5))
def test_any_text_of_a_table_gives_findings(
    at: int, cut: int, text: str, sample: Reference, tmp_path_factory: pytest.TempPathFactory
) -> None:
    changed = (_TEXT[:at] + text + _TEXT[at + cut :]).encode("utf-8", errors="replace")
    with suppress(DownloadError):
        read(save(tmp_path_factory.getbasetemp(), "x.csv", changed), sample)
