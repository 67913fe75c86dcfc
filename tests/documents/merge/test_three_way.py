"""A document that is imported again is merged into the reviewed file, and its changes are reported."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.documents.test_importer import BRACKETS, FILE, FIRST, REVIEW, WORK, edit, folder, imported, written
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.importer import import_documents
from tlevel_rdf.findings import Severity

__all__ = ["folder"]


def again(folder: Path, text: str | None = None, *, update: bool = False) -> list[tuple[str, Severity]]:
    return [(f.code, f.severity) for f in imported(folder, text, update=update).findings]


def test_an_unchanged_document_is_only_reported_as_unchanged(folder: Path) -> None:
    edit(folder, *REVIEW)
    unchanged = [(Code.UNCHANGED, Severity.INFO)]

    assert again(folder) == again(folder, update=True) == unchanged
    (folder / "out" / ".imported" / "dental-work").unlink()
    assert (Code.NOT_UNDERSTOOD, Severity.WARNING) in again(folder)


def test_only_new_findings_of_a_changed_document_are_reported(folder: Path) -> None:
    text = FIRST + "\nThis is another sentence that nobody understands.\n"
    (finding,) = [f for f in imported(folder, text).findings if f.code == Code.NOT_UNDERSTOOD]

    assert (finding.line, "another sentence" in finding.message) == (21, True)
    imported(folder, text, update=True)
    assert again(folder) == [(Code.UNCHANGED, Severity.INFO)]


MOVED = FIRST.replace("1. Dental Nursing\n", "1. Dental Nursing\n\nA new paragraph.\n")


def test_lines_of_the_earlier_document_are_reported(folder: Path) -> None:
    edit(folder, *REVIEW[4:5], ("  - note: Ask", "  - note: Mine.\n    line: 21\n  - note: Ask"))
    outcome = imported(folder, MOVED.replace("Oral Health and", "Oral and"), update=True)
    text = written(folder)
    rows = text.splitlines()

    messages = {f.line: f.message for f in outcome.findings if f.code == Code.CHANGED}
    assert messages == {
        1 + rows.index("      - occupation: Hygienist"): (
            "The line of the occupation “Hygienist” is its place in the earlier document."
        ),
        1 + rows.index("  - note: Mine."): "The line of the note “Mine.” is its place in the earlier document.",
    }
    assert text.count("# check: its line is its place in the earlier document\n") == 2
    (dropped,) = [f for f in outcome.findings if f.code == Code.DROPPED]
    assert dropped.line == 1 + rows.index("      - degree: Oral Health")
    assert "its place in the earlier document" in dropped.message
    assert again(folder, update=True) == [(Code.UNCHANGED, Severity.INFO)]
    assert written(folder) == text


def test_without_update_no_line_is_reported(folder: Path) -> None:
    edit(folder, *REVIEW[4:5])

    assert Code.CHANGED not in {f.code for f in imported(folder, MOVED).findings}


@pytest.mark.parametrize(
    ("change", "comment"),
    [
        (("is not applicable", "is accelerated"), "flags accelerated, and had flags not applicable before"),
        (("At level 5", "At level 4"), "level 4, and had level 5 before"),
        (("Practitioner](#)", "Practitioner](https://e.org/o)"), "page https://e.org/o, and had no page before"),
    ],
)
def test_each_change_by_an_update_asks_for_a_check(folder: Path, change: tuple[str, str], comment: str) -> None:
    edit(folder, *REVIEW[4:5])
    outcome = imported(folder, FIRST.replace(*change).replace("Hygiene,", "Hygiene, Law,"), update=True)
    rows = written(folder).splitlines()
    (at,) = [n for n, row in enumerate(rows, 1) if comment in row]

    assert rows[at - 1].strip().startswith("# check: the document now says ")
    place = f"{folder / 'out' / FILE}:{at + 1} "
    (finding,) = [f for f in outcome.findings if f.code == Code.CHANGED and f.severity is Severity.INFO]
    assert place in finding.message
    (added,) = [f for f in outcome.findings if f.code == Code.ADDED]
    assert added.message.endswith(f"{FILE}:{1 + rows.index('      - degree: Law')}.")


@pytest.mark.parametrize("update", [False, True])
def test_a_conflict_says_both_sides_and_what_stays(folder: Path, update: bool) -> None:  # noqa: FBT001 - a parameter
    edit(folder, ("        flags: [not applicable]\n", "        flags: [in development]\n"))
    outcome = imported(folder, FIRST.replace("is not applicable", "is accelerated"), update=update)
    rows = written(folder).splitlines()
    at = 1 + rows.index("      - apprenticeship: Dental Nurse")

    (finding,) = [f for f in outcome.findings if f.code == Code.CHANGED]
    assert finding.message == (
        "The apprenticeship “Dental Nurse”, level 3: the document says flags accelerated; "
        f"{folder / 'out' / FILE}:{at} says flags in development, which stays."
    )
    assert "--update" not in (finding.hint or "")
    assert "        flags: [in development]" in rows


def test_a_file_that_cannot_be_edited_has_no_hint_to_update(folder: Path) -> None:
    edit(folder, (WORK, BRACKETS))
    text = FIRST.replace("include Dental Nurse", "include Dental Nurse, Carer and Guide")
    outcome = imported(folder, text, update=True)

    assert {f.hint for f in outcome.findings if f.code == Code.ADDED} == {"Add it by hand."}


@pytest.mark.parametrize("title", ["Dental Care Work", None])
def test_a_profile_missing_from_its_document_is_reported(tmp_path: Path, title: str | None) -> None:
    both = FIRST + FIRST.replace("Dental Work", "Optical Work").replace("7d.", "7e.")
    imported(tmp_path, both)
    text = both.replace("Dental Work", title) if title else both[len(FIRST) :]
    for update in (False, True):
        gone = [f for f in imported(tmp_path, text, update=update).findings if f.code == Code.DROPPED]
        assert [(f.file, f.severity) for f in gone] == [(str(tmp_path / "out" / FILE), Severity.WARNING)]
        assert "no longer holds the profile of Dental Work" in gone[0].message

    assert "# check: dental.txt no longer holds this profile\nt level: Dental Work" in written(tmp_path)
    (tmp_path / "out" / ".imported" / "dental-work").unlink()
    assert Code.DROPPED not in {f.code for f in imported(tmp_path, text).findings}


def test_the_only_profile_of_a_document_with_another_title(folder: Path) -> None:
    text = FIRST.replace("Dental Work", "Dentistry")

    assert (Code.DROPPED, Severity.WARNING) in again(folder, text)
    assert again(folder, text) == [(Code.UNCHANGED, Severity.INFO)]


def test_the_same_bytes_under_another_name_keep_the_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = edit(folder, *REVIEW)
    (folder / "out" / ".imported" / "dental-work").unlink()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(FIRST.encode())))
    outcome = import_documents([Path("-")], folder / "out", update=True)

    assert outcome.written == []
    assert written(folder) == text


def test_files_of_other_formats_are_reported_once_for_each_folder(tmp_path: Path) -> None:
    (tmp_path / "in" / "more").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(FIRST, encoding="utf-8")
    for name in ("a.png", "b.doc", ".hidden", "kept.yaml", "more/c.odt", *(f"z{n}.csv" for n in range(6))):
        (tmp_path / "in" / name).write_text("x", encoding="utf-8")
    outcome = import_documents([tmp_path / "in"], tmp_path / "out")

    assert [(f.message, f.severity) for f in outcome.findings if "format" in f.message] == [
        ("8 files of other formats were not read: a.png, b.doc, z0.csv, z1.csv, z2.csv and 3 more.", Severity.INFO),
        ("A file of another format was not read: c.odt.", Severity.INFO),
    ]
