"""The files of a site that contain all of its data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tlevel_rdf.release.release import LINKS, REPORT
from tlevel_rdf.web.http.media_types import (
    CSV,
    GRAPHS,
    GZIP,
    N_QUADS,
    PARQUET,
    TRIG,
    TSV,
    XLSX,
    MediaType,
    type_of_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.web.data.site import Site

_TABLES: Final = (CSV, TSV, XLSX, PARQUET)
_MEDIA_TYPES: Final = (*GRAPHS, N_QUADS, TRIG, CSV, XLSX, PARQUET)


@dataclass(frozen=True, slots=True)
class Dump:
    """A file with all the data, or a set of links.

    Attributes:
        name: of the file.
        media_type: of the uncompressed content.
        is_gzipped: True if the file is compressed with gzip.
        size: of the file, in bytes.
        sha256: of the file, in hexadecimal.
    """

    name: str
    media_type: MediaType
    is_gzipped: bool
    size: int
    sha256: str

    @property
    def is_rdf(self) -> bool:
        """True if the content is RDF and not a table."""
        return self.media_type not in _TABLES

    @property
    def file_type(self) -> MediaType:
        """The media type of the file itself."""
        return GZIP if self.is_gzipped else self.media_type

    @property
    def path(self) -> str:
        """The path of the download, percent-encoded and relative to the base."""
        return f"data/{quote(self.name)}"


def dumps(site: Site) -> Iterator[Dump]:
    """Yield the files of a site that contain all the data, in RDF or as a table."""
    for name, digest in site.digests.items():
        content_name = name.removesuffix(GZIP.suffix)
        media_type = type_of_file(content_name)
        if media_type in _MEDIA_TYPES and content_name != REPORT:
            yield Dump(name, media_type, content_name != name, site.files[name].stat().st_size, digest)


def link_files(site: Site) -> Iterator[Dump]:
    """Yield the files of a site that hold links to other data sets."""
    for name, digest in site.digests.items():
        if name.startswith(f"{LINKS}/"):
            yield Dump(name, TSV, is_gzipped=False, size=site.files[name].stat().st_size, sha256=digest)
