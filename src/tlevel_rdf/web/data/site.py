"""What is served, as one value that does not change: the data, its files, and what must be said about them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.release.dcat import DatasetMetadata, profiles_metadata
from tlevel_rdf.release.release import SUMS, read_sums, sha256
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.statistics import Counts, count
from tlevel_rdf.web.data.hash_iris import usual_fragments
from tlevel_rdf.web.http.messages import Response, http_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from tlevel_rdf.dataset.opening import Dataset
    from tlevel_rdf.store.base import Store
    from tlevel_rdf.web.http.media_types import MediaType
    from tlevel_rdf.web.http.messages import Headers

#: A client may keep an answer, and asks each time whether it still holds: a new release can come at any moment.
REVALIDATE: Final = ("cache-control", "no-cache")
_SHA256: Final = re.compile("[0-9a-f]{64}")


def entity_tag(media_type: MediaType, body: bytes) -> str:
    """A strong entity tag (RFC 9110, section 8.8.3) of a representation, with its quotes.

    It is made from the very bytes, so that whatever changes them changes it: the data, the package, a setting.
    """
    return f'"{hashlib.sha256(media_type.name.encode() + body).hexdigest()[:32]}"'


@dataclass(frozen=True)
class Site:
    """What is served.

    Attributes:
        store: answers queries about the data.
        base: the IRI under which the data identifies things. The server may stand elsewhere: a request for
            `/id/x` is about `{base}id/x`, and IRIs are sent as they were published.
        release: tells this data from any other.
        date: the day of the release, if it has one.
        files: what can be had under `/data/`, by name.
        settings: of whoever serves it.
        about: what can be said of the data as a whole.
        counted: how much of what there is, if that was counted before.
        known_digests: the SHA-256 of files, as far as it is known.
        modified: when data without a date was last written.
    """

    store: Store
    base: str
    release: str
    date: dt.date | None = None
    files: Mapping[str, Path] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    about: DatasetMetadata = field(default_factory=lambda: profiles_metadata(Settings()))
    counted: Counts | None = None
    known_digests: Mapping[str, str] = field(default_factory=dict)
    modified: dt.datetime | None = None

    @property
    def dataset(self) -> str:
        """The IRI of the data set."""
        return self.about.dataset or Identifiers(self.base).dataset().value

    @cached_property
    def graph_sizes(self) -> dict[str, int]:
        """The named graphs and their numbers of triples; under '' how many there are in all, each once."""
        return {"": self.counts.triples, **self.counts.graphs}

    @cached_property
    def counts(self) -> Counts:
        """How much of what there is; counted once, since the data does not change."""
        return self.counted or count(self.store, self.base)

    @cached_property
    def fragments(self) -> tuple[str, ...]:
        """The fragments by which the data names things under the base; learnt once."""
        return usual_fragments(self.store, self.base)

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file that is there, as the list of the release has it, else computed once."""
        listed = dict(read_sums(self.files[SUMS].parent)) if SUMS in self.files else {}
        known = {name: digest for name, digest in listed.items() if _SHA256.fullmatch(digest)} | {**self.known_digests}
        return {name: known.get(name) or sha256(file) for name, file in self.files.items() if file.is_file()}

    def represent(self, media_type: MediaType, body: bytes, *, headers: Headers = ()) -> Response:
        """A representation with what caches need to know of it.

        Args:
            media_type: of the representation.
            body: all of it.
            headers: more headers.
        """
        return self._represented(media_type, body, entity_tag(media_type, body)).with_headers(*headers)

    def represent_file(self, name: str, media_type: MediaType, *, headers: Headers = ()) -> Response:
        """One of the files, with what caches need to know of it."""
        file = self.files[name]
        told = file.stat()
        # A release does not change, and is the same wherever it is copied to. Other files can be written again.
        moment = "" if self.date else told.st_mtime_ns
        tag = entity_tag(media_type, f"{name} {self.digests[name]} {told.st_size} {moment}".encode())
        return self._represented(media_type, file, tag).with_headers(*headers)

    def _represented(self, media_type: MediaType, body: bytes | Path, tag: str) -> Response:
        return Response(200, (("content-type", media_type.content_type), ("etag", tag), *self._dated, REVALIDATE), body)

    @cached_property
    def _dated(self) -> Headers:
        moment = self.date or self.modified
        return (("last-modified", http_date(moment)),) if moment else ()


def site_of(opened: Dataset, settings: Settings) -> Site:
    """Data that was opened, as a site."""
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
    )
