"""The plain JSON: what it says, what it refuses, and that it is as its own OpenAPI document describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import httpx
import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.conftest import BASE, BROWSER, site_from
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.web.api.operations import OPERATIONS
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    positive_data_acceptance,
    negative_data_rejection,
]
QUERIES = [f"/queries/{name}.{{format}}" for name in ("levels-without-options", "standards-that-follow")]
T_LEVEL = "/api/t-levels/healthcare-science"
OPTIONS = "/api/specialisms/healthcare-science/optical-care-services/options"
REACHED = "/api/occupations/dispensing-optician/reached-from"


def told(send: Send, target: str) -> Any:
    response = send(target)
    assert (response.status, response.header("content-type")) == (200, "application/json")
    return json.loads(response.content)


def test_the_t_levels(send: Send) -> None:
    listed = told(send, "/api/t-levels")
    assert len(listed["t_levels"]) == 27
    assert listed["next"] is None
    one = next(one for one in listed["t_levels"] if one["name"] == "Healthcare Science")
    assert one == {
        "name": "Healthcare Science",
        "iri": f"{BASE}id/t-level/healthcare-science",
        "page": "/doc/t-level/healthcare-science",
        "self": T_LEVEL,
        "options": 26,
    }


def test_a_list_is_read_part_by_part(send: Send) -> None:
    whole, parts, following = told(send, "/api/t-levels")["t_levels"], [], "/api/t-levels?limit=10"
    while following:
        part = told(send, following)
        parts += part["t_levels"]
        following = part["next"]
    assert parts == whole


def test_a_t_level(send: Send) -> None:
    found = told(send, T_LEVEL)
    assert (found["self"], found["level"]) == (T_LEVEL, 3)
    assert [route["name"] for route in found["routes"]] == ["Health and science"]
    assert [one["options"] for one in found["specialisms"]][1:] == [OPTIONS]
    (qualification,) = found["qualifications"]
    assert (qualification["number"], qualification["first_taught"]) == ("603/7083/X", "2021-09-01")
    assert [body["name"] for body in qualification["awarded_by"]] == ["NCFE"]


def test_the_options_of_a_specialism(send: Send) -> None:
    found = told(send, OPTIONS)
    assert found["specialism"]["name"] == "Optical Care Services"
    assert [one["name"] for one in found["t_levels"]] == ["Healthcare Science"]
    first = found["options"][0]
    assert {name: first[name] for name in ("kind", "title", "level", "heading", "step", "flags")} == {
        "kind": "Apprenticeship",
        "title": "Optical Assistant",
        "level": 2,
        "heading": "technical",
        "step": "bypassed",
        "flags": ["Not applicable"],
    }
    assert (first["source"]["document"], first["source"]["line"]) == ("000_80ba2ef1bfb81c71.txt", 21)
    assert {"scheme": "standard", "value": "ST0530"} in first["identifiers"]
    lines = [one["source"]["line"] for one in found["options"]]
    assert lines == sorted(lines)


def test_what_leads_to_an_occupation(send: Send) -> None:
    ways = told(send, REACHED)["ways"]
    assert [(way["how"], way["level"]) for way in ways] == [("directly", None), ("by an apprenticeship", 6)]
    assert ways[1]["apprenticeship"]["name"] == "Dispensing Optician"


def test_the_search(send: Send) -> None:
    found = told(send, "/api/search?q=OPTICAL+care")["results"]
    assert found[0]["name"] == "Optical Care Services"
    assert found[0]["more"] == OPTIONS
    assert found[0]["kinds"] == ["Occupational specialism"]
    hostile = urlencode({"q": '") } #'})
    assert told(send, f"/api/search?{hostile}")["results"] == []


def test_every_link_leads_somewhere(send: Send) -> None:
    def links(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {link for one in value.values() for link in links(one)}
        if isinstance(value, list):
            return {link for one in value for link in links(one)}
        return {value} if isinstance(value, str) and value.startswith("/") else set()

    for target in ("/api/", T_LEVEL, OPTIONS, REACHED, "/api/search?q=optic&limit=5"):
        for link in sorted(links(told(send, target)) - {"/api/search"}):
            assert send(link.partition("#")[0]).status in {200, 303}, link


@pytest.mark.parametrize(
    ("target", "status", "words"),
    [
        ("/api/none", 404, "/api/none"),
        ("/api/t-levels/none", 404, "none"),
        ("/api/t-levels/%3Cx%3E", 404, ""),
        ("/api/specialisms/healthcare-science/none/options", 404, "none"),
        ("/api/occupations/optometry/reached-from", 404, "occupation"),
        ("/api/t-levels?page=2", 400, "limit, offset"),
        (f"{T_LEVEL}?limit=2", 400, "none"),
        ("/api/t-levels?limit=0", 400, "from 1 to 1000"),
        ("/api/t-levels?limit=1001", 400, "from 1 to 1000"),
        ("/api/t-levels?limit=1&limit=2", 400, "limit"),
        ("/api/t-levels?offset=-1", 400, "offset"),
        ("/api/t-levels?offset=%D9%A1", 400, "offset"),
        ("/api/search", 400, "q"),
        ("/api/search?q=", 400, "q"),
        ("/api/search?q=+", 400, "q"),
        (f"/api/search?q={'a' * 201}", 400, "200"),
        ("/api/search?q=%FF", 400, "UTF-8"),
    ],
)
def test_refusals(send: Send, target: str, status: int, words: str) -> None:
    response = send(target)
    assert (response.status, response.header("content-type")) == (status, "application/problem+json")
    assert words in json.loads(response.content)["detail"]


def test_keys_stand_in_the_order_of_the_schema(site: Site) -> None:
    document = json.loads(respond(site, Request.of("/api/openapi.json")).content)
    order = list(document["components"]["schemas"]["TLevelResource"]["properties"])
    assert list(json.loads(respond(site, Request.of(T_LEVEL)).content)) == order


def test_data_without_t_levels_has_empty_lists() -> None:
    other = site_from('<https://e.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Ship" .')
    assert json.loads(respond(other, Request.of("/api/t-levels")).content)["t_levels"] == []
    found = json.loads(respond(other, Request.of("/api/search?q=ship")).content)["results"]
    assert [(one["iri"], one["page"], one["more"]) for one in found] == [
        ("https://e.org/a", "/doc?iri=https://e.org/a", None)
    ]
    assert respond(other, Request.of(T_LEVEL)).status == 404


def test_the_data_may_have_another_base_than_ours_and_odd_keys() -> None:
    data = """@prefix tlp: <https://w3id.org/tlevel/def/progression#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://data.example.org/id/t-level/é> a tlp:TLevel ; skos:prefLabel "É" .
        <https://data.example.org/id/t-level/a/b> a tlp:TLevel ; skos:prefLabel "A" , "B"@en .
        <https://other.org/t> a tlp:TLevel . [] a tlp:TLevel ."""
    other = site_from(data)
    listed = json.loads(respond(other, Request.of("/api/t-levels")).content)["t_levels"]
    assert {one["self"] for one in listed} == {"/api/t-levels/%C3%A9", None}
    assert len(listed) == 3
    for key in ("é", quote("é")):
        assert json.loads(respond(other, Request.of(f"/api/t-levels/{key}")).content)["name"] == "É"


def test_the_document_describes_every_operation_and_every_query(site: Site) -> None:
    document = json.loads(respond(site, Request.of("/api/openapi.json")).content)
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {operation.path for operation in OPERATIONS} | {
        f"/queries/{name}.{{format}}" for name in example_queries()
    }
    assert document["info"]["license"]["url"] == Settings().licence


def test_its_examples_run(site: Site) -> None:
    document = json.loads(respond(site, Request.of("/api/openapi.json")).content)
    for path, item in document["paths"].items():
        parameters = item["get"]["parameters"]
        inside = {one["name"]: one["example"] for one in parameters if one["in"] == "path"}
        after = {one["name"]: one["example"] for one in parameters if one["in"] == "query"}
        response = respond(site, Request.of(f"{path.format(**inside)}?{urlencode(after, doseq=True)}"))
        assert response.status == 200, path
        content = item["get"]["responses"]["200"]["content"][response.header("content-type")]
        schema = {**content["schema"], "components": document["components"]}
        jsonschema.validate(json.loads(response.content), schema, jsonschema.Draft202012Validator)


def test_a_person_who_opens_it_sees_json_and_problems_as_pages(send: Send) -> None:
    assert send("/api/", BROWSER).header("content-type") == "application/json"
    assert send("/api/t-levels/none", BROWSER).header("content-type") == "text/html; charset=utf-8"


class InProcess(httpx.BaseTransport):
    """Brings requests to the site without a socket, so that no load on the machine can refuse one."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        target, _, query = request.url.raw_path.decode().partition("?")
        got = respond(self.site, Request(request.method, target, query))
        return httpx.Response(got.status, headers=list(got.headers), stream=httpx.ByteStream(got.content))


@pytest.fixture(scope="module")
def described(site: Site) -> schemathesis.BaseSchema:
    document = json.loads(respond(site, Request.of("/api/openapi.json")).content)
    found = schemathesis.openapi.from_dict(document)
    found.config.update(base_url="http://site.test")
    return found


# The plugin of schemathesis for pytest does not know pytest 9 yet, so its cases are drawn here.
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(
    "path", [*(one.path for one in OPERATIONS if "{" in one.path or one.query_parameters), *QUERIES]
)
def test_every_answer_is_as_the_document_says(
    site: Site, described: schemathesis.BaseSchema, path: str, mode: GenerationMode
) -> None:
    @given(case=described[path]["GET"].as_strategy(generation_mode=mode))
    @settings(max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case[Any]) -> None:
        asked = case.as_transport_kwargs()
        got = client.request(asked["method"], asked["url"], params=asked.get("params"))
        case.validate_response(got, checks=CHECKS)

    with httpx.Client(transport=InProcess(site)) as client:
        check()
