"""Documents → YAML files for a person to review. Nothing that a person wrote is ever overwritten.

Each file is written whole or not at all. Beside the files, `.imported/` keeps what the documents said at the last
import, so that the next one can tell a change of the document from a change of the reviewer.
"""

from __future__ import annotations

import codecs
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from yaml import YAMLError

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.atomic_write import write_whole
from tlevel_rdf.documents.merge.base import BASES, about_gone, gone, last_of, untold, written
from tlevel_rdf.documents.merge.findings import Mode, told
from tlevel_rdf.documents.merge.three_way import merge
from tlevel_rdf.documents.profile.builder import read_profiles_in
from tlevel_rdf.documents.readers.detection import ENDINGS, is_read, read_bytes, read_document
from tlevel_rdf.errors import DocumentError, TlevelError, UnreadableInputError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_DOCUMENT_BYTES, MAX_YAML_BYTES
from tlevel_rdf.profiles import validation
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.yaml_editor import Editor, NotEditableError
from tlevel_rdf.profiles.yaml_reader import YamlFault
from tlevel_rdf.profiles.yaml_reader import read_bytes as read_yaml_bytes
from tlevel_rdf.profiles.yaml_writer import write

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from tlevel_rdf.documents.document import Document
    from tlevel_rdf.documents.merge.base import Last
    from tlevel_rdf.documents.profile.builder import Imported, Reading

#: What is written as a source for the standard input.
STANDARD_INPUT: Final = "-"
_STANDARD_INPUT: Final = "standard input"
#: The most names that one finding lists.
_MOST_NAMES: Final = 5
#: The largest file that is written: with its comments it must be small enough to be read again.
_LARGEST: Final = MAX_YAML_BYTES * 9 // 10
_YAML: Final = frozenset({".yaml", ".yml"})
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
    """A profile that was read, the document it was read from, and what is told of both."""

    file: str
    imported: Imported
    told: tuple[Finding, ...]


@dataclass
class _Read:
    """A document that was read, the names of the files of its profiles, and its checksums at their last imports."""

    file: str
    document: str
    reading: Reading
    names: dict[str, Imported] = field(default_factory=dict)
    before: set[str] = field(default_factory=set)


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
    documents: list[_Read] = []
    for file, read in _documents(sources, outcome.findings):
        try:
            document = read()
            came = _Read(file, document.name, read_profiles_in(document, file))
        except DocumentError as error:
            outcome.findings.append(Finding(error.code, Severity.VIOLATION, f"{error.message}.", file, hint=error.hint))
            continue
        faults = []
        for imported in came.reading.imported:
            about = _Found(file, imported, (*imported.findings, *came.reading.findings))
            try:
                name = name_of(imported.profile.t_level)
            except TlevelError as error:
                faults.append(_at_heading(about, Code.NO_IDENTIFIER, f"{error.message}."))
                continue
            came.names[name] = imported
            found.setdefault(name, []).append(about)
        _tell(came, out, outcome)
        documents.append(came)
        outcome.findings += faults
    for name, profiles in found.items():
        if len(profiles) > 1:
            outcome.findings += _same_file(name, profiles)
        else:
            _put(profiles[0], out, name, outcome, update=update)
    for came in documents:
        if came.document != _STANDARD_INPUT:
            _tell_gone(came, out, found, outcome, update=update)
    return outcome


def _tell(came: _Read, out: Path, outcome: Outcome) -> None:
    """Add what is to be told of a document and was not at the last import."""
    told_before: Counter[str] = Counter()
    named = {id(imported): name for name, imported in came.names.items()}
    is_same = bool(came.reading.imported)
    for imported in came.reading.imported:
        last = _last(out, named[id(imported)]) if id(imported) in named else None
        if last:
            came.before.add(last.profile.source.sha256)
            told_before |= last.told
        if not (last and last.is_same(imported.profile)):
            is_same = False
            outcome.findings += untold(imported.findings, last.told) if last else imported.findings
    if is_same:
        outcome.findings += (finding for finding in came.reading.findings if finding.severity is Severity.VIOLATION)
    else:
        outcome.findings += untold(came.reading.findings, told_before)


def _last(out: Path, name: str) -> Last | None:
    """What was imported last into a file, if that is still there."""
    place = out / f"{name}.yaml"
    return last_of(out / BASES / name) if place.exists() or place.is_symlink() else None


def _tell_gone(came: _Read, out: Path, found: Collection[str], outcome: Outcome, *, update: bool) -> None:
    """Tell of the profiles that a document held before; with an update, their files say so too."""
    for place, profile in gone(out, came.document, found, came.before):
        outcome.findings.append(about_gone(place, out / BASES / place.stem, profile, came.file))
        if not update:
            continue
        try:
            data = read_yaml_bytes(place)
            text = data.decode("utf-8-sig")
            editor = Editor(text)
            editor.comment((), f"{came.document} does not hold this profile any more")
        except (YamlFault, NotEditableError, UnicodeDecodeError, YAMLError):
            continue
        if (new := editor.made()) != text:
            write_whole(place, _marked(data) + new)
            outcome.written.append(place)


def _documents(sources: Iterable[Path], findings: list[Finding]) -> Iterator[tuple[str, Callable[[], Document]]]:
    """Each document's name, and how to read it; adds a finding about the files of a folder that are none."""
    for source in sources:
        if str(source) == STANDARD_INPUT:
            yield _STANDARD_INPUT, _read_standard_input
        elif source.is_dir():
            files = sorted(file for file in source.rglob("*") if file.is_file())
            inside = [file for file in files if is_read(file)]
            findings += _others(source, files)
            if not inside:
                hint = f"documents end in {', '.join(ENDINGS)}"
                raise UnreadableInputError(f"{source} has no documents in it", hint=hint)
            for file in inside:
                yield str(file), partial(read_document, file)
        elif not source.exists():
            raise UnreadableInputError(f"{source} is not there", hint="check the name")
        else:
            yield str(source), partial(read_document, source)


def _read_standard_input() -> Document:
    return read_bytes(sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1), _STANDARD_INPUT)


def _others(source: Path, files: Iterable[Path]) -> Iterator[Finding]:
    """One finding for each folder that has files of other kinds, which may hold a profile too."""
    others: dict[Path, list[str]] = {}
    for file in files:
        is_hidden = any(part.startswith(".") for part in file.relative_to(source).parts)
        if not (is_read(file) or is_hidden or file.suffix.lower() in _YAML):
            others.setdefault(file.parent, []).append(file.name)
    for folder, names in others.items():
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        many = "A file of another kind is" if len(names) == 1 else f"{len(names)} files of other kinds are"
        said = f"{many} not read: {', '.join(names[:_MOST_NAMES])}{more}."
        hint = "If one of them has a profile, save it as text, Markdown, HTML, DOCX or PDF."
        yield Finding(Code.LEFT_OUT, Severity.INFO, said, str(folder), hint=hint)


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
    place, base = out / f"{name}.yaml", out / BASES / name
    plain = write(profile)
    if (size := len(plain.encode())) > _LARGEST:
        said = (
            f"The profile of {profile.t_level} has {size:,} bytes of YAML, and no more than {_LARGEST:,} are written."
        )
        hint = "Look whether it is one profile; if it is, give its specialisms as two documents, into two folders."
        outcome.findings.append(_at_heading(found, Code.NO_PROFILE, said, hint))
    elif place.exists() or place.is_symlink():
        _merge(found, place, outcome, update=update)
    else:
        write_whole(place, write(profile, comments=_COMMENTS, checks=found.imported.checks))
        write_whole(base, written(plain, found.told))
        outcome.written.append(place)


def _merge(found: _Found, place: Path, outcome: Outcome, *, update: bool) -> None:
    base = place.parent / BASES / place.stem
    profile, last = found.imported.profile, last_of(base)
    try:
        data = read_yaml_bytes(place)
        loaded = validation.parse(data, str(place), Profile)
    except YamlFault as fault:
        said = f"{place} is there and is no sound profile, so nothing is compared with it; it stays as it is."
        outcome.findings += [_at_heading(found, Code.NOT_MERGED, said, "Mend it, or move it away."), *fault.findings]
        return
    text = data.decode("utf-8-sig")
    if last and last.is_same(profile):
        said = f"{found.file} has not changed since the last import; {place} stays as it is."
        outcome.findings.append(Finding(Code.UNCHANGED, Severity.INFO, said, found.file))
        return
    merged = merge(last.profile if last else None, loaded.value, text, profile, found.imported.checks)
    if update and merged.text is None:
        said = f"{place} is written in a way that cannot be added to; it stays as it is."
        hint = "Take in what is listed by hand; lists with a hyphen before each entry could have been added to."
        outcome.findings.append(_at_heading(found, Code.NOT_MERGED, said, hint))
    is_taken_in = update and merged.text is not None
    mode = Mode.TAKEN if is_taken_in else Mode.REFUSED if update else Mode.COMPARED
    about = (told(difference, profile, found.file, loaded, mode) for difference in merged.differences)
    outcome.findings += filter(None, about)
    if not is_taken_in or merged.text is None:
        return
    if merged.text != text:
        write_whole(place, _marked(data) + merged.text)
        outcome.written.append(place)
    write_whole(base, written(write(profile), found.told))


def _marked(data: bytes) -> str:
    """The byte order mark that a file begins with, if it does."""
    return "\ufeff" if data.startswith(codecs.BOM_UTF8) else ""
