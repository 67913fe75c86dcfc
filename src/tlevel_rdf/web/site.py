"""What is served, as one value that does not change: the data, its files, and what must be said about them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.http import Response, http_date, is_unchanged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tlevel_rdf.release.opening import Opened
    from tlevel_rdf.store.base import Store
    from tlevel_rdf.web.http import Request
    from tlevel_rdf.web.negotiation import MediaType

#: A client may keep an answer, and asks each time whether it still holds: a new release can come at any moment.
_REVALIDATE: Final = ("cache-control", "no-cache")


def content_tag(body: bytes) -> str:
    """A strong entity tag (RFC 9110, section 8.8.3) of these very bytes, with its quotes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


@dataclass(frozen=True)
class Site:
    """What is served.

    Attributes:
        store: answers queries about the data.
        base: the IRI under which the data identifies things. The server may stand elsewhere: a request for
            `/id/x` is about `{base}id/x`, and IRIs are sent as they were published.
        release: tells this data from any other; part of every entity tag.
        date: the day of the release, if it has one.
        files: what can be had under `/data/`, by name.
        settings: title, publisher, licence and attribution.
    """

    store: Store
    base: str
    release: str
    date: dt.date | None = None
    files: Mapping[str, Path] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)

    @property
    def dataset(self) -> str:
        """The IRI of the data set."""
        return Identifiers(self.base).dataset().value

    @cached_property
    def graph_sizes(self) -> dict[str, int]:
        """The named graphs and their numbers of triples; counted once, since the data does not change."""
        return self.store.graphs()

    def etag(self, *parts: str) -> str:
        """A strong entity tag for what this release and these parts determine."""
        # The pages change with the package, whatever the release.
        return content_tag("\n".join((version("tlevel-rdf"), self.release, *parts)).encode())

    def represent(
        self,
        request: Request,
        media_type: MediaType,
        make: Callable[[], bytes | Path],
        *,
        etag: str,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> Response:
        """A representation, or 304 if the client holds it; only what is sent is made.

        Args:
            request: a GET or HEAD.
            media_type: of the representation.
            make: gives the body.
            etag: a strong entity tag, with its quotes.
            headers: more headers, for 200 and 304 alike (RFC 9110, section 15.4.5).
        """
        dated = (("last-modified", http_date(self.date)),) if self.date else ()
        shared = (("etag", etag), *dated, _REVALIDATE)
        if is_unchanged(request, etag, self.date):
            return Response(304, shared).with_headers(*headers)
        return Response(200, (("content-type", media_type.content_type), *shared), make()).with_headers(*headers)


def site_of(opened: Opened, settings: Settings) -> Site:
    """Data that was opened, as a site."""
    return Site(opened.store, opened.base, opened.id, opened.date, opened.files, settings)
