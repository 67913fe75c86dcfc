"""Flags that several commands share, and their output: findings, tables and messages, and the exit status."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

from cyclopts import Parameter
from rich.console import Console

from tlevel_rdf.codes import UNREADABLE_CODES
from tlevel_rdf.errors import UnreadableInputError
from tlevel_rdf.findings import render, summary, violations
from tlevel_rdf.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.dataset.querying import Table as Result
    from tlevel_rdf.findings import Finding, Format

Base = Annotated[str | None, Parameter(help="The IRI that the identifiers of the data begin with.")]
Extra = Annotated[
    Path | None, Parameter(help="A folder of reference data that adds to the shipped one.", show_default=False)
]
Day = Annotated[datetime.date | None, Parameter(help="The date of the release, such as 2026-11-22.")]
_URL: Final = re.compile(r"([a-z][a-z0-9+.-]+:)/(.*)", re.IGNORECASE | re.DOTALL)
stderr: Final = Console(stderr=True, highlight=False, soft_wrap=True)


def optional(text: str, *names: str) -> Parameter:
    """Describe a flag without its default value and without a flag for its opposite."""
    return Parameter(name=names or None, help=text, negative=(), show_default=False)


def refuse_url(_type: object, value: object) -> None:
    """Refuse a URL in the place of a file or a folder.

    Raises:
        UnreadableInputError: the value is a path, or has one, that begins as a URL does and does not exist.
    """
    for path in value if isinstance(value, tuple) else (value,):
        # A path has one slash of several.
        if isinstance(path, Path) and (found := _URL.match(str(path))) and not path.exists():
            url = found[1] + ("///" if found[1].lower() == "file:" else "//") + found[2]
            raise UnreadableInputError(f"{url} is a URL, and nothing is fetched", hint="download it, and give the file")


def settings_of(*, reference: Path | None = None, **given: object) -> Settings:
    """Return the settings, of which those that are given are not None."""
    return read_settings({**given, "reference": None if reference is None else str(reference)})


def print_table(result: Result) -> None:
    """Print the result of a query as a table, and the number of its rows to standard error."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for name in result.columns:
        # A long IRI goes on in the next row; the default would cut it.
        table.add_column(name, overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(row.get(name, "")) for name in result.columns))
    Console(soft_wrap=not sys.stdout.isatty()).print(table)
    stderr.print(f"{len(result.rows)} row{'' if len(result.rows) == 1 else 's'}", markup=False)


def finish(findings: Sequence[Finding], form: Format) -> NoReturn:
    """Print findings and their number, and end the process with their status."""
    if text := render(findings, form):
        print(text)
    stderr.print(summary(findings), markup=False)
    sys.exit(exit_status(findings))


def exit_status(findings: Sequence[Finding]) -> int:
    """Return the exit status: 2 for input that cannot be read, 1 for violations, else 0."""
    if any(finding.code in UNREADABLE_CODES for finding in findings):
        return 2
    return 1 if violations(findings) else 0
