"""Facts and names of several things at once, for the plain values of the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph import terms
from tlevel_rdf.web.api import schema
from tlevel_rdf.web.data.facts import text
from tlevel_rdf.web.data.iris import local_path, to_uri
from tlevel_rdf.web.data.labels import Labels, names_of, natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tlevel_rdf.web.data.site import Site

#: Where the API tells more of a kind of thing, and what the key of such a thing looks like.
_MORE: Final = {
    "t-level": ("/api/t-levels/{}", re.compile(r"[^/?#]+")),
    "specialism": ("/api/specialisms/{}/options", re.compile(r"[^/?#]+/[^/?#]+")),
    "occupation": ("/api/occupations/{}/reached-from", re.compile(r"[^/?#]+")),
}


class Names:
    """What things are called, asked for once for all that an answer names.

    Args:
        site: that is asked.
        iris: of the things.
    """

    def __init__(self, site: Site, iris: Iterable[str]) -> None:
        self._base = site.base
        self._names = names_of(site.store, iris)
        self._labels = Labels(site.base, self._names)

    def name(self, iri: str) -> str:
        """What a thing is called."""
        return self._labels.of(iri)

    def kinds(self, iri: str) -> list[str]:
        """What a thing is, in words."""
        kinds = {text(t.object) for t in self._names if text(t.subject) == iri and t.predicate == terms.TYPE}
        return sorted({self._labels.of(kind) for kind in kinds if kind})

    def thing(self, iri: str) -> schema.Thing:
        """A thing by its name and its IRI."""
        return schema.Thing(name=self.name(iri), iri=iri, page=local_path(iri, self._base))

    def things(self, iris: Iterable[str]) -> list[schema.Thing]:
        """Things by name, each once."""
        return sorted(map(self.thing, {iri for iri in iris if iri}), key=lambda one: (natural_key(one.name), one.iri))

    def specialism(self, iri: str) -> schema.Specialism:
        """A specialism, with where its options are."""
        return schema.Specialism(**self.thing(iri).model_dump(), options=more_of(iri, self._base, "specialism"))


def more_of(iri: str, base: str, kind: str) -> str | None:
    """Where the API tells more of a thing.

    Args:
        iri: of the thing.
        base: of the data.
        kind: t-level, specialism or occupation.

    Returns:
        A path; None for an IRI that is not minted under the base as one of that kind.

    >>> more_of("https://e.org/id/t-level/accounting", "https://e.org/", "t-level")
    '/api/t-levels/accounting'
    """
    path, shape = _MORE[kind]
    key = iri.removeprefix(f"{base}id/{kind}/")
    return path.format(to_uri(key)) if key != iri and shape.fullmatch(key) else None
