"""The encodings of text files, their line ends and their control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.reading import read_bytes
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from tlevel_rdf.documents.document import Line


def read(source: str | bytes, ending: str = ".txt") -> tuple[Line, ...]:
    return read_bytes(source if isinstance(source, bytes) else source.encode(), f"a{ending}").lines


TEXT = "The \u2018Café\u2019 \u2013 £5\nnext"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_each_encoding_is_read(data: bytes, ending: str) -> None:
    assert " ".join(line.text for line in read(data, ending)) == TEXT.replace("\n", " ")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Café\nCafé ".encode() + b"\xff", "line 2, column 6: the byte 0xFF is not UTF-8"),
        (b"one\r\rtwo \x81", "line 3, column 5: the byte 0x81 is not UTF-8"),
        (b"\xff\xfe" + b"\x00\xd8", "begins as UTF-16 but is not"),
        (TEXT.encode("utf-16-le"), "control characters"),
    ],
)
def test_bytes_in_no_encoding_are_refused_with_their_line_and_column(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read(data)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_each_line_end_of_the_file_ends_a_line(break_: str, ending: str) -> None:
    lines = read(break_.join(["", "One [A](#)", "two", "", "\x0bthree\x0cfour"]), ending)
    assert [(line.text, line.location.line) for line in lines] == [("One A", 2), ("two", 3), ("three four", 5)]


@pytest.mark.parametrize("break_", ["\u2028", "\u2029", "\x85"])
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_line_separators_of_unicode_end_lines_of_the_page_and_not_of_the_file(break_: str, ending: str) -> None:
    lines = read(break_.join(["One [A](#)", "**two**", "", "three"]) + "\nfour", ending)
    assert [(line.text, line.location.line, line.columns[0]) for line in lines] == [
        ("One A", 1, 1),
        ("two", 1, 14),
        ("three", 1, 21),
        ("four", 2, 1),
    ]
    assert [line.has_gap_above for line in lines] == [False, False, True, False]


def test_a_control_character_is_reported_and_dropped() -> None:
    document = read_bytes(f"{'words ' * 20}\na Roo\0fer\x01".encode(), "a.txt")
    assert document.lines[-1].text == "a Roofer"
    assert [(each.text, each.location.line, each.column) for each in document.omissions] == [
        ("a control character (U+0000) after “Roo”", 2, 6),
        ("a control character (U+0001) after “Roofer”", 2, 10),
    ]


@pytest.mark.parametrize(
    "head", ['<meta charset="windows-1252">', '<meta http-equiv=content-type content="text/html; charset=iso-8859-1">']
)
def test_a_page_is_decoded_as_it_declares_if_its_bytes_fit(head: str) -> None:
    assert read_bytes(f"<html>{head}“é”".encode("cp1252"), "a.html").lines[0].text == "“é”"
    assert read_bytes(b"<html><meta charset=no-such>\xc3\xa9", "a.html").lines[0].text == "é"
