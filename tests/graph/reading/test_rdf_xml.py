"""RDF/XML: encodings, faults with their places, entities and depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.graph.reading.faulty import faults_of, statements_of
from tlevel_rdf.graph.reading import rdf_xml

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACES = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/"'
NAME = "a.rdf"


def document(body: str, head: str = "") -> str:
    return f"{head}<rdf:RDF {NAMESPACES}>\n{body}\n</rdf:RDF>"


def about(body: str) -> str:
    return f'<rdf:Description rdf:about="http://e.org/a">{body}</rdf:Description>'


def declared(text: str, encoding: str, python: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return document(about(f"<e:p>{text}</e:p>"), head).encode(python or encoding)


ENCODED = {
    "utf-8 with a mark": ("café", b"\xef\xbb\xbf" + declared("café", "utf-8")),
    "utf-16": ("café", declared("café", "utf-16")),
    "utf-16 big-endian without a mark": ("café", declared("café", "UTF-16", "utf-16-be")),
    "utf-16 little-endian without a mark": ("café", declared("café", "UTF-16", "utf-16-le")),
    "utf-16 without a declaration": ("café", document(about("<e:p>café</e:p>")).encode("utf-16")),
    "windows-1252": ("“café” €5", declared("“café” €5", "windows-1252")),
    "latin-9": ("€5", declared("€5", "ISO-8859-15")),
    "ascii": ("é", declared("&#233;", "US-ASCII")),
    "cyrillic": ("да", declared("да", "KOI8-R")),
    "japanese": ("日本", declared("日本", "Shift_JIS")),
}


@pytest.mark.parametrize("name", ENCODED)
def test_the_encoding_that_a_file_is_in_is_read(name: str, tmp_path: Path) -> None:
    text, data = ENCODED[name]
    assert statements_of(data, NAME, tmp_path) == [f'<http://e.org/a> <http://e.org/p> "{text}"']


@pytest.mark.parametrize("size", [1, 3, 7])
def test_characters_may_lie_across_pieces(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf_xml, "_PIECE", size)
    for text, data in ENCODED.values():
        assert statements_of(data, NAME, tmp_path) == [f'<http://e.org/a> <http://e.org/p> "{text}"']


WRONGLY_ENCODED = {
    "no declaration": (document(about("<e:p>café</e:p>")).encode("latin-1"), "2:53: the text from here on is not in"),
    "false declaration": (declared("caf", "UTF-16", "ascii"), "1:1: the file declares the encoding 'UTF-16', but"),
    "unknown": (declared("caf", "x-mine", "ascii"), "1:1: the file declares the encoding 'x-mine', which is not known"),
    "not of text": (declared("caf", "zip", "ascii"), "1:1: the file declares the encoding 'zip', which is not known"),
    "cut": (declared("café", "utf-16")[:-1], "3:1: the text from here on is not in the encoding of the file"),
}


@pytest.mark.parametrize("name", WRONGLY_ENCODED)
def test_a_wrong_or_unknown_encoding_is_reported(name: str, tmp_path: Path) -> None:
    data, message = WRONGLY_ENCODED[name]
    assert faults_of(data, NAME, tmp_path)[0].startswith(message)


FAULTS = {
    about("\n  <e:p>x</e:q>"): "3:11: this end tag does not match the start tag",
    about('\n\n  <e:p rdf:resource="a b"/>'): "4:3: 'a b' is not an IRI: it cannot contain ' '",
    about('<e:q/>\n <e:p xml:lang="en_GB">x</e:p>'): "3:2: 'en_GB' is not a language tag",
    '<e:A rdf:ID="a b"/>': "2:1: 'a b' cannot be an rdf:ID",
    '<e:A rdf:ID="a"/>\n<e:B rdf:ID="a"/>': "3:1: the rdf:ID of <https://example.org/#a> is used twice",
    "hello <e:A/>": "2:1: text stands between elements: 'hello'",
    "<rdf:li/>": "2:1: '<rdf:li/>' cannot be a property",
    '<rdf:Description about="x"/>': "2:1: a name without a namespace stands here: '<rdf:Description about=\"x\"/>'",
    "<f:A/>": "2:1: a prefix of a name here is not declared",
    '<e:A rdf:about="a" rdf:about="b"/>': "2:20: an element has an attribute twice",
    "<e:A><e:p>&x;</e:p></e:A>": "2:11: this entity is not declared",
    "<e:A><e:p>a<e:B/></e:p></e:A>": "2:12: a property has a text and an element",
    '<e:A><e:p rdf:parseType="Foo"><e:B/></e:p></e:A>': "2:6: 'Foo' is not an rdf:parseType",
    "<e:A><e:p>&#0;</e:p></e:A>": "2:11: this character reference names no character of XML",
    "<e:A><e:p>\x01</e:p></e:A>": "2:11: this is not well-formed XML",
}


@pytest.mark.parametrize("body", FAULTS)
def test_a_fault_has_its_line_and_column(body: str, tmp_path: Path) -> None:
    assert faults_of(document(body), NAME, tmp_path) == [FAULTS[body]]


def test_a_fault_in_utf_16_has_its_place_in_characters(tmp_path: Path) -> None:
    text = document(about('<e:p>日本</e:p>\n <e:p rdf:resource="a b"/>'))
    assert faults_of(text.encode("utf-16"), NAME, tmp_path) == ["3:2: 'a b' is not an IRI: it cannot contain ' '"]


@pytest.mark.parametrize("lost", [1, 9, 12, 30, 100])
def test_a_file_that_was_cut_off_is_refused(lost: int, tmp_path: Path) -> None:
    assert faults_of(document(about("<e:p>x</e:p>" * 9))[:-lost], NAME, tmp_path)


@pytest.mark.parametrize("text", ["", " ", "<html><body/></html>", '{"a": 1}'])
def test_other_text_is_not_rdf_xml(text: str, tmp_path: Path) -> None:
    assert faults_of(text, NAME, tmp_path)


DOCTYPES = [
    '<!DOCTYPE rdf:RDF [<!ENTITY a "x">]>',
    '<!DOCTYPE rdf:RDF [<!ENTITY % a "x"> %a;]>',
    '<!DOCTYPE rdf:RDF [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE rdf:RDF [<!ATTLIST rdf:Description e:q CDATA "added">]>',
    "<!DOCTYPE rdf:RDF ["
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(10))
    + "]>",
]


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_declarations_that_change_the_text_are_refused(doctype: str, tmp_path: Path) -> None:
    (message,) = faults_of(document(about("<e:p>x</e:p>"), f"\n{doctype}\n"), NAME, tmp_path)
    assert message.startswith("2:")
    assert message.endswith("entities and default attributes of a DOCTYPE are not read")


def test_a_doctype_without_declarations_is_read(tmp_path: Path) -> None:
    for doctype in ("<!DOCTYPE rdf:RDF>", '<!DOCTYPE rdf:RDF SYSTEM "a.dtd">'):
        assert len(statements_of(document(about("<e:p>&lt;</e:p>"), doctype), NAME, tmp_path)) == 1
    assert faults_of(document(about("<e:p>&x;</e:p>"), '<!DOCTYPE rdf:RDF SYSTEM "a.dtd">'), NAME, tmp_path)


@pytest.mark.parametrize("levels", [101, 2_000, 200_000])
def test_elements_are_nested_to_a_bound(levels: int, tmp_path: Path) -> None:
    text = document("<e:A><e:p>" * levels + "</e:p></e:A>" * levels)
    assert faults_of(text, NAME, tmp_path) == ["2:996: more than 200 elements are nested here"]
    assert len(statements_of(document("<e:A><e:p>" * 99 + "</e:p></e:A>" * 99), NAME, tmp_path)) == 198


def test_a_fault_in_a_huge_file_has_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf_xml, "MAX_LOCATED_BYTES", 10)
    assert faults_of(document('<e:A rdf:about="a b"/>'), NAME, tmp_path) == [
        " 'a b' is not an IRI: it cannot contain ' '"
    ]
