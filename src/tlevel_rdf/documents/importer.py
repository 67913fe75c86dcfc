"""Import documents as YAML files for a person to review, and never overwrite what that person wrote.

Each file is written whole or not at all. The folder `.imported/` beside the files keeps each profile as its document
stated it at the last import, so that the next import can tell a change in the document from a change by the reviewer.
"""

from __future__ import annotations

import codecs
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from yaml import YAMLError

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.atomic_write import write_whole
from tlevel_rdf.documents.merge.base import (
    BASES,
    LastImport,
    base_text,
    missing_finding,
    missing_profiles,
    read_base,
    unreported,
)
from tlevel_rdf.documents.merge.findings import Handling, finding_about
from tlevel_rdf.documents.merge.three_way import merge
from tlevel_rdf.documents.profile.builder import draft_profiles
from tlevel_rdf.documents.profile.column_headers import header_lengths
from tlevel_rdf.documents.readers.detection import ENDINGS, is_document, read_bytes, read_document
from tlevel_rdf.errors import DocumentError, TlevelError, UnreadableInputError
from tlevel_rdf.findings import Finding, Severity
from tlevel_rdf.limits import MAX_DOCUMENT_BYTES, MAX_IMPORTED_YAML_BYTES, MAX_LISTED_FILES
from tlevel_rdf.profiles import validation
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.titles import normalise_title, slug
from tlevel_rdf.profiles.yaml_editor import Editor, NotEditableError
from tlevel_rdf.profiles.yaml_reader import YamlError
from tlevel_rdf.profiles.yaml_reader import read_bytes as read_yaml_bytes
from tlevel_rdf.profiles.yaml_writer import profile_to_yaml
from tlevel_rdf.reference.loading import read_reference
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tlevel_rdf.documents.document import Document
    from tlevel_rdf.documents.profile.builder import DraftResult
    from tlevel_rdf.documents.profile.draft import ProfileDraft

#: The source that stands for the standard input.
STANDARD_INPUT: Final = "-"
_STANDARD_INPUT: Final = "standard input"
_YAML: Final = frozenset({".yaml", ".yml"})
_COMMENTS: Final = (
    "What the published progression profile of one T Level says, read by 'tlevel-rdf import'.",
    "Look at each comment that begins with 'check:', fix what is wrong, and remove the comment.",
)


@dataclass
class ImportResult:
    """The result of an import.

    Attributes:
        written: the files that were written or changed.
        findings: everything that a person should look at, in the order of the documents.
    """

    written: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def import_documents(sources: Sequence[Path], out: Path, *, update: bool = False) -> ImportResult:
    """Read documents, and write one YAML file for each profile in them.

    A document that cannot be read becomes a finding; the others are still read.

    Args:
        sources: documents, folders of them, and `-` for the standard input.
        out: the folder for the files, which is made if it does not exist.
        update: merge what the document adds or changes into a file that exists. A person's changes stay, and an
            entry that the document drops is marked, not removed.

    Raises:
        UnreadableInputError: a source does not exist, or a folder has no documents.
        OutputError: a file cannot be written.
    """
    if not sources:
        raise UnreadableInputError(
            "no document is named", hint="name documents or folders of them, or - for standard input"
        )
    importer = _Importer(out, update=update)
    for file, read in _documents(sources, importer.result.findings):
        importer.read(file, read)
    importer.write()
    return importer.result


class _Importer:
    """One import into a folder."""

    def __init__(self, out: Path, *, update: bool) -> None:
        self.result = ImportResult()
        self._out = out
        self._update = update
        self._drafts: dict[str, list[tuple[ProfileDraft, DraftResult]]] = {}
        #: The caller's name for each document, its own name, and its checksums at its last imports.
        self._documents: list[tuple[str, str, set[str]]] = []

    def read(self, file: str, read: Callable[[], Document]) -> None:
        """Read a document, draft its profiles, and report what their last imports did not report."""
        try:
            document = read()
            result = draft_profiles(document, file, _registered_titles)
        except DocumentError as error:
            finding = Finding(error.code, Severity.VIOLATION, f"{error.message}.", file, hint=error.hint)
            self.result.findings.append(finding)
            return
        reported: Counter[str] = Counter()
        checksums = set()
        for draft in result.drafts:
            try:
                name = slug(draft.profile.t_level)
            except TlevelError as error:
                self.result.findings += [*draft.findings, draft.finding(Code.NO_IDENTIFIER, f"{error.message}.")]
                continue
            self._drafts.setdefault(name, []).append((draft, result))
            path = self._out / f"{name}.yaml"
            last = read_base(self._out / BASES / name) if path.exists() or path.is_symlink() else None
            if last:
                checksums.add(last.profile.source.sha256)
                reported |= last.reported
            self.result.findings += unreported(draft.findings, last.reported if last else Counter())
        self.result.findings += unreported(result.findings, reported)
        self._documents.append((file, document.name, checksums))

    def write(self) -> None:
        """Write or merge the profiles that were read, and report those that their documents dropped."""
        for name, drafts in self._drafts.items():
            if len(drafts) > 1:
                self.result.findings += _name_clashes(name, [draft for draft, _ in drafts])
            else:
                self._write_draft(*drafts[0], self._out / f"{name}.yaml")
        for file, name, checksums in self._documents:
            if name != _STANDARD_INPUT:
                self._report_missing(file, name, checksums)

    def _write_draft(self, draft: ProfileDraft, result: DraftResult, path: Path) -> None:
        profile = draft.profile
        text = profile_to_yaml(profile)
        base, base_now = path.parent / BASES / path.stem, base_text(text, (*draft.findings, *result.findings))
        if (size := len(text.encode())) > MAX_IMPORTED_YAML_BYTES:
            message = (
                f"The profile of {profile.t_level} would be {size:,} bytes of YAML, which is more than the limit of"
                f" {MAX_IMPORTED_YAML_BYTES:,}."
            )
            hint = "Check that it is one profile; if it is, split its specialisms over two documents and two folders."
            self.result.findings.append(draft.finding(Code.NO_PROFILE, message, hint))
        elif not (path.exists() or path.is_symlink()):
            write_whole(path, profile_to_yaml(profile, comments=_COMMENTS, checks=draft.checks))
            write_whole(base, base_now)
            self.result.written.append(path)
        elif self._merge(draft, path, read_base(base)):
            write_whole(base, base_now)

    def _merge(self, draft: ProfileDraft, path: Path, last: LastImport | None) -> bool:
        """Compare a profile with the file that exists, and merge it into that file if this import updates files.

        Returns:
            True if the file now has everything that the document states.
        """
        findings, profile = self.result.findings, draft.profile
        try:
            data = read_yaml_bytes(path)
            loaded = validation.parse(data, str(path), Profile)
        except YamlError as error:
            message = f"{path} exists and is not a valid profile, so it was not compared; it stays as it is."
            findings += [draft.finding(Code.NOT_MERGED, message, "Fix it, or move it away."), *error.findings]
            return False
        if last and last.is_same(profile):
            message = f"{draft.file} has not changed since the last import; {path} stays as it is."
            findings.append(Finding(Code.UNCHANGED, Severity.INFO, message, draft.file))
            return False
        text = data.decode("utf-8-sig")
        differences, merged = merge(last.profile if last else None, loaded.value, text, profile, draft.checks)
        if self._update and merged is None:
            message = f"{path} is written in a way that cannot be added to; it stays as it is."
            hint = "Add what is listed by hand, or write its lists with a hyphen before each entry."
            findings.append(draft.finding(Code.NOT_MERGED, message, hint))
        is_merged = self._update and merged is not None
        handling = Handling.MERGED if is_merged else Handling.REFUSED if self._update else Handling.LISTED
        about = (finding_about(difference, profile, draft.file, loaded, handling) for difference in differences)
        findings += filter(None, about)
        if is_merged and merged is not None and merged != text:
            self._rewrite(path, data, merged)
        return is_merged

    def _report_missing(self, file: str, document: str, checksums: set[str]) -> None:
        """Report the profiles that a document no longer holds, and mark their files if this import updates files."""
        for path, profile in missing_profiles(self._out, document, self._drafts, checksums):
            self.result.findings.append(missing_finding(path, self._out / BASES / path.stem, profile, file))
            if not self._update:
                continue
            try:
                data = read_yaml_bytes(path)
                text = data.decode("utf-8-sig")
                editor = Editor(text)
                editor.comment((), f"{document} no longer holds this profile")
            except (YamlError, NotEditableError, UnicodeDecodeError, YAMLError):
                continue
            if (new := editor.made()) != text:
                self._rewrite(path, data, new)

    def _rewrite(self, path: Path, old: bytes, text: str) -> None:
        """Replace the text of a file, and keep its byte order mark."""
        write_whole(path, ("\ufeff" if old.startswith(codecs.BOM_UTF8) else "") + text)
        self.result.written.append(path)


def _documents(sources: Iterable[Path], findings: list[Finding]) -> Iterator[tuple[str, Callable[[], Document]]]:
    """Yield the name of each document and the call that reads it; add findings about a folder's other files."""
    for source in sources:
        if str(source) == STANDARD_INPUT:
            yield _STANDARD_INPUT, _read_standard_input
        elif source.is_dir():
            files = sorted(file for file in source.rglob("*") if file.is_file())
            inside = [file for file in files if is_document(file)]
            findings += _unread_files(source, files)
            if not inside:
                hint = f"documents end in {', '.join(ENDINGS)}"
                raise UnreadableInputError(f"{source} has no documents in it", hint=hint)
            for file in inside:
                yield str(file), partial(read_document, file, header_lengths)
        elif not source.exists():
            raise UnreadableInputError(f"{source} does not exist", hint="check the name")
        else:
            yield str(source), partial(read_document, source, header_lengths)


@cache
def _registered_titles() -> frozenset[str]:
    """Return the normalised titles of the registers that the package has."""
    reference, _ = read_reference(shipped("data") / "reference")
    standards, occupations = reference.standards, reference.occupations
    titles = [row.title for rows in (standards, occupations, reference.products) for row in rows if row.title]
    jobs = (job for occupation in occupations for job in occupation.typical_job_titles)
    return frozenset(map(normalise_title, (*titles, *jobs)))


def _read_standard_input() -> Document:
    return read_bytes(sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1), _STANDARD_INPUT, header_lengths)


def _unread_files(source: Path, files: Iterable[Path]) -> Iterator[Finding]:
    """Yield one finding for each folder that has files of other formats, which may hold a profile too."""
    unread: dict[Path, list[str]] = {}
    for file in files:
        is_hidden = any(part.startswith(".") for part in file.relative_to(source).parts)
        if not (is_document(file) or is_hidden or file.suffix.lower() in _YAML):
            unread.setdefault(file.parent, []).append(file.name)
    for folder, names in unread.items():
        more = f" and {len(names) - MAX_LISTED_FILES} more" if len(names) > MAX_LISTED_FILES else ""
        many = "A file of another format was" if len(names) == 1 else f"{len(names)} files of other formats were"
        message = f"{many} not read: {', '.join(names[:MAX_LISTED_FILES])}{more}."
        hint = "If one of them has a profile, save it as text, Markdown, HTML, DOCX or PDF."
        yield Finding(Code.LEFT_OUT, Severity.INFO, message, str(folder), hint=hint)


def _name_clashes(name: str, drafts: list[ProfileDraft]) -> Iterator[Finding]:
    """Yield a finding for each profile whose file would have the name of another's."""
    first = drafts[0].finding(Code.SAME_FILE, "").place
    for other in drafts[1:]:
        message = f"This profile and the one at {first} would both be {name}.yaml; neither is written."
        yield other.finding(Code.SAME_FILE, message, "Import them into two folders, and keep one.")
