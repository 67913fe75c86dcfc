"""RDF files of any syntax → quads."""

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

#: The endings of RDF files.
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
    """The quads of RDF files, with their named graphs; nothing is fetched.

    Args:
        files: the syntax is told by the ending.
        base: what relative IRIs are resolved against.

    Raises:
        UnreadableInputError: a file cannot be read or is of no known kind.
        RdfSyntaxError: a file is not well formed; the message begins with file:line:column.
    """
    for number, file in enumerate(files):
        yield from _quads(file, base, number)


def _quads(file: Path, base: str, number: int) -> Iterator[Quad]:
    form = ENDINGS.get(file.suffix.lower())
    if form is None:
        raise UnreadableInputError(
            f"{file} is of no kind that is known here", hint=f"RDF files end in {', '.join(ENDINGS)}"
        )
    try:
        if file.stat().st_size > MAX_RDF_BYTES:
            raise UnreadableInputError(f"{file} has more than {MAX_RDF_BYTES:,} bytes", hint="split it")
        with file.open("rb") as opened:
            # Blank nodes of two files are two nodes, even under one name (RDF 1.1 Semantics, section 5.1); and
            # numbered in the order of the file they are the same at every reading.
            names: dict[BlankNode, BlankNode] = {}
            counter = count(1)
            for quad in pyoxigraph.parse(opened, format=form, base_iri=base):
                yield Quad(*(_renamed(term, names, number, counter) for term in quad))  # type: ignore[arg-type]  # kinds are kept
    except SyntaxError as error:
        place = ":".join(str(part) for part in (file, error.lineno, error.offset) if part)
        raise RdfSyntaxError(f"{place}: {error.msg}", hint="mend the file there") from error
    except OSError as error:
        raise UnreadableInputError(
            f"{file} cannot be read: {error.strerror or error}", hint="check the name and the permissions"
        ) from error


def _renamed(term: object, names: dict[BlankNode, BlankNode], file: int, counter: count[int]) -> object:
    if not isinstance(term, BlankNode):
        return term
    if term not in names:
        names[term] = BlankNode(f"f{file}b{next(counter)}")
    return names[term]
