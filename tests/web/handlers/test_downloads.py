"""Downloads of files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.web.conftest import site_from
from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.web.handlers.downloads import download, static
from tlevel_rdf.web.http.messages import Request
from tlevel_rdf.web.http.problems import ProblemError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["a.nq", "links/a.sssom.tsv", "a b.nt.gz", "é.csv", "?#.ttl"])
def test_a_file_is_found_by_its_name_and_supports_ranges(tmp_path: Path, name: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"content")
    site = replace(site_from("<x:a> <x:b> 1 ."), files={name: file})
    response = download(site, Request("GET", f"/data/{quote(name)}"))
    assert (response.status, response.body, response.content) == (200, file, b"content")
    assert response.header("accept-ranges") == "bytes"


@pytest.mark.parametrize("path", ["/data/", "/data/b.nq", "/data/../a.nq", "/data/%2e%2e/a.nq", "/data//a.nq"])
def test_another_name_is_not_found(tmp_path: Path, path: str) -> None:
    site = replace(site_from("<x:a> <x:b> 1 ."), files={"a.nq": tmp_path / "a.nq"})
    with pytest.raises(ProblemError) as caught:
        download(site, Request("GET", path))
    assert caught.value.problem.status == 404


def test_a_missing_file_of_a_release_is_an_error_of_the_server(tmp_path: Path) -> None:
    site = replace(site_from("<x:a> <x:b> 1 ."), files={"a.nq": tmp_path / "a.nq"})
    with pytest.raises(ReleaseError, match="is missing"):
        download(site, Request("GET", "/data/a.nq"))


def test_a_site_without_downloads_says_why() -> None:
    with pytest.raises(ProblemError, match="its data is not a release") as caught:
        download(site_from(""), Request("GET", "/data/all.nq"))
    assert "There is no file" not in caught.value.problem.detail


def test_the_pages_have_their_style_sheet_and_no_other_file() -> None:
    site = site_from("")
    assert static(site, Request("GET", "/static/site.css")).header("content-type") == "text/css; charset=utf-8"
    for path in ("/static/", "/static/../rendering.py", "/static/%2e%2e/rendering.py"):
        with pytest.raises(ProblemError, match="There is no file"):
            static(site, Request("GET", path))
