"""Several releases in one store, each in graphs of its own, for queries that compare them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad

from tlevel_rdf.dataset.engines import engine_url
from tlevel_rdf.dataset.opening import classify_paths
from tlevel_rdf.errors import ReleaseError
from tlevel_rdf.graph.reading.rdf_files import read_rdf
from tlevel_rdf.graph.union import write_union
from tlevel_rdf.release.dumps import N_QUADS
from tlevel_rdf.release.release import open_release
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.example_queries import example_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tlevel_rdf.dataset.engines import Place
    from tlevel_rdf.release.release import Release

#: The parameters of an example query that compares two versions.
_COMPARED: Final = ("old", "new")


def find_releases(places: Sequence[Place]) -> list[Release]:
    """Return the releases of two or more paths; none if a path is anything else.

    Raises:
        UnreadableInputError: a path does not exist, or is of an unknown kind.
        ReleaseError: a release is damaged.
    """
    if len(places) < 2 or engine_url(places):
        return []
    kinds = classify_paths([Path(place) for place in places])
    if len(kinds.releases) < len(places):
        return []
    return [open_release(path) for path in kinds.releases]


def load_releases(releases: Sequence[Release]) -> EmbeddedStore:
    """Return a store with the named graphs of some releases, each below the IRI of its release.

    `…/graph/profile/x` becomes `…/releases/{id}/graph/profile/x`. The default graph has the statements of all.

    Raises:
        ReleaseError: a release has no N-Quads.
        RdfSyntaxError: they are damaged.
    """
    for release in releases:
        if not (release.folder / N_QUADS).is_file():
            message = f"{release.folder / N_QUADS} is missing"
            raise ReleaseError(message, hint="build the release again")
    different = {release.id: release for release in releases}
    return EmbeddedStore.written(partial(write_union, _quads(different.values())))


def values_of(releases: Sequence[Release], query: str) -> dict[str, list[str]]:
    """Return the values of the parameters `old` and `new` of an example query that compares two releases.

    Args:
        releases: the older and the newer one; others are not compared.
        query: the name of the example query; SPARQL and files have no parameters.
    """
    known = example_queries().get(query)
    names = tuple(parameter.name for parameter in known.parameters) if known else ()
    if len(releases) != len(_COMPARED) or names != _COMPARED:
        return {}
    return {name: [f"/releases/{release.id}/"] for name, release in zip(names, releases, strict=True)}


def _quads(releases: Iterable[Release]) -> Iterator[Quad]:
    for release in releases:
        start = f"{release.base}releases/{release.id}/"
        for quad in read_rdf([release.folder / N_QUADS], release.base):
            # Every graph of a release has an IRI.
            name = NamedNode(start + quad.graph_name.value.removeprefix(release.base))  # type: ignore[union-attr]  # see above
            yield Quad(quad.subject, quad.predicate, quad.object, name)
