"""Documents → YAML files for a person to review. Nothing that a person wrote is ever overwritten.

Each file is written whole or not at all. Beside the files, `.imported/` keeps what the documents said at the last
import, so that the next one can tell a change of the document from a change of the reviewer.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.assembly import read_profiles_in
from tlevel_rdf.documents.merging import merge
from tlevel_rdf.documents.reading import ENDINGS, read_bytes, read_document
from tlevel_rdf.errors import DocumentError, OutputError, TlevelError, UnreadableInputError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.profiles import reading
from tlevel_rdf.profiles.codes import Code
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.writing import write
from tlevel_rdf.profiles.yaml import YamlFault
from tlevel_rdf.profiles.yaml import read_bytes as read_yaml_bytes
from tlevel_rdf.settings import MAX_DOCUMENT_BYTES, MAX_YAML_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tlevel_rdf.documents.assembly import Imported
    from tlevel_rdf.documents.lines import Document
    from tlevel_rdf.documents.merging import Difference

#: What is written as a source for the standard input.
STANDARD_INPUT: Final = "-"
_BASES: Final = ".imported"
_COMMENTS: Final = (
    "What the published progression profile of one T Level says, read by 'tlevel-rdf import'.",
    "Look at each comment that begins with 'check:', mend what is wrong, and remove it.",
)


@dataclass
class Outcome:
    """What came of an import.

    Attributes:
        written: the files that were written or changed.
        findings: what a person should look at, in the order of the documents.
    """

    written: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    """A profile that was read, and the document it was read from."""

    file: str
    imported: Imported


def import_documents(
    sources: Sequence[Path], out: Path, name_of: Callable[[str], str], *, update: bool = False
) -> Outcome:
    """Read documents, and write one YAML file for each profile in them.

    Args:
        sources: documents, folders of them, and `-` for the standard input.
        out: the folder for the files; made if it is not there.
        name_of: gives the name of a file, without its ending, for the title of a T Level.
        update: whether a file that is there takes in what the document adds or changes. What a person changed stays,
            and what the document drops is marked, not removed.

    Returns:
        The files written, and everything that a person should look at. A document that cannot be read is a finding,
        and keeps no other from being read.

    Raises:
        UnreadableInputError: a source is not there, or a folder has no documents.
        OutputError: a file cannot be written.
    """
    if not sources:
        raise UnreadableInputError(
            "no document is named", hint="name documents or folders of them, or - for standard input"
        )
    outcome = Outcome()
    found: dict[str, list[_Found]] = {}
    for file, read in _documents(sources):
        try:
            came = read_profiles_in(read(), file)
        except DocumentError as error:
            outcome.findings.append(Finding(error.code, Severity.VIOLATION, f"{error.message}.", file, hint=error.hint))
            continue
        for imported in came.imported:
            outcome.findings += imported.findings
            try:
                found.setdefault(name_of(imported.profile.t_level), []).append(_Found(file, imported))
            except TlevelError as error:
                outcome.findings.append(_at_heading(_Found(file, imported), Code.NO_IDENTIFIER, f"{error.message}."))
        outcome.findings += came.findings
    for name, profiles in found.items():
        if len(profiles) > 1:
            outcome.findings += _same_file(name, profiles)
        else:
            _put(profiles[0], out, name, outcome, update=update)
    return outcome


def _documents(sources: Iterable[Path]) -> Iterator[tuple[str, Callable[[], Document]]]:
    """Each document's name, and how to read it."""
    for source in sources:
        if str(source) == STANDARD_INPUT:
            yield "standard input", _read_standard_input
        elif source.is_dir():
            inside = sorted(file for file in source.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
            if not inside:
                hint = f"documents end in {', '.join(ENDINGS)}"
                raise UnreadableInputError(f"{source} has no documents in it", hint=hint)
            for file in inside:
                yield str(file), lambda it=file: read_document(it)  # type: ignore[misc]  # mypy does not infer a default
        elif not source.exists():
            raise UnreadableInputError(f"{source} is not there", hint="check the name")
        else:
            yield str(source), lambda it=source: read_document(it)  # type: ignore[misc]


def _read_standard_input() -> Document:
    return read_bytes(sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1), "standard input")


def _at_heading(
    found: _Found, code: Code, said: str, hint: str = "", severity: Severity = Severity.VIOLATION
) -> Finding:
    where, column = found.imported.at
    return Finding(code, severity, said, found.file, where.line or where.paragraph, column, hint=hint or None)


def _same_file(name: str, profiles: list[_Found]) -> Iterator[Finding]:
    first = profiles[0]
    there = _at_heading(first, Code.SAME_FILE, "").place
    for other in profiles[1:]:
        said = f"This profile and the one at {there} would both be {name}.yaml; neither is written."
        yield _at_heading(other, Code.SAME_FILE, said, "Import them into two folders, and keep one.")


def _put(found: _Found, out: Path, name: str, outcome: Outcome, *, update: bool) -> None:
    profile = found.imported.profile
    place, base = out / f"{name}.yaml", out / _BASES / name
    plain = write(profile)
    if len(plain.encode()) > MAX_YAML_BYTES * 9 // 10:
        said = f"The profile of {profile.t_level} is too large to be reviewed; it is not written."
        outcome.findings.append(_at_heading(found, Code.NO_PROFILE, said, "Look whether it is one profile."))
    elif place.exists() or place.is_symlink():
        _merge(found, place, outcome, update=update)
    else:
        _write(place, write(profile, comments=_COMMENTS, checks=found.imported.checks))
        _write(base, plain)
        outcome.written.append(place)


def _merge(found: _Found, place: Path, outcome: Outcome, *, update: bool) -> None:
    base = place.parent / _BASES / place.stem
    try:
        data = read_yaml_bytes(place)
        loaded = reading.parse(data, str(place), Profile)
    except YamlFault as fault:
        said = f"{place} is there and is no sound profile, so nothing is compared with it; it stays as it is."
        outcome.findings += [_at_heading(found, Code.NOT_MERGED, said, "Mend it, or move it away."), *fault.findings]
        return
    text = data.decode("utf-8-sig")
    merged = merge(_last(base), loaded.value, text, found.imported.profile, found.imported.checks)
    if update and merged.text is None:
        said = f"{place} is written in a way that cannot be added to; it stays as it is."
        hint = "Take in what is listed by hand; lists with a hyphen before each entry could have been added to."
        outcome.findings.append(_at_heading(found, Code.NOT_MERGED, said, hint))
    is_taken_in = update and merged.text is not None
    outcome.findings += [_told(found, it, loaded, is_taken_in=is_taken_in) for it in merged.differences]
    if not is_taken_in or merged.text is None:
        return
    if merged.text != text:
        _write(place, ("\ufeff" if data.startswith(b"\xef\xbb\xbf") else "") + merged.text)
        outcome.written.append(place)
    _write(base, write(found.imported.profile))


#: What is said of a difference, by its kind and whether it is taken in.
_TOLD: Final = {
    (Code.ADDED, False): ("The document adds {}, which {} does not have.", "Add it, or import with --update."),
    (Code.ADDED, True): ("Added {} to {}.", "Look at it there."),
    (Code.DROPPED, False): ("The document does not have {}, which {} has.", "Remove it if it is gone."),
    (Code.DROPPED, True): (
        "The document does not have {}, which {} has; it stays, with a comment.",
        "Remove it if it is gone.",
    ),
    (Code.CHANGED, False): (
        "The document differs from the reviewed file: {} ({}).",
        "Change it, or import with --update.",
    ),
    (Code.CHANGED, True): ("The document changes {} ({}).", "Look at it there."),
}


def _told(found: _Found, difference: Difference, loaded: reading.Loaded[Profile], *, is_taken_in: bool) -> Finding:
    said, hint = _TOLD[difference.code, is_taken_in]
    said = said.format(difference.said, loaded.file)
    severity = Severity.INFO if is_taken_in and difference.is_settled else Severity.WARNING
    if difference.new is None:
        return loaded.finding(difference.code, severity, said, difference.mine or (), hint=hint)
    return _at(found, difference, severity, said, hint)


def _at(found: _Found, difference: Difference, severity: Severity, said: str, hint: str) -> Finding:
    thing: object = found.imported.profile
    for part in difference.new or ():
        thing = thing[part] if isinstance(thing, tuple) and isinstance(part, int) else getattr(thing, str(part))
    line = getattr(thing, "line", None) or getattr(thing, "paragraph", None)
    page = getattr(thing, "pdf_page", None)
    said = f"On page {page}: {said}" if page else said
    return Finding(difference.code, severity, said, found.file, line, 1 if line else None, hint=hint)


def _last(base: Path) -> Profile | None:
    """What the document said at the last import, if that is known."""
    try:
        return reading.parse(base.read_bytes(), str(base), Profile).value
    except (OSError, YamlFault):
        return None


def _write(place: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        OutputError: it cannot be written; what was there is untouched.
    """
    try:
        place = place.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".importing-", dir=place.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o644)
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(f"{place.parent} is a file", hint="give a folder with --out") from error
    except OSError as error:
        message = f"{place} cannot be written: {error.strerror or error}; it is as it was"
        raise OutputError(message, hint="make room or give another folder with --out") from error
