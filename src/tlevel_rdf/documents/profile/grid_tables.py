"""Read a table whose cells have known places, by the headers of its columns.

The headers may be kinds of options, with a level at the left of each row, or levels, with a kind there. A cell that
does not fit its column makes no title, and is kept as a note.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tlevel_rdf.documents.grammar.annotations import parse_annotation
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Category, Context
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.documents.profile.column_headers import (
    EMPTY,
    FLAGS,
    HEADER_CHARACTERS,
    KINDS,
    LEVELS,
    TITLES,
    Column,
    Row,
    column_headed,
    kind_in,
    level_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.document import Cell
    from tlevel_rdf.documents.grammar.annotations import Annotation
    from tlevel_rdf.documents.grammar.segmentation import Passage
    from tlevel_rdf.profiles.model import Kind

#: A cell of a table, and the index of its passage.
_Placed = tuple["Cell", int]


def cell_of(passage: Passage) -> Cell | None:
    """Return the place of the cell that a passage stands in, if it is known."""
    return passage.pieces[0][1].cell


class Grid:
    """A table.

    Args:
        passages: of the profile.
        indices: of the passages in its cells.

    Attributes:
        width: its columns.
        rows: its titles by the index of their passage; none if its headers are not understood.
        used: the indices of all other passages that are read with them.
    """

    def __init__(self, passages: Sequence[Passage], indices: Sequence[int]) -> None:
        self.passages = passages
        self.rows: dict[int, Row] = {}
        self.used: set[int] = set()
        self._level: int | None = None
        self._kind: Kind | None = None
        placed = [(cell, index) for index in indices if (cell := cell_of(passages[index]))]
        self.width = max(cell.column + cell.columns for cell, _ in placed)
        cells: dict[int, list[_Placed]] = {}
        for cell, index in placed:
            cells.setdefault(cell.row, []).append((cell, index))
        rows = [cells[at] for at in sorted(cells)]
        first = next((at for at, row in enumerate(rows) if not self._is_whole(row)), len(rows))
        lead, head, below = rows[:first], rows[first : first + 1], rows[first + 1 :]
        # Below a header over several columns there are headers too.
        is_over_several = any(cell.columns > 1 for row in head for cell, _ in row)
        if is_over_several and below and all(column_headed(self._text(index)) for _, index in below[0]):
            head.append(below.pop(0))
        self._columns = self._by_content([*head, *below])
        if self._columns:
            self._read(rows, [])
            return
        self._columns = self._by_headers(head, below)
        contents = [column.content for column in self._columns.values() if column]
        if len(contents) < 2 or TITLES not in contents:
            self._columns = self._by_content(below)
        if contents.count(LEVELS) > 1 or contents.count(KINDS) > 1:
            self._columns = {}
        if self._columns:
            self.used |= {index for row in head for _, index in row}
            self._read([*lead, *below], [[self._text(index) for _, index in row] for row in head])

    def _text(self, index: int) -> str:
        return self.passages[index].plain.strip()

    def _is_whole(self, row: Sequence[_Placed]) -> bool:
        """Return True if a row is one cell, as wide as the table."""
        return all(cell.columns >= max(self.width, 2) for cell, _ in row)

    def _by_column(self, rows: Sequence[Sequence[_Placed]]) -> dict[int, list[int]]:
        """Return the passages of each column, without rows that are one cell."""
        found: dict[int, list[int]] = {at: [] for at in range(self.width)}
        for row in rows:
            for cell, index in () if self._is_whole(row) else row:
                found[cell.column].append(index)
        return found

    def _content(self, indices: Sequence[int]) -> str:
        """Return the content of the cells of a column; empty if there are none."""
        texts = [text for index in indices if not EMPTY.match(text := self._text(index))]
        if not texts:
            return ""
        tests = ((LEVELS, level_of), (KINDS, kind_in), (FLAGS, _has_flags))
        return next((content for content, test in tests if all(map(test, texts))), TITLES)

    def _by_content(self, rows: Sequence[Sequence[_Placed]]) -> dict[int, Column | None]:
        """Return the columns by their cells; none unless there are levels and one column of titles."""
        contents = {at: self._content(indices) for at, indices in self._by_column(rows).items()}
        is_clear = len(rows) > 1 and LEVELS in contents.values() and [*contents.values()].count(TITLES) == 1
        return {at: Column(content) if content else None for at, content in contents.items()} if is_clear else {}

    def _by_headers(
        self, head: Sequence[Sequence[_Placed]], below: Sequence[Sequence[_Placed]]
    ) -> dict[int, Column | None]:
        """Return the columns by their headers; None where a header is not known."""
        texts = dict.fromkeys(range(self.width), "")
        for row in head:
            for cell, index in row:
                spanned = range(cell.column, cell.column + cell.columns)
                texts.update(dict.fromkeys(spanned, self._text(index).strip(" .:")))
        columns = {at: column_headed(text) if len(text) < HEADER_CHARACTERS else None for at, text in texts.items()}
        first = columns[0]
        for at, text in texts.items():
            # A number alone may count anything, except beside the header "Level".
            is_level = not text.isdigit() or (first is not None and first.content == LEVELS)
            if at and is_level and (level := level_of(text)):
                columns[at] = Column(TITLES, level=level)
        by_column = self._by_column(below)
        has_levels = any(column and column.level for column in columns.values())
        if has_levels or not texts[0]:
            # Where the headers are levels, the rows are kinds, whatever the corner says.
            left = [self._text(index) for index in by_column[0]]
            is_levels = bool(left) and all(map(level_of, left)) and not has_levels
            columns[0] = Column(KINDS) if left and all(map(kind_in, left)) else Column(LEVELS) if is_levels else None
        for at in (at for at, column in columns.items() if column is None):
            is_counted = any(self._text(index).isdigit() for index in by_column[at])
            if not is_counted and (content := self._content(by_column[at])) in {LEVELS, KINDS, FLAGS}:
                columns[at] = Column(content)
        return columns

    def _read(self, rows: Sequence[Sequence[_Placed]], head: list[list[str]]) -> None:
        spanning: list[_Placed] = []
        for row in rows:
            spanning = [(cell, index) for cell, index in spanning if cell.row + cell.rows > row[0][0].row]
            if [self._text(index) for _, index in row] in head:
                self.used |= {index for _, index in row}  # the head again, as on the next page
            elif self._is_whole(row):
                self._read_whole(row)
            else:
                self._read_row(row, spanning)
            spanning += [(cell, index) for cell, index in row if cell.rows > 1]

    def _read_whole(self, row: Sequence[_Placed]) -> None:
        """Read a row that is one cell: it may state the level or the kind of those below."""
        for _, index in row:
            text, label = self._text(index), read_sentence(self.passages[index].whole, Context(), KnownTitles())
            level, kind = level_of(text) or label.context.level, kind_in(text) or label.context.kind
            if label.category is not Category.LABEL or not (level or kind):
                self._keep(index)
                self._level = self._kind = None
            else:
                self.used.add(index)
                self._level, self._kind = level or self._level, kind or self._kind

    def _keep(self, index: int) -> None:
        """Keep a cell that is not understood."""
        self.rows[index] = Row(self.passages[index].whole, is_title=False)

    def _read_row(self, row: Sequence[_Placed], spanning: Sequence[_Placed]) -> None:
        """Read a row, with the cells above that span it."""
        row_kind: Kind | None = None
        annotations: list[tuple[int, Annotation, int]] = []
        titles: list[tuple[Cell, Row]] = []
        for cell, index in (*spanning, *row):
            text, column = self._text(index), self._columns.get(cell.column)
            content, is_above = column.content if column else "", cell.row < row[0][0].row
            level, kind, annotation = level_of(text), kind_in(text), parse_annotation(text)
            is_used = bool(EMPTY.match(text))
            if content == LEVELS:
                self._level, is_used = level, is_used or level is not None
            elif content == KINDS and kind:
                row_kind, is_used = kind, True
            elif content == FLAGS and annotation and (annotation.flags or annotation.is_relevant):
                annotations.append((cell.column, annotation, index))
                is_used = True
            if is_used:
                self.used.add(index)
            elif not is_above:
                self._keep(index)
                titles += [(cell, self.rows[index])] if content == TITLES else []
        self._describe(titles, row_kind or self._kind)
        for at, annotation, index in annotations:
            self._flag(at, annotation, index, titles)

    def _describe(self, titles: Sequence[tuple[Cell, Row]], kind: Kind | None) -> None:
        """Give the titles of a row their level and kind."""
        for cell, title in titles:
            column = self._columns[cell.column] or Column(TITLES)
            title.level, title.kind = column.level or self._level, column.kind or kind
            title.is_title = True
        for (above, first), (below, second) in pairwise(titles):
            if above == below and _is_broken(second):
                first.is_broken = second.is_broken = True

    def _flag(self, at: int, annotation: Annotation, index: int, titles: Sequence[tuple[Cell, Row]]) -> None:
        """Give flags to the titles between them and the flags before; to all of the row, if they stand first."""
        contents = [(n, column.content) for n, column in self._columns.items() if column]
        before = max((n for n, content in contents if content == FLAGS and n < at), default=-1)
        between = [n for n, content in contents if content == TITLES and before < n < at]
        about = [title for cell, title in titles if not between or cell.column in between]
        for title in about:
            title.annotations.append(annotation)
            title.is_shared = title.is_shared or len(about) > 1
        if not about:
            self.used.discard(index)
            self._keep(index)


def _has_flags(text: str) -> bool:
    annotation = parse_annotation(text)
    return bool(annotation and annotation.flags)


def _is_broken(second: Row) -> bool:
    """Return True if a title of a cell stands below another in one paragraph."""
    line = second.title.passage.pieces[0][1]
    is_linked = any(link.start == 0 for link in line.links)
    return not is_linked and not line.has_gap_above
