"""The example queries are listed, described in RDF and run with values; invalid values are refused."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib import RDF, URIRef

from tests.release.tables.test_spreadsheet import read_workbook
from tests.web.conftest import BASE, BROWSER, site_from
from tlevel_rdf.store.base import Query, QueryForm, Syntax
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.store.query_guard import check_query
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
AFTER = "/queries/options-after-specialism"
FOLLOW = "/queries/standards-that-follow"
GAPS = "/queries/levels-without-options"


GRAPH = "as-ctdl"
NAMES = sorted(example_queries())


@pytest.mark.parametrize("name", [name for name in NAMES if name != GRAPH])
def test_each_query_runs_in_every_format(site: Site, name: str) -> None:
    text = example_queries()[name].text
    assert check_query(text).form is QueryForm.SELECT
    for suffix, syntax in ((".csv", Syntax.CSV), (".json", Syntax.JSON), (".xml", Syntax.XML), (".tsv", Syntax.TSV)):
        response = respond(site, Request.of(f"/queries/{name}{suffix}"))
        assert response.status == 200
        assert (response.header("content-type") or "").startswith(syntax.value)
        assert response.content == site.store.query(Query(text), syntax)
    assert respond(site, Request.of(f"/queries/{name}.rq")).content.decode() == text
    assert respond(site, Request.of(f"/queries/{name}.html")).status == 200


def test_a_result_is_a_spreadsheet_with_the_rows_of_its_csv(site: Site) -> None:
    table, sheet = (respond(site, Request.of(f"{AFTER}{suffix}")).content for suffix in (".csv", ".xlsx"))
    expected = [[value for value in row if value] for row in csv.reader(io.StringIO(table.decode(), newline=""))]
    assert read_workbook(sheet)["result"] == expected


@pytest.mark.parametrize(
    ("suffix", "syntax"),
    [(".ttl", Syntax.TURTLE), (".jsonld", Syntax.JSON_LD), (".nt", Syntax.N_TRIPLES), (".rdf", Syntax.RDF_XML)],
)
def test_a_query_whose_result_is_a_graph_gives_it_in_every_format(site: Site, suffix: str, syntax: Syntax) -> None:
    text = example_queries()[GRAPH].text
    assert check_query(text).form is QueryForm.CONSTRUCT
    response = respond(site, Request.of(f"/queries/{GRAPH}{suffix}"))
    assert response.status == 200
    assert response.content == site.store.query(Query(text), syntax)
    assert respond(site, Request.of(f"/queries/{GRAPH}", accept=syntax.value)).content == response.content


def test_the_page_of_a_graph_has_it_in_turtle_with_its_downloads(site: Site) -> None:
    response = respond(site, Request.of(f"/queries/{GRAPH}", accept=BROWSER))
    page = response.content.decode()
    assert response.status == 200
    assert "@prefix ceterms: " in page
    assert "ceterms:isPreparationFor" in page
    assert f'href="/queries/{GRAPH}.ttl"' in page
    assert f'href="/queries/{GRAPH}.csv"' not in page
    other = respond(site, Request.of(f"/queries/{GRAPH}?t_level=Alchemy", accept=BROWSER)).content.decode()
    assert "There are no matches." in other


def test_a_graph_has_no_rows(site: Site) -> None:
    response = respond(site, Request.of(f"/queries/{GRAPH}.csv"))
    assert response.status == 404
    assert ".ttl" in json.loads(response.content)["hint"]
    assert respond(site, Request.of(f"/queries/{GRAPH}", accept="text/csv")).status == 406


def test_the_list_has_every_query_in_html_and_rdf(site: Site) -> None:
    page = respond(site, Request.of("/queries/", accept=BROWSER)).content.decode()
    found = rdflib.Graph().parse(data=respond(site, Request.of("/queries.ttl")).content, format="turtle")
    for name, one in example_queries().items():
        assert f'href="/queries/{name}"' in page
        iri = URIRef(f"{BASE}queries/{name}")
        kind, text = ("Construct", SH.construct) if name == GRAPH else ("Select", SH.select)
        assert {SH.SPARQLExecutable, SH[f"SPARQL{kind}Executable"]} <= set(found.objects(iri, RDF.type))
        assert [*map(str, found.objects(iri, text))] == [one.text]
        assert [str(title) for title in found.objects(iri, rdflib.DCTERMS.title)] == [one.title]
        paths = {str(found.value(p, SH.path)).rpartition("#")[2] for p in found.objects(iri, SH.parameter)}
        assert paths == {parameter.name for parameter in one.parameters}
    declared = {str(found.value(d, SH.prefix)) for d in found.objects(URIRef(f"{BASE}queries/"), SH.declare)}
    assert {"skos", "tlp"} <= declared


NAMESAKES = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tlp: <https://w3id.org/tlevel/def/progression#> . @prefix : <https://data.example.org/> .
:A rdfs:subClassOf tlp:Destination ; rdfs:label "a" . :B rdfs:subClassOf tlp:Destination ; rdfs:label "b" .
:x a :A ; skos:prefLabel "\u0001" . :y a :B ; skos:prefLabel "\u0001" .
"""


def test_a_result_that_xml_cannot_express_comes_in_the_next_best_format() -> None:
    target, site = "/queries/names-of-several-kinds", site_from(NAMESAKES)
    accept = "application/sparql-results+xml, application/sparql-results+json;q=0.5"
    response = respond(site, Request.of(target, accept=accept))
    assert response.status == 200
    assert response.header("content-location") == f"{target}.json"
    assert len(json.loads(response.content)["results"]["bindings"]) == 2
    assert respond(site, Request.of(f"{target}.xml")).status == 406


def rows(send: Send, target: str) -> list[dict[str, str]]:
    response = send(target)
    assert response.status == 200
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def test_values_replace_the_defaults(send: Send) -> None:
    usual = rows(send, f"{AFTER}.csv")
    assert rows(send, f"{AFTER}.csv?specialism=Optical+Care+Services") == usual
    other = rows(send, f"{AFTER}.csv?specialism=Assisting+with+Healthcare+Science")
    assert other
    assert other != usual
    assert rows(send, f"{GAPS}.csv?lowest=7&highest=8") != rows(send, f"{GAPS}.csv")


def test_a_parameter_may_be_repeated(send: Send) -> None:
    both = rows(send, f"{FOLLOW}.csv?code=ST0530&code=ST0774")
    assert {row for one in ("ST0530", "ST0774") for row in map(str, rows(send, f"{FOLLOW}.csv?code={one}"))} == {
        *map(str, both)
    }


def test_the_sparql_has_the_values(send: Send) -> None:
    response = send(f"{AFTER}.rq?specialism=%22%7D")
    assert response.header("content-type") == "application/sparql-query"
    assert 'VALUES ?specialism { "\\"}"@en }' in response.content.decode()


@pytest.mark.parametrize(
    ("target", "status", "text"),
    [
        (f"{AFTER}.csv?x=1", 400, "specialism"),
        ("/queries/highest-levels.csv?x=1", 400, "none"),
        (f"{GAPS}.csv?lowest=low", 400, "whole number"),
        (f"{GAPS}.csv?lowest=", 400, "whole number"),
        (f"{AFTER}.csv?specialism=%FF", 400, "UTF-8"),
        (f"{AFTER}.csv?{'specialism=a&' * 201}", 400, "200"),
        (f"{AFTER}.csv?specialism={'a' * 501}", 400, "500"),
        ("/queries/options-after-specialisms", 404, "options-after-specialism"),
        ("/queries/x/y", 404, "there is no example query"),
        (f"{AFTER}.pdf", 404, "options-after-specialism"),
    ],
)
def test_an_invalid_request_is_refused_with_a_reason(send: Send, target: str, status: int, text: str) -> None:
    response = send(target)
    problem = json.loads(response.content)
    assert (response.status, problem["status"]) == (status, status)
    assert text in problem["detail"] + problem.get("hint", "")
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize("suffix", ["", ".csv", ".xlsx"])
def test_a_comparison_with_a_version_that_is_not_there_is_400(suffix: str, send: Send) -> None:
    response = send(f"/queries/what-changed{suffix}?old=/graph/profile/&new=/releases/none/")
    assert response.status == 400
    assert "new: “/releases/none/” is not in the data." in response.content.decode()


def test_a_page_with_an_invalid_value_is_400_with_the_form(send: Send) -> None:
    response = send(f"{GAPS}?lowest=low&highest=5", BROWSER)
    page = response.content.decode()
    assert response.status == 400
    assert 'role="alert"' in page
    assert 'value="low"' in page
    assert 'value="5"' in page


@pytest.mark.parametrize(
    ("accept", "content_type", "location"),
    [
        (None, "text/html; charset=utf-8", f"{AFTER}.html?specialism=x"),
        ("text/csv", "text/csv; charset=utf-8", f"{AFTER}.csv?specialism=x"),
        ("text/turtle", "text/turtle; charset=utf-8", f"{AFTER}.ttl?specialism=x"),
        ("application/sparql-query", "application/sparql-query", f"{AFTER}.rq?specialism=x"),
    ],
)
def test_the_accept_header_selects_the_format(send: Send, accept: str | None, content_type: str, location: str) -> None:
    response = send(f"{AFTER}?specialism=x", accept)
    assert (response.header("content-type"), response.header("content-location")) == (content_type, location)
    assert send(location).content == response.content


def test_data_without_t_levels_has_empty_results() -> None:
    other = site_from("<x:a> <x:b> 1 .")
    for name in example_queries():
        for target in (f"/queries/{name}.{'ttl' if name == GRAPH else 'csv'}", f"/queries/{name}.html"):
            assert respond(other, Request.of(target)).status == 200
