"""The OpenAPI document describes every operation and every example query, and the responses conform to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

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

from tlevel_rdf.settings import Settings
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.web.api.openapi import describe_api
from tlevel_rdf.web.api.operations import OPERATIONS
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
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


@pytest.fixture(scope="module")
def document(site: Site) -> Any:
    response = respond(site, Request.of("/api/openapi.json"))
    assert (response.status, response.header("content-type")) == (200, "application/json")
    return json.loads(response.content)


def test_the_document_lists_every_operation_and_every_example_query(document: Any, site: Site) -> None:
    assert document == describe_api(site)
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {operation.path for operation in OPERATIONS} | {
        f"/queries/{name}.{{format}}" for name in example_queries()
    }
    assert document["info"]["license"]["url"] == Settings().licence


def test_every_operation_parameter_and_field_has_a_description(document: Any) -> None:
    for path, item in document["paths"].items():
        assert item["get"]["summary"], path
        assert all(parameter["description"] for parameter in item["get"]["parameters"]), path
    for name, schema in document["components"]["schemas"].items():
        assert schema["description"], name
        if name != "QueryResults":
            assert all("description" in field or "$ref" in field for field in schema["properties"].values()), name


def test_the_examples_run_and_their_results_conform_to_the_schemas(document: Any, site: Site) -> None:
    for path, item in document["paths"].items():
        parameters = item["get"]["parameters"]
        in_path = {one["name"]: one["example"] for one in parameters if one["in"] == "path"}
        in_query = {one["name"]: one["example"] for one in parameters if one["in"] == "query"}
        response = respond(site, Request.of(f"{path.format(**in_path)}?{urlencode(in_query, doseq=True)}"))
        assert response.status == 200, path
        media_type = (response.header("content-type") or "").partition(";")[0]
        content = item["get"]["responses"]["200"]["content"][media_type]
        schema = {**content["schema"], "components": document["components"]}
        body = response.content.decode()
        jsonschema.validate(
            json.loads(body) if media_type.endswith("json") else body, schema, jsonschema.Draft202012Validator
        )


class InProcess(httpx.BaseTransport):
    """A transport that calls the site without a socket, so that a busy machine refuses no connection."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        target, _, query = request.url.raw_path.decode().partition("?")
        got = respond(self.site, Request(request.method, target, query))
        return httpx.Response(got.status, headers=list(got.headers), stream=httpx.ByteStream(got.content))


@pytest.fixture(scope="module")
def schema(document: Any) -> schemathesis.BaseSchema:
    found = schemathesis.openapi.from_dict(document)
    found.config.update(base_url="http://site.test")
    return found


# The pytest plugin of schemathesis does not support pytest 9, so this test draws the cases itself.
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(
    "path", [*(one.path for one in OPERATIONS if "{" in one.path or one.query_parameters), *QUERIES]
)
def test_every_response_conforms_to_the_document(
    site: Site, schema: schemathesis.BaseSchema, path: str, mode: GenerationMode
) -> None:
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case[Any]) -> None:
        sent = case.as_transport_kwargs()
        response = client.request(sent["method"], sent["url"], params=sent.get("params"))
        case.validate_response(response, checks=CHECKS)

    with httpx.Client(transport=InProcess(site)) as client:
        check()
