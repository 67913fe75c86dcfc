"""The limits that are settings: of a query and of its answer."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tlevel_rdf.settings import Settings
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


@pytest.mark.parametrize(
    ("setting", "most", "query", "status"),
    [
        ("query_characters", 100, "ASK {} #" + "a" * 100, 414),
        ("query_words", 10, "ASK { ?s ?p ?o . ?a ?b ?c . }", 413),
        ("query_patterns", 10, "SELECT * { ?s ?p " + ", ".join("?o" for _ in range(12)) + " }", 413),
        ("query_nesting", 2, "ASK { { { } } }", 413),
        ("answer_bytes", 1_000, f"SELECT ('{'a' * 1_000}' AS ?a) {{}}", 413),
        ("answer_bytes", 1_000, f"CONSTRUCT {{ <x:a> <x:b> '{'a' * 1_000}' }} {{}}", 413),
    ],
)
def test_each_limit_is_a_setting(setting: str, most: int, query: str, status: int, site: Site) -> None:
    request = Request("GET", "/sparql", f"query={quote(query)}")
    assert respond(site, request).status == 200
    strict = replace(Settings(), **{setting: most})  # type: ignore[arg-type]  # these are numbers
    told = respond(replace(site, settings=strict), request)
    assert told.status == status
    assert f"{most:,}" in json.loads(told.content)["detail"]
