"""Links, emphasis, escapes and entities within a block of Markdown → runs of visible text.

markdown-it-py decides what is markup (CommonMark 0.31). It keeps no columns, so this module follows its tokens along
the source. Text files are read by the same rules, for people write them so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import image, link

from tlevel_rdf.documents.document import Reason
from tlevel_rdf.documents.readers.html_tokenizer import STRUCK, Tag, tokens
from tlevel_rdf.documents.readers.line_builder import TextRun
from tlevel_rdf.documents.readers.line_markers import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from tlevel_rdf.documents.document import Location
    from tlevel_rdf.documents.readers.markup import MarkupReader

#: The location of a line of a block, and the column of its first character.
Place = tuple["Location", int]
#: Inline elements of HTML; any other word in angle brackets is text.
_ELEMENTS: Final = word_set(
    "a abbr b bdi bdo big br center cite code del div dfn em font i img ins kbd li mark ol p q s samp small span "
    "strike strong sub sup td th tr tt u ul var wbr"
)
#: The mark of a footnote, as many writers of Markdown have them; the footnote itself begins a line.
_NOTE_MARK: Final = re.compile(r"(?<!^)\[\^([\w-]{1,30})\](?![(\[:])", re.MULTILINE)
_STRONG: Final = frozenset({"b", "strong"})
#: A line without markup.
_PLAIN: Final = re.compile(r"[^\[\]*_`<&\\!~]*\Z")
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
        matches = rule(state, silent)
        if matches and not silent:
            state.tokens[-1].meta["end"] = state.pos
        return matches

    return noting


class InlineReader:
    """Reads the blocks of a document.

    Args:
        reader: takes the text.
        is_markdown: True if the document can hold HTML and links by reference.

    Attributes:
        parser: the parser, which is used for blocks too.
        env: the parser's record of the document: its reference links.
    """

    def __init__(self, reader: MarkupReader, *, is_markdown: bool) -> None:
        self.reader = reader
        self.env: dict[str, Any] = {}
        self.parser = _Parser("commonmark").enable(["table", "strikethrough"])
        self.parser.disable(["inline", "text_join", "code"])
        if not is_markdown:
            self.parser.disable(["html_block", "html_inline", "reference"])
        self.parser.inline.ruler.at("link", _with_end(link))
        self.parser.inline.ruler.at("image", _with_end(image))

    def lines(self, source: str, places: Sequence[Place]) -> Iterator[list[TextRun]]:
        """Yield the lines of a block.

        Args:
            source: its text, its lines ended by line feeds.
            places: the places of its lines.
        """
        if _PLAIN.match(source) and len(places) == 1:
            location, column = places[0]
            yield [TextRun(source, location, range(column, column + len(source)))]
            return
        if "[^" in source:
            source = self._without_note_marks(source, places)
        found: list[Token] = []
        self.parser.inline.parse(source, self.parser, self.env, found)
        outer = self.reader.context
        walk = _Walk(source, places, self.reader)
        for token in found:
            _TAKERS[token.type](walk, token)
        walk.end_line()
        self.reader.context = outer
        self.reader.end_line()
        yield from filter(None, walk.lines)

    def _without_note_marks(self, source: str, places: Sequence[Place]) -> str:
        """Return a text without the marks of footnotes, which would look like the end of a title."""

        def blank(mark: re.Match[str]) -> str:
            location = places[source.count("\n", 0, mark.start())][0]
            self.reader.builder.omit(f"the mark of a note: {mark[1]}", location)
            return "\u200b" * len(mark[0])  # invisible, and of the same length

        return _NOTE_MARK.sub(blank, source)


@dataclass(slots=True)
class _Walk:
    """Follows the tokens of a block along its source."""

    source: str
    places: Sequence[Place]
    reader: MarkupReader
    lines: list[list[TextRun]] = field(default_factory=list)
    cursor: int = 0
    row: int = 0
    row_start: int = 0
    struck: int = 0

    def special(self, token: Token) -> None:
        """Take an escape or an entity."""
        end = self.cursor + len(token.markup)
        is_escape = token.info == "escape"
        if is_escape:
            self.cursor = end - len(token.content)
        self.put(token.content, is_decoded=not is_escape)
        self.advance(end)

    def break_line(self, _: Token) -> None:
        """Take the end of a line."""
        self.advance(self.source.index("\n", self.cursor) + 1)
        self.end_line()

    def end_line(self) -> None:
        """End a line; struck-out text continues in the next."""
        if self.struck:
            self.put(" ", is_decoded=True)
        self.lines.append(self.reader.runs)
        self.reader.runs = []

    def open_link(self, token: Token) -> None:
        """Take the beginning of a link."""
        self.link_to(str(token.attrs.get("href", "")))
        self.advance(self.cursor + 1)

    def close_link(self, token: Token) -> None:
        """Take the end of a link."""
        self.link_to(None)
        self.advance(token.meta.get("end", self.cursor + 1))

    def link_to(self, target: str | None) -> None:
        """Begin a link, or end it."""
        link = (0, "") if target is None else (self.reader.builder.new_number(), target.strip())
        self.reader.context = self.reader.context._replace(link=link)

    def mark(self, token: Token) -> None:
        """Take the marks that begin or end emphasis."""
        self.emphasise(token.tag, is_open=token.nesting > 0)
        self.advance(self.cursor + len(token.markup))

    def emphasise(self, tag: str, *, is_open: bool) -> None:
        """Begin or end an element of emphasised or struck-out text."""
        context = self.reader.context
        if tag in _STRONG:
            context = context._replace(strong=self.reader.builder.new_number() if is_open else 0)
        elif tag in STRUCK:
            self.struck = self.struck + 1 if is_open else max(self.struck - 1, 0)
            context = context._replace(reason=Reason.STRUCK if self.struck else None)
        self.reader.context = context

    def image(self, token: Token) -> None:
        """Note a picture."""
        if words := token.content.strip():
            self.reader.builder.omit(f"a picture: {words[:200]}", self.places[self.row][0])
        self.advance(token.meta["end"])

    def text(self, token: Token) -> None:
        """Take text; the tokens lack the spaces at the ends of lines."""
        words = token.content
        at = self.source.find(words, self.cursor, self.cursor + len(words) + _MAX_SPACE) if words else -1
        if at >= 0:
            self.advance(at)
        self.put(words)
        self.cursor += len(words)

    def code(self, token: Token) -> None:
        """Take a code span."""
        start = self.cursor + len(token.markup)
        end = self.source.index(token.markup, start + max(len(token.content), 1))
        self.advance(start)
        for part in self.source[start:end].splitlines(keepends=True):
            self.put(part)
            self.advance(self.cursor + len(part))
            if part.endswith("\n"):
                self.end_line()
        self.advance(end + len(token.markup))

    def html(self, token: Token) -> None:
        """Take a tag or a comment of HTML."""
        tag = next((each for each in tokens(token.content) if isinstance(each, Tag)), None)
        if tag and tag.name not in _ELEMENTS:
            self.put(token.content)
        elif tag and tag.name == "br":
            self.end_line()
        elif tag and tag.name == "a" and (tag.is_end or "href" in tag.attributes):
            self.link_to(None if tag.is_end else tag.attributes["href"])
        elif tag:
            self.emphasise(tag.name, is_open=not tag.is_end)
        self.advance(self.cursor + len(token.content))

    def put(self, words: str, *, is_decoded: bool = False) -> None:
        """Take visible text that begins at the cursor."""
        if words:
            location, first = self.places[min(self.row, len(self.places) - 1)]
            column = first + self.cursor - self.row_start
            columns = [column] * len(words) if is_decoded else range(column, column + len(words))
            self.reader.put(words, location, columns)

    def advance(self, to: int) -> None:
        """Move the cursor on."""
        if rows := self.source.count("\n", self.cursor, to):
            self.row += rows
            self.row_start = self.source.rindex("\n", self.cursor, to) + 1
        self.cursor = to


_TAKERS: Final[dict[str, Callable[[_Walk, Token], None]]] = {
    "text": _Walk.text,
    "text_special": _Walk.special,
    "code_inline": _Walk.code,
    **dict.fromkeys(("softbreak", "hardbreak"), _Walk.break_line),
    "link_open": _Walk.open_link,
    "link_close": _Walk.close_link,
    **dict.fromkeys(("strong_open", "strong_close", "s_open", "s_close", "em_open", "em_close"), _Walk.mark),
    "image": _Walk.image,
    "html_inline": _Walk.html,
}
