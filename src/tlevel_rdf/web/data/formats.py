"""RDF formats and SPARQL result syntaxes of the site's media types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat

from tlevel_rdf.graph.serialization import serialize_graph, serialize_thing
from tlevel_rdf.store.base import Syntax
from tlevel_rdf.web.http.media_types import (
    CSV,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    PLAIN_JSON,
    PLAIN_XML,
    RDF_XML,
    RESULTS_JSON,
    RESULTS_XML,
    TRIG,
    TSV,
    TURTLE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from tlevel_rdf.web.http.media_types import MediaType

_RDF_FORMATS: Final[Mapping[MediaType, RdfFormat]] = {
    TURTLE: RdfFormat.TURTLE,
    JSON_LD: RdfFormat.JSON_LD,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    RDF_XML: RdfFormat.RDF_XML,
}
#: The syntax in which the store writes a result, for each media type that has one.
RESULT_SYNTAXES: Final[Mapping[MediaType, Syntax]] = {
    RESULTS_JSON: Syntax.JSON,
    PLAIN_JSON: Syntax.JSON,
    RESULTS_XML: Syntax.XML,
    PLAIN_XML: Syntax.XML,
    CSV: Syntax.CSV,
    TSV: Syntax.TSV,
    TURTLE: Syntax.TURTLE,
    JSON_LD: Syntax.JSON_LD,
    N_TRIPLES: Syntax.N_TRIPLES,
    RDF_XML: Syntax.RDF_XML,
    N_QUADS: Syntax.N_QUADS,
    TRIG: Syntax.TRIG,
}


def serialize(triples: Iterable[Triple], media_type: MediaType, *, about: str, base: str = "") -> bytes:
    """Return a graph as bytes.

    Args:
        triples: of the graph.
        media_type: one of `GRAPHS`.
        about: the IRI of the main subject, which comes first.
        base: the IRI that the identifiers of the data begin with.

    Raises:
        UnwritableError: the media type cannot express one of the triples.
    """
    return serialize_graph(triples, _RDF_FORMATS[media_type], about=about, base=base)


def serialize_document(triples: Iterable[Triple], media_type: MediaType, *, about: str, base: str) -> bytes:
    """Return the document about one thing as bytes; JSON-LD has the address of the context, and the thing at its top.

    Args:
        triples: of the graph.
        media_type: one of `GRAPHS`.
        about: the IRI of the thing.
        base: the IRI that the identifiers of the data begin with.

    Raises:
        UnwritableError: the media type cannot express one of the triples.
    """
    return serialize_thing(triples, _RDF_FORMATS[media_type], about=about, base=base)
