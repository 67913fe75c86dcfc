"""Canonical N-Quads: sorted lines, each once, that releases are hashed by and that all dumps are made from.

Lines are sorted by their bytes. Lines that do not fit in memory are sorted in runs on disk, which are then merged.
"""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack
from io import BytesIO
from itertools import groupby, islice
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from tlevel_rdf.limits import MAX_QUADS_PER_WRITE, MAX_SORTED_LINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad


def to_n_quads(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Yield each quad as a line of canonical N-Quads (RDF 1.1 N-Quads, section 4), with its line break."""
    quads = iter(quads)
    while some := list(islice(quads, MAX_QUADS_PER_WRITE)):
        yield from BytesIO(serialize(some, format=RdfFormat.N_QUADS) or b"")


def sort_lines(lines: Iterable[bytes], folder: Path, run: int = MAX_SORTED_LINES) -> Iterator[bytes]:
    """Yield lines in the order of their bytes, each once.

    Args:
        lines: each with its line break.
        folder: for temporary files.
        run: lines to sort in memory at a time.
    """
    lines = iter(lines)
    first = sorted(set(islice(lines, run)))
    if len(first) == 0:
        return
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = [first]
        while more := set(islice(lines, run)):
            file = stack.enter_context(tempfile.TemporaryFile(dir=folder))
            file.writelines(sorted(more))
            file.seek(0)
            runs.append(file)
        yield from (line for line, _ in groupby(heapq.merge(*runs)))


def sort_by_graph(lines: Iterable[bytes], folder: Path, run: int = MAX_SORTED_LINES) -> Iterator[bytes]:
    """Yield sorted N-Quads lines in the order of their graphs."""
    keyed = (line[line.rindex(b" <") + 1 : -3] + b" " + line for line in lines)
    for line in sort_lines(keyed, folder, run):
        yield line[line.index(b" ") + 1 :]


def to_union(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the union of all graphs as sorted N-Triples lines, each once, from sorted N-Quads lines."""
    yield from (line for line, _ in groupby(line[: line.rindex(b" <")] + b" .\n" for line in lines))
