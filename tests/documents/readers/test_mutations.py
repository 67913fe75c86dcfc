"""Documents with random bytes changed give lines or a reason why not: 2,000 of each format, and 100,000 in `make fuzz`.

They come from a seed and not from hypothesis, which would take longer than the readers.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from copy import deepcopy
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

import pytest
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from tests.documents.readers.docx.files import WORD, numbered, package, paragraph, run
from tests.documents.readers.pdf.drawing import text_at, written
from tests.documents.readers.test_hostile import PIECES, PROFILE, XML, assert_sound
from tests.documents.reading import read_bytes
from tests.documents.writing import save_as
from tests.fuzzing import mutations, seeded
from tlevel_rdf.documents.readers.pdf.extraction import read_pages
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

pytestmark = [pytest.mark.no_cover, pytest.mark.fuzz]

STYLES: Final = [b"<style>", b".a {display: none}", b"class=a", b"style='opacity:0'", b"rowspan=9", b"<svg>"]
OBJECTS: Final = [b"obj", b"<<", b">>", b"[", b" 0 R", b"(", b"Tj", b"BT", b"/Rect [0 0 9 9]", b"stream", b"9" * 11]
NAMES: Final = "p r t tbl tr tc del ins sdt hyperlink fldSimple txbxContent vMerge altChunk pPr rPr br sym".split()  # noqa: SIM905
#: What pdfminer raises about a damaged file; its process ends with it, and the caller says that the file is damaged.
DAMAGE: Final = (
    *(PSException, PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError),
    *(AttributeError, AssertionError, RecursionError, struct.error, zlib.error, OverflowError),
)


def mutate(chance: random.Random, data: bytes, pieces: Sequence[bytes]) -> bytes:
    """Return bytes with up to four pieces of them replaced, dropped or doubled."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) + 1), chance.choice((0, 1, 1, 4, 30))
        piece = chance.choice((chance.choice(pieces), chance.randbytes(2), data[at : at + length] * 2))
        data = data[:at] + piece + data[at + length :]
    return data


def rearrange(chance: random.Random, data: bytes) -> bytes:
    """Return XML with up to four elements moved, doubled, dropped or under another name."""
    root = ElementTree.fromstring(data)  # noqa: S314 - of our own
    for _ in range(chance.randint(1, 4)):
        parents = [element for element in root.iter() if len(element)]
        if not parents:
            break
        parent = chance.choice(parents)
        child = chance.choice(list(parent))
        parent.remove(child)
        if choice := chance.randrange(4):
            into = chance.choice([each for each in root.iter() if each not in child.iter()])
            into.insert(chance.randint(0, len(into)), child)
        if choice == 2:
            parent.append(deepcopy(child))
        elif choice == 3:
            child.tag = f"{{{WORD}}}{chance.choice(NAMES)}"
    return ElementTree.tostring(root)


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_text_with_bytes_changed(ending: str) -> None:
    chance, document = seeded(), save_as(PROFILE, ending)
    for _ in mutations():
        data = mutate(chance, document, [*PIECES, *STYLES])
        try:
            assert_sound(read_bytes(data, f"a{ending}"))
        except DocumentError:
            continue


def test_docx_files_with_bytes_of_the_text_changed() -> None:
    chance, read = seeded(), 0
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("4", "Roofer"))
    body = "".join(paragraph(run(escape(line)), numbered(1)) for line in PROFILE.splitlines())
    with zipfile.ZipFile(io.BytesIO(package(f"{body}<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number in mutations():
        change = rearrange if number % 2 else partial(mutate, pieces=XML)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in parts.items():
                is_text = name == "word/document.xml"
                archive.writestr(name, change(chance, content) if is_text else content)
        try:
            assert_sound(read_bytes(file.getvalue(), "a.docx"))
            read += 1
        except DocumentError:
            continue
    assert read


def test_pdfs_with_bytes_changed() -> None:
    link = "<< /Subtype /Link /Rect [20 45 80 60] /A << /URI (https://e.org/a) >> >>"
    document = written(text_at(20, 50, "Dental nurse") + " 10 20 90 60 re S", page=f"/Annots [{link}]")
    chance, read = seeded(), 0
    for _ in mutations():
        try:
            read += "pages" in read_pages(mutate(chance, document, OBJECTS))
        except DAMAGE:
            continue
    assert read
