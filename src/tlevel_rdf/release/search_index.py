"""The search index of a release: made once, when the release is built, and read by every process that serves it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from tlevel_rdf.release import release
from tlevel_rdf.search.entries import collect_entries
from tlevel_rdf.search.index_file import FILE, pack_index
from tlevel_rdf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pathlib import Path


def pack_search_index(folder: Path, base: str) -> bytes:
    """Return the search index of the store of a release, whose identifiers begin with a base."""
    with closing(EmbeddedStore.open(folder / release.STORE)) as store:
        return pack_index(collect_entries(store, base))


def write_search_index(folder: Path, base: str) -> None:
    """Write the search index of the store of a release."""
    (folder / FILE).write_bytes(pack_search_index(folder, base))
