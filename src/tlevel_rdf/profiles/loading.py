"""Profiles, read from files and folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from tlevel_rdf.codes import Code
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_LISTED_PLACES
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import Loaded, LoadResult, read
from tlevel_rdf.profiles.yaml_reader import check_comments
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: The endings of the files of profiles.
YAML_ENDINGS: Final = (".yaml", ".yml")


def read_profiles(paths: Iterable[Path]) -> LoadResult[Profile]:
    """Read profiles from files and folders.

    Args:
        paths: YAML files, and folders whose YAML files are read, also in subfolders.

    Returns:
        The valid profiles, sorted by file name within each folder, and all findings.

    Raises:
        UnreadableInputError: a folder has no YAML files.
    """
    result = read(_yaml_files(paths), Profile)
    result.findings += filter(None, map(_find_open_checks, result.loaded))
    return result


def _find_open_checks(loaded: Loaded[Profile]) -> Finding | None:
    """Report the comments of a profile that ask a person to check something."""
    if b"check:" not in loaded.data or not (positions := check_comments(loaded.data)):
        return None
    listed = ", ".join(f"{loaded.file}:{position.line}" for position in positions[:MAX_LISTED_PLACES])
    more = f" and {len(positions) - MAX_LISTED_PLACES} more" if len(positions) > MAX_LISTED_PLACES else ""
    one, many = "One comment that begins with 'check:' is", "comments that begin with 'check:' are"
    message = f"{one if len(positions) == 1 else f'{len(positions)} {many}'} open: {listed}{more}."
    hint = "Compare the profile with the document, correct it, and remove the comments."
    return Finding(Code.OPEN_CHECKS, Severity.WARNING, message, loaded.file, *positions[0], hint=hint)


def _yaml_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            # In a folder such as data/, the profiles are beside the reference data, which are YAML files too.
            folder = path / "profiles" if (path / "profiles").is_dir() else path
            inside = (file for file in folder.rglob("*") if file.suffix.lower() in YAML_ENDINGS)
            files = sorted(file for file in inside if file.is_file())
            if not files:
                hint = f"profiles are YAML files, which end in {' or '.join(YAML_ENDINGS)}"
                raise UnreadableInputError(f"{folder} has no profiles", hint=hint)
            yield from files
        else:
            yield path


def data_folder(name: Literal["profiles", "reference"]) -> Path:
    """Return the folder of profiles or reference data: in `data` of the current folder, or else in the package."""
    here = Path("data", name)
    return here if here.is_dir() else shipped("data") / name
