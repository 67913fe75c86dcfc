"""The package of a DOCX file: its parts and their relationships (ECMA-376, part 2, Open Packaging Conventions).

Only the parts that hold text are unpacked, within limits. A part with a document type declaration is refused, so that
no entity is ever expanded (part 2, section 8.1.4).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from tlevel_rdf.documents.readers.limits import (
    MAX_DOCX_ELEMENTS,
    MAX_DOCX_PART_BYTES,
    MAX_DOCX_PARTS,
    MAX_DOCX_UNPACKED_BYTES,
)
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The namespace of WordprocessingML, transitional or strict, before a name.
_WORD: Final = re.compile(
    r"\{http://(?:schemas\.openxmlformats\.org/wordprocessingml/2006|purl\.oclc\.org/ooxml/wordprocessingml)/main\}"
)
_DOCTYPE: Final = "it declares a document type, as no word processor does"
_SAVE_AGAIN: Final = "open it in a word processor and save it again as DOCX"
_DAMAGES: Final = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, RuntimeError, ValueError)
#: Other archives: a part that each has, and its name.
_OTHERS: Final = (
    ("xl/workbook.xml", "a spreadsheet"),
    ("ppt/presentation.xml", "a presentation"),
    ("META-INF/container.xml", "an e-book"),
    ("content.xml", "an OpenDocument file"),
)


class _TreeBuilder(ET.TreeBuilder):
    """Builds a tree where names of WordprocessingML and of attributes have no namespace; refuses a document type."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.count = name, 0

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        """Take the beginning of an element; the end of one has no effect on its name."""
        self.count += 1
        if self.count > MAX_DOCX_ELEMENTS:
            raise _too_large(self.name)
        values = {key.rpartition("}")[2]: text for key, text in attrs.items()}
        return super().start(_WORD.sub("", tag), values)

    def doctype(self, *_: object) -> None:
        """Refuse a document type."""
        raise ValueError(_DOCTYPE)


@dataclass(frozen=True)
class Package:
    """An open DOCX file.

    Attributes:
        name: the name of the file, for messages.
        archive: its parts.
    """

    name: str
    archive: zipfile.ZipFile

    @property
    def document(self) -> str:
        """The name of the part with the text."""
        return self.related("", "officeDocument")

    def has(self, part: str) -> bool:
        """Return True if a part of that name exists."""
        return part in self.archive.NameToInfo

    def tree(self, part: str) -> ET.Element:
        """Return a part as a tree; an empty element if it does not exist.

        Raises:
            DocumentError: the part is damaged, too large, or declares a document type.
        """
        if not self.has(part):
            return ET.Element("none")
        try:
            with self.archive.open(part) as file:
                data = file.read(MAX_DOCX_PART_BYTES + 1)
            if len(data) > MAX_DOCX_PART_BYTES:
                raise _too_large(self.name)
            return ET.XML(data, ET.XMLParser(target=_TreeBuilder(self.name)))  # noqa: S314 - refuses document types
        except (ET.ParseError, LookupError, *_DAMAGES) as error:
            raise _damaged(self.name, f"{part}: {error}") from error

    def relationships(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Return the relationships of a part by identifier: the last word of the type, and the target."""
        folder, name = posixpath.split(part)
        return {
            element.get("Id", ""): (element.get("Type", "").rpartition("/")[2], element.get("Target", ""))
            for element in self.tree(posixpath.join(folder, "_rels", f"{name}.rels")).iter()
            if element.tag.endswith("}Relationship")
        }

    def related(self, part: str, kind: str) -> str:
        """Return the name of the part with a relationship of that type to a part; empty if there is none."""
        return next(iter(self.all_related(part, kind)), "")

    def all_related(self, part: str, *kinds: str) -> list[str]:
        """Return the names of the parts with relationships of those types to a part, in the order of the file."""
        folder = posixpath.dirname(part)
        return [
            posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            for kind, target in self.relationships(part).values()
            if kind in kinds and target
        ]


def open_package(data: bytes, name: str) -> Package:
    """Open a DOCX file; its name is for messages.

    Raises:
        DocumentError: the file is damaged, locked, too large when unpacked, has macros, or is not a Word document.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGES as error:
        raise _damaged(name, str(error)) from error
    parts = archive.infolist()
    names = set(archive.namelist())
    if len(parts) > MAX_DOCX_PARTS or sum(part.file_size for part in parts) > MAX_DOCX_UNPACKED_BYTES:
        raise _too_large(name)
    if any(part.flag_bits & 1 for part in parts):
        message = f"{name} is locked with a password"
        raise DocumentError(message, hint="save it without a password")
    for part, what in _OTHERS:
        if part in names:
            message = f"{name} is {what}, which cannot be read"
            raise DocumentError(message, hint="save it as text, Markdown, HTML, DOCX or PDF")
    if "[Content_Types].xml" not in names:
        message = f"{name} is an archive, but not a Word document"
        raise DocumentError(message, hint="unpack it and give the documents within")
    package = Package(name, archive)
    types = " ".join(element.get("ContentType", "") for element in package.tree("[Content_Types].xml").iter())
    if "macroEnabled" in types or "vbaProject" in types or any(each.endswith("vbaProject.bin") for each in names):
        message = f"{name} has macros, which are not opened"
        raise DocumentError(message, hint="save it as DOCX, without macros")
    if package.document not in names:
        raise _damaged(name, "it has no part with the text")
    return package


def _damaged(name: str, what: str) -> DocumentError:
    return DocumentError(f"{name} is a damaged DOCX file: {what}", hint=_SAVE_AGAIN)


def _too_large(name: str) -> DocumentError:
    message = f"{name} unpacks to more than {MAX_DOCX_UNPACKED_BYTES // 1_000_000} MB, or has a part that is too large"
    return DocumentError(message, hint="give the pages with the profiles only")
