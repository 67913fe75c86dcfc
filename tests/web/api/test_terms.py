"""The classes and properties of the data, as the editor of the query page suggests them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.conftest import site_from
from tlevel_rdf.graph.terms import PREFIXES, TLP
from tlevel_rdf.web.api.terms import short_name, terms

if TYPE_CHECKING:
    from tests.web.api.conftest import GetJson

DATA = f"""
<urn:a> a <{TLP}TLevel> ; <{TLP}level> <urn:x> ; <https://e.org/%3Cb%3E?p> 1, 2 ; <{TLP}a/b> 1 .
<urn:b> a <{TLP}TLevel> .
<{TLP}TLevel> <http://www.w3.org/2004/02/skos/core#prefLabel> "T Level"@en .
"""
WINDOW = {"limit": 100, "offset": 0}


def test_terms_are_written_as_queries_have_them_and_those_with_most_uses_come_first() -> None:
    found = terms(site_from(DATA), WINDOW).terms
    assert [(one.kind, one.term, one.uses) for one in found][:3] == [
        ("property", "rdf:type", 2),
        ("property", "<https://e.org/%3Cb%3E?p>", 2),
        ("class", "tlp:TLevel", 2),
    ]
    assert [one.uses for one in found] == sorted((one.uses for one in found), reverse=True)
    assert next(one.name for one in found if one.kind == "class") == "T Level"


def test_a_local_name_that_sparql_would_read_otherwise_is_written_as_an_iri() -> None:
    for local in ("", "a/b", "a.", "-a", "a b", "é", "a#b"):
        assert short_name(TLP + local) == f"<{TLP}{local}>"
    assert short_name(f"{TLP}a-b_1") == "tlp:a-b_1"


def test_the_list_comes_in_parts_with_the_prefixes(get_json: GetJson) -> None:
    first = get_json("/api/terms?limit=2")
    second = get_json(first["next"])
    assert len(first["terms"]) == len(second["terms"]) == 2
    assert first["terms"] + second["terms"] == get_json("/api/terms?limit=4")["terms"]
    assert {one["prefix"]: one["iri"] for one in first["prefixes"]} == PREFIXES
