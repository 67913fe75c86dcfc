"""The parts of a DOCX file, and files that are refused."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.documents.readers.docx.files import NAMESPACES, WORD, package, paragraph, read, run
from tests.documents.reading import read_bytes
from tests.documents.writing import save_as
from tlevel_rdf.documents.readers.limits import MAX_DOCX_PART_BYTES
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

ENTITIES = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: package(paragraph(run("&a;")), prolog=ENTITIES), "declares a document type"),
        (lambda: package("", **{"word/styles.xml": f"{ENTITIES}<w:styles/>"}), "declares a document type"),
        (lambda: package("", **{"_rels/.rels": f"{ENTITIES}<a/>"}), "declares a document type"),
        (lambda: package("<w:p>"), "damaged DOCX file: word/document.xml: mismatched tag"),
        (lambda: package("", **{"_rels/.rels": "<a/>"}), "it has no part with the text"),
        (lambda: package("", content_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "has macros"),
        (lambda: package("", **{"word/vbaProject.bin": ""}), "has macros"),
        (lambda: package("<w:p/>" + " " * MAX_DOCX_PART_BYTES), "unpacks to more than 200 MB"),
        (lambda: package("", **{f"word/{n}.bin": "0" * 19_999_999 for n in range(11)}), "unpacks to more"),
        (lambda: package("", **{f"word/{n}.bin": "" for n in range(5001)}), "unpacks to more"),
        (lambda: package("<w:p/>"), "has no visible text"),
    ],
)
def test_hostile_and_damaged_packages_are_refused(make: Callable[[], bytes], message: str) -> None:
    data = make()
    with pytest.raises(DocumentError, match=message):
        read_bytes(data, "a.docx")


def test_a_document_type_is_found_in_any_encoding() -> None:
    document = f"<?xml version='1.0' encoding='UTF-16'?>{ENTITIES}<w:document {NAMESPACES}/>"
    archive = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(""))) as old, zipfile.ZipFile(archive, "w") as new:
        for name in old.namelist():
            new.writestr(name, document.encode("utf-16") if name == "word/document.xml" else old.read(name))
    with pytest.raises(DocumentError, match="declares a document type"):
        read_bytes(archive.getvalue(), "a.docx")


def test_a_locked_part_is_reported() -> None:
    data = bytearray(save_as("words", ".docx"))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    with pytest.raises(DocumentError, match="locked with a password"):
        read_bytes(bytes(data), "a.docx")


def test_the_strict_namespace_is_read_too() -> None:
    data = package(paragraph(run("strict")))
    archive = zipfile.ZipFile(io.BytesIO(data))
    document = (
        archive.read("word/document.xml").decode().replace(WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    )
    assert [line.text for line in read("", **{"word/document.xml": document}).lines] == ["strict"]
