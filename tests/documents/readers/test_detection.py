"""The format of a file by its content or its name, and the files that are refused."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.documents.reading import read_bytes, read_document
from tests.documents.writing import ENDINGS, save_as
from tlevel_rdf.documents.document import Line, Location, Role
from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_DOCUMENT_BYTES, MAX_TEXT_BYTES, MAX_TEXT_LINES, MAX_TEXT_MARKS

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = """\
# Progression profiles

7c. T Level in Healthcare Science

1. Optical Care Services

At level 4, there is the [Optician](https://example.org/a?b=1&c=2) (Accelerated) and the [Aide](#) HTQ.

For **education**, degree options may include Optometry & Vision, "Art, Craft and Design" and Café Work.

- Not applicable = may be passed

2. Assisting

The “relevant” one \u2013 it\u2019s £5.
"""


def look(line: Line) -> object:
    """The text, role, links and emphasis of a line, which are equal in all formats."""
    links = [("#" if link.target.startswith("#") else link.target, link.start, link.end) for link in line.links]
    return line.text, line.role, links, line.strong


@pytest.mark.parametrize("ending", [ending for ending in ENDINGS if ending != ".pdf"])
def test_the_same_text_gives_the_same_lines(ending: str) -> None:
    lines = read_bytes(save_as(PROFILE, ending), f"profile{ending}").lines
    assert [look(line) for line in lines] == [
        ("Progression profiles", Role.HEADING, [], ()),
        ("7c. T Level in Healthcare Science", Role.TEXT, [], ()),
        ("1. Optical Care Services", Role.ITEM, [], ()),
        (
            "At level 4, there is the Optician (Accelerated) and the Aide HTQ.",
            Role.TEXT,
            [("https://example.org/a?b=1&c=2", 25, 33), ("#", 56, 60)],
            (),
        ),
        (
            'For education, degree options may include Optometry & Vision, "Art, Craft and Design" and Café Work.',
            Role.TEXT,
            [],
            ((4, 13),),
        ),
        ("Not applicable = may be passed", Role.ITEM, [], ()),
        ("2. Assisting", Role.ITEM, [], ()),
        ("The “relevant” one \u2013 it\u2019s £5.", Role.TEXT, [], ()),
    ]


def test_a_pdf_gives_the_same_words_in_lines_of_its_own() -> None:
    lines = read_bytes(save_as(PROFILE, ".pdf"), "profile.pdf").lines
    assert [look(line) for line in lines] == [
        ("Progression profiles", Role.HEADING, [], ()),
        ("7c. T Level in Healthcare Science", Role.TEXT, [], ()),
        ("1. Optical Care Services", Role.ITEM, [], ()),
        (
            "At level 4, there is the Optician (Accelerated) and the Aide HTQ.",
            Role.TEXT,
            [("https://example.org/a?b=1&c=2", 25, 33), ("#", 56, 60)],
            (),
        ),
        (
            'For education, degree options may include Optometry & Vision, "Art, Craft and Design" and Café',
            Role.TEXT,
            [],
            ((4, 13),),
        ),
        ("Work.", Role.TEXT, [], ()),
        ("Not applicable = may be passed", Role.ITEM, [], ()),
        ("2. Assisting", Role.ITEM, [], ()),
        ("The “relevant” one \u2013 it\u2019s £5.", Role.TEXT, [], ()),
    ]
    assert [line.has_gap_above for line in lines] == [False, True, True, True, True, False, True, True, True]


@pytest.mark.parametrize("ending", [".md", ".html", ".docx", ".pdf"])
def test_tables_give_their_cells_row_by_row(ending: str) -> None:
    text = "Before\n| Level | Option |\n| 4 | the [Optician](#a) |\n| 5 | none |\nAfter"
    lines = read_bytes(save_as(text, ending), f"table{ending}").lines
    assert [(line.text, line.role) for line in lines] == [
        ("Before", Role.TEXT),
        ("Level", Role.CELL),
        ("Option", Role.CELL),
        ("4", Role.CELL),
        ("the Optician", Role.CELL),
        ("5", Role.CELL),
        ("none", Role.CELL),
        ("After", Role.TEXT),
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_content_shows_the_format_if_it_has_a_signature(ending: str) -> None:
    data = save_as(PROFILE, ending)
    own, other = read_bytes(data, f"a{ending}"), read_bytes(data, "a.txt")
    assert replace(own, name="") == replace(other, name="") or ending == ".md"
    assert own.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("name", ["standard input", "", "-", "notes.TXT", "folder/notes.text"])
def test_without_a_signature_a_name_without_ending_is_text(name: str) -> None:
    assert read_bytes(b"Words", name).media_type == "text/plain"


def test_a_document_keeps_the_name_of_its_file_without_folders(tmp_path: Path) -> None:
    (tmp_path / "finance.txt").write_text("7c. T Level in Finance")
    document = read_document(tmp_path / "finance.txt")
    assert document.name == "finance.txt"
    assert document.lines == (Line("7c. T Level in Finance", Location(line=1), columns=tuple(range(1, 23))),)


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "a.txt has no visible text"),
        (b" \n\xc2\xa0\xc2\xad\n", "a.md", "no visible text"),
        (b"<html><script>x</script></html>", "a.html", "no visible text"),
        (b"a,b", "a.csv", r"\.csv is not the ending"),
        (b"key: value", "a.yaml", r"\.yaml is not the ending"),
        (b"words", "a.docx", "a.docx is not a DOCX file"),
        (b"words", "a.pdf", "a.pdf is not a PDF file"),
        (b"{\\rtf1 words}", "a.doc", "is RTF"),
        (b"\x89PNG\r\n", "a.txt", "is a picture"),
        (b"\x7fELF", "a", "is a program"),
        (OLE, "a.doc", "a file of an old office program"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "locked with a password"),
        (zipped(**{"xl/workbook.xml": ""}), "a.docx", "a spreadsheet"),
        (zipped(**{"content.xml": ""}), "a.odt", "an OpenDocument file"),
        (zipped(**{"a.txt": "words"}), "a.zip", "not a Word document"),
        (b"PK\x03\x04 and no more", "a.docx", "damaged DOCX"),
        (b"%PDF-1.7\nand no more", "a.pdf", "damaged PDF"),
        (b"\x00\x01\x02 words", "a.txt", "a.txt is not text: it has 3 control characters"),
        (b"x" * (MAX_TEXT_BYTES + 1), "a.txt", "at most 5,000,000"),
        (b"x" * (MAX_DOCUMENT_BYTES + 1), "a.pdf", "more than 20,000,000 bytes"),
        (b"[" * (MAX_TEXT_MARKS + 1), "a.md", "200,000 brackets"),
        (b"a\n" * (MAX_TEXT_LINES + 1), "a.html", "100,000 lines"),
    ],
)
def test_other_files_are_refused_with_the_reason_and_a_hint(data: bytes, name: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        read_bytes(data, name)
    assert caught.value.code == "TLR014"
    assert caught.value.hint
    assert name in caught.value.message


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"missing\.txt: No such file"):
        read_document(tmp_path / "missing.txt")
    with pytest.raises(DocumentError, match="Is a directory"):
        read_document(tmp_path)


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(DocumentError, match="is a pipe or a device"):
        read_document(tmp_path / "pipe.txt")
