"""A checkout with little reference data, on which every command is fast.

It has the shipped profiles, and what `trimmed` keeps of the shipped reference data. Its other folders are links to
those of this checkout.
"""

from __future__ import annotations

import csv
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.compiling import trimmed
from tlevel_rdf.reference.loading import T_LEVELS_FILE, TABLES, file_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tlevel_rdf.reference.model import Reference, Row

TOP: Final = Path(__file__).parents[1]


def make_checkout(folder: Path, reference: Reference) -> Path:
    """Write a checkout with a part of some reference data to an empty folder, and return the folder."""
    small = trimmed(reference)
    data = folder / "data"
    for name in ("reference", "links"):
        (data / name).mkdir(parents=True)
    files = [f"data/links/{each.name}.sssom.tsv" for each in small.links]
    for name in ("src", "ontology", "shapes", "queries", "data/profiles", f"data/reference/{T_LEVELS_FILE}", *files):
        (folder / name).symlink_to(TOP / name)
    for table, form in TABLES.items():
        columns = {name: info.alias or name for name, info in form.row.model_fields.items()}
        _write_table(data / "reference" / file_of(table), columns, getattr(small, table))
    return folder


@contextmanager
def use_checkout(folder: Path) -> Iterator[None]:
    """Make a checkout the current folder, and the place of the shipped files here and in new processes."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("tlevel_rdf.shipped._CHECKOUT", folder)
        monkeypatch.setenv("PYTHONPATH", f"{folder / 'src'}{os.pathsep}{TOP}")
        # Compiled reference data that is little displaces none of that of the shipped data.
        monkeypatch.setenv("TLEVEL_RDF_REFERENCE_CACHE", str(TOP / "build" / "cache" / "small"))
        monkeypatch.setenv("XDG_CACHE_HOME", str(TOP / "build" / "cache" / "small"))
        monkeypatch.chdir(folder)
        yield


def _write_table(path: Path, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns.values())
        writer.writerows([_cell(getattr(row, name)) for name in columns] for row in rows)


def _cell(value: object) -> object:
    return "|".join(map(str, value)) if isinstance(value, tuple) else value
