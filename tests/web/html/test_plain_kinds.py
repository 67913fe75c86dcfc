"""The table of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import BASE
from tlevel_rdf.graph import terms
from tlevel_rdf.search.entries import collect_entries
from tlevel_rdf.web.html.plain_kinds import KINDS, facet_of, kind_of

if TYPE_CHECKING:
    from tlevel_rdf.store.embedded import EmbeddedStore


@pytest.mark.parametrize(
    ("types", "iri", "name"),
    [
        ({terms.T_LEVEL, terms.QUALIFICATION}, "x", "T Level"),
        ({terms.QUALIFICATION}, "x", "technical qualification"),
        ({terms.HTQ, terms.MAP_PRODUCT}, "x", "Higher Technical Qualification"),
        (set(), f"{BASE}id/pathway/catering", "pathway of the occupational map"),
        (set(), f"{BASE}id/cluster/chef", "cluster of the occupational map"),
        (set(), f"{BASE}id/person/ada", None),
    ],
)
def test_the_most_telling_class_or_the_iri_gives_the_kind(types: set[object], iri: str, name: str | None) -> None:
    found = kind_of({str(getattr(each, "value", "")) for each in types}, iri)
    assert (found.name if found else None) == name


def test_each_list_of_a_kind_is_a_facet_of_the_search(corpus_store: EmbeddedStore) -> None:
    facets = {entry.kind for entry in collect_entries(corpus_store, BASE)}
    assert {facet_of(kind) for kind in KINDS.values() if kind.listing} <= facets
