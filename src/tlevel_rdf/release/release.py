"""A release: a finished directory that never changes. Here are its files and how one is opened."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.release import dumps, table
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.statistics import Counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


#: What made the release; the same input gives the same bytes with the same version.
GENERATOR: Final = f"tlevel-rdf {version('tlevel-rdf')}"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
STORE: Final = "store"
REPORT: Final = "report.ttl"
#: The link in a folder of releases that points at the newest.
CURRENT: Final = "current"

#: Every file of a release that people download, with its media type, in the order in which they are offered.
MEDIA_TYPES: Final = {
    table.CSV: "text/csv",
    table.CSVW: "application/csvm+json",
    dumps.TURTLE: "text/turtle",
    dumps.JSON_LD: "application/ld+json",
    dumps.N_TRIPLES: "application/n-triples",
    dumps.RDF_XML: "application/rdf+xml",
    dumps.N_QUADS: "application/n-quads",
    dumps.TRIG: "application/trig",
    REPORT: "text/turtle",
    MANIFEST: "application/json",
    SUMS: "text/plain",
}


@dataclass(frozen=True)
class Release:
    """An opened release.

    Attributes:
        folder: its directory.
        manifest: what `manifest.json` says.
    """

    folder: Path
    manifest: dict[str, Any]

    @property
    def id(self) -> str:
        """Its name, which no other release has: its date and the beginning of its hash."""
        return str(self.manifest["id"])

    @property
    def base(self) -> str:
        """The IRI under which its things are identified."""
        return str(self.manifest["base"])

    @property
    def date(self) -> datetime.date:
        """Its date."""
        return datetime.date.fromisoformat(str(self.manifest["date"]))

    @property
    def counts(self) -> Counts | None:
        """How much of what there is; None in a release that was built before that was counted."""
        counts = self.manifest.get("counts")
        return Counts.from_json(counts, self.manifest["graphs"]) if counts else None

    @property
    def files(self) -> dict[str, Path]:
        """What can be downloaded, by name."""
        return {name: self.folder / name for name in MEDIA_TYPES if (self.folder / name).is_file()}

    def store(self) -> EmbeddedStore:
        """Its quads, ready to be queried; from many processes at once.

        Raises:
            ReleaseError: the store is damaged.
        """
        return EmbeddedStore.open(self.folder / STORE)


def open_release(folder: Path) -> Release:
    """Open a release, or the newest of a folder of releases.

    Raises:
        ReleaseError: it is none.
    """
    for candidate in (folder, folder / CURRENT):
        if (candidate / MANIFEST).is_file():
            # Resolved once: a newer release may become the current one at any moment.
            return _open(candidate.resolve())
    raise ReleaseError(f"{folder} is no release and has no current one", hint="make one with: tlevel-rdf build")


def is_release(folder: Path) -> bool:
    """Whether the folder is a release or has a current one."""
    return (folder / MANIFEST).is_file() or (folder / CURRENT / MANIFEST).is_file()


def _open(folder: Path) -> Release:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        release = Release(folder, manifest)
        _ = (release.id, release.base, release.date, release.counts, manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{folder / MANIFEST} is damaged: {error}", hint="build the release again") from error
    return release


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def read_sums(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file that `SHA256SUMS` lists, with its sum.

    Raises:
        ReleaseError: the list cannot be read.
    """
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{folder / SUMS} cannot be read: {error}", hint="build the release again") from error
    for line in lines:
        digest, _, name = line.partition("  ")
        yield name, digest
