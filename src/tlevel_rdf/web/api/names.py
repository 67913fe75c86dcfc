"""Names and paths of the things in a response, from one query for all their labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph.labels import natural_key
from tlevel_rdf.store.labels import labels_and_types
from tlevel_rdf.web.api import schema
from tlevel_rdf.web.data.iris import local_path, to_uri
from tlevel_rdf.web.data.labels import Labels
from tlevel_rdf.web.data.on_a_day import with_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from tlevel_rdf.web.data.on_a_day import State
    from tlevel_rdf.web.data.site import Site

#: The path of a thing in the API, by the kind in its IRI, with a pattern of the keys that fit into the path.
_PATHS: Final = {
    "t-level": ("/api/t-levels/{}", re.compile(r"[^/?#]+")),
    "specialism": ("/api/specialisms/{}/options", re.compile(r"[^/?#]+/[^/?#]+")),
    "occupation": ("/api/occupations/{}/reached-from", re.compile(r"[^/?#]+")),
}


class Names:
    """The names of the things in a response.

    Args:
        site: the site to query.
        iris: the IRIs of the things; empty ones are skipped.
    """

    def __init__(self, site: Site, iris: Iterable[str]) -> None:
        self._base = site.base
        self._names = labels_and_types(site.store, filter(None, iris))
        self._labels = Labels(site.base, self._names)

    def name(self, iri: str) -> str:
        """Return the name of a thing."""
        return self._labels.of(iri)

    def thing(self, iri: str) -> schema.ThingResource:
        """Return a thing with its name and its page."""
        return schema.ThingResource(name=self.name(iri), iri=iri, page=local_path(iri, self._base))

    def things(self, iris: Iterable[str]) -> list[schema.ThingResource]:
        """Return things sorted by name, each once; empty IRIs are skipped."""
        return sorted(map(self.thing, {*iris} - {""}), key=lambda one: (natural_key(one.name), one.iri))

    def specialism(self, iri: str) -> schema.SpecialismResource:
        """Return a specialism with the path of its options."""
        options = api_path(iri, self._base, "specialism")
        return schema.SpecialismResource(**self.thing(iri).model_dump(), options=options)

    def t_level(self, iri: str, options: int, day: dt.date | None, state: State | None) -> schema.TLevelListItem:
        """Return a T Level with its path, the number of its options, and its state on a day."""
        link = api_path(iri, self._base, "t-level")
        return schema.TLevelListItem(
            **self.thing(iri).model_dump(),
            link=link and with_day(link, day),
            options=options,
            state=state_resource(state),
        )


def state_resource(state: State | None) -> schema.StateResource | None:
    """Return the state of a thing on a day; None without a day."""
    return schema.StateResource(**state._asdict()) if state else None


def more_about(iri: str, base: str) -> str | None:
    """Return the path of a thing of any kind in the API; None if it has none there."""
    return next((path for kind in _PATHS if (path := api_path(iri, base, kind))), None)


def api_path(iri: str, base: str, kind: str) -> str | None:
    """Return the path of a thing in the API.

    Args:
        iri: the IRI of the thing.
        base: the IRI under which the data identifies things.
        kind: t-level, specialism or occupation.

    Returns:
        The path; None if the IRI is not one of that kind under the base.

    >>> api_path("https://e.org/id/t-level/accounting", "https://e.org/", "t-level")
    '/api/t-levels/accounting'
    """
    path, pattern = _PATHS[kind]
    key = iri.removeprefix(f"{base}id/{kind}/")
    return path.format(to_uri(key)) if key != iri and pattern.fullmatch(key) else None
