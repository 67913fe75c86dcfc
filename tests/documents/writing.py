"""Writes one text as a document of each format that is read, so that tests can hold the readers against each other.

`save_as(text, ".docx")` gives the bytes of a whole document. The text is written as the seed is: every line is a block
of its own, blank lines between them do not matter, and a line can hold `[title](target)` and `**strong**`. A line that
begins with `# ` is a heading, `1. ` or `2. ` a numbered item, `- ` a bullet, and lines `| like | this |` are the rows
of a table (not in `.txt`, which has none). Give `.pdf` only the characters of Windows-1252, and no `target` but "#" or
an address.
"""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document as DocxDocument
    from docx.oxml.text.parfmt import CT_PPr
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as DocxParagraph

#: What `save_as` can write.
ENDINGS: Final = (".txt", ".md", ".html", ".docx", ".pdf")

_BLOCK: Final = re.compile(
    r"(?P<heading>#+)\s+(?P<h>.*)|(?P<number>\d+)\.\s+(?P<n>.*)|-\s+(?P<b>.*)|\|(?P<row>.*)\|\s*$|(?P<p>.*)"
)
_MARKUP: Final = re.compile(r"\[(?P<words>[^\]]*)\]\((?P<target>[^)]*)\)|\*\*(?P<strong>.+?)\*\*")


@dataclass(frozen=True)
class Block:
    """A line of the text: its kind, the number of an item, and its words or, of a row, its cells."""

    kind: str
    words: str = ""
    number: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """Words of one look."""

    words: str
    target: str | None = None
    strong: bool = False


def save_as(text: str, ending: str) -> bytes:
    """The text as a document.

    Args:
        text: in the style of the seed; see above.
        ending: one of `ENDINGS`.
    """
    return _WRITERS[ending](text)


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text."""
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _BLOCK.match(line)
        assert match
        if match["heading"]:
            yield Block("heading", match["h"])
        elif match["number"]:
            yield Block("number", match["n"], int(match["number"]))
        elif match["b"]:
            yield Block("bullet", match["b"])
        elif match["row"]:
            yield Block("row", cells=tuple(cell.strip() for cell in match["row"].split("|")))
        else:
            yield Block("paragraph", match["p"])


def runs(words: str) -> Iterator[Run]:
    """The words of a block by their look."""
    at = 0
    for match in _MARKUP.finditer(words):
        if match.start() > at:
            yield Run(words[at : match.start()])
        if match["strong"]:
            yield Run(match["strong"], strong=True)
        else:
            yield Run(match["words"], match["target"])
        at = match.end()
    if at < len(words):
        yield Run(words[at:])


def grouped(text: str) -> Iterator[list[Block]]:
    """The blocks, with rows that follow one another in one group."""
    rows: list[Block] = []
    for block in blocks(text):
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            yield rows
            rows = []
        yield [block]
    if rows:
        yield rows


def _as_text(text: str) -> bytes:
    return text.encode()


def _as_markdown(text: str) -> bytes:
    def rows(group: list[Block]) -> str:
        lines = ["| " + " | ".join(row.cells) + " |" for row in group]
        return "\n".join([lines[0], "|" + "---|" * len(group[0].cells), *lines[1:]])

    def plain(block: Block) -> str:
        begins = {"heading": "## ", "number": f"{block.number}. ", "bullet": "- "}
        return begins.get(block.kind, "") + block.words

    written = (rows(group) if group[0].kind == "row" else plain(group[0]) for group in grouped(text))
    return ("\n\n".join(written) + "\n").encode()


def _as_html(text: str) -> bytes:
    def inline(words: str) -> str:
        written = ""
        for run in runs(words):
            inner = html.escape(run.words, quote=False)
            if run.target is not None:
                inner = f'<a class="link"\n href="{html.escape(run.target)}">{inner}</a>'
            written += f"<strong>{inner}</strong>" if run.strong else inner
        return written

    def element(group: list[Block]) -> str:
        block = group[0]
        if block.kind == "row":
            cells = ("".join(f"<td>{inline(cell)}</td>" for cell in row.cells) for row in group)
            return "<table>" + "".join(f"<tr>{row}</tr>\n" for row in cells) + "</table>"
        if block.kind == "number":
            return f'<ol start="{block.number}">\n  <li>{inline(block.words)}</li>\n</ol>'
        if block.kind == "bullet":
            return f"<ul><li>{inline(block.words)}</li></ul>"
        name = "h2" if block.kind == "heading" else "p"
        return f"<{name}>{inline(block.words)}</{name}>"

    body = "\n".join(map(element, grouped(text)))
    page = f"<!DOCTYPE html>\n<html><head><title>A page</title></head>\n<body>\n{body}\n</body></html>\n"
    return page.encode()


def _as_docx(text: str) -> bytes:
    document = docx.Document()
    styles = {"heading": "Heading 2", "number": "List Number", "bullet": "List Bullet", "paragraph": "Normal"}
    number = numbering = -1
    for group in grouped(text):
        block = group[0]
        if block.kind == "row":
            table = document.add_table(len(group), len(block.cells))
            for row, cells in zip(group, table.rows, strict=True):
                for words, cell in zip(row.cells, cells.cells, strict=True):
                    _fill_cell(cell, words)
        else:
            paragraph = document.add_paragraph(style=styles[block.kind])
            if block.kind == "number":
                if block.number != number + 1:
                    numbering = _numbering_from(document, paragraph, block.number)
                _properties(paragraph).get_or_add_numPr().get_or_add_numId().val = numbering
                number = block.number
            _fill(paragraph, block.words)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _numbering_from(document: DocxDocument, paragraph: DocxParagraph, number: int) -> int:
    """A new numbering of the style List Number that begins there."""
    numberings = document.part.numbering_part.element
    of_style = paragraph.style.element.pPr.numPr.numId.val  # type: ignore[union-attr]  # every style of a paragraph
    made = numberings.add_num(numberings.num_having_numId(of_style).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(number)
    return int(made.numId)


def _properties(paragraph: DocxParagraph) -> CT_PPr:
    return paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no call that numbers a paragraph


def _fill_cell(cell: _Cell, words: str) -> None:
    _fill(cell.paragraphs[0], words)


def _fill(paragraph: DocxParagraph, words: str) -> None:
    for run in runs(words):
        made = paragraph.add_run(run.words)
        made.bold = run.strong or None
        if run.target is None:
            continue
        link = OxmlElement("w:hyperlink")
        if run.target.startswith("#"):
            link.set(qn("w:anchor"), run.target[1:])
        else:
            link.set(qn("r:id"), paragraph.part.relate_to(run.target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(link)  # noqa: SLF001  # python-docx has no call that adds a hyperlink
        link.append(made._r)  # noqa: SLF001


def _as_pdf(text: str) -> bytes:
    def inline(words: str) -> str:
        written = ""
        for run in runs(words):
            inner = html.escape(run.words, quote=False)
            if run.target is not None:
                target = "#top" if run.target.startswith("#") else html.escape(run.target)
                inner = f'<a href="{target}">{inner}</a>'
            written += f"<b>{inner}</b>" if run.strong else inner
        return written

    plain = ParagraphStyle("plain", fontSize=10, leading=13, spaceAfter=8)
    large = ParagraphStyle("large", fontSize=16, leading=20, spaceAfter=8)
    story: list[Flowable] = [Paragraph('<a name="top"/>', plain)]
    for group in grouped(text):
        block = group[0]
        if block.kind == "row":
            cells = [[Paragraph(inline(cell), plain) for cell in row.cells] for row in group]
            story.append(Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
            continue
        begins = {"number": f"{block.number}. ", "bullet": "\u2022 "}.get(block.kind, "")
        story.append(Paragraph(begins + inline(block.words), large if block.kind == "heading" else plain))
    file = io.BytesIO()
    SimpleDocTemplate(file, invariant=1).build(story)
    return file.getvalue()


_WRITERS: Final[dict[str, Callable[[str], bytes]]] = {
    ".txt": _as_text,
    ".md": _as_markdown,
    ".html": _as_html,
    ".docx": _as_docx,
    ".pdf": _as_pdf,
}
