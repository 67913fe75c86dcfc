"""Pages say in plain words what a thing is and what belongs to it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.html import plain_words
from tlevel_rdf.web.html.plain_words import PlainWords, in_plain_words
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

BASE = "https://data.example.org/"
DATA = """\
@base <https://data.example.org/id/> .
@prefix tlp: <https://w3id.org/tlevel/def/progression#> .
@prefix level: <https://w3id.org/tlevel/def/level#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<t> a tlp:TLevel , tlp:Qualification ; skos:prefLabel "Roofs"@en ; tlp:level level:3 ; tlp:progressesTo <mason> .
<s> a tlp:OccupationalSpecialism ; skos:prefLabel "Slating"@en ; tlp:specialismOf <t> ; tlp:progressesTo <a> .
<a> a tlp:Apprenticeship , tlp:Destination ; skos:prefLabel "Roofer"@en ; tlp:level level:4 ; tlp:basedOn <st> ;
    tlp:trainsFor <mason> .
<st> a tlp:OccupationalStandard ; skos:prefLabel "Roofer"@en ; tlp:standardReference "ST0001" ;
    tlp:larsStandardCode "47" ; skos:altLabel "Slater"@en ; foaf:page <https://www.tlevels.gov.uk/x> , <urn:x> .
<mason> a tlp:Occupation , tlp:Destination ; skos:prefLabel "Mason"@en ; skos:closeMatch <https://e.org/m> .
<q1> a tlp:Qualification ; skos:prefLabel "Q1"@en ; tlp:qualificationOf <t> ;
    tlp:firstTeaching "2021-09-01"^^xsd:date ; tlp:lastEnrolment "2025-09"^^xsd:gYearMonth .
<q2> a tlp:Qualification ; skos:prefLabel "Q2"@en ; tlp:qualificationOf <u> ;
    tlp:firstTeaching "2021-09-01"^^xsd:date ; tlp:lastEnrolment "2025-09"^^xsd:gYearMonth .
<q3> a tlp:Qualification ; skos:prefLabel "Q3"@en ; tlp:qualificationOf <u> ;
    tlp:firstTeaching "2020-09-01"^^xsd:date ; skos:historyNote "Once more."@en .
<u> a tlp:TLevel , tlp:Qualification ; skos:prefLabel "Walls"@en ; dct:isReplacedBy <t> ; tlp:partlyReplacedBy <v> .
<v> a tlp:TLevel , tlp:Qualification ; skos:prefLabel "Doors"@en .
<us> a tlp:OccupationalSpecialism ; skos:prefLabel "Bricks"@en ; tlp:specialismOf <u> ; tlp:mappedOccupation <mason> .
<other> a foaf:Person ; skos:prefLabel "Ada"@en .
"""


@pytest.fixture(scope="module")
def roofs() -> Site:
    return site_from(DATA)


def plain(site: Site, key: str, name: str = "X") -> PlainWords:
    found = in_plain_words(site, describe(site.store, f"{BASE}id/{key}"), name)
    assert found
    return found


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("t", "T Level in X"),
        ("s", "X, specialism"),
        ("a", "X, apprenticeship at level 4"),
        ("st", "X, occupational standard"),
        ("mason", "X, occupation"),
    ],
)
def test_a_title_has_the_kind_and_the_level_that_the_data_states(roofs: Site, key: str, title: str) -> None:
    assert plain(roofs, key).title == title


@pytest.mark.parametrize(
    ("key", "sections"),
    [
        (
            "t",
            {
                "Jobs named on the government's page about it": ["Mason occupation"],
                "Technical qualification": ["Q1 technical qualification"],
            },
        ),
        (
            "u",
            {
                "T Levels that replace it": ["Roofs T Level"],
                "T Levels that take up a part of its content": ["Doors T Level"],
                "Occupations that the occupational maps show with its specialisms": ["Mason occupation"],
                "Technical qualification": ["Q2 technical qualification", "Q3 technical qualification"],
            },
        ),
        ("s", {"T Level": ["Roofs T Level"]}),
        (
            "a",
            {
                "T Levels and specialisms that lead here": ["Slating specialism"],
                "The occupational standard that it is based on": ["Roofer occupational standard"],
                "Occupations that it trains for": ["Mason occupation"],
            },
        ),
        ("st", {"Apprenticeships and qualifications based on it": ["Roofer apprenticeship at level 4"]}),
        (
            "mason",
            {
                "T Levels and specialisms that lead here": ["Roofs T Level"],
                "T Levels that lead here by an apprenticeship": ["Roofs T Level"],
                "Apprenticeships that train for it": ["Roofer apprenticeship at level 4"],
                "Specialisms that the occupational maps show with it": ["Bricks specialism"],
            },
        ),
    ],
)
def test_a_page_lists_what_belongs_to_its_thing(roofs: Site, key: str, sections: dict[str, list[str]]) -> None:
    found = {each.heading: [f"{link.text} {kind}" for link, kind in each.items] for each in plain(roofs, key).sections}
    assert found == sections


def test_codes_other_names_and_pages_elsewhere_are_listed(roofs: Site) -> None:
    standard = plain(roofs, "st")
    assert [(heading, [(view.text, view.href) for view in views]) for heading, views in standard.facts] == [
        ("Codes", [("47", "/codes/lars/47"), ("ST0001", "/codes/standard/ST0001")]),
        ("Also called", [("Slater", "")]),
    ]
    assert [(page.text, page.href) for page in standard.elsewhere] == [
        ("T Levels, for students (tlevels.gov.uk)", "https://www.tlevels.gov.uk/x")
    ]
    assert [page.text for page in plain(roofs, "mason").elsewhere] == ["e.org"]


def test_a_t_level_has_the_dates_of_its_qualifications_and_ends_when_all_of_them_have(roofs: Site) -> None:
    dates = {key: {heading: [one.text for one in views] for heading, views in plain(roofs, key).facts} for key in "tuv"}
    assert dates == {
        "t": {"First taught": ["1 September 2021"], "Last enrolment": ["September 2025"]},
        "u": {"First taught": ["1 September 2020"], "History": ["Once more."]},
        "v": {},
    }


def test_the_way_from_the_home_page_leads_by_the_t_level_or_the_list_of_the_kind(roofs: Site) -> None:
    crumbs = {key: [(view.text, view.href) for view in plain(roofs, key).crumbs] for key in ("t", "s", "a")}
    assert crumbs == {
        "t": [],
        "s": [("Roofs", "/doc/t")],
        "a": [("Apprenticeships", "/search?kind=Apprenticeship")],
    }


def test_a_long_section_is_cut_and_its_rest_counted(roofs: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_words, "MAX_SECTION_ITEMS", 0)
    assert [(section.items, section.more) for section in plain(roofs, "s").sections] == [([], 1)]


def test_things_of_other_kinds_have_their_statements_alone(roofs: Site) -> None:
    assert in_plain_words(roofs, describe(roofs.store, f"{BASE}id/other"), "Ada") is None
    page = respond(roofs, Request.of("/doc/other.html")).content.decode()
    assert "All statements" not in page
    assert "<h2>Properties</h2>" in page


class _Tags(HTMLParser):
    """Requires that each element that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "input", "br"}:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


@pytest.mark.parametrize("key", ["t", "s", "a", "st", "mason", "other"])
def test_a_page_has_one_heading_and_closes_its_elements(roofs: Site, key: str) -> None:
    page = respond(roofs, Request.of(f"/doc/{key}.html")).content.decode()
    tags = _Tags()
    tags.feed(page)
    assert tags.opened == []
    assert len(re.findall("<h1>", page)) == 1
