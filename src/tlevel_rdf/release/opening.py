"""What people name on the command line → something that can be queried and served."""

from __future__ import annotations

import hashlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.findings import BlockedError, Finding, in_order, violations
from tlevel_rdf.graph.collisions import collisions
from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.graph.union import union_store, write_union
from tlevel_rdf.profiles.loading import YAML_ENDINGS, data_folder, read_profiles, read_reference
from tlevel_rdf.release import canonical
from tlevel_rdf.release.catalogue import (
    About,
    about_other,
    about_profiles,
    about_release,
    describe_dataset,
    release_date,
)
from tlevel_rdf.release.rdf_files import ENDINGS, read_rdf
from tlevel_rdf.release.release import CURRENT, Release, is_release, open_release, sha256
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.validation.gate import check_corpus, places
from tlevel_rdf.validation.shapes import Shapes, shipped_shapes

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from tlevel_rdf.settings import Settings
    from tlevel_rdf.store.base import Store

#: Loading that many bytes leaves 300 MB with a process that then holds nothing of them; starting another takes 0.5 s.
_LARGE_BYTES: Final = 100_000_000


@dataclass(frozen=True)
class Opened:
    """Data that can be queried and served.

    Attributes:
        store: answers queries.
        base: the IRI under which its things are identified.
        id: a name that changes with the data.
        date: of the release; None if the data has no date.
        files: what can be downloaded, by name.
        about: what can be said of it as a whole.
    """

    store: Store
    base: str
    id: str
    date: datetime.date | None = None
    files: Mapping[str, Path] = field(default_factory=dict)
    about: About = field(default_factory=About)


@dataclass(frozen=True)
class Sorted:
    """Paths by what they are."""

    profiles: list[Path]
    rdf: list[Path]
    releases: list[Path]


def sort_paths(paths: Sequence[Path]) -> Sorted:
    """Tell YAML, RDF files and releases apart, by ending and content of folders.

    Raises:
        UnreadableInputError: a path is not there, or of no kind that is known.
    """
    told = Sorted([], [], [])
    for path in paths:
        if path.is_dir():
            (told.releases if is_release(path) else told.profiles).append(path)
        elif path.suffix.lower() in ENDINGS and not path.exists():
            raise UnreadableInputError(f"{path} is not there", hint="check the name")
        elif path.suffix.lower() in ENDINGS:
            told.rdf.append(path)
        elif path.suffix.lower() in YAML_ENDINGS:
            told.profiles.append(path)
        else:
            said = "is of no kind that is known here" if path.exists() else "is not there"
            hint = "give a release, YAML profiles, or RDF files (" + ", ".join(ENDINGS) + ")"
            raise UnreadableInputError(f"{path} {said}", hint=hint)
    return told


def open_data(paths: Sequence[Path], settings: Settings) -> Opened:
    """Open a release, RDF files or YAML profiles.

    Args:
        paths: of one kind; none at all: the project's data.
        settings: the base of profiles, and what their data set says about itself.

    Raises:
        UnreadableInputError: a path is not there, or they are of several kinds.
        BlockedError: the profiles must not be published.
        RdfSyntaxError: an RDF file is not well formed.
        ReleaseError: a release is damaged.
    """
    told = sort_paths(paths)
    kinds = [kind for kind in (told.profiles, told.rdf, told.releases) if kind]
    if len(kinds) > 1 or len(told.releases) > 1:
        raise UnreadableInputError("the paths are of several kinds", hint="give one release, or only YAML, or only RDF")
    if told.releases:
        return _opened(open_release(told.releases[0]), settings)
    if told.rdf:
        store = EmbeddedStore.written(partial(_load, told.rdf, settings.base))
        return Opened(store, settings.base, _hash_of(told.rdf, settings.base), about=about_other(settings))
    return _open_profiles(told.profiles, settings)


def newer(folder: Path, settings: Settings, than: str) -> Opened | None:
    """The release that a folder of releases calls the current one, if that is another than the one of this id.

    Raises:
        ReleaseError: it is damaged.
    """
    link = folder / CURRENT
    # A release's folder has its id for a name, so that a look at the link tells.
    if not link.is_symlink() or link.readlink().name == than:
        return None
    release = open_release(folder)
    return None if release.id == than else _opened(release, settings)


def _opened(release: Release, settings: Settings) -> Opened:
    store = release.store()
    about = about_release(store, release.base, settings)
    return Opened(store, release.base, release.id, release.date, release.files, about)


def _open_profiles(paths: list[Path], settings: Settings) -> Opened:
    corpus, findings = read_corpus(paths, settings)
    quads: list[Quad] = []
    date = None
    if corpus is not None:
        date = release_date(corpus, settings)
        quads = [*corpus.quads(), *(describe_dataset(corpus, settings, date) if date else ())]
        findings = in_order([*findings, *gate(corpus, quads, shipped_shapes())])
    if violations(findings):
        raise BlockedError(findings)
    return Opened(EmbeddedStore.of(quads), settings.base, _hash(quads), date, about=about_profiles(settings))


def read_corpus(paths: Sequence[Path], settings: Settings) -> tuple[Corpus | None, list[Finding]]:
    """Read profiles and the reference data.

    Args:
        paths: YAML files and folders; none: the project's profiles.
        settings: the base.

    Returns:
        The corpus, None if something keeps it from being described; and everything that was found on the way.
    """
    reference, found = read_reference(data_folder("reference"))
    reading = read_profiles(paths or [data_folder("profiles")])
    findings = [*found, *reading.findings]
    if not violations(found):
        findings += collisions(reading.loaded, reference)
    if violations(findings):
        return None, in_order(findings)
    return Corpus(reading.loaded, reference, Identifiers(settings.base)), in_order(findings)


def gate(corpus: Corpus, quads: Sequence[Quad], shapes: Shapes) -> list[Finding]:
    """What the rules say of a corpus in memory, with places in the YAML."""
    return places(check_corpus(corpus, union_store(quads), shapes), corpus)


def _load(files: Sequence[Path], base: str, folder: Path) -> None:
    """Write the store of RDF files; of large ones in a process of its own, which gives back all memory that it took."""
    if sum(file.stat().st_size for file in files) < _LARGE_BYTES:
        _load_here(files, base, folder)
        return
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as executor:
        executor.submit(_load_here, files, base, folder).result()


def _load_here(files: Sequence[Path], base: str, folder: Path) -> None:
    write_union(read_rdf(files, base), folder)


def _hash_of(files: Iterable[Path], base: str) -> str:
    return hashlib.sha256("\n".join((base, *map(sha256, files))).encode()).hexdigest()[:16]


def _hash(quads: Sequence[Quad]) -> str:
    digest = hashlib.sha256()
    for line in sorted(set(canonical.n_quads(quads))):
        digest.update(line)
    return digest.hexdigest()[:16]
