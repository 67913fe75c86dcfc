"""The handler of options returns what the profile states after a specialism."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.web.api.conftest import OPTIONS
from tests.web.conftest import BASE, site_from
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.api.conftest import GetJson


def test_an_option_has_its_step_flags_source_and_codes(get_json: GetJson) -> None:
    found = get_json(OPTIONS)
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
    assert (
        first["iri"]
        == f"{BASE}id/option/healthcare-science/optical-care-services/apprenticeship/level-2/optical-assistant"
    )
    assert (first["source"]["document"], first["source"]["line"]) == ("000_80ba2ef1bfb81c71.txt", 21)
    assert {"scheme": "standard", "value": "ST0530"} in first["identifiers"]


def test_options_are_in_the_order_of_the_document(get_json: GetJson) -> None:
    lines = [one["source"]["line"] for one in get_json(OPTIONS)["options"]]
    assert lines == sorted(lines)


def test_an_option_may_lack_everything_but_its_destination() -> None:
    data = """@prefix tlp: <https://w3id.org/tlevel/def/progression#> .
        @prefix : <https://data.example.org/id/specialism/t/> .
        :s a tlp:OccupationalSpecialism . <https://e.org/o> tlp:optionFor :s ; tlp:leadsTo <https://e.org/next> .
        <https://e.org/p> tlp:optionFor :s . [] tlp:optionFor :s ; tlp:leadsTo <https://e.org/next> ."""
    response = respond(site_from(data), Request.of("/api/specialisms/t/s/options"))
    assert response.status == 200
    (option,) = json.loads(response.content)["options"]
    assert (option["kind"], option["title"], option["level"]) == ("", "https://e.org/next", None)
    assert (option["heading"], option["step"], option["flags"]) == ("", "open", [])
    assert (option["source"], option["links"], option["identifiers"]) == (None, [], [])
