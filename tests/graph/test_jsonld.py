"""The JSON-LD context against the ontology, and the frames by an independent processor."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pyld
import pytest
from pyld.documentloader.base import RemoteDocument
from pyoxigraph import NamedNode, RdfFormat

from tlevel_rdf.graph import jsonld, terms
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.graph.vocabulary import ontology
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Quad

CONTEXT = "https://w3id.org/tlevel/def/context.jsonld"
PROPERTIES = {
    quad.subject.value: quad.object.value
    for quad in ontology()
    if quad.predicate == terms.TYPE
    and isinstance(quad.subject, NamedNode)
    and isinstance(quad.object, NamedNode)
    and quad.object.value in {f"{terms.OWL}ObjectProperty", f"{terms.OWL}DatatypeProperty"}
}
FRAMES = sorted((shipped("ontology") / "frames").glob("*.jsonld"))


def load_document(address: str, _options: dict[str, Any]) -> RemoteDocument:
    assert address == CONTEXT, "nothing else is ever loaded"
    text = (shipped("ontology") / "context.jsonld").read_text(encoding="utf-8")
    return RemoteDocument(
        contentType="application/ld+json", contextUrl=None, documentUrl=address, document=json.loads(text)
    )


@pytest.fixture(scope="module")
def ours(corpus_quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
    """What is about one T Level and its destinations: the independent processor is slow."""
    others = re.compile(
        r"/def/|/id/(t-level|specialism|qualification|source|profile)/(?!healthcare-science|603-7083-x)"
    )
    return tuple(quad for quad in corpus_quads if not others.search(str(quad.subject)))


@cache
def written(quads: tuple[Quad, ...]) -> dict[str, Any]:
    return dict(json.loads(serialize_graph((quad.triple for quad in quads), RdfFormat.JSON_LD)))


def framed(name: str, quads: tuple[Quad, ...]) -> dict[str, Any]:
    frame = json.loads((shipped("ontology") / "frames" / f"{name}.jsonld").read_text(encoding="utf-8"))
    return dict(pyld.jsonld.frame(written(quads), frame, {"documentLoader": load_document}))


def test_every_property_has_a_term_of_its_own_name() -> None:
    names = {iri: term for (iri, _), term in jsonld.context().names.items() if iri.startswith(terms.TLP)}
    assert names == {iri: iri.removeprefix(terms.TLP) for iri in PROPERTIES}


@pytest.mark.parametrize("iri", PROPERTIES, ids=lambda iri: iri.removeprefix(terms.TLP))
def test_links_are_links_in_json(iri: str) -> None:
    is_link = (iri, "@id") in jsonld.context().names
    assert is_link == (PROPERTIES[iri] == f"{terms.OWL}ObjectProperty")


def test_prefixes_are_those_of_the_other_syntaxes() -> None:
    prefixes = jsonld.context().prefixes
    assert prefixes == {name: iri for name, iri in terms.PREFIXES.items() if name in prefixes}


@pytest.mark.parametrize("path", FRAMES, ids=lambda path: path.stem)
def test_each_frame_gives_things_of_its_kind(path: Path, ours: tuple[Quad, ...]) -> None:
    result = framed(path.stem, ours)
    things = result.get("@graph", [result])
    wanted = json.loads(path.read_text(encoding="utf-8"))["@type"]
    assert things
    assert all(wanted in (thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]) for thing in things)


def test_the_frame_of_a_t_level_holds_its_options(ours: tuple[Quad, ...]) -> None:
    t_level = framed("t-level", ours)
    options = [option for specialism in t_level["hasSpecialism"] for option in specialism["hasOption"]]
    assert len(options) == 26
    assert all("prefLabel" in option["target"] for option in options)
