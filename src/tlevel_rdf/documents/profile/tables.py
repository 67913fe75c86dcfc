"""Find the tables of a profile, and read the options of their rows.

The cells of a table whose headers are not understood are kept as notes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from tlevel_rdf.codes import Code
from tlevel_rdf.documents.grammar import boilerplate, lexicon
from tlevel_rdf.documents.grammar.lexicon import compiled
from tlevel_rdf.documents.grammar.sentence import read_sentence
from tlevel_rdf.documents.grammar.statement import TECHNICAL, Category, Context, Statement, doubt
from tlevel_rdf.documents.grammar.title_splitter import KnownTitles
from tlevel_rdf.documents.profile.column_headers import Row
from tlevel_rdf.documents.profile.grid_tables import Grid, cell_of
from tlevel_rdf.profiles.model import Kind

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tlevel_rdf.documents.grammar.segmentation import Passage

#: Separators of the titles in a cell; "and" alone is a word of one.
_SEVERAL: Final = compiled(r"[,;/]")
#: The headers of a legend.
_LEGEND: Final = (
    compiled(r"(?:terms?|flags?|status|symbols?|labels?|key|words?|wording|abbreviations?)\Z"),
    compiled(r"(?:meanings?|definitions?|descriptions?|explanations?|what (?:it|this|they) means?)\Z"),
)


def find_tables(passages: Sequence[Passage], headings: Container[int]) -> tuple[dict[int, Row], set[int]]:
    """Find the tables whose headers are understood, and the legends in cells.

    Args:
        passages: of the profile.
        headings: the indices of those that are headings of specialisms. Beside one another they are the headers of
            columns, and nothing below them is understood.

    Returns:
        The rows by the index of the passage with the title, and the indices of all other passages that are read with a
        row.
    """
    rows: dict[int, Row] = {}
    used: set[int] = set()
    by_table: dict[int, list[int]] = {}
    for index, passage in enumerate(passages):
        if cell := cell_of(passage):
            by_table.setdefault(cell.table, []).append(index)
    for indices in by_table.values():
        cells = [(cell, index) for index in indices if (cell := cell_of(passages[index]))]
        headings_in_row = Counter(cell.row for cell, index in cells if index in headings)
        is_flat = any(cell.columns == 0 for cell, _ in cells) or any(n > 1 for n in headings_in_row.values())
        grid = None if is_flat else Grid(passages, indices)
        if grid and grid.rows:
            rows |= grid.rows
            used |= grid.used
        elif grid is None or grid.width > 1:
            rows |= {index: Row(passages[index].whole, is_title=False) for index in indices}
        if all(header.match(passages[n].plain.strip()) for header, n in zip(_LEGEND, indices, strict=False)):
            used |= set(indices[:2])
    for index, passage in enumerate(passages[:-1]):
        is_flag = lexicon.flag_of(passage.plain.strip("() .:"))
        if is_flag and boilerplate.RECOGNISED.match(passages[index + 1].plain[:400]):
            used.add(index)
    return rows, used


def read_row(row: Row, mode: str | None, known: KnownTitles) -> Statement:
    """Return the options of a row.

    Args:
        row: to read.
        mode: of the heading above it, if neither a cell nor the header of its column states the kind.
        known: titles that the document marks.
    """
    if not row.is_title:
        return _read_other(row, mode, known)
    mode = row.mode if row.kind else mode or TECHNICAL
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
