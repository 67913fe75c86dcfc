"""Tables written together: all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tlevel_rdf.errors import OutputError
from tlevel_rdf.findings import violations
from tlevel_rdf.reference.loading import read_reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tlevel_rdf.findings import Finding


def write_tables(
    folder: Path, texts: Mapping[str, str], before: Mapping[str, str], base: Sequence[Path]
) -> list[Finding]:
    """Write tables to a copy of their folder, check it, and put it in the place of the folder.

    Args:
        folder: the folder of reference data.
        texts: the name of each file → its new text.
        before: the text of each file that the update began with.
        base: the folders to which this one adds; none if it is complete.

    Returns:
        The violations of the new tables. If there are any, nothing is written.

    Raises:
        OutputError: the folder cannot be written, or was changed in the meantime; it is as it was.
    """
    try:
        return _write(folder.resolve(), texts, before, base)
    except OSError as error:
        message = f"{folder} cannot be written: {error.strerror or error}; it is as it was"
        raise OutputError(message, hint="check the space and the permissions, also of the folder above it") from error


def _write(folder: Path, texts: Mapping[str, str], before: Mapping[str, str], base: Sequence[Path]) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix=".tlevel-rdf-", dir=folder.parent, ignore_cleanup_errors=True) as name:
        new, old = Path(name, "new"), Path(name, "old")
        shutil.copytree(folder, new, symlinks=True)
        for file, text in texts.items():
            with (new / file).open("wb") as target:
                target.write(text.encode())
                target.flush()
                os.fsync(target.fileno())
        if found := _check(new, folder, base):
            return found
        for file, text in before.items():
            if _read(folder / file) != text:
                message = f"{folder / file} was changed in the meantime"
                raise OutputError(message, hint="run the update again")
        folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:
            with suppress(OSError):
                old.rename(folder)
            raise
    return []


def _check(new: Path, folder: Path, base: Sequence[Path]) -> list[Finding]:
    """Read the new tables as the other commands do. Links are beside the folder, so the copy has them too."""
    links = folder.parent / "links"
    if links.is_dir():
        (new.parent / "links").symlink_to(links)
    _, findings = read_reference(*base, new)
    return [
        replace(finding, file=finding.file and finding.file.replace(str(new), str(folder)))
        for finding in violations(findings)
    ]


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
