"""RDF files opened: gzip, bounds, and paths that are not files."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest

from tests.graph.reading.faulty import BASE, faults_of, statements_of
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.graph.reading import opened_file
from tlevel_rdf.graph.reading.rdf_files import read_rdf

if TYPE_CHECKING:
    from pathlib import Path

LINE = b"<http://a> <http://p> <http://b> .\n"
XML = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/"><e:A/></rdf:RDF>'


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "n3", "trig", "NT"])
def test_a_gzip_file_is_decompressed(ending: str, tmp_path: Path) -> None:
    assert len(statements_of(gzip.compress(LINE), f"a.{ending}.gz", tmp_path)) == 1


def test_every_syntax_may_be_compressed(tmp_path: Path) -> None:
    assert len(statements_of(gzip.compress(XML), "a.rdf.gz", tmp_path)) == 1
    assert len(statements_of(gzip.compress(b'{"http://e.org/p": 1}'), "a.jsonld.GZ", tmp_path)) == 1
    assert len(statements_of(gzip.compress(LINE) + gzip.compress(LINE * 2), "a.nt.gz", tmp_path)) == 3


def test_a_fault_in_a_gzip_file_has_its_place(tmp_path: Path) -> None:
    assert faults_of(gzip.compress(LINE + b"<a> 1"), "a.ttl.gz", tmp_path)[0].startswith("2:5: ")


DAMAGED = {
    "cut": (gzip.compress(LINE * 1000)[:-9], "ends too early"),
    "plain": (LINE, "is not a gzip file, or is damaged"),
    "changed": (gzip.compress(os.urandom(1000))[:500] + b"\0" * 600, "is not a gzip file, or is damaged"),
    "more": (gzip.compress(LINE) + b"and more", "is not a gzip file, or is damaged"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_gzip_file_is_reported(name: str, tmp_path: Path) -> None:
    data, message = DAMAGED[name]
    with pytest.raises(UnreadableInputError, match=message):
        statements_of(data, "a.nt.gz", tmp_path)


def test_decompression_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_file, "MAX_GZIP_FREE_BYTES", 100)
    with pytest.raises(UnreadableInputError, match=r"has more than [\d,]+ bytes"):
        statements_of(gzip.compress(b"#" * 2_000_000), "a.nt.gz", tmp_path)


@pytest.mark.parametrize("name", ["a.ttl", "a.nq.gz", "a.rdf", "a.jsonld"])
def test_a_pipe_is_refused_at_once(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(UnreadableInputError, match="is a pipe, a device or a socket"):
        list(read_rdf([tmp_path / name], BASE))


def test_a_link_to_a_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.nt").symlink_to("/dev/zero")
    with pytest.raises(UnreadableInputError, match="is a pipe, a device or a socket"):
        list(read_rdf([tmp_path / "a.nt"], BASE))
