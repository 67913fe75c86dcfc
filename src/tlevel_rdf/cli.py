"""The command line: one short function per command, and no logic.

Data goes to standard output, everything else to standard error. Exit 0: fine; 1: violations, or a difference;
2: misuse, or input that cannot be read. Heavy modules are imported where they are used, so that `--help` is quick.
"""

from __future__ import annotations

import datetime
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

from cyclopts import App, Parameter
from rich.console import Console

import tlevel_rdf
from tlevel_rdf.codes import UNREADABLE_CODES
from tlevel_rdf.errors import SettingError, TlevelError
from tlevel_rdf.findings import BlockedError, Severity, render, summary, violations
from tlevel_rdf.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tlevel_rdf.dataset.querying import Table as Result
    from tlevel_rdf.findings import Finding, Format

app = App(
    name="tlevel-rdf",
    version=lambda: tlevel_rdf.__version__,
    help="Publishes T Level progression profiles as linked data: YAML in, a checked release of RDF out.",
    help_format="plaintext",
)
_stderr = Console(stderr=True, highlight=False, soft_wrap=True)

Paths = Annotated[tuple[Path, ...], Parameter(negative=(), show_default=False)]
Base = Annotated[str | None, Parameter(help="The IRI under which things are identified.")]
_ON = "A release, or YAML or RDF files, each after an --on of its own; default the project's data."
Day = Annotated[datetime.date | None, Parameter(help="The release's date, such as 2026-11-22.")]


@app.command
def check(
    *paths: Annotated[Path, Parameter(help="YAML profiles, folders of them, RDF files, or a release.")],
    format: Annotated[Literal["text", "json", "sarif", "github"], Parameter(help="How findings are written.")] = "text",  # noqa: A002 - the flag's name
    shapes: Annotated[Path | None, Parameter(help="A folder of SHACL shapes to use instead of the package's.")] = None,
    base: Base = None,
) -> None:
    """Check profiles or RDF against the model and the rules, and list what is found with its place.

    With no path, the project's own data is checked: data/ in this folder, else the data that ships.

    Example: tlevel-rdf check data/profiles --format github
    """
    from tlevel_rdf.dataset.checking import check_paths
    from tlevel_rdf.validation.shapes import read_shapes, shipped_shapes

    findings = check_paths(paths, read_shapes(shapes) if shapes else shipped_shapes(), _settings(base=base))
    _finish(findings, format)


@app.command
def build(
    *paths: Annotated[Path, Parameter(help="YAML profiles and folders of them.")],
    out: Annotated[Path, Parameter(help="The folder of releases.")] = Path("public"),
    base: Base = None,
    date: Day = None,
) -> None:
    """Make a new release, if the gate lets it through; OUT/current then points at it.

    With no path, the project's own data is built.

    Example: tlevel-rdf build data/profiles --out public --date 2026-11-22
    """
    from tlevel_rdf.release.build import build_paths

    with _stderr.status("Reading") as status:  # shown on a terminal only
        outcome = build_paths(paths, out, _settings(base=base, date=date), status.update)
    shown = [finding for finding in outcome.findings if finding.severity is not Severity.INFO]
    if shown:
        _stderr.print(render(shown, "text"), markup=False)
    _stderr.print(summary(outcome.findings), markup=False)
    if outcome.release is None:
        _stderr.print("Nothing was published; the last release stays as it is.", markup=False)
        sys.exit(_status(outcome.findings))
    print(outcome.release.folder)


@app.command
def verify(release: Annotated[Path, Parameter(help="A release, or a folder of releases.")]) -> None:
    """Check a release: its checksums, that all dumps say the same, its counts, its store, and the rules.

    Example: tlevel-rdf verify public
    """
    from tlevel_rdf.release.verify import verify_release

    findings = verify_release(release)
    _finish([finding for finding in findings if finding.severity is not Severity.INFO], "text")


@app.command
def query(
    query: Annotated[str, Parameter(help="SPARQL, a file ending in .rq, or the name of an example query.")],
    *,
    p: Annotated[tuple[str, ...], Parameter(name=["-p", "--parameter"], help="A parameter, such as level=4.")] = (),
    on: Annotated[tuple[Path, ...], Parameter(help=_ON)] = (),
    format: Annotated[str, Parameter(help="table, json, csv, tsv, xml, turtle, ntriples, jsonld or rdfxml.")] = "",  # noqa: A002 - the flag's name
) -> None:
    """Run a query, or one of the example queries. A table on a terminal, CSV or Turtle into a pipe.

    Example: tlevel-rdf query options-after-specialism -p specialism="Optical Care Services"
    """
    from tlevel_rdf.dataset.opening import open_dataset
    from tlevel_rdf.dataset.querying import default_values, query_text, read_table, run_query

    values = _parameters(p)
    text = query_text(query, values)
    for name, value in default_values(query, values).items():
        _stderr.print(f"{name} is {value}; ask for another with -p {name}=…", markup=False)
    store = open_dataset(on, _settings()).store
    if format == "table" or (not format and sys.stdout.isatty()):
        _print_table(read_table(store, text))
    else:
        sys.stdout.buffer.write(run_query(store, text, format))


@app.command
def get(
    path: Annotated[str, Parameter(help="A path of the site, such as /id/t-level/healthcare-science.")],
    *,
    accept: Annotated[str, Parameter(help="The media type that is asked for.")] = "",
    on: Annotated[tuple[Path, ...], Parameter(help=_ON)] = (),
    base: Base = None,
) -> None:
    """Print what the site answers for a path, without a server; redirects are followed.

    Example: tlevel-rdf get /id/t-level/healthcare-science --accept text/turtle
    """
    from tlevel_rdf.dataset.opening import open_dataset
    from tlevel_rdf.web.client import fetch
    from tlevel_rdf.web.data.site import site_of

    settings = _settings(base=base)
    response = fetch(site_of(open_dataset(on, settings), settings), path, accept)
    sys.stdout.buffer.write(response.body)
    if response.status >= 400:
        _stderr.print(f"The site answers {response.status}.", markup=False)
        sys.exit(1)


@app.command
def serve(
    *paths: Annotated[Path, Parameter(help="A release, YAML profiles or RDF files.")],
    host: Annotated[str | None, Parameter(help="The address to listen on.")] = None,
    port: Annotated[int | None, Parameter(help="The port to listen on; 0 takes a free one.")] = None,
    base: Base = None,
    workers: Annotated[int | None, Parameter(help="Processes that answer; default one for each core.")] = None,
    timeout: Annotated[float | None, Parameter(help="Seconds that a request may take; default 10.")] = None,
) -> None:
    """Serve data as a site with SPARQL. With no path, the project's own data.

    Example: tlevel-rdf serve public --port 8000
    """
    from tlevel_rdf.dataset.opening import newer_release, open_dataset
    from tlevel_rdf.server.lifecycle import serve as listen
    from tlevel_rdf.web.data.site import Site, site_of

    settings = _settings(base=base, host=host, port=port, workers=workers, timeout=timeout)

    def taken_up(release: str) -> Site | None:
        found = newer_release(paths[0], settings, release)
        return site_of(found.with_counts(), settings) if found else None

    site = site_of(open_dataset(paths, settings).with_counts(), settings)
    listen(
        site,
        lambda address: _stderr.print(f"Serving at {address}", markup=False),
        taken_up if len(paths) == 1 and paths[0].is_dir() else None,
    )


@app.command
def new(title: Annotated[str, Parameter(help="The T Level, without the words 'T Level in'.")]) -> None:
    """Print an empty profile with comments, to be filled in.

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
    strict: Annotated[bool, Parameter(negative=(), help="Exit 1 if anything was not understood.")] = False,
    update: Annotated[
        bool, Parameter(negative=(), help="Take what a document adds or changes into files that are there.")
    ] = False,
) -> None:
    """Read published documents, and write a YAML profile of each T Level in them for a person to review.

    Prints the files written. What was not understood is listed with its place, and kept in the file as a note. A file
    that is there already stays as it is; what its document now says otherwise is listed.

    Example: tlevel-rdf import finance.docx --out my-profiles
    """
    # What an import makes lives until its end, so that looking for rubbish in it again and again is for nothing.
    gc.set_threshold(1_000_000)
    from tlevel_rdf.documents.importer import import_documents

    outcome = import_documents(sources, out, update=update)
    for path in outcome.written:
        print(path)
    if said := render(outcome.findings, "text"):
        print(said, file=sys.stderr)  # laying out thousands of findings with rich takes time
    _stderr.print(summary(outcome.findings), markup=False)
    gc.freeze()  # nor is there any to look for when the process ends
    doubtful = any(finding.severity is not Severity.INFO for finding in outcome.findings)
    sys.exit(_status(outcome.findings) or int(strict and doubtful))


def main() -> NoReturn:
    """Run the command that the process was started with, and end it."""
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        try:
            app(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever read has seen enough
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
    # Python would complain once more when it closes what cannot be written.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parameters(given: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for parameter in given:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise SettingError(f"{parameter!r} is no parameter", hint="write name=value, such as level=4")
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


def _settings(**given: object) -> Settings:
    return read_settings(given)


def _finish(findings: Sequence[Finding], form: Format) -> None:
    if said := render(findings, form):
        print(said)
    _stderr.print(summary(findings), markup=False)
    sys.exit(_status(findings))


def _status(findings: Sequence[Finding]) -> int:
    if any(finding.code in UNREADABLE_CODES for finding in findings):
        return 2
    return 1 if violations(findings) else 0
