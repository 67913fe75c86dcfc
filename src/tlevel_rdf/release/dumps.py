"""The canonical N-Quads → the other dumps. Each is made in one pass over sorted lines, in bounded memory."""

from __future__ import annotations

import mmap
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from tlevel_rdf.graph import canonical_quads, jsonld, terms
from tlevel_rdf.graph.tidy import TurtleLines, XmlLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

S = TypeVar("S", Triple, Quad)

#: The canonical lines in the order of their graphs, while TriG and JSON-LD are made of them.
_BY_GRAPH: Final = "by-graph.nq"
#: The name of every dump before its ending.
STEM: Final = "progression-profiles"
#: The canonical one, which the others are made from.
N_QUADS: Final = f"{STEM}.nq"
N_TRIPLES: Final = f"{STEM}.nt"
TURTLE: Final = f"{STEM}.ttl"
TRIG: Final = f"{STEM}.trig"
RDF_XML: Final = f"{STEM}.rdf"
JSON_LD: Final = f"{STEM}.jsonld"
#: Every dump in RDF, with its media type and how it is read.
FORMATS: Final = {
    N_QUADS: RdfFormat.N_QUADS,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    TURTLE: RdfFormat.TURTLE,
    TRIG: RdfFormat.TRIG,
    RDF_XML: RdfFormat.RDF_XML,
    JSON_LD: RdfFormat.JSON_LD,
}


def write_triples(folder: Path) -> None:
    """Write the N-Triples beside the N-Quads of a folder."""
    with (folder / N_QUADS).open("rb") as lines, (folder / N_TRIPLES).open("wb") as file:
        file.writelines(canonical_quads.to_union(lines))


def write_others(folder: Path) -> None:
    """Write Turtle, RDF/XML, TriG and JSON-LD beside the N-Quads and N-Triples of a folder."""
    prefixes = _prefixes_used(folder / N_TRIPLES)
    for name, tidy in ((TURTLE, TurtleLines), (RDF_XML, XmlLines)):
        triples = (quad.triple for quad in parse(path=folder / N_TRIPLES))
        _write(_readable(triples), folder / name, tidy, prefixes)
    with (folder / N_QUADS).open("rb") as lines, (folder / _BY_GRAPH).open("wb") as sorted_lines:
        sorted_lines.writelines(canonical_quads.sort_by_graph(lines, folder))
    _write(_readable(parse(path=folder / _BY_GRAPH), "graph_name"), folder / TRIG, TurtleLines, prefixes)
    with (folder / JSON_LD).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(jsonld.document(_readable(parse(path=folder / _BY_GRAPH), "graph_name")))
    (folder / _BY_GRAPH).unlink()


def _write(
    statements: Iterable[Triple] | Iterable[Quad],
    file: Path,
    tidy: type[TurtleLines | XmlLines],
    prefixes: dict[str, str],
) -> None:
    with file.open("wb") as opened:
        serialize(statements, tidy(opened), FORMATS[file.name], prefixes=prefixes)  # type: ignore[arg-type]  # it only writes and flushes


def _readable(statements: Iterable[S], *block: str) -> Iterator[S]:
    for _, of_block in groupby(statements, attrgetter("subject", *block)):
        yield from sorted(of_block, key=_type_first)


def _type_first(statement: Triple | Quad) -> bool:
    return statement.predicate != terms.TYPE


def _prefixes_used(file: Path) -> dict[str, str]:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as text:
        return {prefix: iri for prefix, iri in terms.PREFIXES.items() if text.find(f"<{iri}".encode()) >= 0}
