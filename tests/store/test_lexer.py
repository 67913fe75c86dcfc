"""The tokens of SPARQL 1.1 Query, section 19.8, and nothing that has to be guessed."""

from __future__ import annotations

import pytest

from tlevel_rdf.errors import QueryRefusedError, QuerySyntaxError
from tlevel_rdf.limits import MAX_QUERY_CHARACTERS, MAX_QUERY_TOKENS
from tlevel_rdf.store.lexer import Kind, tokens, without_escapes


def cut(text: str) -> list[tuple[Kind, str]]:
    return [(token.kind, token.text) for token in tokens(text)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.IRI, "<>"),
        (Kind.IRI, "<http://e.org/a#b>"),
        (Kind.IRI, "<http://e.org/o'brien>"),
        (Kind.IRI, "<http://e.org/ŷ>"),
        (Kind.NAME, ":"),
        (Kind.NAME, "ex:"),
        (Kind.NAME, ":local"),
        (Kind.NAME, "a.b-c:d.e-f"),
        (Kind.NAME, "ex:123"),
        (Kind.NAME, "ex:a:b"),
        (Kind.NAME, "ex:%41b"),
        (Kind.NAME, r"ex:o\'brien\#1"),
        (Kind.NAME, "ex:tŷ"),
        (Kind.BLANK, "_:b"),
        (Kind.BLANK, "_:1.2"),
        (Kind.VARIABLE, "?x"),
        (Kind.VARIABLE, "$1_a"),
        (Kind.LANGUAGE, "@en"),
        (Kind.LANGUAGE, "@en-GB"),
        (Kind.NUMBER, "1"),
        (Kind.NUMBER, "1.5"),
        (Kind.NUMBER, ".5"),
        (Kind.NUMBER, "1e6"),
        (Kind.NUMBER, "1.e-6"),
        (Kind.STRING, "''"),
        (Kind.STRING, '"a"'),
        (Kind.STRING, r"'it\'s'"),
        (Kind.STRING, "'say \"hi\"'"),
        (Kind.STRING, "''''''"),
        (Kind.STRING, "'''a'b''c\n'''"),
        (Kind.STRING, '"""a"b""c\\""""'),
        (Kind.WORD, "select"),
        (Kind.WORD, "ENCODE_FOR_URI"),
        (Kind.SIGN, "^^"),
        (Kind.SIGN, "<="),
        (Kind.SIGN, "?"),
    ],
)
def test_each_kind_of_token_is_recognised(kind: Kind, text: str) -> None:
    assert cut(text) == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("?x<?y", ["?x", "<", "?y"]),
        ("?x < ?y", ["?x", "<", "?y"]),
        # By the grammar the longest token wins, and this is an IRI.
        ("?x<?y&&?z>?w", ["?x", "<?y&&?z>", "?w"]),
        ("ex:a.", ["ex:a", "."]),
        ("ex:a...b", ["ex:a...b"]),
        ("_:b.", ["_:b", "."]),
        ("?s a?o", ["?s", "a", "?o"]),
        ("'a'@en.", ["'a'", "@en", "."]),
        ("'a'^^ex:t", ["'a'", "^^", "ex:t"]),
        ("''''a'''", ["''''a'''"]),
        ("'a''b'", ["'a'", "'b'"]),
        ("1.?x", ["1", ".", "?x"]),
        ("1.5.6", ["1.5", ".6"]),
        ("true.FILTER", ["true", ".", "FILTER"]),
        ("ex:p?o", ["ex:p", "?o"]),
        ("ex:p? ?o", ["ex:p", "?", "?o"]),
        ("?x # 'no string\n?y", ["?x", "?y"]),
        ("?x#?y", ["?x"]),
        ("<a#b>#c", ["<a#b>"]),
        ("'#'?x", ["'#'", "?x"]),
        ("\t ?x\r\n", ["?x"]),
        ("", []),
    ],
)
def test_tokens_are_as_long_as_the_grammar_allows(text: str, parts: list[str]) -> None:
    assert [part for _, part in cut(text)] == parts


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("'a", "line 1, column 1"),
        ("?x\n 'a\nb'", "line 2, column 2"),
        (r"'\q'", "line 1, column 1"),
        ("'''a' } \\q '''", "line 1, column 1"),
        ("'''a", "line 1, column 1"),
        ("'''a''''", "line 1, column 8"),
        ("?x ~", "line 1, column 4"),
        ("?x\u00a0?y", "line 1, column 3"),
        ("\ufeffSELECT", "line 1, column 1"),
        ("SELECTDISTINCT ?x", "line 1, column 1"),
        ("?x LATERAL", "line 1, column 4"),
        ("<<?a ?b ?c>>", "line 1, column 1"),
        ("@", "line 1, column 1"),
    ],
)
def test_text_that_is_no_token_is_an_error_with_its_place(text: str, place: str) -> None:
    with pytest.raises(QuerySyntaxError, match=place):
        cut(text)


def test_too_many_tokens_are_an_error() -> None:
    assert len(cut("?x " * MAX_QUERY_TOKENS)) == MAX_QUERY_TOKENS
    with pytest.raises(QueryRefusedError, match="more than"):
        cut("?x " * (MAX_QUERY_TOKENS + 1))


LONG = ["a." * 5_000, "a" * 100_000, "'" * 99_999, "?x" + "." * 5_000, "ex:" + "." * 5_000, "<" + "a" * 99_999]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_no_text_is_slow_to_divide(text: str) -> None:
    # Each takes some milliseconds; a pattern that went back over its text would take minutes.
    try:
        cut(text)
    except (QuerySyntaxError, QueryRefusedError):
        return


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("?x", "?x"),
        (r"'\u0041'", "'A'"),
        (r"\u003Fx", "?x"),
        (r"'\U0001F600'", "'\U0001f600'"),
        (r"'\n\u0020'", r"'\n '"),
        (r"'\\n'", r"'\\n'"),
        (r"'C:\users'", r"'C:\users'"),
        # Three backslashes are an escaped one and that of the escape, however they are read.
        (r"'\\\u0041'", r"'\\A'"),
        (r"'\\\\\u0041'", r"'\\\\A'"),
        # Nothing in a comment is read, but the end of its line.
        (r"?x # \\u0041 C:\users", r"?x # \\u0041 C:\users"),
        (r"?x # \u005CU00000031", r"?x # \U00000031"),
        (r"# '\u000A?x", "# '\n?x"),
    ],
)
def test_codepoint_escapes_are_replaced_first(text: str, plain: str) -> None:
    assert without_escapes(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        *(r"'\\u0041'", r"\u005Cu0041", r"\u005C\u005Cu0041"),
        # An escape must not yield a part of another one.
        *(r"?s ?p \u005CU00000031 .", r"?s ?p \U0000005Cu0031 .", r"'\u00\U0000003061'", r"'\U0000\u00300061'"),
    ],
)
def test_escapes_that_can_be_read_in_two_ways_are_an_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="backslash"):
        without_escapes(text)


@pytest.mark.parametrize("text", [r"'\uD83D\uDE00'", r"\U00110000", "'\ud83d'"])
def test_an_escape_of_no_character_is_an_error(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"surrogate|character"):
        without_escapes(text)


def test_too_long_a_text_is_an_error() -> None:
    assert without_escapes(" " * MAX_QUERY_CHARACTERS)
    with pytest.raises(QueryRefusedError, match="the limit is"):
        without_escapes(" " * (MAX_QUERY_CHARACTERS + 1))
