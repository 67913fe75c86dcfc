"""Profiles and reference data, read and ready to be described.

Reference data is large and rarely changes, so it is read, described and checked once for each state of its files, and
kept in a folder of the user's cache. The name of that folder is a hash of everything that its contents depend on.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph

from tlevel_rdf.errors import OutputError, UnreadableInputError
from tlevel_rdf.findings import Finding, Severity, sort_findings, violations
from tlevel_rdf.graph.collisions import find_collisions
from tlevel_rdf.graph.compiled import CompiledReference, write_compiled
from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.identifiers import Identifiers
from tlevel_rdf.graph.union import union_store
from tlevel_rdf.limits import COMPILED_IN_USE_SECONDS, MAX_COMPILED_REFERENCES, MAX_COMPILING_SECONDS
from tlevel_rdf.profiles.loading import data_folder, read_profiles
from tlevel_rdf.progress import Progress, ignore_progress
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from tlevel_rdf.reference.index import ReferenceIndex
    from tlevel_rdf.settings import Settings

_SUMS: Final = "SHA256SUMS"
#: The beginning of the name of a folder in which a process writes a compiled form.
_UNFINISHED: Final = ".new-"
#: The package's folder: the code that describes the data is a part of what the compiled form depends on.
_CODE: Final = Path(__file__).parents[1]
_DESCRIBING: Final = ("graph", "profiles", "reference", "validation")


def read_corpus(
    paths: Sequence[Path], settings: Settings, begin: Progress = ignore_progress
) -> tuple[Corpus | None, list[Finding]]:
    """Read profiles and the reference data.

    Args:
        paths: YAML files and folders; none: the project's profiles.
        settings: the base, and the folders of reference data.
        begin: receives the name of a stage that takes seconds.

    Returns:
        The corpus, or None if a violation prevents describing it; and all findings.
    """
    profiles = read_profiles(paths or [data_folder("profiles")])
    compiled, findings = load_reference(reference_folders(paths, settings), settings, begin)
    findings += profiles.findings
    if compiled is not None:
        findings += find_collisions(profiles.loaded, compiled.index)
    if compiled is None or violations(findings):
        return None, sort_findings(findings)
    return Corpus(profiles.loaded, compiled, Identifiers(settings.base)), sort_findings(findings)


def reference_folders(paths: Sequence[Path], settings: Settings) -> list[Path]:
    """Return the folders of reference data: the shipped one, and those that add to it.

    Those are `data/reference` in the current folder, a folder `reference` beside the profiles, and the one that the
    setting `reference` names. A folder `links` beside one of them belongs to it, even if it does not exist itself.

    Raises:
        UnreadableInputError: the folder that the setting names does not exist.
    """
    found = [shipped("data") / "reference", Path("data", "reference")]
    found += [folder / "reference" for path in paths for folder in (path, path.parent)]
    found = [folder for folder in found if folder.is_dir() or (folder.parent / "links").is_dir()]
    if settings.reference:
        if not Path(settings.reference).is_dir():
            message = f"{settings.reference} is not a folder of reference data"
            raise UnreadableInputError(message, hint="check the name given with --reference or in the settings")
        found.append(Path(settings.reference))
    return list(dict.fromkeys(folder.resolve() for folder in found))


def load_reference(
    folders: Sequence[Path], settings: Settings, begin: Progress = ignore_progress
) -> tuple[CompiledReference | None, list[Finding]]:
    """Return reference data in compiled form, and compile it if it has changed.

    Args:
        folders: the first is complete; the others add to it.
        settings: the base, and the folder of compiled forms.
        begin: is called before the data is compiled, which takes some seconds.

    Returns:
        The compiled form, or None if a file or a rule has a violation; and all findings.

    Raises:
        OutputError: the compiled form cannot be written.
    """
    target = cache_folder(settings) / _digest(folders, settings.base)
    if _is_whole(target):
        with suppress(OSError):  # a folder that this user may only read
            os.utime(target)
        return CompiledReference(target), []
    # These take a tenth of the time of a command to start, and only data that has changed needs them.
    from tlevel_rdf.graph.reference.describing import share  # noqa: PLC0415 - see above
    from tlevel_rdf.graph.reference.links import file_texts, find_faults  # noqa: PLC0415 - see above
    from tlevel_rdf.reference.index import index  # noqa: PLC0415 - see above
    from tlevel_rdf.reference.loading import read_reference  # noqa: PLC0415 - see above

    begin("Preparing the reference data, once for each change to it")
    reference, findings = read_reference(*folders)
    if violations(findings):
        return None, findings
    ids = Identifiers(settings.base)
    quads = share(reference, ids)
    findings += [*find_faults(reference.links, quads, ids), *_check(quads)]
    if violations(findings):
        return None, findings
    return _keep(index(reference), quads, file_texts(reference.links, settings.base), target), findings


def check_links(files: Sequence[Path], settings: Settings, begin: Progress = ignore_progress) -> list[Finding]:
    """Check sets of links against the reference data, of which they may be a part.

    Args:
        files: `.sssom.tsv` files.
        settings: as for `read_corpus`.
        begin: receives the name of a stage that takes seconds.
    """
    from tlevel_rdf.graph.reference.links import find_faults  # noqa: PLC0415 - only sets of links need these
    from tlevel_rdf.reference.links import read_link_files  # noqa: PLC0415

    sets, findings = read_link_files(files)
    folders = reference_folders([file.parent for file in files], settings)
    compiled, found = load_reference(folders, settings, begin)
    if compiled is not None:
        findings += find_faults(sets, compiled.quads, Identifiers(settings.base))
    # The reference data names a set by its whole path.
    names = {str(file.resolve()): str(file) for file in files}
    found = [replace(each, file=names.get(each.file or "", each.file)) for each in found]
    return list(dict.fromkeys([*findings, *found]))


def _check(quads: Sequence[Quad]) -> Iterator[Finding]:
    """Check reference data by itself, and report its violations; a publisher can do nothing about gaps in it."""
    # pySHACL takes a third of the time of a command to start, and only data that has changed needs it.
    from tlevel_rdf.validation.evaluation import validate_core, validate_sparql  # noqa: PLC0415 - see above
    from tlevel_rdf.validation.shapes import shipped_shapes  # noqa: PLC0415 - see above

    shapes = shipped_shapes()
    for result in {*validate_core(quads, shapes.core), *validate_sparql(union_store(quads), shapes)}:
        if result.severity is Severity.VIOLATION:
            yield result.finding


def _keep(names: ReferenceIndex, quads: Sequence[Quad], links: Mapping[str, str], target: Path) -> CompiledReference:
    """Write the compiled form beside its final place, and move it there when it is whole."""
    cache = target.parent
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=cache, ignore_cleanup_errors=True) as folder:
            new = Path(folder, "compiled")
            new.mkdir()
            write_compiled(names, quads, new, links)
            (new / _SUMS).write_text(_sums(new), encoding="ascii")
            _move(new, target)
        _remove_old(cache)
    except OSError as error:
        message = f"{cache} cannot hold the compiled reference data: {error.strerror or error}"
        hint = "free some disk space, or name another folder with the setting reference_cache"
        raise OutputError(message, hint=hint) from error
    return CompiledReference(target)


def _move(new: Path, target: Path) -> None:
    if target.exists() and not _is_whole(target):
        shutil.rmtree(target, ignore_errors=True)
    try:
        new.rename(target)
    except OSError:
        if not _is_whole(target):  # else another process was faster
            raise


def _remove_old(cache: Path) -> None:
    """Keep the compiled forms that were used last, and remove what stopped processes left unfinished."""
    now = time.time()
    for folder in cache.glob(f"{_UNFINISHED}*"):
        if _last_used(folder) < now - MAX_COMPILING_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
    kept = sorted((folder for folder in cache.iterdir() if not folder.name.startswith(".")), key=_last_used)
    for folder in kept[:-MAX_COMPILED_REFERENCES]:
        # Another process may be reading it.
        if _last_used(folder) < now - COMPILED_IN_USE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _last_used(folder: Path) -> float:
    """Return the time of the last use of a compiled form, which another process may have removed."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def _is_whole(folder: Path) -> bool:
    """Return True if every file of a compiled form is as it was written."""
    try:
        return (folder / _SUMS).read_text(encoding="ascii") == _sums(folder)
    except (OSError, UnicodeDecodeError):
        return False


def _sums(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name not in {_SUMS, "LOCK", "LOG"})
    return "".join(f"{_sha256(file.read_bytes())}  {file.relative_to(folder)}\n" for file in files)


def _digest(folders: Sequence[Path], base: str) -> str:
    """Return a hash of the base, the version of the store, and every file that the compiled form depends on."""
    code = (_CODE / name for name in _DESCRIBING)
    data = (folder for each in folders for folder in (each, each.parent / "links"))
    digest = hashlib.sha256(f"{pyoxigraph.__version__}\n{base}".encode())
    for folder in chain(code, (shipped("ontology"), shipped("shapes")), data):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.name}\n{_sha256(file.read_bytes())}\n".encode())
    return digest.hexdigest()[:32]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def cache_folder(settings: Settings) -> Path:
    """Return the folder of what is kept between commands: the one that is set, or else that of the user."""
    if settings.reference_cache:
        return Path(settings.reference_cache)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "tlevel-rdf", "reference")
