"""The JSON-LD frames of the vocabulary, run by an independent processor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyld
import pytest
from pyld.documentloader.base import RemoteDocument
from pyoxigraph import RdfFormat

from tests.counting import counted_calls
from tests.graph.samples import apprenticeship, job, load, specialism
from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

    from tlevel_rdf.graph.compiled import CompiledReference
    from tlevel_rdf.graph.identifiers import Identifiers

CONTEXT = "https://w3id.org/tlevel/def/context.jsonld"
FRAMES = sorted((shipped("ontology") / "frames").glob("*.jsonld"))
FRAMING_KEYWORDS = {"@context", "@type", "@explicit", "@embed", "@omitDefault"}


def load_document(address: str, _options: dict[str, Any]) -> RemoteDocument:
    assert address == CONTEXT, "nothing else is ever loaded"
    text = (shipped("ontology") / "context.jsonld").read_text(encoding="utf-8")
    return RemoteDocument(
        contentType="application/ld+json", contextUrl=None, documentUrl=address, document=json.loads(text)
    )


def json_ld(quads: Iterable[Quad]) -> dict[str, Any]:
    return dict(json.loads(serialize_graph((quad.triple for quad in quads), RdfFormat.JSON_LD)))


def frame(name: str) -> dict[str, Any]:
    return dict(json.loads((shipped("ontology") / "frames" / f"{name}.jsonld").read_text(encoding="utf-8")))


def framed(name: str, document: dict[str, Any]) -> list[dict[str, Any]]:
    result = dict(pyld.jsonld.frame(document, frame(name), {"documentLoader": load_document}))
    return list(result.get("@graph", [result]))


def types(thing: dict[str, Any]) -> list[str]:
    return list(thing["@type"]) if isinstance(thing["@type"], list) else [thing["@type"]]


@pytest.fixture(scope="module")
def dump(small_quads: tuple[Quad, ...]) -> dict[str, Any]:
    return json_ld(small_quads)


@pytest.mark.parametrize("name", [path.stem for path in FRAMES])
def test_a_frame_gives_things_of_its_type_with_their_labels(name: str, dump: dict[str, Any]) -> None:
    things = framed(name, dump)
    assert things
    assert all(frame(name)["@type"] in types(thing) and thing["prefLabel"] for thing in things)


def test_the_frame_of_a_t_level_holds_its_options(dump: dict[str, Any]) -> None:
    (t_level,) = [one for one in framed("t-level", dump) if one["@id"].endswith("/t-level/healthcare-science")]
    options = [option for one in t_level["hasSpecialism"] for option in one.get("hasOption", [])]
    assert len(options) == 26
    assert all("prefLabel" in option["target"] for option in options)


def test_the_frame_of_an_option_names_the_source_document(dump: dict[str, Any]) -> None:
    options = framed("option", dump)
    # 26 of the profile, and three jobs of the page about the T Level.
    assert len(options) == 29
    assert all(option["wasQuotedFrom"]["isPartOf"]["title"] for option in options)


def embedding(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A frame and every frame in it that takes properties of another node."""
    yield value
    for key, inner in value.items():
        if key not in FRAMING_KEYWORDS and inner.keys() - FRAMING_KEYWORDS:
            yield from embedding(inner)


@pytest.mark.parametrize("path", FRAMES, ids=lambda path: path.stem)
def test_every_level_of_a_frame_lists_its_properties(path: Path) -> None:
    """A level without @explicit takes all properties, and so everything that can be reached."""
    assert all(one["@explicit"] is True for one in embedding(frame(path.stem)))


@pytest.fixture(scope="module")
def dumps(empty: CompiledReference, ids: Identifiers) -> list[dict[str, Any]]:
    """Dumps of 4, 8 and 16 profiles that share their destinations."""

    def profiles(number: int) -> Iterator[Any]:
        for n in range(number):
            options = [apprenticeship("Baker", 3), apprenticeship(f"Chef {n}", 4)]
            work = [job("Cook"), job(f"Taster {n}")]
            kitchen = specialism("Kitchen", technical=options, work=work)
            yield load(f"Food {n}", kitchen, specialism("Bar", work=work), file=f"{n}.yaml")

    corpora = [Corpus(list(profiles(number)), empty, ids) for number in (4, 8, 16)]
    documents = [json_ld(quad for quad in corpus.quads() if "/def/" not in str(quad.subject)) for corpus in corpora]
    framed("route", documents[0])  # the processor keeps the context that it reads the first time
    return documents


def cost(name: str, document: dict[str, Any]) -> tuple[int, int]:
    """Return the bytes of a framed document, and the calls of Python functions that made it."""
    with counted_calls() as calls:
        result = framed(name, document)
    return len(json.dumps(result)), calls.total()


@pytest.mark.parametrize("name", [path.stem for path in FRAMES])
def test_framing_grows_in_proportion_to_the_dump(name: str, dumps: list[dict[str, Any]]) -> None:
    """From 8 to 16 profiles, bytes and calls grow twice as much as from 4 to 8."""
    for small, middle, large in zip(*(cost(name, document) for document in dumps), strict=True):
        assert large - middle <= 1.1 * 2 * (middle - small)
