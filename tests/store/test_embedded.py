"""The embedded store: results as bytes and as rows, graphs and descriptions."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyoxigraph
import pytest
import rdflib
import rdflib.compare
from pyld import jsonld
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from tlevel_rdf.errors import (
    AnswerTooLargeError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryUnsupportedError,
    ReleaseError,
    UnwritableError,
)
from tlevel_rdf.store import embedded
from tlevel_rdf.store.base import Query, Solutions, Syntax
from tlevel_rdf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.store.base import Row, Store

Graphs = tuple[str, ...]

E = "http://e.org/"
QUADS = """
<http://e.org/a> <http://e.org/p> "1"@en .
<http://e.org/a> <http://e.org/p> "1"@en <http://e.org/g1> .
<http://e.org/a> <http://e.org/p> "1"@en <http://e.org/g2> .
<http://e.org/a> <http://e.org/q> <http://e.org/b> <http://e.org/g1> .
<http://e.org/b> <http://e.org/q> <http://e.org/a> <http://e.org/g2> .
"""
COUNT = "SELECT (COUNT(*) AS ?n) {dataset} {{ {pattern} }}"
TRIPLE = "?s ?p ?o"
QUAD = "GRAPH ?g { ?s ?p ?o }"


def quads() -> list[Quad]:
    return list(pyoxigraph.parse(QUADS, format=RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def small() -> EmbeddedStore:
    return EmbeddedStore.of(quads())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store as a build writes it: named graphs, and each of their triples in the default graph."""
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.bulk_extend(q for quad in quads() for q in (quad, Quad(quad.subject, quad.predicate, quad.object)))
    store.flush()
    return tmp_path / "store"


def count(store: Store, pattern: str, dataset: str = "", graphs: tuple[Graphs, Graphs] = ((), ())) -> int:
    query = Query(COUNT.format(dataset=dataset, pattern=pattern), *graphs)
    return int(store.query(query, Syntax.CSV).split()[1])


def test_the_default_graph_has_each_triple_once(small: EmbeddedStore) -> None:
    assert count(small, TRIPLE) == 3
    assert count(small, QUAD) == 4


@pytest.mark.parametrize(
    ("dataset", "graphs", "counts"),
    [
        (f"FROM <{E}g1>", ((), ()), (2, 0)),
        (f"FROM NAMED <{E}g1>", ((), ()), (0, 2)),
        (f"FROM <{E}g2> FROM NAMED <{E}g1>", ((), ()), (2, 2)),
        ("FROM <http://127.0.0.1:9/absent>", ((), ()), (0, 0)),
        ("", ((f"{E}g1",), ()), (2, 0)),
        ("", ((), (f"{E}g1",)), (0, 2)),
        ("", ((f"{E}g2",), (f"{E}g1",)), (2, 2)),
        ("", ((f"{E}absent",), ()), (0, 0)),
        # What the protocol names comes before what the query names (SPARQL 1.1 Protocol, section 2.1.4).
        (f"FROM <{E}g1> FROM NAMED <{E}g1>", ((f"{E}absent",), ()), (0, 0)),
        (f"FROM <{E}absent>", ((f"{E}g1",), (f"{E}g2",)), (2, 2)),
        # Several graphs are merged: a triple in two of them is one (SPARQL 1.1 Query, section 13.2.1).
        (f"FROM <{E}g1> FROM <{E}g2>", ((), ()), (3, 0)),
        (f"FROM <{E}g1> FROM <{E}g1>", ((), ()), (2, 0)),
        (f"FROM <{E}g1> FROM <{E}g2> FROM NAMED <{E}g2>", ((), ()), (3, 2)),
        (f"FROM <{E}g1> FROM NAMED <{E}g1> FROM NAMED <{E}g2> FROM NAMED <{E}g2>", ((), ()), (2, 4)),
        ("", ((f"{E}g1", f"{E}g2"), ()), (3, 0)),
        ("", ((f"{E}g1", f"{E}g1"), ()), (2, 0)),
        ("", ((f"{E}g2", f"{E}g1"), (f"{E}g1",)), (3, 2)),
        (f"FROM <{E}absent>", ((f"{E}g1", f"{E}g2"), ()), (3, 0)),
    ],
)
def test_a_query_runs_on_the_graphs_that_the_request_or_it_names(
    small: EmbeddedStore, dataset: str, graphs: tuple[Graphs, Graphs], counts: tuple[int, int]
) -> None:
    assert (count(small, TRIPLE, dataset, graphs), count(small, QUAD, dataset, graphs)) == counts


def test_a_graph_is_found_by_any_spelling_of_its_name(small: EmbeddedStore) -> None:
    ask = "SELECT (COUNT(*) AS ?n) FROM {} FROM {} {{ ?s ?p ?o }}"
    prologue = "BASE <http://e.org/service/> PREFIX service: <../> BASE <http://e.org/>"
    for one, other in (("<g1>", "<g2>"), ("service:g1", "service:g2"), ("<./g1>", "service:\\u0067\\u0032")):
        assert small.query(Query(f"{prologue} {ask.format(one, other)}"), Syntax.CSV).split()[1] == b"3"


def test_a_blank_node_of_two_graphs_is_one_node_where_they_are_merged() -> None:
    data = "@prefix : <http://e.org/> . :g1 { _:a :p 1 . _:b :p 1 } :g2 { _:a :p 1 ; :q 2 }"
    store = EmbeddedStore.of(pyoxigraph.parse(data, format=RdfFormat.TRIG))
    assert count(store, TRIPLE, f"FROM <{E}g1> FROM <{E}g2>") == 3
    assert count(store, "?s ?p 1 ; ?q 2", f"FROM <{E}g1> FROM <{E}g2>") == 1


def test_a_merge_is_not_kept_for_other_graphs(small: EmbeddedStore) -> None:
    for _ in range(2):
        assert count(small, TRIPLE, f"FROM <{E}g1> FROM <{E}g2>") == 3
        assert count(small, TRIPLE, f"FROM <{E}g2> FROM <{E}absent>") == 2
        assert count(small, QUAD, f"FROM <{E}g1> FROM <{E}g2> FROM NAMED <{E}g1>") == 2
        assert count(small, TRIPLE) == 3


def test_a_graph_name_that_is_not_an_iri_is_refused(small: EmbeddedStore) -> None:
    with pytest.raises(QueryRefusedError, match="is not an IRI"):
        count(small, TRIPLE, graphs=(("not an iri",), ()))


def test_the_sizes_of_graphs_are_known_and_an_empty_store_has_none(small: EmbeddedStore) -> None:
    assert small.graph_sizes() == {"": 3, f"{E}g1": 2, f"{E}g2": 2}
    assert EmbeddedStore.of(()).graph_sizes() == {}


def test_rows_are_written_in_each_syntax() -> None:
    store = EmbeddedStore.of(())
    text = """SELECT ?a ?b { VALUES (?a ?b) { (1 "tŷ, \\"x\\"\\n<&>"@cy) (<http://e.org/a> UNDEF) } }"""
    answer = {syntax: store.query(Query(text), syntax) for syntax in Syntax if not syntax.is_graph}

    bindings = json.loads(answer[Syntax.JSON])["results"]["bindings"]
    assert bindings[0]["b"] == {"type": "literal", "value": 'tŷ, "x"\n<&>', "xml:lang": "cy"}
    assert "b" not in bindings[1]

    root = ET.fromstring(answer[Syntax.XML])  # noqa: S314 - it is our own
    texts = [node.text for node in root.iter("{http://www.w3.org/2005/sparql-results#}literal")]
    assert texts == ["1", 'tŷ, "x"\n<&>']

    rows = list(csv.reader(io.StringIO(answer[Syntax.CSV].decode(), newline="")))
    assert rows == [["a", "b"], ["1", 'tŷ, "x"\n<&>'], ["http://e.org/a", ""]]

    assert answer[Syntax.TSV].decode() == '?a\t?b\n1\t"tŷ, \\"x\\"\\n<&>"@cy\n<http://e.org/a>\t\n'


VALUES = """SELECT ?b ?a { VALUES (?a ?b) {
  (1 "tŷ, \\"x\\"\\n<&>"@cy) (<http://e.org/a> UNDEF) (1.50 "2026-11-22"^^<http://www.w3.org/2001/XMLSchema#date>)
  (true "x"^^<http://e.org/type>) ("\\u0001" "")
} }"""


def test_rows_are_those_of_the_json_result(folder: Path) -> None:
    store = EmbeddedStore.open(folder)
    for text in (VALUES, f"SELECT * {{ {TRIPLE} }}", "SELECT ?o (BNODE() AS ?n) { ?s ?p ?o }", "SELECT ?x {}"):
        parsed = pyoxigraph.parse_query_results(
            store.query(Query(text), Syntax.JSON), pyoxigraph.QueryResultsFormat.JSON
        )
        solutions = store.select(Query(text))
        assert isinstance(parsed, pyoxigraph.QuerySolutions)
        assert isinstance(solutions, Solutions)
        assert solutions.variables == tuple(variable.value for variable in parsed.variables)
        expected = [{name: row[name] for name in solutions.variables} for row in parsed]
        assert [without_blank_nodes(row) for row in solutions.rows] == [without_blank_nodes(row) for row in expected]


def without_blank_nodes(row: Row) -> Row:
    """Replace blank nodes, whose labels differ between two runs of a query."""
    return {name: None if isinstance(term, BlankNode) else term for name, term in row.items()}


@pytest.mark.parametrize(("pattern", "answer"), [("?s ?p ?o", True), ("?s ?s ?s", False)])
def test_the_result_of_ask_is_a_truth_value(small: EmbeddedStore, pattern: str, *, answer: bool) -> None:
    assert small.select(Query(f"ASK {{ {pattern} }}")) is answer


def test_rows_come_from_the_graphs_of_the_query(small: EmbeddedStore) -> None:
    solutions = small.select(Query(f"SELECT ?s {{ {TRIPLE} FILTER(isIRI(?o)) }}", (f"{E}g1",)))
    assert solutions == Solutions(("s",), [{"s": NamedNode(f"{E}a")}])


def test_rows_are_bounded_as_the_bytes_of_a_result_are(small: EmbeddedStore) -> None:
    text = "SELECT ?x { VALUES ?x { " + "'0123456789' " * 100 + "} }"
    size = len(small.query(Query(text), Syntax.JSON))
    solutions = small.select(Query(text, max_bytes=size))
    assert isinstance(solutions, Solutions)
    assert len(solutions.rows) == 100
    with pytest.raises(AnswerTooLargeError, match="more than"):
        small.select(Query(text, max_bytes=size // 2))
    with pytest.raises(AnswerTooLargeError, match="more than"):
        small.select(Query("SELECT ?none { VALUES ?x { " + "1 " * 100 + "} }", max_bytes=200))


def test_a_graph_has_no_rows(small: EmbeddedStore) -> None:
    with pytest.raises(QueryRefusedError, match="DESCRIBE returns a graph"):
        small.select(Query("DESCRIBE <http://e.org/a>"))


def test_rows_of_a_query_with_an_error_are_an_error(small: EmbeddedStore) -> None:
    with pytest.raises(QuerySyntaxError, match="line 1, column 12"):
        small.select(Query("SELECT * { ) }"))
    with pytest.raises(QueryUnsupportedError):
        small.select(Query("SELECT * { BIND(<urn:f>(1) AS ?x) }"))


@pytest.mark.parametrize(
    ("syntax", "expected"),
    [
        (Syntax.JSON, '"boolean":true'),
        (Syntax.XML, "<boolean>true</boolean>"),
        (Syntax.CSV, "true"),
        (Syntax.TSV, "true"),
    ],
)
def test_a_truth_value_is_written_in_each_syntax(small: EmbeddedStore, syntax: Syntax, expected: str) -> None:
    assert expected in small.query(Query("ASK { ?s ?p ?o }"), syntax).decode()


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("SELECT * {}", Syntax.TURTLE),
        ("ASK {}", Syntax.JSON_LD),
        ("CONSTRUCT WHERE { ?s ?p ?o }", Syntax.JSON),
        ("DESCRIBE <http://e.org/a>", Syntax.CSV),
    ],
)
def test_a_syntax_of_another_form_is_refused(small: EmbeddedStore, text: str, syntax: Syntax) -> None:
    with pytest.raises(QueryRefusedError, match="cannot be written as"):
        small.query(Query(text), syntax)


GRAPH = """
PREFIX tlp: <https://w3id.org/tlevel/def/progression#> PREFIX e: <http://e.org/>
CONSTRUCT { e:b tlp:level 3 ; a tlp:Degree . e:a e:note "tŷ"@cy , [ e:p e:b ] . e:a e:note "tŷ"@cy }
WHERE { VALUES ?n { 1 2 } }
"""


def read_graph(store: EmbeddedStore, syntax: Syntax) -> rdflib.Graph:
    form = "json-ld" if syntax is Syntax.JSON_LD else str(syntax)
    if syntax in {Syntax.N_QUADS, Syntax.TRIG}:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=store.query(Query(GRAPH), syntax), format=form)
        graph = rdflib.Graph()
        graph += dataset.default_graph
        return graph
    return rdflib.Graph().parse(data=store.query(Query(GRAPH), syntax), format=form)


@pytest.mark.parametrize("syntax", [s for s in Syntax if s.is_graph])
def test_a_graph_is_the_same_in_each_syntax(small: EmbeddedStore, syntax: Syntax) -> None:
    read = read_graph(small, syntax)
    assert len(read) == 7
    assert rdflib.compare.isomorphic(read, read_graph(small, Syntax.N_TRIPLES))


def test_turtle_has_one_block_for_each_subject_and_only_the_prefixes_it_uses(small: EmbeddedStore) -> None:
    text = small.query(Query(GRAPH), Syntax.TURTLE).decode()
    assert text.count("@prefix") == 1
    assert "tlp:level 3" in text
    assert text.count("<http://e.org/b> a tlp:Degree") == 1
    assert text.count('"tŷ"@cy') == 1


def test_json_ld_is_read_the_same_by_another_processor(small: EmbeddedStore) -> None:
    document = json.loads(small.query(Query(GRAPH), Syntax.JSON_LD))
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"})
    theirs = rdflib.Graph().parse(data=lines, format="nt")
    assert rdflib.compare.isomorphic(theirs, read_graph(small, Syntax.N_TRIPLES))


def test_equal_queries_have_equal_results(small: EmbeddedStore) -> None:
    again = EmbeddedStore.of(reversed(quads()))
    for text in (GRAPH, f"DESCRIBE <{E}a> <{E}b>"):
        assert small.query(Query(text), Syntax.TURTLE) == again.query(Query(text), Syntax.TURTLE)


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("CONSTRUCT { <a:a> <http://e.org/1> 2 } {}", Syntax.RDF_XML),
        ("CONSTRUCT { <a:a> <http://e.org/p> '\\u0001' } {}", Syntax.RDF_XML),
        ("SELECT ('\\u0001' AS ?x) {}", Syntax.XML),
        ("SELECT ('\\uFFFF' AS ?x) {}", Syntax.XML),
    ],
)
def test_what_xml_excludes_is_unwritable(small: EmbeddedStore, text: str, syntax: Syntax) -> None:
    with pytest.raises(UnwritableError, match=r"cannot (express|hold)"):
        small.query(Query(text), syntax)


def test_a_blank_node_is_the_same_within_triples_and_outside() -> None:
    data = "PREFIX : <http://e.org/> _:a :p :o . :s :says <<( _:a :p :o )>> ."
    store = EmbeddedStore.of(pyoxigraph.parse(data, format=RdfFormat.TURTLE))
    answer = store.query(Query("CONSTRUCT WHERE { ?s ?p ?o }"), Syntax.N_TRIPLES).decode()
    assert answer.count("_:b0 ") == 2


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("SELECT (<urn:f>(1) AS ?x) {}", Syntax.JSON),
        ("ASK { ?s ?p ?o FILTER EXISTS { ?s ?p ?x FILTER(<urn:f>(?x)) } }", Syntax.JSON),
        ("CONSTRUCT { ?s ?p ?x } { ?s ?p ?o BIND(<urn:f>(?o) AS ?x) }", Syntax.TURTLE),
        ("DESCRIBE ?s { ?s ?p ?o FILTER(<urn:f>(?o)) }", Syntax.TURTLE),
        ("PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT (xsd:integer(1, 2) AS ?x) {}", Syntax.CSV),
    ],
)
def test_an_unknown_function_is_an_error_of_the_query(small: EmbeddedStore, text: str, syntax: Syntax) -> None:
    with pytest.raises(QueryUnsupportedError, match=r"custom function <(urn:f|.*XMLSchema#integer)>"):
        small.query(Query(text), syntax)


def test_a_damaged_store_is_reported_as_such(folder: Path) -> None:
    store = EmbeddedStore.open(folder)
    for file in folder.glob("*.sst"):
        damaged = bytearray(file.read_bytes())
        damaged[0] ^= 0xFF
        file.write_bytes(damaged)
    # Rows, and no aggregate: of damaged blocks the engine gathers errors for one until the memory is full.
    with pytest.raises(ReleaseError, match=r"the store is damaged: .*checksum"):
        store.query(Query(f"SELECT * {{ {TRIPLE} }}"), Syntax.JSON)
    with pytest.raises(ReleaseError, match=r"the store is damaged: .*checksum"):
        list(store.describe([f"{E}a"]))


def test_a_description_has_a_limit(monkeypatch: pytest.MonkeyPatch, small: EmbeddedStore) -> None:
    assert len(list(small.describe([f"{E}a"]))) == 3
    monkeypatch.setattr(embedded, "MAX_ANSWER_TRIPLES", 1)
    with pytest.raises(AnswerTooLargeError, match="more than 1 triples"):
        list(small.describe([f"{E}a"]))


@pytest.mark.xfail(reason="Oxigraph's pull request 1815 is in no release yet; see docs/decisions/0004")
@pytest.mark.parametrize("path", [f"<{E}absent> <{E}p>* ?x", f"?x <{E}p>* <{E}absent>", f"<{E}absent> <{E}p>? ?x"])
def test_a_path_of_length_zero_begins_at_any_term(small: EmbeddedStore, path: str) -> None:
    assert count(small, path) == 1


def test_service_never_reaches_the_engine(small: EmbeddedStore) -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE"):
        small.query(Query("SELECT * { SERVICE <http://127.0.0.1:9/> {} }"), Syntax.JSON)


def test_a_folder_is_opened_by_several_processes(folder: Path) -> None:
    store = EmbeddedStore.open(folder)
    ask = "import sys; from pathlib import Path; from tlevel_rdf.store.embedded import EmbeddedStore"
    code = f"{ask}; print(EmbeddedStore.open(Path(sys.argv[1])).graph_sizes()[''])"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"
    assert store.graph_sizes() == {"": 3, f"{E}g1": 2, f"{E}g2": 2}


def test_a_folder_without_a_store_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(ReleaseError):
            EmbeddedStore.open(path)
    assert not (tmp_path / "absent").exists()


def test_a_closed_store_answers_nothing(folder: Path) -> None:
    store = EmbeddedStore.open(folder)
    store.close()
    with pytest.raises(ReleaseError, match="closed"):
        store.query(Query("ASK {}"), Syntax.JSON)


def test_many_threads_can_query_one_store(small: EmbeddedStore) -> None:
    text = f"SELECT ?o {{ <{E}a> <{E}p> ?o }}"
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: small.query(Query(text), Syntax.TSV), range(200)))
    assert answers == {b'?o\n"1"@en\n'}


def test_a_long_list_of_values_is_answered() -> None:
    subjects = [NamedNode(f"{E}{n}") for n in range(2_000)]
    store = EmbeddedStore.of(Quad(s, NamedNode(f"{E}p"), Literal(1), NamedNode(f"{E}g")) for s in subjects)
    text = f"SELECT (COUNT(?s) AS ?n) {{ VALUES ?s {{ {' '.join(map(str, subjects))} }} ?s ?p ?o }}"
    assert store.query(Query(text), Syntax.CSV).split() == [b"n", b"2000"]
