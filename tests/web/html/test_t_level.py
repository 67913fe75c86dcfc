"""T Levels on pages: the list on the home page, and the options after each specialism."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.conftest import BASE, site_from
from tlevel_rdf.web.data.facts import specialisms_of
from tlevel_rdf.web.html.t_level import flag_meanings, list_t_levels, view_specialisms
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

T_LEVEL = "/doc/t-level/healthcare-science"
SOURCE = "/doc/source/000-80ba2ef1bfb81c71-txt"
#: Two options from one line, one without a level or a source, and a specialism without options.
DATA = """@prefix tlp: <https://w3id.org/tlevel/def/progression#> .
    @prefix level: <https://w3id.org/tlevel/def/level#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix id: <https://data.example.org/id/> .
    id:t a tlp:TLevel ; skos:prefLabel "T 1"@en , "T un"@fr .
    id:u a tlp:TLevel .
    id:s10 tlp:specialismOf id:t ; skos:prefLabel "Specialism 10" .
    id:s9 tlp:specialismOf id:t , id:u ; skos:prefLabel "Specialism 9" .
    id:o1 tlp:optionFor id:s10 ; tlp:leadsTo id:five ; prov:wasQuotedFrom <https://data.example.org/id/d#line=1,2> .
    id:o2 tlp:optionFor id:s10 ; tlp:leadsTo id:four ; prov:wasQuotedFrom <https://data.example.org/id/d#line=1,2> .
    id:o3 tlp:optionFor id:s10 ; tlp:bypasses id:none .
    id:four a tlp:Apprenticeship ; tlp:level level:4 ; skos:prefLabel "Same name" .
    id:five a tlp:Apprenticeship ; tlp:level level:5 ; skos:prefLabel "Same name" .
    id:none skos:prefLabel "No level" .
"""


def test_the_page_of_a_t_level_shows_its_options(site: Site) -> None:
    text = respond(site, Request.of(f"{T_LEVEL}.html")).content.decode()
    assert text.count('<th scope="row"><a href="/doc/') >= 26
    assert text.count("<div>may be bypassed</div>") == 2
    assert 'href="/def/status#not-applicable">Not applicable</a>' in text
    assert f'href="{SOURCE}#line=20,21">line 21</a>' in text
    assert "not stated" in text
    assert "Meaning of the flags" in text


def test_the_home_page_lists_t_levels_by_their_routes(site: Site) -> None:
    text = respond(site, Request.of("/")).content.decode()
    assert text.index("Health and science") < text.index(T_LEVEL) < text.index("Legal, finance and accounting")
    assert text.index("Legal, finance and accounting") < text.index("/doc/t-level/accounting")
    assert "(26 next steps)" in text
    summaries = list_t_levels(site)
    assert sum(one.options for one in summaries) == 26
    keys = [(one.route.text.casefold() if one.route else "", one.name.text.casefold()) for one in summaries]
    assert keys == sorted(keys)


def test_a_t_level_is_listed_once_by_its_best_label_or_its_key() -> None:
    assert [(one.name.text, one.options) for one in list_t_levels(site_from(DATA))] == [("T 1", 3), ("u", 0)]


def test_specialisms_are_sorted_by_name_and_options_by_heading_line_level_and_title() -> None:
    nine, ten = view_specialisms(site := site_from(DATA), specialisms_of(site, "https://data.example.org/id/t"))
    assert (nine.name.text, nine.options) == ("Specialism 9", ())
    rows = [(row.title.text, row.level, row.kind, row.is_bypassed) for row in ten.options]
    assert rows == [
        ("No level", None, "", True),
        ("Same name", 4, "Apprenticeship", False),
        ("Same name", 5, "Apprenticeship", False),
    ]
    assert [row.source.text if row.source else None for row in ten.options] == [None, "line 2", "line 2"]


def test_only_the_flags_of_the_options_are_explained(site: Site) -> None:
    specialisms = view_specialisms(site, specialisms_of(site, f"{BASE}id/t-level/healthcare-science"))
    assert [flag for flag, _ in flag_meanings(specialisms)] == ["Not applicable"]
    assert flag_meanings(()) == []
