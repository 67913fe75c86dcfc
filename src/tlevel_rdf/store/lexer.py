"""Cuts the text of a query into the tokens of SPARQL 1.1 Query, section 19.8, and takes nothing that it had to guess.

Engines that parse without a lexer find words where the grammar has none: Oxigraph reads `<'>'` as less-than and a
string, and `service:x {` as SERVICE and `:x`. What is said here of a text must be true of every reading of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import QueryRefusedError, QuerySyntaxError
from tlevel_rdf.settings import MAX_QUERY_CHARACTERS, MAX_QUERY_TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """What a token is."""

    IRI = auto()
    NAME = auto()
    BLANK = auto()
    VARIABLE = auto()
    LANGUAGE = auto()
    NUMBER = auto()
    STRING = auto()
    WORD = auto()
    SIGN = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token.

    Attributes:
        kind: what it is.
        text: as it was written.
        start: where it begins, in characters from 0.
    """

    kind: Kind
    text: str
    start: int

    @property
    def word(self) -> str:
        """The keyword in capitals, or the sign; empty for anything that has a value."""
        if self.kind is Kind.WORD:
            return self.text.upper()
        return self.text if self.kind is Kind.SIGN else ""


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
#: No prefix is longer: a bound keeps the work on a text without colons linear.
_PREFIX: Final = rf"[{_BASE}](?:[{_ANY}.]{{0,200}}[{_ANY}])?"
_LOCAL: Final = rf"(?:[{_FIRST}:0-9]|{_ESCAPE})(?:\.*(?:[{_ANY}:]|{_ESCAPE}))*+"

_KINDS: Final = {
    Kind.IRI: r"<[^<>\"{}|^`\\\x00-\x20]*>",
    Kind.NAME: rf"(?:{_PREFIX})?:(?:{_LOCAL})?",
    Kind.BLANK: rf"_:[{_FIRST}0-9](?:\.*[{_ANY}])*+",
    Kind.VARIABLE: rf"[?$][{_FIRST}0-9][{_LATER}]*",
    Kind.LANGUAGE: "@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*",
    Kind.NUMBER: rf"[0-9]+\.[0-9]*{_EXPONENT}|\.?[0-9]+{_EXPONENT}|[0-9]*\.[0-9]+|[0-9]+",
    # Three quotes never fall back to an empty string and one quote: the engine would, and read on in what is text.
    Kind.STRING: (
        r"'''(?:'{0,2}(?:[^'\\]|\\[tbnrf\\\"']))*+'''"
        r'|"""(?:"{0,2}(?:[^"\\]|\\[tbnrf\\"\']))*+"""'
        r"|(?!''')'(?:[^'\\\n\r]|\\[tbnrf\\\"'])*+'"
        r'|(?!""")"(?:[^"\\\n\r]|\\[tbnrf\\"\'])*+"'
    ),
    Kind.WORD: "[A-Za-z][A-Za-z0-9_]*",
    Kind.SIGN: r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\];,.*/+\-=<>!^|?]",
}
_TOKEN: Final = re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _KINDS.items()))
_BLANKS: Final = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*+")

#: Surrogates, which JSON can bring in and UTF-8 cannot hold.
_HALVES: Final = re.compile("[\ud800-\udfff]")
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


def without_escapes(text: str) -> str:
    """The text with its codepoint escapes put in, as section 19.2 asks for before anything is read.

    Raises:
        QuerySyntaxError: an escape names no character.
        QueryRefusedError: the text is too long, or escapes could be read in two ways.
    """
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryRefusedError(
            f"the query has {len(text):,} characters, and {MAX_QUERY_CHARACTERS:,} are read", hint="ask for less"
        )
    if half := _HALVES.search(text):
        raise syntax_error(text, half.start(), f"{half.group()!r} is half a character")
    plain = _CODEPOINT.sub(lambda found: _character(text, found), text)
    if _CODEPOINT.search(plain):
        # Such as \\u0027, or an escape that stands for the backslash of another: engines differ about both.
        raise QueryRefusedError(
            "an escape such as \\u0041 stands next to another backslash", hint="write the character itself"
        )
    return plain


def _character(text: str, found: re.Match[str]) -> str:
    if found.start() and text[found.start() - 1] == "\\":
        return found.group()
    number = int(found.group(1) or found.group(2), 16)
    if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        raise syntax_error(text, found.start(), f"{found.group()} is no character")
    return chr(number)


def tokens(text: str) -> Iterator[Token]:
    """Cut a text, without its blanks and comments.

    Args:
        text: without codepoint escapes.

    Raises:
        QuerySyntaxError: something in it is no token of SPARQL 1.1.
        QueryRefusedError: there are too many.
    """
    position, count = _skip(text, 0), 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise syntax_error(text, position, _not_a_token(text[position]))
        token = Token(Kind[str(found.lastgroup)], found.group(), position)
        if token.kind is Kind.WORD and token.word not in WORDS | UPDATES:
            raise syntax_error(text, position, f"{token.text!r} is no word of SPARQL 1.1")
        if token.text == "<" and text.startswith("<<", position):
            raise syntax_error(text, position, "'<<' is not of SPARQL 1.1")
        count += 1
        if count > MAX_QUERY_TOKENS:
            raise QueryRefusedError(
                f"the query has more than {MAX_QUERY_TOKENS:,} words and signs", hint="ask for less"
            )
        yield token
        position = _skip(text, found.end())


def syntax_error(text: str, position: int, message: str) -> QuerySyntaxError:
    """An error that names line and column, both from 1."""
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return QuerySyntaxError(f"line {line}, column {column}: {message}", hint="mend the query there")


def _skip(text: str, position: int) -> int:
    found = _BLANKS.match(text, position)
    return found.end() if found else position


def _not_a_token(character: str) -> str:
    if character in "\"'":
        return "this string does not end, or has a backslash that escapes nothing"
    return f"{character!r} begins nothing here"
