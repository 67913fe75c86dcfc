"""Where a query is wrong and why: what the engine says of it, brought to the token that is at fault.

The engine looks for a keyword by taking as many characters as that has, and tells the furthest place that it came to:
often on a later line, and the end of the query where that is near. So it is asked again, with so many blanks between
all tokens that what it tells lies in the gap after the token that it could not take.
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
#: Among the tokens that the engine expected, a sentence says what is wrong.
_SENTENCE: Final = re.compile("[a-z]{2,} [a-z]{2,}")
_A_SIGN: Final = re.compile(r'"([^\w"]+)"')
_UNGROUPED: Final = "The SELECT contains a variable that is unbound"
_AFTER_GROUP_BY: Final = frozenset({"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
_AFTER_PROJECTION: Final = frozenset({"FROM", "WHERE", "{"})


def fault(error: SyntaxError, text: str, handed_on: str, base: str) -> QuerySyntaxError:
    """What is wrong with a query, with its line and column in the text as it was written.

    Args:
        error: what the engine said.
        text: as it was written; it can be cut into tokens.
        handed_on: to the engine: the same tokens, or others in their places.
        base: that the engine was given.
    """
    read = [token.text for token in tokens(handed_on)]
    said = _asked_again(read, base)
    if said is None:
        return QuerySyntaxError(str(error), hint="see SPARQL 1.1 Query, section 19.8")
    plain = without_escapes(text)
    written = list(tokens(plain))
    index, message = _told(written, *said)
    place = written[index].start if index < len(written) else written[-1].start + len(written[-1].text)
    return syntax_error(plain, place, message)


def _asked_again(read: Sequence[str], base: str) -> tuple[int, list[str]] | None:
    """The number of the token that the engine could not take, at the end how many there are; and what it would take."""
    spaced = "".join(f"{token}{_GAP}" for token in read)
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
    ends = list(accumulate(len(token) + len(_GAP) for token in read))
    return bisect_right(ends, offset), expected.removeprefix("expected ").removeprefix("one of ").split(", ")


def _told(written: Sequence[Token], index: int, expected: Sequence[str]) -> tuple[int, str]:
    """The number of the token to point at, and what to say."""
    at = written[index].text if index < len(written) else ""
    if _UNGROUPED in expected and (found := _ungrouped(written)) is not None:
        return found, f"{written[found].text} is neither in GROUP BY nor in an aggregate"
    if reasons := [said for said in expected if _SENTENCE.search(said)]:
        about_select = not at and any("SELECT" in said for said in reasons)
        return _first(written, "SELECT") if about_select else index, "; ".join(reasons)
    # Where a pattern could go on, its bracket can close, unless what it holds contradicts itself.
    if at == "}" and "OPTIONAL" in expected:
        bound = _bound_twice(written, index)
        variable = written[bound].text if bound != index else "a variable"
        return bound, f"BIND gives {variable} a value, and it has one already"
    if at.startswith("_:") and "<unreported>" in expected:
        return index, f"{at} stands in another group as well"
    sign = _A_SIGN.fullmatch(expected[0]) if len(expected) == 1 else None
    if sign:
        return index, f"{sign[1]!r} is missing before this place"
    return index, f"not expected: {at[:30]}" if at else "something is missing before this place"


def _first(written: Sequence[Token], word: str) -> int:
    return next((number for number, token in enumerate(written) if token.word == word), 0)


def _ungrouped(written: Sequence[Token]) -> int | None:
    """The first variable of the outer SELECT that its GROUP BY does not name."""
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
    """The variable of a BIND in the group that closes there, that stands before it in the group; else the bracket."""
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
