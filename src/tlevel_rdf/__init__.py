"""T Level progression profiles as linked data: read, describe, check, publish, open and query them.

>>> import tlevel_rdf
>>> data = tlevel_rdf.open()
>>> tlevel_rdf.query(data, "degrees-after-t-level", t_level="Healthcare Science")[-1]["degree"]
'Optometry'
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from pyoxigraph import Quad

    from tlevel_rdf.dataset.opening import Dataset
    from tlevel_rdf.findings import Finding
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded, LoadResult
    from tlevel_rdf.release.build import BuildResult

__all__ = ["build", "describe", "load", "open", "query", "validate"]
__version__: str

# Modules are imported where they are used: pySHACL alone takes more than a second.


def __getattr__(name: str) -> str:
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import metadata

    return metadata.version("tlevel-rdf")


def load(*paths: str | os.PathLike[str]) -> LoadResult[Profile]:
    """Read profiles from YAML.

    Args:
        paths: files and folders; none: the project's profiles.

    Returns:
        `loaded`, the sound profiles with their files, and `findings` about the others.

    >>> reading = load()
    >>> [loaded.value.t_level for loaded in reading.loaded], reading.findings
    (['Healthcare Science'], [])
    """
    from tlevel_rdf.profiles.loading import data_folder, read_profiles

    return read_profiles([Path(path) for path in paths] or [data_folder("profiles")])


def describe(*profiles: Loaded[Profile], base: str | None = None) -> tuple[Quad, ...]:
    """Describe profiles as quads, with what follows from them and the reference data.

    Args:
        profiles: from `load`.
        base: the IRI under which things are identified; default the setting.

    Raises:
        BlockedError: something is wrong in the reference data; it carries the findings.
        IdentifierError: no identifier can be made of a title.

    >>> quads = describe(*load().loaded)
    >>> sum(quad.predicate.value.endswith("#leadsTo") for quad in quads)
    24
    """
    from tlevel_rdf.findings import BlockedError, violations
    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.profiles.loading import data_folder, read_reference
    from tlevel_rdf.settings import read_settings

    reference, findings = read_reference(data_folder("reference"))
    if violations(findings):
        raise BlockedError(findings)
    return tuple(Corpus(profiles, reference, Identifiers(read_settings({"base": base}).base)).quads())


def validate(*paths: str | os.PathLike[str]) -> list[Finding]:
    """Check YAML profiles, RDF files or releases against the model and the rules.

    Args:
        paths: none: the project's profiles.

    Raises:
        TlevelError: a path cannot be read.

    >>> sorted({finding.code for finding in validate()})
    ['R19', 'R28']
    """
    from tlevel_rdf.dataset.checking import check_paths
    from tlevel_rdf.settings import read_settings
    from tlevel_rdf.validation.shapes import shipped_shapes

    return check_paths([Path(path) for path in paths], shipped_shapes(), read_settings())


def build(*paths: str | os.PathLike[str], out: str | os.PathLike[str], **settings: object) -> BuildResult:
    """Build a release of YAML profiles and make it the current one of a folder, if nothing is wrong.

    Args:
        paths: files and folders; none: the project's profiles.
        out: the folder of releases.
        settings: any of `tlevel_rdf.settings.Settings`.

    Returns:
        `findings`, and `release`, which is None if one of them is a violation.

    Raises:
        TlevelError: a setting cannot be used or the folder cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     build(out=folder).release.date.isoformat()
    '2026-11-22'
    """
    from tlevel_rdf.release.build import build_paths
    from tlevel_rdf.settings import read_settings

    return build_paths([Path(path) for path in paths], Path(out), read_settings(settings))


def open(*paths: str | os.PathLike[str]) -> Dataset:  # noqa: A001 - read as tlevel_rdf.open, like gzip.open
    """Open a release, RDF files or YAML profiles for queries.

    Args:
        paths: of one kind; none: the project's profiles.

    Raises:
        TlevelError: a path cannot be read.
        BlockedError: something is wrong in the profiles; it carries the findings.

    >>> open().base
    'https://w3id.org/tlevel/'
    """
    from tlevel_rdf.dataset.opening import open_dataset
    from tlevel_rdf.settings import read_settings

    return open_dataset([Path(path) for path in paths], read_settings())


def query(data: Dataset, query: str, **parameters: str | int) -> list[dict[str, str]]:
    """Run a SELECT or ASK, or one of the example queries.

    Args:
        data: from `open`.
        query: SPARQL, the path of a file that ends in .rq, or the name of an example query.
        parameters: of the example query.

    Returns:
        A row each, by the names of the columns; no entry where nothing is bound.

    Raises:
        TlevelError: the query cannot be answered.

    >>> query(open(), "ASK { ?option tlp:bypasses ?apprenticeship }".replace("tlp:bypasses",
    ...     "<https://w3id.org/tlevel/def/progression#bypasses>"))
    [{'answer': 'yes'}]
    """
    from tlevel_rdf.dataset.querying import query_text, read_table

    text = query_text(query, {name: [str(value)] for name, value in parameters.items()})
    return read_table(data.store, text).rows
