"""Syntax errors of queries: the engine's message, with the line and column of the token at fault.

The engine looks for a keyword by reading as many characters as the keyword has, and reports the furthest position that
it reached: often on a later line, or the end of a short query. So it parses the query again, with so many spaces
between the tokens that the reported position lies in the gap just after the token that it rejected.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import pyoxigraph

from tlevel_rdf.errors import QuerySyntaxError
from tlevel_rdf.store.lexer import WORDS, Kind, Token, syntax_error, tokens, without_escapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Longer than any keyword.
_GAP: Final = " " * (max(map(len, WORDS)) + 1)
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
#: A sentence among the expected tokens, which states the error.
_SENTENCE: Final = re.compile("[a-z]{2,} [a-z]{2,}")
_SIGN: Final = re.compile(r'"([^\w"]+)"')
_UNGROUPED: Final = "The SELECT contains a variable that is unbound"
_AFTER_GROUP_BY: Final = frozenset({"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
_AFTER_PROJECTION: Final = frozenset({"FROM", "WHERE", "{"})


def locate_syntax_error(error: SyntaxError, text: str, engine_text: str, base: str) -> QuerySyntaxError:
    """Return a syntax error with its line and column in the query as the client wrote it.

    Args:
        error: the engine's error.
        text: the query as the client wrote it; it divides into tokens.
        engine_text: the query as the engine got it: the same tokens, or others in their place.
        base: the base IRI that the engine got.
    """
    parsed = _parse_spaced([token.text for token in tokens(engine_text)], base)
    if parsed is None:
        return QuerySyntaxError(str(error), hint="see SPARQL 1.1 Query, section 19.8")
    plain = without_escapes(text)
    written = list(tokens(plain))
    index, message = _explain(written, *parsed)
    place = written[index].start if index < len(written) else written[-1].start + len(written[-1].text)
    return syntax_error(plain, place, message)


def _parse_spaced(texts: Sequence[str], base: str) -> tuple[int, list[str]] | None:
    """Return the index of the token that the engine rejects and what it expected; at the end, the number of tokens."""
    spaced = "".join(f"{token}{_GAP}" for token in texts)
    try:
        pyoxigraph.Store().query(spaced, base_iri=base or None)
    except RuntimeError:
        return None
    except SyntaxError as error:
        place = _PLACE.match(str(error))
    else:
        return None
    if place is None:
        return None
    line, column, expected = int(place[1]), int(place[2]), place[3]
    offset = sum(len(before) + 1 for before in spaced.split("\n")[: line - 1]) + column - 1
    ends = list(accumulate(len(token) + len(_GAP) for token in texts))
    return bisect_right(ends, offset), expected.removeprefix("expected ").removeprefix("one of ").split(", ")


def _explain(written: Sequence[Token], index: int, expected: Sequence[str]) -> tuple[int, str]:
    """Return the index of the token at fault, and a message."""
    at = written[index].text if index < len(written) else ""
    if _UNGROUPED in expected and (found := _ungrouped(written)) is not None:
        return found, f"{written[found].text} is neither in GROUP BY nor in an aggregate"
    if reasons := [item for item in expected if _SENTENCE.search(item)]:
        about_select = not at and any("SELECT" in item for item in reasons)
        return _first(written, "SELECT") if about_select else index, "; ".join(reasons)
    # A bracket that cannot close, though a pattern could follow, holds a BIND to a variable that is already bound.
    if at == "}" and "OPTIONAL" in expected:
        bound = _bound_twice(written, index)
        variable = written[bound].text if bound != index else "a variable"
        return bound, f"BIND gives {variable} a value, but it already has one"
    if at.startswith("_:") and "<unreported>" in expected:
        return index, f"{at} is also in another group"
    sign = _SIGN.fullmatch(expected[0]) if len(expected) == 1 else None
    if sign:
        return index, f"{sign[1]!r} is missing here"
    return index, f"unexpected {at[:30]}" if at else "the query ends too early"


def _first(written: Sequence[Token], word: str) -> int:
    return next((number for number, token in enumerate(written) if token.word == word), 0)


def _ungrouped(written: Sequence[Token]) -> int | None:
    """Return the index of the first variable of the outer SELECT that is not in its GROUP BY."""
    last = max((number for number, token in enumerate(written) if token.word == "GROUP"), default=len(written))
    grouped = {token.text[1:] for token in _until(written[last:], _AFTER_GROUP_BY) if token.kind is Kind.VARIABLE}
    depth = 0
    begin = _first(written, "SELECT")
    for number, token in enumerate(_until(written[begin:], _AFTER_PROJECTION), start=begin):
        depth += (token.word == "(") - (token.word == ")")
        if token.kind is Kind.VARIABLE and not depth and token.text[1:] not in grouped:
            return number
    return None


def _until(written: Sequence[Token], words: frozenset[str]) -> Iterator[Token]:
    for token in written:
        if token.word in words:
            return
        yield token


def _bound_twice(written: Sequence[Token], close: int) -> int:
    """Return the index of a variable of BIND in the group that ends at `close`, if it occurs earlier in that group."""
    depth, begin = 1, close
    while depth and begin:
        begin -= 1
        depth += (written[begin].word == "}") - (written[begin].word == "{")
    seen: set[str] = set()
    bind: set[str] | None = None
    for number in range(begin + 1, close):
        token = written[number]
        depth += (token.word == "{") - (token.word == "}")
        if token.word == "BIND" and not depth:
            bind = set(seen)
        elif token.kind is Kind.VARIABLE:
            name = token.text[1:]
            if bind is not None and written[number - 1].word == "AS" and not depth:
                if name in bind:
                    return number
                bind = None
            seen.add(name)
    return close
