"""Tables are written together, after a check, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tlevel_rdf.errors import OutputError
from tlevel_rdf.reference.loading import read_reference
from tlevel_rdf.reference.updating import writing

from .samples import all_rows, occupation, save, table, texts, update, write_folder


@pytest.fixture(name="folder")
def make_folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path)


def test_tables_that_would_have_a_violation_are_not_written(folder: Path, tmp_path: Path) -> None:
    before = texts(folder)
    answer = occupation("OCC0031", soc={"soc2020Code": 9999})
    result = update(folder, save(tmp_path, "answer.json", answer))
    (finding,) = result.findings
    assert finding.code == "TLR132"
    assert finding.file == str(folder / "occupations.csv")
    assert not result.is_written
    assert texts(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["reference"]


def test_a_failure_in_the_middle_leaves_all_tables_as_they_were(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(folder)
    path = save(tmp_path, "a.csv", table(all_rows(ST0002={"Level": "4"})))
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OutputError, match="as it was"):
        update(folder, path)
    assert texts(folder) == before


def test_tables_that_change_during_an_update_are_not_overwritten(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_reference

    def edit_and_read(*folders: Path) -> object:
        (folder / "areas.csv").write_text("kind,key,title,within,source\n", encoding="utf-8")
        return read(*folders)

    monkeypatch.setattr(writing, "read_reference", edit_and_read)
    with pytest.raises(OutputError, match=r"areas\.csv was changed"):
        update(folder, save(tmp_path, "a.csv", table(all_rows())))
    assert "register-2026-11-28" not in (folder / "standards.csv").read_text(encoding="utf-8")
