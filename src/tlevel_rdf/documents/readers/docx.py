"""DOCX → lines: the paragraphs of body, tables, text boxes and notes, as Word prints them.

Inserted text and the numbers of lists are in the lines. Headers, footers, comments, deleted text and the table of
contents are not, and neither is hidden or struck-out text, which is reported. Follows WordprocessingML (ECMA-376,
part 1, section 17), transitional and strict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Location, Reason, Role
from tlevel_rdf.documents.readers.cell_grid import CellGrid
from tlevel_rdf.documents.readers.docx_package import open_package
from tlevel_rdf.documents.readers.docx_styles import Properties, is_on, number, read_numberings, read_styles
from tlevel_rdf.documents.readers.line_builder import LineBuilder, TextRun
from tlevel_rdf.documents.readers.line_markers import NUMBERED, is_note_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tlevel_rdf.documents.readers.docx_styles import Numberings

_WORD: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_LINK: Final = re.compile(
    r"""\s*HYPERLINK\b(?:\s+(?!\\)"?(?P<target>[^"\s]*)"?)?(?:.*?\\l\s+"?(?P<anchor>[^"\s]*))?""", re.DOTALL
)
_CONTENTS: Final = re.compile(r"\s*(?:TOC|INDEX)\b")
#: The code of a symbol that is not a font's own (in a private use area) and not half of a character.
_SYMBOL: Final = re.compile(r"(?!D[89A-F]|E|F[0-8])[0-9A-F]{4}", re.IGNORECASE)
#: Elements whose text is not printed, or repeats that beside it.
_HIDDEN: Final = frozenset({"del", "moveFrom", "Fallback", "rt"})
_PRINTED: Final = {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_PROPERTIES: Final = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr"})
#: The properties before a tracked change.
_FORMER: Final = frozenset({"rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"})
#: Words that begin a statement.
_STATEMENT: Final = re.compile(r"(?:at|for|there|levels?|the relevant)\b|\W|\d", re.IGNORECASE)
#: Rows of a sentence or a heading, at most.
_MAX_ROWS: Final = 50


_UNSET: Final = Properties()


@dataclass(slots=True)
class _Omitted:
    """Words that are not in a line: the reason, the position behind which they stand, and the words."""

    reason: Reason
    position: tuple[int, int]
    words: str = ""


@dataclass(slots=True)
class _Paragraph:
    """An open paragraph.

    Attributes:
        location: its location.
        style: the properties of its style.
        properties: its own properties.
        continues: True if the next paragraph is part of it, because the mark at its end was deleted.
        rows: the rows that line breaks end, and the open one.
        omitted: the words that are not in them.
        raised: the number of runs at the end of the open row that stand above the line.
    """

    location: Location
    style: Properties = _UNSET
    properties: Properties = _UNSET
    continues: bool = False
    rows: list[list[TextRun]] = field(default_factory=lambda: [[]])
    omitted: list[_Omitted] = field(default_factory=list)
    raised: int = 0


@dataclass(slots=True)
class _Run:
    """An open run: the properties of its style and its own, and True if it is not printed."""

    style: Properties = _UNSET
    properties: Properties = _UNSET
    is_unprinted: bool = False


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, True if its result follows, and its effect on the result."""

    instruction: str = ""
    is_result: bool = False
    is_link: bool = False
    is_hidden: bool = False


class _Body:
    """Takes the events of the text's XML."""

    def __init__(
        self,
        builder: LineBuilder,
        styles: Mapping[str, Properties],
        numberings: Numberings,
        relationships: Mapping[str, tuple[str, str]],
        counted: int,
    ) -> None:
        self.builder, self.styles, self.numberings = builder, styles, numberings
        self.relationships = relationships
        self.counted = counted
        self.paragraphs: list[_Paragraph] = []
        self.carried: list[TextRun] = []
        self.runs: list[_Run] = []
        self.links: list[tuple[int, str]] = []
        self.fields: list[_Field] = []
        #: The open elements that hide text, that set properties, and that set former properties.
        self.hidden = self.properties = self.former = 0
        self.grid = CellGrid()
        self.collected: list[str] | None = None
        self.description: str | None = None
        self.has_text = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """Take a start tag."""
        namespace, _, name = tag[1:].rpartition("}")
        values = {key.rpartition("}")[2]: text for key, text in attrs.items()}
        self.hidden += name in _HIDDEN and not self.properties
        if namespace in _WORD:
            if self.properties:
                self.former += name in _FORMER
                if not self.former:
                    self.set_property(name, values.get("val", ""))
            elif begin := _STARTS.get(name):
                begin(self, values)
            elif name in _PRINTED:
                self.put(_PRINTED[name])
            self.properties += name in _PROPERTIES
        elif name == "docPr":
            self.description = values.get("descr") or values.get("title") or ""

    def data(self, text: str) -> None:
        """Take text, which counts only within some elements."""
        if self.collected is not None:
            self.collected.append(text)

    def end(self, tag: str) -> None:
        """Take an end tag."""
        namespace, _, name = tag[1:].rpartition("}")
        if namespace in _WORD:
            self.properties -= name in _PROPERTIES
            self.former -= name in _FORMER
            if not self.properties and (finish := _ENDS.get(name)):
                finish(self)
        self.hidden -= name in _HIDDEN and not self.properties

    def set_property(self, name: str, value: str) -> None:
        """Set a property of a paragraph, a run or a cell."""
        paragraph = self.paragraphs[-1] if self.paragraphs else _Paragraph(Location())
        run = self.runs[-1] if self.runs else _Run()
        match name:
            case "pStyle":
                paragraph.style = self.styles.get(value, _UNSET)
            case "outlineLvl" | "numId" | "ilvl":
                paragraph.properties = paragraph.properties.with_element(name, value)
            case "del" | "moveFrom":
                paragraph.continues = True
            case "rStyle":
                run.style = self.styles.get(value, _UNSET)
            case "webHidden":
                run.is_unprinted = is_on(value)
            case "gridSpan":
                self.grid.widen(number(value, 1))
            case "gridBefore":
                self.grid.skip(number(value))
            case _:
                run.properties = run.properties.with_element(name, value)

    def begin_paragraph(self, _: dict[str, str]) -> None:
        self.counted += 1
        self.paragraphs.append(_Paragraph(Location(paragraph=self.counted), rows=[self.carried]))
        self.carried = []

    def begin_run(self, _: dict[str, str]) -> None:
        self.runs.append(_Run())

    def collect(self, _: dict[str, str]) -> None:
        self.collected = []

    def begin_link(self, values: dict[str, str]) -> None:
        target = self.relationships.get(values.get("id", ""), ("", ""))[1]
        anchor = values.get("anchor", "")
        self.links.append((self.builder.new_number(), f"{target}#{anchor}" if anchor else target or "#"))

    def begin_simple_field(self, values: dict[str, str]) -> None:
        self.fields.append(_Field(values.get("instr", "")))
        self.begin_result()

    def mark_field(self, values: dict[str, str]) -> None:
        """Take the mark at the beginning of a field, between its instruction and its result, or at its end."""
        match values.get("fldCharType"):
            case "begin":
                self.fields.append(_Field())
            case "separate":
                self.begin_result()
            case "end":
                self.end_field()

    def begin_result(self) -> None:
        if not self.fields or self.fields[-1].is_result:
            return
        last = self.fields[-1]
        last.is_result = True
        if link := _LINK.match(last.instruction):
            anchor = f"#{link['anchor']}" if link["anchor"] else ""
            self.links.append((self.builder.new_number(), (link["target"] or "") + anchor or "#"))
            last.is_link = True
        last.is_hidden = bool(_CONTENTS.match(last.instruction))
        self.hidden += last.is_hidden

    def end_field(self) -> None:
        if self.fields:
            last = self.fields.pop()
            self.hidden -= last.is_hidden
            if last.is_link:
                self.end_link()

    def break_line(self, _: dict[str, str]) -> None:
        if self.paragraphs:
            self.drop_note_mark(self.paragraphs[-1])
            self.paragraphs[-1].rows.append([])

    def begin_symbol(self, values: dict[str, str]) -> None:
        if _SYMBOL.fullmatch(code := values.get("char", "")):
            self.put(chr(int(code, 16)))

    def begin_drawing(self, _: dict[str, str]) -> None:
        self.description, self.has_text = "", False

    def end_drawing(self) -> None:
        if not self.has_text and not self.hidden and self.paragraphs:
            what = f"a picture: {self.description[:200]}" if self.description else "a picture"
            self.builder.omit(what, self.paragraphs[-1].location)

    def end_text(self) -> None:
        self.put("".join(self.collected or ()))
        self.collected = None

    def end_instruction(self) -> None:
        if self.fields and not self.fields[-1].is_result:
            self.fields[-1].instruction += "".join(self.collected or ())
        self.collected = None

    def end_link(self) -> None:
        del self.links[-1:]

    def put(self, words: str) -> None:
        """Add text of the open run."""
        run = self.runs[-1] if self.runs else _Run()
        if not self.paragraphs or self.hidden or run.is_unprinted:
            return
        self.has_text = True
        paragraph = self.paragraphs[-1]
        row = paragraph.rows[-1]
        own = run.properties.over(run.style)
        look = own.over(paragraph.style)
        if reason := Reason.HIDDEN if look.is_hidden else Reason.STRUCK if look.is_struck else None:
            position = (len(paragraph.rows), len(row))
            last = paragraph.omitted[-1] if paragraph.omitted else None
            if not last or (last.reason, last.position) != (reason, position):
                paragraph.omitted.append(last := _Omitted(reason, position))
            last.words += words
            return
        if own.is_raised:
            paragraph.raised += 1
        else:
            self.drop_note_mark(paragraph)
        strong = ((row[-1].strong if row else 0) or self.builder.new_number()) if own.is_strong else 0
        link, target = self.links[-1] if self.links else (0, "")
        row.append(TextRun(words, paragraph.location, (), link, target, strong))

    def drop_note_mark(self, paragraph: _Paragraph) -> None:
        """Drop the raised mark of a note at the end of a row, which would look like the end of a title."""
        row = paragraph.rows[-1]
        begin, paragraph.raised = len(row) - paragraph.raised, 0
        words = "".join(run.text for run in row[begin:])
        if begin and is_note_mark(words):
            self.builder.omit(f"the mark of a note: {words.strip()}", paragraph.location)
            del row[begin:]

    def end_paragraph(self) -> None:
        paragraph = self.paragraphs.pop()
        self.drop_note_mark(paragraph)
        for omitted in paragraph.omitted:
            self.builder.omit(omitted.words, paragraph.location, omitted.reason)
        if paragraph.continues:
            self.carried = [run for row in paragraph.rows for run in row]
            return
        properties = paragraph.properties.over(paragraph.style)
        numbering = properties.numbering or "0"
        role = Role.ITEM if numbering != "0" else Role.TEXT
        role = Role.CELL if self.grid.cells else role
        role = Role.HEADING if properties.is_heading else role
        rows = [row for row in paragraph.rows if any(not run.text.isspace() for run in row)]
        if not rows:
            return
        label = self.numberings.label(numbering, properties.level or 0)
        if label and not NUMBERED.match("".join(run.text for run in rows[0])):
            rows[0].insert(0, TextRun(f"{label} ", paragraph.location))
        texts = ["".join(run.text for run in row).strip() for row in rows]
        for row, is_row in zip(rows, _continued(texts, role), strict=True):
            if self.builder.add(row, role, cell=self.grid.cell, is_row=is_row) and role is Role.ITEM:
                role = Role.TEXT


_STARTS: Final[Mapping[str, Callable[[_Body, dict[str, str]], None]]] = {
    "p": _Body.begin_paragraph,
    "r": _Body.begin_run,
    "tbl": lambda body, _: body.grid.begin_table(body.builder.new_number()),
    "tr": lambda body, _: body.grid.begin_row(),
    "tc": lambda body, _: body.grid.begin_cell(),
    **dict.fromkeys(("t", "instrText"), _Body.collect),
    "hyperlink": _Body.begin_link,
    "fldSimple": _Body.begin_simple_field,
    "fldChar": _Body.mark_field,
    **dict.fromkeys(("br", "cr"), _Body.break_line),
    "sym": _Body.begin_symbol,
    "drawing": _Body.begin_drawing,
}
_ENDS: Final[Mapping[str, Callable[[_Body], object]]] = {
    "p": _Body.end_paragraph,
    "r": lambda body: body.runs.pop(),
    "tbl": lambda body: body.grid.end_table(),
    "tc": lambda body: body.grid.end_cell(),
    "t": _Body.end_text,
    "instrText": _Body.end_instruction,
    "hyperlink": _Body.end_link,
    "fldSimple": _Body.end_field,
    "drawing": _Body.end_drawing,
}


def _continued(rows: Sequence[str], role: Role) -> list[bool]:
    """Return for each row of a paragraph True if it continues the previous one, because a person broke the line there.

    Args:
        rows: the rows; none is empty.
        role: the role of the paragraph; the rows of a heading are one line.
    """
    if len(rows) > _MAX_ROWS:
        return [False] * len(rows)
    is_one = rows[-1].endswith(".") and not any(map(_STATEMENT.match, rows[1:]))
    later = [before[-1] not in ".!?:;" and (row[0].islower() or is_one) for before, row in pairwise(rows)]
    return [False, *(continues or role is Role.HEADING for continues in later)]


def docx_lines(data: bytes, name: str, builder: LineBuilder) -> None:
    """Add the lines of a DOCX file.

    Args:
        data: the bytes of the file.
        name: its name, for messages.
        builder: takes the lines; their location is the paragraph, counted through body, tables, text boxes and then
            footnotes and endnotes.

    Raises:
        DocumentError: the file is damaged, locked, too large, has macros, or is not a Word document.
    """
    package = open_package(data, name)
    main = package.document
    styles = read_styles(package.tree(package.related(main, "styles")))
    numberings = read_numberings(package.tree(package.related(main, "numbering")))
    counted = 0
    for part in (main, package.related(main, "footnotes"), package.related(main, "endnotes")):
        if package.has(part):
            body = _Body(builder, styles, numberings, package.relationships(part), counted)
            package.read(part, body)
            counted = body.counted
