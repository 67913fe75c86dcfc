"""RDF files in any syntax, read as quads."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import BlankNode, Quad, RdfFormat

from tlevel_rdf.errors import RdfSyntaxError, UnreadableInputError
from tlevel_rdf.limits import MAX_RDF_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: The syntax of an RDF file, by the ending of its name.
ENDINGS: Final = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def read_rdf(files: Iterable[Path], base: str) -> Iterator[Quad]:
    """Yield the quads of RDF files, with their named graphs. No remote document is fetched.

    Args:
        files: the ending of each name gives its syntax.
        base: the IRI to resolve relative IRIs against.

    Raises:
        UnreadableInputError: a file cannot be read or has an unknown ending.
        RdfSyntaxError: a file is not well formed; the message begins with file:line:column.
    """
    for number, file in enumerate(files):
        yield from _read_file(file, base, number)


def _read_file(file: Path, base: str, number: int) -> Iterator[Quad]:
    syntax = ENDINGS.get(file.suffix.lower())
    if syntax is None:
        message = f"{file} does not have the ending of an RDF file"
        raise UnreadableInputError(message, hint=f"RDF files end in {', '.join(ENDINGS)}")
    try:
        if file.stat().st_size > MAX_RDF_BYTES:
            raise UnreadableInputError(f"{file} has more than {MAX_RDF_BYTES:,} bytes", hint="split the file")
        with file.open("rb") as opened:
            # A label names different blank nodes in different files (RDF 1.1 Semantics, section 5.1). Numbering the
            # nodes in the order of the file gives them the same names in every run.
            names: dict[BlankNode, BlankNode] = {}
            counter = count(1)
            for quad in pyoxigraph.parse(opened, format=syntax, base_iri=base):
                yield Quad(*(_rename(term, names, number, counter) for term in quad))  # type: ignore[arg-type]  # kinds are kept
    except SyntaxError as error:
        place = ":".join(str(part) for part in (file, error.lineno, error.offset) if part)
        raise RdfSyntaxError(f"{place}: {error.msg}", hint="correct the file at that place") from error
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror or error}"
        raise UnreadableInputError(message, hint="check the name and the permissions") from error


def _rename(term: object, names: dict[BlankNode, BlankNode], file: int, counter: count[int]) -> object:
    if not isinstance(term, BlankNode):
        return term
    if term not in names:
        names[term] = BlankNode(f"f{file}b{next(counter)}")
    return names[term]
