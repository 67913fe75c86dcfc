"""The answers in JSON are those of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.web.api.conftest import GetJson


def test_ways_to_a_job(get_json: GetJson) -> None:
    found = get_json("/api/questions/ways-to-a-job?job=dispensing+optician")
    assert {way["how"] for way in found["ways"]} >= {"stated", "by an apprenticeship"}
    assert found["ways"][0]["t_level"]["page"] == "/doc/t-level/healthcare-science"
    unknown = get_json("/api/questions/ways-to-a-job?job=dispensing+opticien")["unknown"]
    assert unknown[0]["parameter"] == "job"


def test_a_comparison(get_json: GetJson) -> None:
    found = get_json(
        "/api/questions/compare-specialisms?first=Optical+Care+Services&second=assisting+with+healthcare+science"
    )
    assert any(step["after_first"] for step in found["steps"])
    assert any(step["after_second"] for step in found["steps"])


def test_steps_to_bypass_or_shorten(get_json: GetJson) -> None:
    every = get_json("/api/questions/steps-to-bypass-or-shorten")
    assert (every["t_level"], {step["effect"] for step in every["steps"]}) == (None, {"bypass"})
    assert get_json("/api/questions/steps-to-bypass-or-shorten?t-level=Healthcare+Science")["steps"] == every["steps"]


def test_open_t_levels(get_json: GetJson) -> None:
    assert get_json("/api/questions/open-t-levels")["year"] == 2026
    assert get_json("/api/questions/open-t-levels?year=2001")["t_levels"] == []
