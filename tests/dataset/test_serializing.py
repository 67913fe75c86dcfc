"""Quads as text in any syntax of RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from tlevel_rdf.dataset.serializing import FORMATS, serialize_quads
from tlevel_rdf.errors import SettingError, UnwritableError

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMED = [form for form, syntax in FORMATS.items() if syntax in {RdfFormat.TRIG, RdfFormat.N_QUADS}]


@pytest.mark.parametrize("form", FORMATS)
def test_each_syntax_holds_every_statement(form: str, small_quads: Sequence[Quad]) -> None:
    written = {*parse(serialize_quads(small_quads, form).encode(), format=FORMATS[form])}
    expected = {*small_quads} if form in NAMED else {Quad(*quad.triple) for quad in small_quads}
    assert written == expected


@pytest.mark.parametrize("form", FORMATS)
def test_equal_quads_give_equal_text_in_any_order(form: str, small_quads: Sequence[Quad]) -> None:
    some = small_quads[:400]
    assert serialize_quads(some, form) == serialize_quads([*reversed(some), *some], form)


def test_trig_has_prefixes_and_sorted_graphs() -> None:
    a, b = (NamedNode(f"https://w3id.org/tlevel/def/progression#{name}") for name in "ab")
    text = serialize_quads([Quad(a, b, a, NamedNode(f"a:{name}")) for name in "yx"], "trig")
    assert text.splitlines()[0] == "@prefix tlp: <https://w3id.org/tlevel/def/progression#> ."
    assert text.index("<a:x> {") < text.index("<a:y> {")


def test_the_default_graph_and_blank_nodes_are_written() -> None:
    quad = Quad(BlankNode("x"), NamedNode("a:p"), NamedNode("a:o"))
    assert serialize_quads([quad], "nquads") == "_:x <a:p> <a:o> .\n"
    assert "<a:p> <a:o>" in serialize_quads([quad], "trig")


def test_an_unknown_format_is_an_error_with_the_known_ones() -> None:
    with pytest.raises(SettingError, match=r"no format 'json'.*turtle.*nquads"):
        serialize_quads([], "json")


def test_a_syntax_that_cannot_express_a_statement_is_an_error() -> None:
    with pytest.raises(UnwritableError, match="RDF/XML"):
        serialize_quads([Quad(NamedNode("a:s"), NamedNode("http://e.org/1"), NamedNode("a:o"))], "rdfxml")
