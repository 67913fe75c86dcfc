"""Reference data in compiled form: described once, kept in a folder, and used by many commands.

The folder holds the quads as N-Quads, a store of them with their union, and the names that profiles refer to.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph

from tlevel_rdf.graph import canonical_quads
from tlevel_rdf.graph.lexical_forms import lexical_forms_file
from tlevel_rdf.graph.union import write_union
from tlevel_rdf.reference.index import KnownTLevel, ReferenceIndex

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pyoxigraph import Quad

_QUADS: Final = "reference.nq"
_INDEX: Final = "index.json"
_STORE: Final = "store"


@dataclass(frozen=True)
class CompiledReference:
    """Reference data that was described before.

    Attributes:
        folder: the folder of the compiled form.
    """

    folder: Path

    @cached_property
    def index(self) -> ReferenceIndex:
        """The names and codes of the reference data."""
        kept = json.loads((self.folder / _INDEX).read_bytes())
        kept["t_levels"] = {key: KnownTLevel(**value) for key, value in kept["t_levels"].items()}
        kept["standards"] = {int(level): titles for level, titles in kept["standards"].items()}
        return ReferenceIndex(**kept)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """The vocabulary, the reference data and what follows from them."""
        return tuple(pyoxigraph.parse(path=self.folder / _QUADS))

    def copy_store(self, folder: Path) -> None:
        """Copy the store, for a data set that adds to it.

        Args:
            folder: does not exist yet.
        """
        shutil.copytree(self.folder / _STORE, folder)
        forms = lexical_forms_file(self.folder / _STORE)
        if forms.is_file():
            shutil.copy(forms, lexical_forms_file(folder))


def write_compiled(index: ReferenceIndex, quads: Sequence[Quad], folder: Path) -> CompiledReference:
    """Write the compiled form of reference data to an existing folder."""
    with (folder / _QUADS).open("wb") as file:
        file.writelines(canonical_quads.sort_lines(canonical_quads.to_n_quads(quads), folder))
    (folder / _INDEX).write_text(json.dumps(asdict(index), ensure_ascii=False), encoding="utf-8")
    write_union(quads, folder / _STORE)
    return CompiledReference(folder)
