"""The words of the project: how a docstring begins, and words that plain English does without."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

TOP: Final = Path(__file__).parents[2]
SOURCES: Final = sorted(path for folder in ("src", "docs", "benchmarks") for path in (TOP / folder).rglob("*.py"))
#: Files that people read, apart from samples of documents.
TEXTS: Final = sorted(
    path
    for folder in ("src", "docs", "benchmarks", "tests", "ontology", "shapes", "queries", "data", ".")
    for path in (TOP / folder).glob("*" if folder == "." else "**/*")
    if path.suffix in {".py", ".md", ".ttl", ".rq", ".html", ".yaml", ".toml"}
    and not path.is_relative_to(TOP / "tests" / "documents" / "layouts")
    and path != Path(__file__)
)
#: A docstring begins with an imperative verb or a noun phrase, not with a relative clause.
CLAUSE: Final = re.compile(r"\W*(?:What|Whether|Which|Who|Whose|Whoever|Where|When|How|Why|That|If)\b")
#: Parts of names count too: `test_told_to_end`.
AVOIDED: Final = re.compile(r"(?<![^\W_])(?:said|told|mend(?:s|ed|ing)?|whoever)(?![^\W_])", re.IGNORECASE)


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(TOP)}:{line}"


def test_docstrings_begin_with_a_verb_or_a_noun() -> None:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = [
        (place(path, getattr(node, "lineno", 1)), text)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, kinds) and (text := ast.get_docstring(node)) and CLAUSE.match(text)
    ]
    assert found == []


def test_texts_use_plain_words() -> None:
    found = [
        (place(path, number), line.strip())
        for path in TEXTS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if AVOIDED.search(line)
    ]
    assert found == []
