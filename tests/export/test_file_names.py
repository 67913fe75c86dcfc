"""Names of files for addresses."""

from __future__ import annotations

import pytest

from tlevel_rdf.export.file_names import FileNames


@pytest.mark.parametrize(
    ("target", "suffix", "name"),
    [
        ("/", ".html", "index.html"),
        ("/api/", ".json", "api/index.json"),
        ("/api/t-levels", ".json", "api/t-levels.json"),
        ("/data/SHA256SUMS", "", "data/SHA256SUMS"),
        ("/doc/caf%C3%A9.ttl", ".ttl", "doc/café.ttl"),
        ("/doc?iri=http://e.org/a%23b", ".html", "_/iri/http/e.org/a%23b.html"),
    ],
)
def test_the_name_is_the_decoded_path(target: str, suffix: str, name: str) -> None:
    assert FileNames().assign(target, suffix)[0] == name


@pytest.mark.parametrize(
    "target",
    [
        *("/doc/a%2Fb.ttl", "/doc/a//b.ttl", "/doc/%2E%2E/b.ttl", "/doc/a%00.ttl", "/doc/%FF.ttl", "/doc/a:b.ttl"),
        *(
            f"/doc/{'l' * 300}.ttl",
            "/doc/a./b.ttl",
            "/doc.ttl?iri=urn:x:y",
            "/doc.ttl?iri=https://e.org//x",
            "/id/a?b.ttl",
        ),
    ],
)
def test_a_path_that_no_disk_can_hold_has_a_name_by_checksum(target: str) -> None:
    name, is_plain = FileNames().assign(target, ".ttl")
    assert name.startswith("_/name/")
    assert name.endswith(".ttl")
    assert not is_plain


def test_names_are_used_once() -> None:
    names = FileNames()
    assert names.assign("/doc/a.html", ".html") == ("doc/a.html", True)
    assert not names.assign("/doc/A.html", ".html")[1]
    assert not names.assign("/doc/a.html/b", ".html")[1]
