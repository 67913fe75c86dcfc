"""Writes the pages of docs/ that follow from the code: `python docs/generate.py`. A test holds them in step."""

from __future__ import annotations

import dataclasses
import inspect
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib.namespace import SH
from rich.console import Console

from tlevel_rdf import cli, limits
from tlevel_rdf.cli import app
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.example_queries import example_queries
from tlevel_rdf.validation.shapes import rule_code, shipped_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parent
#: The commands that take settings.
_SET = ("check", "build", "get", "serve")
COMMANDS = ("import", "new", "check", "build", "verify", "query", "get", "serve")


_COMMANDS_LEAD = """\
Data goes to standard output, everything else to standard error. Exit status 0: fine; 1: violations, or a difference;
2: misuse, or input that cannot be read. `--debug` shows the traceback of an error."""
_SETTINGS_LEAD = """\
A value comes from the command line, else from the environment, else from `tlevel-rdf.toml` in the current folder, by
the setting's name, else it is the default."""
_LIMITS_LEAD = """\
These limits are constants of [limits.py](../src/tlevel_rdf/limits.py). Those of a query are the largest values that the
settings of the same name can have."""
_SECTION = re.compile(r"^# (.+)$", re.MULTILINE)
_LIMIT = re.compile(r"((?:^#: .*\n)+)([A-Z_]+): Final =", re.MULTILINE)
#: What `Settings` works out.
_COMPUTED = {"workers": "the number of cores, at least 2"}
_QUESTIONS_LEAD = """\
Each runs by its name, such as `tlevel-rdf query options-after-specialism -p specialism="Optical Care Services"`."""
_RULES_LEAD = """\
A violation stops a release; warnings and infos are published with it, in its report. A rule of several parts has
several lines. The rules themselves are SHACL, in [shapes/](../shapes/)."""


def commands() -> str:
    """The commands with their help."""
    parts = ["# Commands", _COMMANDS_LEAD, "What can be set besides is in [Settings and limits](settings.md)."]
    for name in COMMANDS:
        output = io.StringIO()
        app.help_print([name], console=Console(file=output, width=100, color_system=None))
        text = "\n".join(line.rstrip() for line in output.getvalue().strip().splitlines())
        parts += [f"## {name}", f"```text\n{text}\n```"]
    return "\n\n".join(parts) + "\n"


def all_settings() -> str:
    """The settings and the fixed limits, with their values."""
    parts = [
        "# Settings and limits",
        _SETTINGS_LEAD,
        "| Setting | On the command line | In the environment | Default | From | To | What it is |\n"
        "|---|---|---|---|---:|---:|---|\n" + "\n".join(map(_setting, dataclasses.fields(Settings))),
        "## Fixed limits",
        _LIMITS_LEAD,
        *_all_limits(),
    ]
    return "\n\n".join(parts) + "\n"


def _setting(field: dataclasses.Field[object]) -> str:
    flags = ", ".join(f"`{command} --{field.name}`" for command in _SET if field.name in _parameters(command))
    default = _COMPUTED.get(field.name) or ("" if field.default in {None, ""} else f"`{field.default}`")
    minimum, maximum = (
        (f"{end:,}" for end in field.metadata.get("range", ())) if "range" in field.metadata else ("", "")
    )
    variable = f"`TLEVEL_RDF_{field.name.upper()}`"
    return f"| `{field.name}` | {flags} | {variable} | {default} | {minimum} | {maximum} | {field.metadata['help']} |"


def _parameters(command: str) -> set[str]:
    return set(inspect.signature(getattr(cli, command)).parameters)


def _all_limits() -> Iterator[str]:
    """Yield a heading and a table for each section of limits.py that has constants."""
    source = Path(limits.__file__).read_text(encoding="utf-8")
    _, *parts = _SECTION.split(source)
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        rows = [
            f"| `{name}` | {getattr(limits, name):,} | {' '.join(comment.replace('#:', '').split())} |"
            for comment, name in _LIMIT.findall(text)
        ]
        if rows:
            yield f"### {title}"
            yield "| Limit | Value | What it bounds |\n|---|---:|---|\n" + "\n".join(rows)


def questions() -> str:
    """The example queries with their questions and parameters."""
    lines = [
        "# Twenty questions",
        "",
        _QUESTIONS_LEAD,
        "",
        "| Question | For | Query | Parameters |",
        "|---|---|---|---|",
    ]
    for name, example in sorted(example_queries().items(), key=lambda pair: (pair[1].persona, pair[0])):
        parameters = "; ".join(f"`{p.name}`: {p.description}" for p in example.parameters)
        lines.append(f"| {example.title} | {example.persona} | [{name}]({name}.rq) | {parameters} |")
    return "\n".join(lines) + "\n"


def rules() -> str:
    """The rules with their severities."""
    shapes = shipped_shapes().graph
    rows = sorted(
        (rule_code(str(shape)), str(shapes.value(shape, SH.severity)).removeprefix(str(SH)), str(text))
        for shape, text in shapes.subject_objects(SH.description)
    )
    return "\n".join(
        [
            "# The rules",
            "",
            _RULES_LEAD,
            "",
            "| Rule | Severity | What it says |",
            "|---|---|---|",
            *(f"| {code} | {severity} | {text} |" for code, severity, text in rows),
            "",
        ]
    )


PAGES = {
    DOCS / "rules.md": rules,
    DOCS / "commands.md": commands,
    DOCS / "settings.md": all_settings,
    DOCS.parent / "queries" / "README.md": questions,
}

if __name__ == "__main__":
    for file, render in PAGES.items():
        file.write_text(render(), encoding="utf-8")
