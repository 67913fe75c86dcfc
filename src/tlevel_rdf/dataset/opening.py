"""Opens the paths of a command as a dataset that can be queried and served."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tlevel_rdf.dataset.engines import engine_url, open_engine
from tlevel_rdf.errors import SettingError, UnreadableInputError
from tlevel_rdf.findings import BlockedError, sort_findings, violations
from tlevel_rdf.graph import canonical_quads
from tlevel_rdf.graph.reading.rdf_files import ENDINGS, rdf_ending, read_rdf
from tlevel_rdf.graph.union import add_to_union, write_union
from tlevel_rdf.limits import MAX_IN_PROCESS_BYTES
from tlevel_rdf.profiles.loading import YAML_ENDINGS
from tlevel_rdf.progress import Progress, ignore_progress
from tlevel_rdf.reference.links import ENDING as LINKS_ENDING
from tlevel_rdf.regular_files import refuse_special
from tlevel_rdf.release.dcat import (
    DatasetMetadata,
    describe_dataset,
    external_metadata,
    profiles_metadata,
    release_date,
    release_metadata,
)
from tlevel_rdf.release.release import CURRENT, MANIFEST, Release, is_release, open_release, sha256
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.store.statistics import Counts, count
from tlevel_rdf.validation.loading import read_corpus
from tlevel_rdf.validation.passed import has_passed, keep_passed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from tlevel_rdf.dataset.engines import Place
    from tlevel_rdf.findings import Finding
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.store.base import Store

Result = TypeVar("Result")


@dataclass(frozen=True)
class Dataset:
    """Data that can be queried and served.

    Attributes:
        store: answers queries about the data.
        base: the IRI that the identifiers of the data begin with.
        id: an identifier of this state of the data.
        date: the date of the release; None if the data has no date.
        files: the files for download, by name.
        digests: the SHA-256 of each file, where known.
        modified: when the release was built, or the newest source file modified; None if the data has a date only.
        about: the title, licence and the like.
        counts: the statistics, if known.
        folder: the folder of the release, if the data is one.
        is_on_engine: True if the data is on an engine elsewhere.
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
    folder: Path | None = None
    is_on_engine: bool = False

    def __repr__(self) -> str:
        return f"<Dataset {self.id} under {self.base}>"

    def with_counts(self) -> Dataset:
        """Return the same dataset with its statistics, which take 4 s for a million triples.

        The server counts once, before it listens; a request would have no time for it.

        Raises:
            QueryFailedError: the engine could not finish.
        """
        if self.counts:
            return self
        return replace(self, counts=_run_apart(_size(self.files.values()), count, self.store, self.base))


@dataclass(frozen=True)
class PathsByKind:
    """Paths by their kind."""

    profiles: list[Path]
    rdf: list[Path]
    releases: list[Path]
    links: list[Path]


def classify_paths(paths: Sequence[Path]) -> PathsByKind:
    """Sort paths by their endings and the contents of folders.

    Raises:
        UnreadableInputError: a path does not exist, is of an unknown kind, or is a pipe or a device.
    """
    kinds = PathsByKind([], [], [], [])
    for path in paths:
        refuse_special(path)
        ending = path.suffix.lower()
        if path.is_dir():
            (kinds.releases if is_release(path) else kinds.profiles).append(path)
        # A missing YAML file is a finding, among those about the other profiles.
        elif ending in YAML_ENDINGS:
            kinds.profiles.append(path)
        elif not path.exists():
            raise UnreadableInputError(f"{path} does not exist", hint="check the name")
        elif path.name.endswith(LINKS_ENDING):
            kinds.links.append(path)
        elif rdf_ending(path):
            kinds.rdf.append(path)
        else:
            hint = (
                f"give a release, YAML profiles ({', '.join(YAML_ENDINGS)}), sets of links ({LINKS_ENDING})"
                f" or RDF files ({', '.join(ENDINGS)}, or the same with .gz)"
            )
            raise UnreadableInputError(f"{path} is of an unknown kind", hint=hint)
    return kinds


def open_dataset(places: Sequence[Place], settings: Settings, begin: Progress = ignore_progress) -> Dataset:
    """Open a release, RDF files, YAML profiles or a SPARQL endpoint.

    Args:
        places: paths of one kind, or the URL of an endpoint; none: the project's profiles.
        settings: the base of profiles and RDF files, and the title, licence and the like of the dataset.
        begin: receives the name of a stage that takes seconds.

    Raises:
        UnreadableInputError: a path does not exist, or the paths are of several kinds.
        BlockedError: the profiles have violations.
        RdfSyntaxError: an RDF file is not well formed.
        ReleaseError: a release is damaged.
        SettingError: the release has a base other than the one set.
        EngineUnavailableError, EngineTimeoutError, EngineAnswerError: the endpoint does not answer as it should.
    """
    if url := engine_url(places):
        store, base, name, date, about = open_engine(url, settings)
        now = datetime.datetime.now(tz=datetime.UTC)
        return Dataset(store, base, name, date, modified=now, about=about, is_on_engine=True)
    paths = [Path(place) for place in places]
    kinds = classify_paths(paths)
    if kinds.links:
        hint = "put it into data/links, from where a release takes it; check it with: tlevel-rdf check"
        raise UnreadableInputError(f"{kinds.links[0]} is a set of links, and not a dataset", hint=hint)
    if sum(map(bool, (kinds.profiles, kinds.rdf, kinds.releases))) > 1 or len(kinds.releases) > 1:
        raise UnreadableInputError("the paths are of several kinds", hint="give one release, or only YAML, or only RDF")
    if kinds.releases:
        return _open_release(open_release(kinds.releases[0]), kinds.releases[0], settings)
    if kinds.rdf:
        return _open_rdf(kinds.rdf, settings)
    return _open_profiles(kinds.profiles, settings, begin)


def newer_release(folder: Path, settings: Settings, served: str) -> Dataset | None:
    """Open the current release of a folder of releases, unless it is the one that is served already.

    Args:
        folder: a folder of releases.
        settings: as for `open_dataset`.
        served: the id of the release that is served.

    Raises:
        ReleaseError: the release is damaged.
        SettingError: it has a base other than the one set.
    """
    link = folder / CURRENT
    # The folder of a release is named after its id, so reading the link suffices.
    if not link.is_symlink() or link.readlink().name == served:
        return None
    release = open_release(folder)
    return None if release.id == served else _open_release(release, folder, settings)


def _open_release(release: Release, path: Path, settings: Settings) -> Dataset:
    if settings.base not in {release.base, Settings().base}:
        message = f"the base of the release is {release.base}, not {settings.base}"
        raise SettingError(message, hint="leave out base, or build a release with it")
    store = release.store()
    # An older release that replaces a newer one again is modified when the link is.
    links = [link for link in (path, path / CURRENT) if link.is_symlink()]
    about = release_metadata(store, release.base, settings)
    return Dataset(
        store,
        release.base,
        release.id,
        release.date,
        release.files,
        modified=_modified([release.folder / MANIFEST, *links]),
        about=about,
        counts=release.counts,
        folder=release.folder,
    )


def _open_rdf(paths: Sequence[Path], settings: Settings) -> Dataset:
    files = dict(_named(paths))
    store = EmbeddedStore.written(partial(_run_apart, _size(paths), _load, paths, settings.base))
    digests = {name: sha256(file) for name, file in files.items()}
    name = hashlib.sha256("\n".join((settings.base, *digests.values())).encode()).hexdigest()[:16]
    modified = _modified(files.values())
    about = external_metadata(settings)
    return Dataset(store, settings.base, name, files=files, digests=digests, modified=modified, about=about)


def _modified(files: Iterable[Path]) -> datetime.datetime:
    """Return the time when the newest of some files, or of some links themselves, was modified, in whole seconds."""
    newest = max(file.lstat().st_mtime for file in files)
    return datetime.datetime.fromtimestamp(int(newest), tz=datetime.UTC)


def _named(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield files with their names, without folders; the second file of a name gets a number."""
    seen: Counter[str] = Counter()
    for path in paths:
        # A URL cannot contain a name that is not UTF-8.
        name = path.name.encode(errors="replace").decode()
        seen[name] += 1
        number = f"-{seen[name]}" if seen[name] > 1 else ""
        ending = rdf_ending(path) or path.suffix
        yield f"{name.removesuffix(ending)}{number}{ending}", path.resolve()


def _open_profiles(paths: list[Path], settings: Settings, begin: Progress) -> Dataset:
    corpus, findings = read_corpus(paths, settings, begin)
    if corpus is None:
        raise BlockedError(findings)
    date = release_date(corpus, settings)
    catalogue = describe_dataset(corpus, settings, date) if date else ()
    quads = [*(quad for profile in corpus.describe_profiles() for quad in profile.quads), *catalogue]
    dataset_id = _hash(corpus.compiled.folder.name, quads)
    if not has_passed(dataset_id, settings):
        _check(corpus, catalogue, findings)
        keep_passed(dataset_id, settings)

    def write(folder: Path) -> None:
        corpus.compiled.copy_store(folder)
        add_to_union(quads, folder)

    return Dataset(EmbeddedStore.written(write), settings.base, dataset_id, date, about=profiles_metadata(settings))


def _check(corpus: Corpus, catalogue: Sequence[Quad], findings: Sequence[Finding]) -> None:
    """Check profiles by the rules.

    Raises:
        BlockedError: they have violations.
    """
    # pySHACL takes a third of the time to start, and only profiles that have changed need it.
    from tlevel_rdf.validation.gate import check_corpus  # noqa: PLC0415 - see above
    from tlevel_rdf.validation.shapes import shipped_shapes  # noqa: PLC0415 - see above

    checked = check_corpus(corpus, shipped_shapes(), catalogue)
    if violations(checked.findings):
        raise BlockedError(sort_findings([*findings, *checked.findings]))


def _load(files: Sequence[Path], base: str, folder: Path) -> None:
    write_union(read_rdf(files, base), folder)


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files)


def _run_apart(size: int, function: Callable[..., Result], *arguments: object) -> Result:
    """Call a function, in a process of its own if its data is large, so that all memory is given back."""
    if size < MAX_IN_PROCESS_BYTES:
        return function(*arguments)
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as executor:
        return executor.submit(function, *arguments).result()


def _hash(reference: str, quads: Sequence[Quad]) -> str:
    digest = hashlib.sha256(reference.encode())
    for line in sorted(set(canonical_quads.to_n_quads(quads))):
        digest.update(line)
    return digest.hexdigest()[:16]
