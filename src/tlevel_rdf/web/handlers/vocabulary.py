"""The vocabulary, its schemes, alignments, shapes and JSON-LD context under `/def/`, from the files of the package.

A definition is a document whose terms have hash IRIs, so its path needs no redirect. Other paths under `/def/` are
described from the data: a scheme such as the routes, or another ontology under `{base}def/`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.namespaces import DEFINITIONS
from tlevel_rdf.shipped import shipped
from tlevel_rdf.web.data.formats import serialize
from tlevel_rdf.web.data.iris import CONTEXT, ONTOLOGY, SHAPES, iris_of_document
from tlevel_rdf.web.data.site import IMMUTABLE
from tlevel_rdf.web.handlers.documents import document_response
from tlevel_rdf.web.html.pages import definition_page
from tlevel_rdf.web.http.media_types import HTML, JSON_LD, THING, TURTLE, split_suffix
from tlevel_rdf.web.http.representation import select_media_type
from tlevel_rdf.web.metadata.signposting import links_of_document

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Request, Response

_VERSION_IRI: Final = NamedNode(f"{terms.OWL}versionIRI")


@dataclass(frozen=True)
class Definition:
    """A document of the vocabulary.

    Attributes:
        iri: of the document. The IRIs of its terms add a fragment to it.
        turtle: the text of the document.
        triples: of the document, with its blank nodes numbered in the order of the text.
    """

    iri: str
    turtle: bytes
    triples: tuple[Triple, ...]

    @property
    def versions(self) -> frozenset[str]:
        """The version IRIs of the document."""
        return frozenset(
            t.object.value for t in self.triples if t.predicate == _VERSION_IRI and isinstance(t.object, NamedNode)
        )


def definition(site: Site, request: Request) -> Response:
    """Answer `/def/…`, with the extension of a representation or without.

    Raises:
        ProblemError: 404, 406.
    """
    if request.path == f"/def/{CONTEXT}":
        file = shipped("ontology") / CONTEXT
        return site.represent(JSON_LD, file.read_bytes())
    path, fixed = split_suffix(request.path, THING)
    iri = DEFINITIONS + path.removeprefix("/def/")
    for found in (*definitions(), *earlier_versions()):
        if iri in found.versions:
            # A version stays the same when the data changes, so it does not have the date of the release.
            return _respond(replace(site, date=None), request, found, path, fixed).with_headers(IMMUTABLE)
        if iri == found.iri:
            return _respond(site, request, found, path, fixed)
    return document_response(site, request, iris_of_document(path, site.base), fixed)


def _respond(site: Site, request: Request, found: Definition, path: str, fixed: MediaType | None) -> Response:
    def path_of(offer: MediaType) -> str:
        return path + offer.suffix

    media_type, headers = select_media_type(request, THING, fixed, path_of)
    links = links_of_document(site, DEFINITIONS + path.removeprefix("/def/"), (), media_type, path_of)
    return site.represent(media_type, _body(site, found, media_type), headers=(*headers, *links))


def _body(site: Site, found: Definition, media_type: MediaType) -> bytes:
    if media_type is HTML:
        return definition_page(site, found.iri, found.triples)
    if media_type is TURTLE:
        return found.turtle
    return serialize(found.triples, media_type, about=found.iri)


@cache
def definitions() -> tuple[Definition, ...]:
    """Return the documents of the vocabulary. All files of shapes make up one document."""
    folder = shipped("ontology")
    single = (_read(name, [folder / f"{name}.ttl"]) for name in ONTOLOGY)
    return (*single, _read(SHAPES, sorted(shipped("shapes").glob("*.ttl"))))


@cache
def earlier_versions() -> tuple[Definition, ...]:
    """Return the earlier versions of the documents, which their version IRIs identify."""
    files = sorted((shipped("ontology") / "versions").glob("*.ttl"))
    return tuple(_read(file.stem.rpartition("-")[0], [file]) for file in files)


def _read(name: str, files: list[Path]) -> Definition:
    # Concatenated Turtle files are a Turtle file, and keep their comments.
    text = b"\n".join(file.read_bytes() for file in files)
    numbers: dict[BlankNode, BlankNode] = {}

    def number_blank(node: object) -> object:
        if isinstance(node, BlankNode):
            return numbers.setdefault(node, BlankNode(f"b{len(numbers):04}"))
        return node

    triples = tuple(
        Triple(number_blank(q.subject), q.predicate, number_blank(q.object))  # type: ignore[arg-type]  # same kinds of nodes
        for q in pyoxigraph.parse(text, format=RdfFormat.TURTLE)
    )
    return Definition(DEFINITIONS + name, text, triples)
