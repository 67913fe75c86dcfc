"""The tables of a profile: their rows, and the options of a row.

Where nothing tells the places of cells, as in PDF, a reader gives them one after another and no empty ones, so a cell
finds its column by what it holds: a level, a kind, flags or a title. A table without a head that is understood is read
cell by cell, like any other lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.documents import boilerplate, wording
from tlevel_rdf.documents.asides import aside_of
from tlevel_rdf.documents.cells import (
    FLAGS,
    LEVELS,
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
from tlevel_rdf.documents.grammar import read_sentence
from tlevel_rdf.documents.grids import Grid, cell_of
from tlevel_rdf.documents.lines import Role
from tlevel_rdf.documents.passages import Sentence
from tlevel_rdf.documents.statements import TECHNICAL, Context, Outcome, Statement, doubt
from tlevel_rdf.documents.titles import Known
from tlevel_rdf.documents.wording import compiled
from tlevel_rdf.profiles.codes import Code
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tlevel_rdf.documents.asides import Aside
    from tlevel_rdf.documents.passages import Passage


#: What parts the titles of a cell; "and" alone is a word of one.
_SEVERAL: Final = re.compile(r"[,;/]")
#: The heads of a legend.
_LEGEND: Final = (
    compiled(r"(?:terms?|flags?|status|symbols?|labels?|key|words?|wording|abbreviations?)\Z"),
    compiled(r"(?:meanings?|definitions?|descriptions?|explanations?|what (?:it|this|they) means?)\Z"),
)


@dataclass
class Tables:
    """The tables of a profile.

    Attributes:
        rows: by the number of the passage with the title.
        passed: the numbers of all other passages that are read with a row.
    """

    rows: dict[int, Row] = field(default_factory=dict)
    passed: set[int] = field(default_factory=set)


def find_tables(passages: Sequence[Passage]) -> Tables:
    """The tables among passages whose head is understood, and the legends that stand in cells."""
    found = Tables()
    for cells, is_placed in _tables(passages):
        columns = [] if is_placed else _columns([passages[number] for number in cells])
        if is_placed and (grid := Grid(passages, cells)).rows:
            found.rows |= grid.rows
            found.passed |= grid.passed
        elif sum(column.holds == TITLES for column in columns) and len(columns) > 1:
            found.passed |= set(cells[: len(columns)])
            _Filler(passages, columns, found).fill(cells[len(columns) :])
        elif all(head.match(passages[cell].plain.strip()) for head, cell in zip(_LEGEND, cells, strict=False)):
            found.passed |= set(cells[:2])
    for number, passage in enumerate(passages[:-1]):
        if wording.flag_of(passage.plain.strip("() .:")) and boilerplate.RECOGNISED.match(
            passages[number + 1].plain[:400]
        ):
            found.passed.add(number)
    return found


def read_row(row: Row, mode: str | None, known: Known) -> Statement:
    """The options of a row.

    Args:
        row: it.
        mode: the heading that it stands under, where neither a cell nor the head of its column says the kind.
        known: titles that the document marks.
    """
    if not row.is_title:
        return _read_other(row, mode, known)
    mode = row.mode if row.kind else mode or TECHNICAL
    kind = row.kind if row.kind in {Kind.APPRENTICESHIP, Kind.HTQ} else None
    context = Context(mode=mode, level=row.level, kind=kind, is_item=True)
    is_whole = kind is not None and not _SEVERAL.search(row.title.plain)
    statement = read_sentence(row.title, context, Known([row.title.text]) if is_whole else known)
    flags = tuple(dict.fromkeys(flag for aside in row.asides for flag in aside.flags))
    if not statement.offers:
        return statement
    offers = tuple(
        offer._replace(
            flags=tuple(dict.fromkeys((*offer.flags, *flags))),
            is_relevant=offer.is_relevant or (row.is_relevant and offer.kind is Kind.APPRENTICESHIP),
        )
        for offer in statement.offers
    )
    doubts = list(offers[0].doubts)
    if row.is_unsure:
        said = "stands in a row with an empty cell, so its column, and with it what it is, is not sure"
        hint = "Look in the table under which head it stands."
        doubts.append(doubt(Code.TWO_READINGS, 0, row.title.text, said, hint))
    if row.is_broken:
        said = "is a line of a cell with several, and is read as one title; it could be a part of one"
        doubts.append(doubt(Code.TWO_READINGS, 0, row.title.text, said, "If it is so, write the title whole."))
    if (len(offers) > 1 or row.is_shared) and flags:
        said = "stands beside several titles; its flags are read as about all of them"
        doubts.append(doubt(Code.TWO_READINGS, 0, row.title.text, said, "Remove the flags that are wrong."))
    offers = (offers[0]._replace(doubts=tuple(doubts)), *offers[1:])
    return statement._replace(offers=offers, context=Context(mode=mode))


def _read_other(row: Row, mode: str | None, known: Known) -> Statement:
    """What the words of a cell say that are not what its column holds: a whole statement by themselves, or a note."""
    statement = read_sentence(row.title, Context(), known)
    after = Context(mode=mode)
    if statement.outcome in {Outcome.OPTIONS, Outcome.RECOGNISED, Outcome.NOTE}:
        return statement._replace(context=after)
    said = "stands in a table under a head that does not fit or is not understood, and is kept as a note"
    hint = "If it says something about an option, write that at the option; else remove the comment."
    return Statement(Outcome.UNSURE_NOTE, after, doubts=(doubt(Code.NOT_UNDERSTOOD, 0, row.title.text, said, hint),))


def _tables(passages: Sequence[Passage]) -> Iterator[tuple[list[int], bool]]:
    """The cells of each table, and whether their places are known; else cells that follow one another are a table."""
    placed: dict[int, list[int]] = {}
    run: list[int] = []
    for number, passage in enumerate(passages):
        if cell := cell_of(passage):
            placed.setdefault(cell.table, []).append(number)
        elif passage.role is Role.CELL:
            run.append(number)
            continue
        if run:
            yield run, False
            run = []
    if run:
        yield run, False
    yield from ((cells, True) for cells in placed.values())


def _columns(cells: Sequence[Passage]) -> list[Column]:
    columns: list[Column] = []
    for cell in cells:
        text = cell.plain.strip(" .:") if len(cell.plain) < 60 else ""
        column = head_of(text)
        if column is None or column in columns:
            break
        columns.append(column)
    return columns


class _Filler:
    """Puts the cells of one table into rows."""

    def __init__(self, passages: Sequence[Passage], columns: list[Column], found: Tables) -> None:
        self.passages = passages
        self.columns = columns
        self.found = found
        self.last = len(columns)
        self.level: int | None = None
        self.kind: Kind | None = None
        self.asides: list[Aside] = []
        self.is_relevant = False
        self.rows: list[Row] = []
        self.empty = 0

    def fill(self, cells: Sequence[int]) -> None:
        for number in cells:
            self._take(number, self.passages[number])
        self._begin_row()

    def _take(self, number: int, passage: Passage) -> None:
        text = passage.plain.strip()
        if NOTHING.match(text):
            self.found.passed.add(number)
            self.last = min(self.last + 1, len(self.columns))
            self.empty += self.last < len(self.columns) and self.columns[self.last].holds == TITLES
            return
        level = level_of(text)
        if level and self._goes_to(LEVELS):
            self.level = level
        elif (kind := kind_in(text)) and self._goes_to(NAMES):
            self.kind = kind
        elif (aside := aside_of(text)) and (aside.flags or aside.is_relevant) and self._goes_to(FLAGS):
            self.asides.append(aside)
        elif text.casefold() in YES and self._goes_to(RELEVANT):
            self.is_relevant = YES[text.casefold()]
        elif self._goes_to(TITLES):
            row = Row(Sentence(passage, 0, len(passage.text)), kind=self.columns[self.last].kind)
            self.rows.append(row)
            self.found.rows[number] = row
            return
        self.found.passed.add(number)

    def _goes_to(self, holds: str) -> bool:
        """Move on to the next column that holds such a thing, in this row or else in the next."""
        fitting = [at for at, column in enumerate(self.columns) if column.holds == holds]
        if not fitting:
            return False
        behind = [at for at in fitting if at > self.last]
        if not behind:
            self._begin_row()
        self.last = (behind or fitting)[0]
        return True

    def _begin_row(self) -> None:
        titles = sum(column.holds == TITLES for column in self.columns)
        for row in self.rows:
            row.level, row.kind = self.level, row.kind or self.kind
            row.asides, row.is_relevant = self.asides, self.is_relevant or any(it.is_relevant for it in self.asides)
            row.is_unsure = len(self.rows) + self.empty < titles
        self.rows, self.asides, self.kind, self.is_relevant, self.empty = [], [], None, False, 0
