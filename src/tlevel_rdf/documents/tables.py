"""The cells of a table → its rows, by what the head of each column says.

A reader gives cells one after another and no empty ones, so a cell finds its column by what it holds: a level, a kind,
flags or a title. A table without a head that is understood is read cell by cell, like any other lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from tlevel_rdf.documents import boilerplate, wording
from tlevel_rdf.documents.asides import aside_of
from tlevel_rdf.documents.grammar import read_sentence
from tlevel_rdf.documents.lines import Role
from tlevel_rdf.documents.passages import Sentence
from tlevel_rdf.documents.statements import MODE_OF, TECHNICAL, Context, Statement, doubt
from tlevel_rdf.documents.titles import Known
from tlevel_rdf.documents.wording import compiled
from tlevel_rdf.profiles.codes import Code
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tlevel_rdf.documents.asides import Aside
    from tlevel_rdf.documents.passages import Passage


class _Column(NamedTuple):
    """What a column holds, and of which kind its titles are."""

    holds: str
    kind: Kind | None = None


_LEVELS, _NAMES, _FLAGS, _TITLES, _RELEVANT = "level", "kind", "flags", "title", "relevant"
#: The heads of columns.
_HEADS: Final = (
    (compiled(r"(?:RQF )?levels?\Z"), _Column(_LEVELS)),
    (compiled(r"(?:type|kind|product|category)(?: of (?:option|progression|qualification))?\Z"), _Column(_NAMES)),
    (compiled(r"(?:status|flags?|notes?|applicability|marked)\Z"), _Column(_FLAGS)),
    (compiled(r"(?:is )?relevant(?: occupation| apprenticeship)?\??\Z"), _Column(_RELEVANT)),
    (compiled(r"apprenticeships?(?: titles?| standards?)?\Z"), _Column(_TITLES, Kind.APPRENTICESHIP)),
    (
        compiled(r"apprenticeships? ?(?:or|and|/|&) ?(?:HTQs?|(?:higher )?technical qualifications?)\Z"),
        _Column(_TITLES),
    ),
    (compiled(r"(?:HTQs?|higher technical qualifications?)(?: titles?)?\Z"), _Column(_TITLES, Kind.HTQ)),
    (compiled(r"(?:degrees?|education)(?: options?| subjects?| courses?)?\Z"), _Column(_TITLES, Kind.DEGREE)),
    (compiled(r"(?:work|jobs?|careers?|(?:job )?roles?)(?: options?| titles?)?\Z"), _Column(_TITLES, Kind.OCCUPATION)),
    (
        compiled(
            r"(?:title|name|occupations?|(?:occupational )?standard|progression|(?:progression )?options?|target)\Z"
        ),
        _Column(_TITLES),
    ),
)
_NAMED: Final = (
    (compiled(r"degrees?\Z"), Kind.DEGREE),
    (compiled(r"(?:occupation|job|work|role|career)s?\Z"), Kind.OCCUPATION),
)
_LEVEL: Final = compiled(rf"(?:at )?(?:{wording.LEVEL}|L?(?P<digit>[1-8]))\Z")
#: What parts the titles of a cell; "and" alone is a word of one.
_SEVERAL: Final = re.compile(r"[,;/]")
#: The heads of a legend.
_LEGEND: Final = (
    compiled(r"(?:terms?|flags?|status|symbols?|labels?|key|words?|wording|abbreviations?)\Z"),
    compiled(r"(?:meanings?|definitions?|descriptions?|explanations?|what (?:it|this|they) means?)\Z"),
)
_NOTHING: Final = re.compile(r"[-\u2013—.\s]+\Z|(?:none|nil)\Z", re.IGNORECASE)
_YES: Final = {"yes": True, "y": True, "relevant": True, "✓": True, "no": False, "n": False}


@dataclass
class Row:
    """A row with one title, or one list of titles.

    Attributes:
        title: the words of its title's cell.
        level: from its own cell, or that of a row above which spans it.
        kind: from its own cell or the head of its column.
        asides: the cells with flags.
        is_relevant: whether a cell says that it is the relevant occupation.
        is_unsure: whether a cell of its row is empty, so that its column may be another.
    """

    title: Sentence
    level: int | None = None
    kind: Kind | None = None
    asides: list[Aside] = field(default_factory=list)
    is_relevant: bool = False
    is_unsure: bool = False

    @property
    def mode(self) -> str:
        """The heading that its kind belongs under."""
        return MODE_OF[self.kind] if self.kind else TECHNICAL


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
    for cells in _runs_of_cells(passages):
        columns = _columns([passages[number] for number in cells])
        if sum(column.holds == _TITLES for column in columns) and len(columns) > 1:
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
    mode = row.mode if row.kind else mode or TECHNICAL
    kind = row.kind if row.kind in {Kind.APPRENTICESHIP, Kind.HTQ} else None
    context = Context(mode=mode, level=row.level, kind=kind, is_item=True)
    is_whole = kind is not None and not _SEVERAL.search(row.title.plain)
    statement = read_sentence(row.title, context, Known([row.title.text]) if is_whole else known)
    flags = tuple(dict.fromkeys(flag for aside in row.asides for flag in aside.flags))
    if not statement.offers:
        return statement
    offers = tuple(
        replace(
            offer,
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
    if len(offers) > 1 and flags:
        said = "stands beside several titles; its flags are read as about all of them"
        doubts.append(doubt(Code.TWO_READINGS, 0, row.title.text, said, "Remove the flags that are wrong."))
    offers = (replace(offers[0], doubts=tuple(doubts)), *offers[1:])
    return replace(statement, offers=offers, context=Context(mode=mode))


def _runs_of_cells(passages: Sequence[Passage]) -> Iterator[list[int]]:
    run: list[int] = []
    for number, passage in enumerate(passages):
        if passage.role is Role.CELL:
            run.append(number)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _columns(cells: Sequence[Passage]) -> list[_Column]:
    columns: list[_Column] = []
    for cell in cells:
        text = cell.plain.strip(" .:") if len(cell.plain) < 60 else ""
        column = next((column for pattern, column in _HEADS if pattern.match(text)), None)
        if column is None or column in columns:
            break
        columns.append(column)
    return columns


class _Filler:
    """Puts the cells of one table into rows."""

    def __init__(self, passages: Sequence[Passage], columns: list[_Column], found: Tables) -> None:
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
        if _NOTHING.match(text):
            self.found.passed.add(number)
            self.last = min(self.last + 1, len(self.columns))
            self.empty += self.last < len(self.columns) and self.columns[self.last].holds == _TITLES
            return
        level = _LEVEL.match(text)
        if level and self._goes_to(_LEVELS):
            self.level = wording.number(level["level"] or level["digit"])
        elif (kind := _kind(text)) and self._goes_to(_NAMES):
            self.kind = kind
        elif (aside := aside_of(text)) and (aside.flags or aside.is_relevant) and self._goes_to(_FLAGS):
            self.asides.append(aside)
        elif text.casefold() in _YES and self._goes_to(_RELEVANT):
            self.is_relevant = _YES[text.casefold()]
        elif self._goes_to(_TITLES):
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
        titles = sum(column.holds == _TITLES for column in self.columns)
        for row in self.rows:
            row.level, row.kind = self.level, row.kind or self.kind
            row.asides, row.is_relevant = self.asides, self.is_relevant or any(it.is_relevant for it in self.asides)
            row.is_unsure = len(self.rows) + self.empty < titles
        self.rows, self.asides, self.kind, self.is_relevant, self.empty = [], [], None, False, 0


def _kind(text: str) -> Kind | None:
    if named := wording.kind_of(text):
        return named[0]
    return next((kind for pattern, kind in _NAMED if pattern.match(text)), None)
