"""A site: the data, its files and its description, as one immutable value."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.release.dcat import DatasetMetadata, profiles_metadata
from tlevel_rdf.release.release import SUMS, read_sums, sha256
from tlevel_rdf.search.entries import collect_entries
from tlevel_rdf.search.index import SearchIndex
from tlevel_rdf.search.index_file import FILE
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.statistics import Counts, count
from tlevel_rdf.web.data.hash_iris import common_fragments
from tlevel_rdf.web.http.messages import Response, http_date
from tlevel_rdf.web.http.root_path import read_root_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tlevel_rdf.dataset.opening import Dataset
    from tlevel_rdf.store.base import Store
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Headers

#: Caches may store a response and must validate it before each use: a new release can arrive at any time.
REVALIDATE: Final = ("cache-control", "no-cache")
#: For what never changes at its address (RFC 8246).
IMMUTABLE: Final = ("cache-control", "public, max-age=31536000, immutable")
_SHA256: Final = re.compile("[0-9a-f]{64}")


def entity_tag(media_type: MediaType, body: bytes) -> str:
    """Return the strong entity tag (RFC 9110, section 8.8.3) of a representation, with its quotation marks.

    It is a hash of the bytes, so it changes with them: by new data, a new version of the package or another setting.
    """
    return f'"{hashlib.sha256(media_type.name.encode() + body).hexdigest()[:32]}"'


@dataclass(frozen=True)
class Site:
    """The data that a server publishes.

    Attributes:
        store: with the data.
        base: the IRI under which the data identifies things. The server may have another address: a request for `/id/x`
            is about `{base}id/x`, and responses contain IRIs as they were published.
        release: the identifier of this data.
        date: of the release, if it has one.
        files: the downloads under `/data/`, by name.
        settings: of the operator.
        about: title, licence and the like of the data set.
        known_counts: the statistics of the data, if they are stored with it.
        known_digests: SHA-256 digests of files that are stored with the data, in hexadecimal.
        modified: the time of the last change to the data, if it is known more exactly than by the date.
        folder: the folder of the release, beside which older ones are kept; None for other data.
        is_static: True for the pages of an export, which run without the server.
        is_on_engine: True if the data is on an engine elsewhere.
        version: the id of the release, if it is shown at addresses that name it; empty for the release of today.
        is_current: True if that release is also the one that the site shows at other addresses.
    """

    store: Store
    base: str
    release: str
    date: dt.date | None = None
    files: Mapping[str, Path] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    about: DatasetMetadata = field(default_factory=lambda: profiles_metadata(Settings()))
    known_counts: Counts | None = None
    known_digests: Mapping[str, str] = field(default_factory=dict)
    modified: dt.datetime | None = None
    folder: Path | None = None
    is_static: bool = False
    is_on_engine: bool = False
    version: str = ""
    is_current: bool = False

    @property
    def address(self) -> str:
        """The address that answers: the setting if there is one, else the base."""
        return self.settings.address or self.base

    @property
    def dataset(self) -> str:
        """The IRI of the data set."""
        return self.about.dataset or Identifiers(self.base).dataset().value

    @property
    def url(self) -> str:
        """The public URL of the site, with a slash at its end, for places that need more than a path."""
        return self.settings.address or self.base

    @cached_property
    def root_path(self) -> str:
        """The path of the site on its host, as `Request.root_path` has it: that of the setting `address`."""
        return read_root_path(urlsplit(self.settings.address).path)

    @cached_property
    def graph_sizes(self) -> dict[str, int]:
        """The number of triples in each named graph, and under '' in their union."""
        return {"": self.counts.triples, **self.counts.graphs}

    @cached_property
    def counts(self) -> Counts:
        """The statistics of the data, computed once."""
        return self.known_counts or count(self.store, self.base)

    @cached_property
    def search_index(self) -> SearchIndex:
        """The names and codes of things: from the release, or else collected at the first search.

        Raises:
            ReleaseError: the index of the release is damaged.
        """
        if file := self.files.get(FILE):
            try:
                return SearchIndex.open(file)
            except (OSError, ValueError) as error:
                message = f"{file} cannot be read: {error}"
                raise ReleaseError(message, hint="build the release again") from error
        return SearchIndex.of(collect_entries(self.store, self.base))

    @cached_property
    def fragments(self) -> tuple[str, ...]:
        """The most frequent fragments of IRIs under the base, computed once."""
        return common_fragments(self.store, self.base)

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 digest of each existing file, from the release if it lists one, else computed once."""
        listed = dict(read_sums(self.files[SUMS].parent)) if SUMS in self.files else {}
        known = {name: digest for name, digest in listed.items() if _SHA256.fullmatch(digest)} | {**self.known_digests}
        return {name: known.get(name) or sha256(file) for name, file in self.files.items() if file.is_file()}

    def represent(self, media_type: MediaType, body: bytes, *, headers: Headers = ()) -> Response:
        """Return a response with a representation and its validators.

        Args:
            media_type: of the representation.
            body: the complete representation.
            headers: to add.
        """
        return self._represented(media_type, body, entity_tag(media_type, body)).with_headers(*headers)

    def represent_file(self, name: str, media_type: MediaType, *, headers: Headers = ()) -> Response:
        """Return a response with a file and its validators."""
        file = self.files[name]
        status = file.stat()
        # A release never changes, and copies of it have other times. Files that are not of a release can change.
        changed = "" if self.date else status.st_mtime_ns
        tag = entity_tag(media_type, f"{name} {self.digests[name]} {status.st_size} {changed}".encode())
        return self._represented(media_type, file, tag).with_headers(*headers)

    def _represented(self, media_type: MediaType, body: bytes | Path, tag: str) -> Response:
        return Response(
            200, (("content-type", media_type.content_type), ("etag", tag), *self._last_modified, REVALIDATE), body
        )

    @cached_property
    def known_terms(self) -> frozenset[str]:
        """The IRIs of properties and classes that the stored statistics list."""
        counts = self.known_counts
        return frozenset((*counts.of_property, *counts.of_class)) if counts else frozenset()

    @cached_property
    def _last_modified(self) -> Headers:
        # Two releases can have the same date, and one can replace the other again.
        midnight = dt.datetime.combine(self.date, dt.time(), tzinfo=dt.UTC) if self.date else None
        moment = self.modified or midnight
        return (("last-modified", http_date(moment)),) if moment else ()


def site_of(opened: Dataset, settings: Settings) -> Site:
    """Return the site of data that has been opened."""
    return Site(
        opened.store,
        opened.base,
        opened.id,
        opened.date,
        opened.files,
        settings,
        opened.about,
        opened.counts,
        opened.digests,
        opened.modified,
        opened.folder,
        is_on_engine=opened.is_on_engine,
    )
