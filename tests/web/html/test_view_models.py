"""RDF terms and statements become texts, links and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from tlevel_rdf.graph import terms
from tlevel_rdf.web.html import view_models
from tlevel_rdf.web.html.view_models import Presenter, TermView

if TYPE_CHECKING:
    import pytest

BASE = "https://data.example.org/"
PREFIXES = """@prefix : <https://data.example.org/id/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <https://e.org/> ."""


def presenter(turtle: str) -> Presenter:
    triples = [quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE)]
    return Presenter(BASE, triples, dict.fromkeys(triples, frozenset({f"{BASE}graph/inferred"})))


def thing(key: str) -> NamedNode:
    return NamedNode(f"{BASE}id/{key}")


def test_a_thing_is_linked_to_its_page_and_any_other_iri_to_itself() -> None:
    found = presenter(":a skos:prefLabel 'Ada' .")
    link = found.link(f"{BASE}id/a")
    assert (link.text, link.href) == ("Ada", "/doc/a")
    elsewhere = found.link("https://other.org/x")
    assert (elsewhere.text, elsewhere.href) == ("https://other.org/x", "https://other.org/x")


def test_an_iri_that_a_browser_would_run_is_not_linked() -> None:
    assert presenter("").link("javascript:alert(1)").href == ""


def test_a_literal_shows_its_language_unless_english_and_its_datatype_unless_plain() -> None:
    view = presenter("").view
    assert view(Literal("hello", language="en-GB")).language == ""
    assert view(Literal("bonjour", language="fr")).language == "fr"
    assert view(Literal(5)).datatype == ""
    decimal = view(Literal("1.50", datatype=NamedNode(f"{terms.XSD}decimal")))
    assert (decimal.text, decimal.datatype) == ("1.50", "decimal")


def test_days_and_truth_values_are_written_for_people_and_addresses_are_links() -> None:
    def view(form: str, name: str) -> TermView:
        return presenter("").view(Literal(form, datatype=NamedNode(f"{terms.XSD}{name}")))

    assert view("2026-11-30", "date") == TermView("30 November 2026", time="2026-11-30")
    assert view("true", "boolean") == TermView("yes")
    assert view("https://e.org/", "anyURI") == TermView("https://e.org/", "https://e.org/")
    assert view("javascript:alert(1)", "anyURI") == TermView("javascript:alert(1)")


def test_types_come_first_and_values_are_in_natural_order() -> None:
    rows = presenter(":a ex:b 'Line 10' , 'line 9' ; ex:a 1 ; a ex:Type .").rows(thing("a"))
    assert [row.name.text for row in rows] == ["type", "a", "b"]
    assert [value.text for value in rows[2].values] == ["line 9", "Line 10"]
    assert rows[0].values[0].sources == ("Inferred",)


def test_things_that_refer_to_a_thing_are_grouped_by_property() -> None:
    rows = presenter(":a ex:knows :c . :b ex:knows :c . :b ex:likes :c . [] ex:knows :c .").incoming(f"{BASE}id/c")
    assert [(row.name.text, [value.text for value in row.values]) for row in rows] == [
        ("knows", ["a", "b"]),
        ("likes", ["b"]),
    ]


def test_fragments_of_a_document_come_with_classes_first() -> None:
    found = presenter(f"<{BASE}id/a#b> ex:p 1 . <{BASE}id/a#Z> ex:p 2 . :a ex:p 3 .")
    assert [part.fragment for part in found.fragments(f"{BASE}id/a")] == ["Z", "b"]


def test_a_list_is_shown_as_items_and_a_blank_node_as_rows() -> None:
    rows = presenter(":a ex:list ( 1 [ ex:p 2 ] 3 ) .").rows(thing("a"))
    items = rows[0].values[0].items
    assert [item.text for item in items] == ["1", "", "3"]
    assert items[1].rows[0].values[0].text == "2"


def test_a_circle_of_blank_nodes_ends_with_an_ellipsis() -> None:
    rows = presenter(":a ex:p _:x . _:x ex:p _:y . _:y ex:p _:x .").rows(thing("a"))
    inner = rows[0].values[0].rows[0].values[0].rows[0].values[0]
    assert inner.text == "…"


def test_a_list_that_contains_itself_ends() -> None:
    rest = f"<{terms.RDF}rest>"
    rows = presenter(f":a ex:p _:l . _:l <{terms.RDF}first> 1 ; {rest} _:l .").rows(thing("a"))
    assert [item.text for item in rows[0].values[0].items] == ["1"]


def test_nesting_and_the_number_of_blank_nodes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = ":a ex:p [ ex:p [ ex:p [ ex:p 'end' ] ] ] ."
    monkeypatch.setattr(view_models, "MAX_PAGE_NESTING", 2)
    value = presenter(deep).rows(thing("a"))[0].values[0]
    assert value.rows[0].values[0].rows[0].values[0].text == "…"
    monkeypatch.undo()
    monkeypatch.setattr(view_models, "MAX_PAGE_BLANK_NODES", 1)
    values = presenter(":a ex:p [ ex:p 1 ] , [ ex:p 2 ] .").rows(thing("a"))[0].values
    assert sorted(value.text for value in values) == ["", "…"]


def test_a_blank_node_without_statements_is_empty() -> None:
    assert presenter("").view(BlankNode("x")).rows == ()
