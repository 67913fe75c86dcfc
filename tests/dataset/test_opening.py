"""Opening the paths of a command as one dataset."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tlevel_rdf.dataset import opening
from tlevel_rdf.dataset.opening import classify_paths, newer_release, open_dataset
from tlevel_rdf.errors import RdfSyntaxError, ReleaseError, SettingError, UnreadableInputError
from tlevel_rdf.findings import BlockedError
from tlevel_rdf.release.release import CURRENT, MANIFEST
from tlevel_rdf.settings import Settings
from tlevel_rdf.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.release.release import Release

PROFILE = shipped("data") / "profiles" / "healthcare-science.yaml"
OTHER = "https://data.example.org/"


@pytest.fixture
def rdf(tmp_path: Path) -> Path:
    file = tmp_path / "some.nq"
    file.write_text("<a:s> <a:p> <a:o> <a:g> .\n", encoding="utf-8")
    return file


def test_endings_and_the_contents_of_folders_tell_paths_apart(
    small_release: Release, rdf: Path, tmp_path: Path
) -> None:
    kinds = classify_paths([small_release.folder, rdf, PROFILE, PROFILE.parent, tmp_path / "missing.yaml"])
    assert kinds.releases == [small_release.folder]
    assert kinds.rdf == [rdf]
    assert kinds.profiles == [PROFILE, PROFILE.parent, tmp_path / "missing.yaml"]


def test_a_missing_file_and_one_of_an_unknown_kind_are_errors(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    with pytest.raises(UnreadableInputError, match=r"missing\.nq does not exist"):
        classify_paths([tmp_path / "missing.nq"])
    with pytest.raises(UnreadableInputError, match=r"missing\.docx does not exist"):
        classify_paths([tmp_path / "missing.docx"])
    with pytest.raises(UnreadableInputError, match=r"notes\.docx is of an unknown kind.*\.yaml.*\.ttl"):
        classify_paths([tmp_path / "notes.docx"])


def test_paths_of_several_kinds_are_an_error(small_release: Release, rdf: Path) -> None:
    for paths in ([rdf, PROFILE], [small_release.folder, rdf], [small_release.folder] * 2):
        with pytest.raises(UnreadableInputError, match="several kinds"):
            open_dataset(paths, Settings())


def test_a_release_may_be_named_with_its_base(small_release: Release) -> None:
    settings = Settings(base=small_release.base)
    assert open_dataset([small_release.folder], settings).base == small_release.base


def test_a_release_has_no_other_base(small_release: Release) -> None:
    with pytest.raises(SettingError, match=small_release.base):
        open_dataset([small_release.folder], Settings(base=OTHER))


def test_a_release_has_its_id_date_and_files(small_release: Release) -> None:
    dataset = open_dataset([small_release.folder], Settings())
    assert (dataset.id, dataset.date) == (small_release.id, small_release.date)
    assert dataset.files == small_release.files
    assert repr(dataset) == f"<Dataset {small_release.id} under {small_release.base}>"


def test_two_releases_of_one_day_have_different_times(small_release: Release, tmp_path: Path) -> None:
    copy = tmp_path / small_release.folder.name
    shutil.copytree(small_release.folder, copy)
    first = open_dataset([copy], Settings())
    assert first.modified is not None
    time = first.modified.timestamp() + 60
    os.utime(copy / MANIFEST, (time, time))
    second = open_dataset([copy], Settings())
    assert second.modified is not None
    assert (second.date, second.modified.timestamp()) == (first.date, time)


def test_profiles_have_a_date_and_an_id_that_changes_with_them(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    shutil.copy(PROFILE, file)
    first = open_dataset([file], Settings())
    assert first.date is not None
    assert first.id == open_dataset([file], Settings()).id
    file.write_text(file.read_text(encoding="utf-8").replace("level: 2", "level: 3", 1), encoding="utf-8")
    assert open_dataset([file], Settings()).id != first.id


def test_profiles_with_violations_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("t level: x\n", encoding="utf-8")
    with pytest.raises(BlockedError) as caught:
        open_dataset([tmp_path / "p.yaml"], Settings())
    assert [finding.code for finding in caught.value.findings] == ["TLR120", "TLR120"]


def test_rdf_files_keep_their_graphs_and_have_digests_but_no_date(rdf: Path) -> None:
    dataset = open_dataset([rdf], Settings())
    assert dataset.store.graph_sizes() == {"": 1, "a:g": 1}
    assert dataset.date is None
    assert dataset.modified is not None
    assert dataset.files == {"some.nq": rdf}
    assert {name: len(digest) for name, digest in dataset.digests.items()} == {"some.nq": 64}


def test_opening_rdf_files_loads_no_shacl_engine(rdf: Path) -> None:
    program = (
        "import sys, pathlib; from tlevel_rdf.dataset.opening import open_dataset, Settings;"
        " open_dataset([pathlib.Path(sys.argv[1])], Settings()); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(rdf)], capture_output=True, text=True, check=True)
    assert {"pyshacl", "rdflib"} & {*done.stdout.split()} == set()


def test_files_of_one_name_get_numbers(rdf: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    again = tmp_path / "sub" / "some.nq"
    shutil.copy(rdf, again)
    assert open_dataset([rdf, again], Settings()).files == {"some.nq": rdf, "some-2.nq": again}


def test_rdf_that_is_not_well_formed_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text("<a:s> <a:p> .\n", encoding="utf-8")
    with pytest.raises(RdfSyntaxError, match=r"bad\.nq:1:"):
        open_dataset([tmp_path / "bad.nq"], Settings())


def test_large_data_is_loaded_and_counted_in_a_process_of_its_own(rdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_IN_PROCESS_BYTES", 0)
    dataset = open_dataset([rdf], Settings()).with_counts()
    assert dataset.counts is not None
    assert dataset.counts.triples == 1


def test_another_process_can_use_a_dataset(rdf: Path) -> None:
    dataset = open_dataset([rdf], Settings())
    again = pickle.loads(pickle.dumps(dataset))  # noqa: S301 - our own
    assert again.store.graph_sizes() == dataset.store.graph_sizes()


def test_a_newer_release_is_the_current_one_of_a_folder_unless_it_is_served(
    small_release: Release, tmp_path: Path
) -> None:
    folder = small_release.folder.parent
    assert newer_release(folder, Settings(), small_release.id) is None
    found = newer_release(folder, Settings(), "2026-01-01-000000")
    assert found is not None
    assert found.id == small_release.id
    assert newer_release(tmp_path, Settings(), "") is None


def test_a_newer_release_that_is_damaged_is_an_error(tmp_path: Path) -> None:
    (tmp_path / CURRENT).symlink_to(tmp_path / "gone")
    with pytest.raises((ReleaseError, UnreadableInputError)):
        newer_release(tmp_path, Settings(), "served")


def test_a_set_of_links_is_checked_and_not_opened() -> None:
    links = shipped("data") / "links" / "hecos.sssom.tsv"
    assert classify_paths([links]).links == [links]
    with pytest.raises(UnreadableInputError, match="is a set of links") as caught:
        open_dataset([links], Settings())
    assert "tlevel-rdf check" in (caught.value.hint or "")
