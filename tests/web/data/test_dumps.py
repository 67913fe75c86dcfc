"""The files of a site that contain all its data."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.web.conftest import site_from
from tlevel_rdf.web.data.dumps import dumps
from tlevel_rdf.web.http.media_types import CSV, GZIP, N_QUADS, TURTLE

if TYPE_CHECKING:
    from pathlib import Path


def test_rdf_and_tables_are_dumps_and_other_files_are_not(tmp_path: Path) -> None:
    files = {}
    for name in ("all.nq", "a b.ttl.gz", "all.csv", "report.ttl", "manifest.json", "all.csv-metadata.json", "README"):
        files[name] = tmp_path / name
        files[name].write_bytes(name.encode())
    found = {dump.name: dump for dump in dumps(replace(site_from("<x:a> <x:b> 1 ."), files=files))}
    assert list(found) == ["all.nq", "a b.ttl.gz", "all.csv"]
    quads, packed, table = found.values()
    assert (quads.media_type, quads.file_type, quads.is_rdf, quads.path) == (N_QUADS, N_QUADS, True, "data/all.nq")
    assert (packed.media_type, packed.file_type, packed.path) == (TURTLE, GZIP, "data/a%20b.ttl.gz")
    assert (table.media_type, table.is_rdf) == (CSV, False)
    assert (quads.size, quads.sha256) == (6, hashlib.sha256(b"all.nq").hexdigest())


def test_a_missing_file_is_no_dump(tmp_path: Path) -> None:
    site = replace(site_from("<x:a> <x:b> 1 ."), files={"all.nq": tmp_path / "all.nq"})
    assert list(dumps(site)) == []
