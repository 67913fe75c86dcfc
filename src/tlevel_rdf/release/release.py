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
from tlevel_rdf.release import dumps
from tlevel_rdf.release.tables import concordance, table, tabular
from tlevel_rdf.search import index_file
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.statistics import Counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


#: The program and its version. The same version makes the same bytes of the same input.
GENERATOR: Final = f"tlevel-rdf {version('tlevel-rdf')}"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
#: The signature of the checksums, if the publisher signs them.
SIGNATURE: Final = f"{SUMS}.sig"
STORE: Final = "store"
#: The checksums of the files of the store, which differ from build to build and so are not in `SHA256SUMS`.
STORE_SUMS: Final = "store.sha256"
REPORT: Final = "report.ttl"
#: The link to the newest release in a folder of releases.
CURRENT: Final = "current"

#: Files of the store without data: the engine writes them whenever it opens the store.
_NO_DATA: Final = frozenset({"LOCK", "LOG"})
#: The folder of the sets of links.
LINKS: Final = "links"
#: The media type of each file of a release beside the sets of links, in the order in which downloads are listed.
MEDIA_TYPES: Final = {
    table.CSV: "text/csv",
    table.CSVW: "application/csvm+json",
    concordance.CODES: "text/csv",
    tabular.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    tabular.OPTIONS_PARQUET: "application/vnd.apache.parquet",
    tabular.CODES_PARQUET: "application/vnd.apache.parquet",
    dumps.TURTLE: "text/turtle",
    dumps.JSON_LD: "application/ld+json",
    dumps.N_TRIPLES: "application/n-triples",
    dumps.RDF_XML: "application/rdf+xml",
    dumps.N_QUADS: "application/n-quads",
    dumps.TRIG: "application/trig",
    index_file.FILE: "application/octet-stream",
    REPORT: "text/turtle",
    MANIFEST: "application/json",
    SUMS: "text/plain",
    SIGNATURE: "application/octet-stream",
}

#: The files that a release has only if an extra of the package was installed when it was built.
OPTIONAL: Final = frozenset({tabular.OPTIONS_PARQUET, tabular.CODES_PARQUET})


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


def store_files(folder: Path) -> list[str]:
    """Return the names of the files of the store of a release, without the log and the lock of the engine."""
    files = sorted(file for file in (folder / STORE).rglob("*") if file.is_file() and file.name not in _NO_DATA)
    return [file.relative_to(folder).as_posix() for file in files]


def store_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of the store of a release."""
    return {name: sha256(folder / name) for name in store_files(folder)}


def write_sums(digests: Mapping[str, str], file: Path) -> None:
    """Write a list of checksums for `sha256sum --check`."""
    file.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())), encoding="utf-8")


def read_sums(folder: Path, name: str = SUMS) -> Iterator[tuple[str, str]]:
    """Yield each file that a list of checksums has, with its SHA-256.

    Args:
        folder: a release.
        name: of the list.

    Raises:
        ReleaseError: the list cannot be read.
    """
    try:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{folder / name} cannot be read: {error}", hint="build the release again") from error
    for line in lines:
        digest, _, file = line.partition("  ")
        yield file, digest
