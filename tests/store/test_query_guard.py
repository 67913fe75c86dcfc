"""What may be asked: queries, and no SERVICE however it is spelt."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing import fuzz
from tlevel_rdf.errors import QueryRefusedError, QuerySyntaxError
from tlevel_rdf.store.base import Query, QueryForm, Syntax
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.store.query_guard import check_query

#: Port 9 is one that the engine never asks, so an attempt shows as an error and no packet is sent.
PROLOGUE = """\
PREFIX : <http://localhost:9/> PREFIX ex: <http://localhost:9> PREFIX service: <http://localhost:9/>
PREFIX serviceex: <a:b#> PREFIX SERVICE: <http://localhost:9/>
"""
ELSEWHERE = "<http://localhost:9/>"


def query(body: str) -> str:
    return f"{PROLOGUE} SELECT * {{ {body} }}"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", QueryForm.SELECT),
        ("select*{}", QueryForm.SELECT),
        ("ASK {}", QueryForm.ASK),
        ("BASE <http://e.org/> PREFIX ex: <x> BASE <y> CONSTRUCT WHERE {}", QueryForm.CONSTRUCT),
        ("# SELECT\n DESCRIBE <a:b>", QueryForm.DESCRIBE),
        (r"\u0041SK {}", QueryForm.ASK),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(text: str, form: QueryForm) -> None:
    assert check_query(text).form is form


@pytest.mark.parametrize(
    "text",
    [
        # A function of one's own is legal; the engine reports that it does not have it.
        "PREFIX f: <http://e.org/> SELECT (f:twice(?a + ?b) AS ?c) ?d {}",
        r"ASK { ?s ?p 'a\u0062c' }",
        r"ASK { ?s ?p 'a\\\u0062c' }",
        r"PREFIX e: <http://e.org/> ASK { ?s ?p e:a\u005C=b }",
        r"SELECT\U00000009*\u000A{ }",
        r"ASK { } # \\u0041 \u005Cu0041",
    ],
)
def test_a_legal_query_passes(text: str) -> None:
    check_query(text)


@pytest.mark.parametrize(
    "text",
    [
        # Only one pass: the backslash of one escape does not begin another.
        r"ASK { ?s ?p \u005Cu0031 }",
        r"ASK { ?s ?p \U0000005CU00000031 }",
        r"ASK { ?s ?p '\u005Cu0031' }",
        r"ASK { ?s ?p '\u005C\u0041' }",
        r'ASK { ?s ?p "\u0022" }',
        r"ASK { } # \u000A }",
        r"ASK { ?s ?p '\uDC00' }",
    ],
)
def test_an_illegal_query_does_not_pass(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check_query(text)


def test_many_escapes_and_backslashes_take_no_long_time() -> None:
    check_query("ASK {} # " + r"\u0041" * 80_000)
    check_query("ASK {} # " + "\\" * 400_000 + "u0041")


@pytest.mark.parametrize("word", ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"])
def test_an_update_is_refused(word: str) -> None:
    with pytest.raises(QuerySyntaxError, match=f"{word} begins an update, not a query"):
        check_query(f"PREFIX ex: <http://e.org/> {word.lower()} DATA {{ ex:a ex:b ex:c }}")


@pytest.mark.parametrize(
    "text", ["", "# only a comment", "PREFIX ex: <http://e.org/>", "WHERE {}", "?x", "PREFIX ex <a:b>"]
)
def test_a_text_that_does_not_begin_as_a_query_is_an_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check_query(text)


@pytest.mark.parametrize("name", sorted(example_queries()))
def test_the_engine_gets_every_example_query_unchanged(name: str) -> None:
    text = example_queries()[name].text
    assert check_query(text).text == text


def any_case(word: str) -> st.SearchStrategy[str]:
    """The word in any case, any of its letters written as a codepoint escape."""
    letters = [st.sampled_from([c.upper(), c.lower()]) for c in word]

    def spell(pairs: list[tuple[str, int]]) -> str:
        return "".join((c, f"\\u{ord(c):04x}", f"\\U{ord(c):08X}")[how] for c, how in pairs)

    return st.tuples(*(st.tuples(letter, st.integers(0, 2)) for letter in letters)).map(list).map(spell)


GAPS = st.sampled_from(["", " ", "\n\t ", "# 'comment\n", "#\r", " \\u0020 "])
BEFORE = st.sampled_from(
    [
        *("", "?s ?p ?o .", "?s ?p 'it''s' .", "{}", "'''", "?s ?p 1 .", "FILTER(?x < 2)", "FILTER(?x <2 || ?y> 3)"),
        *("#\n", "?s ?p ex:a;", "OPTIONAL {", "VALUES ?x { '#' }", "?s a :b .", "FILTER(?x<'>')", "?s ?p <a:b#c> ."),
    ]
)
ENDPOINTS = st.sampled_from([ELSEWHERE, ":x", "?endpoint", "ex:1", f"SILENT {ELSEWHERE}", "silent ?x"])


@fuzz(400)
@given(BEFORE, GAPS, any_case("SERVICE"), GAPS, ENDPOINTS)
def test_service_is_refused_however_it_is_spelt(before: str, gap: str, word: str, after: str, endpoint: str) -> None:
    if not after and endpoint[0] not in "<?":
        after = " "  # else the word would be another
    with pytest.raises((QueryRefusedError, QuerySyntaxError)) as caught:
        check_query(query(f"{before}{gap} {word}{after}{endpoint} {{ ?s ?p ?o }}"))
    if before not in {"'''", "FILTER(?x<'>')", "?s ?p 'it''s' ."}:
        assert isinstance(caught.value, QueryRefusedError)
        assert "SERVICE" in caught.value.message


KEYWORDS = st.sampled_from(["SERVICE", "service", "} SERVICE <a:b> {", "x SERVICE", "SeRvIcE :x {}", "silent"])


@fuzz(300)
@given(KEYWORDS, st.sampled_from(["'{}'", '"{}"', "'''a'{}'''", '"""{}\n"""', "'\\'{}'", "'#{}'", "'{}'@en"]))
def test_a_string_may_say_service(word: str, string: str) -> None:
    assert check_query(query(f"?s ?p {string.format(word)}")).form is QueryForm.SELECT


@fuzz(100)
@given(KEYWORDS, st.sampled_from(["#{}\n", "?s ?p ?o #'{}\r", "#{}"]))
def test_a_comment_may_say_service(word: str, comment: str) -> None:
    text = f"{PROLOGUE} SELECT * {{ {comment.format(word)}\n }} # {word}"
    assert check_query(text).form is QueryForm.SELECT


@pytest.mark.parametrize(
    "body",
    [
        "?service ?SERVICE $service",
        "?s ?p <http://e.org/SERVICE>, <service:x#SERVICE>",
        "?s service:x SERVICE:y",
        "service:x service: :service .",
        "?s ?p service:x { ?s ?p ?o }",
        "GRAPH service:x { ?s ?p ?o }",
        "_:service ?p 'a'@service",
        "?s :a.SERVICE ?o",
        "VALUES ?x { service:x 'SERVICE' }",
    ],
)
def test_names_may_contain_the_word_service(body: str) -> None:
    pyoxigraph.Store().query(check_query(query(body)).text)


@pytest.mark.parametrize(
    "body",
    [
        "service:x { ?s ?p ?o }",
        "SERVICEex:y { ?s ?p ?o }",
        "?s ?p ?o service:x { ?s ?p ?o }",
        "?s ?p ?o ; service:x { ?s ?p ?o }",
        "?s ex:1SERVICE:x { ?s ?p ?o }",
        "?s ex:1SERVICE :x { ?s ?p ?o }",
        "FILTER(?x<'>') SERVICE :x {} FILTER(?x = '')",
        "FILTER(?x<a:#> '''\n) SERVICE :x {} #'''\n",
        "VALUES ?x {'''a' } SERVICE :x {} #\\q '''}",
        "VALUES ?x { '\\\\u0027 } SERVICE :x {} #' }",
        'VALUES ?x { "\\u005Cu0022 } SERVICE :x {} #" }',
        "trueSERVICE :x {}",
        "FILTER(?x serviceex:y '''\n) SERVICE :x {} #'''\n",
    ],
)
def test_the_engine_finds_no_service_where_the_grammar_has_none(body: str) -> None:
    # What the engine makes of some of these texts as they stand is a request.
    try:
        checked = check_query(query(body))
    except (QueryRefusedError, QuerySyntaxError):
        return
    try:
        list(pyoxigraph.Store().query(checked.text))  # type: ignore[arg-type]  # a SELECT gives rows
    except SyntaxError:
        return


PIECES = st.sampled_from(
    [
        *("SERVICE", "service:x", "SERVICE:", "{", "}", "(", ")", "'", '"', "'''", '"""', "\\", "\\q", "#", "<", ">"),
        *(
            "<'>",
            "<a:b#",
            "?x",
            ":y",
            "ex:1SERVICE:x",
            "1",
            "'a'",
            "@en",
            "^^",
            "FILTER(",
            "VALUES ?x {",
            "=",
            ".",
            ";",
        ),
        *("SILENT", "\\u0027", "\\u0053", "\\u005C", "u0027", "\\\\", "\n", " ", " ", ELSEWHERE, "?s ?p ?o .", "true"),
        *("SERVICE :y {}", f"service {ELSEWHERE} {{}}", "UNION", "IN (", "serviceex:y", ","),
    ]
)


@pytest.mark.no_cover
@fuzz(1500)
@given(st.lists(PIECES, min_size=2, max_size=12), st.sampled_from(["", "http://localhost:9/"]))
def test_no_query_that_passes_reaches_another_endpoint(pieces: list[str], base: str) -> None:
    try:
        checked = check_query(query("".join(pieces)), base)
    except (QueryRefusedError, QuerySyntaxError):
        return
    try:
        rows = pyoxigraph.Store().query(checked.text, base_iri=base or None)
        list(rows)  # type: ignore[arg-type]  # a SELECT gives rows
    except SyntaxError:
        return


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s tlp:level ?o }", r"line 1, column 15: the prefix 'tlp:' is not declared"),
        ("SELECT * {\n ?s a ?o } }", r"line 2, column 12: '}' closes nothing"),
        ("SELECT * { ( ]", r"line 1, column 14: ']' closes nothing"),
        ("SELECT * { FILTER(?x<'>1) }", "line 1, column 21: <'> is relative"),
        ("BASE <a:b> SELECT * { FILTER(?x<'>1) }", "put a space after '<'"),
        ("SELECT * { ?s <p> ?o }", "line 1, column 15: <p> is relative"),
        ("PREFIX ex: <p> BASE <a:b> SELECT * {}", "line 1, column 12: <p> is relative"),
        ("PREFIX ex: <http://[> SELECT * {}", r"line 1, column 12: <http://\[> is not an IRI"),
        ("SELECT *\nFROM <http://[> {}", r"line 2, column 6: <http://\[> is not an IRI"),
        ("BASE <a:b> SELECT * FROM <//[> {}", r"line 1, column 26: <//\[> is not an IRI"),
    ],
)
def test_an_error_has_its_line_and_column(text: str, message: str) -> None:
    with pytest.raises(QuerySyntaxError, match=message):
        check_query(text)


@pytest.mark.parametrize(
    ("text", "default", "named"),
    [
        ("ASK {}", (), ()),
        ("ASK FROM <x:a> FROM NAMED <x:b> FROM <x:c> {}", ("x:a", "x:c"), ("x:b",)),
        ("PREFIX e: <x:e/> PREFIX : <x:> ASK from e:a FROM named :\\-b FROM e: {}", ("x:e/a", "x:e/"), ("x:-b",)),
        (
            "ASK FROM <a> FROM <> FROM <../b?c#d> {}",
            ("http://e.org/a", "http://e.org/sparql", "http://e.org/b?c#d"),
            (),
        ),
        (
            "BASE <x/> PREFIX p: <y#> BASE <z/> ASK FROM p:a FROM <b> {}",
            ("http://e.org/x/y#a", "http://e.org/x/z/b"),
            (),
        ),
    ],
)
def test_the_graphs_of_from_are_found(text: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    checked = check_query(text, "http://e.org/sparql")
    assert (checked.default_graphs, checked.named_graphs) == (default, named)


def test_a_name_that_holds_service_has_the_base_of_its_prefix() -> None:
    text = "BASE <http://a/> PREFIX p: <x#> BASE <http://b/> SELECT (p:service AS ?a) (p:other AS ?b) {}"
    answer = EmbeddedStore.of(()).query(Query(text), Syntax.TSV).split()
    assert answer[2:] == [b"<http://a/x#service>", b"<http://a/x#other>"]


@pytest.mark.parametrize("call", ["RAND()", "now()", "UUID()", "StrUUID ()", "BNODE('a')", r"\u004eOW()"])
@pytest.mark.parametrize("body", ["BIND({} AS ?x)", "FILTER({} = 1)", "{{ SELECT ({} AS ?x) {{}} }}"])
def test_a_query_with_a_changing_function_is_volatile(call: str, body: str) -> None:
    assert check_query(query(body.format(call))).is_volatile


@pytest.mark.parametrize(
    "body",
    [
        "?s ?p 'RAND()' , \"NOW()\" , '''UUID()'''",
        "?s ?p ?o # NOW()\n",
        "?now ?rand ?uuid",
        "?s <http://e.org/NOW> ex:RAND , :uuid",
        "_:now ?p 'x'@rand",
        "BIND(YEAR(?x) AS ?y)",
    ],
)
def test_any_other_query_is_not_volatile(body: str) -> None:
    assert not check_query(query(body)).is_volatile
