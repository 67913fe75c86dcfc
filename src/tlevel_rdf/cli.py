"""The command line: one short function per command.

Data goes to standard output, everything else to standard error. Exit status 0: success; 1: violations, or a difference;
2: misuse, or input that cannot be read. Heavy modules are imported where they are used, so that `--help` is fast.
"""

from __future__ import annotations

import gc
import os
import shlex
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn
from urllib.parse import urlsplit

from cyclopts import App, Parameter

import tlevel_rdf
from tlevel_rdf.cli_output import (
    Base,
    Day,
    Extra,
    exit_status,
    finish,
    optional,
    print_table,
    refuse_url,
    settings_of,
    stderr,
)
from tlevel_rdf.cli_reference import reference_app
from tlevel_rdf.cli_releases import diff, load, releases_app, verify, what_if
from tlevel_rdf.errors import SettingError, TlevelError, requires_extra
from tlevel_rdf.findings import BlockedError, Severity, render, sort_findings, summary

app = App(
    name="tlevel-rdf",
    version=lambda: tlevel_rdf.__version__,
    help="Publish T Level progression profiles as linked data: from YAML to a checked release of RDF, and a website.",
    help_format="markdown",
    default_parameter=Parameter(validator=refuse_url),
)
app.command(reference_app)
app.command(releases_app)
for _command in (verify, diff, what_if, load):
    app.command(_command)


On = Annotated[
    tuple[str, ...],
    optional(
        "A release, YAML profiles, RDF files or the URL of a SPARQL endpoint; repeat --on for each."
        " Default: the project's profiles."
    ),
]
Values = Annotated[
    tuple[str, ...],
    optional("A parameter of an example query, such as level=4; repeat -p for each.", "-p", "--parameter"),
]
FindingFormat = Annotated[Literal["text", "json", "sarif", "github"], Parameter(help="The format of the findings.")]
ResultFormat = Annotated[str, optional("table, json, csv, tsv, xml, turtle, ntriples, nquads, trig, jsonld, rdfxml.")]


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

    settings = settings_of(base=base, reference=reference)
    findings = check_paths(paths, read_shapes(shapes) if shapes else shipped_shapes(), settings)
    if documents:
        from tlevel_rdf.documents.comparison import compare_documents
        from tlevel_rdf.profiles.loading import data_folder, read_profiles

        profiles = read_profiles(paths or [data_folder("profiles")])
        findings = sort_findings([*findings, *compare_documents(profiles.loaded, documents)])
    finish(findings, format)


@app.command
def build(  # noqa: PLR0913 - each is a flag
    *paths: Annotated[Path, Parameter(help="YAML profiles and folders of them.")],
    out: Annotated[Path, Parameter(help="The folder of releases.")] = Path("public"),
    base: Base = None,
    date: Day = None,
    reference: Extra = None,
    accept: Annotated[str, optional("The reason for losing much of the last release, which is recorded.")] = "",
    sign: Annotated[Path | None, optional("The OpenSSH key that signs the checksums.")] = None,
) -> None:
    """Build a new release, if the profiles have no violations; OUT/current then points to it.

    Without a path, it builds the project's profiles. If the new release would lack much of the last one, it publishes
    nothing, unless you give a reason with --accept.

    Example: tlevel-rdf build data/profiles --out public --date 2026-11-22
    """
    gc.set_threshold(1_000_000)  # a build makes few cycles, so collecting garbage only costs time (5 %)
    from tlevel_rdf.release.build import BuildOptions, build_paths

    with stderr.status("Reading") as status:  # only shows on a terminal
        settings = settings_of(base=base, date=date, reference=reference)
        result = build_paths(paths, out, settings, status.update, BuildOptions(" ".join(accept.split()), sign))
    listed = [finding for finding in result.findings if finding.severity is not Severity.INFO]
    if listed:
        stderr.print(render(listed, "text"), markup=False)
    extra = ["--reference", str(reference)] if reference else []
    command = shlex.join(["tlevel-rdf", "check", *map(str, paths), *extra])
    notes = f" (list them with `{command}`)" if len(listed) < len(result.findings) else ""
    stderr.print(f"{summary(result.findings)}{notes}", markup=False)
    if result.release is None:
        stderr.print("Nothing was published; the last release is unchanged.", markup=False)
        sys.exit(exit_status(result.findings))
    if base and (path := urlsplit(base).path) != "/":
        stderr.print(
            f"The identifiers begin with {base}, so the site must be at the path {path} of that host.", markup=False
        )
        stderr.print(f"    hint: set address to its URL, or use `tlevel-rdf export --base-path {path}`", markup=False)
    print(result.release.folder)


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

    Several releases are loaded together, each into graphs with its id in their IRIs. The query what-changed compares
    two of them.

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
    from tlevel_rdf.dataset.several_releases import find_releases, load_releases, values_of
    from tlevel_rdf.memory_limit import memory_limit

    values = _parameters(p)
    query_text(query, values)  # a fault shows before the data is opened
    releases = find_releases(on)
    values = {**values_of(releases, query), **values}
    for name, value in default_values(query, values).items():
        stderr.print(f"{name} is {value}; use -p {name}=… for another", markup=False)
    settings = settings_of(reference=reference)
    store = load_releases(releases) if releases else open_dataset(on, settings).store
    with memory_limit(settings.memory):
        text, unknown = resolved_text(store, query, values)
        for one in unknown:
            stderr.print(f"{one.parameter}: {one}", markup=False)
        for iri in unknown_terms_of(store, query, text):
            stderr.print(f"the data has no property or class <{iri}>; check its spelling and its prefix", markup=False)
        if format == "table" or (not format and sys.stdout.isatty() and not returns_graph(text)):
            print_table(readable_table(store, text))
        else:
            sys.stdout.buffer.write(run_query(store, text, format))


@app.command
def get(
    path: Annotated[str, Parameter(help="A path of the site, such as /id/t-level/healthcare-science.")],
    *,
    accept: Annotated[str, optional("The media type to ask for.")] = "",
    on: On = (),
    base: Base = None,
    reference: Extra = None,
) -> None:
    """Print the site's answer for a path, without a server. It follows redirects.

    Example: tlevel-rdf get /id/t-level/healthcare-science --accept text/turtle
    """
    from tlevel_rdf.dataset.opening import open_dataset
    from tlevel_rdf.memory_limit import memory_limit

    with requires_extra("server", "tlevel-rdf get"):
        from tlevel_rdf.web.client import fetch
        from tlevel_rdf.web.data.site import site_of

    settings = settings_of(base=base, reference=reference)
    site = site_of(open_dataset(on, settings), settings)
    with memory_limit(settings.memory):
        response = fetch(site, path, accept)
    sys.stdout.buffer.write(response.body)
    if response.status >= 400:
        stderr.print(f"The answer has status {response.status}.", markup=False)
        sys.exit(1)


@app.command
def export(
    release: Annotated[Path, Parameter(help="A release, a folder of releases, YAML profiles or RDF files.")],
    folder: Annotated[Path, Parameter(help="The folder for the site: new, empty, or an earlier export.")],
    *,
    base_path: Annotated[
        str | None, Parameter(help="The path of the site on its host. Default: that of address.")
    ] = None,
    reference: Extra = None,
) -> None:
    """Write the website as files, for a host that runs no server, with rules for nginx, Apache and others.

    Example: tlevel-rdf export public site --base-path /tlevels/
    """
    from tlevel_rdf.dataset.opening import open_dataset

    with requires_extra("server", "tlevel-rdf export"):
        from tlevel_rdf.export.writer import export_site
        from tlevel_rdf.web.data.site import site_of
        from tlevel_rdf.web.http.root_path import read_root_path

    settings = settings_of(reference=reference)
    address_path = urlsplit(settings.address).path
    root_path = read_root_path(address_path if base_path is None else base_path)
    if settings.address and root_path != read_root_path(address_path):
        message = f"the base path {base_path} is not the path of address, which is {settings.address}"
        raise SettingError(message, hint="give one of them only")
    site = site_of(open_dataset([release], settings).with_counts(), settings)
    with stderr.status("Writing"):
        result = export_site(site, folder, root_path)
    for path, number in result.endless.items():
        stderr.print(f"{number:,} links to {path}?… need a server; {path} says what to do without", markup=False)
    for target, status in result.missing.items():
        stderr.print(f"warning: a page links to {target}, which the site does not have ({status})", markup=False)
    stderr.print(f"{result.files:,} files, {result.bytes:,} bytes, {result.redirects:,} redirects", markup=False)
    print(folder)


@app.command
def serve(  # noqa: PLR0913 - a flag each
    *places: Annotated[str, Parameter(help="A release, YAML profiles, RDF files or the URL of a SPARQL endpoint.")],
    host: Annotated[str | None, Parameter(help="The address to listen on.")] = None,
    port: Annotated[int | None, Parameter(help="The port to listen on; 0 takes a free one.")] = None,
    base: Base = None,
    workers: Annotated[int | None, Parameter(help="Worker processes. Default: one for each core, at least 2.")] = None,
    timeout: Annotated[float | None, Parameter(help="Seconds that a request may take. Default: 10.")] = None,
    trust: Annotated[bool, optional("Do not compare the release with its checksums.")] = False,
    reference: Extra = None,
) -> None:
    """Serve data as a website with SPARQL. Without a path, it serves the project's profiles.

    Example: tlevel-rdf serve public --port 8000
    """
    from tlevel_rdf.server.pool.forkserver import started_early

    with requires_extra("server", "tlevel-rdf serve"):
        import uvloop  # noqa: F401 - the process that starts early needs the extra as well
    given = {"base": base, "host": host, "port": port, "workers": workers, "timeout": timeout}
    with started_early():
        from tlevel_rdf.server.lifecycle import serve as listen
        from tlevel_rdf.server.live_site import open_site

        settings = settings_of(**given, check_seconds=0.0 if trust else None, reference=reference)
        site, newer = open_site(places, settings)
        listen(site, lambda address: stderr.print(f"Serving at {address}", markup=False), newer)


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
    strict: Annotated[bool, optional("Exit with status 1 if there is a warning.")] = False,
    update: Annotated[bool, optional("Merge what a document adds or changes into files that exist.")] = False,
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
    stderr.print(summary(result.findings), markup=False)
    gc.freeze()  # the same at the exit
    doubtful = any(finding.severity is not Severity.INFO for finding in result.findings)
    sys.exit(exit_status(result.findings) or int(strict and doubtful))


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
            finish(error.findings, "text")
        stderr.print(f"error {error.code}: {error.message}", markup=False)
        if error.hint:
            stderr.print(f"    hint: {error.hint}", markup=False)
        sys.exit(2)
    except OSError as error:
        if debug:
            raise
        _drop_output()
        where = f"{error.filename}: " if error.filename else ""
        stderr.print(f"error: {where}{error.strerror or error}", markup=False)
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
