"""`/catalogue`: the data set, its versions, its files and its services (DCAT 3, DCAT-AP 3.0.1)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.graph.serialization import serialize_graph
from tlevel_rdf.release.dcat import dated_title
from tlevel_rdf.release.release import REPORT
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.html.rendering import alternates, render
from tlevel_rdf.web.http.media_types import (
    CSV,
    GZIP,
    HTML,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    PAGE,
    RDF_XML,
    TRIG,
    TURTLE,
    MediaType,
    split_suffix,
    type_of_file,
)
from tlevel_rdf.web.http.representation import select_media_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response

    Statement = tuple[str, NamedNode, NamedNode | Literal]

PATH: Final = "/catalogue"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_FILE_TYPE: Final = "http://publications.europa.eu/resource/authority/file-type/"
#: The names of formats in the European Union's list of file types, which DCAT-AP asks for.
_FILE_TYPES: Final = {
    TURTLE: "RDF_TURTLE",
    JSON_LD: "JSON_LD",
    N_TRIPLES: "RDF_N_TRIPLES",
    N_QUADS: "RDF_N_QUADS",
    TRIG: "RDF_TRIG",
    RDF_XML: "RDF_XML",
    CSV: "CSV",
}
_CATALOGUE_TITLE: Final = "Catalogue of this site"
_CATALOGUE_DESCRIPTION: Final = (
    "What this site publishes: a data set, the files to download, and the services to query it."
)


@dataclass(frozen=True, slots=True)
class Dump:
    """A file with all the data.

    Attributes:
        name: of the file.
        media_type: of what is in it, when it has been unpacked.
        is_packed: whether it is compressed with gzip.
        size: in bytes.
        sha256: in hexadecimal.
    """

    name: str
    media_type: MediaType
    is_packed: bool
    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Where it is downloaded, percent-encoded."""
        return f"data/{quote(self.name)}"


def dumps(site: Site) -> tuple[Dump, ...]:
    """The files of a site that hold all the data: in RDF, or as a table."""
    return tuple(_dumps(site))


def _dumps(site: Site) -> Iterator[Dump]:
    for name, digest in site.digests.items():
        inner = name.removesuffix(GZIP.suffix)
        media_type = type_of_file(inner)
        if media_type in _FILE_TYPES and inner != REPORT:
            yield Dump(name, media_type, inner != name, site.files[name].stat().st_size, digest)


def catalogue(site: Site, request: Request) -> Response:
    """`/catalogue`, with the suffix of a representation or without.

    Raises:
        ProblemError: 406.
    """
    _, fixed = split_suffix(request.path, PAGE)
    media_type, headers = select_media_type(request, PAGE, fixed, lambda offer: f"{PATH}{offer.suffix}")

    def make() -> bytes:
        if media_type is HTML:
            return _page(site)
        return serialize_graph(describe_catalogue(site), media_type.graph_syntax, about=f"{site.base}catalogue")

    return site.represent(media_type, make(), headers=headers)


def describe_catalogue(site: Site) -> list[Triple]:
    """The catalogue with everything in it, and what the data itself says of it and of the data set."""
    said = (Triple(NamedNode(s), p, o) for s, p, o in _statements(site))
    known = (describe(site.store, iri).triples for iri in (f"{site.base}catalogue", site.dataset))
    return list(dict.fromkeys(chain(said, *known)))


def _statements(site: Site) -> Iterator[Statement]:
    yield from _catalogue(site)
    yield from _dataset(site)
    if site.date:
        yield from _version(site)
    for dump in dumps(site):
        yield from _distribution(site, dump)
    yield from _services(site)


def publisher_of(site: Site) -> str:
    """The IRI of who publishes the site, and with it the data set if that names its publisher."""
    return f"{site.dataset}#publisher" if site.about.publisher else f"{site.base}catalogue#publisher"


def distribution_of(site: Site, dump: Dump) -> str:
    """The IRI of a file as a distribution."""
    return f"{site.base}catalogue#file-{quote(dump.name)}"


def _catalogue(site: Site) -> Iterator[Statement]:
    iri, publisher = f"{site.base}catalogue", publisher_of(site)
    yield iri, terms.TYPE, _dcat("Catalog")
    yield iri, terms.TITLE, _english(_CATALOGUE_TITLE)
    yield iri, terms.DESCRIPTION, _english(_CATALOGUE_DESCRIPTION)
    yield iri, terms.PUBLISHER, NamedNode(publisher)
    yield iri, NamedNode(f"{terms.FOAF}homepage"), NamedNode(site.base)
    yield iri, _dcat("dataset"), NamedNode(site.dataset)
    if site.date:
        yield iri, _dcat("dataset"), NamedNode(f"{iri}#series")
        yield iri, terms.MODIFIED, _day(site)
    for service in (f"{site.base}sparql", f"{site.base}api/"):
        yield iri, _dcat("service"), NamedNode(service)
    yield publisher, terms.TYPE, NamedNode(f"{terms.FOAF}Agent")
    yield publisher, terms.NAME, Literal(site.about.publisher or site.settings.publisher)


def _dataset(site: Site) -> Iterator[Statement]:
    iri, about = site.dataset, site.about
    yield iri, terms.TYPE, terms.DATASET
    yield iri, terms.TITLE, _english(about.title)
    yield iri, terms.DESCRIPTION, _english(about.description)
    yield iri, _dcat("landingPage"), NamedNode(site.base)
    yield from _rights(site, iri)
    if about.publisher:
        yield iri, terms.PUBLISHER, NamedNode(publisher_of(site))
    if site.date:
        yield iri, terms.MODIFIED, _day(site)
        yield iri, _dcat("hasCurrentVersion"), NamedNode(_version_iri(site))
    for dump in dumps(site):
        yield iri, _dcat("distribution"), NamedNode(distribution_of(site, dump))


def _version(site: Site) -> Iterator[Statement]:
    """The version of the release's day, in the series of all versions (DCAT 3, sections 11 and 12)."""
    if site.date is None:
        return
    iri, series = _version_iri(site), f"{site.base}catalogue#series"
    day = site.date.isoformat()
    yield series, terms.TYPE, _dcat("DatasetSeries")
    yield series, terms.TITLE, _english(dated_title("Versions of the data set", site.date))
    yield series, terms.DESCRIPTION, _english(f"All versions of the data set. Its title is {site.about.title}.")
    yield series, _dcat("last"), NamedNode(iri)
    yield iri, terms.TYPE, terms.DATASET
    yield iri, terms.TITLE, _english(dated_title(site.about.title, site.date))
    yield iri, terms.DESCRIPTION, _english(f"The data set as of {day}. {site.about.description}")
    yield iri, terms.IS_VERSION_OF, NamedNode(site.dataset)
    yield iri, _dcat("inSeries"), NamedNode(series)
    yield iri, _dcat("version"), Literal(day)
    yield iri, terms.ISSUED, _day(site)
    yield from _rights(site, iri)
    for dump in dumps(site):
        yield iri, _dcat("distribution"), NamedNode(distribution_of(site, dump))


def _distribution(site: Site, dump: Dump) -> Iterator[Statement]:
    iri, url = distribution_of(site, dump), NamedNode(site.base + dump.path)
    checksum = f"{site.base}catalogue#sha256-{quote(dump.name)}"
    yield iri, terms.TYPE, _dcat("Distribution")
    yield iri, terms.TITLE, _english(dump.media_type.label + (" (gzip)" if dump.is_packed else ""))
    yield iri, _dcat("accessURL"), url
    yield iri, _dcat("downloadURL"), url
    yield iri, _dcat("mediaType"), NamedNode(_IANA + dump.media_type.name)
    yield iri, terms.FORMAT, NamedNode(_FILE_TYPE + _FILE_TYPES[dump.media_type])
    if dump.is_packed:
        yield iri, _dcat("compressFormat"), NamedNode(_IANA + GZIP.name)
    yield iri, _dcat("byteSize"), Literal(str(dump.size), datatype=NamedNode(f"{terms.XSD}nonNegativeInteger"))
    yield iri, terms.CHECKSUM_PROPERTY, NamedNode(checksum)
    yield from _rights(site, iri)
    if site.date:
        yield iri, terms.MODIFIED, _day(site)
    yield checksum, terms.TYPE, terms.CHECKSUM
    yield checksum, terms.ALGORITHM, terms.SHA256
    value = Literal(dump.sha256, datatype=terms.HEX_BINARY)
    yield checksum, terms.CHECKSUM_VALUE, value


def _services(site: Site) -> Iterator[Statement]:
    sparql, api = f"{site.base}sparql", f"{site.base}api/"
    yield sparql, terms.TITLE, _english("SPARQL 1.1 endpoint")
    yield sparql, _dcat("endpointDescription"), NamedNode(f"{site.base}sparql")
    yield sparql, terms.CONFORMS_TO, NamedNode("https://www.w3.org/TR/sparql11-protocol/")
    yield api, terms.TITLE, _english("Plain JSON")
    yield api, _dcat("endpointDescription"), NamedNode(f"{site.base}api/openapi.json")
    for iri in (sparql, api):
        yield iri, terms.TYPE, _dcat("DataService")
        yield iri, _dcat("endpointURL"), NamedNode(iri)
        yield iri, _dcat("servesDataset"), NamedNode(site.dataset)
        yield from _rights(site, iri)


def _rights(site: Site, iri: str) -> Iterator[Statement]:
    if site.about.licence:
        yield iri, terms.LICENCE, NamedNode(site.about.licence)
    if site.about.attribution:
        yield iri, terms.RIGHTS, _english(site.about.attribution)


def _version_iri(site: Site) -> str:
    return Identifiers(site.base).version(site.date).value if site.date else site.dataset


def _day(site: Site) -> Literal:
    return Literal(site.date.isoformat() if site.date else "", datatype=terms.DATE)


def _english(text: str) -> Literal:
    return Literal(text, language="en")


def _dcat(name: str) -> NamedNode:
    return NamedNode(terms.DCAT + name)


def _page(site: Site) -> bytes:
    return render(site, "catalogue.html", "Catalogue", dumps=dumps(site), alternates=alternates(PATH))


def suffixed(path: str) -> tuple[str, ...]:
    """The path of a page as it is, and with the suffix of each of its representations."""
    return (path, *(path + offer.suffix for offer in PAGE))
