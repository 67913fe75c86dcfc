"""Read the tables of a profile by the headers of their columns.

The headers may be kinds of options, with a level at the left of each row, or levels, with a kind there. A cell that
does not fit its column makes no title, and is kept as a note. A blank cell takes nothing from the row above.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import boilerplate, lexicon
from tlevel_rdf.documents.grammar.annotations import parse_annotation
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import MODE_OF, TECHNICAL, Category, Context, Statement, doubt
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.documents.profile.column_headers import (
    EMPTY,
    FLAGS,
    KINDS,
    LEVELS,
    TITLES,
    Column,
    column_headed,
    kind_in,
    level_of,
)
from tlevel_rdf.profiles.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from tlevel_rdf.documents.document import Cell
    from tlevel_rdf.documents.grammar.annotations import Annotation
    from tlevel_rdf.documents.grammar.segmentation import Passage, Sentence

#: Separators of the titles in a cell; "and" alone is a word of one.
_SEVERAL: Final = compiled(r"[,;/]")
#: The headers of a legend.
_LEGEND: Final = (
    compiled(r"(?:terms?|flags?|status|symbols?|labels?|key|words?|wording|abbreviations?)\Z"),
    compiled(r"(?:meanings?|definitions?|descriptions?|explanations?|what (?:it|this|they) means?)\Z"),
)


class _Placed(NamedTuple):
    """A passage in a cell: the cell, the index of the passage in the profile (at), and its text."""

    cell: Cell
    at: int
    text: str


@dataclass
class Row:
    """A title in a table, or a list of titles in one cell, with what the table states about it.

    Attributes:
        title: the text of its cell.
        level: from a cell of its row, from a row above that is one cell, or from the header of its column.
        kind: likewise.
        annotations: the cells with flags.
        is_shared: True if its flags stand beside other titles too.
        is_broken: True if it is one of several lines of a cell, and could be a part of a title.
        is_title: False for a cell that is not understood.
    """

    title: Sentence
    level: int | None = None
    kind: Kind | None = None
    annotations: list[Annotation] = field(default_factory=list)
    is_shared: bool = False
    is_broken: bool = False
    is_title: bool = False


def find_tables(passages: Sequence[Passage], headings: Container[int]) -> dict[int, Row | None]:
    """Return the tables of a profile, and the legends in cells.

    Args:
        passages: of the profile.
        headings: the indices of those that are headings of specialisms. Beside one another they are the headers of
            columns, and nothing below them is understood.

    Returns:
        The rows by the index of the passage with the title; None for a passage that is read with another.
    """
    found: dict[int, Row | None] = {}
    tables: dict[int, list[_Placed]] = {}
    for index, passage in enumerate(passages):
        if cell := passage.pieces[0][1].cell:
            tables.setdefault(cell.table, []).append(_Placed(cell, index, passage.plain.strip()))
    for cells in tables.values():
        headings_in_row = Counter(each.cell.row for each in cells if each.at in headings)
        has_columns = all(each.cell.columns for each in cells) and max(headings_in_row.values(), default=0) < 2
        table = _Table(passages, cells)
        if has_columns and table.read():
            found |= table.rows
        elif table.width > 1 or not has_columns:
            found |= {each.at: Row(passages[each.at].whole) for each in cells}
        if all(header.match(each.text) for header, each in zip(_LEGEND, cells, strict=False)):
            found |= {each.at: None for each in cells[:2]}
    for index, passage in enumerate(passages[:-1]):
        is_flag = lexicon.flag_of(passage.plain.strip("() .:"))
        if is_flag and boilerplate.RECOGNISED.match(passages[index + 1].plain[:400]):
            found[index] = None
    return found


class _Table:
    """A table whose cells have known places.

    Args:
        passages: of the profile.
        cells: of the table.

    Attributes:
        width: the number of its columns.
        rows: as `find_tables` returns them.
    """

    def __init__(self, passages: Sequence[Passage], cells: Sequence[_Placed]) -> None:
        self.width = max(each.cell.column + each.cell.columns for each in cells)
        self.rows: dict[int, Row | None] = {}
        self._passages = passages
        self._cells = sorted(cells, key=lambda each: each.cell.row)
        #: By the last row that is one cell.
        self._level: int | None = None
        self._kind: Kind | None = None

    def read(self) -> bool:
        """Read the rows; return False if the headers are not understood, or if there are no rows."""
        rows = [list(row) for _, row in groupby(self._cells, key=lambda each: each.cell.row)]
        first = next((at for at, row in enumerate(rows) if not self._is_whole(row)), len(rows))
        lead, head, below = rows[:first], rows[first : first + 1], rows[first + 1 :]
        # Below a header over several columns there are headers too.
        is_over_several = any(each.cell.columns > 1 for row in head for each in row)
        if is_over_several and below and all(column_headed(each.text) for each in below[0]):
            head.append(below.pop(0))
        self._columns = self._by_content([*head, *below])
        if self._columns:
            lead, head, below = [], [], rows
        else:
            self._columns = self._by_headers(head, below)
        if self._columns:
            self.rows |= {each.at: None for row in head for each in row}
            self._read_rows([*lead, *below], [[each.text for each in row] for row in head])
        return any(self.rows.values())

    def _is_whole(self, row: Sequence[_Placed]) -> bool:
        """Return True if a row is one cell, as wide as the table."""
        return all(each.cell.columns >= max(self.width, 2) for each in row)

    def _texts(self, rows: Iterable[Sequence[_Placed]], column: int) -> list[str]:
        """Return the cells of a column, without rows that are one cell."""
        return [each.text for row in rows if not self._is_whole(row) for each in row if each.cell.column == column]

    def _by_content(self, rows: Sequence[Sequence[_Placed]]) -> dict[int, Column | None]:
        """Return the columns by their cells; none unless there are levels and one column of titles."""
        contents = {at: _content(self._texts(rows, at)) for at in range(self.width)}
        is_clear = len(rows) > 1 and LEVELS in contents.values() and [*contents.values()].count(TITLES) == 1
        return {at: Column(content) if content else None for at, content in contents.items()} if is_clear else {}

    def _by_headers(
        self, head: Sequence[Sequence[_Placed]], below: Sequence[Sequence[_Placed]]
    ) -> dict[int, Column | None]:
        """Return the columns by their headers, None for one that is not known; none if too few are known."""
        texts = dict.fromkeys(range(self.width), "")
        for cell, _, text in (each for row in head for each in row):
            texts |= dict.fromkeys(range(cell.column, cell.column + cell.columns), text.strip(" .:"))
        columns = {at: column_headed(text) for at, text in texts.items()}
        first = columns[0]
        for at, text in texts.items():
            # A number alone may count anything, except beside the header "Level".
            is_level = not text.isdigit() or (first is not None and first.content == LEVELS)
            if at and is_level and (level := level_of(text)):
                columns[at] = Column(TITLES, level=level)
        has_levels = any(column and column.level for column in columns.values())
        for at, column in columns.items():
            # Where the headers are levels, the rows are kinds, whatever the corner says.
            is_corner = at == 0 and (has_levels or not texts[0])
            if column is None or is_corner:
                cells = self._texts(below, at)
                is_counted = (texts[at] or has_levels) and any(map(str.isdigit, cells))
                content = "" if is_counted else _content(cells)
                columns[at] = Column(content) if content in {LEVELS, KINDS, FLAGS} else None
        contents = [column.content for column in columns.values() if column]
        if contents.count(LEVELS) > 1 or contents.count(KINDS) > 1:
            return {}
        return columns if len(contents) > 1 and TITLES in contents else self._by_content(below)

    def _read_rows(self, rows: Sequence[Sequence[_Placed]], head: list[list[str]]) -> None:
        spanning: list[_Placed] = []
        for row in rows:
            spanning = [each for each in spanning if each.cell.row + each.cell.rows > row[0].cell.row]
            if [each.text for each in row] in head:
                self.rows |= {each.at: None for each in row}  # the head again, as on the next page
            elif self._is_whole(row):
                self._read_whole(row)
            else:
                self._read_row(row, spanning)
            spanning += [each for each in row if each.cell.rows > 1]

    def _read_whole(self, row: Sequence[_Placed]) -> None:
        """Read a row that is one cell: it may state the level or the kind of those below."""
        for each in row:
            label = read_sentence(self._passages[each.at].whole, Context(), KnownTitles())
            level, kind = level_of(each.text) or label.context.level, kind_in(each.text) or label.context.kind
            if label.category is not Category.LABEL or not (level or kind):
                self._keep(each)
                self._level = self._kind = None
            else:
                self.rows[each.at] = None
                self._level, self._kind = level or self._level, kind or self._kind

    def _keep(self, cell: _Placed) -> Row:
        """Keep a cell that is not understood, or not yet."""
        row = self.rows[cell.at] = Row(self._passages[cell.at].whole)
        return row

    def _read_row(self, row: Sequence[_Placed], spanning: Sequence[_Placed]) -> None:
        """Read a row, with the cells above that span it."""
        level, kind = self._level, self._kind
        flags: list[tuple[_Placed, Annotation]] = []
        titles: list[tuple[Cell, Row]] = []
        for each in (*spanning, *row):
            column = self._columns.get(each.cell.column)
            content = column.content if column else ""
            is_read = bool(EMPTY.match(each.text))
            if content == LEVELS:
                level = level_of(each.text)
                is_read = is_read or level is not None
            elif content == KINDS and (named := kind_in(each.text)):
                kind, is_read = named, True
            elif content == FLAGS and (annotation := _flags_in(each.text)):
                flags.append((each, annotation))
                is_read = True
            if is_read:
                self.rows[each.at] = None
            elif each.cell.row == row[0].cell.row:
                kept = self._keep(each)
                titles += [(each.cell, kept)] if content == TITLES else []
        for cell, title in titles:
            column = self._columns[cell.column] or Column(TITLES)
            title.level, title.kind, title.is_title = column.level or level, column.kind or kind, True
        _mark_broken(titles)
        for each, annotation in flags:
            self._flag(each, annotation, titles)

    def _flag(self, flags: _Placed, annotation: Annotation, titles: Sequence[tuple[Cell, Row]]) -> None:
        """Give flags to the titles between them and the flags before; to all of the row, if they stand first."""
        at, contents = flags.cell.column, [(n, column.content) for n, column in self._columns.items() if column]
        before = max((n for n, content in contents if content == FLAGS and n < at), default=-1)
        between = [n for n, content in contents if content == TITLES and before < n < at]
        about = [title for cell, title in titles if not between or cell.column in between]
        for title in about:
            title.annotations.append(annotation)
            title.is_shared = title.is_shared or len(about) > 1
        if not about:
            self._keep(flags)


def _content(texts: Iterable[str]) -> str:
    """Return the content of the cells of a column; empty if there are none."""
    cells = [text for text in texts if not EMPTY.match(text)]
    if not cells:
        return ""
    tests = ((LEVELS, level_of), (KINDS, kind_in), (FLAGS, _flags_in))
    return next((content for content, test in tests if all(map(test, cells))), TITLES)


def _flags_in(text: str) -> Annotation | None:
    """Return the flags, or the mark of the relevant occupation, that a cell holds."""
    annotation = parse_annotation(text)
    return annotation if annotation and (annotation.flags or annotation.is_relevant) else None


def _mark_broken(titles: Sequence[tuple[Cell, Row]]) -> None:
    """Mark the titles that stand below one another in one paragraph of a cell."""
    for (above, first), (below, second) in pairwise(titles):
        line = second.title.passage.pieces[0][1]
        is_linked = any(link.start == 0 for link in line.links)
        if above == below and not is_linked and not line.has_gap_above:
            first.is_broken = second.is_broken = True


def read_row(row: Row, mode: str | None, known: KnownTitles) -> Statement:
    """Return the options of a row.

    The mode of the heading above it counts if neither a cell nor the header of its column states the kind.
    """
    if not row.is_title:
        return _read_other(row, mode, known)
    mode = MODE_OF[row.kind] if row.kind else mode or TECHNICAL
    kind = row.kind if row.kind in {Kind.APPRENTICESHIP, Kind.HTQ} else None
    context = Context(mode=mode, level=row.level, kind=kind, is_item=True)
    if kind and not _SEVERAL.search(row.title.plain):
        known = KnownTitles([row.title.text])
    statement = read_sentence(row.title, context, known)
    if not statement.mentions:
        return statement
    for mention in statement.mentions:
        mention.annotations += row.annotations
        is_relevant = any(each.is_relevant for each in row.annotations)
        mention.is_relevant = mention.is_relevant or (is_relevant and mention.kind is Kind.APPRENTICESHIP)
    doubts = statement.mentions[0].doubts
    if row.is_broken:
        predicate = "is a line of a cell with several, and is read as one title; it could be a part of one"
        doubts.append(doubt(Code.AMBIGUOUS, 0, row.title.text, predicate, "If it is, write the whole title."))
    if (len(statement.mentions) > 1 or row.is_shared) and any(each.flags for each in row.annotations):
        predicate = "stands beside several titles; its flags are read as about all of them"
        doubts.append(doubt(Code.AMBIGUOUS, 0, row.title.text, predicate, "Remove the flags that are wrong."))
    return statement._replace(context=Context(mode=mode))


def _read_other(row: Row, mode: str | None, known: KnownTitles) -> Statement:
    """Return the statement of a cell that does not fit its column: a whole statement by itself, or a note."""
    statement = read_sentence(row.title, Context(), known)
    after = Context(mode=mode)
    if statement.category in {Category.OPTIONS, Category.RECOGNISED, Category.NOTE}:
        return statement._replace(context=after)
    predicate = "stands in a table under a header that does not fit or is not understood, and is kept as a note"
    hint = "If it says something about an option, write that at the option; else remove the comment."
    about = doubt(Code.NOT_UNDERSTOOD, 0, row.title.text, predicate, hint)
    return Statement(Category.UNCLEAR, after, doubts=(about,))
