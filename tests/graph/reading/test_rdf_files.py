"""RDF files read as quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, NamedNode

from tlevel_rdf.errors import RdfSyntaxError, UnreadableInputError
from tlevel_rdf.graph.reading import opened_file
from tlevel_rdf.graph.reading.rdf_files import ENDINGS, read_rdf

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://example.org/"
TEXTS = {
    ".nq": "<https://example.org/a> <https://example.org/p> <https://example.org/b> .",
    ".nt": "<https://example.org/a> <https://example.org/p> <https://example.org/b> .",
    ".ttl": "<a> <p> <b> .",
    ".n3": "<a> <p> <b> .",
    ".trig": "<a> <p> <b> .",
    ".jsonld": '{"@id": "https://example.org/a", "https://example.org/p": {"@id": "https://example.org/b"}}',
    **dict.fromkeys(
        (".rdf", ".owl", ".xml"),
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">'
        '<rdf:Description rdf:about="a"><e:p rdf:resource="b"/></rdf:Description></rdf:RDF>',
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_gives_the_syntax(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"a{ending.upper()}"
    file.write_text(TEXTS[ending], encoding="utf-8")
    (quad,) = read_rdf([file], BASE)
    assert quad.triple == type(quad.triple)(*(NamedNode(f"{BASE}{name}") for name in "apb"))


def test_blank_nodes_of_two_files_are_two_nodes_with_the_same_names_in_every_run(tmp_path: Path) -> None:
    files = [tmp_path / "a.ttl", tmp_path / "b.ttl"]
    for file in files:
        file.write_text("_:x <p> _:y . _:y <p> _:x .", encoding="utf-8")
    quads = list(read_rdf(files, BASE))
    nodes = [node for quad in quads for node in (quad.subject, quad.object) if isinstance(node, BlankNode)]
    assert [node.value for node in nodes] == ["f0b1", "f0b2", "f0b2", "f0b1", "f1b1", "f1b2", "f1b2", "f1b1"]
    assert list(read_rdf(files, BASE)) == quads


def test_a_syntax_error_has_its_position(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<a> <p> <b> .\n<a> <p> .", encoding="utf-8")
    with pytest.raises(RdfSyntaxError, match=r"a\.ttl:2:\d+: ") as caught:
        list(read_rdf([tmp_path / "a.ttl"], BASE))
    assert caught.value.hint == "correct the file at that place"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"a\.ttl cannot be read: No such file"):
        list(read_rdf([tmp_path / "a.ttl"], BASE))


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"a\.txt does not have the ending of an RDF file"):
        list(read_rdf([tmp_path / "a.txt"], BASE))


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_file, "MAX_RDF_BYTES", 5)
    (tmp_path / "a.ttl").write_text("<a> <p> <b> .", encoding="utf-8")
    with pytest.raises(UnreadableInputError, match="more than 5 bytes"):
        list(read_rdf([tmp_path / "a.ttl"], BASE))
