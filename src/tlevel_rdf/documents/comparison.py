"""Compare reviewed profiles with the documents that they were taken from."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.places import Places, location_of, name_of
from tlevel_rdf.documents.profile.column_headers import header_lengths
from tlevel_rdf.documents.profile.quoted_lines import entries_of
from tlevel_rdf.documents.readers.detection import is_document, read_document
from tlevel_rdf.errors import DocumentError, UnreadableInputError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_DOCUMENT_BYTES, MAX_LISTED_PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.profiles.validation import Loaded

_PRINTED: Final = "If the document prints it otherwise, write its words after 'printed:'."


def compare_documents(profiles: Iterable[Loaded[Profile]], folder: Path) -> list[Finding]:
    """Compare profiles with their documents: the checksum, the places, and the words at each of them.

    The documents can be in subfolders of the folder.

    Raises:
        UnreadableInputError: the path is not a folder.
    """
    if not folder.is_dir():
        raise UnreadableInputError(f"{folder} is not a folder", hint="name the folder with the documents")
    files = sorted(file for file in folder.rglob("*") if file.is_file() and is_document(file))
    # An import refuses a larger file, so that no profile was taken from one.
    by_checksum = {_checksum(file): file for file in files if file.stat().st_size <= MAX_DOCUMENT_BYTES}
    return [finding for loaded in profiles for finding in _compare(loaded, by_checksum, files)]


def _checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _compare(loaded: Loaded[Profile], by_checksum: dict[str, Path], files: Sequence[Path]) -> Iterator[Finding]:
    source = loaded.value.source
    file = by_checksum.get(source.sha256)
    if file is None:
        named = next((file for file in files if file.name == source.document), None)
        code = Code.OTHER_DOCUMENT if named else Code.NO_DOCUMENT
        message = f"No document in the folder has the checksum {source.sha256[:12]}… of this profile's source."
        hint = "Put the document into the folder, or import the profile again."
        if named:
            message = f"{named} is another version of the document than this profile was taken from."
            hint = "Import it with --update, or put the earlier version into the folder."
        yield loaded.finding(code, Severity.VIOLATION, message, ("source", "sha256"), hint=hint)
        return
    try:
        places = Places(read_document(file, header_lengths))
    except DocumentError as error:
        yield loaded.finding(error.code, Severity.VIOLATION, f"{error.message}.", ("source",), hint=error.hint or "")
        return
    lines = ((line, line.text, ("lines", number)) for number, line in enumerate(loaded.value.lines))
    for entry, words, loc in chain(entries_of(loaded.value), lines):
        where = location_of(entry)
        if where is None or places.hold(where, words):
            continue
        message = f"“{words[:100]}” is not {name_of(where)} of {file.name}."
        if not places.texts(where):
            message = f"{file.name} has no words {name_of(where)}, where “{words[:100]}” should be."
        found = [name_of(each) for each in places.find(words)[:MAX_LISTED_PLACES]]
        hint = f"It is {' and '.join(found)}." if found else _PRINTED
        key = "line" if where.line else "paragraph" if where.paragraph else "pdf page"
        yield loaded.finding(Code.NOT_IN_PLACE, Severity.VIOLATION, message, (*loc, key), hint=hint)
