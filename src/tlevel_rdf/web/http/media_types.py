"""Every media type of the site, and the types that each kind of resource offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat

from tlevel_rdf.store.base import Syntax

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, eq=False)
class MediaType:
    """A media type of the site: one of the constants below, each equal to itself only.

    Attributes:
        name: type and subtype, in lower case.
        suffix: of a file or a path that ends in it, with its dot.
        label: what people call it.
        rdf: the format of a graph, if this is one.
        syntax: the syntax in which a store answers, if it answers in this one.
        text: whether it is sent with `charset=utf-8`.
    """

    name: str
    suffix: str
    label: str
    rdf: RdfFormat | None = None
    syntax: Syntax | None = None
    text: bool = False

    @property
    def graph_syntax(self) -> RdfFormat:
        """The format of a graph, of a type that has one."""
        if self.rdf is None:
            raise TypeError(f"{self.name} is no syntax of graphs")
        return self.rdf

    @property
    def content_type(self) -> str:
        """The value of Content-Type."""
        return f"{self.name}; charset=utf-8" if self.text else self.name


TURTLE: Final = MediaType("text/turtle", ".ttl", "Turtle", RdfFormat.TURTLE, Syntax.TURTLE, text=True)
JSON_LD: Final = MediaType("application/ld+json", ".jsonld", "JSON-LD", RdfFormat.JSON_LD, Syntax.JSON_LD)
N_TRIPLES: Final = MediaType("application/n-triples", ".nt", "N-Triples", RdfFormat.N_TRIPLES, Syntax.N_TRIPLES)
RDF_XML: Final = MediaType("application/rdf+xml", ".rdf", "RDF/XML", RdfFormat.RDF_XML, Syntax.RDF_XML)
N_QUADS: Final = MediaType("application/n-quads", ".nq", "N-Quads", RdfFormat.N_QUADS)
TRIG: Final = MediaType("application/trig", ".trig", "TriG", RdfFormat.TRIG)
HTML: Final = MediaType("text/html", ".html", "HTML", text=True)
RESULTS_JSON: Final = MediaType("application/sparql-results+json", ".json", "JSON", syntax=Syntax.JSON)
RESULTS_XML: Final = MediaType("application/sparql-results+xml", ".xml", "XML", syntax=Syntax.XML)
CSV: Final = MediaType("text/csv", ".csv", "CSV", syntax=Syntax.CSV, text=True)
TSV: Final = MediaType("text/tab-separated-values", ".tsv", "TSV", syntax=Syntax.TSV, text=True)
#: Results under the general names by which many clients ask for them.
PLAIN_JSON: Final = MediaType("application/json", ".json", "JSON", syntax=Syntax.JSON)
PLAIN_XML: Final = MediaType("application/xml", ".xml", "XML", syntax=Syntax.XML)
PROBLEM: Final = MediaType("application/problem+json", ".json", "Problem")
CSVW: Final = MediaType("application/csvm+json", ".csv-metadata.json", "CSVW metadata")
GZIP: Final = MediaType("application/gzip", ".gz", "gzip")
ZIP: Final = MediaType("application/zip", ".zip", "ZIP")
CSS: Final = MediaType("text/css", ".css", "CSS", text=True)
SPARQL_QUERY: Final = MediaType("application/sparql-query", ".rq", "SPARQL")
LINKSET: Final = MediaType("application/linkset+json", ".json", "Link set")
PLAIN_TEXT: Final = MediaType("text/plain", ".txt", "Text", text=True)
BYTES: Final = MediaType("application/octet-stream", ".bin", "Bytes")
#: What a thing and a definition can be had in. The first is for clients that take anything.
GRAPHS: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
THING: Final = (*GRAPHS, HTML)
#: What the pages can be had in: people first.
PAGE: Final = (HTML, *GRAPHS)
#: Formats of the results of an example query.
RESULTS: Final = (RESULTS_JSON, RESULTS_XML, CSV, TSV)
#: What rows and truth values can be had in.
ROWS: Final = (RESULTS_JSON, PLAIN_JSON, RESULTS_XML, PLAIN_XML, CSV, TSV, HTML)
ERROR: Final = (PROBLEM, HTML)
_FILES: Final = (
    CSVW, TURTLE, JSON_LD, N_TRIPLES, RDF_XML, N_QUADS, TRIG, HTML, PLAIN_JSON, PLAIN_XML, CSV, TSV, GZIP, ZIP,
    CSS, PLAIN_TEXT,
)  # fmt: skip
#: What is published as data in a file of XML is RDF.
_ALSO_RDF_XML: Final = (".owl", ".xml")


def type_of_file(name: str) -> MediaType:
    """The media type of a file by its name.

    >>> type_of_file("profiles.nq.gz").name
    'application/gzip'
    >>> type_of_file("SHA256SUMS").name
    'text/plain'
    """
    if "." not in name:
        return PLAIN_TEXT
    if name.lower().endswith(_ALSO_RDF_XML):
        return RDF_XML
    return next((media_type for media_type in _FILES if name.lower().endswith(media_type.suffix)), BYTES)


def split_suffix(path: str, offers: Sequence[MediaType]) -> tuple[str, MediaType | None]:
    """A path without the suffix of one of these types, and that type; or the path as it is, and None.

    >>> split_suffix("/doc/degree/optometry.ttl", THING)[0]
    '/doc/degree/optometry'
    """
    for offer in offers:
        stem = path.removesuffix(offer.suffix)
        if stem != path and stem and not stem.endswith("/"):
            return stem, offer
    return path, None
