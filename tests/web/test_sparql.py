"""The SPARQL 1.1 Protocol (sections 2.1 and 2.2), case by case, as a function and over a socket."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
import rdflib

from tests.web.conftest import BASE, BROWSER, raw, site_from
from tlevel_rdf.settings import MAX_QUERY_CHARACTERS
from tlevel_rdf.web.http import Request
from tlevel_rdf.web.routes import respond

if TYPE_CHECKING:
    import httpx

    from tests.web.conftest import Ask
    from tlevel_rdf.web.site import Site

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
T_LEVELS = "SELECT (COUNT(?t) AS ?n) { ?t a <https://w3id.org/tlevel/def/progression#TLevel> }"


def form(*pairs: tuple[str, str]) -> bytes:
    return urlencode(pairs).encode()


def number(body: bytes) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def test_three_ways_to_ask(ask: Ask) -> None:
    by_get = ask(f"/sparql?{urlencode({'query': T_LEVELS})}")
    by_form = ask("/sparql", method="POST", body=form(("query", T_LEVELS)), content_type=FORM)
    direct = ask("/sparql", method="POST", body=T_LEVELS.encode(), content_type=f"{DIRECT}; charset=UTF-8")
    assert by_get.status == by_form.status == direct.status == 200
    assert by_get.content == by_form.content == direct.content
    assert number(by_get.content) > 20


@pytest.mark.parametrize(
    ("text", "value"),
    [("100%25", "100%25"), ("a+b", "a+b"), ("a b", "a b"), ("ŵ é 🎓", "ŵ é 🎓"), ("&=;?", "&=;?")],
)
@pytest.mark.parametrize("method", ["GET", "FORM", "DIRECT"])
def test_text_is_decoded_once(ask: Ask, text: str, value: str, method: str) -> None:
    query = f'SELECT ("{text}" AS ?n) {{}}'
    if method == "GET":
        response = ask(f"/sparql?query={quote(query, safe='')}")
    elif method == "FORM":
        response = ask("/sparql", method="POST", body=form(("query", query)), content_type=FORM)
    else:
        response = ask("/sparql", method="POST", body=query.encode(), content_type=DIRECT)
    assert json.loads(response.content)["results"]["bindings"][0]["n"]["value"] == value


@pytest.mark.parametrize(
    ("target", "body", "content_type", "status"),
    [
        ("/sparql", form(("query", T_LEVELS), ("query", T_LEVELS)), FORM, 400),
        (f"/sparql?{urlencode({'query': T_LEVELS})}", form(("query", T_LEVELS)), FORM, 400),
        (f"/sparql?{urlencode({'query': T_LEVELS})}", T_LEVELS.encode(), DIRECT, 400),
        ("/sparql", b"", FORM, 400),
        ("/sparql", b"query=%ff", FORM, 400),
        ("/sparql", b"query=\xff", FORM, 400),
        ("/sparql", b"\xff", DIRECT, 400),
        ("/sparql", b"", DIRECT, 400),
        ("/sparql", b"a=1&" * 2000, FORM, 400),
        ("/sparql", T_LEVELS.encode(), "", 415),
        ("/sparql", T_LEVELS.encode(), "text/plain", 415),
        ("/sparql", T_LEVELS.encode(), "application/json", 415),
        ("/sparql", T_LEVELS.encode(), f"{DIRECT}; charset=iso-8859-1", 415),
        ("/sparql", form(("update", "CLEAR ALL")), FORM, 403),
        ("/sparql", form(("query", T_LEVELS), ("update", "CLEAR ALL")), FORM, 403),
        ("/sparql", b"CLEAR ALL", "application/sparql-update", 403),
        ("/sparql", b"DELETE WHERE { ?s ?p ?o }", DIRECT, 403),
        ("/sparql", b"PREFIX e: <http://e.org/> INSERT DATA { e:a e:b e:c }", DIRECT, 403),
        ("/sparql", b"SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", DIRECT, 403),
        ("/sparql", b"SELECT * { ?s ?p ?o } LIMIT 1" + b" " * MAX_QUERY_CHARACTERS, DIRECT, 413),
        ("/sparql", form(("query", T_LEVELS), ("default-graph-uri", "relative")), FORM, 400),
        ("/sparql", form(("query", T_LEVELS), ("named-graph-uri", "http://e.org/ >")), FORM, 400),
    ],
)
def test_what_is_refused(ask: Ask, target: str, body: bytes, content_type: str, status: int) -> None:
    headers = {"content_type": content_type} if content_type else {}
    response = ask(target, method="POST", body=body, **headers)
    assert response.status == status
    assert response.header("content-type") == "application/problem+json"
    told = json.loads(response.content)
    assert (told["status"], told["type"]) == (status, "about:blank")
    assert told["detail"]


@pytest.mark.parametrize("query", ["update=CLEAR%20ALL", "default-graph-uri=http://e.org/", "query=a&query=b", "x=%FF"])
def test_what_is_refused_by_get(ask: Ask, query: str) -> None:
    assert ask(f"/sparql?{query}").status == (403 if query.startswith("update") else 400)


def test_a_query_too_long_for_a_target(site: Site, client: httpx.Client) -> None:
    target = f"/sparql?query={quote(T_LEVELS + ' ' * MAX_QUERY_CHARACTERS)}"
    assert respond(site, Request.of(target)).status == 414
    assert raw(client, f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode()).startswith(b"HTTP/1.1 414 ")


def test_a_body_in_a_coding_is_not_read(ask: Ask) -> None:
    response = ask("/sparql", method="POST", body=b"x", content_type=DIRECT, content_encoding="gzip")
    assert response.status == 415
    assert DIRECT in (response.header("accept-post") or "")


def test_a_syntax_error_has_its_place(ask: Ask) -> None:
    query = "SELECT * {\n  ?s x:p ?o\n}"
    told = json.loads(ask("/sparql", method="POST", body=query.encode(), content_type=DIRECT).content)
    assert (told["status"], told["code"], told["line"], told["column"]) == (400, "TLR006", 2, 6)


def test_a_person_gets_the_query_back(ask: Ask) -> None:
    response = ask(f"/sparql?{urlencode({'query': 'SELECT * { <b>&'})}", BROWSER)
    page = response.content.decode()
    assert (response.status, response.header("vary")) == (400, "Accept")
    assert "SELECT * { &lt;b&gt;&amp;" in page
    assert "line 1, column" in page


def test_service_is_refused_in_words(ask: Ask) -> None:
    query = urlencode({"query": "SELECT * { SERVICE <http://127.0.0.1:1/> {} }"})
    assert b"SERVICE" in ask(f"/sparql?{query}").content


GRAPHS = """
@prefix : <http://e.org/> .
:s :in "default" . :g1 { :s :in "g1" } :g2 { :s :in "g2" }
"""


@pytest.fixture(scope="module")
def three_graphs() -> Site:
    return site_from(GRAPHS)


@pytest.mark.parametrize(
    ("parameters", "query", "expected"),
    [
        ([], "SELECT ?n { ?s ?p ?n }", {"default", "g1", "g2"}),
        ([], "SELECT ?n { GRAPH ?g { ?s ?p ?n } }", {"g1", "g2"}),
        ([("default-graph-uri", "g1")], "SELECT ?n { ?s ?p ?n }", {"g1"}),
        ([("default-graph-uri", "g1"), ("default-graph-uri", "g2")], "SELECT ?n { ?s ?p ?n }", {"g1", "g2"}),
        ([("named-graph-uri", "g2")], "SELECT ?n { GRAPH ?g { ?s ?p ?n } }", {"g2"}),
        ([("default-graph-uri", "g1")], "SELECT ?n { GRAPH ?g { ?s ?p ?n } }", set()),
        ([("default-graph-uri", "g1")], "SELECT ?n FROM <http://e.org/g2> { ?s ?p ?n }", {"g1"}),
        ([], "SELECT ?n FROM <http://e.org/g2> { ?s ?p ?n }", {"g2"}),
    ],
)
def test_the_data_set_of_a_query(
    three_graphs: Site, parameters: list[tuple[str, str]], query: str, expected: set[str]
) -> None:
    pairs = [("query", query), *((name, f"http://e.org/{graph}") for name, graph in parameters)]
    response = respond(three_graphs, Request.of(f"/sparql?{urlencode(pairs)}"))
    rows = json.loads(response.content)["results"]["bindings"]
    assert {row["n"]["value"] for row in rows} == expected


@pytest.mark.parametrize(
    ("format_name", "start"), [("csv", b"n\r\n"), ("tsv", b"?n\n"), ("xml", b"<?xml"), ("json", b"{")]
)
def test_a_format_by_name(ask: Ask, format_name: str, start: bytes) -> None:
    target = f"/sparql?{urlencode({'query': T_LEVELS, 'format': format_name})}"
    assert ask(target, BROWSER).content.startswith(start)


def test_an_answer_may_change_though_the_data_does_not(ask: Ask) -> None:
    target = f"/sparql?{urlencode({'query': 'SELECT (UUID() AS ?id) {}'})}"
    first = ask(target)
    assert ask(target, if_none_match=first.header("etag") or "").status == 200


def test_the_page_of_an_answer(ask: Ask) -> None:
    query = f"SELECT ?t ?gone {{ ?t a <{BASE}def/progression#TLevel> . OPTIONAL {{ ?t <x:y> ?gone }} }}"
    page = ask(f"/sparql?{urlencode({'query': query})}", BROWSER).content.decode()
    assert '<a href="/doc/t-level/healthcare-science">Healthcare Science</a>' in page
    assert '<th scope="col">gone</th>' in page


@pytest.mark.parametrize(("query", "text"), [("ASK {}", "Yes"), ("ASK { <x:a> <x:b> <x:c> }", "No")])
def test_the_page_of_a_verdict(ask: Ask, query: str, text: str) -> None:
    assert f">{text}</p>" in ask(f"/sparql?{urlencode({'query': query})}", BROWSER).content.decode()


def test_the_service_description(ask: Ask) -> None:
    found = rdflib.Graph().parse(data=ask("/sparql", "text/turtle").content, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(f"{BASE}sparql")
    assert (service, rdflib.RDF.type, sd.Service) in found
    assert (service, sd.endpoint, service) in found
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in found
    assert (service, sd.feature, sd.UnionDefaultGraph) in found
    counts = {
        str(row.name): int(row.n)  # type: ignore[union-attr]
        for row in found.query(
            "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
            "SELECT ?name ?n { ?d sd:namedGraph [ sd:name ?name ; sd:graph/<http://rdfs.org/ns/void#triples> ?n ] }"
        )
    }
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = json.loads(ask(f"/sparql?{urlencode({'query': query})}").content)["results"]["bindings"]
    assert counts == {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
