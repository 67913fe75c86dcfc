"""DOCX → lines: the paragraphs of body, tables, text boxes and notes, as Word prints them.

Headers, footers, comments, deleted text and the table of contents are left out; so are hidden and struck-out text,
which is told. Inserted text and the numbers of lists are in. Follows WordprocessingML (ECMA-376, part 1, section 17),
transitional and strict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Role, Where, Why
from tlevel_rdf.documents.readers.cell_grid import Placing
from tlevel_rdf.documents.readers.docx_package import open_package
from tlevel_rdf.documents.readers.docx_styles import Style, is_on, is_raised, number, read_numberings, read_styles
from tlevel_rdf.documents.readers.line_builder import Gathered, Stretch
from tlevel_rdf.documents.readers.line_wrapping import going_on
from tlevel_rdf.documents.readers.list_numbering import NUMBERED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
#: Elements whose text is not printed, or a second writing of what stands beside it.
_HIDDEN: Final = frozenset({"del", "moveFrom", "Fallback", "rt"})
_NOTE_MARK: Final = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§]+)[\])]?\s*\Z")
_PRINTED: Final = {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}


@dataclass(slots=True)
class _Left:
    """Words that are left out: why, after how much of the paragraph, and the words."""

    why: Why
    after: tuple[int, int]
    words: str = ""


@dataclass(slots=True)
class _Paragraph:
    where: Where
    style: Style = field(default_factory=Style)
    is_heading: bool = False
    numbering: str | None = None
    level: int = 0
    goes_on: bool = False
    stretches: list[Stretch] = field(default_factory=list)
    rows: list[list[Stretch]] = field(default_factory=list)
    left: list[_Left] = field(default_factory=list)
    raised: int = 0


@dataclass(slots=True)
class _Run:
    is_strong: bool = False
    is_unseen: bool = False
    style: Style = field(default_factory=Style)
    is_hidden: bool | None = None
    is_struck: bool | None = None
    is_raised: bool | None = None

    def why_left_out(self, paragraph: Style) -> Why | None:
        """Why its words are left out, if they are: as it says itself, else its style, else that of the paragraph."""
        for name, why in (("is_hidden", Why.HIDDEN), ("is_struck", Why.STRUCK)):
            said = [getattr(each, name) for each in (self, self.style, paragraph)]
            if next((each for each in said if each is not None), False):
                return why
        return None


@dataclass(slots=True)
class _Field:
    """A field: its instruction, and whether what follows is its result."""

    instruction: str = ""
    is_result: bool = False
    is_link: bool = False
    is_hidden: bool = False


class _Body:
    """Takes the events of the text's XML."""

    def __init__(
        self,
        gathered: Gathered,
        styles: Mapping[str, Style],
        numberings: Numberings,
        relationships: Mapping[str, tuple[str, str]],
        counted: int,
    ) -> None:
        self.gathered, self.styles, self.numberings = gathered, styles, numberings
        self.relationships = relationships
        self.counted = counted
        self.paragraphs: list[_Paragraph] = []
        self.carried: list[Stretch] = []
        self.runs: list[_Run] = []
        self.links: list[tuple[int, str]] = []
        self.fields: list[_Field] = []
        self.hidden = self.properties = self.former = 0
        self.placing = Placing()
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
                    self.property(name, values)
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

    def property(self, name: str, values: dict[str, str]) -> None:
        """Take a property of a paragraph or of a run."""
        said = values.get("val", "")
        paragraph = self.paragraphs[-1] if self.paragraphs else _Paragraph(Where())
        match name:
            case "pStyle":
                paragraph.style = self.styles.get(said, Style())
            case "outlineLvl":
                paragraph.is_heading = number(said, 9) < 9
            case "numId":
                paragraph.numbering = said
            case "ilvl":
                paragraph.level = number(said)
            case "del" | "moveFrom":
                # The mark at its end was deleted, so the next paragraph is part of this one.
                paragraph.goes_on = True
            case _:
                self.look(name, values.get("val", ""))

    def look(self, name: str, said: str) -> None:
        """Take a property of a run."""
        run = self.runs[-1] if self.runs else _Run()
        match name:
            case "b":
                run.is_strong = is_on(said)
            case "rStyle":
                run.style = self.styles.get(said, Style())
                run.is_strong |= run.style.is_strong
            case "strike" | "dstrike":
                run.is_struck = is_on(said) or bool(run.is_struck)
            case "vanish":
                run.is_hidden = is_on(said)
            case "vertAlign" | "position":
                run.is_raised = is_raised(name, said) or bool(run.is_raised)
            case "webHidden":
                run.is_unseen = is_on(said)
            case "gridSpan":
                self.placing.widen(number(said, 1))
            case "gridBefore":
                self.placing.skip(number(said))

    def begin_paragraph(self, _: dict[str, str]) -> None:
        self.counted += 1
        self.paragraphs.append(_Paragraph(Where(paragraph=self.counted), stretches=self.carried))
        self.carried = []

    def begin_run(self, _: dict[str, str]) -> None:
        self.runs.append(_Run())

    def collect(self, _: dict[str, str]) -> None:
        self.collected = []

    def begin_link(self, values: dict[str, str]) -> None:
        target = self.relationships.get(values.get("id", ""), ("", ""))[1]
        anchor = values.get("anchor", "")
        self.links.append((self.gathered.thing(), f"{target}#{anchor}" if anchor else target or "#"))

    def begin_simple_field(self, values: dict[str, str]) -> None:
        self.fields.append(_Field(values.get("instr", "")))
        self.begin_result()

    def field_mark(self, values: dict[str, str]) -> None:
        match values.get("fldCharType"):
            case "begin":
                self.fields.append(_Field())
            case "separate" if self.fields:
                self.begin_result()
            case "end" if self.fields:
                self.end_field()

    def begin_result(self) -> None:
        last = self.fields[-1]
        if last.is_result:
            return
        last.is_result = True
        if link := _LINK.match(last.instruction):
            anchor = f"#{link['anchor']}" if link["anchor"] else ""
            self.links.append((self.gathered.thing(), (link["target"] or "") + anchor or "#"))
            last.is_link = True
        last.is_hidden = bool(_CONTENTS.match(last.instruction))
        self.hidden += last.is_hidden

    def end_field(self) -> None:
        last = self.fields.pop()
        if last.is_link and self.links:
            self.links.pop()
        self.hidden -= last.is_hidden

    def break_line(self, _: dict[str, str]) -> None:
        if self.paragraphs:
            paragraph = self.paragraphs[-1]
            self.drop_note_mark(paragraph)
            paragraph.rows.append(paragraph.stretches)
            paragraph.stretches = []

    def symbol(self, values: dict[str, str]) -> None:
        code = values.get("char", "")
        if re.fullmatch("[0-9A-Fa-f]{4}", code) and not 0xD800 <= int(code, 16) < 0xF900:
            self.put(chr(int(code, 16)))

    def begin_drawing(self, _: dict[str, str]) -> None:
        self.description, self.has_text = "", False

    def end_drawing(self) -> None:
        if not self.has_text and not self.hidden and self.paragraphs:
            what = f"a picture: {self.description[:200]}" if self.description else "a picture"
            self.gathered.miss(what, self.paragraphs[-1].where)

    def end_text(self) -> None:
        self.put("".join(self.collected or ()))
        self.collected = None

    def end_instruction(self) -> None:
        if self.fields and not self.fields[-1].is_result:
            self.fields[-1].instruction += "".join(self.collected or ())
        self.collected = None

    def end_run(self) -> None:
        self.runs.pop()

    def end_link(self) -> None:
        if self.links:
            self.links.pop()

    def end_simple_field(self) -> None:
        if self.fields:
            self.end_field()

    def put(self, words: str) -> None:
        """Add text of the run that is open."""
        run = self.runs[-1] if self.runs else _Run()
        if not self.paragraphs or self.hidden or run.is_unseen:
            return
        self.has_text = True
        paragraph = self.paragraphs[-1]
        if why := run.why_left_out(paragraph.style):
            after = (len(paragraph.rows), len(paragraph.stretches))
            if not paragraph.left or (paragraph.left[-1].why, paragraph.left[-1].after) != (why, after):
                paragraph.left.append(_Left(why, after))
            paragraph.left[-1].words += words
            return
        if run.style.is_raised if run.is_raised is None else run.is_raised:
            paragraph.raised += 1
        else:
            self.drop_note_mark(paragraph)
        strong = 0
        if run.is_strong:
            strong = (paragraph.stretches[-1].strong if paragraph.stretches else 0) or self.gathered.thing()
        link, target = self.links[-1] if self.links else (0, "")
        paragraph.stretches.append(Stretch(words, paragraph.where, (), link, target, strong))

    def drop_note_mark(self, paragraph: _Paragraph) -> None:
        """Leave out the raised mark of a note, which would stand as if it were the end of a title."""
        begun, paragraph.raised = len(paragraph.stretches) - paragraph.raised, 0
        words = "".join(stretch.text for stretch in paragraph.stretches[begun:])
        if begun and _NOTE_MARK.match(words):
            self.gathered.miss(f"the mark of a note: {words.strip()}", paragraph.where)
            del paragraph.stretches[begun:]

    def end_paragraph(self) -> None:
        paragraph = self.paragraphs.pop()
        self.drop_note_mark(paragraph)
        for left in paragraph.left:
            self.gathered.leave(left.words, paragraph.where, left.why)
        if paragraph.goes_on:
            self.carried = [each for row in [*paragraph.rows, paragraph.stretches] for each in row]
            return
        style = paragraph.style
        numbering, level = paragraph.numbering, paragraph.level
        if numbering is None:
            numbering, level = style.numbering, style.level
        role = Role.ITEM if numbering and numbering != "0" else Role.TEXT
        if self.placing.cells:
            role = Role.CELL
        if paragraph.is_heading or style.is_heading:
            role = Role.HEADING
        rows = [row for row in [*paragraph.rows, paragraph.stretches] if any(not s.text.isspace() for s in row)]
        if not rows:
            return
        label = self.numberings.label(numbering, level)
        if label and not NUMBERED.match("".join(stretch.text for stretch in rows[0])):
            rows[0].insert(0, Stretch(f"{label} ", paragraph.where))
        texts = ["".join(stretch.text for stretch in row).strip() for row in rows]
        for row, is_part in zip(rows, going_on(texts, role), strict=True):
            if self.gathered.add(row, role, cell=self.placing.cell, is_part=is_part) and role is Role.ITEM:
                role = Role.TEXT


#: What the properties were before a change that is tracked.
_FORMER: Final = frozenset({"rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"})
_PROPERTIES: Final = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr"})
_STARTS: Final[Mapping[str, Callable[[_Body, dict[str, str]], None]]] = {
    "p": _Body.begin_paragraph,
    "r": _Body.begin_run,
    "tbl": lambda body, _: body.placing.begin_table(body.gathered.thing()),
    "tr": lambda body, _: body.placing.begin_row(),
    "tc": lambda body, _: body.placing.begin_cell(),
    "t": _Body.collect,
    "instrText": _Body.collect,
    "hyperlink": _Body.begin_link,
    "fldSimple": _Body.begin_simple_field,
    "fldChar": _Body.field_mark,
    "br": _Body.break_line,
    "cr": _Body.break_line,
    "sym": _Body.symbol,
    "drawing": _Body.begin_drawing,
}
_ENDS: Final[Mapping[str, Callable[[_Body], None]]] = {
    "p": _Body.end_paragraph,
    "r": _Body.end_run,
    "tbl": lambda body: body.placing.end_table(),
    "tc": lambda body: body.placing.end_cell(),
    "t": _Body.end_text,
    "instrText": _Body.end_instruction,
    "hyperlink": _Body.end_link,
    "fldSimple": _Body.end_simple_field,
    "drawing": _Body.end_drawing,
}


def docx_lines(data: bytes, name: str, gathered: Gathered) -> None:
    """Add the lines of a DOCX file.

    Args:
        data: the bytes of the file.
        name: its name, for messages.
        gathered: takes the lines; their place is the paragraph, counted through body, tables, text boxes and then
            footnotes and endnotes.

    Raises:
        DocumentError: the file is damaged, locked, too large, has macros, or is no Word document.
    """
    package = open_package(data, name)
    main = package.document
    styles = read_styles(package.tree(package.related(main, "styles")))
    numberings = read_numberings(package.tree(package.related(main, "numbering")))
    counted = 0
    for part in (main, package.related(main, "footnotes"), package.related(main, "endnotes")):
        if package.has(part):
            body = _Body(gathered, styles, numberings, package.relationships(part), counted)
            package.read(part, body)
            counted = body.counted
