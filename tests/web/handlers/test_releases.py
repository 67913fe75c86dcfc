"""The releases that are kept: their list, their files, and what changed between two."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import shutil
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.release.kept import Rule, prune
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.releases import kept_releases
from tlevel_rdf.web.data.site import site_of
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.router import respond

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engines import Engine
    from tlevel_rdf.release.release import Release
    from tlevel_rdf.web.data.site import Site
    from tlevel_rdf.web.http.messages import Response


def get(site: Site, path: str, accept: str = "text/html") -> Response:
    return respond(site, Request("GET", path, "", (("accept", accept),)))


def test_the_list_has_every_release_the_newest_first(kept_site: Site) -> None:
    listed = json.loads(get(kept_site, "/releases.json").content)
    assert [one["date"] for one in listed] == ["2026-11-23", "2026-11-23", "2026-11-22"]
    assert [one["is_served"] for one in listed] == [True, False, False]
    assert [one["previous"] for one in listed] == [listed[1]["id"], listed[2]["id"], None]
    page = get(kept_site, "/releases").content.decode()
    assert all(f'href="/releases/{one["id"]}"' in page for one in listed)


def test_each_file_of_an_old_release_is_served_as_it_was_and_never_changes(kept_site: Site) -> None:
    *_, oldest = json.loads(get(kept_site, "/releases", "application/json").content)
    for file in oldest["files"]:
        response = get(kept_site, "/" + file["url"].removeprefix(kept_site.url))
        assert response.status == 200
        assert len(response.content) == file["bytes"]
        assert "immutable" in str(response.header("cache-control"))
        if file["name"] != "SHA256SUMS":
            assert hashlib.sha256(response.content).hexdigest() == file["sha256"]
    assert {"SHA256SUMS", "manifest.json", "progression-profiles.ttl"} <= {file["name"] for file in oldest["files"]}
    page = get(kept_site, f"/releases/{oldest['id']}").content.decode()
    assert "Release of 22 November 2026" in page


def test_the_identifier_of_a_version_leads_to_the_last_release_of_that_day(kept_site: Site) -> None:
    newest, _, oldest = kept_releases(kept_site)
    for release in (newest, oldest):
        response = get(kept_site, f"/data/progression-profiles/{release.date.isoformat()}")
        assert (response.status, response.header("location")) == (303, f"/releases/{release.id}")


@pytest.mark.parametrize(
    "path",
    [
        "/releases/2026-11-21",
        "/releases/copy",
        "/releases/.building-x",
        "/releases/../current",
        "/releases/current/manifest.json",
        "/changes/a..b",
        "/changes/",
        "/data/progression-profiles/2026-11-21",
        "/data/progression-profiles/",
    ],
)
def test_what_is_not_kept_is_not_found(kept_site: Site, path: str) -> None:
    assert get(kept_site, path).status == 404


@pytest.mark.parametrize("name", ["store/CURRENT", "../current/manifest.json", "store.sha256", "%2e%2e/x"])
def test_no_other_file_of_a_release_is_served(kept_site: Site, name: str) -> None:
    assert get(kept_site, f"/releases/{kept_releases(kept_site)[0].id}/{name}").status == 404


def test_changes_are_shown_in_words_and_as_data(kept_site: Site) -> None:
    newest, middle, oldest = kept_releases(kept_site)
    page = get(kept_site, f"/changes/{oldest.id}..{middle.id}").content.decode()
    assert "<li>degree in Optometry removed from Optical Care Services" in page
    assert "<li>degree in Orthoptics added to Optical Care Services" in page
    rows = csv.DictReader(io.StringIO(get(kept_site, f"/changes/{oldest.id}..{middle.id}.csv").content.decode()))
    assert any(row["text"].startswith("degree in Orthoptics added") for row in rows)
    patch = get(kept_site, f"/changes/{oldest.id}..{middle.id}", "application/rdf-patch").content
    assert b"\nA <" in patch
    assert patch.endswith(b"TC .\n")
    both = json.loads(get(kept_site, f"/changes/{oldest.id}..{newest.id}.json").content)
    assert not any("Orthoptics" in change["text"] for change in both)
    assert any(change["is_about_source"] for change in both)
    assert "No fact has changed" in get(kept_site, f"/changes/{oldest.id}..{newest.id}").content.decode()
    assert json.loads(get(kept_site, f"/changes/{newest.id}..{newest.id}.json").content) == []


def test_a_client_asks_for_everything_since_its_copy_by_id_or_day(kept_site: Site) -> None:
    newest, _, oldest = kept_releases(kept_site)
    expected = get(kept_site, f"/changes/{oldest.id}..{newest.id}.json").content
    for since in (oldest.id, "2026-11-22"):
        response = get(kept_site, f"/changes/{since}..", "application/json")
        assert response.content == expected
        again = Request("GET", f"/changes/{since}..", "", (("accept", "application/json"), ("if-none-match", "*")))
        assert respond(kept_site, again).status == 304


def test_a_day_without_a_release_means_the_release_in_force(kept_site: Site) -> None:
    newest, _, oldest = kept_releases(kept_site)
    expected = get(kept_site, f"/changes/{oldest.id}..{newest.id}.json").content
    assert get(kept_site, "/changes/2026-11-22..2026-11-30.json").content == expected
    assert json.loads(get(kept_site, "/changes/2026-11-24..2027-01-01.json").content) == []
    for path in ("/changes/2026-11-21..2026-11-23", "/changes/0001-01-01..", "/changes/2026-11-22..2026-11-20"):
        response = get(kept_site, path, "application/problem+json")
        assert response.status == 404
        assert "The first release that is kept is of 2026-11-22." in json.loads(response.content)["hint"]
    assert get(kept_site, "/changes/2026-13-01..").status == 404


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/changes", "Name two releases by their ids or days, such as /changes/2026-11-22..2026-11-23"),
        ("/changes/", "Name two releases"),
        ("/changes/..", "Name two releases"),
        ("/timemap", "such as /timemap/doc/t-level/"),
        ("/timemap/", "such as /timemap/doc/t-level/"),
        ("/timemap/t-level/healthcare-science", "such as /timemap/doc/t-level/"),
        ("/releases/", "The address names no release."),
        ("/releases/2026-01-01/", "There is no release 2026-01-01."),
    ],
)
def test_an_address_that_names_too_little_says_what_to_name(kept_site: Site, path: str, text: str) -> None:
    response = get(kept_site, path, "application/problem+json")
    assert response.status == 404
    assert text in json.loads(response.content)["detail"]


def test_the_address_of_a_release_with_a_slash_leads_to_the_one_without(kept_site: Site) -> None:
    release = kept_releases(kept_site)[0]
    response = get(kept_site, f"/releases/{release.id}/")
    assert (response.status, response.header("location")) == (308, f"/releases/{release.id}")


def test_a_site_on_an_engine_says_why_it_has_no_releases(oxigraph: Engine, small_release: Release) -> None:
    opened = open_dataset([oxigraph.query], Settings()).with_counts()
    with closing(opened.store):
        site = site_of(opened, Settings())
        day = small_release.date.isoformat()
        about = "/doc/t-level/healthcare-science"
        page = get(site, "/releases").content.decode()
        assert "comes from an engine" in page
        assert "Each release stays" not in page
        for path, query in (
            (f"/releases/{day}", ""),
            (about, f"version={day}"),
            (f"/timemap{about}", ""),
            ("/data/progression-profiles.csv", ""),
            ("/changes", ""),
            (f"/changes/{day}..", ""),
            ("/changes/stream", ""),
            (f"/changes/stream/..{day}/1", ""),
        ):
            response = respond(site, Request("GET", path, query))
            assert response.status == 404, path
            detail = json.loads(response.content)["detail"]
            assert detail.startswith("This site has no folder of releases, because its data comes from an engine."), (
                path
            )


def test_data_that_is_no_release_keeps_its_things_at_these_addresses() -> None:
    site = site_from(
        '<https://data.example.org/changes> <urn:p> "x" . <https://data.example.org/timemap> <urn:p> "y" .'
    )
    assert get(site, "/changes").status == get(site, "/timemap").status == 303
    other = get(site_from('<x:a> <x:p> "x" .'), "/changes", "application/problem+json")
    assert "no folder of releases" in json.loads(other.content)["detail"]


def test_the_catalogue_has_the_series_of_versions(kept_site: Site) -> None:
    text = get(kept_site, "/catalogue.nt").content.decode()
    version = "https://w3id.org/tlevel/data/progression-profiles/2026-11-2"
    series = "<https://w3id.org/tlevel/catalogue#series> <http://www.w3.org/ns/dcat#"
    assert f"{series}first> <{version}2>" in text
    assert f"{series}last> <{version}3>" in text
    assert f"<{version}3> <http://www.w3.org/ns/dcat#prev> <{version}2>" in text
    assert f"<{version}2> <http://www.w3.org/ns/dcat#next> <{version}3>" in text


def test_a_release_without_its_statements_cannot_be_compared(kept_site: Site, tmp_path: Path) -> None:
    newest, *_ = kept_releases(kept_site)
    folder = shutil.copytree(newest.folder, tmp_path / newest.id)
    (folder / "progression-profiles.nq").unlink()
    response = get(replace(kept_site, folder=folder), f"/changes/{newest.id}..{newest.id}.json")
    assert response.status == 503
    # A path of the server is no business of a client.
    assert str(tmp_path) not in response.content.decode()


def test_a_removed_release_is_gone_and_what_it_was_is_listed(kept_site: Site, tmp_path: Path) -> None:
    out = tmp_path / "releases"
    assert kept_site.folder is not None
    shutil.copytree(kept_site.folder.parent, out, symlinks=True)
    site = replace(kept_site, folder=out / kept_site.release)
    newest, middle, oldest = kept_releases(site)
    reason = "We keep <two> of them"
    prune(out, Rule(since=newest.date, reason=reason), datetime.date(2026, 12, 1))
    *_, removed = json.loads(get(site, "/releases.json").content)
    assert (removed["id"], removed["removed"]["date"], removed["files"]) == (oldest.id, "2026-12-01", [])
    page = get(site, "/releases").content.decode()
    assert removed["removed"]["sha256_of_sha256sums"] in page
    assert "We keep &lt;two&gt; of them" in page
    for path in (
        f"/releases/{oldest.id}",
        f"/releases/{oldest.id}.json",
        f"/releases/{oldest.id}/manifest.json",
        "/data/progression-profiles/2026-11-22",
        "/changes/2026-11-22..",
        "/changes/2026-11-22..2026-11-30",
        f"/changes/{oldest.id}..{newest.id}",
    ):
        assert get(site, path).status == 410, path
        problem = json.loads(get(site, path, "application/problem+json").content)
        assert problem["release"] == removed
        assert "was removed on 2026-12-01" in problem["detail"]
    assert get(site, f"/changes/{middle.id}..{newest.id}").status == 200
    assert get(site, f"/releases/{middle.id}").status == 200


def test_data_that_is_no_release_has_an_empty_list() -> None:
    site = site_from("<x:a> <x:b> 1 .")
    assert json.loads(get(site, "/releases.json").content) == []
    page = get(site, "/releases").content.decode()
    assert "its data is not a release" in page
    assert "Each release stays" not in page
