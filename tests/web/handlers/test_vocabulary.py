"""The documents of the vocabulary under `/def/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from tests.web.conftest import BASE, BROWSER, site_from
from tlevel_rdf.shipped import shipped
from tlevel_rdf.web.data.iris import ONTOLOGY, SHAPES
from tlevel_rdf.web.handlers.vocabulary import definitions
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

VOCABULARY = "https://w3id.org/tlevel/def/"


def test_there_is_a_definition_for_each_file_of_the_ontology_and_one_for_all_shapes() -> None:
    assert [one.iri for one in definitions()] == [VOCABULARY + name for name in (*ONTOLOGY, SHAPES)]
    shapes = definitions()[-1]
    number = sum(
        len(list(parse(file.read_bytes(), format=RdfFormat.TURTLE))) for file in shipped("shapes").glob("*.ttl")
    )
    assert len(shapes.triples) == number


@pytest.mark.parametrize("name", ONTOLOGY)
def test_turtle_is_the_file_itself_and_other_syntaxes_have_the_same_graph(site: Site, name: str) -> None:
    text = (shipped("ontology") / f"{name}.ttl").read_bytes()
    assert respond(site, Request.of(f"/def/{name}.ttl")).content == text
    triples = list(parse(respond(site, Request.of(f"/def/{name}.nt")).content, format=RdfFormat.N_TRIPLES))
    assert len(triples) == len(list(parse(text, format=RdfFormat.TURTLE)))


def test_blank_nodes_have_the_same_names_each_time() -> None:
    named = {t.subject.value for one in definitions() for t in one.triples if isinstance(t.subject, BlankNode)}
    assert all(name.startswith("b0") for name in named)


def test_every_site_has_the_vocabulary_without_data_about_it() -> None:
    empty = site_from("")
    for name in (*ONTOLOGY, SHAPES):
        assert respond(empty, Request.of(f"/def/{name}", accept=BROWSER)).status == 200
    assert respond(empty, Request.of("/def/context.jsonld")).header("content-type") == "application/ld+json"


def test_a_scheme_of_the_data_is_described_from_the_data(site: Site) -> None:
    response = respond(site, Request.of("/def/route.nt"))
    subjects = {quad.subject.value for quad in parse(response.content, format=RdfFormat.N_TRIPLES)}
    assert f"{BASE}def/route" in subjects
    assert respond(site_from(""), Request.of("/def/route.nt")).status == 404
