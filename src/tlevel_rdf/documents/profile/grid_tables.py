"""A table whose cells have known places → its rows, by what the head of each column says.

The heads may be kinds of options, with a level at the left of each row, or levels, with a kind there. What stands in a
cell and is not what its column holds makes no title, and is kept as a note.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tlevel_rdf.documents.grammar.annotations import aside_of
from tlevel_rdf.documents.grammar.segmentation import Sentence
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import Context, Outcome
from tlevel_rdf.documents.grammar.title_splitter import Known
from tlevel_rdf.documents.profile.column_headers import (
    FLAGS,
    LEVELS,
    LONGEST_HEAD,
    NAMES,
    NOTHING,
    RELEVANT,
    TITLES,
    YES,
    Column,
    Row,
    head_of,
    kind_in,
    level_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.documents.document import Cell
    from tlevel_rdf.documents.grammar.annotations import Aside
    from tlevel_rdf.documents.grammar.segmentation import Passage
    from tlevel_rdf.profiles.model import Kind

#: A cell of a table, and the number of its passage.
_Placed = tuple["Cell", int]


def cell_of(passage: Passage) -> Cell | None:
    """The place of the cell that a passage stands in, if it is known."""
    return passage.pieces[0][1].cell


@dataclass
class _Said:
    """What a row says about its titles: kinds by their columns, flags with their columns and passages."""

    kinds: dict[int, Kind] = field(default_factory=dict)
    asides: list[tuple[int, Aside, int]] = field(default_factory=list)
    is_relevant: bool = False

    def take(self, holds: str, at: int, text: str, number: int) -> bool:
        """Take a cell; whether it says what its column holds."""
        if holds == NAMES and (kind := kind_in(text)):
            self.kinds[at] = kind
        elif holds == FLAGS and (aside := aside_of(text)) and (aside.flags or aside.is_relevant):
            self.asides.append((at, aside, number))
        elif holds == RELEVANT and text.casefold() in YES:
            self.is_relevant = YES[text.casefold()]
        else:
            return holds == LEVELS and level_of(text) is not None
        return True


class Grid:
    """One table.

    Args:
        passages: of the profile.
        numbers: of those that stand in its cells.

    Attributes:
        rows: what its cells hold, by the number of the passage; none if the heads of its columns are not understood.
        passed: the numbers of all other passages that are read with them.
        is_unclear: whether there are none, though a column of several says something about the others.
    """

    def __init__(self, passages: Sequence[Passage], numbers: Sequence[int]) -> None:
        self.passages = passages
        self.rows: dict[int, Row] = {}
        self.passed: set[int] = set()
        self._levels: dict[int, int | None] = {}
        self._level: int | None = None
        self._kind: Kind | None = None
        placed = [(cell, number) for number in numbers if (cell := cell_of(passages[number]))]
        self._width = max(cell.column + cell.columns for cell, _ in placed)
        cells: dict[int, list[_Placed]] = {}
        for cell, number in placed:
            cells.setdefault(cell.row, []).append((cell, number))
        rows = [cells[at] for at in sorted(cells)]
        first = next((at for at, row in enumerate(rows) if not self._is_whole(row)), len(rows))
        lead, head, below = rows[:first], rows[first : first + 1], rows[first + 1 :]
        while below and _is_parted(head[-1]) and all(head_of(self._text(number)) for _, number in below[0]):
            head.append(below.pop(0))
        self.is_unclear = False
        self._columns = self._by_content([*head, *below])
        if self._columns:
            self._read(rows, [])
            return
        self._columns = self._read_head(head, below)
        known = [column for column in self._columns.values() if column]
        if len(known) < 2 or not any(column.holds == TITLES for column in known):
            self._columns = self._by_content(below)
        if self._columns:
            self.passed |= {number for row in head for _, number in row}
            self._read([*lead, *below], [[self._text(number) for _, number in row] for row in head])
        else:
            self.is_unclear = self._width > 1 and any(map(self._labels, self._standing(below).values()))

    def _standing(self, rows: Sequence[Sequence[_Placed]]) -> dict[int, list[int]]:
        """The passages of each column, without those of rows that are one cell."""
        found: dict[int, list[int]] = {at: [] for at in range(self._width)}
        for row in rows:
            for cell, number in () if self._is_whole(row) else row:
                found[cell.column].append(number)
        return found

    def _by_content(self, rows: Sequence[Sequence[_Placed]]) -> dict[int, Column | None]:
        """What each column holds, by what stands in it; nothing unless there are levels and one column of titles."""
        holds = {at: self._content(numbers) for at, numbers in self._standing(rows).items()}
        is_told = len(rows) > 1 and LEVELS in holds.values() and [*holds.values()].count(TITLES) == 1
        return {at: Column(what) if what else None for at, what in holds.items()} if is_told else {}

    def _content(self, numbers: Sequence[int]) -> str:
        """What the cells of a column hold; empty if there are none."""
        texts = [text for number in numbers if not NOTHING.match(text := self._text(number))]
        if not texts:
            return ""
        tests = ((LEVELS, level_of), (NAMES, kind_in), (FLAGS, _flags_in))
        return next((what for what, test in tests if all(map(test, texts))), TITLES)

    def _labels(self, numbers: Sequence[int]) -> bool:
        """Whether the cells of a column only say what others are about."""
        read = (read_sentence(self._words(number), Context(), Known()).outcome for number in numbers)
        return bool(numbers) and (self._content(numbers) != TITLES or all(each is Outcome.LABEL for each in read))

    def _text(self, number: int) -> str:
        return self.passages[number].plain.strip()

    def _is_whole(self, row: Sequence[_Placed]) -> bool:
        """Whether a row is one cell, as wide as the table."""
        return all(cell.columns >= max(self._width, 2) for cell, _ in row)

    def _read_head(
        self, head: Sequence[Sequence[_Placed]], below: Sequence[Sequence[_Placed]]
    ) -> dict[int, Column | None]:
        """What each column holds; None where it is not known."""
        texts = dict.fromkeys(range(self._width), "")
        for row in head:
            for cell, number in row:
                spanned = range(cell.column, cell.column + cell.columns)
                texts.update(dict.fromkeys(spanned, self._text(number).strip(" .:")))
        columns = {at: head_of(text) if len(text) < LONGEST_HEAD else None for at, text in texts.items()}
        first = columns[0]
        for at, text in texts.items():
            # A number alone may count anything, but beside the head "Level".
            is_level = not text.isdigit() or (first is not None and first.holds == LEVELS)
            if at and is_level and (level := level_of(text)):
                columns[at] = Column(TITLES, level=level)
        has_levels = any(column and column.level for column in columns.values())
        if has_levels or not texts[0]:
            # Where the heads are levels, the rows are kinds, whatever the corner says.
            left = [self._text(n) for row in below if not self._is_whole(row) for cell, n in row if not cell.column]
            is_named = bool(left) and all(map(kind_in, left))
            is_levelled = bool(left) and all(map(level_of, left)) and not has_levels
            columns[0] = Column(NAMES) if is_named else Column(LEVELS) if is_levelled else None
        standing = self._standing(below)
        for at in (at for at, column in columns.items() if column is None):
            # Numbers alone may count anything.
            is_said = not any(self._text(number).isdigit() for number in standing[at])
            if is_said and (what := self._content(standing[at])) in {LEVELS, NAMES, FLAGS}:
                columns[at] = Column(what)
        return columns

    def _read(self, below: Sequence[Sequence[_Placed]], heads: list[list[str]]) -> None:
        spanning: list[_Placed] = []
        for row in below:
            spanning = [(cell, number) for cell, number in spanning if cell.row + cell.rows > row[0][0].row]
            if [self._text(number) for _, number in row] in heads:
                self.passed |= {number for _, number in row}  # the head again, as on the next page
            elif self._is_whole(row):
                self._take_whole(row)
            else:
                self._take(row, spanning)
            spanning += [(cell, number) for cell, number in row if cell.rows > 1]

    def _take_whole(self, row: Sequence[_Placed]) -> None:
        """Take a row that is one cell: it may say the level or the kind of those below."""
        for _, number in row:
            label = read_sentence(self._words(number), Context(), Known())
            level = level_of(self._text(number)) or label.context.level
            kind = kind_in(self._text(number)) or label.context.kind
            if label.outcome is not Outcome.LABEL or not (level or kind):
                self._keep(number)
                level = kind = None
            else:
                self.passed.add(number)
            # What is said anew of one holds on for the other.
            self._level, self._kind = (level or self._level, kind or self._kind) if level or kind else (None, None)
            self._levels.clear()

    def _words(self, number: int) -> Sentence:
        return Sentence(self.passages[number], 0, len(self.passages[number].text))

    def _keep(self, number: int) -> None:
        """Keep the words of a cell that is not understood."""
        self.rows[number] = Row(self._words(number), is_title=False)

    def _take(self, row: Sequence[_Placed], spanning: Sequence[_Placed]) -> None:
        """Take a row, with the cells above that span it."""
        said = _Said()
        titles: list[tuple[Cell, Row]] = []
        for cell, number in (*spanning, *row):
            text, column = self._text(number), self._columns.get(cell.column)
            is_above = cell.row < row[0][0].row
            if column and column.holds == LEVELS:
                self._levels[cell.column] = level_of(text)
            if NOTHING.match(text):
                self.passed.add(number)
            elif column and column.holds == TITLES:
                if not is_above:
                    self._keep(number)
                    titles.append((cell, self.rows[number]))
            elif column and said.take(column.holds, cell.column, text, number):
                self.passed.add(number)
            elif not is_above:
                self._keep(number)
        self._give(said, titles)

    def _give(self, said: _Said, titles: Sequence[tuple[Cell, Row]]) -> None:
        """Give the titles of a row what it says about them."""
        for cell, made in titles:
            column = self._columns[cell.column] or Column(TITLES)
            made.level = column.level or self._levels.get(self._beside(LEVELS, cell.column), self._level)
            made.kind = column.kind or said.kinds.get(self._beside(NAMES, cell.column), self._kind)
            made.is_title, made.is_relevant = True, said.is_relevant
        for (above, first), (below, second) in pairwise(titles):
            if above == below and _is_broken(first, second):
                first.is_broken = second.is_broken = True
        for at, aside, number in said.asides:
            self._flag(at, aside, number, titles)

    def _beside(self, holds: str, at: int) -> int:
        """The column that says such a thing about the titles of another: the next at its left, else the first."""
        found = [n for n, column in self._columns.items() if column and column.holds == holds]
        return next((n for n in reversed(found) if n < at), found[0] if found else -1)

    def _flag(self, at: int, aside: Aside, number: int, titles: Sequence[tuple[Cell, Row]]) -> None:
        """Give flags to the titles between them and the flags before; to all of the row, where they stand first."""
        holding = [(n, column.holds) for n, column in self._columns.items() if column]
        before = max((n for n, holds in holding if holds == FLAGS and n < at), default=-1)
        between = [n for n, holds in holding if holds == TITLES and before < n < at]
        about = [made for cell, made in titles if not between or cell.column in between]
        for made in about:
            made.asides.append(aside)
            made.is_relevant = made.is_relevant or aside.is_relevant
            made.is_shared = made.is_shared or len(about) > 1
        if not about:
            self.passed.discard(number)
            self._keep(number)


def _flags_in(text: str) -> bool:
    aside = aside_of(text)
    return bool(aside and aside.flags)


def _is_parted(row: Sequence[_Placed]) -> bool:
    """Whether the cells below a row of heads are heads too."""
    return any(cell.columns > 1 for cell, _ in row)


def _is_broken(first: Row, second: Row) -> bool:
    """Whether two titles of a cell stand in lines of one paragraph."""
    above, line = first.title.passage.pieces[-1][1], second.title.passage.pieces[0][1]
    is_linked = any(link.start == 0 for link in line.links)
    return not is_linked and (above.where == line.where if line.where.paragraph else not line.apart)
