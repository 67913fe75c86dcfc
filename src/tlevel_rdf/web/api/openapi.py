"""`/api/openapi.json`: the plain routes and the example queries, by OpenAPI 3.1, made from the tables that answer."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import models_json_schema
from pyoxigraph import NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.limits import MAX_PARAMETER_VALUES
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.web.api.operations import OPERATIONS
from tlevel_rdf.web.http.media_types import PLAIN_JSON, PROBLEM, RESULTS, RESULTS_JSON
from tlevel_rdf.web.http.query_string import MOST_CHARACTERS
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tlevel_rdf.store.example_queries import ExampleQuery, Parameter
    from tlevel_rdf.web.api.operations import Number, Operation, Text
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

_SCHEMAS: Final = "#/components/schemas/"
_INTEGER: Final = NamedNode(f"{terms.XSD}integer")
_WORDS: Final[Mapping[str, Any]] = {"type": "string", "maxLength": MOST_CHARACTERS}
#: What an example query takes as a number: 18 digits.
_WHOLE_NUMBER: Final[Mapping[str, Any]] = {"type": "integer", "minimum": 1 - 10**18, "maximum": 10**18 - 1}
_PROBLEM: Final = {
    "type": "object",
    "description": "What is wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What is wrong with this request."},
        "hint": {"type": "string", "description": "What to do about it."},
    },
}
_ROWS: Final = {
    "type": "object",
    "description": "SPARQL 1.1 Query Results JSON Format.",
    "required": ["head", "results"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
        "results": {"type": "object", "properties": {"bindings": {"type": "array", "items": {"type": "object"}}}},
    },
}
#: What is wrong in each case, in a few words.
_REFUSALS: Final = {
    HTTPStatus.BAD_REQUEST: "A parameter is not known, or its value cannot be.",
    HTTPStatus.NOT_FOUND: "There is no such thing.",
    HTTPStatus.NOT_ACCEPTABLE: "The answer cannot be had in any of the media types of the Accept header.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "The address is too long.",
    HTTPStatus.SERVICE_UNAVAILABLE: "There is no time or room for this now.",
}


def openapi(site: Site, request: Request) -> Response:
    """The description of the plain routes.

    Raises:
        ProblemError: 406.
    """
    media_type, headers = select_media_type(request, (PLAIN_JSON,))
    body = json.dumps(describe_api(site), ensure_ascii=False, indent=2).encode() + b"\n"
    return site.represent(media_type, body, headers=headers)


def describe_api(site: Site) -> dict[str, Any]:
    """The document (OpenAPI Specification 3.1.1, section 4.8)."""
    _, schemas = models_json_schema(
        [(operation.model, "serialization") for operation in OPERATIONS], ref_template=_SCHEMAS + "{model}"
    )
    info: dict[str, Any] = {"title": site.about.title, "description": site.about.description, "version": site.release}
    if site.about.licence:
        info["license"] = {"name": site.about.attribution or site.about.licence, "url": site.about.licence}
    return {
        "openapi": "3.1.0",
        "info": info,
        # Relative to this document, so it holds wherever the site stands.
        "servers": [{"url": "/"}],
        "tags": [
            {"name": "plain", "description": "Things as plain JSON."},
            {"name": "queries", "description": "Questions that can be run with values of one's own."},
        ],
        "paths": {
            **{operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
            **{_path(one): {"get": _query(one)} for one in example_queries().values()},
        },
        "components": {
            "schemas": {**schemas.get("$defs", {}), "Problem": _PROBLEM, "Rows": _ROWS},
            "responses": {str(int(status)): _refusal(text) for status, text in _REFUSALS.items()},
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": ["plain"],
        "parameters": [
            *(_parameter(one, "path", is_required=True) for one in operation.in_path),
            *(_parameter(one, "query", is_required="default" not in one.schema) for one in operation.in_query),
        ],
        "responses": {
            "200": {
                "description": operation.summary,
                "content": {PLAIN_JSON.name: {"schema": {"$ref": _SCHEMAS + operation.model.__name__}}},
            },
            **_refusals(),
        },
    }


def _parameter(one: Text | Number, place: str, *, is_required: bool) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": place,
        "required": is_required,
        "description": one.description,
        "schema": one.schema,
        "example": one.example,
    }


def _path(one: ExampleQuery) -> str:
    return f"/queries/{one.name}.{{format}}"


def _query(one: ExampleQuery) -> dict[str, Any]:
    formats = [offer.suffix.removeprefix(".") for offer in RESULTS]
    shapes: Mapping[str, dict[str, Any]] = {RESULTS_JSON.name: {"$ref": f"{_SCHEMAS}Rows"}}
    return {
        "operationId": one.name,
        "summary": one.title,
        "tags": ["queries"],
        "parameters": [
            {
                "name": "format",
                "in": "path",
                "required": True,
                "description": "What the answer comes in.",
                "schema": {"type": "string", "enum": formats},
                "example": formats[0],
            },
            *map(_value, one.parameters),
        ],
        "responses": {
            "200": {
                "description": "The rows of the answer; none if nothing matches.",
                "content": {offer.name: {"schema": shapes.get(offer.name, {"type": "string"})} for offer in RESULTS},
            },
            **_refusals(),
        },
    }


def _value(parameter: Parameter) -> dict[str, Any]:
    usual = [_plain(term) for term in parameter.defaults]
    kind: dict[str, Any] = dict(_WHOLE_NUMBER) if isinstance(usual[0], int) else dict(_WORDS)
    if isinstance(parameter.defaults[0], NamedNode):
        kind = kind | {"format": "iri"}
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": f"{parameter.description[:1].upper()}{parameter.description[1:]}; may be given several times.",
        "style": "form",
        "explode": True,
        "schema": {"type": "array", "items": kind, "maxItems": MAX_PARAMETER_VALUES, "default": usual},
        "example": usual,
    }


def _plain(term: Any) -> str | int:
    return int(term.value) if getattr(term, "datatype", None) == _INTEGER else str(term.value)


def _refusals() -> dict[str, Any]:
    return {str(int(status)): {"$ref": f"#/components/responses/{int(status)}"} for status in _REFUSALS}


def _refusal(description: str) -> dict[str, Any]:
    return {"description": description, "content": {PROBLEM.name: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}}}
