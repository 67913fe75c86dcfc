"""The package of a DOCX file: its parts and relationships, read with bounds and with no regard to the outside.

Follows ECMA-376, part 2 (Open Packaging Conventions). Only the parts that hold text are unpacked. A part with a
document type declaration is refused, so that no entity, near or far, is ever expanded (part 2, section 8.1.4).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol
from xml.etree import ElementTree as ET

from tlevel_rdf.errors import DocumentError
from tlevel_rdf.limits import MAX_DOCX_PART_BYTES, MAX_DOCX_PARTS, MAX_DOCX_UNPACKED_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

_MACROS: Final = "save it as DOCX, without macros"
_AGAIN: Final = "open it in a word processor and save it again as DOCX"
#: Kinds of archive that are not Word documents: a part that each has, and what it is.
_OTHERS: Final = (
    ("xl/workbook.xml", "a spreadsheet"),
    ("ppt/presentation.xml", "a presentation"),
    ("META-INF/container.xml", "an e-book"),
    ("content.xml", "an OpenDocument file"),
)


class Target(Protocol):
    """What takes the events of an XML parser."""

    def start(self, tag: str, attrs: dict[str, str], /) -> object:
        """An element begins."""

    def end(self, tag: str, /) -> object:
        """An element ends."""

    def data(self, text: str, /) -> object:
        """Text within an element, in pieces of any size."""


@dataclass(frozen=True)
class Package:
    """A DOCX file that was opened.

    Attributes:
        name: of the file, for messages.
        archive: its parts.
        document: the name of the part with the text.
    """

    name: str
    archive: zipfile.ZipFile
    document: str

    def has(self, part: str) -> bool:
        """Whether there is a part of that name."""
        return part in self.archive.NameToInfo

    def tree(self, part: str) -> ET.Element:
        """A small part as a tree; an empty element if it is not there.

        Raises:
            DocumentError: it is damaged, too large, or declares a document type.
        """
        if not self.has(part):
            return ET.Element("none")
        tree = ET.TreeBuilder()
        self.read(part, tree)
        return tree.close()

    def read(self, part: str, target: Target) -> None:
        """Give the events of a part's XML to a target.

        Raises:
            DocumentError: it is damaged, too large, or declares a document type.
        """
        parser = ET.XMLParser(target=_Guarded(self.name, part, target))  # noqa: S314 - refuses document types
        try:
            parser.feed(self._bytes(part))
            parser.close()
        except (ET.ParseError, ValueError, LookupError) as error:
            raise _damaged(self.name, f"{part}: {error}") from error

    def relationships(self, part: str) -> Mapping[str, tuple[str, str]]:
        """The relationships of a part: the last word of the type and the target, by identifier."""
        folder, name = posixpath.split(part)
        found = {}
        for element in self.tree(posixpath.join(folder, "_rels", f"{name}.rels")).iter():
            if element.tag.endswith("}Relationship"):
                kind = element.get("Type", "").rpartition("/")[2]
                found[element.get("Id", "")] = (kind, element.get("Target", ""))
        return found

    def related(self, part: str, kind: str) -> str:
        """The name of the part that is related to a part in that way; empty if there is none."""
        for each, target in self.relationships(part).values():
            if each == kind and target:
                return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        return ""

    def _bytes(self, part: str) -> bytes:
        try:
            with self.archive.open(part) as file:
                data = file.read(MAX_DOCX_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, RuntimeError, ValueError) as error:
            raise _damaged(self.name, f"{part}: {error}") from error
        if len(data) > MAX_DOCX_PART_BYTES:
            raise _too_large(self.name)
        return data


def open_package(data: bytes, name: str) -> Package:
    """Open a DOCX file.

    Args:
        data: the bytes of the file.
        name: its name, for messages.

    Raises:
        DocumentError: it is damaged, locked, too large when unpacked, has macros, or is no Word document.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise _damaged(name, str(error)) from error
    listed = archive.infolist()
    names = set(archive.namelist())
    if len(listed) > MAX_DOCX_PARTS or sum(info.file_size for info in listed) > MAX_DOCX_UNPACKED_BYTES:
        raise _too_large(name)
    if any(info.flag_bits & 1 for info in listed):
        message = f"{name} is locked with a password"
        raise DocumentError(message, hint="save it without a password")
    for part, what in _OTHERS:
        if part in names:
            message = f"{name} is {what}, which is not read"
            raise DocumentError(message, hint="save it as text, Markdown, HTML, DOCX or PDF")
    if "[Content_Types].xml" not in names:
        message = f"{name} is an archive, and no Word document"
        raise DocumentError(message, hint="unpack it and give the documents within")
    package = Package(name, archive, "")
    types = package.tree("[Content_Types].xml")
    kinds = " ".join(element.get("ContentType", "") for element in types.iter())
    if "macroEnabled" in kinds or "vbaProject" in kinds or any(each.endswith("vbaProject.bin") for each in names):
        message = f"{name} has macros, which are not opened"
        raise DocumentError(message, hint=_MACROS)
    document = package.related("", "officeDocument")
    if document not in names:
        raise _damaged(name, "it has no part with the text")
    return Package(name, archive, document)


class _Guarded:
    """Passes the parser's events on, and stops at a document type."""

    def __init__(self, name: str, part: str, target: Target) -> None:
        self._name, self._part = name, part
        self.start, self.end, self.data = target.start, target.end, target.data

    def doctype(self, name: str, public: str | None, system: str | None) -> None:  # noqa: ARG002 - the parser's call
        message = f"{self._name}: {self._part} declares a document type, as no word processor does"
        raise DocumentError(message, hint=_AGAIN)

    def close(self) -> None:
        """End, as the parser asks for."""


def _damaged(name: str, what: str) -> DocumentError:
    return DocumentError(f"{name} is a damaged DOCX file: {what}", hint=_AGAIN)


def _too_large(name: str) -> DocumentError:
    message = f"{name} unpacks to more than a document has"
    return DocumentError(message, hint="give the pages with the profiles only")
