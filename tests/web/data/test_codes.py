"""Codes lead to what has them."""

from __future__ import annotations

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.graph import terms
from tlevel_rdf.web.data.codes import code_path, describe_code, plain_path
from tlevel_rdf.web.http.problems import ProblemError

DATA = f"""
@prefix : <https://data.example.org/id/> .
:register {terms.WAS_DERIVED_FROM} :list . :list {terms.TITLE} "The list"@en .
:register {{
    :a {terms.STANDARD_REFERENCE} "ST0001" ; {terms.LARS_STANDARD_CODE} "7" ; {terms.PREF_LABEL} "Baker"@en ;
        {terms.APPROVED_ON} "2020-01-01" .
    <{terms.SOC2020}#5432> {terms.NOTATION} "5432" ; {terms.PREF_LABEL} "Bakers"@en .
    :o {terms.OCCUPATION_GROUP} <{terms.SOC2020}#5432> ; {terms.PREF_LABEL} "Pastry chef"@en .
}}
"""
#: The default graph of a store has each triple of the named graphs too.
DATA_WITH_UNION = DATA + DATA.partition(":register {")[2].rpartition("}")[0]


@pytest.mark.parametrize("code", ["ST0001", "st0001"])
def test_a_code_has_what_it_names_its_source_and_other_codes(code: str) -> None:
    facts = describe_code(site_from(DATA_WITH_UNION), "standard", code)
    (statement,) = facts.statements
    assert (facts.code, statement.thing.name, statement.source.name) == ("ST0001", "Baker", "The list")
    assert (statement.valid_from, statement.valid_until, statement.replaced_by) == ("2020-01-01", None, None)
    assert facts.others == [("LARS standard code", "7", "/codes/lars/7")]


def test_a_unit_group_has_its_occupations() -> None:
    facts = describe_code(site_from(DATA_WITH_UNION), "soc-2020", "5432")
    assert [one.name for one in facts.occupations] == ["Pastry chef"]


@pytest.mark.parametrize(("scheme", "code"), [("standard", "ST9999"), ("standard", '") } #'), ("colour", "red")])
def test_an_unknown_code_or_scheme_is_not_found(scheme: str, code: str) -> None:
    with pytest.raises(ProblemError) as error:
        describe_code(site_from(DATA_WITH_UNION), scheme, code)
    assert error.value.problem.status == 404


def test_the_page_of_a_unit_group_is_that_of_its_code() -> None:
    assert plain_path(f"{terms.SOC2020}#3211", "https://w3id.org/tlevel/") == "/codes/soc-2020/3211"
    assert plain_path("https://e.org/id/a", "https://e.org/") == "/doc/a"
    assert code_path("qualification", "603/7083/X") == "/codes/qualification/603/7083/X"
