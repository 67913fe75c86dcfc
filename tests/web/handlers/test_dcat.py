"""The catalogue, the linkset and the markup for search engines: DCAT 3, DCAT-AP 3.0.1, RFC 9264, schema.org."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib import DCTERMS, FOAF, RDF, URIRef

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
    from pathlib import Path

    from tests.web.conftest import Send
    from tlevel_rdf.web.data.site import Site

# rdflib's own DCAT is that of DCAT 2.
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DATASET = URIRef(f"{BASE}data/progression-profiles")
#: DCAT-AP 3.0.1: the mandatory properties of each class.
MANDATORY = {
    DCAT.Catalog: [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset],
    DCAT.Dataset: [DCTERMS.title, DCTERMS.description],
    DCAT.DatasetSeries: [DCTERMS.title, DCTERMS.description],
    DCAT.Distribution: [DCAT.accessURL],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL],
    FOAF.Agent: [FOAF.name],
}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Site:
    out = tmp_path_factory.mktemp("out")
    settings = Settings(title="Profiles of the north", publisher="A college")
    assert build_paths([], out, settings).release is not None
    return site_of(open_dataset([out], Settings()), Settings())


def catalogue(site: Site, target: str = "/catalogue.ttl") -> rdflib.Graph:
    response = respond(site, Request.of(target))
    assert response.status == 200
    return rdflib.Graph().parse(data=response.content, format="turtle")


def words(graph: rdflib.Graph, subject: URIRef, predicate: URIRef) -> list[str]:
    return [str(value) for value in graph.objects(subject, predicate)]


def test_everything_has_what_dcat_ap_makes_mandatory(site: Site, released: Site) -> None:
    for served in (site, released, site_from("<x:a> <x:b> 1 .")):
        found = catalogue(served)
        for kind, properties in MANDATORY.items():
            for subject in found.subjects(RDF.type, kind):
                for name in properties:
                    assert found.value(subject, name, any=True) is not None, (subject, name)
        assert len(list(found.subjects(RDF.type, DCAT.Catalog))) == 1
        assert len(list(found.subjects(RDF.type, DCAT.DataService))) == 2


def test_titles_and_first_sentences_are_short(site: Site, released: Site) -> None:
    for served in (site, released):
        found = catalogue(served)
        titles = [str(title) for _, title in found.subject_objects(DCTERMS.title)]
        assert titles
        assert max(map(len, titles)) <= 65
        for kind in (DCAT.Catalog, DCAT.Dataset):
            for subject in found.subjects(RDF.type, kind):
                first = re.split(r"(?<=\.) ", words(found, URIRef(str(subject)), DCTERMS.description)[0])[0]
                assert len(first) <= 140


def test_a_version_belongs_to_the_series_of_its_data_set(site: Site) -> None:
    found = catalogue(site)
    version = URIRef(f"{DATASET}/2026-11-22")
    series = found.value(version, DCAT.inSeries)
    assert (series, RDF.type, DCAT.DatasetSeries) in found
    assert (series, DCAT.last, version) in found
    assert (DATASET, DCAT.hasCurrentVersion, version) in found
    assert (version, DCTERMS.isVersionOf, DATASET) in found
    assert words(found, version, DCAT.version) == words(found, version, DCTERMS.issued) == ["2026-11-22"]


def test_each_dump_is_a_distribution_with_its_size_and_sum(released: Site) -> None:
    found = catalogue(released)
    distributions = list(found.objects(DATASET, DCAT.distribution))
    dumps = {name for name in released.files if name.startswith("progression-profiles") and "metadata" not in name}
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
        sent = respond(released, Request.of(f"/data/{file.name}")).header("content-type") or ""
        media_type = "https://www.iana.org/assignments/media-types/" + sent.partition(";")[0]
        assert words(found, URIRef(str(distribution)), DCAT.mediaType) == [media_type]
        assert "publications.europa.eu" in str(found.value(distribution, DCTERMS["format"]))


def test_a_packed_dump_says_so(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "all.ttl.gz"
    file.write_bytes(b"\x1f\x8b")
    found = catalogue(replace(site, files={"all.ttl.gz": file, "report.ttl": file, "gone.nq": tmp_path / "gone.nq"}))
    (distribution,) = found.objects(DATASET, DCAT.distribution)
    iana = "https://www.iana.org/assignments/media-types/"
    assert words(found, URIRef(str(distribution)), DCAT.mediaType) == [f"{iana}text/turtle"]
    assert words(found, URIRef(str(distribution)), DCAT.compressFormat) == [f"{iana}application/gzip"]


def test_the_services_serve_the_data_set(send: Send) -> None:
    found = rdflib.Graph().parse(data=send("/catalogue", "text/turtle").content, format="turtle")
    for service in found.subjects(RDF.type, DCAT.DataService):
        assert (service, DCAT.servesDataset, DATASET) in found
        path = str(found.value(service, DCAT.endpointDescription)).removeprefix(BASE.removesuffix("/"))
        assert send(path, "application/json, text/turtle").status == 200


def test_a_release_says_what_it_was_built_with(released: Site) -> None:
    found = catalogue(released)
    assert words(found, DATASET, DCTERMS.title) == ["Profiles of the north"]
    page = respond(released, Request.of("/")).content.decode()
    assert "Published by A college." in page
    assert "<h1>Profiles of the north</h1>" in page


def test_the_data_of_others_does_not_get_our_licence(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text("<https://other.org/x> <https://other.org/p> 1 .", encoding="utf-8")
    served = site_of(open_dataset([file], Settings()), Settings())
    found = catalogue(served)
    assert not list(found.subject_objects(DCTERMS.license))
    assert not list(found.subject_objects(DCTERMS.rights))
    assert (DATASET, None, None) not in found
    page = respond(served, Request.of("/catalogue.html")).content.decode()
    assert Settings().licence not in page
    assert Settings().title not in page
    assert "Not stated" in page
    assert Settings().licence not in respond(served, Request.of("/void.ttl")).content.decode()
    assert Settings().licence not in respond(served, Request.of("/sparql", accept="text/turtle")).content.decode()


def test_the_data_of_others_gets_what_its_user_has_set() -> None:
    settings = Settings(title="Ships", licence="https://creativecommons.org/publicdomain/zero/1.0/")
    about = external_metadata(settings)
    assert (about.title, about.licence, about.publisher, about.attribution) == ("Ships", settings.licence, "", "")
    assert profiles_metadata(settings).publisher == settings.publisher


def test_the_page_of_the_catalogue(send: Send, site: Site) -> None:
    page = send("/catalogue", BROWSER).content.decode()
    digest = hashlib.sha256(site.files["all.nq"].read_bytes()).hexdigest()
    assert f"<code>{digest}</code>" in page
    assert 'href="/data/all.nq"' in page


def test_the_linkset_names_what_belongs_to_the_landing_page(released: Site) -> None:
    response = respond(released, Request.of("/linkset.json"))
    assert response.header("content-type") == "application/linkset+json"
    contexts = json.loads(response.content)["linkset"]
    about = next(one for one in contexts if one["anchor"] == BASE)
    assert set(about) == {"anchor", "item", "describedby", "license", "type", "cite-as"}
    assert about["cite-as"] == [{"href": str(DATASET)}]
    for relation, back in (("item", "collection"), ("describedby", "describes")):
        for target in about[relation]:
            path = target["href"].removeprefix(BASE.removesuffix("/"))
            sent = respond(released, Request.of(path)).header("content-type") or ""
            assert sent.partition(";")[0] == target["type"]
            assert {"anchor": target["href"], back: [{"href": BASE, "type": "text/html"}]} in contexts


def test_the_landing_page_has_markup_for_search_engines(site: Site) -> None:
    hostile = replace(site, about=replace(site.about, title="</script><b>&", description="<!-- <script>"))
    page = respond(hostile, Request.of("/")).content.decode()
    (markup,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not set("<>&") & set(markup)
    found = json.loads(markup)
    assert found["name"] == "</script><b>&"
    assert found["@type"] == "Dataset"
    assert found["license"] == site.settings.licence
    assert [one["contentUrl"] for one in found["distribution"]] == [f"{BASE}data/all.nq", f"{BASE}data/all.csv"]


def test_the_first_page_leads_to_the_linkset(send: Send) -> None:
    assert '</linkset.json>; rel="linkset"; type="application/linkset+json"' in (send("/").header("link") or "")


def test_the_release_of_a_long_title_keeps_it_short(tmp_path: Path) -> None:
    assert build_paths([], tmp_path, Settings(title="x" * 65)).release is not None
    served = site_of(open_dataset([tmp_path], Settings()), Settings())
    titles = [str(title) for _, title in catalogue(served).subject_objects(DCTERMS.title)]
    assert max(map(len, titles)) == 65
    assert open_release(tmp_path).id == served.release
