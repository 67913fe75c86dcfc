"""The rows of reference data: how cells become values."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from tlevel_rdf.reference import model
from tlevel_rdf.reference.statuses import STATUSES


@pytest.mark.parametrize(("cell", "value"), [("4", 4), (7, 7)])
def test_a_level_is_a_number(cell: object, value: int) -> None:
    assert TypeAdapter(model.Level).validate_python(cell) == value


@pytest.mark.parametrize("cell", ["", "0", "9", "four", "4.0", "\u0664", "4" * 12, None])
def test_any_other_level_is_refused(cell: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(model.Level).validate_python(cell)


def test_a_cell_of_several_titles_is_split_at_its_bars() -> None:
    assert TypeAdapter(model.Titles).validate_python("Baker | Pastry chef") == ("Baker", "Pastry chef")


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_one_of_those_that_are_printed(status: str) -> None:
    assert TypeAdapter(model.Status).validate_python(status) == status
    with pytest.raises(ValidationError):
        TypeAdapter(model.Status).validate_python(status.upper())
