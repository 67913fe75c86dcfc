"""The page of a scheme has its concepts in one table."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.html.concept_table import concept_table
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

BASE = "https://data.example.org/"
SCHEME = f"{BASE}def/trades"
DATA = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://data.example.org/def/trades#> .
@prefix def: <https://data.example.org/def/> .
def:trades a skos:ConceptScheme ; skos:prefLabel "Trades"@en ; skos:hasTopConcept :10, :9 .
:9 a skos:Concept ; skos:notation "9" ; skos:prefLabel "Roofer"@en ; skos:topConceptOf def:trades .
:10 a skos:Concept ; skos:notation "10" ; skos:prefLabel "Töpfer"@de ; skos:inScheme def:trades .
:11 a skos:Concept ; skos:notation "11" ; skos:prefLabel "Tiler"@en ; skos:broader :10 .
:12 a skos:Concept ; skos:prefLabel "Mason"@en .
:13 a skos:Concept ; skos:notation "13", "13a" ; skos:prefLabel "Glazier"@en .
"""


def test_a_concept_with_one_code_and_one_name_is_a_row_by_code() -> None:
    rows = concept_table(describe(site_from(DATA).store, SCHEME, [*map(str, range(9, 14))]), BASE)
    assert [(row.code.text, row.name.text, row.name.language, row.is_whole) for row in rows] == [
        ("9", "Roofer", "", True),
        ("10", "Töpfer", "de", False),
        ("11", "Tiler", "", False),
    ]


@pytest.mark.parametrize(
    "more",
    [
        '<http://purl.org/dc/terms/identifier> "9"',
        'skos:altLabel "Roofer"@en',
        "skos:inScheme <https://e.org/other>",
        "<http://www.w3.org/2000/01/rdf-schema#seeAlso> skos:Concept",
        "a <https://e.org/Trade>",
    ],
)
def test_a_statement_that_the_row_does_not_show_stays_on_the_page(more: str) -> None:
    rows = concept_table(describe(site_from(f"{DATA} :9 {more} .").store, SCHEME, ["9"]), BASE)
    assert [row.is_whole for row in rows if row.fragment == "9"] == [False]


def test_other_things_have_no_table() -> None:
    assert concept_table(describe(site_from(DATA).store, f"{SCHEME}#10"), BASE) == []
    assert concept_table(describe(site_from(DATA).store, f"{BASE}nothing"), BASE) == []


def test_a_page_shows_all_statements_of_concepts_and_each_anchor_once() -> None:
    page = respond(site_from(DATA), Request("GET", "/def/trades", "", (("accept", "text/html"),))).content.decode()
    assert re.findall(r'<tr id="([^"]+)"', page) == ["9", "10", "11"]
    assert page.count(">Roofer<") == 1
    assert '<span lang="de">Töpfer</span>' in page
    assert "Statements about Töpfer" in page
    assert len(re.findall(r'\bid="10"', page)) == 1


def test_unit_groups_of_soc_lead_to_the_pages_of_their_codes() -> None:
    soc = "https://w3id.org/tlevel/def/soc2020"
    data = f"""<{soc}> a <http://www.w3.org/2004/02/skos/core#ConceptScheme> .
        <{soc}#3211> a <http://www.w3.org/2004/02/skos/core#Concept> ;
            <http://www.w3.org/2004/02/skos/core#topConceptOf> <{soc}> ;
            <http://www.w3.org/2004/02/skos/core#notation> "3211" ;
            <http://www.w3.org/2004/02/skos/core#prefLabel> "Dispensing opticians"@en ."""
    (row,) = concept_table(describe(site_from(data).store, soc), "https://w3id.org/tlevel/")
    assert row.code.href == "/codes/soc-2020/3211"
