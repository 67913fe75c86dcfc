"""Faults in RDF files, in the words of the file's author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.errors import RdfSyntaxError
from tlevel_rdf.limits import MAX_QUOTED_CHARACTERS, MAX_RDF_TERM_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence


class Place(NamedTuple):
    """A line, and a column in characters, both counted from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """A fault in a file.

    Attributes:
        place: None if it is not known.
        problem: what is wrong.
        hint: what to do.
    """

    place: Place | None
    problem: str
    hint: str


def long_term(place: Place | None) -> Fault:
    """Return the fault that a literal or an IRI is too long for the parser."""
    return Fault(place, f"a literal or an IRI has more than {MAX_RDF_TERM_BYTES:,} bytes", "split it, or leave it out")


_CORRECT: Final = "correct the file at that place"
_UTF_8: Final = "save the file as UTF-8"
_LANGUAGE: Final = "use a language tag such as en or en-GB"
_PERCENT: Final = "percent-encode the character: a space is %20"
#: Patterns of the parser's messages, with what the file's author can understand. `{0}` is the first group, `{here}` the
#: text at the place.
_WORDS: Final = tuple(
    (re.compile(pattern), problem, hint)
    for pattern, problem, hint in (
        (r"language tag '(.*?)'|subtag", "{here} is not a language tag", _LANGUAGE),
        (r"IRI '(.*)': Invalid IRI code point '(.)'", "'{0}' is not an IRI: it cannot contain '{1}'", _PERCENT),
        (r"Invalid IRI code point '(.)'", "{here} is not an IRI: it cannot contain '{0}'", _PERCENT),
        (r"No scheme found", "{here} is a relative IRI, and there is no base", "write the whole IRI, from https: on"),
        (r"error while parsing IRI '(.*?)'", "'{0}' is not an IRI", _CORRECT),
        (r"Invalid (?:host|character|port)", "{here} is not an IRI", _CORRECT),
        (
            r"prefix (\S*:) has not been declared",
            "the prefix {0} is not declared",
            "declare it above: @prefix {0} <…> .",
        ),
        (r"PREFIX keyword should", "a prefix such as ex: is expected here, and not {here}", _CORRECT),
        (r"(?i)utf-?8", "the text here is not UTF-8", _UTF_8),
        (r"Unexpected end|must be followed by a dot", "the file ends within a statement", "complete the statement"),
        (r"dot is expected", "the statement before {here} does not end", "write a full stop after each statement"),
        (r"not a valid RDF object", "a value is expected here, and not {here}", _CORRECT),
        (r"not a valid predicate", "a property is expected here, and not {here}", "a property is an IRI"),
        (r"not a valid subject", "a subject is expected here, and not {here}", _CORRECT),
        (r"Line jumps", "a text in single quotation marks has a line break", r"write \n, or three quotation marks"),
        (r"escape", "{here} has an escape that does not exist", r"write a backslash as \\"),
        (r"list should end|lists should end", "a bracket is open here", "close it"),
        (r"Only a single triple", "a line has two statements", "write each statement on a line of its own"),
        (
            r"namespaces are required",
            "a name without a namespace stands here: {here}",
            "begin it with a prefix, such as rdf:",
        ),
        (r"Unexpected text", "text stands between elements: {here}", "put it into the element of a property"),
        (r"text value is already present", "a property has a text and an element", "keep one of them"),
        (r"(\S+ \S+|\S+) is not a valid rdf:(\w+) value", "'{0}' cannot be an rdf:{1}", "use letters and digits only"),
        (r"<(.*)> has already been used", "the rdf:ID of <{0}> is used twice", "use rdf:about for the second"),
        (r"Invalid property element tag name", "{here} cannot be a property", _CORRECT),
        (r"not a valid attribute", "{here} has an attribute that RDF/XML no longer has", "remove the attribute"),
        (r"same time", "{here} has two of rdf:about, rdf:nodeID, rdf:ID and rdf:resource", "keep one of them"),
        (r"variables are not allowed", "a variable stands here", _CORRECT),
    )
)


def in_plain_words(message: str, here: str, syntax: str) -> tuple[str, str]:
    """Return a problem and a hint for a message of the parser.

    Args:
        message: the parser's.
        here: the text at the place.
        syntax: the name of the syntax.
    """
    quoted = f"'{shorten(here)}'" if here.strip() else "the end of the line"
    for pattern, problem, hint in _WORDS:
        if found := pattern.search(message):
            groups = [group or "" for group in found.groups()]
            return problem.format(*groups, here=quoted), hint.format(*groups)
    return f"this is not {syntax}: {quoted}", _CORRECT


def shorten(text: str) -> str:
    """Return the first line of a text, shortened to fit in a sentence."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= MAX_QUOTED_CHARACTERS else f"{line[:MAX_QUOTED_CHARACTERS]}…"


def syntax_error(name: str, faults: Sequence[Fault]) -> RdfSyntaxError:
    """Return an error that lists faults, each on a line that begins with file:line:column."""
    lines = [":".join(map(str, (name, *(fault.place or ())))) + f": {fault.problem}" for fault in faults]
    return RdfSyntaxError("\n".join(lines), hint="; ".join(dict.fromkeys(fault.hint for fault in faults)))
