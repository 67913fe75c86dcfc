"""Maps of routes that are lost or gained."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tests.web.conftest import site_from
from tlevel_rdf.changes.routes import Route
from tlevel_rdf.graph import terms
from tlevel_rdf.web.html.maps.effects import effects_pictures

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

BASE = "https://data.example.org/id/"
DATA = f"""
@prefix tlp: <{terms.TLP}> . @prefix skos: <{terms.SKOS}> . @prefix level: <{terms.LEVEL}> . @prefix : <{BASE}> .
:t a tlp:TLevel ; skos:prefLabel "Health" .
:s a tlp:OccupationalSpecialism ; skos:prefLabel "Optics" ; tlp:specialismOf :t .
"""
OPTION = """
:o{0} a tlp:ProgressionOption ; tlp:optionFor :s ; tlp:leadsTo :d{0} .
:d{0} a tlp:Apprenticeship ; skos:prefLabel "Step <{0}>" ; tlp:level level:{0} .
"""


def site(*levels: int) -> Site:
    return site_from(DATA + "".join(map(OPTION.format, levels)))


def route(effect: str, level: int) -> Route:
    reasons = ("ST1234 is withdrawn",)
    return Route(effect, "Health", "Optics", "Step", False, reasons, f"{BASE}o{level}", f"{BASE}t")  # noqa: FBT003 - a field


def test_a_map_shows_what_was_and_what_would_be_with_marks() -> None:
    [(name, picture)] = effects_pictures(site(2, 3), site(2, 4), [route("lost", 3), route("gained", 4)])
    assert name == "t"
    root = ElementTree.fromstring(picture)  # noqa: S314 - made here
    texts = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    shown = [text for text in texts if text.startswith(("Step", "would"))]
    assert shown == ["Step <2>", "Step <3>", "would be lost", "Step <4>", "would be new"]
    assert texts[-1].endswith(" If ST1234 is withdrawn.")
    assert b"<a " not in picture, "a picture that is on no site has no links"


def test_a_t_level_without_routes_has_no_map() -> None:
    assert [*effects_pictures(site(2), site(2), [])] == []
