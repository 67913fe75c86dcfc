"""The parameters of the API read their values."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tlevel_rdf.web.api.parameters import DayParameter, NumberParameter, TextParameter
from tlevel_rdf.web.http.problems import ProblemError


def test_a_day_is_optional_and_comes_once() -> None:
    day = DayParameter()
    assert day.read(()) is None
    assert day.read((day.example,)) == dt.date(2027, 9, 1)
    assert re.search(day.schema["pattern"], day.example)
    for given in (("soon",), ("2027-09-01", "2027-09-01"), ("2027-13-01",)):
        with pytest.raises(ProblemError):
            day.read(given)


def test_a_number_has_a_default_and_bounds() -> None:
    number = NumberParameter("limit", "Entries.", 5, 1, 9)
    assert [number.read(()), number.read(("9",))] == [5, 9]
    for given in (("0",), ("x",), ("1", "1")):
        with pytest.raises(ProblemError, match="from 1 to 9"):
            number.read(given)


def test_a_text_may_be_optional_but_never_blank() -> None:
    assert TextParameter("kind", "A kind.", "Degree", is_required=False).read(()) == ""
    for given in ((), (" ",), ("a", "b")):
        with pytest.raises(ProblemError, match="Send q once"):
            TextParameter("q", "Words.", "optic").read(given)
