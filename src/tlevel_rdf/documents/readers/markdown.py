"""Markdown → lines: CommonMark with tables, each line of the file that has visible text in a block of its own.

HTML within it is read as HTML. Indented text is no code here, for word processors indent what they save as Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents.document import Role, Where
from tlevel_rdf.documents.readers.cell_grid import Placing
from tlevel_rdf.documents.readers.html import VOID, html_lines, why_left_out
from tlevel_rdf.documents.readers.html_tokenizer import Tag, tokens
from tlevel_rdf.documents.readers.line_builder import Stretch
from tlevel_rdf.documents.readers.line_wrapping import words_of
from tlevel_rdf.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from tlevel_rdf.documents.document import Why
    from tlevel_rdf.documents.readers.line_builder import Gathered
    from tlevel_rdf.documents.readers.markdown_inline import Inline

#: Elements that may have no end tag; the next block ends them.
_IMPLIED: Final = words_of("p li dt dd td th tr option")


def markdown_lines(source: str, inline: Inline, gathered: Gathered) -> None:
    """Add the lines of a Markdown file.

    Args:
        source: its lines ended by line feeds.
        inline: reads what stands in a block.
        gathered: takes the lines.

    Raises:
        DocumentError: lists or quotations stand too deep in one another.
    """
    rows = source.split("\n")
    found = inline.parser.parse(source, inline.env)
    deepest = inline.parser.options["maxNesting"]
    reader = _Reader(rows, inline, gathered)
    for token in found:
        if token.level >= deepest - 1 and token.map:
            message = f"line {token.map[0] + 1}: more than {deepest - 1} lists or quotations stand in one another"
            raise DocumentError(message, hint="write it with fewer lists in lists")
        reader.take(token)
    used = {link.target for line in gathered.lines for link in line.links}
    for reference in inline.env.get("references", {}).values():
        if reference["href"] not in used:
            row = reference["map"][0]
            gathered.miss(f"a link that nothing refers to: {rows[row].strip()[:200]}", Where(line=row + 1))


class _Reader:
    def __init__(self, rows: list[str], inline: Inline, gathered: Gathered) -> None:
        self.rows, self.inline, self.gathered = rows, inline, gathered
        self.role = Role.TEXT
        self.numbers: list[int | None] = []
        self.label: Stretch | None = None
        self.is_item = False
        self.cell_ends = (0, 0)
        self.placing = Placing()
        #: The open elements of HTML around what comes next whose words are left out, from the outermost.
        self.around: list[tuple[str, Why]] = []

    def take(self, token: Token) -> None:
        """Take the next token of a block."""
        if token.type in _ROLES:
            self.role = _ROLES[token.type]
        if taker := _TAKERS.get(token.type):
            taker(self, token)

    def begin_list(self, token: Token) -> None:
        """Enter a list; one of bullets has no numbers."""
        is_numbered = token.type == "ordered_list_open"
        self.numbers.append(int(token.attrs.get("start", 1)) if is_numbered else None)

    def end_list(self, _: Token) -> None:
        """Leave a list."""
        self.numbers.pop()

    def end_item(self, _: Token) -> None:
        """Leave an item."""
        self.label, self.is_item = None, False

    def html(self, token: Token) -> None:
        """Read a block of HTML."""
        first = (token.map or [0])[0] + 1
        if self.around:
            for each in tokens(token.content):
                if not isinstance(each, Tag):
                    self.leave(each.raw, first)
        else:
            html_lines(token.content, self.gathered, first)
        for each in tokens(token.content):
            if isinstance(each, Tag) and each.name not in VOID | _IMPLIED and not each.is_empty:
                self.enclose(each)

    def enclose(self, tag: Tag) -> None:
        """Note where an element begins or ends that leaves out the blocks within."""
        if tag.is_end:
            found = [n for n, (name, _) in enumerate(self.around) if name == tag.name]
            del self.around[found[-1] if found else len(self.around) :]
        elif why := (self.around[0][1] if self.around else why_left_out(tag)):
            self.around.append((tag.name, why))

    def leave(self, words: str, line: int) -> None:
        """Leave out words within such an element."""
        self.gathered.leave(words, Where(line=line), self.around[0][1])

    def item(self, token: Token) -> None:
        """Begin an item; its number is part of what can be seen."""
        self.is_item, self.label = True, None
        number = self.numbers[-1]
        if number is not None and token.map:
            row = self.rows[token.map[0]]
            sign = f"{token.info}{token.markup}"
            column = max(row.find(sign), 0) + 1
            said = f"{number}{token.markup} "
            last = column + len(sign)
            self.label = Stretch(said, Where(line=token.map[0] + 1), [min(column + n, last) for n in range(len(said))])
            self.numbers[-1] = number + 1

    def block(self, token: Token) -> None:
        """Read what stands in a paragraph, heading or cell."""
        first = (token.map or [0])[0]
        if self.around:
            self.leave(token.content, first + 1)
            return
        places = []
        for n, part in enumerate(token.content.split("\n")):
            row = self.rows[first + n]
            places.append((Where(line=first + n + 1), self.column(first + n, row, part) + 1))
        for line in self.inline.lines(token.content, places):
            stretches = [self.label, *line] if self.label else line
            role = Role.ITEM if self.is_item and self.role is Role.TEXT else self.role
            if self.gathered.add(stretches, role, cell=self.placing.cell):
                self.label, self.is_item = None, False

    def column(self, number: int, row: str, part: str) -> int:
        """Where in its row a line of a block begins."""
        if self.role is not Role.CELL:
            return (
                len(row.rstrip()) - len(part.rstrip())
                if row.rstrip().endswith(part.rstrip())
                else max(row.find(part), 0)
            )
        begin = self.cell_ends[1] if self.cell_ends[0] == number else 0
        found, escapes = row.find(part, begin), 0
        if found < 0:
            # The parser has taken away the backslash before each "|" of the cell.
            found, escapes = max(row.find(part.partition("|")[0], begin), 0), part.count("|")
        self.cell_ends = (number, found + len(part) + escapes)
        return found

    def end_row(self, _: Token) -> None:
        """Note the cells beyond the columns of a table, which Markdown leaves out."""
        row, end = self.cell_ends
        if rest := self.rows[row][end:].strip("| \t"):
            self.gathered.miss(f"cells beyond the columns of a table: {rest[:200]}", Where(line=row + 1))

    def printed(self, token: Token) -> None:
        """Take a block of code line by line, as it stands."""
        first = (token.map or [0])[0] + (token.type == "fence")
        for n, part in enumerate(token.content.split("\n")[:-1]):
            row = self.rows[first + n] if first + n < len(self.rows) else part
            start = max(row.find(part), 0) + 1
            self.gathered.add([Stretch(part, Where(line=first + n + 1), range(start, start + len(part)))])


_ROLES: Final = {
    "heading_open": Role.HEADING,
    **dict.fromkeys(("th_open", "td_open"), Role.CELL),
    **dict.fromkeys(("heading_close", "th_close", "td_close"), Role.TEXT),
}
_TAKERS: Final[dict[str, Callable[[_Reader, Token], None]]] = {
    "bullet_list_open": _Reader.begin_list,
    "ordered_list_open": _Reader.begin_list,
    "bullet_list_close": _Reader.end_list,
    "ordered_list_close": _Reader.end_list,
    "list_item_open": _Reader.item,
    "list_item_close": _Reader.end_item,
    "table_open": lambda reader, _: reader.placing.begin_table(reader.gathered.thing()),
    "table_close": lambda reader, _: reader.placing.end_table(),
    "tr_open": lambda reader, _: reader.placing.begin_row(),
    "tr_close": _Reader.end_row,
    **dict.fromkeys(("th_open", "td_open"), lambda reader, _: reader.placing.begin_cell()),
    **dict.fromkeys(("th_close", "td_close"), lambda reader, _: reader.placing.end_cell()),
    "inline": _Reader.block,
    "fence": _Reader.printed,
    "html_block": _Reader.html,
}
