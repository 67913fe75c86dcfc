"""`/catalogue`: the data set with its versions, files and services (DCAT 3, DCAT-AP 3.0.1)."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.reference.links import ENDING
from tlevel_rdf.release.dcat import dated_title
from tlevel_rdf.release.release import LINKS
from tlevel_rdf.store.select import select_rows
from tlevel_rdf.web.data.description import describe
from tlevel_rdf.web.data.dumps import dumps, link_files
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.handlers.page_or_graph import PageOrGraph
from tlevel_rdf.web.html.pages import catalogue_page
from tlevel_rdf.web.http.media_types import (
    CSV,
    GZIP,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    PARQUET,
    RDF_XML,
    TRIG,
    TSV,
    TURTLE,
    XLSX,
)
from tlevel_rdf.web.metadata.statements import english, namespace, to_triples

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from tlevel_rdf.web.data.dumps import Dump
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Request, Response
    from tlevel_rdf.web.metadata.statements import Statement

PATH: Final = "/catalogue"
_dcat: Final = namespace(terms.DCAT)
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_FILE_TYPE: Final = "http://publications.europa.eu/resource/authority/file-type/"
#: Formats in the European Union's list of file types, which DCAT-AP requires.
_FILE_TYPES: Final = {
    TURTLE: "RDF_TURTLE",
    JSON_LD: "JSON_LD",
    N_TRIPLES: "RDF_N_TRIPLES",
    N_QUADS: "RDF_N_QUADS",
    TRIG: "RDF_TRIG",
    RDF_XML: "RDF_XML",
    CSV: "CSV",
    TSV: "TSV",
    XLSX: "XLSX",
    PARQUET: "PARQUET",
}
_CATALOGUE_TITLE: Final = "Catalogue of this site"
_LINKS_DESCRIPTION: Final = (
    "Sets of mappings in SSSOM: links to the things of other data sets. Each has its grounds, and how sure it is. A "
    "look-up that found nothing is there too."
)
_CATALOGUE_DESCRIPTION: Final = (
    "The publications of this site: a data set, files to download, and services to query it."
)


def catalogue(site: Site, request: Request) -> Response:
    """Answer `/catalogue`, with the extension of a representation or without.

    Raises:
        ProblemError: 406.
    """
    return PageOrGraph(
        about=f"{site.base}catalogue",
        page=lambda: catalogue_page(site),
        triples=lambda: describe_catalogue(site),
        path=PATH,
    ).respond(site, request)


def describe_catalogue(site: Site) -> list[Triple]:
    """Return the catalogue with its contents, and the statements of the data about the catalogue and the data set."""
    data_triples = (describe(site.store, iri).triples for iri in (f"{site.base}catalogue", site.dataset))
    return list(dict.fromkeys(chain(to_triples(_statements(site)), *data_triples)))


def _statements(site: Site) -> Iterator[Statement]:
    yield from _catalogue(site)
    yield from _dataset(site)
    if site.date:
        yield from _version(site)
    for dump in dumps(site):
        yield from _distribution(site, dump)
        yield from _rights(site, _distribution_iri(site, dump))
    yield from _links(site)
    yield from _services(site)


def _publisher(site: Site) -> str:
    """Return the IRI of the publisher: of the data set if its publisher is known, else of the catalogue only."""
    return f"{site.dataset}#publisher" if site.about.publisher else f"{site.base}catalogue#publisher"


def _distribution_iri(site: Site, dump: Dump) -> str:
    return f"{site.base}catalogue#file-{_fragment(dump)}"


def _fragment(dump: Dump) -> str:
    return quote(dump.name.replace("/", "-"))


def _catalogue(site: Site) -> Iterator[Statement]:
    iri, publisher = f"{site.base}catalogue", _publisher(site)
    yield iri, terms.TYPE, _dcat("Catalog")
    yield iri, terms.TITLE, english(_CATALOGUE_TITLE)
    yield iri, terms.DESCRIPTION, english(_CATALOGUE_DESCRIPTION)
    yield iri, terms.PUBLISHER, NamedNode(publisher)
    yield iri, NamedNode(f"{terms.FOAF}homepage"), NamedNode(site.base)
    yield iri, _dcat("dataset"), NamedNode(site.dataset)
    yield from _rights(site, iri)
    if site.date:
        yield iri, _dcat("dataset"), NamedNode(f"{iri}#series")
        yield iri, terms.MODIFIED, _day(site)
    if any(link_files(site)):
        yield iri, _dcat("dataset"), NamedNode(f"{iri}#links")
    for service in (f"{site.base}sparql", f"{site.base}api/"):
        yield iri, _dcat("service"), NamedNode(service)
    yield publisher, terms.TYPE, NamedNode(f"{terms.FOAF}Agent")
    yield publisher, terms.NAME, Literal(site.about.publisher or site.settings.publisher)


def _dataset(site: Site) -> Iterator[Statement]:
    iri, about = site.dataset, site.about
    yield iri, terms.TYPE, terms.DATASET
    yield iri, terms.TITLE, english(about.title)
    yield iri, terms.DESCRIPTION, english(about.description)
    yield iri, _dcat("landingPage"), NamedNode(site.base)
    yield from _rights(site, iri)
    if about.publisher:
        yield iri, terms.PUBLISHER, NamedNode(_publisher(site))
    if site.date:
        yield iri, terms.MODIFIED, _day(site)
        yield iri, _dcat("hasCurrentVersion"), NamedNode(_version_iri(site))
    for dump in dumps(site):
        yield iri, _dcat("distribution"), NamedNode(_distribution_iri(site, dump))


def _version(site: Site) -> Iterator[Statement]:
    """Yield the version of the release's date and the series of all versions (DCAT 3, sections 11 and 12)."""
    if site.date is None:
        return
    iri, series = _version_iri(site), f"{site.base}catalogue#series"
    days = sorted({site.date, *(release.date for release in kept_releases(site))})
    yield from _dated_version(site, site.date)
    for dump in dumps(site):
        yield iri, _dcat("distribution"), NamedNode(_distribution_iri(site, dump))
    for day in days:
        if day != site.date:
            yield from _dated_version(site, day)
    for earlier, later in pairwise(Identifiers(site.base).version(day) for day in days):
        yield later.value, _dcat("prev"), earlier
        yield earlier.value, _dcat("next"), later
    yield series, _dcat("first"), Identifiers(site.base).version(days[0])
    yield series, _dcat("last"), Identifiers(site.base).version(days[-1])
    yield series, terms.TYPE, _dcat("DatasetSeries")
    yield series, terms.TITLE, english(dated_title("Versions of the data set", site.date))
    yield series, terms.DESCRIPTION, english(f"All versions of the data set. Its title is {site.about.title}.")


def _dated_version(site: Site, date: datetime.date) -> Iterator[Statement]:
    """Yield what is stated of the version of a day, also of one that this site no longer shows."""
    iri, day = Identifiers(site.base).version(date).value, date.isoformat()
    yield iri, terms.TYPE, terms.DATASET
    yield iri, terms.TITLE, english(dated_title(site.about.title, date))
    yield iri, terms.DESCRIPTION, english(f"The data set as of {day}. {site.about.description}")
    yield iri, terms.IS_VERSION_OF, NamedNode(site.dataset)
    yield iri, _dcat("inSeries"), NamedNode(f"{site.base}catalogue#series")
    yield iri, _dcat("version"), Literal(day)
    yield iri, terms.ISSUED, Literal(day, datatype=terms.DATE)
    yield from _rights(site, iri)


def _links(site: Site) -> Iterator[Statement]:
    """Yield the sets of links as a data set of their own, since each file has only some of the data."""
    files = list(link_files(site))
    if not files:
        return
    iri = f"{site.base}catalogue#links"
    yield iri, terms.TYPE, terms.DATASET
    yield iri, terms.TITLE, english("Links to other data sets")
    yield iri, terms.DESCRIPTION, english(_LINKS_DESCRIPTION)
    yield iri, terms.IS_PART_OF, NamedNode(site.dataset)
    yield iri, terms.CONFORMS_TO, NamedNode("https://w3id.org/sssom/")
    if site.about.publisher:
        yield iri, terms.PUBLISHER, NamedNode(_publisher(site))
    if site.date:
        yield iri, terms.MODIFIED, _day(site)
    licences = _licences(site)
    for file in files:
        distribution = _distribution_iri(site, file)
        yield iri, _dcat("distribution"), NamedNode(distribution)
        yield from _distribution(site, file)
        if licence := licences.get(file.name):
            yield distribution, terms.LICENCE, licence


def _licences(site: Site) -> dict[str, NamedNode]:
    """Return the licence of each set of links, by the name of its file."""
    query = f"SELECT ?set ?licence {{ ?set a {terms.MAPPING_SET} ; {terms.LICENCE} ?licence }}"
    return {
        f"{LINKS}/{graph.value.rpartition('/')[2]}{ENDING}": licence
        for row in select_rows(site.store, query)
        if isinstance(graph := row["set"], NamedNode) and isinstance(licence := row["licence"], NamedNode)
    }


def _distribution(site: Site, dump: Dump) -> Iterator[Statement]:
    iri, url = _distribution_iri(site, dump), NamedNode(site.address + dump.path)
    checksum = f"{site.base}catalogue#sha256-{_fragment(dump)}"
    yield iri, terms.TYPE, _dcat("Distribution")
    yield iri, terms.TITLE, english(dump.media_type.label + (" (gzip)" if dump.is_gzipped else ""))
    yield iri, _dcat("accessURL"), url
    yield iri, _dcat("downloadURL"), url
    yield iri, _dcat("mediaType"), NamedNode(_IANA + dump.media_type.name)
    yield iri, terms.FORMAT, NamedNode(_FILE_TYPE + _FILE_TYPES[dump.media_type])
    if dump.is_gzipped:
        yield iri, _dcat("compressFormat"), NamedNode(_IANA + GZIP.name)
    yield iri, _dcat("byteSize"), Literal(str(dump.size), datatype=NamedNode(f"{terms.XSD}nonNegativeInteger"))
    yield iri, terms.CHECKSUM_PROPERTY, NamedNode(checksum)
    if site.date:
        yield iri, terms.MODIFIED, _day(site)
    yield checksum, terms.TYPE, terms.CHECKSUM
    yield checksum, terms.ALGORITHM, terms.SHA256
    value = Literal(dump.sha256, datatype=terms.HEX_BINARY)
    yield checksum, terms.CHECKSUM_VALUE, value


def _services(site: Site) -> Iterator[Statement]:
    sparql, api = f"{site.base}sparql", f"{site.base}api/"
    yield sparql, terms.TITLE, english("SPARQL 1.1 endpoint")
    yield sparql, _dcat("endpointDescription"), NamedNode(f"{site.address}sparql")
    yield sparql, terms.CONFORMS_TO, NamedNode("https://www.w3.org/TR/sparql11-protocol/")
    yield api, terms.TITLE, english("Plain JSON")
    yield api, _dcat("endpointDescription"), NamedNode(f"{site.address}api/openapi.json")
    for iri in (sparql, api):
        yield iri, terms.TYPE, _dcat("DataService")
        yield iri, _dcat("endpointURL"), NamedNode(site.address + iri.removeprefix(site.base))
        yield iri, _dcat("servesDataset"), NamedNode(site.dataset)
        yield from _rights(site, iri)


def _rights(site: Site, iri: str) -> Iterator[Statement]:
    if site.about.licence:
        yield iri, terms.LICENCE, NamedNode(site.about.licence)
    if site.about.attribution:
        statement = f"{site.dataset}#rights"
        yield iri, terms.RIGHTS, NamedNode(statement)
        yield statement, terms.TYPE, terms.RIGHTS_STATEMENT
        yield statement, terms.LABEL, english(site.about.attribution)


def _version_iri(site: Site) -> str:
    return Identifiers(site.base).version(site.date).value if site.date else site.dataset


def _day(site: Site) -> Literal:
    return Literal(site.date.isoformat() if site.date else "", datatype=terms.DATE)
