"""The files that visitors of the repository look for agree with the package."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tlevel_rdf import __version__

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))


def test_the_citation_names_the_version_and_the_licence_of_the_package() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "software")
    assert (citation["version"], citation["license"]) == (__version__, PROJECT["license"])
    assert citation["authors"]


def test_the_workflow_runs_make_test_on_each_supported_python() -> None:
    job = WORKFLOW["jobs"]["test"]
    versions = [tuple(map(int, version.split("."))) for version in job["strategy"]["matrix"]["python"]]
    assert f">={'.'.join(map(str, min(versions)))}" == PROJECT["requires-python"]
    assert any(step.get("run", "").startswith("make test") for step in job["steps"])


@pytest.mark.parametrize("step", [step for step in WORKFLOW["jobs"]["test"]["steps"] if "uses" in step])
def test_actions_are_pinned_to_a_major_version(step: dict[str, str]) -> None:
    assert re.search(r"@v\d+$", step["uses"])


def test_the_index_of_the_docs_lists_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {
        (index.parent / link).resolve() for link in re.findall(r"\]\(([^)#]+)", index.read_text(encoding="utf-8"))
    }
    pages = {page for page in index.parent.rglob("*.md") if page.parent.name != "decisions"} - {index}
    assert pages - listed == set()
