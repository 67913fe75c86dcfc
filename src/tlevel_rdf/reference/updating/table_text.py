"""The text of a table, in which an update changes only the rows that it must."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tlevel_rdf.reference.updating.download import Cells, Key


@dataclass(eq=False)
class TableRow:
    """A row with its text in the file. Rows are equal only if they are the same row.

    Attributes:
        cells: its cells by column.
        text: its text, with the line break.
    """

    cells: Cells
    text: str


@dataclass
class TableText:
    """A table as text.

    Attributes:
        columns: the names of its columns.
        head: the text in front of the rows.
        newline: the line break of the file.
        rows: the rows, also empty ones.
    """

    columns: Sequence[str]
    head: str
    newline: str = "\n"
    rows: list[TableRow] = field(default_factory=list)

    @classmethod
    def parse(cls, text: str) -> TableText:
        """Parse a table that `read_table` accepts."""
        lines = list(io.StringIO(text, newline=""))
        skipped = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
        if lines and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += "\n"
        reader = csv.reader(lines[skipped:])
        columns = next(reader)
        at = skipped + reader.line_num
        newline = "\r\n" if lines[at - 1].endswith("\r\n") else "\n"
        table = cls(columns, "".join(lines[:at]), newline)
        for cells in reader:
            end = skipped + reader.line_num
            table.rows.append(TableRow(dict(zip(columns, cells, strict=False)), "".join(lines[at:end])))
            at = end
        return table

    @classmethod
    def empty(cls, columns: Sequence[str]) -> TableText:
        """Make a table without rows."""
        table = cls(columns, "")
        table.head = table._write(columns)
        return table

    def replace(self, row: TableRow, cells: Cells) -> None:
        """Give a row new cells."""
        row.cells = cells
        row.text = self._write([cells.get(column, "") for column in self.columns])

    def insert(self, rows: Iterable[Cells], key: Callable[[Cells], Key]) -> None:
        """Insert rows in front of the first row with the same or a greater key."""
        waiting = sorted(rows, key=key, reverse=True)
        kept: list[TableRow] = []
        for row in self.rows:
            kept.extend(self._due(waiting, key, row))
            kept.append(row)
        kept.extend(self._due(waiting, key, None))
        self.rows = kept

    def append(self, cells: Cells) -> None:
        """Add a row at the end."""
        self.rows.append(TableRow(cells, self._write([cells.get(column, "") for column in self.columns])))

    def _due(self, waiting: list[Cells], key: Callable[[Cells], Key], row: TableRow | None) -> Iterator[TableRow]:
        while waiting and (row is None or (any(row.cells.values()) and key(waiting[-1]) <= key(row.cells))):
            cells = waiting.pop()
            yield TableRow(cells, self._write([cells.get(column, "") for column in self.columns]))

    def text(self) -> str:
        """Return the text of the file."""
        return self.head + "".join(row.text for row in self.rows)

    def _write(self, cells: Sequence[str]) -> str:
        text = io.StringIO()
        csv.writer(text, lineterminator=self.newline).writerow(cells)
        return text.getvalue()
