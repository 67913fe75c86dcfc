"""The folder of an export: replaced in one step, and never anybody else's."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.errors import OutputError
from tlevel_rdf.export import output_folder
from tlevel_rdf.export.output_folder import mark, replacing

if TYPE_CHECKING:
    from pathlib import Path


def export(folder: Path, text: str) -> None:
    with replacing(folder) as new:
        (new / "index.html").write_text(text, encoding="utf-8")
        mark(new, {})


@pytest.mark.parametrize("can_exchange", [True, False])
def test_an_export_replaces_an_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(output_folder, "_exchange", lambda *_: False)
    for text in ("one", "two"):
        export(tmp_path / "site", text)
        (tmp_path / "site/left.txt").touch()
    export(tmp_path / "site", "three")
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "three"
    assert not (tmp_path / "site/left.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_error_of_the_disk_is_reported_and_changes_nothing(tmp_path: Path) -> None:
    export(tmp_path / "site", "one")
    with pytest.raises(OutputError, match="nothing was changed"), replacing(tmp_path / "site"):
        raise OSError(28, "No space left on device")
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_another_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("elsewhere")
    for name, message in (("mine", "not of an export"), ("file", "not a folder"), ("link", "not a folder")):
        with pytest.raises(OutputError, match=message):
            export(tmp_path / name, "one")
    assert (tmp_path / "mine/notes.txt").read_text(encoding="utf-8") == "mine"


def test_folders_of_killed_exports_are_removed_and_those_of_running_ones_kept(tmp_path: Path) -> None:
    for name in (".site.exporting-killed", ".site.exporting-running"):
        (tmp_path / name).mkdir()
    descriptor = os.open(tmp_path / ".site.exporting-running", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    export(tmp_path / "site", "one")
    os.close(descriptor)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.exporting-running", "site"]
