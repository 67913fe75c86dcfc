"""A release: its files, and how to open one. A finished release never changes."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.reference.links import ENDING
from tlevel_rdf.release import concordance, dumps, table
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.statistics import Counts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


#: The program and its version. The same version makes the same bytes of the same input.
GENERATOR: Final = f"tlevel-rdf {version('tlevel-rdf')}"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
STORE: Final = "store"
REPORT: Final = "report.ttl"
#: The link to the newest release in a folder of releases.
CURRENT: Final = "current"

#: The folder of the sets of links.
LINKS: Final = "links"
#: The media type of each file of a release beside the sets of links, in the order in which downloads are listed.
MEDIA_TYPES: Final = {
    table.CSV: "text/csv",
    table.CSVW: "application/csvm+json",
    concordance.CODES: "text/csv",
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
        folder: its folder.
        manifest: the contents of `manifest.json`.
    """

    folder: Path
    manifest: dict[str, Any] = field(repr=False)

    @property
    def id(self) -> str:
        """Its unique name: the date and the beginning of the hash."""
        return str(self.manifest["id"])

    @property
    def base(self) -> str:
        """The IRI that its identifiers begin with."""
        return str(self.manifest["base"])

    @property
    def date(self) -> datetime.date:
        """Its date."""
        return datetime.date.fromisoformat(str(self.manifest["date"]))

    @property
    def counts(self) -> Counts | None:
        """The counts of its contents; None in a release of an older version."""
        counts = self.manifest.get("counts")
        return Counts.from_json(counts, self.manifest["graphs"]) if counts else None

    @property
    def files(self) -> dict[str, Path]:
        """Its files, by name."""
        return {name: self.folder / name for name in list_files(self.folder)}

    def store(self) -> EmbeddedStore:
        """Open its store, which many processes can query at once.

        Raises:
            ReleaseError: the store is damaged.
        """
        return EmbeddedStore.open(self.folder / STORE)


def list_files(folder: Path) -> list[str]:
    """Return the names of the files of a release that exist, in the order in which downloads are listed."""
    links = sorted(f"{LINKS}/{file.name}" for file in (folder / LINKS).glob(f"*{ENDING}"))
    return [*(name for name in MEDIA_TYPES if (folder / name).is_file()), *links]


def media_type_of(name: str) -> str:
    """Return the media type of a file of a release."""
    return MEDIA_TYPES.get(name, "text/tab-separated-values")


def open_release(folder: Path) -> Release:
    """Open a release, or the newest release in a folder of releases.

    Raises:
        ReleaseError: the folder is no release and has none, or the release is damaged.
    """
    for candidate in (folder, folder / CURRENT):
        if (candidate / MANIFEST).is_file():
            # Resolve the link once: it may change at any moment.
            return _open(candidate.resolve())
    raise ReleaseError(f"{folder} is not a release and contains none", hint="make one with: tlevel-rdf build")


def is_release(folder: Path) -> bool:
    """Return True if a folder is a release or has a current release."""
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
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def read_sums(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each file that `SHA256SUMS` lists, with its SHA-256.

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
