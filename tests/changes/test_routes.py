"""Routes that are lost and gained."""

from __future__ import annotations

import csv
import io
import json

from pyoxigraph import RdfFormat, parse

from tlevel_rdf.changes.comparison import compare
from tlevel_rdf.changes.edits import Edits
from tlevel_rdf.changes.routes import Route, find_routes, routes_to_csv, routes_to_json, routes_to_text
from tlevel_rdf.changes.version import Version
from tlevel_rdf.store.embedded import EmbeddedStore

DATA = """
PREFIX tlp: <https://w3id.org/tlevel/def/progression#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX e: <https://e.org/>
GRAPH e:g {{
  e:t a tlp:TLevel ; skos:prefLabel "Health" .
  e:s a tlp:OccupationalSpecialism ; tlp:specialismOf e:t ; skos:prefLabel "Optics" .
  e:standard tlp:standardReference "ST0774" .
  {}
}}
"""
OPTION = """
  e:o{0} a tlp:ProgressionOption ; skos:prefLabel "Optics: Optician, level {0}" ; tlp:optionFor e:s ; {1} e:d{0} .
  e:d{0} a tlp:Apprenticeship ; skos:prefLabel "Optician" ; tlp:basedOn e:standard .
"""
LOST = Route(
    "lost",
    "Health",
    "Optics",
    "Optician, level 6",
    False,  # noqa: FBT003 - a field
    ("ST0774 is withdrawn",),
    "https://e.org/o6",
    "https://e.org/t",
)


def store(*options: str) -> EmbeddedStore:
    return EmbeddedStore.of(parse(DATA.format("".join(options)), format=RdfFormat.TRIG))


def test_options_that_come_and_go_are_routes_with_their_reasons() -> None:
    old = store(OPTION.format(2, "tlp:bypasses"), OPTION.format(6, "tlp:leadsTo"))
    new = store(OPTION.format(2, "tlp:bypasses"), OPTION.format(7, "tlp:bypasses"))
    changes = [*compare(Version("a", old), Version("b", new))]
    lost, gained = find_routes(old, new, changes, Edits(frozenset({"ST0774"})))
    assert lost == LOST
    assert (gained.effect, gained.route, gained.is_bypassed) == ("gained", "Optician, level 7", True)
    assert find_routes(old, old, compare(Version("a", old), Version("a", old)), Edits()) == []


def test_the_routes_are_text_csv_and_json() -> None:
    text = "".join(routes_to_text([LOST], []))
    assert text.startswith(
        "1 route lost:\n  Health, Optics: Optician, level 6, because ST0774 is withdrawn\n0 routes gained.\n"
    )
    [row] = csv.DictReader(io.StringIO("".join(routes_to_csv([LOST], [])), newline=""))
    assert (row["effect"], row["is_bypassed"], row["reasons"]) == ("lost", "false", "ST0774 is withdrawn")
    value = json.loads("".join(routes_to_json([LOST], [])))
    assert value["routes"][0]["text"] == LOST.text
    assert value["changes"] == []
