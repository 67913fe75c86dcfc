"""A download compared with the tables: what is new, changed, completed and gone.

1. A row of a table is what one source states about one thing. Sources of one series, such as the downloads of the
   register, supersede each other. A download is compared with the newest row of its series about each thing.
2. A row that the download states again, with or without more, moves to the source of the download.
3. Where the download states something else, its row is added in front of the older row, which stays: a fact that
   differs between two days is two facts.
4. A row that the download lacks stays with its source. It counts as gone if the download lists its group completely
   and the source that states most of that group has it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tlevel_rdf.limits import MAX_CHANGED_PERCENT
from tlevel_rdf.reference.loading import TABLES
from tlevel_rdf.reference.updating.download import Cells, Download, Key, Statement, group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tlevel_rdf.reference.updating.table_text import TableRow


@dataclass(frozen=True)
class ChangedField:
    """A column with the value that the tables have, and that of a download."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """A thing that a download describes otherwise than the tables.

    Attributes:
        key: its key.
        cells: its cells in the download, or in the tables if the download lacks it.
        fields: the columns that differ.
    """

    key: Key
    cells: Mapping[str, str]
    fields: tuple[ChangedField, ...] = ()


@dataclass
class TableComparison:
    """The comparison of a download with one table.

    Attributes:
        table: the name of the table.
        known: the things of the series that the table has.
        new: things that the table does not have.
        changed: things of which the table states something else.
        completed: things of which the table states nothing else, but less.
        gone: things that the download lacks.
        emptied: the groups of which the download has nothing left.
        unchanged: the number of things that the download states again.
        added: rows to add.
        moved: rows to replace, each with its new cells.
    """

    table: str
    known: int = 0
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    completed: list[Change] = field(default_factory=list)
    gone: list[Change] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    unchanged: int = 0
    added: list[Cells] = field(default_factory=list)
    moved: list[tuple[TableRow, Cells]] = field(default_factory=list)

    @property
    def is_suspicious(self) -> bool:
        """True if so much differs that the download may be damaged."""
        return bool(self.emptied) or 100 * (len(self.changed) + len(self.gone)) > MAX_CHANGED_PERCENT * self.known


#: The tables with one row for a thing of several sources, in the order of a summary.
COMPARED: Final = (
    "areas",
    "standards",
    "standard_versions",
    "occupations",
    "products",
    "occupation_products",
    "map_edges",
)


def key_columns(table: str) -> tuple[str, ...]:
    """Return the columns that tell a row of a table from others of its source."""
    return tuple(column for column in TABLES[table].unique if column != "source")


def key_of(table: str, cells: Mapping[str, str]) -> Key:
    """Return the key of a row."""
    return tuple(cells.get(column, "") for column in key_columns(table))


def sort_key(table: str, cells: Mapping[str, str]) -> Key:
    """Return the key by which a table is sorted. Areas are sorted from the widest to the narrowest."""
    key = key_of(table, cells)
    return (str(_AREAS.get(key[0], 0)), *key) if table == "areas" else key


_AREAS: Final = {"route": 0, "pathway": 1, "cluster": 2}


def compare(
    download: Download, table: str, rows: Iterable[TableRow], fixed: Iterable[TableRow], dates: Mapping[str, dt.date]
) -> TableComparison:
    """Compare a download with a table.

    Args:
        download: the download.
        table: the name of the table.
        rows: its rows.
        fixed: its rows in other folders, which stay as they are.
        dates: the key of each source → its day.
    """
    unmovable = set(map(id, fixed := list(fixed)))
    newest = _newest_rows(download, table, [*rows, *fixed], dates)
    result = TableComparison(table, known=len(newest))
    for key, statement in download.statements.get(table, {}).items():
        if key in newest:
            _compare_row(key, statement, newest[key], result, download.source, is_fixed=id(newest[key]) in unmovable)
        else:
            result.new.append(Change(key, statement.cells))
            result.added.append({**statement.cells, "source": download.source})
    _find_gone(download, newest, result)
    return result


def _newest_rows(
    download: Download, table: str, rows: Iterable[TableRow], dates: Mapping[str, dt.date]
) -> dict[Key, TableRow]:
    """Return the newest row of the series about each thing. Areas have one for all sources."""
    newest: dict[Key, TableRow] = {}
    for row in rows:
        source = row.cells.get("source", "")
        if table != "areas" and not source.startswith(download.kind.series):
            continue
        key = key_of(table, row.cells)
        kept = newest.get(key)
        if kept is None or _date(kept, dates) < _date(row, dates):
            newest[key] = row
    return newest


def _date(row: TableRow, dates: Mapping[str, dt.date]) -> dt.date:
    return dates.get(row.cells.get("source", ""), dt.date.min)


def _compare_row(  # noqa: PLR0913 - a row with what it is compared with
    key: Key, statement: Statement, row: TableRow, result: TableComparison, source: str, *, is_fixed: bool
) -> None:
    columns = sorted(statement.columns)
    fields = tuple(
        ChangedField(column, row.cells.get(column, ""), statement.cells.get(column, ""))
        for column in columns
        if row.cells.get(column, "") != statement.cells.get(column, "")
    )
    is_own = row.cells.get("source") == source
    cells = {**(row.cells if is_own else {}), **statement.cells, "source": source}
    more = {column for column, cell in row.cells.items() if cell and column not in {*columns, *cells}}
    if not fields:
        result.unchanged += 1
        if not is_own and not is_fixed and not more:
            result.moved.append((row, cells))
    elif any(each.old for each in fields):
        result.changed.append(Change(key, statement.cells, fields))
        _add(row, cells, result, is_replaced=is_own and not is_fixed)
    else:
        result.completed.append(Change(key, statement.cells, fields))
        _add(row, cells, result, is_replaced=not is_fixed and (is_own or not more))


def _add(row: TableRow, cells: Cells, result: TableComparison, *, is_replaced: bool) -> None:
    if is_replaced:
        result.moved.append((row, cells))
    else:
        result.added.append(cells)


def _find_gone(download: Download, newest: Mapping[Key, TableRow], result: TableComparison) -> None:
    stated = download.statements.get(result.table, {})
    groups: dict[str, list[tuple[Key, TableRow]]] = defaultdict(list)
    for key, row in newest.items():
        groups[group_of(result.table, row.cells)].append((key, row))
    given = Counter(group_of(result.table, statement.cells) for statement in stated.values())
    for group, rows in groups.items():
        if (result.table, group) not in download.covered:
            continue
        (main, _), *_ = Counter(row.cells["source"] for _, row in rows).most_common(1)
        gone = [(key, row) for key, row in rows if row.cells["source"] == main and key not in stated]
        result.gone += [Change(key, row.cells) for key, row in gone]
        if gone and not given[group] and result.table != "occupation_products":
            result.emptied.append(group)
