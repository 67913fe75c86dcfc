"""What people name on the command line → something that can be queried and served."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, TypeVar

from tlevel_rdf.errors import SettingError, UnreadableInputError
from tlevel_rdf.findings import BlockedError, sort_findings, violations
from tlevel_rdf.graph import canonical_quads
from tlevel_rdf.graph.corpus import read_corpus
from tlevel_rdf.graph.rdf_files import ENDINGS, read_rdf
from tlevel_rdf.graph.union import write_union
from tlevel_rdf.profiles.loading import YAML_ENDINGS
from tlevel_rdf.release.dcat import (
    DatasetMetadata,
    describe_dataset,
    external_metadata,
    profiles_metadata,
    release_date,
    release_metadata,
)
from tlevel_rdf.release.release import CURRENT, Release, is_release, open_release, sha256
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.statistics import Counts, count
from tlevel_rdf.validation.gate import gate
from tlevel_rdf.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from tlevel_rdf.store.base import Store

Result = TypeVar("Result")

#: Loading that many bytes leaves 300 MB with a process that then holds nothing of them; starting another takes 0.5 s.
_LARGE_BYTES: Final = 100_000_000


@dataclass(frozen=True)
class Dataset:
    """Data that can be queried and served.

    Attributes:
        store: answers queries.
        base: the IRI under which its things are identified.
        id: a name that changes with the data.
        date: of the release; None if the data has no date.
        files: what can be downloaded, by name.
        digests: the SHA-256 of each of them, as far as it is known.
        modified: when the newest of the files was written that the data came from, if it has no date.
        about: what can be said of it as a whole.
        counts: how much of what there is, if that is known.
    """

    store: Store
    base: str
    id: str
    date: datetime.date | None = None
    files: Mapping[str, Path] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    modified: datetime.datetime | None = None
    about: DatasetMetadata = field(default_factory=DatasetMetadata)
    counts: Counts | None = None

    def counted(self) -> Dataset:
        """The same with the counts, which take 4 s for a million triples.

        A server asks for them before it answers: they are the same for all its processes, and no request has that time.

        Raises:
            QueryFailedError: the engine could not finish.
        """
        return (
            self
            if self.counts
            else replace(self, counts=_done(_size(self.files.values()), count, self.store, self.base))
        )


@dataclass(frozen=True)
class PathsByKind:
    """Paths by what they are."""

    profiles: list[Path]
    rdf: list[Path]
    releases: list[Path]


def classify_paths(paths: Sequence[Path]) -> PathsByKind:
    """Tell YAML, RDF files and releases apart, by ending and content of folders.

    Raises:
        UnreadableInputError: a path is not there, or of no kind that is known.
    """
    told = PathsByKind([], [], [])
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


def open_dataset(paths: Sequence[Path], settings: Settings) -> Dataset:
    """Open a release, RDF files or YAML profiles.

    Args:
        paths: of one kind; none at all: the project's data.
        settings: the base of profiles, and what their data set says about itself.

    Raises:
        UnreadableInputError: a path is not there, or they are of several kinds.
        BlockedError: the profiles must not be published.
        RdfSyntaxError: an RDF file is not well formed.
        ReleaseError: a release is damaged.
        SettingError: a release has another base than the one that is set.
    """
    told = classify_paths(paths)
    kinds = [kind for kind in (told.profiles, told.rdf, told.releases) if kind]
    if len(kinds) > 1 or len(told.releases) > 1:
        raise UnreadableInputError("the paths are of several kinds", hint="give one release, or only YAML, or only RDF")
    if told.releases:
        return _opened(open_release(told.releases[0]), settings)
    if told.rdf:
        return _open_rdf(told.rdf, settings)
    return _open_profiles(told.profiles, settings)


def newer_release(folder: Path, settings: Settings, than: str) -> Dataset | None:
    """The release that a folder of releases calls the current one, if that is another than the one of this id.

    Raises:
        ReleaseError: it is damaged.
        SettingError: it has another base than the one that is set.
    """
    link = folder / CURRENT
    # A release's folder has its id for a name, so that a look at the link tells.
    if not link.is_symlink() or link.readlink().name == than:
        return None
    release = open_release(folder)
    return None if release.id == than else _opened(release, settings)


def _opened(release: Release, settings: Settings) -> Dataset:
    if settings.base not in {release.base, Settings().base}:
        said = f"the release identifies things under {release.base}, and base is {settings.base}"
        raise SettingError(said, hint="leave base away, or build a release with it")
    store = release.store()
    about = release_metadata(store, release.base, settings)
    return Dataset(store, release.base, release.id, release.date, release.files, about=about, counts=release.counts)


def _open_rdf(paths: Sequence[Path], settings: Settings) -> Dataset:
    files = dict(_named(paths))
    store = EmbeddedStore.written(partial(_done, _size(paths), _load, paths, settings.base))
    digests = {name: sha256(file) for name, file in files.items()}
    name = hashlib.sha256("\n".join((settings.base, *digests.values())).encode()).hexdigest()[:16]
    newest = max(file.stat().st_mtime for file in files.values())
    modified = datetime.datetime.fromtimestamp(int(newest), tz=datetime.UTC)
    about = external_metadata(settings)
    return Dataset(store, settings.base, name, files=files, digests=digests, modified=modified, about=about)


def _named(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Files by their names, which say nothing of the folders around them; a second of one name has a number in it."""
    seen: Counter[str] = Counter()
    for path in paths:
        # A name that is no text cannot stand in an address.
        name = path.name.encode(errors="replace").decode()
        seen[name] += 1
        number = f"-{seen[name]}" if seen[name] > 1 else ""
        yield f"{name.removesuffix(path.suffix)}{number}{path.suffix}", path.resolve()


def _open_profiles(paths: list[Path], settings: Settings) -> Dataset:
    corpus, findings = read_corpus(paths, settings)
    quads: list[Quad] = []
    date = None
    if corpus is not None:
        date = release_date(corpus, settings)
        quads = [*corpus.quads(), *(describe_dataset(corpus, settings, date) if date else ())]
        findings = sort_findings([*findings, *gate(corpus, quads, shipped_shapes())])
    if violations(findings):
        raise BlockedError(findings)
    return Dataset(EmbeddedStore.of(quads), settings.base, _hash(quads), date, about=profiles_metadata(settings))


def _load(files: Sequence[Path], base: str, folder: Path) -> None:
    write_union(read_rdf(files, base), folder)


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files)


def _done(size: int, work: Callable[..., Result], *given: object) -> Result:
    """Do some work with data of so many bytes; with large data in a process of its own, which gives back all memory."""
    if size < _LARGE_BYTES:
        return work(*given)
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as executor:
        return executor.submit(work, *given).result()


def _hash(quads: Sequence[Quad]) -> str:
    digest = hashlib.sha256()
    for line in sorted(set(canonical_quads.to_n_quads(quads))):
        digest.update(line)
    return digest.hexdigest()[:16]
