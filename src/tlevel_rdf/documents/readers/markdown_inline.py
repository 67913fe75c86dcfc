"""Links, emphasis, escapes and entities within a block of Markdown or text.

markdown-it-py decides what is markup (CommonMark 0.31), and each of its tokens is read as the element of HTML that it
stands for. It keeps no columns, so the reader follows the tokens along the source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, backtick, image, link
from markdown_it.token import Token

from tlevel_rdf.documents.readers.html import HtmlReader
from tlevel_rdf.documents.readers.html_tokenizer import Tag, tokens
from tlevel_rdf.documents.readers.line_markers import word_set

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


class _Parser(MarkdownIt):
    """A parser that takes every address as it is written, for addresses are only compared and printed."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's name
        """Return True."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Return the address of a link."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """Return an address that is the text of a link."""
        return link


def _with_end(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Return a rule of the parser that also notes on its last token the offset where it ended."""

    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        before = len(state.tokens)
        matches = rule(state, silent)
        if len(state.tokens) > before:
            state.tokens[-1].meta["end"] = state.pos
        return matches

    return noting


class InlineReader(HtmlReader):
    """Reads blocks of text.

    Args:
        builder: takes the lines.

    Attributes:
        parser: the parser, which is used for blocks too.
        env: the parser's record of the document: its link definitions.
        targets: the targets of the links that were read.
    """

    def __init__(self, builder: LineBuilder) -> None:
        super().__init__(builder)
        self.env: dict[str, Any] = {}
        self.targets: set[str] = set()
        self.parser = _Parser("commonmark").enable(["table", "strikethrough"])
        self.parser.disable(["inline", "text_join", "code"])
        for name, rule in (("link", link), ("image", image), ("autolink", autolink), ("backticks", backtick)):
            self.parser.inline.ruler.at(name, _with_end(rule))
        self._source, self._cursor = "", 0

    def read_block(self, source: str, first_line: int, indents: Sequence[int]) -> None:
        """Add the lines of a block.

        Args:
            source: its text, its lines ended by line feeds.
            first_line: the line of the file that it begins in.
            indents: the characters of the file before each of its lines.
        """
        self.begin_block(source, first_line, indents)
        self._source = _NOTE_MARK.sub(self._without_note_mark, source)
        found = [Token("text", "", 0, content=source)]
        if not _PLAIN.match(source):
            found = []
            self.parser.inline.parse(self._source, self.parser, self.env, found)
        for token in found:
            self.take(token)
        self.end_line()

    def begin_block(self, source: str, first_line: int, indents: Sequence[int]) -> None:
        """Begin a block that has no gap above it but the blank lines of the file."""
        self.begin_source(source, first_line, indents)
        self._source, self._cursor = source, 0
        self._has_gap_above = False

    def take(self, token: Token) -> None:
        """Take the beginning or the end of an element, or its content."""
        attributes = {name: str(value) for name, value in token.attrs.items()}
        if token.type == "image":
            attributes["alt"] = token.content
        if taker := _TAKERS.get(token.type):
            taker(self, token)
        elif token.tag:
            self.targets.update(attributes.values())
            self.take_tag(Tag(token.tag, self._cursor, token.nesting < 0, attributes))
            self._cursor = token.meta.get("end", self._cursor + (1 if token.tag == "a" else len(token.markup)))

    def text(self, token: Token) -> None:
        """Take text; the tokens lack the spaces at the ends of lines."""
        words = token.content
        found = self._source.find(words, self._cursor, self._cursor + len(words) + _MAX_SPACE)
        self._cursor = max(found, self._cursor)
        self.write(words)

    def special(self, token: Token) -> None:
        """Take an escape or an entity."""
        end = self._cursor + len(token.markup)
        if token.info == "escape":
            self._cursor = end - len(token.content)
        location, column = self.place(self._cursor)
        self.put(token.content, location, [column] * len(token.content))
        self._cursor = end

    def code(self, token: Token) -> None:
        """Take a code span."""
        self._cursor += len(token.markup)
        end = token.meta["end"] - len(token.markup)
        for part in self._source[self._cursor : end].splitlines(keepends=True):
            self.write(part)
        self._cursor = token.meta["end"]

    def html(self, token: Token) -> None:
        """Take a tag of HTML; other words in angle brackets are text."""
        end = self._cursor + len(token.content)
        for tag in tokens(token.content):
            if isinstance(tag, Tag) and tag.name in _ELEMENTS:
                self.take_tag(tag._replace(offset=self._cursor))
            else:
                self.write(token.content)
        self._cursor = end

    def break_line(self, _: Token) -> None:
        """Take the end of a line."""
        self.end_line(is_break=True)
        self._has_gap_above = False
        self._cursor = self._source.index("\n", self._cursor) + 1

    def write(self, words: str) -> None:
        """Take text that the source has at the cursor, and move on."""
        location, column = self.place(self._cursor)
        self.put(words, location, range(column, column + len(words)))
        self._cursor += len(words)

    def _without_note_mark(self, mark: re.Match[str]) -> str:
        """Report the mark of a footnote, which would look like the end of a title; return invisible characters."""
        self.builder.omit(f"the mark of a note: {mark[1]}", self.place(mark.start())[0])
        return "\u200b" * len(mark[0])


_TAKERS: Final[dict[str, Callable[[InlineReader, Token], None]]] = {
    "text": InlineReader.text,
    "text_special": InlineReader.special,
    "code_inline": InlineReader.code,
    "softbreak": InlineReader.break_line,
    "hardbreak": InlineReader.break_line,
    "html_inline": InlineReader.html,
}
