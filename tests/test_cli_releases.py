"""`verify`, `load`, `diff`, `what-if` and `releases prune` as people meet them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from tests.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engines import Engine
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


def test_load_writes_one_line_to_what_is_no_terminal(oxigraph: Engine, small_release: Release) -> None:
    urls = ("--to", oxigraph.store, "--query", oxigraph.query)
    done = run("load", small_release.folder, *urls)
    triples = small_release.manifest["triples"]
    assert done.stderr == f"The engine holds the release {small_release.id}: {triples:,} triples\n"
    failed = run("load", small_release.folder, "--to", oxigraph.query, "--query", oxigraph.store)
    assert failed.returncode == 2
    assert failed.stderr.startswith("error TLR023: ")


def test_what_if_shows_the_routes_and_their_reasons(tmp_path: Path) -> None:
    done = run("what-if", "--withdraw", "ST0774", "--level", "ST0218=3")
    assert done.returncode == 0
    assert "2 routes lost:" in done.stdout
    assert "Dispensing Optician apprenticeship, level 6, because ST0774 is withdrawn\n" in done.stdout
    closed = run("what-if", "--close-t-level", "healthcare science", "--format", "json", "--map", tmp_path / "maps")
    svg = (tmp_path / "maps" / "healthcare-science.svg").read_text(encoding="utf-8")
    assert svg.count("would be lost") == 26
    ElementTree.fromstring(svg)  # noqa: S314 - made here
    assert closed.stderr == f"{tmp_path / 'maps' / 'healthcare-science.svg'}\n"
    assert {route["effect"] for route in json.loads(closed.stdout)["routes"]} == {"lost"}
    wrong = run("what-if", "--withdraw", "ST9999")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "the data has no standard 'ST9999'" in wrong.stderr


def test_prune_removes_by_a_rule_and_prints_what_went(small_release: Release, tmp_path: Path) -> None:
    out = tmp_path / "releases"
    shutil.copytree(small_release.folder, out / small_release.id)
    (out / "current").symlink_to(small_release.id)
    done = run("releases", "prune", out, "--keep", "1", "--dry-run")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "0 releases would be removed\n")
    assert run("releases", "prune", out).returncode == 2
    assert run("releases", "prune", out, "--keep", "0").returncode == 2
    assert run("releases", "prune", tmp_path, "--keep", "1").returncode == 2
    (out / small_release.id).rename(out / "x")
    (out / "current").unlink()
    manifest = json.loads((out / "x" / "manifest.json").read_text(encoding="utf-8"))
    for day in ("2026-01-01", "2026-01-02"):
        shutil.copytree(out / "x", out / f"{day}-x")
        changed = json.dumps({**manifest, "id": f"{day}-x", "date": day})
        (out / f"{day}-x" / "manifest.json").write_text(changed, encoding="utf-8")
    (out / "current").symlink_to("2026-01-02-x")
    done = run("releases", "prune", out, "--keep-since", "2026-01-02", "--reason", "space")
    assert (done.stdout, done.stderr) == ("2026-01-01-x\n", "1 release was removed\n")
    assert not (out / "2026-01-01-x").exists()
