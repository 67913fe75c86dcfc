"""The page of a source document shows the lines that the data quotes, and what was made of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.conftest import site_from
from tlevel_rdf.web.html.source_lines import source_lines
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

SOURCE = "https://data.example.org/id/source/a"
DATA = f"""\
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{SOURCE}> a <http://xmlns.com/foaf/0.1/Document> ; dct:title "a.txt" .
<{SOURCE}#line=8,9> dct:isPartOf <{SOURCE}> ; prov:value "Nine & more" .
<{SOURCE}#line=9,10> dct:isPartOf <{SOURCE}> ; prov:value "Ten" .
<{SOURCE}#checksum> dct:isPartOf <{SOURCE}> ; prov:value "no line" .
<https://data.example.org/id/x/1> skos:prefLabel "One" ; prov:wasQuotedFrom <{SOURCE}#line=8,9> .
<https://data.example.org/id/x/2> skos:prefLabel "Two" ; prov:wasQuotedFrom <{SOURCE}#line=8,9> .
"""


def test_lines_are_in_the_order_of_the_document_with_what_was_made_of_them() -> None:
    lines = source_lines(site_from(DATA), SOURCE)
    assert [(line.place, line.fragment, line.words, [made.text for made in line.made]) for line in lines] == [
        ("line 9", "line=8,9", ["Nine & more"], ["One", "Two"]),
        ("line 10", "line=9,10", ["Ten"], []),
    ]


def test_the_page_shows_words_of_a_line_and_their_option(site: Site) -> None:
    page = respond(site, Request.of("/doc/source/000-80ba2ef1bfb81c71-txt.html")).content.decode()
    assert "<blockquote>At level 6, there is the Dispensing Optician apprenticeship.</blockquote>" in page
    assert page.count('id="line=22,23"') == 1
    assert page.index("Lines that the data quotes") < page.index("All statements")
    assert "Optical Care Services: Dispensing Optician apprenticeship, level 6" in page


def test_a_document_without_lines_has_its_statements_alone() -> None:
    data = '<x:d> a <http://xmlns.com/foaf/0.1/Document> ; <http://purl.org/dc/terms/title> "d" .'
    page = respond(site_from(data), Request.of("/doc.html?iri=x:d")).content.decode()
    assert "All statements" not in page
