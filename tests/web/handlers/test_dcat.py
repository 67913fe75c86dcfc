"""The catalogue: DCAT 3 and DCAT-AP 3.0.1."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from rdflib import DCTERMS, FOAF, RDF, RDFS, SH, URIRef

from tests.checkout import use_checkout
from tests.web.conftest import BASE, BROWSER, site_from
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.release.build import build_paths
from tlevel_rdf.release.dcat import external_metadata, profiles_metadata
from tlevel_rdf.release.release import open_release
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import site_of
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from tests.web.conftest import Send
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site

# The DCAT namespace of rdflib is closed and has the terms of DCAT 2 only.
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DATASET = URIRef(f"{BASE}data/progression-profiles")
#: The official shapes, beside the repository or beside a folder of worktrees.
DCAT_AP = next(
    (folder for top in Path(__file__).parents[3:] if (folder := top / "shared" / "validators" / "dcat-ap").is_dir()),
    Path("shared"),
)
#: The mandatory properties of each class in DCAT-AP 3.0.1.
MANDATORY = {
    DCAT.Catalog: [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset],
    DCAT.Dataset: [DCTERMS.title, DCTERMS.description],
    DCAT.DatasetSeries: [DCTERMS.title, DCTERMS.description],
    DCAT.Distribution: [DCAT.accessURL],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL],
    FOAF.Agent: [FOAF.name],
}


@pytest.fixture(scope="module")
def released(small_checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    out = tmp_path_factory.mktemp("out")
    settings = Settings(title="Profiles of the north", publisher="A college")
    with use_checkout(small_checkout):
        assert build_paths([], out, settings).release is not None
    return site_of(open_dataset([out], Settings()), Settings())


def catalogue(site: Site, target: str = "/catalogue.ttl") -> rdflib.Graph:
    response = respond(site, Request.of(target))
    assert response.status == 200
    return rdflib.Graph().parse(data=response.content, format="turtle")


def values(graph: rdflib.Graph, subject: URIRef, predicate: URIRef) -> list[str]:
    return [str(value) for value in graph.objects(subject, predicate)]


def test_every_resource_has_the_mandatory_properties_of_dcat_ap(site: Site, released: Site) -> None:
    for one in (site, released, site_from("<x:a> <x:b> 1 .")):
        found = catalogue(one)
        for kind, properties in MANDATORY.items():
            for subject in found.subjects(RDF.type, kind):
                for name in properties:
                    assert found.value(subject, name, any=True) is not None, (subject, name)
        assert len(list(found.subjects(RDF.type, DCAT.Catalog))) == 1
        assert len(list(found.subjects(RDF.type, DCAT.DataService))) == 2


@pytest.mark.skipif(not DCAT_AP.is_dir(), reason="the official shapes do not exist here")
def test_the_official_shapes_of_dcat_ap_find_no_violation(site: Site, released: Site) -> None:
    shapes = rdflib.Graph()
    for file in DCAT_AP.glob("*.ttl"):
        shapes.parse(file)
    for one in (site, released):
        _, report, _ = pyshacl.validate(catalogue(one), shacl_graph=shapes)
        assert isinstance(report, rdflib.Graph)
        violations = [*report.subjects(SH.resultSeverity, SH.Violation)]
        assert [(report.value(each, SH.focusNode), report.value(each, SH.resultPath)) for each in violations] == []


def test_the_attribution_is_a_statement_of_rights(released: Site) -> None:
    found = catalogue(released)
    for iri in (DATASET, URIRef(f"{BASE}catalogue"), *found.objects(DATASET, DCAT.distribution)):
        statement = found.value(iri, DCTERMS.rights)
        assert (statement, RDF.type, DCTERMS.RightsStatement) in found
        assert str(found.value(statement, RDFS.label)) == Settings().attribution


def test_titles_and_first_sentences_are_short(site: Site, released: Site) -> None:
    for one in (site, released):
        found = catalogue(one)
        titles = [str(title) for _, title in found.subject_objects(DCTERMS.title)]
        assert titles
        assert max(map(len, titles)) <= 65
        for kind in (DCAT.Catalog, DCAT.Dataset):
            for subject in found.subjects(RDF.type, kind):
                first = re.split(r"(?<=\.) ", values(found, URIRef(str(subject)), DCTERMS.description)[0])[0]
                assert len(first) <= 140


def test_a_version_belongs_to_the_series_of_its_data_set(site: Site) -> None:
    found = catalogue(site)
    version = URIRef(f"{DATASET}/2026-11-22")
    series = found.value(version, DCAT.inSeries)
    assert (series, RDF.type, DCAT.DatasetSeries) in found
    assert (series, DCAT.last, version) in found
    assert (DATASET, DCAT.hasCurrentVersion, version) in found
    assert (version, DCTERMS.isVersionOf, DATASET) in found
    assert values(found, version, DCAT.version) == values(found, version, DCTERMS.issued) == ["2026-11-22"]


def test_each_dump_is_a_distribution_with_its_size_and_digest(released: Site) -> None:
    found = catalogue(released)
    distributions = list(found.objects(DATASET, DCAT.distribution))
    dumps = {name for name in released.files if name.startswith("progression-profiles") and "metadata" not in name}
    dumps |= {"codes.csv", "codes.parquet"}
    assert {str(url) for d in distributions for url in found.objects(d, DCAT.downloadURL)} == {
        f"{BASE}data/{name}" for name in dumps
    }
    for distribution in distributions:
        file = released.files[str(found.value(distribution, DCAT.downloadURL)).rpartition("/")[2]]
        size = found.value(distribution, DCAT.byteSize)
        assert isinstance(size, rdflib.Literal)
        assert (int(size), size.datatype) == (file.stat().st_size, rdflib.XSD.nonNegativeInteger)
        checksum = found.value(distribution, SPDX.checksum)
        assert found.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        value = found.value(checksum, SPDX.checksumValue)
        assert isinstance(value, rdflib.Literal)
        assert str(value).lower() == hashlib.sha256(file.read_bytes()).hexdigest()
        content_type = respond(released, Request.of(f"/data/{file.name}")).header("content-type") or ""
        media_type = "https://www.iana.org/assignments/media-types/" + content_type.partition(";")[0]
        assert values(found, URIRef(str(distribution)), DCAT.mediaType) == [media_type]
        assert "publications.europa.eu" in str(found.value(distribution, DCTERMS["format"]))


def test_a_compressed_dump_states_its_compression(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "all.ttl.gz"
    file.write_bytes(b"\x1f\x8b")
    found = catalogue(replace(site, files={"all.ttl.gz": file, "report.ttl": file, "gone.nq": tmp_path / "gone.nq"}))
    (distribution,) = found.objects(DATASET, DCAT.distribution)
    iana = "https://www.iana.org/assignments/media-types/"
    assert values(found, URIRef(str(distribution)), DCAT.mediaType) == [f"{iana}text/turtle"]
    assert values(found, URIRef(str(distribution)), DCAT.compressFormat) == [f"{iana}application/gzip"]


def test_the_services_serve_the_data_set(send: Send) -> None:
    found = rdflib.Graph().parse(data=send("/catalogue", "text/turtle").content, format="turtle")
    for service in found.subjects(RDF.type, DCAT.DataService):
        assert (service, DCAT.servesDataset, DATASET) in found
        path = str(found.value(service, DCAT.endpointDescription)).removeprefix(BASE.removesuffix("/"))
        assert send(path, "application/json, text/turtle").status == 200


def test_endpoints_and_downloads_are_at_the_address_that_answers(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "all.ttl"
    file.write_bytes(b"")
    found = catalogue(replace(site, settings=Settings(address="https://data.example.org/"), files={"all.ttl": file}))
    assert {str(url) for url in found.objects(None, DCAT.endpointURL)} == {
        "https://data.example.org/sparql",
        "https://data.example.org/api/",
    }
    assert {str(url) for url in found.objects(None, DCAT.downloadURL)} == {"https://data.example.org/data/all.ttl"}


def test_a_release_has_the_title_and_publisher_of_its_build(released: Site) -> None:
    found = catalogue(released)
    assert values(found, DATASET, DCTERMS.title) == ["Profiles of the north"]
    page = respond(released, Request.of("/")).content.decode()
    assert "Published by A college." in page
    assert "<h1>Profiles of the north</h1>" in page


def test_external_data_gets_no_default_licence(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text("<https://other.org/x> <https://other.org/p> 1 .", encoding="utf-8")
    external = site_of(open_dataset([file], Settings()), Settings())
    found = catalogue(external)
    assert not list(found.subject_objects(DCTERMS.license))
    assert not list(found.subject_objects(DCTERMS.rights))
    assert (DATASET, None, None) not in found
    page = respond(external, Request.of("/catalogue.html")).content.decode()
    assert Settings().licence not in page
    assert Settings().title not in page
    assert "Not stated" in page
    assert Settings().licence not in respond(external, Request.of("/void.ttl")).content.decode()
    assert Settings().licence not in respond(external, Request.of("/sparql", accept="text/turtle")).content.decode()


def test_external_data_gets_the_settings_of_its_operator() -> None:
    settings = Settings(title="Ships", licence="https://creativecommons.org/publicdomain/zero/1.0/")
    about = external_metadata(settings)
    assert (about.title, about.licence, about.publisher, about.attribution) == ("Ships", settings.licence, "", "")
    assert profiles_metadata(settings).publisher == settings.publisher


def test_the_page_lists_the_files_with_their_digests(send: Send, site: Site) -> None:
    page = send("/catalogue", BROWSER).content.decode()
    digest = hashlib.sha256(site.files["all.nq"].read_bytes()).hexdigest()
    assert f"<code>{digest}</code>" in page
    assert 'href="/data/all.nq"' in page


def test_the_longest_title_is_not_extended_by_the_date(small_data: None, tmp_path: Path) -> None:
    assert build_paths([], tmp_path, Settings(title="x" * 65)).release is not None
    released = site_of(open_dataset([tmp_path], Settings()), Settings())
    titles = [str(title) for _, title in catalogue(released).subject_objects(DCTERMS.title)]
    assert max(map(len, titles)) == 65
    assert open_release(tmp_path).id == released.release


def test_the_sets_of_links_are_a_data_set_of_their_own(shipped_release: Release) -> None:
    released = site_of(open_dataset([shipped_release.folder], Settings()), Settings())
    found = catalogue(released)
    links = URIRef(f"{BASE}catalogue#links")
    assert (URIRef(f"{BASE}catalogue"), DCAT.dataset, links) in found
    assert (links, DCTERMS.isPartOf, DATASET) in found
    urls = {str(url) for d in found.objects(links, DCAT.distribution) for url in found.objects(d, DCAT.downloadURL)}
    names = {name for name in released.files if name.startswith("links/")}
    assert urls == {f"{BASE}data/{name}" for name in names} != set()
    for url in urls:
        response = respond(released, Request.of(url.removeprefix(BASE.removesuffix("/"))))
        assert response.status == 200
        assert response.header("content-type") == "text/tab-separated-values; charset=utf-8"
    licences = {str(found.value(d, DCTERMS.license)) for d in found.objects(links, DCAT.distribution)}
    assert "https://creativecommons.org/licenses/by/4.0/" in licences
    page = respond(released, Request.of("/catalogue.html")).content.decode()
    assert all(f"/data/{name}" in page for name in names)


def test_data_without_sets_of_links_has_no_such_data_set(site: Site) -> None:
    assert "catalogue#links" not in catalogue(replace(site, files={})).serialize()
