"""Markdown → lines: CommonMark with tables, each line of the file that has visible text in a block of its own.

markdown-it-py decides what is markup (CommonMark 0.31), and each of its tokens is read as the element of HTML that it
stands for. It keeps no columns, so the reader follows the tokens along the source. Indented text is not code here, for
word processors indent what they save as Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, backtick, image, link
from markdown_it.token import Token

from tlevel_rdf.documents.document import Location, Reason
from tlevel_rdf.documents.readers.html.reader import HtmlReader
from tlevel_rdf.documents.readers.html.tokenizer import Tag, tokens
from tlevel_rdf.documents.readers.line_markers import word_set
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.rules_inline import StateInline

    from tlevel_rdf.documents.readers.line_builder import LineBuilder

#: Inline elements of HTML; any other word in angle brackets is text.
_ELEMENTS: Final = word_set(
    "a abbr b bdi bdo big br center cite code del div dfn em font i img ins kbd li mark ol p q s samp small span "
    "strike strong sub sup td th tr tt u ul var wbr"
)
#: The mark of a footnote, as many writers of Markdown have them; the footnote itself begins a line.
_NOTE_MARK: Final = re.compile(r"(?<!^)\[\^([\w-]{1,30})\](?![(\[:])", re.MULTILINE)
#: A line without markup.
_PLAIN: Final = re.compile(r"[^\n\[\]*_`<&\\!~]*\Z")
#: White space between two tokens, at most.
_MAX_SPACE: Final = 1000


def markdown_lines(source: str, builder: LineBuilder) -> None:
    """Add the lines of a Markdown file, whose lines end with line feeds.

    Raises:
        DocumentError: lists or quotations are nested too deeply.
    """
    MarkdownReader(source, builder).read()


def _with_end(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Return a rule of the parser that also notes on its last token the offset where it ended."""

    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        before = len(state.tokens)
        matches = rule(state, silent)
        if len(state.tokens) > before:
            state.tokens[-1].meta["end"] = state.pos
        return matches

    return noting


class MarkdownReader(HtmlReader):
    """Reads a file, whose lines end with line feeds."""

    def __init__(self, source: str, builder: LineBuilder) -> None:
        super().__init__(builder)
        self.parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        self.parser.disable(["inline", "text_join", "code"])
        # Addresses are only compared and printed, so that each is taken as it is written.
        self.parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
        self.parser.normalizeLink = self.parser.normalizeLinkText = str  # type: ignore[method-assign, assignment]
        for name, rule in (("link", link), ("image", image), ("autolink", autolink), ("backticks", backtick)):
            self.parser.inline.ruler.at(name, _with_end(rule))
        #: The parser's record of the file: its link definitions.
        self._definitions: dict[str, Any] = {}
        self._targets: set[str] = set()
        self._rows = source.split("\n")
        #: The row of the last table cell, and the offset where it ends.
        self._cell_end = (0, 0)
        #: The open block, and the offset that has been reached in it.
        self._block, self._cursor = "", 0

    def read(self) -> None:
        """Read the file; see `markdown_lines` for the error."""
        deepest = self.parser.options["maxNesting"] - 1
        for token in self.parser.parse("\n".join(self._rows), self._definitions):
            if token.level >= deepest and token.map:
                message = f"line {token.map[0] + 1}: more than {deepest} nested lists or quotations"
                raise DocumentError(message, hint="write it with fewer lists in lists")
            if not token.hidden:
                first = token.map[0] if token.map else 0
                marker = self._rows[first].find(token.info + token.markup) if token.map else 0
                self._begin_block("", first, [max(marker, 0)])
                self._take(token)
        self.close()
        self._report_unused_definitions()

    def _take(self, token: Token) -> None:
        """Take the beginning or the end of an element, or its content."""
        if taker := _TAKERS.get(token.type):
            taker(self, token)
        elif token.tag:
            attributes = {name: str(value) for name, value in token.attrs.items()}
            self._targets.update(attributes.values())
            if token.type == "image":
                attributes["alt"] = token.content
            self.take_tag(Tag(token.tag, self._cursor, token.nesting < 0, attributes))
            self._cursor = token.meta.get("end", self._cursor + (1 if token.tag == "a" else len(token.markup)))

    def _begin_block(self, content: str, first: int, indents: Sequence[int]) -> None:
        """Begin a block in a row of the file; it has no gap above it but blank rows."""
        self.begin_source(content, first + 1, indents)
        self._block, self._cursor = content, 0
        self._has_gap_above = False

    def _begin_content(self, token: Token, first: int) -> None:
        """Begin the content of a block, by the row of the file that it begins in."""
        parts = enumerate(token.content.split("\n"), first)
        self._begin_block(token.content, first, [self._begin_of(*part) for part in parts])

    def _begin_of(self, number: int, part: str) -> int:
        """Return the offset in its row where a line of a block, or the content of a table cell, begins."""
        row = self._rows[number] if number < len(self._rows) else ""
        if not self.grid.cells:
            return max(row.rfind(part.rstrip()), 0)
        # The parser has removed the backslash before each "|" of the cell.
        last, end = self._cell_end
        found = max(row.find(part.partition("|")[0], end if last == number else 0), 0)
        self._cell_end = (number, found + len(part) + part.count("|"))
        return found

    def take_content(self, token: Token) -> None:
        """Take the content of a paragraph, heading or cell."""
        self._begin_content(token, token.map[0] if token.map else 0)
        found = [Token("text", "", 0, content=token.content)]
        if not _PLAIN.match(token.content):
            found = []
            self._block = _NOTE_MARK.sub(self._without_note_mark, token.content)
            self.parser.inline.parse(self._block, self.parser, self._definitions, found)
        for each in found:
            self._take(each)
        self.end_line()

    def take_fence(self, token: Token) -> None:
        """Take the rows of a block of code as they stand."""
        self._begin_content(token, (token.map[0] if token.map else 0) + 1)
        for row in token.content.splitlines(keepends=True):
            self._write(row)
            self.end_line(is_break=True)

    def take_html_block(self, token: Token) -> None:
        """Take a block of HTML; an element without text, such as a script, ends with it."""
        self.feed(token.content, (token.map[0] if token.map else 0) + 1)
        while self.context.is_unread or self.context.reason is Reason.UNREAD:
            self._close()

    def end_table_row(self, token: Token) -> None:
        """End a row of a table, and report the cells beyond its columns, which Markdown drops."""
        row, end = self._cell_end
        if rest := self._rows[row][end:].strip("| \t"):
            self.builder.omit(f"cells beyond the columns of a table: {rest[:200]}", Location(line=row + 1))
        self.take_tag(Tag(token.tag, 0, is_end=True))

    def take_text(self, token: Token) -> None:
        """Take text; the tokens lack the spaces at the ends of lines."""
        words = token.content
        found = self._block.find(words, self._cursor, self._cursor + len(words) + _MAX_SPACE)
        self._cursor = max(found, self._cursor)
        self._write(words)

    def take_special(self, token: Token) -> None:
        """Take an escape or an entity."""
        end = self._cursor + len(token.markup)
        if token.info == "escape":
            self._cursor = end - len(token.content)
        location, column = self.place(self._cursor)
        self.put(token.content, location, [column] * len(token.content))
        self._cursor = end

    def take_code(self, token: Token) -> None:
        """Take a code span."""
        self._cursor += len(token.markup)
        end = token.meta["end"] - len(token.markup)
        for part in self._block[self._cursor : end].splitlines(keepends=True):
            self._write(part)
        self._cursor = token.meta["end"]

    def take_html(self, token: Token) -> None:
        """Take a tag of HTML; other words in angle brackets are text."""
        end = self._cursor + len(token.content)
        for tag in tokens(token.content):
            if isinstance(tag, Tag) and tag.name in _ELEMENTS:
                self.take_tag(tag._replace(offset=self._cursor))
            else:
                self._write(token.content)
        self._cursor = end

    def break_line(self, _: Token) -> None:
        """Take the end of a line."""
        self.end_line(is_break=True)
        self._has_gap_above = False
        self._cursor = self._block.index("\n", self._cursor) + 1

    def _write(self, words: str) -> None:
        """Take text that the source has at the cursor, and move on."""
        location, column = self.place(self._cursor)
        self.put(words, location, range(column, column + len(words)))
        self._cursor += len(words)

    def _without_note_mark(self, mark: re.Match[str]) -> str:
        """Report the mark of a footnote, which would look like the end of a title; return invisible characters."""
        self.builder.omit(f"the mark of a note: {mark[1]}", self.place(mark.start())[0])
        return "\u200b" * len(mark[0])

    def _report_unused_definitions(self) -> None:
        """Report the addresses that no link uses, and those of a name that has an address already."""
        unused = [*self._definitions.get("references", {}).values(), *self._definitions.get("duplicate_refs", ())]
        for definition in unused:
            if (target := definition["href"]) not in self._targets:
                location = Location(line=definition["map"][0] + 1)
                self.builder.omit(f"the address of a link that is not in the text: {target[:200]}", location)


_TAKERS: Final[dict[str, Callable[[MarkdownReader, Token], None]]] = {
    "inline": MarkdownReader.take_content,
    "fence": MarkdownReader.take_fence,
    "html_block": MarkdownReader.take_html_block,
    "tr_close": MarkdownReader.end_table_row,
    "text": MarkdownReader.take_text,
    "text_special": MarkdownReader.take_special,
    "code_inline": MarkdownReader.take_code,
    "html_inline": MarkdownReader.take_html,
    **dict.fromkeys(("softbreak", "hardbreak"), MarkdownReader.break_line),
}
