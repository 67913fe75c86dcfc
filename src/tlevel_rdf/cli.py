"""The command line: one short function per command.

Data goes to standard output, everything else to standard error. Exit status 0: success; 1: violations, or a difference;
2: misuse, or input that cannot be read. Heavy modules are imported where they are used, so that `--help` is fast.
"""

from __future__ import annotations

import datetime
import gc
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

from cyclopts import App, Parameter
from rich.console import Console

import tlevel_rdf
from tlevel_rdf.codes import UNREADABLE_CODES
from tlevel_rdf.errors import SettingError, TlevelError, requires_extra
from tlevel_rdf.findings import BlockedError, Severity, render, sort_findings, summary, violations
from tlevel_rdf.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.dataset.querying import Table as Result
    from tlevel_rdf.findings import Finding, Format

app = App(
    name="tlevel-rdf",
    version=lambda: tlevel_rdf.__version__,
    help="Publish T Level progression profiles as linked data: from YAML to a checked release of RDF, and a website.",
    help_format="markdown",
)
reference_app = App(name="reference", help="Reference data: the tables of official registers.")
app.command(reference_app)
_stderr = Console(stderr=True, highlight=False, soft_wrap=True)


def _optional(text: str, *names: str) -> Parameter:
    """Describe a flag without its default value and without a flag for its opposite."""
    return Parameter(name=names or None, help=text, negative=(), show_default=False)


Base = Annotated[str | None, Parameter(help="The IRI that the identifiers of the data begin with.")]
Extra = Annotated[
    Path | None, Parameter(help="A folder of reference data that adds to the shipped one.", show_default=False)
]
On = Annotated[
    tuple[Path, ...],
    _optional("A release, YAML profiles or RDF files; repeat --on for each. Default: the project's profiles."),
]
Values = Annotated[
    tuple[str, ...],
    _optional("A parameter of an example query, such as level=4; repeat -p for each.", "-p", "--parameter"),
]
FindingFormat = Annotated[Literal["text", "json", "sarif", "github"], Parameter(help="The format of the findings.")]
ResultFormat = Annotated[str, _optional("table, json, csv, tsv, xml, turtle, ntriples, nquads, trig, jsonld, rdfxml.")]
Day = Annotated[datetime.date | None, Parameter(help="The date of the release, such as 2026-11-22.")]


@app.command
def check(
    *paths: Annotated[Path, Parameter(help="YAML profiles, folders of them, sets of links, RDF files, or a release.")],
    format: FindingFormat = "text",  # noqa: A002 - the flag's name
    shapes: Annotated[
        Path | None, Parameter(help="A folder of SHACL shapes to use instead of the shipped ones.")
    ] = None,
    documents: Annotated[Path | None, Parameter(help="A folder of documents to compare the profiles with.")] = None,
    base: Base = None,
    reference: Extra = None,
) -> None:
    """Check profiles, sets of links or RDF against the model and the rules, and list the findings as file:line:column.

    Without a path, it checks the project's profiles: data/profiles in this folder, else the shipped ones.

    Example: tlevel-rdf check data/profiles --format github
    """
    from tlevel_rdf.dataset.checking import check_paths
    from tlevel_rdf.validation.shapes import read_shapes, shipped_shapes

    settings = _settings(base=base, reference=reference)
    findings = check_paths(paths, read_shapes(shapes) if shapes else shipped_shapes(), settings)
    if documents:
        from tlevel_rdf.documents.comparison import compare_documents
        from tlevel_rdf.profiles.loading import data_folder, read_profiles

        profiles = read_profiles(paths or [data_folder("profiles")])
        findings = sort_findings([*findings, *compare_documents(profiles.loaded, documents)])
    _finish(findings, format)


@app.command
def build(
    *paths: Annotated[Path, Parameter(help="YAML profiles and folders of them.")],
    out: Annotated[Path, Parameter(help="The folder of releases.")] = Path("public"),
    base: Base = None,
    date: Day = None,
    reference: Extra = None,
) -> None:
    """Build a new release, if the profiles have no violations; OUT/current then points to it.

    Without a path, it builds the project's profiles.

    Example: tlevel-rdf build data/profiles --out public --date 2026-11-22
    """
    from tlevel_rdf.release.build import build_paths

    with _stderr.status("Reading") as status:  # only shows on a terminal
        result = build_paths(paths, out, _settings(base=base, date=date, reference=reference), status.update)
    listed = [finding for finding in result.findings if finding.severity is not Severity.INFO]
    if listed:
        _stderr.print(render(listed, "text"), markup=False)
    extra = ["--reference", str(reference)] if reference else []
    command = shlex.join(["tlevel-rdf", "check", *map(str, paths), *extra])
    notes = f" (list them with `{command}`)" if len(listed) < len(result.findings) else ""
    _stderr.print(f"{summary(result.findings)}{notes}", markup=False)
    if result.release is None:
        _stderr.print("Nothing was published; the last release is unchanged.", markup=False)
        sys.exit(_status(result.findings))
    print(result.release.folder)


@app.command
def verify(release: Annotated[Path, Parameter(help="A release, or a folder of releases.")]) -> None:
    """Check a release: its checksums, the agreement of its dumps, its counts, its store and the rules.

    Example: tlevel-rdf verify public
    """
    from tlevel_rdf.release.verify import verify_release

    findings = verify_release(release)
    _finish([finding for finding in findings if finding.severity is not Severity.INFO], "text")


@app.command
def query(
    query: Annotated[str, Parameter(help="SPARQL, a file ending in .rq, or the name of an example query.")],
    *,
    p: Values = (),
    on: On = (),
    format: ResultFormat = "",  # noqa: A002 - the flag's name
    reference: Extra = None,
) -> None:
    """Run a query, or one of the example queries.

    The result is a table on a terminal and CSV elsewhere, or Turtle if it is a graph.

    Example: tlevel-rdf query options-after-specialism -p specialism="Optical Care Services"
    """
    from tlevel_rdf.dataset.opening import open_dataset
    from tlevel_rdf.dataset.querying import (
        default_values,
        query_text,
        readable_table,
        resolved_text,
        returns_graph,
        run_query,
        unknown_terms_of,
    )

    values = _parameters(p)
    query_text(query, values)  # a fault shows before the data is opened
    for name, value in default_values(query, values).items():
        _stderr.print(f"{name} is {value}; use -p {name}=… for another", markup=False)
    store = open_dataset(on, _settings(reference=reference)).store
    text, unknown = resolved_text(store, query, values)
    for one in unknown:
        _stderr.print(f"{one.parameter}: {one}", markup=False)
    for iri in unknown_terms_of(store, query, text):
        _stderr.print(f"the data has no property or class <{iri}>; check its spelling and its prefix", markup=False)
    if format == "table" or (not format and sys.stdout.isatty() and not returns_graph(text)):
        _print_table(readable_table(store, text))
    else:
        sys.stdout.buffer.write(run_query(store, text, format))


@app.command
def get(
    path: Annotated[str, Parameter(help="A path of the site, such as /id/t-level/healthcare-science.")],
    *,
    accept: Annotated[str, _optional("The media type to ask for.")] = "",
    on: On = (),
    base: Base = None,
    reference: Extra = None,
) -> None:
    """Print the site's answer for a path, without a server. It follows redirects.

    Example: tlevel-rdf get /id/t-level/healthcare-science --accept text/turtle
    """
    from tlevel_rdf.dataset.opening import open_dataset

    with requires_extra("server", "tlevel-rdf get"):
        from tlevel_rdf.web.client import fetch
        from tlevel_rdf.web.data.site import site_of

    settings = _settings(base=base, reference=reference)
    response = fetch(site_of(open_dataset(on, settings), settings), path, accept)
    sys.stdout.buffer.write(response.body)
    if response.status >= 400:
        _stderr.print(f"The answer has status {response.status}.", markup=False)
        sys.exit(1)


@app.command
def serve(  # noqa: PLR0913 - a flag each
    *paths: Annotated[Path, Parameter(help="A release, YAML profiles or RDF files.")],
    host: Annotated[str | None, Parameter(help="The address to listen on.")] = None,
    port: Annotated[int | None, Parameter(help="The port to listen on; 0 takes a free one.")] = None,
    base: Base = None,
    workers: Annotated[int | None, Parameter(help="Worker processes. Default: one for each core, at least 2.")] = None,
    timeout: Annotated[float | None, Parameter(help="Seconds that a request may take. Default: 10.")] = None,
    reference: Extra = None,
) -> None:
    """Serve data as a website with SPARQL. Without a path, it serves the project's profiles.

    Example: tlevel-rdf serve public --port 8000
    """
    with requires_extra("server", "tlevel-rdf serve"):
        from tlevel_rdf.server.lifecycle import serve as listen
        from tlevel_rdf.server.live_site import open_site

    settings = _settings(base=base, host=host, port=port, workers=workers, timeout=timeout, reference=reference)
    site, newer = open_site(paths, settings)
    listen(site, lambda address: _stderr.print(f"Serving at {address}", markup=False), newer)


@app.command
def new(title: Annotated[str, Parameter(help="The name of the T Level, without the words 'T Level in'.")]) -> None:
    """Print an empty profile with comments to fill in.

    Example: tlevel-rdf new "Healthcare Science" > healthcare-science.yaml
    """
    from tlevel_rdf.profiles.template import profile_template

    print(profile_template(title), end="")


@app.command(name="import")
def import_(
    *sources: Annotated[
        Path,
        Parameter(
            help="Text, Markdown, HTML, DOCX or PDF documents, folders of them, or - for standard input.",
            allow_leading_hyphen=True,
        ),
    ],
    out: Annotated[Path, Parameter(help="The folder for the YAML files.")] = Path("profiles"),
    strict: Annotated[bool, _optional("Exit with status 1 if there is a warning.")] = False,
    update: Annotated[bool, _optional("Merge what a document adds or changes into files that exist.")] = False,
) -> None:
    """Read published documents, and write a YAML profile of each T Level in them for a person to review.

    It prints the names of the files that it writes. It lists each sentence that it does not understand as
    file:line:column, and keeps it under `notes` in the profile. It does not change files that exist, but lists how
    their documents differ.

    Example: tlevel-rdf import finance.docx --out my-profiles
    """
    gc.set_threshold(1_000_000)  # an import keeps its objects until the end, so collecting garbage only costs time
    from tlevel_rdf.documents.importer import import_documents

    result = import_documents(sources, out, update=update)
    for path in result.written:
        print(path)
    if text := render(result.findings, "text"):
        print(text, file=sys.stderr)  # rich would take long for thousands of findings
    _stderr.print(summary(result.findings), markup=False)
    gc.freeze()  # the same at the exit
    doubtful = any(finding.severity is not Severity.INFO for finding in result.findings)
    sys.exit(_status(result.findings) or int(strict and doubtful))


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
    dry_run: Annotated[bool, _optional("Print the summary, and write nothing.")] = False,
    accept: Annotated[str, _optional("The reason for accepting an unusual number of changes, which is recorded.")] = "",
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
        _stderr.print(text, markup=False)
    if result.findings:
        _stderr.print(summary(result.findings), markup=False)
    for doubt in () if violations(result.findings) else result.doubts:
        _stderr.print(doubt, markup=False)
    if result.is_written:
        _stderr.print(f"The tables in {reference} are up to date.", markup=False)
        return
    _stderr.print("Nothing was written.", markup=False)
    if result.doubts and not accept and not violations(result.findings):
        _stderr.print(
            "    hint: check the summary; if it is right, run again with --accept and the reason", markup=False
        )
        sys.exit(1)
    sys.exit(_status(result.findings))


def main() -> NoReturn:
    """Run the command that the process was started with, and end it."""
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        try:
            app(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader has closed the pipe
        _drop_output()
    except TlevelError as error:
        if debug:
            raise
        if isinstance(error, BlockedError):
            _finish(error.findings, "text")
        _stderr.print(f"error {error.code}: {error.message}", markup=False)
        if error.hint:
            _stderr.print(f"    hint: {error.hint}", markup=False)
        sys.exit(2)
    except OSError as error:
        if debug:
            raise
        _drop_output()
        where = f"{error.filename}: " if error.filename else ""
        _stderr.print(f"error: {where}{error.strerror or error}", markup=False)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


def _drop_output() -> None:
    # Otherwise Python reports the error again when it closes standard output.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parameters(given: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for parameter in given:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise SettingError(f"{parameter!r} is not a parameter", hint="write name=value, such as level=4")
        values.setdefault(name, []).append(value)
    return values


def _print_table(result: Result) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(*result.columns, box=box.SIMPLE_HEAD)
    for row in result.rows:
        table.add_row(*(Text(row.get(name, "")) for name in result.columns))
    Console(soft_wrap=not sys.stdout.isatty()).print(table)
    _stderr.print(f"{len(result.rows)} row{'' if len(result.rows) == 1 else 's'}", markup=False)


def _settings(*, reference: Path | None = None, **given: object) -> Settings:
    return read_settings({**given, "reference": None if reference is None else str(reference)})


def _finish(findings: Sequence[Finding], form: Format) -> None:
    if text := render(findings, form):
        print(text)
    _stderr.print(summary(findings), markup=False)
    sys.exit(_status(findings))


def _status(findings: Sequence[Finding]) -> int:
    if any(finding.code in UNREADABLE_CODES for finding in findings):
        return 2
    return 1 if violations(findings) else 0
