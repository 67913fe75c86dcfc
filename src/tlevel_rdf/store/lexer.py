"""The tokens of a query (SPARQL 1.1 Query, section 19.8).

An engine without a lexer finds words where the grammar has none: Oxigraph reads `<'>'` as less-than and a string, and
`service:x {` as SERVICE and `:x`. So this lexer rejects any text that could divide into tokens in two ways.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.errors import QuerySyntaxError, QueryTooLargeError
from tlevel_rdf.limits import MAX_PREFIX_CHARACTERS, MAX_QUERY_CHARACTERS, MAX_QUERY_TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """The kind of a token."""

    IRI = auto()
    NAME = auto()
    BLANK = auto()
    VARIABLE = auto()
    LANGUAGE = auto()
    NUMBER = auto()
    STRING = auto()
    WORD = auto()
    SIGN = auto()


class Token(NamedTuple):
    """A token.

    Attributes:
        kind: the kind of the token.
        text: its characters in the query.
        start: its position in the query, in characters from 0.
        word: the keyword in capitals, or the sign; empty for a token with a value.
    """

    kind: Kind
    text: str
    start: int
    word: str = ""


#: Productions 164 to 168, as parts of a character class.
_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST: Final = f"{_BASE}_"
_LATER: Final = f"{_FIRST}0-9\u00b7\u0300-\u036f\u203f-\u2040"
_ANY: Final = rf"{_LATER}\-"
_ESCAPE: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_EXPONENT: Final = "[eE][+-]?[0-9]+"
_PREFIX: Final = rf"[{_BASE}](?:\.*[{_ANY}]){{0,{MAX_PREFIX_CHARACTERS - 1}}}+"
_LOCAL: Final = rf"(?:[{_FIRST}:0-9]|{_ESCAPE})(?:\.*(?:[{_ANY}:]|{_ESCAPE}))*+"

_KINDS: Final = {
    Kind.IRI: r"<[^<>\"{}|^`\\\x00-\x20]*>",
    Kind.NAME: rf"(?:{_PREFIX})?:(?:{_LOCAL})?",
    Kind.BLANK: rf"_:[{_FIRST}0-9](?:\.*[{_ANY}])*+",
    Kind.VARIABLE: rf"[?$][{_FIRST}0-9][{_LATER}]*",
    Kind.LANGUAGE: "@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*",
    Kind.NUMBER: rf"[0-9]+\.[0-9]*{_EXPONENT}|\.?[0-9]+{_EXPONENT}|[0-9]*\.[0-9]+|[0-9]+",
    # Three quotes must not match as an empty string and one quote: the engine would read on inside the string.
    Kind.STRING: (
        r"'''(?:'{0,2}(?:[^'\\]|\\[tbnrf\\\"']))*+'''"
        r'|"""(?:"{0,2}(?:[^"\\]|\\[tbnrf\\"\']))*+"""'
        r"|(?!''')'(?:[^'\\\n\r]|\\[tbnrf\\\"'])*+'"
        r'|(?!""")"(?:[^"\\\n\r]|\\[tbnrf\\"\'])*+"'
    ),
    Kind.WORD: "[A-Za-z][A-Za-z0-9_]*",
    Kind.SIGN: r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\];,.*/+\-=<>!^|?]",
}
#: White space and comments, then a token in the group of its kind, or nothing.
_TOKEN: Final = re.compile(
    r"(?:[ \t\r\n]+|#[^\r\n]*)*+(?:" + "|".join(f"({pattern})" for pattern in _KINDS.values()) + ")?"
)
#: The kind of each group; groups count from 1.
_KIND_OF_GROUP: Final = (Kind.SIGN, *_KINDS)

#: Surrogates, which JSON can contain and UTF-8 cannot.
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_CODEPOINT: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")

_WORDS: Final = """
    BASE PREFIX SELECT DISTINCT REDUCED AS CONSTRUCT DESCRIBE ASK FROM NAMED WHERE GROUP BY HAVING ORDER ASC DESC
    LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH SERVICE SILENT BIND MINUS UNION FILTER A IN NOT EXISTS TRUE FALSE
    SEPARATOR COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS
    CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR
    MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG
    STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE
"""
_UPDATES: Final = "INSERT DELETE LOAD CLEAR DROP CREATE COPY MOVE ADD WITH"
#: The keywords and functions of SPARQL 1.1 Query.
WORDS: Final = frozenset(_WORDS.split())
#: The first words of SPARQL 1.1 Update.
UPDATES: Final = frozenset(_UPDATES.split())
_ALL_WORDS: Final = WORDS | UPDATES


def without_escapes(text: str) -> str:
    """Replace codepoint escapes by their characters (section 19.2), which comes before all other reading.

    Raises:
        QuerySyntaxError: an escape names no character, or can be read in two ways.
        QueryTooLargeError: the text is too long.
    """
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryTooLargeError(
            f"the query has {len(text):,} characters; the limit is {MAX_QUERY_CHARACTERS:,}", hint="shorten it"
        )
    if not text.isascii() and (surrogate := _SURROGATES.search(text)):
        raise syntax_error(text, surrogate.start(), f"{surrogate.group()!r} is half of a surrogate pair")
    if "\\" not in text:
        return text
    plain = _CODEPOINT.sub(lambda found: _character(text, found), text)
    if _CODEPOINT.search(plain) and (found := _escape_outside_comments(plain)):
        # Engines differ about \\u0027, and about an escape that yields the backslash of another one.
        message = "an escape such as \\u0041 follows another backslash; write the character itself"
        raise syntax_error(plain, found.start(), message)
    return plain


def _character(text: str, found: re.Match[str]) -> str:
    first = found.start()
    while first and text[first - 1] == "\\":
        first -= 1
    if (found.start() - first) % 2:
        # The backslash may be the second one of an escaped backslash.
        return found.group()
    number = int(found.group(1) or found.group(2), 16)
    if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        raise syntax_error(text, found.start(), f"{found.group()} is not a character")
    return chr(number)


def _escape_outside_comments(text: str) -> re.Match[str] | None:
    """Return the first codepoint escape in a token, or in what is no token."""
    for token in _TOKEN.finditer(text):
        group = token.lastindex
        start, end = (token.start(group), token.end()) if group else (token.end(), len(text))
        found = _CODEPOINT.search(text, start, end)
        if found or group is None:
            return found
    return None


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query.

    Args:
        text: the query without codepoint escapes.

    Raises:
        QuerySyntaxError: a part of it is not a token of SPARQL 1.1.
        QueryTooLargeError: there are too many tokens.
    """
    kinds, words, sign, name = _KIND_OF_GROUP, _ALL_WORDS, Kind.SIGN, Kind.WORD
    # A match may be empty, so each begins where the last one ended; no group means that no token begins there.
    for number, found in enumerate(_TOKEN.finditer(text)):
        group = found.lastindex
        if group is None:
            if found.end() < len(text):
                raise syntax_error(text, found.end(), _not_a_token(text[found.end()]))
            return
        if number == MAX_QUERY_TOKENS:
            raise QueryTooLargeError(f"the query has more than {number:,} words and signs", hint="shorten it")
        written, start = found[group], found.start(group)
        kind = kinds[group]
        if kind is sign:
            if written == "<" and text.startswith("<<", start):
                raise syntax_error(text, start, "'<<' is not in SPARQL 1.1")
            yield Token(kind, written, start, written)
        elif kind is name:
            word = written.upper()
            if word not in words:
                raise syntax_error(text, start, f"{written!r} is not a word of SPARQL 1.1")
            yield Token(kind, written, start, word)
        else:
            yield Token(kind, written, start)


def syntax_error(text: str, position: int, message: str) -> QuerySyntaxError:
    """Return an error with the line and column of a position, both from 1."""
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return QuerySyntaxError(f"line {line}, column {column}: {message}", hint="fix the query there")


def _not_a_token(character: str) -> str:
    if character in "\"'":
        return "this string has no end, or an unknown escape"
    return f"unexpected character {character!r}"
