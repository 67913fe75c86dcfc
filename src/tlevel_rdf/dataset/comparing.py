"""Versions of the data that a command compares: releases, RDF files, and folders of profiles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlevel_rdf.changes.comparison import compare
from tlevel_rdf.changes.differences import as_rdf_patch
from tlevel_rdf.changes.formats import to_csv, to_json, to_text
from tlevel_rdf.changes.version import Version
from tlevel_rdf.dataset.opening import classify_paths, open_dataset
from tlevel_rdf.errors import UnknownNameError, UnreadableInputError
from tlevel_rdf.release.dumps import N_QUADS
from tlevel_rdf.release.release import open_release
from tlevel_rdf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.dataset.engines import Place
    from tlevel_rdf.settings import Settings

_WRITERS: Final = {"text": to_text, "json": to_json, "csv": to_csv}
#: RDF Patch, the statements that were added and removed.
_PATCH: Final = "rdf-patch"
FORMATS: Final = (*_WRITERS, _PATCH)


def open_version(place: Place, settings: Settings) -> Version:
    """Open a release, a folder of releases (the newest one), an RDF file, a profile or a folder of profiles.

    Raises:
        InputError: the path does not exist or is of an unknown kind, or it is a URL: nothing is fetched.
        BlockedError: the profiles have violations.
        RdfSyntaxError: an RDF file is not well formed.
        ReleaseError: a release is damaged.
    """
    if isinstance(place, str) and "://" in place:
        raise UnreadableInputError(f"{place} is a URL, and nothing is fetched", hint="download it, and give the file")
    path = Path(place)
    kinds = classify_paths([path])
    if kinds.releases:
        release = open_release(path)
        return Version(release.id, release.store(), release.folder / N_QUADS, release.base)
    store = open_dataset([path], settings).store
    if not isinstance(store, EmbeddedStore):
        raise TypeError(store)
    return Version(str(path), store, base=settings.base if kinds.profiles else "")


def other_identifiers(old: Version, new: Version) -> str:
    """Return a warning if the identifiers of two versions begin with different IRIs; else an empty text."""
    if not (old.base and new.base) or old.base == new.base:
        return ""
    return (
        f"the identifiers of {old.name} begin with {old.base}, and those of {new.name} with {new.base},"
        " so each thing counts as another one"
    )


def write_changes(old: Version, new: Version, form: str) -> Iterator[bytes]:
    """Yield the changes between two versions in one of `FORMATS`, piece by piece.

    Raises:
        UnknownNameError: there is no such format.
        ReleaseError: a release is damaged.
    """
    if form == _PATCH:
        with_graphs = old.has_graphs and new.has_graphs
        with old.lines(with_graphs=with_graphs) as before, new.lines(with_graphs=with_graphs) as after:
            yield from as_rdf_patch(before, after)
    elif form in _WRITERS:
        for piece in _WRITERS[form](compare(old, new)):
            yield piece.encode()
    else:
        raise UnknownNameError(f"there is no format {form!r}", hint=f"use {', '.join(FORMATS)}")
