"""Reference data is the same before and after it is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from tests.reference.samples import sample
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.compiled import CompiledReference, write_compiled
from tlevel_rdf.graph.reference.describing import share
from tlevel_rdf.reference.index import index

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.reference.model import Reference


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    return sample(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="module")
def quads(reference: Reference, ids: Identifiers) -> list[Quad]:
    return list(share(reference, ids))


@pytest.fixture
def compiled(reference: Reference, quads: list[Quad], tmp_path: Path) -> CompiledReference:
    folder = tmp_path / "compiled"
    folder.mkdir()
    return write_compiled(index(reference), quads, folder, {"b.sssom.tsv": "b\n", "a.sssom.tsv": "a\n"})


def test_the_compiled_form_has_the_names_and_the_quads(
    compiled: CompiledReference, reference: Reference, quads: list[Quad]
) -> None:
    assert compiled.index == index(reference)
    assert set(compiled.quads) == set(quads)
    assert len(compiled.quads) == len(set(quads))


def test_the_files_of_links_are_kept_and_sorted_by_name(compiled: CompiledReference) -> None:
    assert [(file.name, file.read_text(encoding="utf-8")) for file in compiled.links] == [
        ("a.sssom.tsv", "a\n"),
        ("b.sssom.tsv", "b\n"),
    ]


def test_the_context_of_a_node_has_its_statements_and_those_of_the_things_that_it_names(
    compiled: CompiledReference, quads: list[Quad]
) -> None:
    things = {quad.subject for quad in quads}
    link = next(
        quad
        for quad in quads
        if quad.object in things and quad.subject != quad.object and quad.predicate == terms.VERSION_OF
    )
    assert isinstance(link.subject, NamedNode)
    context = set(compiled.context([link.subject]))
    for thing in (link.subject, link.object):
        assert {quad for quad in quads if quad.subject == thing} <= context
    assert context < {*quads, *(Quad(*quad.triple) for quad in quads)}


def test_the_context_of_an_unknown_node_is_the_vocabulary_and_the_labels(compiled: CompiledReference) -> None:
    unknown = set(compiled.context([NamedNode("https://example.org/none")]))
    assert unknown == set(compiled.context([]))
    outside = {
        quad.predicate
        for quad in unknown
        if isinstance(quad.graph_name, NamedNode) and not quad.graph_name.value.endswith("vocabulary")
    }
    assert outside <= {terms.TYPE, terms.PREF_LABEL, terms.ALT_LABEL, terms.LEVEL_PROPERTY}


def test_a_copy_of_the_store_has_each_triple_in_the_default_graph_too(
    compiled: CompiledReference, quads: list[Quad], tmp_path: Path
) -> None:
    compiled.copy_store(tmp_path / "copy")
    store = pyoxigraph.Store.read_only(str(tmp_path / "copy"))
    copied = list(store.quads_for_pattern(None, None, None, DefaultGraph()))
    assert {quad.triple for quad in copied} == {quad.triple for quad in quads}


def test_a_copy_keeps_the_published_form_of_a_literal(reference: Reference, tmp_path: Path) -> None:
    number = Literal("007", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    quad = Quad(NamedNode("https://example.org/a"), terms.NOTATION, number)
    (tmp_path / "compiled").mkdir()
    write_compiled(index(reference), [quad], tmp_path / "compiled").copy_store(tmp_path / "copy")
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("copy") and file.is_file()] != []
