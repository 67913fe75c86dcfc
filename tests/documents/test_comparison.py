"""Profiles are held against their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.readers.pdf.drawing import drawn, words
from tests.documents.writing import save_as
from tlevel_rdf.documents import comparison
from tlevel_rdf.documents.comparison import compare_documents
from tlevel_rdf.documents.importer import import_documents
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.profiles.loading import read_profiles

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
T Level in Roofs

1. Roofing

At level 3, there is the Roofer apprenticeship.

For work, career progression could include Site Manager and Slater.

Learners could move across progression routes.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return import_as(tmp_path, ".txt")


def import_as(folder: Path, ending: str) -> Path:
    """Import the text as a document of a format; the profile is beside it."""
    (folder / "documents").mkdir()
    document = folder / "documents" / f"roofs{ending}"
    document.write_bytes(save_as(TEXT, ending))
    import_documents([document], folder)
    return folder


def compare(folder: Path) -> list[tuple[str, str, str | None]]:
    profiles = read_profiles([folder / "roofs.yaml"])
    return [(each.code, each.message, each.hint) for each in compare_documents(profiles.loaded, folder / "documents")]


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "roofs.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".docx", ".pdf"])
def test_an_imported_profile_agrees_with_its_document(tmp_path: Path, ending: str) -> None:
    assert compare(import_as(tmp_path, ending)) == []


def test_a_pdf_with_a_table_without_rules_is_read_as_its_import_read_it(tmp_path: Path) -> None:
    """Its lines are counted along the rows of the table, and those below it after them."""
    lines = words(*TEXT.replace("\n\n", "\n").splitlines(), step=26)
    table = [(72, 500, "Level", 10), (200, 500, "Apprenticeship", 10), (72, 487, "4", 10), (200, 487, "Slater", 10)]
    (tmp_path / "documents").mkdir()
    document = tmp_path / "documents" / "roofs.pdf"
    document.write_bytes(drawn([*lines[:3], *table, (72, 440, lines[3][2], 10)]))
    result = import_documents([document], tmp_path)
    assert any("A table without rules" in finding.message for finding in result.findings)
    assert compare(tmp_path) == []


PRINTED = "If the document prints it otherwise, write its words after 'printed:'."


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("line: 5", "line: 7", "“Roofer” is not in line 7 of roofs.txt.", "It is in line 5."),
        (
            "line: 7",
            "line: 700",
            "roofs.txt has no words in line 700, where “Site Manager” should be.",
            "It is in line 7.",
        ),
        ("occupation: Slater", "occupation: Slator", "“Slator” is not in line 7 of roofs.txt.", PRINTED),
        ("title: Roofing", "title: Tiling", "“Tiling” is not in line 3 of roofs.txt.", PRINTED),
        (
            "note: Learners",
            "note: Some",
            "“Some could move across progression routes.” is not in line 9 of roofs.txt.",
            PRINTED,
        ),
        ("text: 1. Roofing", "text: 1. Tiling", "“1. Tiling” is not in line 3 of roofs.txt.", PRINTED),
    ],
)
def test_words_that_the_document_does_not_have_there_are_found(
    folder: Path, old: str, new: str, message: str, hint: str
) -> None:
    edit(folder, old, new)
    assert compare(folder) == [("TLR162", message, hint)]


def test_a_reviewed_difference_is_marked_in_the_profile(folder: Path) -> None:
    edit(folder, "occupation: Slater", "occupation: Slater and Tiler\n        printed: Slater")
    assert compare(folder) == []


def test_another_version_of_the_document_and_a_missing_one_are_found(folder: Path) -> None:
    (folder / "documents" / "roofs.txt").write_text(f"{TEXT}\n", encoding="utf-8")
    assert [code for code, *_ in compare(folder)] == ["TLR161"]
    (folder / "documents" / "roofs.txt").rename(folder / "documents" / "other.txt")
    assert [code for code, *_ in compare(folder)] == ["TLR160"]


def test_the_name_of_the_document_does_not_matter(folder: Path) -> None:
    (folder / "documents" / "roofs.txt").rename(folder / "documents" / "other.txt")
    assert compare(folder) == []


def test_a_file_too_large_for_an_import_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "MAX_DOCUMENT_BYTES", len(TEXT) - 1)
    assert [code for code, *_ in compare(folder)] == ["TLR161"]


def test_a_folder_that_does_not_exist_is_refused(folder: Path) -> None:
    with pytest.raises(UnreadableInputError, match="is not a folder"):
        compare_documents([], folder / "missing")
