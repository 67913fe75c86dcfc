"""Names of things, their classes and their paths in the API."""

from __future__ import annotations

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.web.api.names import Names, api_path, more_about

BASE = "https://data.example.org/"
DATA = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix tlp: <https://w3id.org/tlevel/def/progression#> .
    @prefix : <https://data.example.org/id/t-level/> .
    :ten a tlp:TLevel , skos:Concept ; skos:prefLabel "Level 10"@en , "Lefel 10"@cy .
    :nine a tlp:TLevel ; skos:prefLabel "Level 9" .
"""


def test_things_are_sorted_by_name_with_numbers_by_size() -> None:
    iris = [f"{BASE}id/t-level/{key}" for key in ("ten", "nine", "nine")]
    names = Names(site_from(DATA), [*iris, ""])
    assert [one.name for one in names.things([*iris, ""])] == ["Level 9", "Level 10"]


def test_a_thing_of_a_kind_in_the_api_has_a_path_there() -> None:
    assert more_about(f"{BASE}id/occupation/ten", BASE) == "/api/occupations/ten/reached-from"
    assert more_about(f"{BASE}id/degree/ten", BASE) is None


def test_a_thing_without_a_label_is_named_by_its_iri() -> None:
    thing = Names(site_from(DATA), ()).thing("https://other.org/x")
    assert (thing.name, thing.page) == ("https://other.org/x", "/doc?iri=https://other.org/x")


@pytest.mark.parametrize(
    ("iri", "kind", "path"),
    [
        (f"{BASE}id/t-level/é", "t-level", "/api/t-levels/%C3%A9"),
        (f"{BASE}id/specialism/a/b", "specialism", "/api/specialisms/a/b/options"),
        (f"{BASE}id/specialism/a", "specialism", None),
        (f"{BASE}id/t-level/a/b", "t-level", None),
        (f"{BASE}id/t-level/a?b", "t-level", None),
        (f"{BASE}id/t-level/a#b", "t-level", None),
        ("https://other.org/id/t-level/a", "t-level", None),
        (f"{BASE}id/occupation/a", "occupation", "/api/occupations/a/reached-from"),
    ],
)
def test_only_a_key_that_fits_into_a_path_has_a_path(iri: str, kind: str, path: str | None) -> None:
    assert api_path(iri, BASE, kind) == path
