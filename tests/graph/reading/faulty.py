"""Reads a text as an RDF file, for tests of faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import RdfSyntaxError
from tlevel_rdf.graph.reading.rdf_files import read_rdf

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://example.org/"


def faults_of(data: str | bytes, name: str, folder: Path) -> list[str]:
    """Return the faults of a file as line:column: problem."""
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(RdfSyntaxError) as caught:
        list(read_rdf([file], BASE))
    assert caught.value.hint
    return [line.removeprefix(f"{file}:") for line in caught.value.message.splitlines()]


def statements_of(data: str | bytes, name: str, folder: Path) -> list[str]:
    """Return the quads of a file as N-Quads."""
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return [str(quad) for quad in read_rdf([file], BASE)]
