"""Check that each module is covered by its own test file: run it after pytest, as `make test` does.

tests/conftest.py records which test file runs each line. Of the statements in a module's functions, the test file of
its name must run at least `ENOUGH`. `EXCEPTIONS` names the modules that it does not reach, and may only shrink.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP: Final = Path(__file__).parents[1]
PACKAGE: Final = TOP / "src" / "tlevel_rdf"
#: The share of a module's statements that its own test file must run.
ENOUGH: Final = 0.8
#: Modules with the reason why their own test file runs less.
EXCEPTIONS: Final[dict[str, str]] = {}


def own_share(data: coverage.CoverageData, measured: coverage.Coverage, module: Path) -> float | None:
    """Return the share of the statements in a module's functions that its own test file runs; None without any."""
    own = f"tests/{module.relative_to(PACKAGE).parent}/test_{module.name}".replace("/./", "/")
    statements = set(measured.analysis2(str(module))[1]) & set(_lines_of_functions(module))
    if not statements:
        return None
    contexts = data.contexts_by_lineno(str(module))
    return sum(own in contexts.get(line, ()) for line in statements) / len(statements)


def _lines_of_functions(module: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from range(node.body[0].lineno, (node.end_lineno or 0) + 1)


def main() -> int:
    """Print the modules whose own test file runs too little, and the exceptions that are none any more."""
    measured = coverage.Coverage(data_file=TOP / ".coverage", config_file=str(TOP / "pyproject.toml"))
    measured.load()
    faults = []
    for module in sorted(PACKAGE.rglob("*.py")):
        name = str(module.relative_to(PACKAGE))
        share = own_share(measured.get_data(), measured, module)
        if share is None:
            continue
        if share < ENOUGH and name not in EXCEPTIONS:
            faults.append(f"{name}: its own test file runs {share:.0%} of it, and {ENOUGH:.0%} are needed")
        elif share >= ENOUGH and name in EXCEPTIONS:
            faults.append(f"{name}: its own test file runs {share:.0%} of it: take it off EXCEPTIONS")
    faults += [
        f"{name}: no such module: take it off EXCEPTIONS" for name in EXCEPTIONS if not (PACKAGE / name).exists()
    ]
    print("\n".join(faults) or "Each module is covered by its own test file.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
