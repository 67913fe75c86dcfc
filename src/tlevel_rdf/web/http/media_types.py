"""The media types of the site, and the media types that each kind of resource offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, eq=False)
class MediaType:
    """A media type. The constants below are the only instances, and each is equal to itself only.

    Attributes:
        name: type and subtype, in lower case.
        suffix: the file name extension, with its dot.
        label: the name for people.
        is_text: True if it is sent with `charset=utf-8`.
    """

    name: str
    suffix: str
    label: str
    is_text: bool = False

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return f"{self.name}; charset=utf-8" if self.is_text else self.name


TURTLE: Final = MediaType("text/turtle", ".ttl", "Turtle", is_text=True)
JSON_LD: Final = MediaType("application/ld+json", ".jsonld", "JSON-LD")
N_TRIPLES: Final = MediaType("application/n-triples", ".nt", "N-Triples")
RDF_XML: Final = MediaType("application/rdf+xml", ".rdf", "RDF/XML")
N_QUADS: Final = MediaType("application/n-quads", ".nq", "N-Quads")
TRIG: Final = MediaType("application/trig", ".trig", "TriG")
HTML: Final = MediaType("text/html", ".html", "HTML", is_text=True)
RESULTS_JSON: Final = MediaType("application/sparql-results+json", ".json", "JSON")
RESULTS_XML: Final = MediaType("application/sparql-results+xml", ".xml", "XML")
CSV: Final = MediaType("text/csv", ".csv", "CSV", is_text=True)
TSV: Final = MediaType("text/tab-separated-values", ".tsv", "TSV", is_text=True)
PLAIN_JSON: Final = MediaType("application/json", ".json", "JSON")
PLAIN_XML: Final = MediaType("application/xml", ".xml", "XML")
PROBLEM: Final = MediaType("application/problem+json", ".json", "Problem")
CSVW: Final = MediaType("application/csvm+json", ".csv-metadata.json", "CSVW metadata")
GZIP: Final = MediaType("application/gzip", ".gz", "gzip")
ZIP: Final = MediaType("application/zip", ".zip", "ZIP")
CSS: Final = MediaType("text/css", ".css", "CSS", is_text=True)
XLSX: Final = MediaType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", "Spreadsheet (XLSX)"
)
PARQUET: Final = MediaType("application/vnd.apache.parquet", ".parquet", "Parquet")
JAVASCRIPT: Final = MediaType("text/javascript", ".js", "JavaScript", is_text=True)
SVG: Final = MediaType("image/svg+xml", ".svg", "SVG")
PNG: Final = MediaType("image/png", ".png", "PNG")
SPARQL_QUERY: Final = MediaType("application/sparql-query", ".rq", "SPARQL")
LINKSET: Final = MediaType("application/linkset+json", ".json", "Link set")
PLAIN_TEXT: Final = MediaType("text/plain", ".txt", "Text", is_text=True)
#: The lines of RDF Patch, which its authors send under this name.
RDF_PATCH: Final = MediaType("application/rdf-patch", ".rdfp", "RDF Patch")
ATOM: Final = MediaType("application/atom+xml", ".atom", "Atom feed")
#: The links of a TimeMap (RFC 6690 and RFC 7089, section 5).
LINK_FORMAT: Final = MediaType("application/link-format", ".link", "TimeMap")
BYTES: Final = MediaType("application/octet-stream", ".bin", "Bytes")

#: Offers for graphs.
GRAPHS: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
#: Offers for a thing or a definition: RDF first, for clients that accept anything.
THING: Final = (*GRAPHS, HTML)
#: Offers for a thing with a map of next steps.
MAPPED_THING: Final = (*THING, SVG)
#: Offers for a resulting graph. Clients that also send updates or read data sets request the formats of quads.
RESULTING_GRAPH: Final = (*THING, N_QUADS, TRIG)
#: The representations that a path of a document can name. No client is sent a PNG by its Accept header.
NAMED_THING: Final = (*MAPPED_THING, PNG)
#: Offers for a page: HTML first.
PAGE: Final = (HTML, *GRAPHS)
#: Offers for the result of an example query.
RESULTS: Final = (RESULTS_JSON, RESULTS_XML, CSV, TSV, XLSX)
#: Offers for rows and truth values. Many clients request JSON and XML results by the general media types.
ROWS: Final = (RESULTS_JSON, PLAIN_JSON, RESULTS_XML, PLAIN_XML, CSV, TSV, HTML)
#: Offers for a problem.
ERROR: Final = (PROBLEM, HTML)
_FILES: Final = (
    CSVW, TURTLE, JSON_LD, N_TRIPLES, RDF_XML, N_QUADS, TRIG, HTML, PLAIN_JSON, PLAIN_XML, CSV, TSV, GZIP, ZIP,
    CSS, JAVASCRIPT, SVG, PNG, PLAIN_TEXT, XLSX, PARQUET,
)  # fmt: skip
#: Other extensions of RDF/XML: an XML file that is published as data contains RDF.
_RDF_XML_SUFFIXES: Final = (".owl", ".xml")


def type_of_file(name: str) -> MediaType:
    """Return the media type of a file by its name.

    >>> type_of_file("profiles.nq.gz").name
    'application/gzip'
    >>> type_of_file("SHA256SUMS").name
    'text/plain'
    """
    if "." not in name:
        return PLAIN_TEXT
    if name.lower().endswith(_RDF_XML_SUFFIXES):
        return RDF_XML
    return next((media_type for media_type in _FILES if name.lower().endswith(media_type.suffix)), BYTES)


def split_suffix(path: str, offers: Sequence[MediaType]) -> tuple[str, MediaType | None]:
    """Return a path without the extension of an offer, and that offer; or the same path and None.

    >>> stem, offer = split_suffix("/doc/degree/optometry.ttl", THING)
    >>> stem, offer.name
    ('/doc/degree/optometry', 'text/turtle')
    """
    for offer in offers:
        stem = path.removesuffix(offer.suffix)
        if stem != path and stem and not stem.endswith("/"):
            return stem, offer
    return path, None
