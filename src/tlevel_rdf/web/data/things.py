"""Things with their names and the paths of their pages, from one query for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.data.iris import local_path
from tlevel_rdf.web.data.labels import Labels

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site


@dataclass(frozen=True)
class Thing:
    """A thing with its name and the path of its page."""

    name: str
    iri: str
    page: str


class Things:
    """The names and pages of the things of an answer."""

    def __init__(self, site: Site, *iris: str) -> None:
        self._base = site.base
        self._labels = Labels(site.base, labels_and_types(site.store, filter(None, iris)))

    def of(self, iri: str) -> Thing:
        """Return a thing with its name and its page."""
        return Thing(self._labels.of(iri), iri, local_path(iri, self._base))

    def place(self, iri: str) -> Thing | None:
        """Return a place in a document, with the title of the document."""
        if not iri:
            return None
        words, title = place_in_words(iri), self._labels.of(iri.partition("#")[0])
        return Thing(f"{words} of {title}" if words else title, iri, local_path(iri, self._base))
