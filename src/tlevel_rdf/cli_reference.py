"""The commands for reference data."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated, Final

from cyclopts import App, Parameter

from tlevel_rdf.cli_output import exit_status, optional, stderr
from tlevel_rdf.errors import SettingError
from tlevel_rdf.findings import render, summary, violations

reference_app: Final = App(name="reference", help="Reference data: the tables of official registers.")


@reference_app.command(name="update")
def update_reference_data(
    *files: Annotated[
        Path, Parameter(help="Official downloads: the CSV table or JSON list of standards; map answers.")
    ],
    reference: Annotated[Path, Parameter(help="The folder of tables.")] = Path("data/reference"),
    dated: Annotated[
        datetime.date | None,
        Parameter(help="The day of downloads that state none. Default: when the file was last changed."),
    ] = None,
    dry_run: Annotated[bool, optional("Print the summary, and write nothing.")] = False,
    accept: Annotated[str, optional("The reason for accepting an unusual number of changes, which is recorded.")] = "",
) -> None:
    """Bring the tables of reference data up to date from official downloads that you saved. It fetches nothing.

    It reads the CSV table of apprenticeship standards, the JSON list of apprenticeship standards, and answers of the
    occupational map's API, and prints what is new, changed and gone. It deletes nothing: a thing that a download lacks
    keeps its row and its source. If more than 5 % of a table has changed or is gone, or a part of it is empty, it
    writes nothing and ends with status 1, unless you give a reason with --accept.

    Example: tlevel-rdf reference update Apprenticeships.csv --dry-run
    """
    from tlevel_rdf.reference.updating.update import UpdateOptions, update_reference
    from tlevel_rdf.shipped import shipped

    if not files:
        raise SettingError("no files are given", hint="give the downloads to read")
    today = datetime.datetime.now(tz=datetime.UTC).date()
    options = UpdateOptions(today, dated, " ".join(accept.split()), is_dry=dry_run)
    result = update_reference(files, reference, shipped("data") / "reference", options)
    for line in result.lines:
        print(line)
    if text := render(result.findings, "text"):
        stderr.print(text, markup=False)
    if result.findings:
        stderr.print(summary(result.findings), markup=False)
    for doubt in () if violations(result.findings) else result.doubts:
        stderr.print(doubt, markup=False)
    if result.is_written:
        stderr.print(f"The tables in {reference} are up to date.", markup=False)
        return
    stderr.print("Nothing was written.", markup=False)
    if result.doubts and not accept and not violations(result.findings):
        stderr.print(
            "    hint: check the summary; if it is right, run again with --accept and the reason", markup=False
        )
        sys.exit(1)
    sys.exit(exit_status(result.findings))
