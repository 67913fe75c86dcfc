"""Graphs of any data in each syntax, and triples that a syntax cannot express."""

from __future__ import annotations

import re
from io import BytesIO

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BaseDirection, Literal, NamedNode, Quad, RdfFormat, Triple

from tlevel_rdf.errors import UnwritableError
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.serialization import FORMATTERS, serialize_graph, sort_for_reading, write_formatted

A, P = NamedNode("http://e.org/a"), NamedNode("http://e.org/p")
FORMATS = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD)
VALUES: dict[str, Literal | Triple] = {
    "a direction": Literal("x", language="ar", direction=BaseDirection.RTL),
    "a triple": Triple(A, P, Literal("x", language="ar", direction=BaseDirection.RTL)),
}


@pytest.mark.parametrize("syntax", FORMATS)
@pytest.mark.parametrize("name", VALUES)
def test_what_rdf_1_2_adds_comes_through_or_is_refused(name: str, syntax: RdfFormat) -> None:
    triple = Triple(A, P, VALUES[name])
    if name == "a triple" and syntax == RdfFormat.JSON_LD:
        with pytest.raises(UnwritableError, match="JSON-LD cannot express a quoted triple"):
            serialize_graph([triple], syntax)
        return
    read = pyoxigraph.parse(serialize_graph([triple], syntax), format=syntax)
    assert [quad.triple for quad in read] == [triple]


@pytest.mark.parametrize("inner", [Triple(A, NamedNode("http://e.org/1"), A), Triple(A, P, Literal("\x01"))])
def test_xml_is_checked_within_triples(inner: Triple) -> None:
    with pytest.raises(UnwritableError, match="RDF/XML cannot express"):
        serialize_graph([Triple(A, P, inner)], RdfFormat.RDF_XML)


LEVEL = Triple(A, terms.LEVEL_PROPERTY, terms.level(3))


@pytest.mark.parametrize("syntax", FORMATS)
def test_the_order_and_the_repetition_of_triples_make_no_difference(syntax: RdfFormat) -> None:
    triples = [LEVEL, Triple(A, terms.TYPE, terms.DEGREE), Triple(P, terms.TYPE, terms.DEGREE)]
    assert serialize_graph(triples, syntax) == serialize_graph([*reversed(triples), *triples], syntax)


def test_the_thing_itself_comes_first_then_its_fragments() -> None:
    b, c = NamedNode("http://e.org/b"), NamedNode("http://e.org/b#c")
    triples = sort_for_reading([Triple(node, P, A) for node in (A, c, b)], about=b.value)
    assert [triple.subject for triple in triples] == [b, c, A]


def test_types_come_first_in_a_block() -> None:
    triples = [Triple(A, NamedNode("http://a.org/p"), A), Triple(A, terms.TYPE, terms.DEGREE)]
    assert sort_for_reading(triples) == triples[::-1]


def test_turtle_has_the_used_prefixes_in_order_and_an_empty_line_before_each_block() -> None:
    text = serialize_graph([LEVEL, Triple(P, terms.TYPE, terms.DEGREE)], RdfFormat.TURTLE).decode()
    assert text == (
        f"@prefix level: <{terms.LEVEL}> .\n@prefix tlp: <{terms.TLP}> .\n\n"
        "<http://e.org/a> tlp:level level:3 .\n\n<http://e.org/p> a tlp:Degree .\n"
    )


def test_rdf_xml_has_the_used_namespaces_in_order() -> None:
    text = serialize_graph([LEVEL, Triple(A, terms.PREF_LABEL, Literal("x"))], RdfFormat.RDF_XML).decode()
    prefixes = re.findall(r"xmlns:(\w+)=", text)
    assert prefixes == sorted(prefixes)
    assert set(prefixes) - {"rdf", "its"} == {"level", "skos", "tlp"}  # the engine always writes these two


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize("syntax", FORMATTERS)
def test_a_formatter_writes_the_same_for_pieces_of_any_size(syntax: RdfFormat, size: int) -> None:
    text = pyoxigraph.serialize([LEVEL, Triple(P, terms.TYPE, terms.DEGREE)], format=syntax, prefixes=terms.PREFIXES)
    assert text is not None
    pieces, whole = BytesIO(), BytesIO()
    FORMATTERS[syntax](whole).write(text)
    formatter = FORMATTERS[syntax](pieces)
    for start in range(0, len(text), size):
        formatter.write(text[start : start + size])
    assert pieces.getvalue() == whole.getvalue()
    assert set(pyoxigraph.parse(pieces.getvalue(), format=syntax)) == set(pyoxigraph.parse(text, format=syntax))


B, LONG = "https://e.org/id/", "x" * 40


def test_things_under_the_base_have_a_prefix() -> None:
    triple = Triple(NamedNode(f"{B}t-level/science"), P, NamedNode(f"{B}a"))
    text = serialize_graph([triple], RdfFormat.TURTLE, base="https://e.org/").decode()
    assert text == "@prefix id: <https://e.org/id/> .\n\nid:t-level\\/science <http://e.org/p> id:a .\n"
    assert b"xmlns:id" not in serialize_graph([triple], RdfFormat.RDF_XML, base="https://e.org/")
    assert [quad.triple for quad in pyoxigraph.parse(text, format=RdfFormat.TURTLE)] == [triple]
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == 1


def test_a_long_list_has_each_object_on_a_line_of_its_own() -> None:
    triples = [Triple(A, P, Literal(f'{LONG}, " , {number}')) for number in range(3)]
    triples += [Triple(A, NamedNode("http://e.org/q"), Literal(value)) for value in ("1", "2")]
    text = serialize_graph(triples, RdfFormat.TURTLE).decode()
    lines = [f'"{LONG}, \\" , {number}"' for number in range(3)]
    assert text == (
        "\n<http://e.org/a> <http://e.org/p>\n\t\t" + " ,\n\t\t".join(lines) + ' ;\n\t<http://e.org/q> "1" , "2" .\n'
    )
    assert {quad.triple for quad in pyoxigraph.parse(text, format=RdfFormat.TURTLE)} == set(triples)


def test_a_long_list_in_a_graph_is_indented_once_more() -> None:
    graph = NamedNode("http://e.org/g")
    quads = [Quad(A, predicate, Literal(LONG + str(n)), graph) for predicate in (P, A) for n in range(3)]
    file = BytesIO()
    write_formatted(quads, file, RdfFormat.TRIG, {})
    lines = file.getvalue().decode().splitlines()
    assert lines[:4] == ["", "<http://e.org/g> {", "", "\t<http://e.org/a> <http://e.org/p>"]
    assert [line for line in lines if line.startswith("\t\t\t")] == [
        f'\t\t\t"{LONG}{number}"{end}'
        for end_of_list in (" ;", " .")
        for number, end in enumerate((" ,", " ,", end_of_list))
    ]
    assert set(pyoxigraph.parse(file.getvalue(), format=RdfFormat.TRIG)) == set(quads)


@given(st.lists(st.text('ab," \\\n\t<>', max_size=60), min_size=1, max_size=6))
def test_wrapped_lists_are_the_same_graph(texts: list[str]) -> None:
    triples = {Triple(A, P, Literal(text)) for text in texts} | {
        Triple(P, A, Literal(LONG * 2 + text)) for text in texts
    }
    text = serialize_graph(triples, RdfFormat.TURTLE)
    assert {quad.triple for quad in pyoxigraph.parse(text, format=RdfFormat.TURTLE)} == triples
