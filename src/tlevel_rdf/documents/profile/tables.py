"""The tables of a profile: their rows, and the options of a row.

A table without a head that is understood is read cell by cell, like any other lines.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import boilerplate, lexicon
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.segmentation import Sentence
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import TECHNICAL, Context, Outcome, Statement, doubt
from tlevel_rdf.documents.grammar.title_splitter import Known
from tlevel_rdf.documents.profile.column_headers import Row
from tlevel_rdf.documents.profile.grid_tables import Grid, cell_of
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tlevel_rdf.documents.grammar.segmentation import Passage


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


def find_tables(passages: Sequence[Passage], headings: Container[int]) -> Tables:
    """The tables among passages whose head is understood, and the legends that stand in cells.

    Args:
        passages: of the profile.
        headings: the numbers of those that are headings of specialisms; beside one another, they head columns, and
            nothing below them is understood.
    """
    found = Tables()
    for cells in _tables(passages):
        placed = [(cell, number) for number in cells if (cell := cell_of(passages[number]))]
        heading = Counter(cell.row for cell, number in placed if number in headings)
        is_flat = any(cell.columns == 0 for cell, _ in placed) or any(count > 1 for count in heading.values())
        grid = None if is_flat else Grid(passages, cells)
        if grid is None or grid.is_unclear:
            whole = {n: Sentence(passages[n], 0, len(passages[n].text)) for n in cells}
            found.rows |= {n: Row(sentence, is_title=False) for n, sentence in whole.items()}
        elif grid.rows:
            found.rows |= grid.rows
            found.passed |= grid.passed
        elif all(head.match(passages[cell].plain.strip()) for head, cell in zip(_LEGEND, cells, strict=False)):
            found.passed |= set(cells[:2])
    for number, passage in enumerate(passages[:-1]):
        if lexicon.flag_of(passage.plain.strip("() .:")) and boilerplate.RECOGNISED.match(
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
    if row.is_broken:
        said = "is a line of a cell with several, and is read as one title; it could be a part of one"
        doubts.append(doubt(Code.AMBIGUOUS, 0, row.title.text, said, "If it is so, write the title whole."))
    if (len(offers) > 1 or row.is_shared) and flags:
        said = "stands beside several titles; its flags are read as about all of them"
        doubts.append(doubt(Code.AMBIGUOUS, 0, row.title.text, said, "Remove the flags that are wrong."))
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


def _tables(passages: Sequence[Passage]) -> Iterator[list[int]]:
    """The numbers of the cells of each table."""
    placed: dict[int, list[int]] = {}
    for number, passage in enumerate(passages):
        if cell := cell_of(passage):
            placed.setdefault(cell.table, []).append(number)
    yield from placed.values()
