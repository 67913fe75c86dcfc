"""Documents become files, and files that a person has worked on stay theirs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.documents.writing import save_as
from tlevel_rdf.codes import Code
from tlevel_rdf.documents.importer import ImportResult, import_documents
from tlevel_rdf.errors import OutputError, UnreadableInputError
from tlevel_rdf.findings import Severity
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.validation import parse

FIRST = """\
7d. T Level in Dental Work

This T Level has two occupational specialisms: Dental Nursing and Dental Care.

1. Dental Nursing

For apprenticeships and technical qualifications, the relevant occupation level 3 [Dental Nurse](#) is not applicable.

At level 4, there are the [Oral Health Practitioner](#) and [Dental Technician](#) apprenticeships.

For **education**, degree options may include Dental Hygiene, Oral Health and Dental Technology.

For **work**, career progression could include Dental Nurse.

2. Dental Care

At level 5, there is the [Clinical Dental Technician](#) HTQ.

Ask your adviser which of these are offered near you.
"""
FILE = "dental-work.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dental.txt").write_text(FIRST, encoding="utf-8")
    imported(tmp_path)
    return tmp_path


def imported(folder: Path, text: str | None = None, *, update: bool = False) -> ImportResult:
    """Import a new version of the document of a folder."""
    if text is not None:
        (folder / "dental.txt").write_text(text, encoding="utf-8")
    return import_documents([folder / "dental.txt"], folder / "out", update=update)


def written(folder: Path) -> str:
    return (folder / "out" / FILE).read_text(encoding="utf-8")


def profile(folder: Path) -> Profile:
    return parse((folder / "out" / FILE).read_bytes(), FILE, Profile).value


def edit(folder: Path, *changes: tuple[str, str]) -> str:
    """Change the reviewed file as a person would."""
    text = written(folder)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "out" / FILE).write_text(text, encoding="utf-8")
    return text


def differences(outcome: ImportResult) -> list[tuple[Code, Severity, int | None]]:
    kinds = {Code.ADDED, Code.DROPPED, Code.CHANGED, Code.NOT_MERGED}
    return [(Code(f.code), f.severity, f.line) for f in outcome.findings if f.code in kinds]


def test_the_file_is_named_by_the_t_level_and_asks_for_what_needs_an_eye(folder: Path) -> None:
    text = written(folder)

    assert sorted(path.name for path in (folder / "out").iterdir()) == [".imported", FILE]
    assert text.startswith("# What the published progression profile")
    assert "  # check: “Ask your adviser which of these are offered near you.” is not understood" in text
    assert text.count("# check:") == 1


def test_the_same_document_again_changes_nothing(folder: Path) -> None:
    before = written(folder)
    outcome = imported(folder, update=True)

    assert (outcome.written, differences(outcome), written(folder)) == ([], [], before)


REVIEW = (
    ("title: Dental Nursing\n", "title: Dental Nursing  # as printed\n"),
    ("degree: Oral Health\n", "degree: Oral Health Science\n"),
    ("        flags: [not applicable]\n", "        flags: [accelerated]  # telephoned\n"),
    ("      - apprenticeship: Dental Technician\n        level: 4\n        wording: stated\n        line: 9\n", ""),
    ("    work:\n", "    # Jobs\n    work:\n      - occupation: Hygienist\n        line: 13\n"),
    ("# Look at each comment", "# Reviewed. Look at each comment"),
)


@pytest.mark.parametrize("update", [False, True])
def test_a_persons_changes_stay(folder: Path, update: bool) -> None:  # noqa: FBT001 - a parameter of the test
    text = edit(folder, *REVIEW)
    outcome = imported(folder, update=update)

    assert (outcome.written, differences(outcome), written(folder)) == ([], [], text)


def test_without_update_nothing_is_written(folder: Path) -> None:
    text = edit(folder, *REVIEW)
    outcome = imported(folder, FIRST.replace("Dental Hygiene, ", "Dental Hygiene, Dentistry, "))

    assert outcome.written == []
    assert written(folder) == text
    assert differences(outcome) == [(Code.ADDED, Severity.WARNING, 11)]


NEW = """\
7d. T Level in Dental Work

This T Level has three occupational specialisms: Dental Nursing, Dental Care and Dental Design.

A new paragraph about it.

1. Dental Nursing

For apprenticeships and technical qualifications, the relevant occupation level 3 [Dental Nurse](https://e.org/n) is
accelerated.

At level 4, there are the [Oral Health Practitioner](#) (Under revision), [Dental Technician](#) (Accelerated) and
[Orthodontic Therapist](#) apprenticeships.

For **education**, degree options may include Dental Hygiene, Oral Health and Dentistry.

For **work**, career progression could include Dental Nurse.

2. Dental Care

At level 5, there is the [Clinical Dental Technician](#) HTQ.

For **education**, degree options may include Dental Science.

3. Dental Design

At level 5, there is the [Designer](#) HTQ.
"""


def test_update_takes_in_what_the_document_says_now(folder: Path) -> None:
    edit(folder, *REVIEW)
    outcome = imported(folder, NEW, update=True)
    text = written(folder)
    nursing, care, design = profile(folder).specialisms

    assert outcome.written == [folder / "out" / FILE]
    # The flag that a person changed stays, though the document now has another; the removed option stays removed.
    assert [(o.title, o.flags, o.page) for o in nursing.technical] == [
        ("Dental Nurse", ("accelerated",), "https://e.org/n"),
        ("Oral Health Practitioner", ("under revision",), None),
        ("Orthodontic Therapist", (), None),
    ]
    assert [o.title for o in nursing.education] == [
        "Dental Hygiene",
        "Oral Health Science",
        "Dentistry",
        "Dental Technology",
    ]
    assert [o.title for o in nursing.work] == ["Hygienist", "Dental Nurse"]
    assert [o.title for o in care.education] == ["Dental Science"]
    assert [(o.title, o.line) for o in design.technical] == [("Designer", 27)]
    assert [note.note for note in profile(folder).notes] == [
        "A new paragraph about it.",
        "Ask your adviser which of these are offered near you.",
    ]
    for kept in ("# as printed", "# telephoned", "    # Jobs\n", "# Reviewed."):
        assert kept in text
    assert text.count("# check: the document no longer has this") == 2
    assert "      # check: the document adds this\n      - apprenticeship: Orthodontic Therapist\n" in text
    again = imported(folder, update=True)
    assert (again.written, differences(again), written(folder)) == ([], [], text)


def test_every_difference_is_reported_at_its_place(folder: Path) -> None:
    edit(folder, *REVIEW)
    outcome = imported(folder, NEW)
    messages = {(f.code, Path(f.file or "").name, f.line): f.message for f in outcome.findings}
    rows = written(folder).splitlines()
    technology = 1 + rows.index("      - degree: Dental Technology")
    adviser = 1 + rows.index("  - note: Ask your adviser which of these are offered near you.")

    expected = {
        (Code.CHANGED, "dental.txt", 9): "page",
        (Code.CHANGED, "dental.txt", 12): "flags",
        (Code.ADDED, "dental.txt", 13): "Orthodontic Therapist",
        (Code.ADDED, "dental.txt", 15): "Dentistry",
        (Code.ADDED, "dental.txt", 23): "Dental Science",
        (Code.ADDED, "dental.txt", 25): "Dental Design",
        (Code.ADDED, "dental.txt", 5): "A new paragraph",
        (Code.DROPPED, FILE, technology): "Dental Technology",
        (Code.DROPPED, FILE, adviser): "Ask your adviser",
    }
    assert {key: key in messages and words in messages[key] for key, words in expected.items()} == dict.fromkeys(
        expected, True
    )


HYGIENE = "      - degree: Dental Hygiene\n        wording: may include\n        line: 11\n"
DEGREES = "".join(
    HYGIENE.replace("Dental Hygiene", title) for title in ("Dental Hygiene", "Oral Health", "Dental Technology")
)
WORK = "    work:\n      - occupation: Dental Nurse\n        wording: could include\n        line: 13\n"
BRACKETS = "    work: [{occupation: Dental Nurse, line: 13}]\n"
LAW = ("Hygiene,", "Hygiene, Law,")
CARER = "    work:  # none\n      # check: the document adds this\n      - occupation: Carer\n"

#: What a person does, what the document does, what then stands in the file, and whether that could be done.
MERGES = [
    ("nothing", (), ("Dental Hygiene", "Dentistry"), "- degree: Dentistry", True),
    ("a title", ("degree: Dental Hygiene", "degree: Hygiene"), ("near you", "near us"), "degree: Hygiene", True),
    (
        "indents",
        (DEGREES, HYGIENE.replace("\n  ", "\n")[2:]),
        LAW,
        "    - degree: Law\n      wording: may include\n",
        True,
    ),
    ("brackets", (WORK, BRACKETS), ("include Dental Nurse", "include Dental Nurse, Carer and Guide"), BRACKETS, False),
    (
        "an empty list",
        (WORK, "    work: []  # none\n"),
        ("Dental Nurse.", "Dental Nurse, Carer and Guide."),
        CARER,
        True,
    ),
    ("a flag is another", (), ("is not applicable", "is accelerated"), "flags: [accelerated]", True),
    ("all flags are gone", (), (" is not applicable", ""), "relevant: true\n        line: 7", True),
    (
        "another wording",
        (),
        ("progression could", "progression may"),
        "Dental Nurse\n        wording: may include",
        True,
    ),
    ("another level", (), ("At level 5", "At level 4"), "Clinical Dental Technician\n        level: 4", True),
    ("quotes", ("degree: Dental Hygiene", "degree: 'Dental Hygiene'  # yes"), LAW, "'Dental Hygiene'  # yes\n", True),
    ("a key", ("degree: Oral Health\n", "degree: Oral Health\n        key: mouth\n"), LAW, "key: mouth", True),
    ("damage", ("notes:\n", ""), ("near you", "near us"), "Ask your adviser", False),
]


@pytest.mark.parametrize(("_what", "review", "change", "holds", "is_merged"), MERGES, ids=[row[0] for row in MERGES])
def test_merges(
    folder: Path,
    _what: str,
    review: tuple[str, str] | tuple[()],
    change: tuple[str, str],
    holds: str,
    is_merged: bool,  # noqa: FBT001 - a column
) -> None:
    before = edit(folder, *([review] if review else []))
    outcome = imported(folder, FIRST.replace(*change), update=True)

    assert holds in written(folder)
    assert (Code.NOT_MERGED in {f.code for f in outcome.findings}) is not is_merged
    assert (written(folder) == before) is not is_merged


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_stay(folder: Path, ending: str) -> None:
    place = folder / "out" / FILE
    place.write_bytes(written(folder).replace("\n", ending).encode())
    imported(folder, NEW, update=True)

    data = place.read_bytes().decode()
    assert data.count("\n") == data.count(ending)
    assert "Orthodontic Therapist" in data


def test_without_a_known_last_import_nothing_of_a_persons_is_taken_for_the_documents(folder: Path) -> None:
    (folder / "out" / ".imported" / "dental-work").unlink()
    edit(folder, ("        flags: [not applicable]\n", "        flags: [in development]\n"))
    outcome = imported(folder, FIRST.replace("Dental Hygiene,", "Dental Hygiene, Law,"), update=True)

    first = profile(folder).specialisms[0].technical[0]
    assert first.flags == ("in development",)
    assert "# check: the document has flags: not applicable" in written(folder)
    assert [o.title for o in profile(folder).specialisms[0].education][1] == "Law"
    assert (Code.CHANGED, Severity.WARNING, 7) in differences(outcome)


def test_an_import_without_wordings_gains_them_and_reports_no_difference(folder: Path) -> None:
    before = written(folder)
    for path in (folder / "out" / FILE, folder / "out" / ".imported" / "dental-work"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "wording:" not in line), encoding="utf-8")
    outcome = imported(folder, update=True)

    assert differences(outcome) == []
    assert written(folder).count("wording:") == before.count("wording:") == 8


def test_a_file_that_is_no_profile_is_left_alone(folder: Path) -> None:
    (folder / "out" / FILE).write_text("t level: x\n", encoding="utf-8")
    outcome = imported(folder, update=True)

    assert written(folder) == "t level: x\n"
    assert (Code.NOT_MERGED, Severity.VIOLATION, 1) in differences(outcome)


def test_other_files_are_not_touched(folder: Path) -> None:
    other = folder / "out" / "other.yaml"
    other.write_text("mine", encoding="utf-8")
    os.utime(other, (0, 0))
    imported(folder, NEW, update=True)

    assert (other.read_text(encoding="utf-8"), other.stat().st_mtime) == ("mine", 0)
    assert [path.name for path in (folder / "out").glob(".importing-*")] == []


def test_two_profiles_of_one_name_are_both_refused(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text(FIRST, encoding="utf-8")
    outcome = import_documents([tmp_path / "a.txt", tmp_path / "b.md"], tmp_path / "out")

    (finding,) = [f for f in outcome.findings if f.severity is Severity.VIOLATION]
    assert (finding.code, Path(finding.file or "").name, finding.line) == (Code.SAME_FILE, "b.md", 1)
    assert not (tmp_path / "out").exists()


def test_a_folder_of_documents_of_every_format(tmp_path: Path) -> None:
    for ending in (".txt", ".md", ".html", ".docx", ".pdf"):
        text = FIRST.replace("Dental Work", f"Dental Work as {ending[1:].upper()}")
        (tmp_path / f"dental{ending}").write_bytes(save_as(text, ending))
    (tmp_path / "notes.csv").write_text("x", encoding="utf-8")
    outcome = import_documents([tmp_path], tmp_path / "out")

    assert [path.stem for path in outcome.written] == [
        f"dental-work-as-{end}" for end in ("docx", "html", "md", "pdf", "txt")
    ]
    places = {path.stem[-4:].strip("-"): path.read_text(encoding="utf-8") for path in outcome.written}
    assert "paragraph: " in places["docx"]
    assert "line: " not in places["docx"]
    assert "pdf page: 1\n    line: " in places["pdf"]


def test_one_bad_document_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    (tmp_path / "b.txt").write_text(FIRST, encoding="utf-8")
    outcome = import_documents([tmp_path], tmp_path / "out")

    assert [path.name for path in outcome.written] == [FILE]
    assert [(f.code, f.file) for f in outcome.findings if f.severity is Severity.VIOLATION] == [
        ("TLR014", str(tmp_path / "a.pdf"))
    ]


@pytest.mark.parametrize("sources", [[], ["nowhere.txt"], ["empty"]])
def test_nothing_to_read(sources: list[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableInputError):
        import_documents([tmp_path / source for source in sources], tmp_path / "out")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "dental.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="out is a file"):
        imported(tmp_path)


def test_a_title_without_an_identifier_is_reported(tmp_path: Path) -> None:
    outcome = imported(tmp_path, FIRST.replace("Dental Work", "Ελληνικά"))

    assert outcome.written == []
    assert [f.code for f in outcome.findings if f.severity is Severity.VIOLATION] == [Code.NO_IDENTIFIER]


def test_a_profile_too_large_for_review_is_reported_with_the_limit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tlevel_rdf.documents.importer.MAX_IMPORTED_YAML_BYTES", 100)
    outcome = import_documents([folder / "dental.txt"], folder / "other")
    (finding,) = [finding for finding in outcome.findings if finding.code == Code.NO_PROFILE]
    assert (finding.severity, outcome.written) == (Severity.VIOLATION, [])
    assert "limit of 100" in finding.message
    assert finding.hint
