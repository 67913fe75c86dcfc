"""Writes DOCX files from their XML, and reads them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from tests.documents.reading import read_bytes

if TYPE_CHECKING:
    from tlevel_rdf.documents.document import Document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)


NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""


STYLES = """
<w:style w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="H"/></w:style>
<w:style w:styleId="L"><w:basedOn w:val="M"/></w:style>
<w:style w:styleId="M"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Raised"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>
"""


def package(body: str, *, content_type: str = TYPE, prolog: str = "", **parts: str) -> bytes:
    """A DOCX file of those paragraphs."""

    def relationships(*rows: str) -> str:
        return f"<Relationships>{''.join(rows)}</Relationships>".replace(
            "<Relationships>", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        )

    def row(kind: str, target: str) -> str:
        return f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'

    links = '<Relationship Id="link" Type="x/hyperlink" Target="https://e.org/a" TargetMode="External"/>'
    files = {
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>',
        "_rels/.rels": relationships(row("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relationships(
            row("styles", "styles.xml"),
            row("numbering", "/word/numbering.xml"),
            row("footnotes", "footnotes.xml"),
            links,
        ),
        "word/document.xml": f"{prolog}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>",
        **parts,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def numbered(numbering: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'


def read(body: str, **parts: str) -> Document:
    return read_bytes(package(body, **parts), "a.docx")


def texts(body: str) -> list[str]:
    return [line.text for line in read(body).lines]
