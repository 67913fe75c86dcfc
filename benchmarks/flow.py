"""Count the modules that one input passes through, and the calls of the package's functions that it takes.

`python benchmarks/flow.py` prints a table for a profile (YAML to a release), a document (PDF to YAML) and a request.
What other processes do, such as the one that reads a PDF, is not counted.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import tlevel_rdf
from tlevel_rdf import cli

if TYPE_CHECKING:
    from types import FrameType

PACKAGE = str(Path(tlevel_rdf.__file__).parent)
TOP = Path(__file__).parents[1]
PAGE = ("/doc/t-level/healthcare-science", "--accept")


def calls_of(arguments: list[str]) -> Counter[str]:
    """Run a command and count the calls of functions in each module of the package."""
    calls: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(PACKAGE) and not frame.f_code.co_name.startswith("<"):
            calls[name] += 1

    threading.setprofile(count)
    sys.setprofile(count)
    try:
        with suppress(SystemExit), redirect_stdout(TextIOWrapper(BytesIO())), redirect_stderr(StringIO()):
            cli.app(arguments)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return calls


def main() -> None:
    """Run each command twice, so that imports and caches are not counted, and print the table."""
    document = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "a profile, YAML to a release": ["build", str(TOP / "data" / "profiles"), "--out", f"{folder}/N"],
            "a request for a thing in Turtle": ["get", *PAGE, "text/turtle", "--on", f"{folder}/first"],
            "a request for the page of a T Level": ["get", *PAGE, "text/html", "--on", f"{folder}/first"],
        }
        if document:
            commands[f"a document, {document.suffix} to YAML"] = ["import", str(document), "--out", f"{folder}/N"]
        print("| Flow | Modules | Calls |\n|---|---:|---:|")
        for name, command in commands.items():
            calls_of([part.replace("/N", "/first") for part in command])
            calls = calls_of([part.replace("/N", "/second") for part in command])
            print(f"| {name} | {len(calls)} | {sum(calls.values()):,} |")


if __name__ == "__main__":
    main()
