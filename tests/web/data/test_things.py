"""Things with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.conftest import BASE
from tlevel_rdf.web.data.things import Thing, Things

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


def test_a_thing_has_its_name_and_page_and_a_place_that_of_its_document(site: Site) -> None:
    iri = f"{BASE}id/t-level/healthcare-science"
    source = f"{BASE}id/source/000-80ba2ef1bfb81c71-txt"
    things = Things(site, iri, source, "")
    assert things.of(iri) == Thing("Healthcare Science", iri, "/doc/t-level/healthcare-science")
    place = things.place(f"{source}#line=20,21")
    assert place is not None
    assert place.name.startswith("line 21 of ")
    assert things.place("") is None
