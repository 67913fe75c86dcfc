"""DOCX → lines: the paragraphs of body, tables, text boxes and notes, as Word prints them.

Inserted text and the numbers of lists are in the lines. Deleted, hidden and struck-out text is reported, and so is each
text that this reader does not know; only a table of contents is dropped. Follows WordprocessingML (ECMA-376, part 1,
section 17), transitional and strict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Location, Reason
from tlevel_rdf.documents.readers.docx.package import open_package
from tlevel_rdf.documents.readers.docx.styles import Properties, properties_of, read_numberings, read_styles, value_of
from tlevel_rdf.documents.readers.docx.tables import merged_cells
from tlevel_rdf.documents.readers.line_builder import TextRun
from tlevel_rdf.documents.readers.list_numbering import number
from tlevel_rdf.documents.readers.markup import Context, MarkupReader
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from tlevel_rdf.documents.readers.docx.package import Package
    from tlevel_rdf.documents.readers.docx.styles import Numberings
    from tlevel_rdf.documents.readers.line_builder import LineBuilder

_LINK: Final = re.compile(
    r"""\s*HYPERLINK\b(?:\s+(?!\\)"?(?P<target>[^"\s]*)"?)?(?:.*?\\l\s+"?(?P<anchor>[^"\s]*))?""", re.DOTALL
)
_CONTENTS: Final = re.compile(r"\s*(?:TOC|INDEX)\b")
#: The code of a symbol that is not a font's own (in a private use area) and not half of a character.
_SYMBOL: Final = re.compile(r"(?!D[89A-F]|E|F[0-8])[0-9A-F]{4}", re.IGNORECASE)
#: Elements without printed text, or that repeat the text beside them.
_SKIPPED: Final = frozenset(
    {
        *("rt", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "fldData", "delInstrText", "none"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
#: The names of elements whose text is a measure, not words.
_MEASURES: Final = frozenset({"align", "posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset"})
_VML: Final = "{urn:schemas-microsoft-com:vml}"
#: Fields whose instruction holds the words that Word shows.
_WORDED: Final = re.compile(r"\s*(?:MACROBUTTON|QUOTE|SYMBOL|EQ|INCLUDETEXT|AUTOTEXT)\b")


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, True if its result follows, and its effect on the result."""

    instruction: str = ""
    is_result: bool = False
    is_link: bool = False
    is_hidden: bool = False


class _Reader(MarkupReader):
    """Reads the parts with text.

    The handler of an element reads what stands before its content; a handler that yields goes on behind the content.
    """

    def __init__(self, builder: LineBuilder, styles: Mapping[str, Properties], numberings: Numberings) -> None:
        super().__init__(builder)
        self.styles, self.numberings = styles, numberings
        self.relationships: Mapping[str, tuple[str, str]] = {}
        self.location = Location(paragraph=0)
        self.counted = 0
        #: The style of the open paragraph; None outside paragraphs.
        self.style: Properties | None = None
        #: Its list numbering and the level in it, until its first line has the number.
        self.numbering: tuple[str, int] | None = None
        self.links: list[tuple[int, str]] = []
        self.fields: list[_Field] = []
        self.hidden = 0
        self.texts = 0
        #: True if the colour behind all text is not known.
        self.has_ground = False
        #: The words of each comment, by its identifier.
        self.comments: Mapping[str, str] = {}
        #: The rows that a cell spans, for those that span several.
        self.rows_of: dict[Element, int] = {}

    def read(self, package: Package, part: str, *, is_furniture: bool = False) -> None:
        """Read a part of a package; a header or a footer is furniture."""
        self.relationships = package.relationships(part)
        self.context = Context(is_furniture=is_furniture)
        tree = package.tree(part)
        self.has_ground = tree.find("background") is not None
        self.visit(tree)
        self.end_line()

    def visit(self, element: Element) -> None:
        """Read an element."""
        if element.tag in _SKIPPED:
            return
        steps = _HANDLERS.get(element.tag, _Reader.unknown)(self, element)
        if steps:
            next(steps)
        for child in element:
            self.visit(child)
        if steps:
            next(steps, None)

    def unknown(self, element: Element) -> None:
        """Report the text of an element that this reader does not know."""
        name = element.tag.rpartition("}")[2]
        if element.text and not element.text.isspace() and name not in _MEASURES:
            self.note(f"“{element.text.strip()}” in an element of the name {name}")

    def note(self, what: str) -> None:
        """Report what is not read, at the current paragraph."""
        self.builder.omit(what, Location(paragraph=max(self.counted, 1)))

    def paragraph(self, element: Element) -> Iterator[None]:
        """Read a paragraph; one whose mark was deleted continues in the next."""
        self.counted += 1
        self._drop_note_mark()
        outer = self.location, self.style, self.numbering, self.context
        # The paragraphs of a text box stand within another paragraph.
        runs, self.runs = ([], self.runs) if self.style is None else (self.runs, [])
        marks = element.find("pPr")
        self.location, self.style = Location(paragraph=self.counted), self.styles.get(value_of(marks, "pStyle"), {})
        properties: Properties = {**self.style, **properties_of(marks)}
        self.style = {**self.style, "has_ground": properties.get("has_ground", False)}
        self.numbering = (properties.get("numbering", "0"), properties.get("level", 0))
        self.context = Context(
            is_heading=properties.get("is_heading", False),
            is_furniture=self.context.is_furniture,
            reason=self.context.reason,
        )
        yield
        if marks is None or (marks.find("rPr/del") is None and marks.find("rPr/moveFrom") is None):
            self.end_row()
        self.runs = [*runs, *self.runs]
        self.location, self.style, self.numbering, self.context = outer

    def end_row(self, *, is_break: bool = False) -> None:
        """End a line of a paragraph, of which the first has the number of the item."""
        if self.numbering and any(not run.text.isspace() for run in self.runs):
            if self.numbering[0] != "0":
                label = self.numberings.label(*self.numbering)
                self.begin_item(TextRun(f"{label} ", self.location) if label else None)
            self.numbering = None
        self.end_line(is_break=is_break)

    def run(self, element: Element) -> Iterator[None]:
        """Read a run: text of one look."""
        outer = self.context
        marks = element.find("rPr")
        own: Properties = {**self.styles.get(value_of(marks, "rStyle"), {}), **properties_of(marks)}
        look: Properties = {**(self.style or {}), **own}
        before = self.runs[-1].strong if self.runs else 0
        self.context = outer._replace(
            is_raised=own.get("is_raised", False),
            reason=outer.reason or self.reason_for(look),
            link=self.links[-1] if self.links else (0, ""),
            strong=(before or self.builder.new_number()) if own.get("is_strong") else 0,
        )
        yield
        self.context = outer

    def reason_for(self, look: Properties) -> Reason | None:
        """Return the reason why text of a look is not in the lines. A table can have a dark ground by its style."""
        has_ground = look.get("has_ground") or self.has_ground or self.grid.tables
        if look.get("is_hidden") or look.get("is_tiny") or (look.get("is_white") and not has_ground):
            return Reason.HIDDEN
        return Reason.STRUCK if look.get("is_struck") else None

    def deleted(self, _: Element) -> Iterator[None]:
        """Read what a tracked change deletes or moves away."""
        outer, self.context = self.context, self.context._replace(reason=Reason.DELETED)
        yield
        self.context = outer

    def write(self, words: str) -> None:
        """Take text of the open run."""
        if self.style is not None and not self.hidden:
            self.texts += 1
            self.put(words, self.location)

    def table(self, element: Element) -> Iterator[None]:
        """Read a table."""
        self.rows_of |= merged_cells(element)
        self.grid.begin_table(self.builder.new_number())
        yield
        self.grid.end_table()

    def row(self, element: Element) -> Iterator[None]:
        """Read a row."""
        if element.find("trPr/del") is not None:
            yield from self.deleted(element)
            return
        self.grid.begin_row()
        self.grid.skip(number(value_of(element, "trPr/gridBefore")))
        yield

    def cell(self, element: Element) -> Iterator[None]:
        """Read a cell; one that continues the cell above it shows nothing of its own (17.4.84)."""
        outer, rows = self.context, self.rows_of.pop(element, 1)
        if element.find("tcPr/cellDel") is not None:
            self.context = outer._replace(reason=Reason.DELETED)
        elif rows == 0:
            self.context = outer._replace(reason=outer.reason or Reason.HIDDEN)
        if self.context.reason:
            yield
            self.context = outer
            return
        self.grid.begin_cell(number(value_of(element, "tcPr/gridSpan"), 1), rows)
        yield
        self.grid.end_cell()

    def link(self, element: Element) -> Iterator[None]:
        """Read a link."""
        target = self.relationships.get(element.get("id", ""), ("", ""))[1]
        self.links.append((self.builder.new_number(), _joined(target, element.get("anchor", ""))))
        yield
        del self.links[-1:]

    def simple_field(self, element: Element) -> Iterator[None]:
        """Read a field whose instruction is an attribute."""
        self.fields.append(_Field(element.get("instr", "")))
        self.begin_result()
        yield
        self.end_field()

    def mark_field(self, element: Element) -> None:
        """Take the mark at the beginning of a field, between its instruction and its result, or at its end."""
        match element.get("fldCharType"):
            case "begin":
                self.fields.append(_Field())
            case "separate":
                self.begin_result()
            case "end":
                self.end_field()

    def instruction(self, element: Element) -> None:
        """Take a part of the instruction of a field."""
        if self.fields and not self.fields[-1].is_result:
            self.fields[-1].instruction += element.text or ""

    def begin_result(self) -> None:
        """Begin the result of the innermost field: a link, a table of contents, or plain text."""
        if not self.fields or self.fields[-1].is_result:
            return
        last = self.fields[-1]
        last.is_result = True
        if link := _LINK.match(last.instruction):
            self.links.append((self.builder.new_number(), _joined(link["target"] or "", link["anchor"] or "")))
            last.is_link = True
        last.is_hidden = bool(_CONTENTS.match(last.instruction))
        self.hidden += last.is_hidden

    def end_field(self) -> None:
        """End the innermost field."""
        if self.fields:
            last = self.fields.pop()
            if not last.is_result and _WORDED.match(last.instruction):
                self.note(f"a field without a result, “{last.instruction.strip()[:200]}”")
            self.hidden -= last.is_hidden
            if last.is_link:
                del self.links[-1:]

    def break_line(self, _: Element) -> None:
        """End a line within a paragraph; a heading is one line."""
        if self.context.is_heading:
            self.write(" ")
        elif self.style is not None:
            self.end_row(is_break=True)

    def symbol(self, element: Element) -> None:
        """Take a character by its code."""
        if _SYMBOL.fullmatch(code := element.get("char", "")):
            self.write(chr(int(code, 16)))
        elif code:
            self.note(f"a symbol of the font {element.get('font', '')} with the code {code}")

    def embedded(self, element: Element) -> None:
        """Report another document within this one (17.17.2.1)."""
        target = self.relationships.get(element.get("id", ""), ("", ""))[1]
        self.note(f"another document within this one, {target or 'without an address'}")

    def embedded_object(self, element: Element) -> None:
        """Report an object of another program."""
        kinds = (each.get("ProgID", "") for each in element.iter() if each.tag.endswith("}OLEObject"))
        self.note(f"an object of another program, {next(kinds, '') or 'of an unknown kind'}")

    def comment(self, element: Element) -> None:
        """Report a comment."""
        if words := self.comments.get(element.get("id", "")):
            self.note(f"a comment with “{words}”")

    def drawn_words(self, element: Element) -> None:
        """Report words that are drawn along a line."""
        self.note(f"drawn words, “{element.get('string', '')}”")

    def drawing(self, element: Element) -> Iterator[None]:
        """Read a drawing: note a picture, unless it is a text box."""
        before = self.texts
        yield
        if self.texts == before and not self.hidden and self.style is not None:
            names = (each for each in element.iter() if each.tag.endswith("}docPr"))
            words = next((each.get("descr") or each.get("title") or "" for each in names), "")
            self.builder.omit(f"a picture: {words[:200]}" if words else "a picture", self.location)


_HANDLERS: Final[Mapping[str, Callable[[_Reader, Element], Iterator[None] | None]]] = {
    "p": _Reader.paragraph,
    "r": _Reader.run,
    **dict.fromkeys(("t", "delText"), lambda reader, element: reader.write(element.text or "")),
    **dict.fromkeys(("tab", "ptab"), lambda reader, _: reader.write(" ")),
    "noBreakHyphen": lambda reader, _: reader.write("-"),
    "sym": _Reader.symbol,
    **dict.fromkeys(("br", "cr"), _Reader.break_line),
    "tbl": _Reader.table,
    "tr": _Reader.row,
    "tc": _Reader.cell,
    "hyperlink": _Reader.link,
    "fldSimple": _Reader.simple_field,
    "fldChar": _Reader.mark_field,
    "instrText": _Reader.instruction,
    "drawing": _Reader.drawing,
    **dict.fromkeys(("del", "moveFrom"), _Reader.deleted),
    **dict.fromkeys(("altChunk", "subDoc"), _Reader.embedded),
    "object": _Reader.embedded_object,
    "commentReference": _Reader.comment,
    f"{_VML}textpath": _Reader.drawn_words,
}


def _joined(target: str, anchor: str) -> str:
    """Return the address of a link."""
    return f"{target}#{anchor}" if anchor else target or "#"


def _comments(tree: Element) -> dict[str, str]:
    """Return the words of each comment by its identifier."""
    return {
        comment.get("id", ""): " ".join(each.text for each in comment.iter("t") if each.text)
        for comment in tree.iterfind("comment")
    }


def docx_lines(data: bytes, name: str, builder: LineBuilder) -> None:
    """Add the lines of a DOCX file; its name is for messages.

    Their location is the paragraph, counted through body, tables, text boxes and then footnotes, endnotes, headers and
    footers.

    Raises:
        DocumentError: the file is damaged, locked, too large, has macros, or is not a Word document.
    """
    package = open_package(data, name)
    main = package.document
    styles = read_styles(package.tree(package.related(main, "styles")))
    reader = _Reader(builder, styles, read_numberings(package.tree(package.related(main, "numbering"))))
    reader.comments = _comments(package.tree(package.related(main, "comments")))
    try:
        for part in (main, package.related(main, "footnotes"), package.related(main, "endnotes")):
            reader.read(package, part)
        for part in package.all_related(main, "header", "footer"):
            reader.read(package, part, is_furniture=True)
    except RecursionError as error:
        message = f"{name} has elements that are nested too deeply"
        raise DocumentError(message, hint="open it in a word processor and save it again as DOCX") from error
