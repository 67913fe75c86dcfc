"""T Level progression profiles as linked data: import, check, describe, publish and query them.

>>> import tlevel_rdf
>>> dataset = tlevel_rdf.open()
>>> tlevel_rdf.query(dataset, "degrees-after-t-level", t_level="Healthcare Science")[-1]["degree"]
'Optometry'

Functions read and write files, and return values. An error that the caller can act on is a `TlevelError`; a fault in a
file is a `Finding`. Importing this module is fast: each function imports what it needs.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.errors import (
    AddressError,
    AnswerTooLargeError,
    DocumentError,
    EngineAnswerError,
    EngineError,
    EngineTimeoutError,
    EngineUnavailableError,
    IdentifierError,
    InputError,
    MissingExtraError,
    OutputError,
    QueryError,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTooLargeError,
    QueryUnsupportedError,
    RdfSyntaxError,
    ReleaseError,
    ServerError,
    SettingError,
    ShapesError,
    TlevelError,
    UnknownNameError,
    UnreadableInputError,
    UnwritableError,
    UsageError,
    WorkersError,
)
from tlevel_rdf.findings import BlockedError, Finding, Severity

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from pyoxigraph import Quad

    from tlevel_rdf.dataset.opening import Dataset
    from tlevel_rdf.documents.importer import ImportResult
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded, LoadResult
    from tlevel_rdf.release.build import BuildResult
    from tlevel_rdf.release.release import Release

    StrPath = str | os.PathLike[str]

__version__: str
__all__ = [
    "AddressError",
    "AnswerTooLargeError",
    "BlockedError",
    "BuildResult",
    "Dataset",
    "DocumentError",
    "EngineAnswerError",
    "EngineError",
    "EngineTimeoutError",
    "EngineUnavailableError",
    "Finding",
    "IdentifierError",
    "ImportResult",
    "InputError",
    "LoadResult",
    "Loaded",
    "MissingExtraError",
    "OutputError",
    "Profile",
    "QueryError",
    "QueryFailedError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "QueryTooLargeError",
    "QueryUnsupportedError",
    "RdfSyntaxError",
    "Release",
    "ReleaseError",
    "ServerError",
    "SettingError",
    "Severity",
    "ShapesError",
    "TlevelError",
    "UnknownNameError",
    "UnreadableInputError",
    "UnwritableError",
    "UsageError",
    "WorkersError",
    "__version__",
    "build",
    "describe",
    "import_documents",
    "load",
    "open",
    "query",
    "serialize",
    "validate",
]
#: The modules of the types that load large packages, such as pydantic and rdflib.
_MODULES: Final = {
    "BuildResult": "tlevel_rdf.release.build",
    "Dataset": "tlevel_rdf.dataset.opening",
    "ImportResult": "tlevel_rdf.documents.importer",
    "LoadResult": "tlevel_rdf.profiles.validation",
    "Loaded": "tlevel_rdf.profiles.validation",
    "Profile": "tlevel_rdf.profiles.model",
    "Release": "tlevel_rdf.release.release",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("tlevel-rdf")
    if name in _MODULES:
        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def import_documents(*sources: StrPath, out: StrPath, update: bool = False) -> ImportResult:
    r"""Read published documents, and write a YAML profile of each T Level in them for a person to review.

    Args:
        sources: text, Markdown, HTML, DOCX and PDF files, and folders of them.
        out: the folder for the YAML files; it is made if it does not exist.
        update: merge what a document adds or changes into files that exist.

    Returns:
        The names of the written files, and the findings.

    Raises:
        UnreadableInputError: a source does not exist, or a folder has no documents.
        OutputError: a file cannot be written.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     document = pathlib.Path(folder, "tax.txt")
    ...     _ = document.write_text("T Level in Tax\n\nThis T Level has one specialism: Tax.\n\nWork: Adviser.\n")
    ...     result = import_documents(document, out=folder)
    ...     [file.name for file in result.written], result.findings
    (['tax.yaml'], [])
    """
    from tlevel_rdf.documents import importer

    return importer.import_documents([Path(source) for source in sources], Path(out), update=update)


def load(*paths: StrPath) -> LoadResult[Profile]:
    """Read profiles from YAML.

    Args:
        paths: files and folders; none: the project's profiles.

    Returns:
        The valid profiles with their files, and the findings about the others.

    >>> result = load()
    >>> [profile.value.t_level for profile in result.loaded], result.findings
    (['Healthcare Science'], [])
    """
    from tlevel_rdf.profiles.loading import data_folder, read_profiles

    return read_profiles([Path(path) for path in paths] or [data_folder("profiles")])


def validate(*paths: StrPath, **settings: object) -> list[Finding]:
    """Check YAML profiles, RDF files or releases against the model and the rules.

    Args:
        paths: files and folders; none: the project's profiles.
        settings: values of settings, by name.

    Raises:
        InputError: a path cannot be read.
        SettingError: a setting is unknown or has an unsuitable value.

    >>> findings = validate()
    >>> sorted({finding.code for finding in findings}), {str(finding.severity) for finding in findings}
    (['R19', 'R28'], {'Info'})
    """
    from tlevel_rdf.dataset.checking import check_paths
    from tlevel_rdf.settings import read_settings
    from tlevel_rdf.validation.shapes import shipped_shapes

    return check_paths([Path(path) for path in paths], shipped_shapes(), read_settings(settings))


def describe(*profiles: Loaded[Profile], **settings: object) -> tuple[Quad, ...]:
    """Describe profiles as quads, with the reference data and all inferred statements.

    Args:
        profiles: profiles from `load`.
        settings: values of settings, by name, such as `base`.

    Raises:
        BlockedError: the reference data has violations; `findings` holds them.
        IdentifierError: a title gives no identifier.
        SettingError: a setting is unknown or has an unsuitable value.

    >>> quads = describe(*load().loaded, base="https://data.example.org/")
    >>> sum(quad.predicate.value.endswith("#leadsTo") for quad in quads)
    164
    """
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.settings import read_settings
    from tlevel_rdf.validation.loading import load_reference, reference_folders

    read = read_settings(settings)
    compiled, findings = load_reference(reference_folders([], read), read)
    if compiled is None:
        raise BlockedError(findings)
    return tuple(Corpus(profiles, compiled, Identifiers(read.base)).quads())


def serialize(quads: Iterable[Quad], format: str = "turtle") -> str:  # noqa: A002 - as in rdflib
    """Write quads as text; equal sets of quads give equal text.

    Args:
        quads: for example from `describe`.
        format: turtle, ntriples, jsonld or rdfxml, which merge the named graphs, or trig or nquads, which keep them.

    Raises:
        SettingError: the format is unknown.
        UnwritableError: the format cannot express one of the quads.

    >>> text = serialize(describe(*load().loaded), "trig")
    >>> "<https://w3id.org/tlevel/id/t-level/healthcare-science> a tlp:TLevel" in text
    True
    """
    from tlevel_rdf.dataset.serializing import serialize_quads

    return serialize_quads(quads, format)


def build(*paths: StrPath, out: StrPath, accept: str = "", **settings: object) -> BuildResult:
    """Build a release of YAML profiles, and make it the current one of a folder, if there are no violations.

    Args:
        paths: files and folders; none: the project's profiles.
        out: the folder of releases; it is made if it does not exist.
        accept: the reason for losing much of the last release in that folder, which otherwise stops the build.
        settings: values of settings, by name.

    Returns:
        The findings, and the release, which is None if there are violations.

    Raises:
        SettingError: a setting is unknown or has an unsuitable value.
        OutputError: the folder cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = build(out=folder, title="Progression profiles")
    ...     result.release.date.isoformat()
    '2026-11-30'
    """
    from tlevel_rdf.release.build import BuildOptions, build_paths
    from tlevel_rdf.settings import read_settings

    return build_paths([Path(path) for path in paths], Path(out), read_settings(settings), options=BuildOptions(accept))


def open(*paths: StrPath, **settings: object) -> Dataset:  # noqa: A001 - read as tlevel_rdf.open, like gzip.open
    """Open a release, RDF files, YAML profiles or a SPARQL endpoint for queries.

    Args:
        paths: files and folders of one kind, or the URL of an endpoint; none: the project's profiles.
        settings: values of settings, by name.

    Raises:
        BlockedError: the profiles have violations; `findings` holds them.
        InputError: a path cannot be read, or the paths are of several kinds.
        SettingError: a setting is unknown or has an unsuitable value.

    >>> open().base
    'https://w3id.org/tlevel/'
    """
    from tlevel_rdf.dataset.opening import open_dataset
    from tlevel_rdf.settings import read_settings

    return open_dataset([path if isinstance(path, str) else Path(path) for path in paths], read_settings(settings))


def query(dataset: Dataset, query: str, **parameters: str | int) -> list[dict[str, str]]:
    """Run a SELECT or ASK query, or one of the example queries.

    Args:
        dataset: from `open`.
        query: SPARQL, the path of a file that ends in .rq, or the name of an example query.
        parameters: the parameters of the example query. Titles and codes may be in any case.

    Returns:
        One dictionary per row, by the names of the columns, without an entry where nothing is bound. The result of ASK
        is one row with `answer`: yes or no.

    Raises:
        QueryError: the query has no result.
        UnknownNameError: there is no such example query or parameter.
        UnreadableInputError: the file cannot be read.

    >>> query(open(), "ASK { ?option <https://w3id.org/tlevel/def/progression#bypasses> ?apprenticeship }")
    [{'answer': 'yes'}]
    """
    from tlevel_rdf.dataset.querying import read_table, resolved_text

    text, _ = resolved_text(dataset.store, query, {name: [str(value)] for name, value in parameters.items()})
    return read_table(dataset.store, text).rows
