"""The handlers of the API return T Levels, the ways to an occupation and search results."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from tests.web.api.conftest import OPTIONS, REACHED_FROM, T_LEVEL
from tests.web.conftest import BASE, site_from
from tlevel_rdf.web.api import handlers
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    import pytest

    from tests.web.api.conftest import GetJson
    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site


def test_the_list_has_all_t_levels_with_the_number_of_their_options(get_json: GetJson) -> None:
    found = get_json("/api/t-levels")
    assert len(found["t_levels"]) == 27
    assert found["next"] is None
    one = next(one for one in found["t_levels"] if one["name"] == "Healthcare Science")
    assert one == {
        "name": "Healthcare Science",
        "iri": f"{BASE}id/t-level/healthcare-science",
        "page": "/doc/t-level/healthcare-science",
        "self": T_LEVEL,
        "options": 26,
        "state": None,
    }


def test_the_list_has_the_state_of_each_t_level_on_a_day(get_json: GetJson) -> None:
    found = get_json("/api/t-levels?on=2021-09-01&limit=2")
    assert (found["on"], found["self"]) == ("2021-09-01", "/api/t-levels?on=2021-09-01&limit=2&offset=0")
    entries = found["t_levels"]
    while found["next"]:
        assert "on=2021-09-01" in found["next"]
        found = get_json(found["next"])
        entries += found["t_levels"]
    states = {one["name"]: one["state"] for one in entries}
    assert states["Healthcare Science"] == {"in_force": True, "text": "open to new learners"}
    assert states["Finance"] == {"in_force": False, "text": "not taught until 1 September 2022"}
    # Each leads to its own state on that day.
    assert all(get_json(one["self"])["state"] == one["state"] for one in entries[:3])
    # A day before all has the same keys.
    assert not any(one["state"]["in_force"] for one in get_json("/api/t-levels?on=0001-01-01")["t_levels"])


def test_a_code_has_the_state_of_what_has_it(get_json: GetJson) -> None:
    found = get_json("/api/codes/standard/ST0774?on=2017-01-01")
    assert found["on"] == "2017-01-01"
    (state,) = found["states"]
    assert (state["iri"], state["in_force"]) == (f"{BASE}id/standard/ST0774", False)
    assert state["text"].startswith("not approved until ")
    without = get_json("/api/codes/standard/ST0774")
    assert (without["on"], without["states"]) == (None, [])
    assert without["statements"] == found["statements"]


def test_a_table_of_t_levels_has_their_states(send: Send) -> None:
    rows = send("/api/t-levels.csv?on=2021-09-01").content.decode().splitlines()
    assert rows[0] == "name,iri,options,state_in_force,state_text"
    assert any(row.endswith(",yes,open to new learners") for row in rows)


def test_the_parts_of_a_list_make_the_whole_list(get_json: GetJson) -> None:
    whole, entries, path = get_json("/api/t-levels")["t_levels"], [], "/api/t-levels?limit=10"
    while path:
        part = get_json(path)
        entries += part["t_levels"]
        path = part["next"]
    assert entries == whole


def test_no_part_begins_after_the_maximum_offset(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers, "MAX_OFFSET", 4)
    path, offsets = "/api/t-levels?limit=2", []
    while path:
        part = json.loads(respond(site, Request.of(path)).content)
        offsets.append(part["offset"])
        path = part["next"]
    assert offsets == [0, 2, 4]


def test_a_t_level_has_its_level_routes_specialisms_and_qualifications(get_json: GetJson) -> None:
    found = get_json(T_LEVEL)
    assert (found["self"], found["level"]) == (T_LEVEL, 3)
    assert [route["name"] for route in found["routes"]] == ["Health and science"]
    assert [one["options"] for one in found["specialisms"]][1:] == [OPTIONS]
    (qualification,) = found["qualifications"]
    assert (qualification["number"], qualification["first_taught"]) == ("603/7083/X", "2021-09-01")
    assert [body["name"] for body in qualification["awarded_by"]] == ["NCFE"]


def test_an_occupation_is_reached_directly_and_by_an_apprenticeship(get_json: GetJson) -> None:
    ways = get_json(REACHED_FROM)["ways"]
    assert [(way["how"], way["level"]) for way in ways] == [("directly", None), ("by an apprenticeship", 6)]
    assert ways[1]["apprenticeship"]["name"] == "Dispensing Optician"


def test_the_search_ignores_case_and_takes_any_character(get_json: GetJson) -> None:
    found = get_json("/api/search?q=OPTICAL+care")["results"]
    assert found[0]["name"] == "Optical Care Services"
    assert found[0]["more"] == OPTIONS
    assert found[0]["kinds"] == ["Occupational specialism"]
    hostile = urlencode({"q": '") } #'})
    assert get_json(f"/api/search?{hostile}")["results"] == []


def test_the_search_of_the_api_is_that_of_the_site(get_json: GetJson) -> None:
    for text in ("dispensing+opticien", "ST0774", "health"):
        own, page = get_json(f"/api/search?limit=30&q={text}"), get_json(f"/search.json?q={text}")
        assert (own["total"], own["read_as"]) == (page["total"], page["read_as"])
        assert [one["iri"] for one in own["results"]] == [one["iri"] for one in page["results"]]
    first, second = (get_json(f"/api/search?q=health&limit=2&offset={offset}") for offset in (0, 1))
    assert second["results"][0] == first["results"][1]
    found = get_json("/api/search?q=ST0774")["results"][0]
    assert "ST0774" in found["codes"]
    assert [one["name"] for one in found["t_levels"]] == ["Healthcare Science"]


def test_suggestions_are_few_of_a_kind_and_may_be_cached(send: Send, get_json: GetJson) -> None:
    found = get_json("/api/suggestions?q=dispensing+op&kind=Occupation&limit=3")["suggestions"]
    assert {(one["name"].lower(), one["kind"]) for one in found} == {("dispensing optician", "Occupation")}
    assert len(get_json("/api/suggestions?q=h")["suggestions"]) == 8
    assert get_json("/api/suggestions?q=opticien")["read_as"] == "optician"
    assert send("/api/suggestions?q=h").header("cache-control") == "public, max-age=300"


def test_every_link_in_a_response_works(send: Send, get_json: GetJson) -> None:
    def links(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {link for one in value.values() for link in links(one)}
        if isinstance(value, list):
            return {link for one in value for link in links(one)}
        return {value} if isinstance(value, str) and value.startswith("/") else set()

    for target in ("/api/", T_LEVEL, OPTIONS, REACHED_FROM, "/api/search?q=optic&limit=5", "/api/suggestions?q=optic"):
        for link in sorted(links(get_json(target)) - {"/api/search", "/api/suggestions"}):
            assert send(link.partition("#")[0]).status in {200, 303}, link


def test_data_without_t_levels_has_empty_lists() -> None:
    other = site_from('<https://e.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Ship" .')
    assert json.loads(respond(other, Request.of("/api/t-levels")).content)["t_levels"] == []
    found = json.loads(respond(other, Request.of("/api/search?q=ship")).content)["results"]
    assert [(one["iri"], one["page"], one["more"]) for one in found] == [
        ("https://e.org/a", "/doc?iri=https://e.org/a", None)
    ]
    assert respond(other, Request.of(T_LEVEL)).status == 404


def test_t_levels_may_have_another_base_odd_keys_several_labels_or_none() -> None:
    data = """@prefix tlp: <https://w3id.org/tlevel/def/progression#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://data.example.org/id/t-level/é> a tlp:TLevel ; skos:prefLabel "É" .
        <https://data.example.org/id/t-level/a/b> a tlp:TLevel ; skos:prefLabel "A" , "B"@en .
        <https://other.org/t> a tlp:TLevel . [] a tlp:TLevel ."""
    other = site_from(data)
    found = json.loads(respond(other, Request.of("/api/t-levels")).content)["t_levels"]
    assert {one["self"] for one in found} == {"/api/t-levels/%C3%A9", None}
    assert len(found) == 3
    for key in ("é", quote("é")):
        assert json.loads(respond(other, Request.of(f"/api/t-levels/{key}")).content)["name"] == "É"
