"""Writes the pages of docs/ that follow from the code: `python docs/generate.py`. A test holds them in step."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

from rdflib.namespace import SH
from rich.console import Console

from tlevel_rdf.cli import app
from tlevel_rdf.settings import Settings
from tlevel_rdf.store.examples import examples
from tlevel_rdf.validation.shapes import rule_code, shipped_shapes

DOCS = Path(__file__).parent
COMMANDS = ("import", "new", "check", "build", "verify", "query", "get", "serve")


_COMMANDS_LEAD = """\
Data goes to standard output, everything else to standard error. Exit status 0: fine; 1: violations, or a difference;
2: misuse, or input that cannot be read. `--debug` shows the traceback of an error."""
_SETTINGS_LEAD = """\
A value comes from the command line, else from the environment (`TLEVEL_RDF_` and the name in capitals), else from
`tlevel-rdf.toml` in the current folder, else it is the default."""
_QUESTIONS_LEAD = """\
Each runs by its name, such as `tlevel-rdf query options-after-specialism -p specialism="Optical Care Services"`."""
_RULES_LEAD = """\
A violation stops a release; warnings and infos are published with it, in its report. A rule of several parts has
several lines. The rules themselves are SHACL, in [shapes/](../shapes/)."""


def commands() -> str:
    """The commands with their help, and the settings."""
    parts = [
        "# Commands and settings",
        _COMMANDS_LEAD,
    ]
    for name in COMMANDS:
        output = io.StringIO()
        app.help_print([name], console=Console(file=output, width=100, color_system=None))
        text = "\n".join(line.rstrip() for line in output.getvalue().strip().splitlines())
        parts += [f"## {name}", f"```text\n{text}\n```"]
    parts += [
        "## Settings",
        _SETTINGS_LEAD,
        "| Setting | Default | What it is |\n|---|---|---|\n"
        + "\n".join(
            f"| `{field.name}` | {'' if field.default is None else f'`{field.default}`'} | {field.metadata['help']} |"
            for field in dataclasses.fields(Settings)
        ),
    ]
    return "\n\n".join(parts) + "\n"


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
    for name, example in sorted(examples().items(), key=lambda pair: (pair[1].persona, pair[0])):
        parameters = "; ".join(f"`{p.name}`: {p.description}" for p in example.parameters)
        lines.append(f"| {example.question} | {example.persona} | [{name}]({name}.rq) | {parameters} |")
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


PAGES = {DOCS / "rules.md": rules, DOCS / "commands.md": commands, DOCS.parent / "queries" / "README.md": questions}

if __name__ == "__main__":
    for file, render in PAGES.items():
        file.write_text(render(), encoding="utf-8")
