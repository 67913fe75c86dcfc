"""The views of codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tlevel_rdf.web.data.codes import CodeFacts, CodeStatement
from tlevel_rdf.web.data.things import Thing
from tlevel_rdf.web.html.codes import code_page, codes_page

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

THING = Thing("Baker & co", "urn:a", "/a")


def test_a_page_names_the_kind_of_code_and_escapes_what_sources_state(site: Site) -> None:
    statement = CodeStatement(THING, THING, "2020-01-31", None, THING)
    facts = CodeFacts(
        "lars", "LARS standard code", "7", [statement], [("Reference of a standard", "ST1", "/codes/x")], []
    )
    page = code_page(site, facts).decode()
    assert "<h1>7, LARS standard code</h1>" in page
    assert "Baker &amp; co" in page
    assert "31 January 2020" in page
    assert "no date stated" in page
    group = replace(facts, scheme="soc-2020", scheme_title="Unit group of SOC 2020", occupations=[THING])
    assert "<h1>Baker &amp; co, unit group 7 of SOC 2020</h1>" in code_page(site, group).decode()


def test_the_list_of_schemes_links_to_the_concordance(site: Site) -> None:
    page = codes_page(replace(site, files={"codes.csv": Path("codes.csv"), "all.nq": Path("all.nq")})).decode()
    assert 'href="/data/codes.csv"' in page
    assert "all.nq" not in page
