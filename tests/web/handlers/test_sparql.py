"""The query operation of the SPARQL 1.1 Protocol (section 2.1), by a function call and over a socket."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from tests.web.conftest import BASE, BROWSER, send_bytes, site_from
from tlevel_rdf.limits import MAX_QUERY_CHARACTERS
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    import httpx

    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
T_LEVELS = "SELECT (COUNT(?t) AS ?n) { ?t a <https://w3id.org/tlevel/def/progression#TLevel> }"


def form(*pairs: tuple[str, str]) -> bytes:
    return urlencode(pairs).encode()


def number(body: bytes) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def test_a_query_can_be_sent_in_three_ways(send: Send) -> None:
    get = send(f"/sparql?{urlencode({'query': T_LEVELS})}")
    posted_form = send("/sparql", method="POST", body=form(("query", T_LEVELS)), content_type=FORM)
    direct = send("/sparql", method="POST", body=T_LEVELS.encode(), content_type=f"{DIRECT}; charset=UTF-8")
    assert get.status == posted_form.status == direct.status == 200
    assert get.content == posted_form.content == direct.content
    assert number(get.content) > 20


@pytest.mark.parametrize(
    ("text", "value"),
    [("100%25", "100%25"), ("a+b", "a+b"), ("a b", "a b"), ("ŵ é 🎓", "ŵ é 🎓"), ("&=;?", "&=;?")],
)
@pytest.mark.parametrize("method", ["GET", "FORM", "DIRECT"])
def test_text_is_decoded_once(send: Send, text: str, value: str, method: str) -> None:
    query = f'SELECT ("{text}" AS ?n) {{}}'
    if method == "GET":
        response = send(f"/sparql?query={quote(query, safe='')}")
    elif method == "FORM":
        response = send("/sparql", method="POST", body=form(("query", query)), content_type=FORM)
    else:
        response = send("/sparql", method="POST", body=query.encode(), content_type=DIRECT)
    assert json.loads(response.content)["results"]["bindings"][0]["n"]["value"] == value


@pytest.mark.parametrize(
    ("target", "body", "content_type", "status"),
    [
        ("/sparql", form(("query", T_LEVELS), ("query", T_LEVELS)), FORM, 400),
        (f"/sparql?{urlencode({'query': T_LEVELS})}", form(("query", T_LEVELS)), FORM, 400),
        (f"/sparql?{urlencode({'query': T_LEVELS})}", T_LEVELS.encode(), DIRECT, 400),
        # A form contains all parameters of the protocol (section 2.1.2); a direct query has them in the target.
        (f"/sparql?{urlencode({'query': T_LEVELS})}", b"", FORM, 400),
        ("/sparql?default-graph-uri=http%3A%2F%2Fe.org%2F", form(("query", T_LEVELS)), FORM, 400),
        ("/sparql?named-graph-uri=http%3A%2F%2Fe.org%2F", form(("query", T_LEVELS)), FORM, 400),
        ("/sparql?default-graph-uri=relative", T_LEVELS.encode(), DIRECT, 400),
        ("/sparql?update=CLEAR%20ALL", T_LEVELS.encode(), DIRECT, 403),
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
        ("/sparql", T_LEVELS.encode(), f'{DIRECT}; charset="utf-16"', 415),
        ("/sparql", form(("query", T_LEVELS)), f"{FORM};charset=latin1", 415),
        ("/sparql", T_LEVELS.encode(), f"{DIRECT}, {FORM}", 415),
        ("/sparql", T_LEVELS.encode(), f"x{DIRECT}", 415),
        ("/sparql", T_LEVELS.encode(), "multipart/form-data; boundary=x", 415),
        ("/sparql", form(("update", "CLEAR ALL")), FORM, 403),
        ("/sparql", form(("query", T_LEVELS), ("update", "CLEAR ALL")), FORM, 403),
        ("/sparql", b"CLEAR ALL", "application/sparql-update", 403),
        ("/sparql", b"DELETE WHERE { ?s ?p ?o }", DIRECT, 400),
        ("/sparql", b"PREFIX e: <http://e.org/> INSERT DATA { e:a e:b e:c }", DIRECT, 400),
        ("/sparql", b"SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", DIRECT, 403),
        ("/sparql", b"SELECT * { ?s ?p ?o } LIMIT 1" + b" " * MAX_QUERY_CHARACTERS, DIRECT, 413),
        ("/sparql", b"ASK " + b"{" * 51 + b"}" * 51, DIRECT, 413),
        ("/sparql", b"ASK { " + b"?s ?p ?o . " * 401 + b"}", DIRECT, 413),
        ("/sparql", b"ASK { VALUES ?x { " + b"1 " * 40_000 + b"} }", DIRECT, 413),
        ("/sparql", form(("query", T_LEVELS), ("default-graph-uri", "relative")), FORM, 400),
        ("/sparql", form(("query", T_LEVELS), ("named-graph-uri", "http://e.org/ >")), FORM, 400),
        ("/sparql", b"SELECT (<urn:f>(1) AS ?x) {}", DIRECT, 400),
    ],
)
def test_an_invalid_post_gets_a_problem(send: Send, target: str, body: bytes, content_type: str, status: int) -> None:
    headers = {"content_type": content_type} if content_type else {}
    response = send(target, method="POST", body=body, **headers)
    assert response.status == status
    assert response.header("content-type") == "application/problem+json"
    problem = json.loads(response.content)
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert problem["detail"]


@pytest.mark.parametrize(
    ("query", "limit"),
    [
        ("ASK " + "{" * 51 + "}" * 51, "more than 50 nested brackets"),
        ("ASK { " + "?s ?p ?o . " * 401 + "}", "more than 400 patterns"),
        ("ASK { VALUES ?x { " + "1 " * 40_000 + "} }", "more than 40,000 words"),
    ],
)
def test_the_problem_of_a_large_query_states_the_limit(send: Send, query: str, limit: str) -> None:
    response = send("/sparql", method="POST", body=query.encode(), content_type=DIRECT)
    problem = json.loads(response.content)
    assert (response.status, problem["code"]) == (413, "TLR018")
    assert limit in problem["detail"]


@pytest.mark.parametrize("query", ["update=CLEAR%20ALL", "default-graph-uri=http://e.org/", "query=a&query=b", "x=%FF"])
def test_an_invalid_get_gets_a_problem(send: Send, query: str) -> None:
    assert send(f"/sparql?{query}").status == (403 if query.startswith("update") else 400)


def test_a_query_that_is_too_long_for_a_target_is_414(site: Site, client: httpx.Client) -> None:
    target = f"/sparql?query={quote(T_LEVELS + ' ' * MAX_QUERY_CHARACTERS)}"
    assert respond(site, Request.of(target)).status == 414
    assert send_bytes(client, f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode()).startswith(b"HTTP/1.1 414 ")


def test_a_body_in_a_content_coding_is_415(send: Send) -> None:
    response = send("/sparql", method="POST", body=b"x", content_type=DIRECT, content_encoding="gzip")
    assert (response.status, response.header("accept-encoding")) == (415, "identity")
    assert (
        send("/sparql", method="POST", body=b"ASK {}", content_type=DIRECT, content_encoding="Identity").status == 200
    )


def test_a_syntax_error_has_its_line_and_column(send: Send) -> None:
    query = "SELECT * {\n  ?s x:p ?o\n}"
    problem = json.loads(send("/sparql", method="POST", body=query.encode(), content_type=DIRECT).content)
    assert (problem["status"], problem["code"], problem["line"], problem["column"]) == (400, "TLR006", 2, 6)


def test_a_browser_gets_the_form_with_the_query_and_the_problem(send: Send) -> None:
    response = send(f"/sparql?{urlencode({'query': 'SELECT * { <b>&'})}", BROWSER)
    page = response.content.decode()
    assert (response.status, response.header("vary")) == (400, "Accept, Accept-Encoding")
    assert "SELECT * { &lt;b&gt;&amp;" in page
    assert "line 1, column" in page


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("(<id/x> AS ?n)", f"{BASE}id/x"),
        ("(<> AS ?n)", f"{BASE}sparql"),
        ("(<?a#b> AS ?n)", f"{BASE}sparql?a#b"),
        ("(IRI('x') AS ?n)", f"{BASE}x"),
        ("(<http://e.org/a/../b> AS ?n)", "http://e.org/a/../b"),
    ],
)
def test_relative_iris_are_resolved_against_the_endpoint(send: Send, text: str, iri: str) -> None:
    rows = json.loads(send(f"/sparql?{urlencode({'query': f'SELECT {text} {{}}'})}").content)["results"]["bindings"]
    assert rows[0]["n"]["value"] == iri
    based = "BASE <http://e.org/> PREFIX p: <x#> SELECT (p:y AS ?n) FROM <g> {}"
    rows = json.loads(send(f"/sparql?{urlencode({'query': based})}").content)["results"]["bindings"]
    assert rows[0]["n"]["value"] == "http://e.org/x#y"


def test_the_problem_of_a_federated_query_names_service(send: Send) -> None:
    query = urlencode({"query": "SELECT * { SERVICE <http://127.0.0.1:1/> {} }"})
    assert b"SERVICE" in send(f"/sparql?{query}").content


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
def test_the_parameters_select_the_dataset_of_a_query(
    three_graphs: Site, parameters: list[tuple[str, str]], query: str, expected: set[str]
) -> None:
    pairs = [("query", query), *((name, f"http://e.org/{graph}") for name, graph in parameters)]
    response = respond(three_graphs, Request.of(f"/sparql?{urlencode(pairs)}"))
    rows = json.loads(response.content)["results"]["bindings"]
    assert {row["n"]["value"] for row in rows} == expected


def test_a_post_has_the_dataset_in_the_form_or_in_the_target(three_graphs: Site) -> None:
    query = "SELECT ?n { ?s ?p ?n }"
    graph = urlencode({"default-graph-uri": "http://e.org/g2"})
    direct = Request("POST", "/sparql", graph, (("content-type", DIRECT),), query.encode())
    in_body = form(("query", query), ("default-graph-uri", "http://e.org/g2"))
    posted = Request("POST", "/sparql", "", (("content-type", FORM),), in_body)
    for request in (direct, posted):
        rows = json.loads(respond(three_graphs, request).content)["results"]["bindings"]
        assert [row["n"]["value"] for row in rows] == ["g2"]


@pytest.mark.parametrize(
    ("format_name", "start"), [("csv", b"n\r\n"), ("tsv", b"?n\n"), ("xml", b"<?xml"), ("json", b"{")]
)
def test_a_format_parameter_selects_the_format(send: Send, format_name: str, start: bytes) -> None:
    target = f"/sparql?{urlencode({'query': T_LEVELS, 'format': format_name})}"
    assert send(target, BROWSER).content.startswith(start)


X_CONSTRUCT, X_SELECT = "CONSTRUCT { <x:s> <x:p> 1 } {}", "SELECT (1 AS ?x) {}"
RDF_XML, RESULTS_XML = "application/rdf+xml", "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("query", "parameters", "accept", "expected"),
    [
        # As SPARQLWrapper 2.0.0 sends them.
        (X_SELECT, "format=xml&output=xml&results=xml", RESULTS_XML, RESULTS_XML),
        (X_SELECT, "format=n3&output=n3&results=n3", "*/*", "application/sparql-results+json"),
        (X_SELECT, "format=rdf%2Bxml&format=&output=rdf%2Bxml&output=&results=rdf%2Bxml&results=", "*/*", RESULTS_XML),
        ("ASK {}", "format=turtle&output=turtle&results=turtle", "*/*", "application/sparql-results+json"),
        (X_CONSTRUCT, "format=xml&output=xml&results=xml", RDF_XML, RDF_XML),
        (X_CONSTRUCT, "format=json&output=json&results=json", "*/*", "application/ld+json"),
        (X_CONSTRUCT, "format=csv&output=csv&results=csv", "*/*", "text/turtle"),
        (X_CONSTRUCT, "format=n3&output=n3&results=n3", "application/turtle,text/rdf+n3,text/n3", "text/turtle"),
        (X_CONSTRUCT, "format=rdf&output=rdf&results=rdf", "*/*", RDF_XML),
        ("DESCRIBE <x:s>", "format=json-ld&format=application/ld%2Bjson", "application/ld+json", "application/ld+json"),
        # With an unsuitable or unknown name, the Accept header decides.
        (X_SELECT, "format=png", "text/csv", "text/csv"),
        (X_SELECT, "format=png&output=TSV", "text/csv", "text/tab-separated-values"),
        (X_SELECT, "format=rdf+xml", None, RESULTS_XML),
        (X_SELECT, "results=text/csv", None, "text/csv"),
        (X_CONSTRUCT, "format=nt", "text/html", "application/n-triples"),
        (X_CONSTRUCT, "format=tsv", "application/n-triples", "application/n-triples"),
        (X_SELECT, "format=html", None, "text/html"),
    ],
)
def test_a_suitable_format_parameter_overrides_the_accept_header(
    send: Send, query: str, parameters: str, accept: str | None, expected: str
) -> None:
    response = send(f"/sparql?{urlencode({'query': query})}&{parameters}", accept)
    assert (response.status, (response.header("content-type") or "").partition(";")[0]) == (200, expected)


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        ("CONSTRUCT { <x:s> <x:1> 2 } {}", f"{RDF_XML}, application/n-triples;q=0.5", "application/n-triples"),
        ("CONSTRUCT { <x:s> <x:1> 2 } {}", f"{RDF_XML}, */*;q=0.1", "text/turtle"),
        ("CONSTRUCT { <x:s> <x:1> 2 } {}", f"{RDF_XML}, text/csv", None),
        ("SELECT ('\\u0000' AS ?x) {}", f"{RESULTS_XML}, text/csv;q=0.5", "text/csv"),
        ("SELECT ('\\u0000' AS ?x) {}", f"{RESULTS_XML}, application/xml, text/csv;q=0", None),
        ("SELECT ('\\u0000' AS ?x) {}", "application/xml, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_the_next_best_format_replaces_one_that_cannot_express_the_result(
    send: Send, query: str, accept: str, expected: str | None
) -> None:
    response = send(f"/sparql?{urlencode({'query': query})}", accept)
    sent = (response.header("content-type") or "").partition(";")[0]
    assert (response.status, sent) == ((200, expected) if expected else (406, "application/problem+json"))
    assert "Accept" in (response.header("vary") or "")


@pytest.mark.parametrize("call", ["RAND()", "now()", "UUID()", "StrUUID()", "BNODE()"])
@pytest.mark.parametrize("accept", [None, "text/csv", BROWSER])
def test_a_result_that_changes_without_the_data_is_not_stored(send: Send, call: str, accept: str | None) -> None:
    target = f"/sparql?{urlencode({'query': f'SELECT ({call} AS ?x) {{}}'})}"
    first = send(target, accept)
    assert (first.status, first.header("cache-control")) == (200, "no-store")
    assert first.header("etag") is first.header("last-modified") is None
    assert send(target, accept, if_none_match="*", if_modified_since="Mon, 23 Nov 2099 00:00:00 GMT").status == 200


@pytest.mark.parametrize("query", ["SELECT ?now { ?s ?p 'RAND()' } # UUID()", "SELECT * { ?s <x:NOW()> ?rand }"])
def test_a_function_name_outside_a_call_has_no_effect(send: Send, query: str) -> None:
    response = send(f"/sparql?{urlencode({'query': query})}")
    assert (response.status, response.header("cache-control")) == (200, "no-cache")
    assert response.header("etag")


@pytest.mark.parametrize(
    ("accept", "body"),
    [
        ("text/csv", b"true"),
        ("text/tab-separated-values", b"true"),
        ("application/sparql-results+json", b'{"head":{},"boolean":true}'),
        ("application/json", b'{"head":{},"boolean":true}'),
    ],
)
def test_a_truth_value_has_each_format(send: Send, accept: str, body: bytes) -> None:
    response = send("/sparql?query=ASK%7B%7D", accept)
    assert (response.status, response.content) == (200, body)
    assert (response.header("content-type") or "").startswith(accept)


@pytest.mark.parametrize("extra", ["x=1", "utm_source=a&&b", "using-graph-uri=http%3A%2F%2Fe.org%2F", "query2=x", "="])
def test_unknown_parameters_are_ignored(send: Send, extra: str) -> None:
    assert send(f"/sparql?{extra}&query=ASK%7B%7D&{extra}").status == 200
    body = f"query=ASK%7B%7D&{extra}".encode()
    assert send(f"/sparql?{extra}", method="POST", body=body, content_type=f"{FORM}; charset=UTF-8").status == 200


@pytest.mark.parametrize("query", ["ASK%20%7B%7D", "ASK+%7B%7D", "ASK%0A%7b%7d", "%41SK%09{}"])
def test_a_query_can_be_escaped_in_any_way(send: Send, query: str) -> None:
    assert send(f"/sparql?query={query}", method="HEAD").header("content-length") == "26"
    assert send("/sparql", method="POST", body=f"query={query}".encode(), content_type=FORM).status == 200


def test_a_post_has_no_preconditions_and_no_range(send: Send) -> None:
    sent = {"if_none_match": "*", "if_modified_since": "Mon, 23 Nov 2099 00:00:00 GMT", "range": "bytes=0-0"}
    response = send("/sparql", method="POST", body=T_LEVELS.encode(), content_type=DIRECT, **sent)
    assert (response.status, number(response.content) > 20) == (200, True)


@pytest.mark.parametrize("form_of_query", ["CONSTRUCT { ?s ?p ?o }", "DESCRIBE ?s"])
def test_a_graph_has_each_syntax(send: Send, form_of_query: str) -> None:
    query = f"{form_of_query} {{ ?s a <https://w3id.org/tlevel/def/progression#TLevel> ; ?p ?o }}"
    sizes = set()
    for name in ("turtle", "application/ld+json", "nt", "xml"):
        accept = {"turtle": "text/turtle", "nt": "application/n-triples", "xml": "application/rdf+xml"}.get(name, name)
        response = send(f"/sparql?{urlencode({'query': query})}", accept)
        sizes.add(len(rdflib.Graph().parse(data=response.content, format=name)))
    assert len(sizes) == 1
    assert sizes.pop() > 50


def test_the_page_shows_rows_with_links_to_documents(send: Send) -> None:
    query = f"SELECT ?t ?gone {{ ?t a <{BASE}def/progression#TLevel> . OPTIONAL {{ ?t <x:y> ?gone }} }}"
    page = send(f"/sparql?{urlencode({'query': query})}", BROWSER).content.decode()
    assert '<a href="/doc/t-level/healthcare-science">Healthcare Science</a>' in page
    assert '<th scope="col">gone</th>' in page


@pytest.mark.parametrize(("query", "text"), [("ASK {}", "Yes"), ("ASK { <x:a> <x:b> <x:c> }", "No")])
def test_the_page_shows_a_truth_value_in_words(send: Send, query: str, text: str) -> None:
    assert f">{text}</p>" in send(f"/sparql?{urlencode({'query': query})}", BROWSER).content.decode()


@pytest.mark.parametrize(
    ("setting", "maximum", "query", "status"),
    [
        ("query_characters", 100, "ASK {} #" + "a" * 100, 414),
        ("query_words", 10, "ASK { ?s ?p ?o . ?a ?b ?c . }", 413),
        ("query_patterns", 10, "SELECT * { ?s ?p " + ", ".join("?o" for _ in range(12)) + " }", 413),
        ("query_nesting", 2, "ASK { { { } } }", 413),
        ("answer_bytes", 1_000, f"SELECT ('{'a' * 1_000}' AS ?a) {{}}", 413),
        ("answer_bytes", 1_000, f"CONSTRUCT {{ <x:a> <x:b> '{'a' * 1_000}' }} {{}}", 413),
    ],
)
def test_the_operator_can_lower_each_limit(setting: str, maximum: int, query: str, status: int, site: Site) -> None:
    request = Request("GET", "/sparql", f"query={quote(query)}")
    assert respond(site, request).status == 200
    strict = replace(Settings(), **{setting: maximum})  # type: ignore[arg-type]  # these are numbers
    response = respond(replace(site, settings=strict), request)
    assert response.status == status
    assert f"{maximum:,}" in json.loads(response.content)["detail"]


UNKNOWN = {
    "a misspelt property": "SELECT * { ?s <https://w3id.org/tlevel/def/progression#leadsto> ?o }",
    "a class": "SELECT * { ?s a <https://w3id.org/tlevel/def/progression#Tlevel> }",
    "a property in a path": "ASK { ?s <https://w3id.org/tlevel/def/progression#leadsTo>/<http://e.org/é> ?o }",
    "a property of a graph": "CONSTRUCT WHERE { ?s <http://e.org/nope> ?o }",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_property_or_class_that_the_data_does_not_have_is_named(site: Site, name: str) -> None:
    target = f"/sparql?query={quote(UNKNOWN[name], safe='')}"
    response = respond(site, Request.of(target))
    iri = {"a property in a path": "http://e.org/%C3%A9"}.get(name, UNKNOWN[name].split("<")[-1].split(">")[0])
    assert (response.status, response.header("unknown-terms")) == (200, f'"{iri}"')
    page = respond(site, Request.of(target, accept=BROWSER))
    assert page.status == 200
    assert "The data has no property or class &lt;http" in page.content.decode()


def test_a_query_whose_terms_the_data_has_names_none(site: Site) -> None:
    for query in (T_LEVELS, "SELECT * { ?s ?p ?o } LIMIT 1", "SELECT * { VALUES ?x { <http://e.org/nope> } }"):
        response = respond(site, Request.of(f"/sparql?query={quote(query, safe='')}"))
        assert (response.status, response.header("unknown-terms")) == (200, None)


@pytest.mark.parametrize(
    "update",
    ["CLEAR ALL", "# all\nDELETE WHERE { ?s ?p ?o }", "BASE <http://e.org/> insert data { <a> <b> 1 }"],
)
def test_an_update_sent_as_a_query_is_a_400_that_says_so(send: Send, update: str) -> None:
    for response in (
        send(f"/sparql?query={quote(update)}"),
        send("/sparql", method="POST", body=form(("query", update)), content_type=FORM),
        send("/sparql", method="POST", body=update.encode(), content_type=DIRECT),
    ):
        assert response.status == 400
        assert "begins an update, not a query" in json.loads(response.content)["detail"]


@pytest.mark.parametrize("clause", ["VALUES ?t {{ {} }}", "FILTER(?t IN ({}))"])
def test_a_bind_join_of_5_000_iris_is_answered(send: Send, clause: str) -> None:
    iris = [f"<https://w3id.org/tlevel/id/t-level/a-title-of-usual-length-{number:04}>" for number in range(4_999)]
    found = "<https://w3id.org/tlevel/id/t-level/healthcare-science>"
    values = (", " if "IN" in clause else " ").join([*iris, found])
    query = f"SELECT DISTINCT ?t {{ ?t a ?class . {clause.format(values)} }}"
    assert len(query) > 300_000
    response = send("/sparql", "text/csv", method="POST", body=query.encode(), content_type=DIRECT)
    assert response.content.decode().splitlines()[1:] == [found.strip("<>")]


@pytest.mark.parametrize(
    ("media_type", "name"),
    [("application/n-quads", "nquads"), ("application/trig", "trig"), ("application/n-quads", "nq")],
)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { ?s a ?class }", "DESCRIBE <https://w3id.org/tlevel/id/t-level/healthcare-science>"]
)
def test_a_graph_is_available_in_the_formats_of_quads(send: Send, media_type: str, name: str, query: str) -> None:
    target = f"/sparql?query={quote(query)}"
    response = send(target, media_type)
    assert response.header("content-type") == media_type
    turtle = send(target, "text/turtle")
    syntax = RdfFormat.from_media_type(media_type)
    assert syntax is not None
    quads = set(parse(response.content, format=syntax))
    assert quads
    assert {quad.triple for quad in quads} == {quad.triple for quad in parse(turtle.content, format=RdfFormat.TURTLE)}
    assert send(f"{target}&format={name}").content == response.content
    assert send(f"/sparql?query={quote(T_LEVELS)}", media_type).status == 406
