"""The effects of edits of the data, without a build: the data is described twice and compared."""

from __future__ import annotations

import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.changes.comparison import compare
from tlevel_rdf.changes.edits import check_edits, edit_profiles, edit_reference
from tlevel_rdf.changes.routes import find_routes, routes_to_csv, routes_to_json, routes_to_text
from tlevel_rdf.changes.version import Version
from tlevel_rdf.errors import SettingError, UnknownNameError
from tlevel_rdf.findings import BlockedError, sort_findings, violations
from tlevel_rdf.graph.collisions import find_collisions
from tlevel_rdf.graph.compiled import write_compiled
from tlevel_rdf.graph.corpus import Corpus
from tlevel_rdf.graph.union import add_to_union
from tlevel_rdf.progress import Progress, ignore_progress
from tlevel_rdf.release.dcat import describe_dataset, release_date
from tlevel_rdf.store.embedded import EmbeddedStore
from tlevel_rdf.validation.loading import read_corpus, reference_folders

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from tlevel_rdf.changes.change import Change
    from tlevel_rdf.changes.edits import Edits
    from tlevel_rdf.changes.routes import Route
    from tlevel_rdf.settings import Settings

_WRITERS: Final = {"text": routes_to_text, "json": routes_to_json, "csv": routes_to_csv}
FORMATS: Final = (*_WRITERS,)


class Effects(NamedTuple):
    """The effects of edits.

    Attributes:
        routes: the routes that are lost or gained.
        changes: all changes, as a comparison of two releases has them.
        stores: the data before and after.
    """

    routes: list[Route]
    changes: list[Change]
    stores: tuple[EmbeddedStore, EmbeddedStore]


def find_effects(paths: Sequence[Path], edits: Edits, settings: Settings, begin: Progress = ignore_progress) -> Effects:
    """Return what edits would change in the data.

    The rules of a release are not checked.

    Args:
        paths: YAML profiles and folders of them; none: the project's profiles.
        edits: the edits.
        settings: the base, the date and the folders of reference data.
        begin: receives the name of a stage that takes seconds.

    Raises:
        UnknownNameError: the data has no such standard or T Level.
        BlockedError: the profiles have violations, or two options would be one after the edits.
        SettingError: no date is set and no source has one.
    """
    # These take a tenth of the time of a command to start.
    from tlevel_rdf.graph.reference.describing import share  # noqa: PLC0415 - see above
    from tlevel_rdf.reference.index import index  # noqa: PLC0415 - see above
    from tlevel_rdf.reference.loading import read_reference  # noqa: PLC0415 - see above

    begin("Reading")
    corpus, findings = read_corpus(paths, settings, begin)
    if corpus is None:
        raise BlockedError(findings)
    day = release_date(corpus, settings)
    if day is None:
        raise SettingError("no source has a date", hint="give one with --date 2026-11-22")
    reference, findings = read_reference(*reference_folders(paths, settings))
    if violations(findings):
        raise BlockedError(sort_findings(findings))
    check_edits(edits, corpus.profiles, reference)
    begin("Describing the data with the edits")
    edited = edit_reference(reference, edits, day)
    profiles, names = edit_profiles(corpus.profiles, edits, corpus.reference), index(edited)
    if blocking := violations(find_collisions(profiles, names)):
        raise BlockedError(sort_findings(blocking))
    with tempfile.TemporaryDirectory(prefix="tlevel-rdf-") as folder:
        compiled = write_compiled(names, share(edited, corpus.ids), Path(folder))
        after = Corpus(profiles, compiled, corpus.ids)
        stores = _store(corpus, settings, day), _store(after, settings, day)
    begin("Comparing")
    changes = [*compare(Version("now", stores[0]), Version("then", stores[1]))]
    return Effects(find_routes(*stores, changes, edits), changes, stores)


def write_effects(effects: Effects, form: str) -> Iterator[bytes]:
    """Yield the effects in one of `FORMATS`, piece by piece.

    Raises:
        UnknownNameError: there is no such format.
    """
    if form not in _WRITERS:
        raise UnknownNameError(f"there is no format {form!r}", hint=f"use {', '.join(FORMATS)}")
    for piece in _WRITERS[form](effects.routes, effects.changes):
        yield piece.encode()


def _store(corpus: Corpus, settings: Settings, day: datetime.date) -> EmbeddedStore:
    about = describe_dataset(corpus, settings, day)

    def write(folder: Path) -> None:
        corpus.compiled.copy_store(folder)
        add_to_union(chain(about, (quad for profile in corpus.describe_profiles() for quad in profile.quads)), folder)

    return EmbeddedStore.written(write)
