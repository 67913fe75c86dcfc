"""Reference data in compiled form: described once, kept in a folder, and used by many commands.

The folder holds the quads as N-Quads, a store of them with their union, the names that profiles refer to, and the sets
of links as files.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import NamedNode

from tlevel_rdf.graph import canonical_quads, terms
from tlevel_rdf.graph.lexical_forms import lexical_forms_file
from tlevel_rdf.graph.union import write_union
from tlevel_rdf.reference.index import KnownTLevel, ReferenceIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

_QUADS: Final = "reference.nq"
_CONTEXT: Final = "context.nq"
_INDEX: Final = "index.json"
_STORE: Final = "store"
#: The properties by which rules compare a thing with all others.
_COMPARED: Final = frozenset({terms.TYPE, terms.PREF_LABEL, terms.ALT_LABEL, terms.LEVEL_PROPERTY})
_LINKS: Final = "links"


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

    def context(self, nodes: Iterable[NamedNode]) -> Iterator[Quad]:
        """Yield what the rules need to know about things that profiles name.

        That is the vocabulary, the labels of all jobs and standards, and the statements about these nodes and about the
        things that those statements name.

        Args:
            nodes: may include things that the reference data does not have.
        """
        yield from pyoxigraph.parse(path=self.folder / _CONTEXT)
        store = pyoxigraph.Store.read_only(str(self.folder / _STORE))
        reached = set(nodes)
        for node in set(nodes):
            for quad in store.quads_for_pattern(node, None, None, None):
                yield quad
                if isinstance(quad.object, NamedNode):
                    reached.add(quad.object)
        for node in reached.difference(nodes):
            yield from store.quads_for_pattern(node, None, None, None)

    @property
    def links(self) -> list[Path]:
        """The files of links, by name."""
        return sorted((self.folder / _LINKS).iterdir())

    def copy_store(self, folder: Path) -> None:
        """Copy the store, for a data set that adds to it.

        Args:
            folder: does not exist yet.
        """
        shutil.copytree(self.folder / _STORE, folder)
        forms = lexical_forms_file(self.folder / _STORE)
        if forms.is_file():
            shutil.copy(forms, lexical_forms_file(folder))


def write_compiled(
    index: ReferenceIndex, quads: Sequence[Quad], folder: Path, links: Mapping[str, str] | None = None
) -> CompiledReference:
    """Write the compiled form of reference data.

    Args:
        index: its names.
        quads: its quads, with the vocabulary and what follows.
        folder: exists and is empty.
        links: the name and text of each file of links.
    """
    (folder / _LINKS).mkdir()
    for name, text in (links or {}).items():
        (folder / _LINKS / name).write_text(text, encoding="utf-8", newline="")
    with (folder / _QUADS).open("wb") as file:
        file.writelines(canonical_quads.sort_lines(canonical_quads.to_n_quads(quads), folder))
    (folder / _INDEX).write_text(json.dumps(asdict(index), ensure_ascii=False), encoding="utf-8")
    with (folder / _CONTEXT).open("wb") as file:
        file.writelines(canonical_quads.to_n_quads(_context(quads)))
    write_union(quads, folder / _STORE)
    return CompiledReference(folder)


def _context(quads: Sequence[Quad]) -> Iterator[Quad]:
    """Yield the vocabulary, and the types and labels of jobs and standards.

    A rule compares a job with all others, and with all standards. An occupation of the map is no job of a profile.
    """
    of_map = {quad.subject for quad in quads if quad.predicate == terms.OCCUPATION_REFERENCE}
    named = {
        quad.subject
        for quad in quads
        if quad.predicate == terms.TYPE and quad.object in {terms.OCCUPATION, terms.OCCUPATIONAL_STANDARD}
    } - of_map
    for quad in quads:
        is_vocabulary = isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.endswith("graph/vocabulary")
        if is_vocabulary or (quad.subject in named and quad.predicate in _COMPARED):
            yield quad
