"""RDF files as a site: they have downloads, checksums and dates like a release, in all descriptions."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import os
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.graph import terms
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import site_of
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response

BASE = "https://data.example.org/"
WRITTEN = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
TEXT = "<https://data.example.org/id/a> <http://e.org/p> <https://data.example.org/id/b> .\n"
XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">
<rdf:Description rdf:about="https://data.example.org/id/c"><e:p>x</e:p></rdf:Description></rdf:RDF>
"""
TYPES = {
    "some data.nq": "application/n-quads",
    "terms.owl": "application/rdf+xml",
    "a.nt": "application/n-triples",
    "a-2.nt": "application/n-triples",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("secret")
    (folder / "deep").mkdir()
    paths = [folder / "some data.nq", folder / "terms.owl", folder / "a.nt", folder / "deep" / "a.nt"]
    for number, path in enumerate(paths):
        path.write_text(XML if path.suffix == ".owl" else TEXT.replace("/id/b", f"/id/b{number}"), encoding="utf-8")
        moment = (WRITTEN - dt.timedelta(days=number)).timestamp()
        os.utime(path, (moment, moment))
    return paths


@pytest.fixture(scope="module")
def loaded(files: list[Path]) -> Site:
    settings = Settings(base=BASE)
    return site_of(open_dataset(files, settings).with_counts(), settings)


def get(site: Site, target: str, **headers: str) -> Response:
    return respond(site, Request("GET", target, "", tuple((n.replace("_", "-"), v) for n, v in headers.items())))


@pytest.mark.parametrize(("number", "name"), list(enumerate(TYPES)))
def test_a_file_can_be_downloaded_unchanged(loaded: Site, files: list[Path], number: int, name: str) -> None:
    response = get(loaded, f"/data/{name.replace(' ', '%20')}")
    assert (response.status, response.header("content-type")) == (200, TYPES[name])
    assert response.content == files[number].read_bytes()
    assert response.header("last-modified") == "Wed, 04 Mar 2026 05:06:07 GMT"
    part = get(loaded, f"/data/{name.replace(' ', '%20')}", range="bytes=1-4", if_range=response.header("etag") or "")
    assert (part.status, part.content) == (206, response.content[1:5])


def test_every_description_lists_the_files(loaded: Site, files: list[Path]) -> None:
    catalogue = {quad.triple for quad in parse(get(loaded, "/catalogue.nt").content, format=RdfFormat.N_TRIPLES)}
    names = {name.replace(" ", "%20") for name in TYPES}
    urls = {t.object.value for t in catalogue if t.predicate == NamedNode(f"{terms.DCAT}downloadURL")}
    assert urls == {f"{BASE}data/{name}" for name in names}
    sums = {t.object.value for t in catalogue if t.predicate == terms.CHECKSUM_VALUE}
    assert sums == {hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    void = {quad.triple for quad in parse(get(loaded, "/void.nt").content, format=RdfFormat.N_TRIPLES)}
    assert {t.object.value for t in void if t.predicate == NamedNode(f"{terms.VOID}dataDump")} == urls
    links = json.loads(get(loaded, "/linkset.json").content)["linkset"][0]["item"]
    assert {one["href"] for one in links} == urls


@pytest.mark.parametrize("target", ["/", "/catalogue", "/void", "/linkset.json", "/doc/a", "/data/none", "/data/"])
def test_no_response_contains_the_folders_of_the_files(loaded: Site, files: list[Path], target: str) -> None:
    for accept in ("text/html", "text/turtle", "*/*"):
        response = get(loaded, target, accept=accept)
        for folder in (files[0].parent.name, "deep"):
            assert folder not in response.content.decode()
            assert not any(folder in value for _, value in response.headers)


def test_documents_have_the_date_of_the_newest_file(loaded: Site) -> None:
    assert get(loaded, "/doc/a").header("last-modified") == "Wed, 04 Mar 2026 05:06:07 GMT"
    assert get(loaded, "/doc/a", if_modified_since="Wed, 04 Mar 2026 05:06:07 GMT").status == 304
    assert b"modified" not in get(loaded, "/doc/a", accept="application/n-triples").content


def test_a_file_can_be_sent_in_a_coding(loaded: Site, files: list[Path]) -> None:
    response = get(loaded, "/data/a.nt", accept_encoding="gzip, identity;q=0")
    assert gzip.decompress(response.content) == files[2].read_bytes()
