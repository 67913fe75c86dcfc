"""The statements of only one of two versions, from their sorted N-Quads, in bounded memory."""

from __future__ import annotations

import heapq
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Quad, RdfFormat, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Difference(NamedTuple):
    """The statements about one thing that only one version has.

    Attributes:
        thing: the subject of the statements.
        removed: those of the older version.
        added: those of the newer version.
    """

    thing: Any
    removed: list[Quad]
    added: list[Quad]


def differing_lines(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield the lines that only one of two sorted sequences has, and True for those of the newer.

    Args:
        old: lines in the order of their bytes, each once.
        new: the same.
    """
    merged = heapq.merge(((line, False) for line in old), ((line, True) for line in new))
    for line, of_line in groupby(merged, key=itemgetter(0)):
        sides = [is_new for _, is_new in of_line]
        if len(sides) == 1:
            yield line, sides[0]


def find_differences(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Difference]:
    """Yield the differences of two versions, in the order of the things.

    Args:
        old: the N-Quads of the older version: lines in the order of their bytes, each once.
        new: those of the newer version.
    """
    for _, of_thing in groupby(differing_lines(old, new), key=lambda pair: pair[0].partition(b" ")[0]):
        lines = [*of_thing]
        quads = [*parse(b"".join(line for line, _ in lines), format=RdfFormat.N_QUADS)]
        removed = [quad for quad, (_, is_new) in zip(quads, lines, strict=True) if not is_new]
        added = [quad for quad, (_, is_new) in zip(quads, lines, strict=True) if is_new]
        yield Difference(quads[0].subject, removed, added)


def as_rdf_patch(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the differences as RDF Patch: a line for each statement, with D if it was deleted and A if it was added.

    Args:
        old: the sorted N-Quads of the older version.
        new: those of the newer version.
    """
    yield b"TX .\n"
    for line, is_new in differing_lines(old, new):
        yield (b"A " if is_new else b"D ") + line
    yield b"TC .\n"
