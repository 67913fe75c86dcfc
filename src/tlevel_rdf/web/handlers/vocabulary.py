"""The vocabulary, its schemes, alignments, shapes and JSON-LD context under `/def/`, from the shipped files.

A definition is a document with fragments, so its IRI is answered directly. What only the data knows is described from
the data: a scheme such as the routes, or an ontology of its own under `{base}def/`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.settings import DEFINITIONS
from tlevel_rdf.shipped import shipped
from tlevel_rdf.web.data.iris import CONTEXT, ONTOLOGY, SHAPES, document_path, readings
from tlevel_rdf.web.handlers.documents import answer
from tlevel_rdf.web.handlers.signposting import links_of_document
from tlevel_rdf.web.html.rendering import definition_page
from tlevel_rdf.web.http.media_types import HTML, JSON_LD, THING, TURTLE, split_suffix
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request, Response

_VERSION_IRI: Final = NamedNode(f"{terms.OWL}versionIRI")
_FOR_EVER: Final = ("cache-control", "public, max-age=31536000, immutable")


@dataclass(frozen=True)
class Definition:
    """A definition.

    Attributes:
        iri: of the document, to which its terms are fragments.
        turtle: its text.
        triples: what it says, with blank nodes numbered in the order of the text.
    """

    iri: str
    turtle: bytes
    triples: tuple[Triple, ...]

    @property
    def versions(self) -> frozenset[str]:
        """The IRIs of the version that this is."""
        return frozenset(
            t.object.value for t in self.triples if t.predicate == _VERSION_IRI and isinstance(t.object, NamedNode)
        )


def definition(site: Site, request: Request) -> Response:
    """`/def/…`, with the suffix of a representation or without.

    Raises:
        ProblemError: 404, 406.
    """
    if request.path == f"/def/{CONTEXT}":
        file = shipped("ontology") / CONTEXT
        return site.represent(JSON_LD, file.read_bytes())
    path, fixed = split_suffix(request.path, THING)
    iri = DEFINITIONS + path.removeprefix("/def/")
    for found in definitions():
        if iri in found.versions:
            # A version is the same whatever release is served beside it.
            return _answer(replace(site, date=None), request, found, path, fixed).with_headers(_FOR_EVER)
        if iri == found.iri:
            return _answer(site, request, found, path, fixed)
    return answer(site, request, readings(path, site.base), fixed)


def _answer(site: Site, request: Request, found: Definition, path: str, fixed: MediaType | None) -> Response:
    media_type, headers = select_media_type(request, THING, fixed, lambda offer: path + offer.suffix)

    body = _body(site, found, media_type)
    iri = DEFINITIONS + path.removeprefix("/def/")
    links = links_of_document(site, iri, (), media_type, lambda offer: document_path(iri, site.base, offer.suffix))
    headers = (*headers, *links)
    return site.represent(media_type, body, headers=headers)


def _body(site: Site, found: Definition, media_type: MediaType) -> bytes:
    if media_type is HTML:
        return definition_page(site, found.iri, found.triples)
    if media_type is TURTLE:
        return found.turtle
    return serialize_graph(found.triples, media_type.graph_syntax, about=found.iri)


@cache
def definitions() -> tuple[Definition, ...]:
    """All definitions that ship with the package; the shapes are one, whatever their number of files."""
    folder = shipped("ontology")
    single = (_read(name, [folder / f"{name}.ttl"]) for name in ONTOLOGY)
    return (*single, _read(SHAPES, sorted(shipped("shapes").glob("*.ttl"))))


def _read(name: str, files: list[Path]) -> Definition:
    # Turtle files written one behind the other are Turtle again, and their comments stay.
    text = b"\n".join(file.read_bytes() for file in files)
    numbers: dict[BlankNode, BlankNode] = {}

    def numbered(node: object) -> object:
        if isinstance(node, BlankNode):
            return numbers.setdefault(node, BlankNode(f"b{len(numbers):04}"))
        return node

    triples = tuple(
        Triple(numbered(q.subject), q.predicate, numbered(q.object))  # type: ignore[arg-type]  # kinds are kept
        for q in pyoxigraph.parse(text, format=RdfFormat.TURTLE)
    )
    return Definition(DEFINITIONS + name, text, triples)
