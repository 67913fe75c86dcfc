"""Links, emphasis, escapes and entities within a block of Markdown → stretches of visible text.

markdown-it-py decides what is markup (CommonMark 0.31); it keeps no columns, so this walks its tokens along the
source. Text files are read by the same rules, for people write them so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import image, link

from tlevel_rdf.documents.document import Why
from tlevel_rdf.documents.readers.html_tokenizer import STRUCK, Tag, tokens
from tlevel_rdf.documents.readers.line_builder import BREAKS, Stretch
from tlevel_rdf.documents.readers.line_wrapping import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from tlevel_rdf.documents.document import Where
    from tlevel_rdf.documents.readers.line_builder import Gathered

#: A line of a block: its place, and the column of its first character.
Place = tuple["Where", int]
#: Inline elements of HTML; anything else in angle brackets is kept as it stands.
_ELEMENTS: Final = words_of(
    "a abbr b bdi bdo big br center cite code del div dfn em font i img ins kbd li mark ol p q s samp small span "
    "strike strong sub sup td th tr tt u ul var wbr"
)


_BREAK: Final = re.compile(f"[{''.join(BREAKS)}]")
_PLAIN: Final = r"(?:[^][*_`<&\\!~\n]|&(?=[ \t])|!(?!\[))"
#: Words, a link or emphasis that are read alike whatever stands beside them (CommonMark, sections 6.2 and 6.3).
_SIMPLE: Final = re.compile(
    rf"({_PLAIN}+)|\[({_PLAIN}+)\]\(([^\s()<>\\&\[\]`\x00-\x1f\x7f]*)\)"
    rf"|(?<!\S)\*\*([^\W_](?:{_PLAIN}*[^\W_])?)\*\*(?![^\W_]|\*)"
)


#: The mark of a footnote, and not the footnote itself, as many writers of Markdown have them.
_NOTE_MARK: Final = re.compile(r"(?<!^)\[\^([\w-]{1,30})\](?![(\[:])", re.MULTILINE)


class _Parser(MarkdownIt):
    """Takes every address as it is written; here they are only compared and printed, so none is refused."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's name
        """Whether an address can be a link's."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """An address as a link has it."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """An address as it is shown."""
        return link


def parser(*, has_html: bool, has_references: bool) -> MarkdownIt:
    """A parser of Markdown that keeps addresses as written and says where links end."""
    made = _Parser("commonmark").enable(["table", "strikethrough"])
    made.disable(["inline", "text_join", "code"])
    if not has_html:
        made.disable(["html_block", "html_inline"])
    if not has_references:
        made.disable("reference")
    made.inline.ruler.at("link", _with_end(link))
    made.inline.ruler.at("image", _with_end(image))
    return made


def _with_end(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The same rule, which also notes on its last token where in the source it ended."""

    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        taken = rule(state, silent)
        if taken and not silent:
            state.tokens[-1].meta["end"] = state.pos
        return taken

    return noting


@dataclass(slots=True)
class Inline:
    """Reads blocks of one document.

    Attributes:
        parser: as made above.
        gathered: numbers the links and takes notes of pictures.
        env: what the parser found out about the document: its reference links.
    """

    parser: MarkdownIt
    gathered: Gathered
    env: dict[str, Any] = field(default_factory=dict)

    def lines(self, source: str, places: Sequence[Place]) -> Iterator[list[Stretch]]:
        """The lines of a block.

        Args:
            source: its text, its lines ended by line feeds.
            places: of its lines.
        """
        if "[^" in source:
            source = self.without_note_marks(source, places)
        rows = source.split("\n")
        if len(rows) == len(places) and None not in (simple := [*map(self.simple, rows, places)]):
            lines = iter([line for line in simple if line])
        else:
            lines = self.parsed(source, places)
        is_broken = any(each in source for each in BREAKS)
        yield from chain.from_iterable(map(_parted, lines)) if is_broken else lines

    def without_note_marks(self, source: str, places: Sequence[Place]) -> str:
        """The same text without the marks of footnotes, which would stand as if they ended a title."""

        def blank(mark: re.Match[str]) -> str:
            self.gathered.miss(f"the mark of a note: {mark[1]}", places[source.count("\n", 0, mark.start())][0])
            return "\u200b" * len(mark[0])  # it is not seen, and moves nothing

        return _NOTE_MARK.sub(blank, source)

    def parsed(self, source: str, places: Sequence[Place]) -> Iterator[list[Stretch]]:
        """The lines of a block as the parser reads it."""
        found: list[Token] = []
        self.parser.inline.parse(source, self.parser, self.env, found)
        walk = _Walk(source, places, self.gathered)
        for token in found:
            walk.take(token)
        walk.end_struck()
        yield from (line for line in walk.lines if line)

    def simple(self, row: str, place: Place) -> list[Stretch] | None:
        """A line as the parser would read it, without the parser; None if more than plain markup is in it."""
        where, column = place
        found: list[Stretch] = []
        at = 0
        while at < len(row):
            if not (match := _SIMPLE.match(row, at)):
                return None
            at = match.end()
            words, linked, target, strong = match.groups()
            start = match.start(2 if linked else match.lastindex or 0)
            shown = words or linked or strong
            columns = range(column + start, column + start + len(shown))
            thing = 0 if words else self.gathered.thing()
            if linked:
                found.append(Stretch(shown, where, columns, thing, target))
            else:
                found.append(Stretch(shown, where, columns, 0, "", thing))
        return found


def _parted(line: list[Stretch]) -> Iterator[list[Stretch]]:
    """A line where no line of the file ends, but one of the page does."""
    part: list[Stretch] = []
    for stretch in line:
        at = 0
        for found in _BREAK.finditer(stretch.text):
            part.append(
                stretch._replace(text=stretch.text[at : found.start()], columns=stretch.columns[at : found.start()])
            )
            yield part
            part, at = [], found.end()
        part.append(stretch._replace(text=stretch.text[at:], columns=stretch.columns[at:]))
    yield part


@dataclass(slots=True)
class _Walk:
    source: str
    places: Sequence[Place]
    gathered: Gathered
    lines: list[list[Stretch]] = field(default_factory=lambda: [[]])
    cursor: int = 0
    row: int = 0
    row_start: int = 0
    links: list[tuple[int, str]] = field(default_factory=list)
    strong: list[int] = field(default_factory=list)
    struck: int = 0
    left: list[tuple[str, Where, int]] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Take the next token."""
        _TAKERS[token.type](self, token)

    def special(self, token: Token) -> None:
        end = self.cursor + len(token.markup)
        if token.info == "escape":
            self.cursor = end - 1
        self.put(token.content, is_decoded=True)
        self.advance(end)

    def break_line(self, _: Token) -> None:
        self.advance(self.source.index("\n", self.cursor) + 1)
        if self.struck:
            self.left.append((" ", *self.places[min(self.row, len(self.places) - 1)]))
        self.lines.append([])

    def open_link(self, token: Token) -> None:
        self.links.append((self.gathered.thing(), str(token.attrs.get("href", ""))))
        self.advance(self.cursor + 1)

    def close_link(self, token: Token) -> None:
        self.links.pop()
        self.advance(token.meta.get("end", self.cursor + 1))

    def strong_mark(self, token: Token) -> None:
        self.emphasise(is_open=token.nesting > 0)
        self.advance(self.cursor + 2)

    def strike_mark(self, token: Token) -> None:
        self.strike(is_open=token.nesting > 0)
        self.advance(self.cursor + 2)

    def emphasis_mark(self, _: Token) -> None:
        self.advance(self.cursor + 1)

    def image(self, token: Token) -> None:
        if words := token.content.strip():
            self.gathered.miss(f"a picture: {words[:200]}", self.places[self.row][0])
        self.advance(token.meta["end"])

    def text(self, token: Token) -> None:
        words = token.content
        # Spaces at the ends of a line are not in the tokens.
        at = self.source.find(words, self.cursor, self.cursor + len(words) + _LOOK_AHEAD) if words else -1
        if at >= 0:
            self.advance(at)
        self.put(words)
        self.cursor += len(words)

    def code(self, token: Token) -> None:
        start = self.cursor + len(token.markup)
        end = self.source.index(token.markup, start + max(len(token.content), 1))
        self.advance(start)
        for part in self.source[start:end].splitlines(keepends=True):
            self.put(part)
            self.advance(self.cursor + len(part))
            if part.endswith("\n"):
                self.lines.append([])
        self.advance(end + len(token.markup))

    def html(self, token: Token) -> None:
        source = token.content
        tag = next((each for each in tokens(source) if isinstance(each, Tag)), None)
        if tag and tag.name not in _ELEMENTS:
            self.put(source)
        elif tag and tag.name == "br":
            self.lines.append([])
        elif tag and tag.name == "a":
            if tag.is_end:
                del self.links[-1:]
            elif "href" in tag.attributes:
                self.links.append((self.gathered.thing(), tag.attributes["href"].strip()))
        elif tag and tag.name in {"b", "strong"}:
            self.emphasise(is_open=not tag.is_end)
        elif tag and tag.name in STRUCK:
            self.strike(is_open=not tag.is_end)
        self.advance(self.cursor + len(source))

    def emphasise(self, *, is_open: bool) -> None:
        if is_open:
            self.strong.append(self.strong[-1] if self.strong else self.gathered.thing())
        else:
            del self.strong[-1:]

    def strike(self, *, is_open: bool) -> None:
        """Begin or end what is struck out."""
        self.struck = self.struck + 1 if is_open else max(self.struck - 1, 0)
        if not self.struck:
            self.end_struck()

    def end_struck(self) -> None:
        """Note what was struck out."""
        if self.left:
            _, where, column = self.left[0]
            self.gathered.leave("".join(words for words, _, _ in self.left), where, Why.STRUCK, column)
        self.left = []

    def put(self, words: str, *, is_decoded: bool = False) -> None:
        """Add visible text that begins at the cursor."""
        where, first = self.places[min(self.row, len(self.places) - 1)]
        column = first + self.cursor - self.row_start
        if self.struck:
            self.left.append((words, where, column))
            return
        columns = [column] * len(words) if is_decoded else range(column, column + len(words))
        link, target = self.links[-1] if self.links else (0, "")
        self.lines[-1].append(Stretch(words, where, columns, link, target, self.strong[-1] if self.strong else 0))

    def advance(self, to: int) -> None:
        """Move the cursor on."""
        if rows := self.source.count("\n", self.cursor, to):
            self.row += rows
            self.row_start = self.source.rindex("\n", self.cursor, to) + 1
        self.cursor = to


#: How much white space at most stands between two tokens.
_LOOK_AHEAD: Final = 1000
_TAKERS: Final[dict[str, Callable[[_Walk, Token], None]]] = {
    "text": _Walk.text,
    "text_special": _Walk.special,
    "code_inline": _Walk.code,
    "softbreak": _Walk.break_line,
    "hardbreak": _Walk.break_line,
    "link_open": _Walk.open_link,
    "link_close": _Walk.close_link,
    "strong_open": _Walk.strong_mark,
    "strong_close": _Walk.strong_mark,
    "s_open": _Walk.strike_mark,
    "s_close": _Walk.strike_mark,
    "em_open": _Walk.emphasis_mark,
    "em_close": _Walk.emphasis_mark,
    "image": _Walk.image,
    "html_inline": _Walk.html,
}
