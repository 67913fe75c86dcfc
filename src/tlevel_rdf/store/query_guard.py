"""Checks of a query before any engine reads it: its form, its size, and whether it may run at all.

1. Updates are refused, and SERVICE, with which a client could make the server send requests to any address.
2. A query that would overflow the engine's stack is refused.
3. The text for the engine divides into tokens in one way only, so the engine reads what was checked here.

The check is one walk over the tokens. It does not parse: the engine reports most syntax errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode, RdfFormat, parse

from tlevel_rdf.errors import QueryRefusedError, QuerySyntaxError, QueryTooLargeError
from tlevel_rdf.limits import MAX_CHECKED_QUERIES, MAX_QUERY_NESTING, MAX_QUERY_STEPS
from tlevel_rdf.store.base import QueryForm
from tlevel_rdf.store.lexer import UPDATES, Kind, Token, syntax_error, tokens, without_escapes
from tlevel_rdf.store.pattern_terms import PatternTerms, PatternWalk

if TYPE_CHECKING:
    from collections.abc import Iterator

_TREE: Final = """
    . ; || && = != < > <= >= + - * / | ^ ! ? { [
    OPTIONAL UNION MINUS BIND VALUES FILTER GRAPH AS EXISTS IN SELECT
"""
#: Tokens that each make the engine's tree, and so its recursion, one step deeper.
_STEPS: Final = frozenset(_TREE.split())
_CLOSES: Final = {")": "(", "]": "[", "}": "{"}
_OPENS: Final = frozenset(_CLOSES.values())
_DATASET: Final = frozenset({"FROM", "NAMED"})
_FEDERATION: Final = frozenset({"SERVICE", "SILENT"})
#: The tokens before the `*` of a whole query (production 9), where the `*` is the second or third token.
_BEFORE_STAR: Final = frozenset({"SELECT", "DISTINCT", "REDUCED"})
#: Functions whose value changes between calls (SPARQL 1.1 Query, 17.4.2.9 to 17.4.2.13, 17.4.4.5 and 17.4.5.1).
_VOLATILE: Final = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})
#: Words and signs that can end a value in an expression.
_ENDS_A_VALUE: Final = frozenset({")", "]", "TRUE", "FALSE"})
_NAME: Final = Kind.NAME
_IRI: Final = Kind.IRI
_HAS_SCHEME: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
#: An IRI that cannot be read as a chain of comparisons: only an IRI has `//` after a colon.
_ONLY_AN_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://|<[^#']*>\Z")


class Size(NamedTuple):
    """The size of a query: its words and signs, its patterns and operators, and the depth of its brackets."""

    words: int = 0
    patterns: int = 0
    nesting: int = 0


_NO_SIZE: Final = Size()


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query that may run.

    Attributes:
        form: the form of the query.
        text: the text for the engine: the same query, without codepoint escapes.
        is_volatile: True if it calls a function whose value changes between calls, such as NOW().
        default_graphs: IRIs of the graphs in its FROM clauses.
        named_graphs: IRIs of the graphs in its FROM NAMED clauses.
        size: the size of the query.
        star: the position of its `*` in `text` if it begins with SELECT *; else None.
    """

    form: QueryForm
    text: str
    is_volatile: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    size: Size = _NO_SIZE
    star: int | None = None


# One request checks its query twice: the site needs the form, and the store checks every query.
@lru_cache(maxsize=MAX_CHECKED_QUERIES)
def check_query(text: str, base: str = "") -> CheckedQuery:
    """Check a query.

    Args:
        text: SPARQL 1.1 Query. It is divided into tokens but not parsed, so it may still have syntax errors.
        base: the IRI that relative IRIs before any BASE are resolved against; empty: they are an error.

    Raises:
        QuerySyntaxError: it cannot be divided into tokens, or does not begin as a query, such as an update.
        QueryRefusedError: it has SERVICE.
        QueryTooLargeError: it is over a limit.
    """
    plain = without_escapes(text)
    stream = tokens(plain)
    walk, first = _read_prologue(_Walk(plain, base), stream)
    form = _form(plain, first)
    walk.take(first)
    for token in stream:
        walk.take(token)
    size = Size(walk.words, walk.steps, walk.max_depth)
    graphs = tuple(walk.default_graphs), tuple(walk.named_graphs)
    return CheckedQuery(form, walk.text(), walk.is_volatile, *graphs, size, walk.star)


@lru_cache(maxsize=MAX_CHECKED_QUERIES)
def named_terms(text: str, base: str = "") -> PatternTerms:
    """Return the properties and classes that the patterns of a query name.

    Only queries of clients need them. The arguments and errors are those of `check_query`.
    """
    check_query(text, base)
    plain = without_escapes(text)
    stream = tokens(plain)
    walk, first = _read_prologue(_Walk(plain, base), stream)
    patterns = PatternWalk(walk.iri_of)
    for token in chain((first,), stream):
        patterns.take(token)
    return patterns.found()


def _read_prologue(walk: _Walk, stream: Iterator[Token]) -> tuple[_Walk, Token]:
    """Read BASE and PREFIX (production 4) into the walk, and return it with the first token after them."""
    text = walk.source
    for token in stream:
        if token.word == "BASE":
            walk.base = walk.resolved(_next(text, stream, Kind.IRI))
        elif token.word == "PREFIX":
            name = _next(text, stream, Kind.NAME).text
            walk.prefixes[name.removesuffix(":")] = walk.resolved(_next(text, stream, Kind.IRI))
        else:
            return walk, token
    raise QuerySyntaxError("the query is empty", hint="begin with SELECT, ASK, CONSTRUCT or DESCRIBE")


def _next(text: str, stream: Iterator[Token], kind: Kind) -> Token:
    token = next(stream, None)
    if token is None or token.kind is not kind or (kind is Kind.NAME and not token.text.endswith(":")):
        expected = "an IRI in angle brackets" if kind is Kind.IRI else "a prefix and its colon"
        raise syntax_error(text, token.start if token else len(text), f"{expected} is missing")
    return token


def _form(text: str, first: Token) -> QueryForm:
    if first.word in UPDATES:
        raise QuerySyntaxError(
            f"{first.word} begins an update, not a query; this data is read-only", hint="use SELECT to read it"
        )
    try:
        return QueryForm(first.word)
    except ValueError:
        message = f"a query cannot begin with {first.text!r}"
        raise syntax_error(text, first.start, message) from None


@dataclass(slots=True)
class _Walk:
    """The state of one walk over the tokens of a query.

    Attributes:
        source: the text, without codepoint escapes.
        base: the base IRI at this point.
        before: the token before this one.
        follows_a_value: True if a value of an expression may end just before this token.
        brackets: the open brackets; `inside` is the innermost one.
        data_from: the number of brackets that were open before the block of data after VALUES; None outside.
        rewritten: tokens to replace in the text for the engine, each with its replacement.
    """

    source: str
    base: str
    prefixes: dict[str, str] = field(default_factory=dict)
    words: int = 0
    steps: int = 0
    max_depth: int = 0
    is_volatile: bool = False
    star: int | None = None
    before: Token | None = None
    follows_a_value: bool = False
    brackets: list[str] = field(default_factory=list)
    inside: str = ""
    data_from: int | None = None
    rewritten: list[tuple[Token, str]] = field(default_factory=list)
    default_graphs: list[str] = field(default_factory=list)
    named_graphs: list[str] = field(default_factory=list)

    def take(self, token: Token) -> None:
        kind, word = token.kind, token.word
        self.words += 1
        if kind is _NAME:
            token = self._name(token)
            kind = token.kind
        if kind is _IRI:
            self.check_iri(token)
        if self.before is not None and self.before.word in _DATASET:
            self._dataset(token, self.before)
        if self.data_from is None:
            self._count(token, word)
        if word:
            self._word(token, word)
        self.before = token
        self.follows_a_value = not word or word in _ENDS_A_VALUE

    def _word(self, token: Token, word: str) -> None:
        if word in _OPENS:
            self._open(token)
        elif word in _CLOSES:
            self._close(token)
        elif word in _FEDERATION:
            raise QueryRefusedError(
                "SERVICE queries another endpoint, which this one does not do", hint="send the query to that endpoint"
            )
        elif word == "VALUES":
            self.data_from = len(self.brackets)
        elif word in _VOLATILE:
            self.is_volatile = True
        elif word == "*" and self.words <= 3 and self.before is not None and self.before.word in _BEFORE_STAR:
            self.star = token.start

    def text(self) -> str:
        parts, end = [], 0
        for token, replacement in self.rewritten:
            parts += [self.source[end : token.start], replacement]
            end = token.start + len(token.text)
        return "".join([*parts, self.source[end:]])

    def _name(self, token: Token) -> Token:
        prefix = token.text.partition(":")[0]
        if prefix not in self.prefixes:
            raise syntax_error(self.source, token.start, f"the prefix {prefix + ':'!r} is not declared")
        if "service" not in token.text.casefold():
            return token
        # The engine looks for keywords inside a name that it cannot use, so it gets the IRI instead.
        iri = f"<{self._expanded(token)}>"
        self.rewritten.append((token, f" {iri} "))
        return Token(Kind.IRI, iri, token.start)

    def iri_of(self, token: Token) -> str:
        """Return the IRI of a name or an IRI in angle brackets."""
        return self._expanded(token) if token.kind is _NAME else self.resolved(token)

    def _expanded(self, name: Token) -> str:
        prefix, _, local = name.text.partition(":")
        return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)

    def _dataset(self, token: Token, before: Token) -> None:
        """Note the graph after FROM or FROM NAMED (production 13); the engine reports a clause in the wrong place."""
        graphs = self.named_graphs if before.word == "NAMED" else self.default_graphs
        if token.kind in {_IRI, _NAME}:
            graphs.append(self.iri_of(token))

    def resolved(self, token: Token) -> str:
        """Return the absolute IRI of a token, as the engine resolves it (RFC 3986, section 5)."""
        self.check_iri(token)
        try:
            if _HAS_SCHEME.match(token.text):
                return NamedNode(token.text[1:-1]).value
            [quad] = parse(f"<s:> <p:> {token.text} .", format=RdfFormat.TURTLE, base_iri=self.base)
        except (ValueError, SyntaxError):
            raise syntax_error(self.source, token.start, f"{token.text} is not an IRI") from None
        return quad.object.value if isinstance(quad.object, NamedNode) else ""

    def check_iri(self, token: Token) -> None:
        if not self.base and not _HAS_SCHEME.match(token.text):
            raise syntax_error(self.source, token.start, f"{token.text} is relative, and there is no BASE before it")
        # After a value an engine may read `<` as less-than, and then a quote or # in the IRI as a string or a comment.
        if self.inside == "(" and self.follows_a_value and not _ONLY_AN_IRI.match(token.text):
            message = f"{token.text} could be an IRI or a comparison; to compare, put a space after '<'"
            raise syntax_error(self.source, token.start, message)

    def _count(self, token: Token, word: str) -> None:
        if word in _STEPS:
            self.steps += 1
        elif word == ",":
            # In round brackets a comma separates the arguments of a function, which cost nothing.
            self.steps += self.inside != "("
        elif self.follows_a_value and self.inside == "(" and self._begins_a_value(token):
            self.steps += 1
        if self.steps > MAX_QUERY_STEPS:
            raise QueryTooLargeError(
                f"the query has more than {MAX_QUERY_STEPS} patterns and operators",
                hint="shorten it, or put values into VALUES or IN",
            )

    def _open(self, token: Token) -> None:
        if token.text == "{" and self.data_from is not None and self.data_from != len(self.brackets):
            raise syntax_error(self.source, token.start, "'{' stands among the data of VALUES")
        self.brackets.append(token.text)
        self.inside = token.text
        self.max_depth = max(self.max_depth, len(self.brackets))
        if self.max_depth > MAX_QUERY_NESTING:
            raise QueryTooLargeError(f"the query has more than {MAX_QUERY_NESTING} nested brackets", hint="simplify it")

    def _close(self, token: Token) -> None:
        if self.inside != _CLOSES[token.text]:
            raise syntax_error(self.source, token.start, f"{token.text!r} closes nothing")
        self.brackets.pop()
        self.inside = self.brackets[-1] if self.brackets else ""
        if token.text == "}":
            self.data_from = None
        elif self.data_from is None and self.inside != "(":
            # One more condition of HAVING, or an expression elsewhere.
            self.steps += 1

    def _begins_a_value(self, token: Token) -> bool:
        """Return True if this token, after a value, begins the next item of a collection."""
        if token.word == "(":
            is_call = self.before is not None and self.before.kind in {Kind.IRI, Kind.NAME}
            return not is_call
        return token.word in {"TRUE", "FALSE"} or not (token.word or token.kind is Kind.LANGUAGE)
