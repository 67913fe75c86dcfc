"""Quads → sorted N-Quads lines, each once: the form that hashes are taken of and all dumps are made from.

Lines are sorted by their bytes. What does not fit in memory is sorted in runs on disk, which are then merged.
"""

from __future__ import annotations

import heapq
import tempfile
from contextlib import ExitStack
from io import BytesIO
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

#: Lines that are sorted in memory at a time; about 300 bytes each.
RUN: Final = 400_000


def to_n_quads(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Each quad as a line of canonical N-Quads (RDF 1.1 N-Quads, section 4), with its line break."""
    quads = iter(quads)
    while some := list(islice(quads, 10_000)):
        yield from BytesIO(serialize(some, format=RdfFormat.N_QUADS) or b"")


def sort_lines(lines: Iterable[bytes], folder: Path, run: int = RUN) -> Iterator[bytes]:
    """The lines sorted by their bytes, each once.

    Args:
        lines: each with its line break.
        folder: where runs may be put while it works.
        run: how many lines are sorted in memory at a time.
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


def sort_by_graph(lines: Iterable[bytes], folder: Path, run: int = RUN) -> Iterator[bytes]:
    """Sorted N-Quads lines put in order of their graph first."""
    keyed = (line[line.rindex(b" <") + 1 : -3] + b" " + line for line in lines)
    for line in sort_lines(keyed, folder, run):
        yield line[line.index(b" ") + 1 :]


def to_union(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The union of all graphs as sorted N-Triples lines, each once, from sorted N-Quads lines."""
    yield from (line for line, _ in groupby(line[: line.rindex(b" <")] + b" .\n" for line in lines))
