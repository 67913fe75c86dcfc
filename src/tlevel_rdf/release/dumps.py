"""The dumps of a release: sorted N-Quads, and every other syntax made from them in one pass and in bounded memory."""

from __future__ import annotations

import mmap
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from tlevel_rdf.graph import canonical_quads, jsonld, terms
from tlevel_rdf.graph.serialization import prefixes_of, write_formatted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

#: Temporary files in the order of the dumps that are made from them: the N-Triples, and the N-Quads by graph.
_TYPES_FIRST: Final = "types-first.nt"
_BY_GRAPH: Final = "by-graph.nq"
_TYPE: Final = f" {terms.TYPE} ".encode()
#: The name of each dump, without its ending.
STEM: Final = "progression-profiles"
#: The canonical dump, from which the others are made.
N_QUADS: Final = f"{STEM}.nq"
N_TRIPLES: Final = f"{STEM}.nt"
TURTLE: Final = f"{STEM}.ttl"
TRIG: Final = f"{STEM}.trig"
RDF_XML: Final = f"{STEM}.rdf"
JSON_LD: Final = f"{STEM}.jsonld"
#: The dumps that keep the named graphs. The others hold the union of all graphs as one graph.
WITH_GRAPHS: Final = frozenset({N_QUADS, TRIG})
#: The syntax of each dump.
FORMATS: Final = {
    N_QUADS: RdfFormat.N_QUADS,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    TURTLE: RdfFormat.TURTLE,
    TRIG: RdfFormat.TRIG,
    RDF_XML: RdfFormat.RDF_XML,
    JSON_LD: RdfFormat.JSON_LD,
}


def write_canonical(quads: Iterable[Quad], folder: Path) -> None:
    """Write the N-Quads and, from them, the N-Triples.

    Args:
        quads: in any order; repeated quads are written once.
        folder: receives the dumps.
    """
    with (folder / N_QUADS).open("wb") as file:
        file.writelines(canonical_quads.sort_lines(canonical_quads.to_n_quads(quads), folder))
    with (folder / N_QUADS).open("rb") as lines, (folder / N_TRIPLES).open("wb") as file:
        file.writelines(canonical_quads.to_union(lines))


def write_others(folder: Path, base: str) -> None:
    """Write Turtle, RDF/XML, TriG and JSON-LD from the N-Quads and N-Triples of a folder.

    Args:
        folder: with these two dumps.
        base: the IRI that the identifiers of the data begin with.
    """
    prefixes = _used_prefixes(folder / N_TRIPLES, base)
    with (folder / N_TRIPLES).open("rb") as lines, (folder / _TYPES_FIRST).open("wb") as file:
        file.writelines(_types_first(lines, _subject))
    for name in (TURTLE, RDF_XML):
        triples = (quad.triple for quad in parse(path=folder / _TYPES_FIRST))
        with (folder / name).open("wb") as file:
            write_formatted(triples, file, FORMATS[name], prefixes)
    with (folder / JSON_LD).open("w", encoding="utf-8", newline="\n") as text:
        text.writelines(jsonld.to_json_ld(parse(path=folder / _TYPES_FIRST)))
    (folder / _TYPES_FIRST).unlink()
    with (folder / N_QUADS).open("rb") as lines, (folder / _BY_GRAPH).open("wb") as file:
        file.writelines(_types_first(canonical_quads.sort_by_graph(lines, folder), _subject_and_graph))
    with (folder / TRIG).open("wb") as file:
        write_formatted(parse(path=folder / _BY_GRAPH), file, RdfFormat.TRIG, prefixes)
    (folder / _BY_GRAPH).unlink()


def _types_first(lines: Iterable[bytes], block: Callable[[bytes], object]) -> Iterator[bytes]:
    """Put the types of each subject before its other properties; a block is the lines of one subject."""
    for _, of_subject in groupby(lines, block):
        yield from sorted(of_subject, key=_is_no_type)


def _subject(line: bytes) -> bytes:
    return line[: line.index(b" ")]


def _subject_and_graph(line: bytes) -> tuple[bytes, bytes]:
    return line[: line.index(b" ")], line[line.rindex(b" <") :]


def _is_no_type(line: bytes) -> bool:
    return not line.startswith(_TYPE, line.index(b" "))


def _used_prefixes(file: Path, base: str) -> dict[str, str]:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as text:
        return {prefix: iri for prefix, iri in prefixes_of(base).items() if text.find(f"<{iri}".encode()) >= 0}
