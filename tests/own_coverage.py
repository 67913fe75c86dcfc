"""Check that the test file of its own name covers each module: run `make own-coverage`.

Each test file runs alone and in a process of its own. In a run of all tests, a cache or a fixture of the session hides
lines from every test file but the first, so the figures would depend on the order.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

import coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP: Final = Path(__file__).parents[1]
PACKAGE: Final = TOP / "src" / "tlevel_rdf"
#: The share of the statements in a module's functions that its own test file must run.
ENOUGH: Final = 0.8
#: Modules whose own test files run less, or that have none. This list may only become shorter.
EXCEPTIONS: Final = frozenset({"cli.py", "documents/grammar/statement.py", "profiles/yaml_editor.py"})


def modules() -> dict[str, Path]:
    """Return the modules that have functions, by their paths within the package."""
    found = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
    return {name: path for name, path in found.items() if path.name != "__init__.py" and any(_function_lines(path))}


def own_test(name: str) -> Path:
    """Return the path of the test file of a module."""
    path = TOP / "tests" / name
    return path.with_name(f"test_{path.name}")


def own_share(name: str) -> float:
    """Run the test file of a module, and return the share of the statements in functions that it runs."""
    if not own_test(name).exists():
        return 0.0
    module = PACKAGE / name
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/coverage"
        measure = ["coverage", "run", f"--data-file={data}", f"--include={module}", "--rcfile=/dev/null"]
        run = ["pytest", "--quiet", "-p", "no:randomly", "-p", "no:cacheprovider", str(own_test(name))]
        subprocess.run([sys.executable, "-m", *measure, "-m", *run], check=True, cwd=TOP, stdout=subprocess.DEVNULL)
        measured = coverage.Coverage(data_file=data, config_file=False)
        measured.load()
        _, statements, _, missing, _ = measured.analysis2(str(module))
    inside = set(_function_lines(module)) & set(statements)
    return 1 - len(inside & set(missing)) / len(inside) if inside else 1.0


def _function_lines(module: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from range(node.body[0].lineno, (node.end_lineno or 0) + 1)


def main() -> int:
    """Print the modules that need more tests of their own, and the exceptions that are not needed."""
    names = list(modules())
    with ThreadPoolExecutor(2) as pool:
        shares = dict(zip(names, pool.map(own_share, names), strict=True))
    low = {name for name, share in shares.items() if share < ENOUGH}
    faults = [
        f"{name}: its test file runs {shares[name]:.0%} of it, and must run {ENOUGH:.0%}"
        for name in sorted(low - EXCEPTIONS)
    ]
    faults += [f"{name} is no exception any more: take it off EXCEPTIONS" for name in sorted(EXCEPTIONS - low)]
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
