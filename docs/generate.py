"""Writes the pages of docs/ that follow from the code: `python docs/generate.py`. A test holds them in step."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import io
from pathlib import Path

from rdflib.namespace import SH
from rich.console import Console

from tlevel_rdf import cli, settings
from tlevel_rdf.cli import app
from tlevel_rdf.settings import _NUMBERS, Settings
from tlevel_rdf.store.example_queries import examples
from tlevel_rdf.validation.shapes import rule_code, shipped_shapes

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
Limits on what is read and asked. They are constants of [settings.py](../src/tlevel_rdf/settings.py), and the numbers
beside them there say what was measured. Those of a query are the most that the settings of their names can be."""
_SERVER_LEAD = """\
Limits of the server, that are no settings either."""
#: What `Settings` works out.
_COMPUTED = {"workers": "the number of cores, at least 2"}
#: Fixed limits of the server, with their modules and what they mean.
_OF_THE_SERVER = (
    ("server/serving", "_SECONDS_BETWEEN_LOOKS", "Seconds between looks for a newer release."),
    ("server/serving", "_SECONDS_TO_END", "Seconds that requests under way may go on after SIGTERM."),
    ("server/connections", "_SECONDS_FOR_THE_LAST", "Seconds in which a request may still come after SIGTERM."),
    ("server/connections", "_SECONDS_AFTER_THE_END", "Seconds that a client may wait which sends no more."),
    ("server/serving", "_SECONDS_TO_CLOSE", "Seconds more for telling them that they were ended."),
    ("server/connections", "_SECONDS_FOR_A_REQUEST", "Seconds that a client may take to send a request."),
    ("server/connections", "_MOST_TARGET_BYTES", "Bytes of a request's target; a longer one is told 414."),
    ("server/connections", "_MOST_HEAD_BYTES", "Bytes of a request's head, in about; a longer one is told 431."),
    ("server/lanes", "_FAST_SECONDS", "Seconds of processor time after which a request moves to the slow lane."),
    ("server/lanes", "_MOST_WAITING", "Requests that may wait for the fast lane."),
    ("server/lanes", "_MOST_REMEMBERED", "Slow requests that are remembered, and begin in the slow lane."),
    ("server/lanes", "_FAST", "Workers of the fast lane for each of the slow one."),
    ("server/lane", "_AT_A_WORKER", "Requests that a worker of the fast lane has at once, while none runs away."),
    ("server/lanes", "_SPARES", "Spare workers for each of the slow lane."),
    ("server/app", "_MOST_UNSENT", "Answers of the longest kind that may be on their way; one more is told 503."),
    ("server/connections", "_SECONDS_WITHOUT_READING", "Seconds in which a client must take some of its answer."),
    ("server/crew", "_SECONDS_TO_START", "Seconds that a worker may take to be ready."),
    ("web/coding", "LONGEST_FILE", "Bytes of a file that is compressed on the way; a longer one is sent as it is."),
)
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
        "## Limits on input and queries",
        _LIMITS_LEAD,
        "| Limit | Value |\n|---|---:|\n"
        + "\n".join(f"| `{name}` | {value:,} |" for name, value in vars(settings).items() if name.startswith("MAX_")),
        "## Limits of the server",
        _SERVER_LEAD,
        "| What it is | Value | Where |\n|---|---:|---|\n"
        + "\n".join(
            f"| {told} | {_value(module, name):,} | [{module}.py](../src/tlevel_rdf/{module}.py) |"
            for module, name, told in _OF_THE_SERVER
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _setting(field: dataclasses.Field[object]) -> str:
    flags = ", ".join(f"`{command} --{field.name}`" for command in _SET if field.name in _parameters(command))
    default = _COMPUTED.get(field.name) or ("" if field.default in {None, ""} else f"`{field.default}`")
    least, most = (f"{end:,}" for end in _NUMBERS[field.name]) if field.name in _NUMBERS else ("", "")
    variable = f"`TLEVEL_RDF_{field.name.upper()}`"
    return f"| `{field.name}` | {flags} | {variable} | {default} | {least} | {most} | {field.metadata['help']} |"


def _parameters(command: str) -> set[str]:
    return set(inspect.signature(getattr(cli, command)).parameters)


def _value(module: str, name: str) -> float:
    value: float = getattr(importlib.import_module(f"tlevel_rdf.{module.replace('/', '.')}"), name)
    return value


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


PAGES = {
    DOCS / "rules.md": rules,
    DOCS / "commands.md": commands,
    DOCS / "settings.md": all_settings,
    DOCS.parent / "queries" / "README.md": questions,
}

if __name__ == "__main__":
    for file, render in PAGES.items():
        file.write_text(render(), encoding="utf-8")
