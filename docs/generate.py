"""Write the pages of docs/ that follow from the code: `python docs/generate.py`. A test compares them."""

from __future__ import annotations

import dataclasses
import inspect
import io
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib.namespace import SH
from rich.console import Console

import tlevel_rdf
from tlevel_rdf import cli, errors, limits
from tlevel_rdf.changes import limits as change_limits
from tlevel_rdf.cli import app
from tlevel_rdf.documents.readers import limits as reader_limits
from tlevel_rdf.server.memory import (
    max_bytes,
    max_bytes_with_two_releases,
    max_connection_bytes,
    max_server_bytes,
)
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.validation.shapes import rule_code, shipped_shapes
from tlevel_rdf.web import limits as web_limits

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parent
#: The commands with flags for settings.
_COMMANDS_WITH_SETTINGS = ("check", "build", "query", "get", "serve")
COMMANDS = (
    *("import", "new", "check", "build", "verify", "diff", "what-if", "query", "get", "serve", "load", "export"),
    *("releases prune", "reference update"),
)

_COMMANDS_LEAD = """\
Data goes to standard output, everything else to standard error. Exit status 0: success; 1: violations, or a
difference that `verify` finds; 2: misuse, or input that cannot be read. `--debug` shows the traceback of an error.

More can be set in the environment or a file: see [Settings and limits](settings.md)."""
_SETTINGS_LEAD = """\
A value comes from the command line, else from the environment, else from `tlevel-rdf.toml` in the current folder (by
the name of the setting), else it is the default."""
_LIMITS_LEAD = """\
These limits are constants in [limits.py](../src/tlevel_rdf/limits.py) and, for DOCX and PDF documents, in
[documents/readers/limits.py](../src/tlevel_rdf/documents/readers/limits.py). Those of a query are the largest values of
the settings of the same name."""
_MEMORY_LEAD = """\
The most memory that a server can take, in bytes, without the kernel's own buffers for connections and files; the last
column is for the moment in which a newer release is taken up. It is computed in
[server/memory.py](../src/tlevel_rdf/server/memory.py): a fixed part for the server and for the process that forks
workers, `cache`, `buffers`, 65,536 bytes for each of `connections`, twice `answer_bytes` for each busy worker, and
`memory` for each of six times `workers` processes. `make soak` holds a server to it. Of `buffers`, one connection holds
at most {connection:,} bytes with the default settings: a request, a part of those after it, and an answer not yet
read."""
_SECTION = re.compile(r"^# (.+)$", re.MULTILINE)
_LIMIT = re.compile(r"((?:^#: .*\n)+)([A-Z_]+): Final =", re.MULTILINE)
#: Defaults that depend on the machine.
_COMPUTED = {"workers": "the number of cores, at least 2"}
_QUERIES_LEAD = """\
Run one by its name, such as `tlevel-rdf query options-after-specialism -p specialism="Optical Care Services"`."""
_RULES_LEAD = """\
A violation stops a release. Warnings and notes (severity Info) do not; the report of the release has them. A rule with
several parts has several rows. The rules themselves are SHACL, in [shapes/](../shapes/)."""
_PYTHON_LEAD = """\
`pip install tlevel-rdf` installs the package `tlevel_rdf`, which exports all names on this page. It has type hints.
`StrPath` stands for `str | os.PathLike[str]`. The settings that functions take by name are in
[Settings and limits](../settings.md). The examples are tested."""
_DOC_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises):\n((?:(?: +.*)?\n)+)", re.MULTILINE)
_DOC_ENTRY = re.compile(r"(?m)^([\w, ]+): ")


def commands() -> str:
    """Return the page of the commands with their help."""
    parts = ["# Commands", _COMMANDS_LEAD]
    for name in COMMANDS:
        output = io.StringIO()
        app.help_print(name.split(), console=Console(file=output, width=100, color_system=None))
        text = "\n".join(line.rstrip() for line in output.getvalue().strip().splitlines())
        parts += [f"## {name}", f"```text\n{text}\n```"]
    return "\n\n".join(parts) + "\n"


def all_settings() -> str:
    """Return the page of the settings and the fixed limits with their values."""
    parts = [
        "# Settings and limits",
        _SETTINGS_LEAD,
        "| Setting | On the command line | In the environment | Default | From | To | Meaning |\n"
        "|---|---|---|---|---:|---:|---|\n" + "\n".join(map(_setting, dataclasses.fields(Settings))),
        "## Fixed limits",
        _LIMITS_LEAD,
        *_all_limits(),
        "## The most memory",
        _MEMORY_LEAD.format(connection=max_connection_bytes(Settings())),
        _memory(),
    ]
    return "\n\n".join(parts) + "\n"


def _memory() -> str:
    """Return the table of the most memory for some settings."""
    rows = ["| `workers` | `memory` | Server | All processes | Two releases |", "|---:|---:|---:|---:|---:|"]
    for given in (Settings(workers=2), Settings(workers=2, memory=500_000_000), Settings(workers=8)):
        sizes = (max_server_bytes(given), max_bytes(given), max_bytes_with_two_releases(given))
        rows.append(f"| {given.workers} | {given.memory:,} | {' | '.join(f'{size:,}' for size in sizes)} |")
    return "\n".join(rows)


def _setting(field: dataclasses.Field[object]) -> str:
    commands = [name for name in _COMMANDS_WITH_SETTINGS if field.name in _parameters(name)]
    flags = ", ".join(f"`{command} --{field.name}`" for command in commands)
    default = _COMPUTED.get(field.name) or ("" if field.default in {None, ""} else f"`{field.default}`")
    minimum, maximum = (f"{end:,}" for end in field.metadata["range"]) if "range" in field.metadata else ("", "")
    variable = f"`TLEVEL_RDF_{field.name.upper()}`"
    return f"| `{field.name}` | {flags} | {variable} | {default} | {minimum} | {maximum} | {field.metadata['help']} |"


def _parameters(command: str) -> set[str]:
    return set(inspect.signature(getattr(cli, command)).parameters)


def _all_limits() -> Iterator[str]:
    """Yield a heading and a table for each section of the modules of limits that has constants."""
    for module in (limits, reader_limits, change_limits, web_limits):
        source = Path(module.__file__).read_text(encoding="utf-8")
        _, *parts = _SECTION.split(source)
        for title, text in zip(parts[::2], parts[1::2], strict=True):
            rows = [
                f"| `{name}` | {getattr(module, name):,} | {' '.join(comment.replace('#:', '').split())} |"
                for comment, name in _LIMIT.findall(text)
            ]
            if rows:
                yield f"### {title}"
                yield "| Limit | Value | What it bounds |\n|---|---:|---|\n" + "\n".join(rows)


def queries() -> str:
    """Return the page of the example queries with their parameters."""
    lines = ["# Example queries", "", _QUERIES_LEAD, "", "| Title | For | Query | Parameters |", "|---|---|---|---|"]
    for name, example in sorted(example_queries().items(), key=lambda pair: (pair[1].persona, pair[0])):
        parameters = "; ".join(f"`{p.name}`: {p.description}" for p in example.parameters)
        lines.append(f"| {example.title} | {example.persona} | [{name}]({name}.rq) | {parameters} |")
    return "\n".join(lines) + "\n"


def rules() -> str:
    """Return the page of the rules with their severities."""
    shapes = shipped_shapes().graph
    rows = sorted(
        (rule_code(str(shape)), str(shapes.value(shape, SH.severity)).removeprefix(str(SH)), str(text))
        for shape, text in shapes.subject_objects(SH.description)
    )
    table = [f"| {code} | {severity} | {text} |" for code, severity, text in rows]
    return "\n".join(["# The rules", "", _RULES_LEAD, "", "| Rule | Severity | Text |", "|---|---|---|", *table, ""])


def python_api() -> str:
    """Return the page of the public API, from its docstrings."""
    exported = {name: getattr(tlevel_rdf, name) for name in tlevel_rdf.__all__ if name != "__version__"}
    functions = {name: value for name, value in exported.items() if inspect.isfunction(value)}
    types = {name: value for name, value in exported.items() if inspect.isclass(value) and "Error" not in name}
    tree, _, rest = textwrap.dedent((errors.__doc__ or "").partition("\n")[2]).strip("\n").partition("\n\n")
    by_use = sorted(functions, key=lambda name: functions[name].__code__.co_firstlineno)
    parts = [
        "# Python API",
        _PYTHON_LEAD,
        *_document(tlevel_rdf),
        "## Functions",
        *(part for name in by_use for part in _function(name, functions[name])),
        "## Types",
        *(part for name, value in types.items() for part in (f"### {name}", *_document(value))),
        "## Errors",
        f"```text\n{textwrap.dedent(tree)}\n```",
        " ".join(rest.split()),
    ]
    return "\n\n".join(parts) + "\n"


def _function(name: str, function: object) -> Iterator[str]:
    signature = re.sub(r"(: |-> )'([^']+)'", r"\1\2", str(inspect.signature(function)))  # type: ignore[arg-type]  # it is a function
    yield f"### {name}"
    yield f"```python\n{name}{signature}\n```"
    yield from _document(function)


def _document(documented: object) -> Iterator[str]:
    """Yield the parts of a docstring in the style of Google as Markdown."""
    text, example, code = f"{inspect.getdoc(documented)}\n".partition(">>> ")
    description, *sections = _DOC_SECTION.split(text)
    yield from (_paragraph(part) for part in description.strip().split("\n\n"))
    for title, body in zip(sections[::3], sections[1::3], strict=True):
        entries = _DOC_ENTRY.split(textwrap.dedent(body).strip())
        if len(entries) == 1:
            yield f"{title}: {_paragraph(body)}"
        else:
            rows = zip(entries[1::2], entries[2::2], strict=True)
            yield f"{title.replace('Args', 'Arguments')}:\n\n" + "\n".join(
                f"- `{name}`: {_paragraph(entry)}" for name, entry in rows
            )
    if example:
        example, _, after = f"{example}{code}".partition("\n\n")
        yield f"```python\n{example.strip()}\n```"
        if after.strip():
            yield _paragraph(after)


def _paragraph(text: str) -> str:
    return " ".join(text.split())


PAGES = {
    DOCS / "rules.md": rules,
    DOCS / "commands.md": commands,
    DOCS / "settings.md": all_settings,
    DOCS / "reference" / "python.md": python_api,
    DOCS.parent / "queries" / "README.md": queries,
}

if __name__ == "__main__":
    for file, render in PAGES.items():
        file.write_text(render(), encoding="utf-8")
