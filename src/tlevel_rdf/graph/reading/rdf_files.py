"""RDF files in any syntax, read as quads."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Quad, RdfFormat

from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.graph.reading.json_ld import parse_json_ld
from tlevel_rdf.graph.reading.opened_file import GZIP_ENDING, open_rdf_file
from tlevel_rdf.graph.reading.rdf_xml import parse_rdf_xml
from tlevel_rdf.graph.reading.turtle import parse_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: The syntax of an RDF file, by the ending of its name, which .gz may follow. Of N3, only Turtle is read.
ENDINGS: Final = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".n3": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def rdf_ending(path: Path) -> str:
    """Return the ending of an RDF file as written, with .gz if it has that too; empty for other files.

    >>> from pathlib import Path
    >>> rdf_ending(Path("a.TTL.gz")), rdf_ending(Path("a.txt.gz"))
    ('.TTL.gz', '')
    """
    packed = path.suffix if path.suffix.lower() == GZIP_ENDING else ""
    ending = path.with_suffix("").suffix if packed else path.suffix
    return ending + packed if ending.lower() in ENDINGS else ""


def read_rdf(files: Iterable[Path], base: str) -> Iterator[Quad]:
    """Yield the quads of RDF files, with their named graphs. No remote document is fetched.

    Args:
        files: the ending of each name gives its syntax.
        base: the IRI to resolve relative IRIs against.

    Raises:
        UnreadableInputError: a file cannot be read or has an unknown ending.
        RdfSyntaxError: a file is not well formed; each line of the message begins with file:line:column.
    """
    for number, file in enumerate(files):
        yield from _read_file(file, base, number)


def _read_file(file: Path, base: str, number: int) -> Iterator[Quad]:
    ending = rdf_ending(file).lower().removesuffix(GZIP_ENDING)
    if not ending:
        message = f"{file} does not have the ending of an RDF file"
        raise UnreadableInputError(message, hint=f"RDF files end in {', '.join(ENDINGS)}, or the same with .gz")
    # A label names different blank nodes in different files (RDF 1.1 Semantics, section 5.1). Numbering the nodes in
    # the order of the file gives them the same names in every run.
    names: dict[BlankNode, BlankNode] = {}
    counter = count(1)
    with open_rdf_file(file) as opened:
        match ENDINGS[ending]:
            case RdfFormat.RDF_XML:
                quads = parse_rdf_xml(opened, str(file), base)
            case RdfFormat.JSON_LD:
                quads = parse_json_ld(opened, str(file), base)
            case syntax:
                quads = parse_turtle(opened, str(file), base, syntax)
        for quad in quads:
            yield Quad(*(_rename(term, names, number, counter) for term in quad))  # type: ignore[arg-type]  # kinds are kept


def _rename(term: object, names: dict[BlankNode, BlankNode], file: int, counter: count[int]) -> object:
    if not isinstance(term, BlankNode):
        return term
    if term not in names:
        names[term] = BlankNode(f"f{file}b{next(counter)}")
    return names[term]
