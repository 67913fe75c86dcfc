"""Try an installed wheel: every command and every format of document, without extras and with them.

Usage: python -m tests.wheel TLEVEL_RDF [EXTRA...]. A command whose extra is not installed must end with exit status 2
and one line that says what to install; any other must work.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

from tests.documents.writing import save_as

DOCUMENT = """\
T Level in Tax

This T Level has one specialism: Tax.

Work: Adviser.
"""
COMMANDS = ("import", "check", "build", "verify", "query", "get", "serve", "new")
FORMATS = (".txt", ".md", ".html", ".docx", ".pdf")
#: Commands that do not depend on each other, each with the extra that it needs.
INDEPENDENT: list[tuple[list[str], str]] = [
    *(([command, "--help"], "") for command in COMMANDS),
    (["--version"], ""),
    (["new", "Tax"], ""),
    *((["import", f"tax{ending}", "--out", f"profiles{ending}"], "") for ending in FORMATS if ending != ".pdf"),
    (["import", "tax.pdf", "--out", "profiles.pdf"], "documents"),
]
#: The commands to try after them, in order.
ORDERED: list[tuple[list[str], str]] = [
    (["check"], ""),
    (["check", "profiles.docx"], ""),
    (["build", "--out", "releases"], ""),
    (["verify", "releases"], ""),
    (["query", "options-after-specialism", "--on", "releases"], ""),
    (["query", "ASK {}", "--format", "table"], ""),
    (["get", "/id/t-level/healthcare-science", "--accept", "text/html"], "server"),
]


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command without this checkout's modules."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False, env=environment)


def check(program: str, arguments: list[str], extra: str, installed: set[str]) -> None:
    """Require that a command works, or says which extra to install."""
    done = run(program, *arguments)
    output = done.stdout + done.stderr
    assert "Traceback" not in output, output
    if not extra or extra in installed:
        assert done.returncode in {0, 1} if arguments[0] == "check" else done.returncode == 0, (arguments, output)
    else:
        assert done.returncode == 2, (arguments, output)
        assert output.count(f"pip install 'tlevel-rdf[{extra}]'") == 1, (arguments, output)


def check_server(program: str, installed: set[str]) -> None:
    """Require that the server answers, or says which extra to install."""
    if "server" not in installed:
        check(program, ["serve", "--port", "0"], "server", installed)
        return
    with subprocess.Popen([program, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = next(line.split()[-1] for line in server.stderr if line.startswith("Serving at "))
        with urlopen(address) as response:  # noqa: S310 - our own server
            assert response.status == 200
        with urlopen(f"{address}static/query-editor.js") as response:  # noqa: S310 - our own server
            assert b"cm-editor" in response.read(), "assets/build.py did not build the editor"
        with urlopen(f"{address}static/query-engine.wasm.gz") as response:  # noqa: S310 - our own server
            assert response.status == 200
        server.terminate()
    assert server.returncode in {0, -15}


def main(program: str, *extras: str) -> None:
    """Try every command in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for ending in FORMATS:
            Path(f"tax{ending}").write_bytes(save_as(DOCUMENT, ending))
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda one: check(program, one[0], one[1], set(extras)), INDEPENDENT))
        for arguments, extra in ORDERED:
            # An extra changes only the commands that need it.
            if extra or not extras:
                check(program, arguments, extra, set(extras))
        check_server(program, set(extras))


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).absolute()), *sys.argv[2:])
