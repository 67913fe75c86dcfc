"""The properties and classes of patterns, and those that the data does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from tlevel_rdf.errors import QuerySyntaxError
from tlevel_rdf.shipped import shipped
from tlevel_rdf.store import pattern_terms
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.pattern_terms import PatternTerms, unknown_terms
from tlevel_rdf.store.query_guard import check_query, named_terms

if TYPE_CHECKING:
    from pathlib import Path

PROLOGUE = "PREFIX : <http://e.org/> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
QUERIES = {
    # query: properties, classes
    "SELECT * { ?s :p ?o }": ("p", ""),
    "ASK { ?s a :C }": ("", "C"),
    "ASK { ?s rdf:type :C , :D ; :p :notAClass , :nor }": ("p", "C D"),
    "ASK { :s :p :o . :s2 :q 'text'@en , 5 , 'x'^^:datatype , true ; :r ?o }": ("p q r", ""),
    "ASK { ?s :p/:q|^:r ?o . ?s (:a/:b)*/:c+ ?o ; !(:d|^:e) ?x }": ("p q r a b c d e", ""),
    "ASK { ?s a/:sub* :C }": ("sub", "C"),
    "ASK { ?s :p [ :q ?x ; a :C ] ; :r 1 }": ("p q r", "C"),
    "ASK { [ :p ?x ] :q ?y . [] :r ?z }": ("p q r", ""),
    "ASK { ?s :p ( :item [ :q 1 ] ) ; :r ?z }": ("p q r", ""),
    "ASK { ( 1 :item ) :p ?z }": ("p", ""),
    "ASK { ?s :p ?o OPTIONAL { ?s :q ?x } ?s :r ?y }": ("p q r", ""),
    "ASK { { ?s :p ?o } UNION { ?s :q ?o } MINUS { ?s :r ?o } }": ("p q r", ""),
    "ASK { ?s :p ?o FILTER(?o = :value && :function(?o)) ?s :q ?x }": ("p q", ""),
    "ASK { ?s :p ?o . FILTER NOT EXISTS { ?s :q ?x } ?s :r ?y }": ("p q r", ""),
    "ASK { ?s :p ?o FILTER(?o > 1 || EXISTS { ?s :q ?x FILTER(?x = :v) }) ?s :r ?y }": ("p q r", ""),
    "ASK { ?s :p ?o FILTER regex(?o, 'x') ?s :q ?x }": ("p q", ""),
    "ASK { ?s :p ?o FILTER :function(?o) ?s :q ?x }": ("p q", ""),
    "ASK { BIND(:v AS ?x) ?s :p ?x }": ("p", ""),
    "ASK { VALUES ?x { :v :w } ?s :p ?x }": ("p", ""),
    "ASK { VALUES (?x ?y) { (:v :w) (UNDEF 1) } ?s :p ?x }": ("p", ""),
    "ASK { GRAPH :g { ?s :p ?o } GRAPH ?h { ?s :q ?o } ?s :r ?y }": ("p q r", ""),
    "ASK { { SELECT ?s (COUNT(:x) AS ?n) WHERE { ?s :p ?o } GROUP BY ?s HAVING(?n > 1) } ?s :q ?y }": ("p q", ""),
    "SELECT (:f(?o) AS ?x) { ?s :p ?o } ORDER BY :g(?o) VALUES ?o { :v }": ("p", ""),
    "CONSTRUCT { ?s :template ?o ; a :Template } WHERE { ?s :p ?o ; a :C }": ("p", "C"),
    "CONSTRUCT WHERE { ?s :p ?o }": ("p", ""),
    "CONSTRUCT { ?s ?p ?o } FROM :g FROM NAMED <http://e.org/h> WHERE { ?s :p ?o }": ("p", ""),
    "DESCRIBE :thing ?s WHERE { ?s :p ?o }": ("p", ""),
    "DESCRIBE :thing": ("", ""),
    "ASK { ?s ?p :o ; <http://e.org/q> <http://e.org/x> }": ("q", ""),
    "ASK { ?s :p -1 , +2 , - 3 . ?s :q ?x }": ("p q", ""),
}


@pytest.mark.parametrize("query", QUERIES)
def test_the_terms_of_patterns_are_found(query: str) -> None:
    properties, classes = (frozenset(f"http://e.org/{name}" for name in names.split()) for names in QUERIES[query])
    assert named_terms(PROLOGUE + query) == PatternTerms(properties, classes)


@pytest.mark.parametrize(
    "text", ["ASK { ?s :p ?o } }", "ASK { ) }", "ASK { :p [ } ]", "ASK { ?s :p ?o } WHERE ( } )", "ASK { ?s nope:p 1 }"]
)
def test_brackets_that_do_not_match_and_unknown_prefixes_stay_errors(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check_query(PROLOGUE + text)


@pytest.mark.parametrize(
    "text", ["ASK { ?s :p", "ASK {{{ ?s :p :p :p :p", "SELECT ?x", "ASK { ; . , / | ^ }", "ASK a a a"]
)
def test_an_unfinished_query_does_no_harm(text: str) -> None:
    assert named_terms(PROLOGUE + text).classes == frozenset()


@pytest.mark.parametrize("file", sorted(shipped("queries").glob("*.rq")), ids=lambda file: file.stem)
def test_the_terms_of_example_queries_are_found(file: Path) -> None:
    named = named_terms(file.read_text(encoding="utf-8"), "https://w3id.org/tlevel/")
    assert named.properties
    assert {iri for iri in named.classes if "progression#" in iri and not iri.partition("#")[2][0].isupper()} == set()


def test_terms_that_no_statement_uses_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    store = EmbeddedStore.of(parse("<x:s> <x:p> <x:o> ; a <x:C> .", format=RdfFormat.TURTLE))
    named = PatternTerms(frozenset({"x:p", "x:q", "x:C"}), frozenset({"x:D", "x:o"}))
    assert unknown_terms(store, named) == ("x:C", "x:D", "x:o", "x:q")
    assert unknown_terms(store, named, known={"x:q", "x:D"}) == ("x:C", "x:o")
    monkeypatch.setattr(pattern_terms, "MAX_CHECKED_TERMS", 1)
    assert unknown_terms(store, named) == ("x:C",)
