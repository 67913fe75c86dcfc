"""Data that the gate has passed is recorded in the cache, and opened again without pySHACL."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.findings import BlockedError
from tlevel_rdf.limits import MAX_PASSED_DATASETS
from tlevel_rdf.settings import Settings
from tlevel_rdf.validation.passed import has_passed, keep_passed

if TYPE_CHECKING:
    from pathlib import Path

YAML = """\
t level: Optics
source: {document: a.txt, sha256: %s}
specialisms:
  - title: Lenses
    technical:
      - {apprenticeship: Lens Maker, level: 4, line: 1}
""" % ("a" * 64)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(reference_cache=str(tmp_path / "cache"))


def test_what_is_kept_is_found_and_nothing_else(settings: Settings, tmp_path: Path) -> None:
    keep_passed("abc", settings)
    assert has_passed("abc", settings)
    assert not has_passed("abd", settings)
    assert not has_passed("abc", Settings(reference_cache=str(tmp_path / "other")))


def test_only_the_last_are_kept(settings: Settings, tmp_path: Path) -> None:
    for number in range(MAX_PASSED_DATASETS + 2):
        keep_passed(f"{number}", settings)
        for file in (tmp_path / "cache" / ".passed").glob(f"{number}-*"):
            os.utime(file, (number, number))
    keep_passed("last", settings)
    assert not has_passed("0", settings)
    assert has_passed(f"{MAX_PASSED_DATASETS}", settings)
    assert len(list((tmp_path / "cache" / ".passed").iterdir())) == MAX_PASSED_DATASETS


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("", encoding="utf-8")
    settings = Settings(reference_cache=str(tmp_path / "cache"))
    keep_passed("abc", settings)
    assert not has_passed("abc", settings)


PROGRAM = """
import sys
import uuid
from pathlib import Path
from tlevel_rdf.dataset.opening import open_dataset
from tlevel_rdf.settings import Settings
dataset = open_dataset([Path("p.yaml")], Settings())
print(dataset.id, "pyshacl" in sys.modules)
"""


def test_the_same_profiles_are_checked_once_and_changed_ones_again(tmp_path: Path) -> None:
    def opened() -> list[str]:
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split()

    # The cache of the user may know the profile of an earlier run.
    text = YAML.replace("Lens Maker", f"Lens Maker {uuid.uuid4().hex}")
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    first, second = opened(), opened()
    (tmp_path / "p.yaml").write_text(text.replace("Lens Maker", "Lens Grinder"), encoding="utf-8")
    assert [first[1], second[1], opened()[1]] == ["True", "False", "True"]
    assert first[0] == second[0]


def test_profiles_with_a_violation_are_refused_each_time(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(YAML.replace("level: 4", "level: 8"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BlockedError):
            open_dataset([file], Settings())
