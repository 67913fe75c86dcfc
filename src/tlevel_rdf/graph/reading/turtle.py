"""Turtle, TriG, N-Triples and N-Quads, read by pyoxigraph."""

from __future__ import annotations

import codecs
import mmap
import re
from itertools import islice
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import RdfFormat

from tlevel_rdf.graph.reading.faults import Fault, Place, in_plain_words, long_term, syntax_error
from tlevel_rdf.limits import MAX_RDF_DEPTH, MAX_RDF_LINE_BYTES, MAX_RDF_TERM_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: A language tag that ends where the parser stopped.
_LANGUAGE: Final = re.compile(r"""["']@([A-Za-z0-9\-]*)\Z""")
#: The tokens among which `<<` and `>>` stand for triples within triples.
_TOKEN: Final = re.compile(
    rb'"""(?:"{0,2}(?:[^"\\]|\\.))*+"""|\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*+\'\'\''
    rb'|"(?:[^"\\\n]|\\.)*+"|\'(?:[^\'\\\n]|\\.)*+\'|<(?!<)[^<>"\s]*+>|#[^\n]*+|<<|>>',
    re.DOTALL,
)


def parse_turtle(file: IO[bytes], name: str, base: str, syntax: RdfFormat) -> Iterator[Quad]:
    """Yield the quads of a file.

    Args:
        file: in UTF-8, with or without a byte order mark.
        name: the name of the file, for messages.
        base: the IRI to resolve relative IRIs against.
        syntax: Turtle, TriG, N-Triples or N-Quads.

    Raises:
        RdfSyntaxError: the file is not well formed.
    """
    skip_byte_order_mark(file, name)
    _check_depth(file, name)
    begin = file.tell()
    try:
        yield from pyoxigraph.parse(file, format=syntax, base_iri=base)
    except MemoryError as error:
        raise syntax_error(name, [long_term(_place_of_long_term(file, begin))]) from error
    except SyntaxError as error:
        place = Place(error.lineno or 1, error.offset or 1)
        line = _line_at(file, begin, place.line)
        end = error.end_offset - 1 if error.end_offset and error.end_lineno == error.lineno else None
        here, message = line[place.column - 1 : end], error.msg
        if tag := _LANGUAGE.search(line, 0, place.column - 1):
            # The parser takes the tag to end at the first character that does not suit it.
            here = re.split(r"[\s.,;]", line[tag.start(1) :])[0]
            message = "subtag"
            place = Place(place.line, tag.start(1) + 1)
        problem, hint = in_plain_words(message, here, syntax.name)
        if name.lower().removesuffix(".gz").endswith(".n3"):
            hint = f"{hint}; only that part of N3 is read which is Turtle"
        raise syntax_error(name, [Fault(place, problem, hint)]) from error


def skip_byte_order_mark(file: IO[bytes], name: str) -> None:
    """Move behind the byte order mark of UTF-8, and refuse UTF-16.

    Raises:
        RdfSyntaxError: the file is in UTF-16.
    """
    begin = file.read(3)
    if begin.startswith(_UTF_16):
        raise syntax_error(name, [Fault(Place(1, 1), "the file is in UTF-16", "save the file as UTF-8")])
    file.seek(3 if begin == codecs.BOM_UTF8 else 0)


def _check_depth(file: IO[bytes], name: str) -> None:
    """Bound the nesting of triples within triples, which pyoxigraph does not."""
    begin = file.tell()
    if not file.read(1):
        return
    file.seek(begin)
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        if text.find(b"<<") < 0:
            return
        depth = 0
        for token in _TOKEN.finditer(text):
            depth = max(0, depth + {b"<<": 1, b">>": -1}.get(token.group(), 0))
            if depth > MAX_RDF_DEPTH:
                before = text[begin : token.start()]
                place = Place(before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
                problem = f"more than {MAX_RDF_DEPTH} triples are nested here"
                raise syntax_error(name, [Fault(place, problem, "split the statement")])


def _place_of_long_term(file: IO[bytes], begin: int) -> Place:
    """Return the place of the first term that is too long for the parser."""
    # Not closed here: the matches refer to it.
    text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    spans = (token.span() for token in _TOKEN.finditer(text, begin))
    start = next((start for start, end in spans if end - start > MAX_RDF_TERM_BYTES), begin)
    before = text[begin:start]
    return Place(before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))


def _line_at(file: IO[bytes], begin: int, line: int) -> str:
    """Return a line of a file whose text begins at an offset."""
    file.seek(begin)
    lines = islice(iter(lambda: file.readline(MAX_RDF_LINE_BYTES), b""), line - 1, line)
    return next(lines, b"").decode(errors="replace")
