"""`/api/openapi.json`: the API and the example queries in OpenAPI 3.1, made from the tables that route requests."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import models_json_schema
from pyoxigraph import NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_PARAMETER_CHARACTERS, MAX_PARAMETER_VALUES
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.web.api.operations import OPERATIONS
from tlevel_rdf.web.http.media_types import CSV, GRAPHS, PLAIN_JSON, PROBLEM, RESULTS, RESULTS_JSON, XLSX
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tlevel_rdf.store.example_queries import ExampleQuery, Parameter
    from tlevel_rdf.web.api.operations import Operation
    from tlevel_rdf.web.api.parameters import Parameter as ApiParameter
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request, Response

_SCHEMAS: Final = "#/components/schemas/"
_INTEGER: Final = NamedNode(f"{terms.XSD}integer")
_TEXT: Final[Mapping[str, Any]] = {"type": "string", "maxLength": MAX_PARAMETER_CHARACTERS}
#: A whole number of at most 18 digits, as example queries take it.
_WHOLE_NUMBER: Final[Mapping[str, Any]] = {"type": "integer", "minimum": 1 - 10**18, "maximum": 10**18 - 1}
_PROBLEM: Final = {
    "type": "object",
    "description": "Problem details of an error response (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Type of the problem."},
        "title": {"type": "string", "description": "Name of the type of problem."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599, "description": "HTTP status code."},
        "detail": {"type": "string", "description": "Description of the problem with this request."},
        "hint": {"type": "string", "description": "Advice on how to fix the request."},
    },
}
_QUERY_RESULTS: Final = {
    "type": "object",
    "description": "SPARQL 1.1 Query Results JSON Format.",
    "required": ["head", "results"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
        "results": {"type": "object", "properties": {"bindings": {"type": "array", "items": {"type": "object"}}}},
    },
}
_TABLE_SCHEMAS: Final[Mapping[MediaType, dict[str, str]]] = {
    CSV: {"type": "string", "description": "One row for each entry, with a header row (RFC 4180)."},
    XLSX: {"type": "string", "description": "A spreadsheet with one row for each entry. Every cell is text."},
}
_ERROR_RESPONSES: Final = {
    HTTPStatus.BAD_REQUEST: "A parameter is unknown, or its value is not valid.",
    HTTPStatus.FORBIDDEN: "A value would change the query, such as one with a backslash before the letter u.",
    HTTPStatus.NOT_FOUND: "No such thing exists.",
    HTTPStatus.NOT_ACCEPTABLE: "The Accept header allows none of the available media types.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "The address is too long.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The server is too busy, or the request took too long.",
}


def openapi(site: Site, request: Request) -> Response:
    """Answer a request for the OpenAPI document.

    Raises:
        ProblemError: 406.
    """
    media_type, headers = select_media_type(request, (PLAIN_JSON,))
    body = json.dumps(describe_api(site), ensure_ascii=False, indent=2).encode() + b"\n"
    return site.represent(media_type, body, headers=headers)


def describe_api(site: Site) -> dict[str, Any]:
    """Return the OpenAPI document (OpenAPI Specification 3.1.1, section 4.8)."""
    _, schemas = models_json_schema(
        [(operation.model, "serialization") for operation in OPERATIONS], ref_template=_SCHEMAS + "{model}"
    )
    info: dict[str, Any] = {"title": site.about.title, "description": site.about.description, "version": site.release}
    if site.about.licence:
        info["license"] = {"name": site.about.attribution or site.about.licence, "url": site.about.licence}
    return {
        "openapi": "3.1.0",
        "info": info,
        # Relative to this document, so correct at any address of the site.
        "servers": [{"url": "/"}],
        "tags": [
            {"name": "plain", "description": "T Levels, options and occupations as plain JSON."},
            {"name": "queries", "description": "ExampleQuery queries, which take values as parameters."},
        ],
        "paths": {
            **{operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
            **{f"/queries/{one.name}.{{format}}": {"get": _example_query(one)} for one in example_queries().values()},
        },
        "components": {
            "schemas": {**schemas.get("$defs", {}), "Problem": _PROBLEM, "QueryResults": _QUERY_RESULTS},
            "responses": {str(int(status)): _error_response(text) for status, text in _ERROR_RESPONSES.items()},
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": ["plain"],
        "parameters": [
            *(_parameter(one, "path", is_required=True) for one in operation.path_parameters),
            *(_parameter(one, "query", is_required=one.is_required) for one in operation.query_parameters),
        ],
        "responses": {
            "200": {
                "description": operation.summary,
                "content": {
                    PLAIN_JSON.name: {"schema": {"$ref": _SCHEMAS + operation.model.__name__}},
                    **{offer.name: {"schema": _TABLE_SCHEMAS[offer]} for offer in operation.offers[1:]},
                },
            },
            **_error_references(),
        },
    }


def _parameter(one: ApiParameter, location: str, *, is_required: bool) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": location,
        "required": is_required,
        "description": one.description,
        "schema": one.schema,
        "example": one.example,
    }


def _example_query(query: ExampleQuery) -> dict[str, Any]:
    offers = GRAPHS if query.returns_graph else RESULTS
    formats = [offer.suffix.removeprefix(".") for offer in offers]
    schemas: Mapping[str, dict[str, Any]] = {RESULTS_JSON.name: {"$ref": f"{_SCHEMAS}QueryResults"}}
    return {
        "operationId": query.name,
        "summary": query.title,
        "tags": ["queries"],
        "parameters": [
            {
                "name": "format",
                "in": "path",
                "required": True,
                "description": "Format of the results.",
                "schema": {"type": "string", "enum": formats},
                "example": formats[0],
            },
            *map(_query_parameter, query.parameters),
        ],
        "responses": {
            "200": {
                "description": f"The result, {'a graph' if query.returns_graph else 'rows'}; empty if nothing matches.",
                "content": {offer.name: {"schema": schemas.get(offer.name, {"type": "string"})} for offer in offers},
            },
            **_error_references(),
        },
    }


def _query_parameter(parameter: Parameter) -> dict[str, Any]:
    defaults = [_plain(term) for term in parameter.defaults]
    items: dict[str, Any] = dict(_WHOLE_NUMBER) if isinstance(defaults[0], int) else dict(_TEXT)
    if isinstance(parameter.defaults[0], NamedNode):
        items["format"] = "iri"
    description = parameter.description[:1].upper() + parameter.description[1:]
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": f"{description}. Repeat the parameter to send several values.",
        "style": "form",
        "explode": True,
        "schema": {"type": "array", "items": items, "maxItems": MAX_PARAMETER_VALUES, "default": defaults},
        "example": defaults,
    }


def _plain(term: Any) -> str | int:
    return int(term.value) if getattr(term, "datatype", None) == _INTEGER else str(term.value)


def _error_references() -> dict[str, Any]:
    return {str(int(status)): {"$ref": f"#/components/responses/{int(status)}"} for status in _ERROR_RESPONSES}


def _error_response(description: str) -> dict[str, Any]:
    return {"description": description, "content": {PROBLEM.name: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}}}
