"""The documentation says what the code does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from tlevel_rdf import errors, findings
from tlevel_rdf.cli import app
from tlevel_rdf.codes import Code
from tlevel_rdf.errors import TlevelError

ROOT = Path(__file__).parents[2]
#: Folders with pages in Markdown.
PAGED = ("benchmarks", "data", "docs", "queries")


def load_generator() -> dict[Path, object]:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[Path, object] = module.PAGES
    return pages


@pytest.mark.parametrize("page", load_generator(), ids=lambda page: page.name)
def test_generated_pages_are_current(page: Path) -> None:
    render = load_generator()[page]
    assert callable(render)
    assert page.read_text(encoding="utf-8") == render(), "run: .venv/bin/python docs/generate.py"


def test_every_code_has_an_entry_and_every_entry_a_code() -> None:
    kinds = [kind for module in (errors, findings) for kind in vars(module).values() if isinstance(kind, type)]
    raised = {kind.code for kind in kinds if issubclass(kind, TlevelError) and kind.code != TlevelError.code}
    listed = re.findall(r"^\| (TLR\d{3}) \|", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted({*raised, *map(str, Code)})


@pytest.mark.parametrize(
    "page",
    [*sorted(ROOT.glob("*.md")), *(page for name in PAGED for page in sorted((ROOT / name).rglob("*.md")))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def find_table() -> list[tuple[str, str]]:
    rows = r"^\| [^|]+ \| \[[^\]]+\]\((src/[^)]+)\) \| `(\w+)` \|$"
    return re.findall(rows, (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("file", "name"), find_table())
def test_the_readme_names_definitions_that_exist(file: str, name: str) -> None:
    assert re.search(rf"^ *(async )?(def|class) {name}\b", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_readme_says_where_four_things_are() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(find_table()) == text.partition("Where do I find")[2].partition("##")[0].count("](src/") > 3


def test_decisions_are_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{4}[^)]*)\)", (folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {page.name for page in folder.glob("0*.md")}


def test_the_page_of_commands_has_each_command() -> None:
    headings = re.findall(r"^## ([\w-]+)", (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {*headings} == {name for name in app if not name.startswith("-")}
