"""The schemes of codes."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, Store

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.code_schemes import SCHEMES

#: Statements about `<x:a>`, and its code.
CODES = {
    "standard": (f'{terms.STANDARD_REFERENCE} "ST0001"', "ST0001"),
    "standard-version": (f'{terms.VERSION_OF} <x:standard/ST0001> ; {terms.VERSION_NUMBER} "1.2"', "ST0001/1.2"),
    "lars": (f'{terms.LARS_STANDARD_CODE} "7"', "7"),
    "learning-aim": (f'{terms.LEARNING_AIM_REFERENCE} "ZTLOS054"', "ZTLOS054"),
    "careers-service": (f'{terms.CAREERS_SERVICE_SLUG} "baker"', "baker"),
}


def found(scheme: str, statements: str) -> list[str]:
    store = Store()
    store.update(f"INSERT DATA {{ <x:a> {statements} }}")
    rows = store.query(f"SELECT ?code {{ {SCHEMES[scheme].pattern} }}")
    assert isinstance(rows, QuerySolutions)
    return [row["code"].value for row in rows]


@pytest.mark.parametrize("scheme", CODES)
def test_the_pattern_of_a_scheme_finds_the_code_of_a_thing(scheme: str) -> None:
    statements, code = CODES[scheme]
    assert found(scheme, statements) == [code]


def test_the_code_of_a_learning_aim_belongs_to_the_aim_and_not_to_what_it_is_an_aim_of() -> None:
    assert found("learning-aim", f'{terms.LEARNING_AIM_REFERENCE} "Z" ; {terms.AIM_OF} <x:b>') == []


def test_each_scheme_has_a_title_of_its_own() -> None:
    assert len({scheme.title for scheme in SCHEMES.values()}) == len(SCHEMES)
