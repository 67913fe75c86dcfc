"""The build of the styles, the editor and the engine of the query page: what it installs and writes."""

from __future__ import annotations

import gzip
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tlevel_rdf.web.handlers.downloads import static_names

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
STATIC = Path("src/tlevel_rdf/web/html/static")
LOCK = json.loads((ASSETS / "package-lock.json").read_text(encoding="utf-8"))["packages"]


def test_the_packages_are_pinned_exactly_and_the_lock_has_hashes_and_no_addresses() -> None:
    package = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))
    wanted = package["dependencies"] | package["devDependencies"]
    assert {LOCK[f"node_modules/{name}"]["version"] for name in wanted} == {*wanted.values()}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    packages = [one for path, one in LOCK.items() if path]
    assert all(one["integrity"].startswith("sha512-") and "resolved" not in one for one in packages)
    assert "--hash=sha256:" in (ASSETS / "requirements.txt").read_text(encoding="utf-8")


def test_the_built_script_comes_with_the_licence_of_each_package_in_it() -> None:
    if "query-editor.js" not in static_names():
        pytest.fail("The editor of the query page is not built. Run: python assets/build.py")
    licences = (ROOT / STATIC / "licences.txt").read_text(encoding="utf-8")
    for path, package in LOCK.items():
        if path and not package.get("dev"):
            assert f"{path.removeprefix('node_modules/')} {package['version']}\n" in licences
    assert licences.count("Permission is hereby granted") == licences.count("\n----\n") + 1


def test_the_style_sheet_has_the_components_of_the_design_system_and_nothing_of_its_brand() -> None:
    styles = (ROOT / STATIC / "site.css").read_text(encoding="utf-8")
    assert "--govuk-focus-colour" in styles
    assert not re.search(r"GDS Transport|crown|@font-face|url\(", styles)


def test_the_fonts_of_pictures_are_built() -> None:
    names = {file.name for file in (ROOT / STATIC.parent / "fonts").iterdir()}
    assert names == {"Arimo_400Regular.ttf", "Arimo_700Bold.ttf"}


def test_a_build_without_a_network_says_so_in_one_line_and_leaves_no_old_editor(tmp_path: Path) -> None:
    shutil.copytree(ASSETS, tmp_path / "assets")
    (tmp_path / STATIC).mkdir(parents=True)
    for name in ("site.css", "query-editor.js", "query-engine.js", "query-engine.wasm.gz"):
        (tmp_path / STATIC / name).write_text("old", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "assets" / "build.py"],
        env={"PATH": str(tmp_path), "PIP_NO_INDEX": "1", "HOME": str(tmp_path), "LANG": os.environ.get("LANG", "C")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.startswith("The site has no style sheet, and its query page no editor: they were not built (")
    assert done.stderr.count("\n") == 1
    assert not list((tmp_path / STATIC).iterdir())


def test_the_engine_has_a_maximum_of_memory() -> None:
    code = gzip.decompress((ROOT / STATIC / "query-engine.wasm.gz").read_bytes())
    limited = runpy.run_path(str(ASSETS / "build.py"))["with_memory_limit"]
    with pytest.raises(ValueError, match="one with a maximum"):
        limited(code, 1)
    # The smallest module with one memory, of two pages.
    before, after = b"\0asm\1\0\0\0\1\1\0", b"\7\1\0"
    assert limited(before + b"\5\3\1\0\2" + after, 16_384) == before + b"\5\6\1\1\2\x80\x80\1" + after
