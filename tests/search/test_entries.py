"""The things that a search can find."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.terms import PREF_LABEL
from tlevel_rdf.search.entries import collect_entries
from tlevel_rdf.store.embedded import EmbeddedStore

BASE = "https://data.example.org/"
DATA = f"""
@prefix : <{BASE}id/> .
:t a {terms.T_LEVEL} ; {terms.PREF_LABEL} "Health"@en ; {terms.IN_ROUTE} :care .
:care a {terms.ROUTE} ; {terms.PREF_LABEL} "Care"@en .
:s {terms.SPECIALISM_OF} :t ; {terms.PREF_LABEL} "Eyes"@en ; {terms.PROGRESSES_TO} :d .
:d a {terms.APPRENTICESHIP}, {terms.DESTINATION} ; {terms.PREF_LABEL} "Optician"@en ;
    {terms.LEVEL_PROPERTY} <{terms.LEVEL}6> ; {terms.ALT_LABEL} "Oculist"@en ;
    {terms.LARS_STANDARD_CODE} "747" ; {terms.BASED_ON} :st .
:st {terms.PREF_LABEL} "The standard"@en .
:o a {terms.PROGRESSION_OPTION} ; {terms.PREF_LABEL} "An option"@en ;
    {terms.TARGET} :d ; {terms.STATUS_PROPERTY} :quick .
<https://other.org/x> {terms.PREF_LABEL} "Elsewhere"@en .
"""


def test_a_thing_has_its_names_codes_level_flags_and_what_it_belongs_to() -> None:
    store = EmbeddedStore.of(parse(DATA.encode(), format=RdfFormat.TURTLE))
    found = {entry.name: entry for entry in collect_entries(store, BASE)}
    assert set(found) == {"Health", "Care", "Eyes", "Optician", "The standard"}
    optician = found["Optician"]
    assert (optician.kind_and_level, optician.codes, optician.others) == (
        "Apprenticeship at level 6",
        ["747"],
        ["Oculist"],
    )
    assert optician.flags == {f"{BASE}id/quick"}
    for entry in (found["Health"], found["Eyes"], optician, found["The standard"]):
        assert (entry.t_levels, entry.routes) == ({f"{BASE}id/t"}, {f"{BASE}id/care"})


def test_things_elsewhere_are_found_in_data_without_things_under_the_base() -> None:
    store = EmbeddedStore.of(parse(DATA.encode(), format=RdfFormat.TURTLE))
    assert "Elsewhere" in {entry.name for entry in collect_entries(store, "https://e.org/")}


@pytest.mark.parametrize("base", ["https://e.org/o'neil/", "https://e.org/"])
def test_things_of_any_base_are_found_with_their_kind(base: str) -> None:
    named = [(f"{base}id/big-thing/1", "One"), (f"{base}def/x#A", "Term")]
    store = EmbeddedStore.of(
        [Quad(NamedNode(iri), PREF_LABEL, Literal(name, language="en"), NamedNode("urn:g")) for iri, name in named]
    )
    found = collect_entries(store, base)
    assert {(entry.name, entry.kind) for entry in found} == {("One", "Big thing"), ("Term", "")}
