"""The data that the gate has passed before, by a hash of everything that its verdict depends on.

pySHACL takes a third of the time of a command to start, so that the same data is checked once and opened many times.
"""

from __future__ import annotations

from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from tlevel_rdf.limits import MAX_PASSED_DATASETS
from tlevel_rdf.validation.loading import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.settings import Settings

#: Its name begins with a dot, as those of compiled reference data do not.
_FOLDER: Final = ".passed"


def has_passed(dataset_id: str, settings: Settings) -> bool:
    """Return True if the gate has found no violation in this data.

    Args:
        dataset_id: a hash of the quads, and of the reference data, the code and the rules that they were checked with.
        settings: the folder of the cache.
    """
    return _file(dataset_id, settings).is_file()


def keep_passed(dataset_id: str, settings: Settings) -> None:
    """Keep that the gate has found no violation in this data. A cache that cannot be written is no error."""
    file = _file(dataset_id, settings)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        for old in sorted(file.parent.iterdir(), key=lambda each: each.stat().st_mtime)[:-MAX_PASSED_DATASETS]:
            old.unlink()


def _file(dataset_id: str, settings: Settings) -> Path:
    return cache_folder(settings) / _FOLDER / f"{dataset_id}-{version('pyshacl')}"
