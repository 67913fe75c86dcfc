"""Other tools read the downloads and the site as the guide shows."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph
import pytest

from tests.web.conftest import serving
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.settings import Settings
from tlevel_rdf.web.data.site import site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tlevel_rdf.release.release import Release

TOP: Final = Path(__file__).parents[2]
GUIDE: Final = (TOP / "docs" / "guide" / "use-the-data.md").read_text(encoding="utf-8")
#: Where `make clients` installs the tools for Node.js.
NODE: Final = TOP / "build" / "clients"
BLOCKS: Final = {
    name: (language, code, printed)
    for name, language, code, printed in re.findall(
        r"## ([\w.]+)\n(?:(?!\n## ).)*?```(python|js|sh)\n(.*?)```\n\n```text\n(.*?)```", GUIDE, re.DOTALL
    )
}
needs_node = pytest.mark.skipif(not NODE.is_dir(), reason="`make clients` installs the tools for Node.js")


@pytest.fixture(scope="module")
def address(small_release: Release) -> Iterator[str]:
    settings = Settings()
    with serving(site_of(open_dataset([small_release.folder], settings), settings)) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture
def folder(small_release: Release, tmp_path: Path) -> Path:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "current").symlink_to(small_release.folder)
    return tmp_path


def test_every_tool_is_tested() -> None:
    assert list(BLOCKS) == ["rdflib", "pandas", "DuckDB", "SPARQLWrapper", "jsonld.js", "Comunica"]


@pytest.mark.parametrize("name", ["rdflib", "pandas", "DuckDB", "SPARQLWrapper"])
def test_a_python_library_prints_what_the_guide_says(name: str, folder: Path, address: str) -> None:
    pytest.importorskip({"DuckDB": "duckdb"}.get(name, name))
    _, code, printed = BLOCKS[name]
    out = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out):
        exec(compile(code.replace("http://localhost:8000", address), name, "exec"), {})  # noqa: S102 - of the guide
    assert out.getvalue() == printed


@needs_node
@pytest.mark.parametrize("name", ["jsonld.js", "Comunica"])
def test_a_tool_for_node_prints_what_the_guide_says(name: str, folder: Path, address: str) -> None:
    language, code, printed = BLOCKS[name]
    (folder / "node_modules").symlink_to(NODE / "node_modules")
    code = code.replace("http://localhost:8000", address)
    if language == "js":
        (folder / "a.mjs").write_text(code, encoding="utf-8")
        code = "node a.mjs"
    bash = shutil.which("bash") or "bash"
    done = subprocess.run([bash, "-ec", code], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.replace("\r", "")) == (0, printed), done.stderr


def test_group_concat_treats_terms_as_the_guide_says() -> None:
    store = pyoxigraph.Store()
    store.load(b'<x:a> <x:p> <x:b>, 5, true . <x:c> <x:q> "t", "u"@en .', format=pyoxigraph.RdfFormat.TURTLE)

    def joined(value: str, subject: str) -> list[str | None]:
        query = f'SELECT (GROUP_CONCAT({value}; SEPARATOR=" ") AS ?all) {{ {subject} ?p ?o }}'
        return [row["all"].value if row["all"] else None for row in store.query(query)]  # type: ignore[union-attr]  # a SELECT gives rows

    assert joined("?o", "<x:a>") == [None]
    assert sorted((joined("STR(?o)", "<x:a>")[0] or "").split()) == ["5", "true", "x:b"]
    assert sorted((joined("?o", "<x:c>")[0] or "").split()) == ["t", "u"]
