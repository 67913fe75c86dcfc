"""Looks at a query before any engine does: what form it has, and whether it may be answered at all.

Refused are updates, SERVICE, which makes the asker of any address of us, and what would overflow an engine's stack.
The text that is handed on can be cut into tokens in one way only, so that an engine reads what was checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode, RdfFormat, parse

from tlevel_rdf.errors import QueryRefusedError, QuerySyntaxError, QueryTooLargeError
from tlevel_rdf.limits import MAX_QUERY_NESTING, MAX_QUERY_STEPS
from tlevel_rdf.store.base import QueryForm
from tlevel_rdf.store.lexer import UPDATES, Kind, Token, syntax_error, tokens, without_escapes

if TYPE_CHECKING:
    from collections.abc import Iterator

_TREE: Final = """
    . ; || && = != < > <= >= + - * / | ^ ! ? { [
    OPTIONAL UNION MINUS BIND VALUES FILTER GRAPH AS EXISTS IN SELECT
"""
#: Each makes the engine's tree, and so its recursion, one step longer.
_STEPS: Final = frozenset(_TREE.split())
_CLOSES: Final = {")": "(", "]": "[", "}": "{"}
_OPENS: Final = frozenset(_CLOSES.values())
_DATASET: Final = frozenset({"FROM", "NAMED"})
_ELSEWHERE: Final = frozenset({"SERVICE", "SILENT"})
#: What stands before the `*` of a whole query (production 9), whose own words are the first two.
_BEFORE_STAR: Final = frozenset({"SELECT", "DISTINCT", "REDUCED"})
#: Functions whose value is another each time (SPARQL 1.1 Query, sections 17.4.2.9 to 17.4.2.13, 17.4.4.5, 17.4.5.1).
_VOLATILE: Final = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})
#: What ends a value in an expression, though it is none by itself.
_ENDS_A_VALUE: Final = frozenset({")", "]", "TRUE", "FALSE"})
_NAME: Final = Kind.NAME
_IRI: Final = Kind.IRI
_HAS_SCHEME: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
#: An IRI that is no chain of comparisons, whichever way it is read: nothing but an IRI has `//` after a colon.
_ONLY_AN_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://|<[^#']*>\Z")


class Size(NamedTuple):
    """How large a query is: words and signs, patterns and operators, and brackets one inside another."""

    words: int = 0
    patterns: int = 0
    nesting: int = 0


_NO_SIZE: Final = Size()


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query that may be answered.

    Attributes:
        form: its form.
        text: what to hand to an engine: the same query, without codepoint escapes.
        is_volatile: whether it calls a function that may give another answer about the same data, such as NOW().
        default_graphs: IRIs of the graphs in its FROM clauses.
        named_graphs: IRIs of the graphs in its FROM NAMED clauses.
        size: how large it is.
        star: where in its text the `*` is by which it selects everything; None if it does not.
    """

    form: QueryForm
    text: str
    is_volatile: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    size: Size = _NO_SIZE
    star: int | None = None


# One request asks twice: the site for the form of a query, and the store before it answers.
@lru_cache(maxsize=16)
def check_query(text: str, base: str = "") -> CheckedQuery:
    """Inspect a query.

    Args:
        text: SPARQL 1.1 Query. It is cut into tokens and not parsed, so it may still be no query.
        base: against which relative IRIs are resolved before any BASE; empty: they are refused there.

    Raises:
        QuerySyntaxError: it cannot be cut into tokens, or begins as no query does.
        QueryRefusedError: it is an update, or has SERVICE.
        QueryTooLargeError: it is over a limit.
    """
    plain = without_escapes(text)
    stream = tokens(plain)
    walk, first = _prologue(_Walk(plain, base), stream)
    form = _form(plain, first)
    walk.take(first)
    take = walk.take
    for token in stream:
        take(token)
    size = Size(walk.words, walk.steps, walk.deepest)
    graphs = tuple(walk.default_graphs), tuple(walk.named_graphs)
    return CheckedQuery(form, walk.text(), walk.is_volatile, *graphs, size, walk.star)


def _prologue(walk: _Walk, stream: Iterator[Token]) -> tuple[_Walk, Token]:
    """What the prologue (production 4) declares for the rest, and the first token of that."""
    text = walk.source
    for token in stream:
        if token.word == "BASE":
            walk.base = walk.resolved(_next(text, stream, Kind.IRI))
        elif token.word == "PREFIX":
            name = _next(text, stream, Kind.NAME).text
            walk.prefixes[name.removesuffix(":")] = walk.resolved(_next(text, stream, Kind.IRI))
        else:
            return walk, token
    raise QuerySyntaxError("there is no query", hint="begin with SELECT, ASK, CONSTRUCT or DESCRIBE")


def _next(text: str, stream: Iterator[Token], kind: Kind) -> Token:
    token = next(stream, None)
    if token is None or token.kind is not kind or (kind is Kind.NAME and not token.text.endswith(":")):
        wanted = "an IRI in angle brackets" if kind is Kind.IRI else "a prefix and its colon"
        raise syntax_error(text, token.start if token else len(text), f"{wanted} is missing")
    return token


def _form(text: str, first: Token) -> QueryForm:
    if first.word in UPDATES:
        raise QueryRefusedError(f"{first.word} begins an update, and this data is only read", hint="ask with SELECT")
    try:
        return QueryForm(first.word)
    except ValueError:
        said = f"{first.text!r} begins no query"
        raise syntax_error(text, first.start, said) from None


@dataclass(slots=True)
class _Walk:
    """Goes over the tokens of a query once, after its prologue."""

    source: str
    #: Where the walk is; a BASE of the query holds for what comes after it.
    base: str
    prefixes: dict[str, str] = field(default_factory=dict)
    words: int = 0
    steps: int = 0
    deepest: int = 0
    is_volatile: bool = False
    star: int | None = None
    #: The token before, and whether an expression may have a value that ends there.
    before: Token | None = None
    follows_a_value: bool = False
    #: The brackets that are open, the innermost one, and how many were when the word VALUES began a block of data.
    brackets: list[str] = field(default_factory=list)
    inside: str = ""
    data_from: int | None = None
    #: Names that are handed on as IRIs: the name, and what instead.
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
            self._opens(token)
        elif word in _CLOSES:
            self._closes(token)
        elif word in _ELSEWHERE:
            raise QueryRefusedError(
                "SERVICE asks another endpoint, and nothing is fetched here", hint="ask that endpoint itself"
            )
        elif word == "VALUES":
            self.data_from = len(self.brackets)
        elif word in _VOLATILE:
            self.is_volatile = True
        elif word == "*" and self.words <= 3 and self.before is not None and self.before.word in _BEFORE_STAR:
            self.star = token.start

    def text(self) -> str:
        parts, end = [], 0
        for token, instead in self.rewritten:
            parts += [self.source[end : token.start], instead]
            end = token.start + len(token.text)
        return "".join([*parts, self.source[end:]])

    def _name(self, token: Token) -> Token:
        prefix = token.text.partition(":")[0]
        if prefix not in self.prefixes:
            raise syntax_error(self.source, token.start, f"the prefix {prefix + ':'!r} is not declared")
        if "service" not in token.text.casefold():
            return token
        # An engine that cannot use such a name goes on to look for the keyword in it.
        iri = f"<{self._expanded(token)}>"
        self.rewritten.append((token, f" {iri} "))
        return Token(Kind.IRI, iri, token.start)

    def _expanded(self, name: Token) -> str:
        prefix, _, local = name.text.partition(":")
        return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)

    def _dataset(self, token: Token, before: Token) -> None:
        """What follows FROM or FROM NAMED (production 13); whether it may stand there is for the engine to say."""
        graphs = self.named_graphs if before.word == "NAMED" else self.default_graphs
        if token.kind is _IRI:
            graphs.append(self.resolved(token))
        elif token.kind is _NAME:
            graphs.append(self._expanded(token))

    def resolved(self, token: Token) -> str:
        """The absolute IRI of a token, as the engine has it (RFC 3986, section 5)."""
        self.check_iri(token)
        try:
            if _HAS_SCHEME.match(token.text):
                return NamedNode(token.text[1:-1]).value
            [quad] = parse(f"<s:> <p:> {token.text} .", format=RdfFormat.TURTLE, base_iri=self.base)
        except (ValueError, SyntaxError):
            raise syntax_error(self.source, token.start, f"{token.text} is no IRI") from None
        return quad.object.value if isinstance(quad.object, NamedNode) else ""

    def check_iri(self, token: Token) -> None:
        if not self.base and not _HAS_SCHEME.match(token.text):
            raise syntax_error(self.source, token.start, f"{token.text} is relative, and there is no BASE before it")
        # After a value in an expression an engine may read `<` as less-than, and a quote or # as what they then are.
        if self.inside == "(" and self.follows_a_value and not _ONLY_AN_IRI.match(token.text):
            said = f"{token.text} is read as an IRI; if it compares, put a blank after '<'"
            raise syntax_error(self.source, token.start, said)

    def _count(self, token: Token, word: str) -> None:
        if word in _STEPS:
            self.steps += 1
        elif word == ",":
            # In round brackets it parts the arguments of a function, which cost nothing.
            self.steps += self.inside != "("
        elif self.follows_a_value and self.inside == "(" and self._begins_a_value(token):
            self.steps += 1
        if self.steps > MAX_QUERY_STEPS:
            raise QueryTooLargeError(
                f"the query has more than {MAX_QUERY_STEPS} patterns and operators",
                hint="ask for less, or put values into VALUES or IN",
            )

    def _opens(self, token: Token) -> None:
        if token.text == "{" and self.data_from is not None and self.data_from != len(self.brackets):
            raise syntax_error(self.source, token.start, "'{' stands among the data of VALUES")
        self.brackets.append(token.text)
        self.inside = token.text
        self.deepest = max(self.deepest, len(self.brackets))
        if self.deepest > MAX_QUERY_NESTING:
            raise QueryTooLargeError(
                f"the query has more than {MAX_QUERY_NESTING} brackets one inside another", hint="ask for less"
            )

    def _closes(self, token: Token) -> None:
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
        """Whether this, after a value, is the next item of a collection."""
        if token.word == "(":
            is_call = self.before is not None and self.before.kind in {Kind.IRI, Kind.NAME}
            return not is_call
        return token.word in {"TRUE", "FALSE"} or not (token.word or token.kind is Kind.LANGUAGE)
