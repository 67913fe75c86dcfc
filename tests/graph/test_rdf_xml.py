"""RDF/XML that XML parsers read, for any data, or an error that another syntax is needed."""

from __future__ import annotations

from xml.parsers import expat

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, RdfFormat, Triple
from rdflib.compare import isomorphic

from tlevel_rdf.errors import UnwritableError
from tlevel_rdf.graph import terms
from tlevel_rdf.graph.rdf_xml import finish, to_writable
from tlevel_rdf.graph.serialization import serialize_graph

A, P = NamedNode("http://e.org/a"), NamedNode("http://e.org/p")
#: The names that the grammar of RDF/XML keeps for itself (RDF 1.1 XML Syntax, section 6.1.4).
RESERVED = (
    *("li", "Description", "RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
    *("bagID", "aboutEach", "aboutEachPrefix"),
)
ENDS = {
    "http://e.org/n\u00ba": "an ordinal indicator",
    "http://e.org/area_m\u00b2": "a superscript",
    "http://e.org/x/": "nothing after a slash",
    "http://e.org/p#": "nothing after a hash",
    "http://e.org/\u2160x": "a Roman numeral, a letter for some XML parsers only",
    "http://e.org/\U00010000": "a letter beyond the first plane",
    "http://e.org/p?q=1": "a digit after a sign",
    "http://e.org/-": "a hyphen",
    "http://e.org/a%20": "a percent-encoded space",
    "http://www.w3.org/2000/xmlns/foo": "a name of the xmlns space",
    "http://e.org/2026": "digits",
}
FIT = (
    "http://e.org/\u00e9t\u00e9",
    "http://e.org/1a",
    "http://e.org/a\u00b7",
    "http://e.org/p?q",
    "http://e.org/a.b-c",
    "urn:isbn:abc",
    "http://e.org/p&q",
    "http://e.org/_",
    "http://e.org/\u65e5\u672c",
    "http://www.w3.org/XML/1998/namespacelang",
    f"{terms.RDF}_1",
    f"{terms.RDF}first",
    f"{terms.RDF}type",
)


def read_by_everyone(text: bytes) -> set[Triple]:
    """Return the triples of RDF/XML, which an XML parser and two RDF parsers accept."""
    expat.ParserCreate(namespace_separator=" ").Parse(text, True)  # noqa: FBT003 - takes no names
    read = {quad.triple for quad in pyoxigraph.parse(text, format=RdfFormat.RDF_XML)}
    assert len(rdflib.Graph().parse(data=text, format="xml")) == len(read)
    return read


@pytest.mark.parametrize("iri", [*(f"{terms.RDF}{name}" for name in RESERVED), *ENDS])
def test_a_property_that_is_no_name_is_refused(iri: str) -> None:
    with pytest.raises(UnwritableError, match="RDF/XML cannot express the property <"):
        serialize_graph([Triple(A, NamedNode(iri), Literal("x"))], RdfFormat.RDF_XML)


@pytest.mark.parametrize("iri", [*(f"{terms.RDF}{name}" for name in RESERVED), *ENDS, *FIT])
def test_a_type_that_is_no_name_is_written_as_a_property(iri: str) -> None:
    triples = [Triple(A, terms.TYPE, NamedNode(iri)), Triple(A, P, Literal("x"))]
    for some in (triples[:1], triples):
        assert read_by_everyone(serialize_graph(some, RdfFormat.RDF_XML)) == set(some)


@pytest.mark.parametrize("iri", FIT)
def test_a_property_that_is_a_name_is_written(iri: str) -> None:
    triple = Triple(A, NamedNode(iri), NamedNode("http://e.org/b?x=1&y='2'"))
    assert read_by_everyone(serialize_graph([triple], RdfFormat.RDF_XML)) == {triple}


@pytest.mark.parametrize("label", ["1a", "9.z", "0", "a\u00b7", "\u00e9"])
def test_a_blank_node_has_a_label_that_is_a_name(label: str) -> None:
    triples = [
        Triple(BlankNode(label), P, BlankNode("b1a")),
        Triple(BlankNode("b1a"), P, BlankNode("b0")),
        Triple(BlankNode("b0"), P, BlankNode(label)),
        Triple(BlankNode(label), P, Literal("x")),
    ]
    text = serialize_graph(triples, RdfFormat.RDF_XML)
    assert len(read_by_everyone(text)) == 4
    expected, p = rdflib.Graph(), rdflib.URIRef(P.value)
    one, two, three = rdflib.BNode(), rdflib.BNode(), rdflib.BNode()
    for subject, value in ((one, two), (two, three), (three, one), (one, rdflib.Literal("x"))):
        expected.add((subject, p, value))
    assert isomorphic(rdflib.Graph().parse(data=text, format="xml"), expected)


@pytest.mark.parametrize("text", ["a\r\n\tb ", "<b>&amp;</b>", "]]>", "\u2028", "", "<rdf:typeAsProperty x"])
def test_a_text_comes_back_as_it_was(text: str) -> None:
    for value in (Literal(text), Literal(text, language="en"), Literal(text, datatype=NamedNode("http://e.org/d"))):
        triple = Triple(A, P, value)
        assert read_by_everyone(serialize_graph([triple], RdfFormat.RDF_XML)) == {triple}


@pytest.mark.parametrize("inner", ["http://e.org/1", f"{terms.RDF}li", "http://e.org/\u00b2"])
def test_triples_within_triples_are_checked_too(inner: str) -> None:
    triple = Triple(A, P, Triple(A, NamedNode(inner), Literal("x", language="ar", direction=BaseDirection.RTL)))
    with pytest.raises(UnwritableError):
        serialize_graph([triple], RdfFormat.RDF_XML)


def test_other_triples_stay_as_they_are() -> None:
    triples = [Triple(A, terms.TYPE, terms.DEGREE), Triple(BlankNode("b"), P, BlankNode("c"))]
    assert to_writable(triples) == triples


def test_text_that_is_not_xml_is_refused_last() -> None:
    with pytest.raises(UnwritableError, match="cannot express a name"):
        finish(b"<a:b/>")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), st.sampled_from(["type", "property"]))
def test_any_name_is_written_so_that_parsers_read_it_or_refused(name: str, role: str) -> None:
    try:
        iri = NamedNode(f"http://e.org/{name}")
    except ValueError:
        return
    triple = Triple(A, terms.TYPE, iri) if role == "type" else Triple(A, iri, Literal("x"))
    try:
        text = serialize_graph([triple], RdfFormat.RDF_XML)
    except UnwritableError:
        assert role == "property"
        return
    assert read_by_everyone(text) == {triple}
