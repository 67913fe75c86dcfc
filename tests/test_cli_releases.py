"""`verify`, `diff` and `what-if` as people meet them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

pytestmark = pytest.mark.usefixtures("small_data")


def test_diff_shows_what_changed_in_words(tmp_path: Path) -> None:
    for name, level in (("old.ttl", 2), ("new.ttl", 3)):
        text = f"""
            @prefix tlp: <https://w3id.org/tlevel/def/progression#> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <x:a> a tlp:Apprenticeship ; skos:prefLabel "Optical Assistant" ; tlp:level <x:{level}> .
            <x:{level}> skos:prefLabel "Level {level}" .
        """
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("diff", "old.ttl", "new.ttl", cwd=tmp_path)
    assert done.returncode == 0
    assert "Optical Assistant: level 2 → 3\n" in done.stdout
    assert run("diff", "old.ttl", "none.ttl", cwd=tmp_path).returncode == 2


def test_verify_passes_a_release(small_release: Release) -> None:
    assert run("verify", small_release.folder).returncode == 0


def test_what_if_shows_the_routes_and_their_reasons() -> None:
    done = run("what-if", "--withdraw", "ST0774", "--level", "ST0218=3")
    assert done.returncode == 0
    assert "2 routes lost:" in done.stdout
    assert "Dispensing Optician apprenticeship, level 6, because ST0774 is withdrawn\n" in done.stdout
    closed = run("what-if", "--close-t-level", "healthcare science", "--format", "json")
    assert {route["effect"] for route in json.loads(closed.stdout)["routes"]} == {"lost"}
    wrong = run("what-if", "--withdraw", "ST9999")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "the data has no standard 'ST9999'" in wrong.stderr
