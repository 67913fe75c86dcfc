"""Values as people read them."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph.terms import XSD
from tlevel_rdf.store.readable import has_readable_form, is_time, readable

FORMS = [
    ("boolean", "true", "yes"),
    ("boolean", "1", "yes"),
    ("boolean", "false", "no"),
    ("boolean", "0", "no"),
    ("boolean", "maybe", "maybe"),
    ("date", "2026-11-30", "30 November 2026"),
    ("date", "2026-01-01Z", "1 January 2026 UTC"),
    ("date", "2026-01-01+05:30", "1 January 2026 (UTC+05:30)"),
    ("date", "2026-02-30", "2026-02-30"),
    ("date", "-0044-03-15", "-0044-03-15"),
    ("dateTime", "2026-11-30T14:05:00Z", "30 November 2026, 14:05 UTC"),
    ("dateTime", "2026-11-30T14:05:09.5", "30 November 2026, 14:05:09.500000"),
    ("dateTimeStamp", "2026-11-30T00:00:00+01:00", "30 November 2026, 00:00 (UTC+01:00)"),
    ("gYearMonth", "2020-09", "September 2020"),
    ("gYear", "2020", "2020"),
    ("integer", "1000", "1000"),
    ("decimal", "1.50", "1.50"),
    ("anyURI", " https://e.org/ ", "https://e.org/"),
    ("string", "true", "true"),
    ("duration", "P1D", "P1D"),
]


@pytest.mark.parametrize(("datatype", "form", "expected"), FORMS)
def test_a_value_is_written_for_people(datatype: str, form: str, expected: str) -> None:
    assert readable(Literal(form, datatype=NamedNode(f"{XSD}{datatype}"))) == expected


def test_a_text_with_a_language_stays_as_it_is() -> None:
    assert readable(Literal("true", language="en")) == "true"


def test_only_whole_days_and_times_are_times() -> None:
    def literal(form: str, name: str) -> Literal:
        return Literal(form, datatype=NamedNode(f"{XSD}{name}"))

    assert is_time(literal("2026-11-30", "date"))
    assert is_time(literal("2020-09", "gYearMonth"))
    assert not is_time(literal("2026-13-30", "date"))
    assert not is_time(literal("true", "boolean"))


def test_other_datatypes_need_their_name() -> None:
    assert has_readable_form(f"{XSD}boolean")
    assert not has_readable_form(f"{XSD}duration")
    assert not has_readable_form("http://e.org/d")
